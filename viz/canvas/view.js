// A map in its box: layers, tooltip, legend, buttons, and the hands on it (mouse, touch, keyboard).

const KEY_STEP = 60; // pixels that an arrow key moves
const CLICK_SLOP = 5; // a press that moves less than this is a click

/**
 * A map in an element: layers, buttons, tooltip, legend, and the hands.
 * hooks: draw(what) repaints "plan" (everything) or "frame" (what changes by the day);
 * find(px, py) gives what is there or null; over(thing) and click(thing) are told; step(+-1) gives the next
 * place for the keyboard; describe(thing) gives lines of text; toggled(kind): a linked map switched a kind of marks.
 */
class MapView {
  constructor(root, hooks, layers) {
    this.hooks = hooks;
    this.camera = new Camera();
    this.wanted = new Set();
    this.pointers = new Map();
    this.hovered = null;
    this.link = "";
    this.stop = new AbortController();
    root.classList.add("linli-map");
    this.root = root;
    this.box = element("div", "linli-box");
    this.box.tabIndex = 0;
    this.box.setAttribute("role", "application");
    this.layers = layers.map(() => this.box.appendChild(element("canvas")));
    for (const canvas of this.layers) canvas.setAttribute("aria-hidden", "true");
    this.cross = this.box.appendChild(element("div", "linli-cross"));
    this.tip = this.box.appendChild(element("div", "linli-tip"));
    const foot = element("div", "linli-foot");
    this.legend = foot.appendChild(element("div", "linli-legend"));
    this.buttons = foot.appendChild(element("div", "linli-buttons"));
    this.said = element("div", "linli-said");
    this.said.setAttribute("aria-live", "polite");
    root.replaceChildren(this.box, foot, this.said);
    this.addButtons();
    this.listen();
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.box);
    this.resize();
  }

  close() {
    this.stop.abort();
    this.observer.disconnect();
    cancelAnimationFrame(this.request);
  }

  // size and drawing --------------------------------------------------------------------------------------

  resize() {
    const { width, height } = this.box.getBoundingClientRect();
    if (width < 2 || height < 2) return;
    this.ratio = Math.min(window.devicePixelRatio || 1, 3);
    this.camera.box = { width, height };
    this.hideTip();
    for (const canvas of this.layers) {
      canvas.width = Math.round(width * this.ratio);
      canvas.height = Math.round(height * this.ratio);
    }
    this.camera.clamp();
    this.paint("plan");
  }

  setWorld(width, height) {
    this.camera.world = { width, height };
    this.box.style.aspectRatio = `${width} / ${height}`;
    this.camera.clamp();
    this.paint("plan");
  }

  /** Ask for a repaint at the next frame of the screen; asking often costs nothing. */
  paint(what) {
    this.wanted.add(what);
    this.request ??= requestAnimationFrame(() => {
      const asked = [...this.wanted];
      this.wanted.clear();
      this.request = undefined;
      if (!this.ratio) return;
      if (asked.includes("plan")) this.hooks.draw("plan");
      else for (const one of asked) this.hooks.draw(one);
    });
  }

  /** Context of a layer in CSS pixels, wiped. */
  pen(layer) {
    const context = this.layers[layer].getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.layers[layer].width, this.layers[layer].height);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    return context;
  }

  moved(tell = true) {
    this.box.classList.toggle("linli-zoomed", this.camera.zoom > 1.001);
    this.hideTip();
    this.paint("plan");
    if (tell) this.tell({ x: this.camera.x, y: this.camera.y, zoom: this.camera.zoom });
  }

  // two maps that move together ------------------------------------------------------------------------------

  /** Tell the maps with the same link on this page. */
  tell(news) {
    if (!this.link) return;
    document.dispatchEvent(new CustomEvent("linli-map", { detail: { link: this.link, from: this, ...news } }));
  }

  hear({ link, from, zoom, x, y, over, toggled }) {
    if (link !== this.link || from === this) return;
    if (zoom !== undefined) {
      this.camera.goTo(x, y, zoom);
      this.moved(false);
    }
    if (over !== undefined) this.hooks.over(over);
    if (toggled !== undefined) this.hooks.toggled(toggled);
  }

  // hands ------------------------------------------------------------------------------------------------

  listen() {
    const on = (target, name, does, options = {}) =>
      target.addEventListener(name, does, { signal: this.stop.signal, ...options });
    on(this.box, "pointerdown", (event) => this.press(event));
    on(this.box, "pointermove", (event) => this.drag(event));
    on(this.box, "pointerup", (event) => this.release(event));
    on(this.box, "pointercancel", (event) => this.pointers.delete(event.pointerId));
    on(this.box, "pointerleave", () => this.hover(null));
    on(this.box, "wheel", (event) => this.wheel(event), { passive: false });
    on(this.box, "keydown", (event) => this.key(event));
    on(this.box, "dblclick", (event) => event.preventDefault());
    on(this.box, "blur", () => this.box.classList.remove("linli-keys"));
    on(document, "linli-map", (event) => this.hear(event.detail));
    // a page that is being scrolled goes on scrolling when the map passes under the pointer
    on(window, "wheel", (event) => {
      if (!this.box.contains(event.target)) this.scrolledAt = event.timeStamp;
    }, { passive: true, capture: true });
  }

  at(event) {
    const { left, top } = this.box.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  press(event) {
    const at = this.at(event);
    this.pointers.set(event.pointerId, { at, from: at, moved: false });
    this.box.setPointerCapture(event.pointerId);
  }

  drag(event) {
    const held = this.pointers.get(event.pointerId);
    const [px, py] = this.at(event);
    if (!held) {
      if (event.pointerType === "mouse") this.hover([px, py]);
      return;
    }
    const [ox, oy] = held.at;
    if (this.pointers.size === 2) this.pinch(event.pointerId, [px, py]);
    else if (held.moved || Math.hypot(px - held.from[0], py - held.from[1]) > CLICK_SLOP) {
      const [fx, fy] = held.moved ? [ox, oy] : held.from;
      held.moved = true;
      this.camera.move(px - fx, py - fy);
      this.moved();
    }
    held.at = [px, py];
  }

  pinch(id, now) {
    const [other] = [...this.pointers].filter(([key]) => key !== id).map(([, pointer]) => pointer);
    const held = this.pointers.get(id);
    const before = Math.hypot(held.at[0] - other.at[0], held.at[1] - other.at[1]);
    const after = Math.hypot(now[0] - other.at[0], now[1] - other.at[1]);
    for (const pointer of this.pointers.values()) pointer.moved = true;
    this.camera.zoomAt((now[0] + other.at[0]) / 2, (now[1] + other.at[1]) / 2, after / Math.max(1, before));
    this.camera.move((now[0] - held.at[0]) / 2, (now[1] - held.at[1]) / 2);
    this.moved();
  }

  release(event) {
    const held = this.pointers.get(event.pointerId);
    this.pointers.delete(event.pointerId);
    if (!held || held.moved) return;
    const thing = this.hooks.find(...held.at);
    if (event.pointerType !== "mouse") this.showTip(thing, held.at);
    if (thing) this.hooks.click(thing);
  }

  wheel(event) {
    const scrolling = event.timeStamp - (this.scrolledAt ?? -1e9) < 300;
    if (scrolling && !event.ctrlKey) {
      this.scrolledAt = event.timeStamp;
      return;
    }
    // nothing to zoom out of: the page may scroll
    if (event.deltaY > 0 && this.camera.zoom <= 1) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    this.camera.zoomAt(...this.at(event), Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0022)));
    this.moved();
  }

  key(event) {
    if (event.target !== this.box || event.altKey || event.metaKey || event.ctrlKey) return;
    const { width, height } = this.camera.box;
    const moves = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const does = {
      "+": () => this.zoomBy(1.4),
      "=": () => this.zoomBy(1.4),
      "-": () => this.zoomBy(1 / 1.4),
      0: () => this.zoomBy(0),
      Enter: () => this.enter(),
      "[": () => this.stepTo(-1),
      "]": () => this.stepTo(1),
      Escape: () => this.hover(null),
    };
    const move = moves[event.key];
    if (move) {
      this.camera.move(move[0] * KEY_STEP, move[1] * KEY_STEP);
      this.moved();
    } else if (does[event.key]) does[event.key]();
    else return;
    event.preventDefault();
    this.box.classList.add("linli-keys");
    if (move || /[-+=0]/.test(event.key)) this.lookAtMiddle(width / 2, height / 2);
  }

  /** What stands in the middle is shown and said: the keyboard's pointer. */
  lookAtMiddle(px, py) {
    const thing = this.hooks.find(px, py);
    this.showTip(thing, [px, py]);
    this.say(thing);
  }

  enter() {
    const thing = this.stepped ?? this.hooks.find(this.camera.box.width / 2, this.camera.box.height / 2);
    if (thing) this.hooks.click(thing);
  }

  stepTo(by) {
    const next = this.hooks.step(by);
    if (!next) return;
    const { thing, x, y, zoom } = next;
    this.camera.goTo(x, y, Math.max(zoom ?? 1, this.camera.zoom));
    this.moved();
    this.showTip(thing, this.camera.toScreen(x, y));
    this.stepped = thing;
    this.say(thing);
  }

  say(thing) {
    this.said.textContent = thing ? this.hooks.describe(thing).join(", ") : "";
  }

  zoomBy(factor) {
    if (factor === 0) this.camera.whole();
    else this.camera.zoomAt(this.camera.box.width / 2, this.camera.box.height / 2, factor);
    this.moved();
  }

  hover(at) {
    const thing = at ? this.hooks.find(...at) : null;
    this.showTip(thing, at);
  }

  // tooltip, buttons, legend ---------------------------------------------------------------------------------

  showTip(thing, at) {
    this.stepped = null;
    this.tipOf = thing ? { thing, at } : null;
    this.box.style.cursor = thing ? "pointer" : "";
    this.hooks.over(thing);
    this.tell({ over: thing });
    this.tip.hidden = !thing;
    if (!thing) return;
    this.refreshTip();
    const { width, height } = this.camera.box;
    const { offsetWidth: w, offsetHeight: h } = this.tip;
    const left = at[0] + 14 + w > width ? at[0] - 14 - w : at[0] + 14;
    const top = at[1] + 14 + h > height ? at[1] - 14 - h : at[1] + 14;
    this.tip.style.left = `${Math.max(2, Math.min(left, width - w - 2))}px`;
    this.tip.style.top = `${Math.max(2, Math.min(top, height - h - 2))}px`;
  }

  /** The same thing may have changed by the day. */
  refreshTip() {
    if (!this.tipOf) return;
    this.tip.replaceChildren(
      ...this.hooks.describe(this.tipOf.thing).map((line, i) => element("div", i ? "" : "linli-head", line)),
    );
  }

  hideTip() {
    if (this.tipOf) this.showTip(null);
  }

  addButtons() {
    const signs = { zoom_in: "+", zoom_out: "\u2212", whole: "\u2922" };
    const factors = { zoom_in: 1.6, zoom_out: 1 / 1.6, whole: 0 };
    for (const [name, sign] of Object.entries(signs)) {
      const button = this.buttons.appendChild(element("button", "", sign));
      button.type = "button";
      button.dataset.name = name;
      button.addEventListener("click", () => this.zoomBy(factors[name]), { signal: this.stop.signal });
    }
  }

  /** Words, colours of the page, size and link, as Python gives them. */
  dress({ words, dark, link, title, height }, label) {
    this.link = link;
    this.root.classList.toggle("linli-dark", dark);
    this.box.style.maxHeight = height;
    for (const button of this.buttons.children) {
      button.title = words[button.dataset.name];
      button.setAttribute("aria-label", words[button.dataset.name]);
    }
    this.box.setAttribute("aria-label", [title, label, words.keys].filter(Boolean).join(". "));
  }
}
