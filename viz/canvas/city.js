// The city map: each community a circle, its area its residents, its colour a measure.

const CIRCLES = 0, MARKS = 1; // layers, from below
const GROUND = {
  false: { edge: "#8b93a0", ink: "#1f2733", paper: "#ffffff", missing: "#e3e3e0" },
  true: { edge: "#6b7685", ink: "#e6e9ee", paper: "#14181e", missing: "#2a313a" },
};

class CityMap {
  constructor(model, root) {
    this.model = model;
    this.over = null;
    this.clicks = 0;
    this.rank = -1;
    this.read();
    this.view = new MapView(root, {
      draw: () => this.draw(),
      find: (px, py) => this.find(px, py),
      over: (thing) => { this.over = thing; this.drawMarksSoon(); },
      click: (thing) => this.click(thing.index),
      step: (by) => this.step(by),
      describe: ({ index }) => this.describe(index),
    }, ["circles", "marks"]);
    this.lists = root.insertBefore(element("div", "linli-lists"), this.view.said);
    this.view.setWorld(...this.plan.size);
    this.dress();
    this.unfollow = follow(model, ["plan", "scale", "frame", "look", "selected"], (name) => this.changed(name));
  }

  close() {
    this.unfollow();
    this.view.close();
  }

  changed(name) {
    this.read();
    if (name === "plan") this.view.setWorld(...this.plan.size);
    if (name !== "selected") this.dress();
    this.view.refreshTip();
    this.view.paint("plan");
  }

  read() {
    const sent = this.model.get("plan"), frame = this.model.get("frame"), scale = this.model.get("scale");
    const floats = (name) => typed(Float32Array, sent[name]);
    this.plan = { size: sent.size, x: floats("x"), y: floats("y"), radius: floats("radius"),
      residents: typed(Int32Array, sent.residents) };
    this.look = this.model.get("look");
    this.scale = scale;
    this.rgb = typed(Uint8Array, this.look.dark ? scale.dark : scale.light);
    this.codes = typed(Uint8Array, frame.codes);
    this.values = typed(Float64Array, frame.values);
    this.order = [...this.values.keys()].filter((i) => !Number.isNaN(this.values[i]))
      .sort((a, b) => this.values[b] - this.values[a] || a - b);
    const listed = Math.min(this.look.listed, Math.floor(this.order.length / 2));
    this.best = this.order.slice(0, listed);
    this.worst = this.order.slice(this.order.length - listed).reverse();
  }

  drawMarksSoon() {
    this.view?.paint("over");
  }

  draw() {
    const ground = GROUND[this.look.dark];
    this.drawCircles(this.view.pen(CIRCLES), ground);
    this.drawMarks(this.view.pen(MARKS), ground);
  }

  circle(path, i, more = 0) {
    const { plan, view: { camera } } = this;
    const [x, y] = camera.toScreen(plan.x[i], plan.y[i]);
    const radius = plan.radius[i] * camera.scale + more;
    if (x + radius < 0 || y + radius < 0 || x - radius > camera.box.width || y - radius > camera.box.height) return;
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 7);
  }

  drawCircles(pen, ground) {
    const { rgb, codes, values, view: { camera } } = this;
    const byColour = new Map();
    for (let i = 0; i < codes.length; i++) {
      const key = Number.isNaN(values[i]) ? -1 : codes[i];
      if (!byColour.has(key)) byColour.set(key, new Path2D());
      this.circle(byColour.get(key), i);
    }
    pen.strokeStyle = ground.edge;
    pen.lineWidth = Math.min(1, camera.scale / 12);
    for (const [key, path] of byColour) {
      pen.fillStyle = key < 0 ? ground.missing : `rgb(${rgb[3 * key]} ${rgb[3 * key + 1]} ${rgb[3 * key + 2]})`;
      pen.fill(path);
      pen.stroke(path);
    }
    this.drawNames(pen, ground);
  }

  /** Names inside the circles that have room for them: the whole name or the number alone. */
  drawNames(pen, ground) {
    const { plan, look, rgb, codes, view: { camera } } = this;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = '600 11px system-ui, "Noto Sans CJK SC", sans-serif';
    for (let i = 0; i < codes.length; i++) {
      const room = plan.radius[i] * camera.scale * 1.7;
      if (room < 24) continue;
      const [x, y] = camera.toScreen(plan.x[i], plan.y[i]);
      if (x < -room || y < -room || x > camera.box.width + room || y > camera.box.height + room) continue;
      const name = this.nameOf(i);
      const short = pen.measureText(name).width < room ? name : `${look.numbers[i]}`;
      if (pen.measureText(short).width > room) continue;
      const [r, g, b] = rgb.subarray(3 * codes[i], 3 * codes[i] + 3);
      const onColour = 0.3 * r + 0.59 * g + 0.11 * b > 140 ? "#111418" : "#ffffff";
      pen.fillStyle = Number.isNaN(this.values[i]) ? ground.ink : onColour;
      pen.fillText(short, x, y);
    }
  }

  drawMarks(pen, ground) {
    const rings = (indices, dash) => {
      pen.setLineDash(dash);
      for (const i of indices) {
        // a paper line inside the ink line: seen on every colour
        for (const [colour, width, more] of [[ground.paper, 1.5, 0.5], [ground.ink, 2, 2]]) {
          pen.beginPath();
          this.circle(pen, i, more);
          pen.strokeStyle = colour;
          pen.lineWidth = width;
          pen.stroke();
        }
      }
    };
    rings(this.best, []);
    rings(this.worst, [3, 3]);
    const chosen = [this.model.get("selected"), this.over?.index].filter((i) => i >= 0 && i < this.codes.length);
    pen.setLineDash([]);
    pen.strokeStyle = ground.ink;
    pen.lineWidth = 4;
    for (const i of chosen) {
      pen.beginPath();
      this.circle(pen, i, 3);
      pen.stroke();
    }
  }

  // hands and words ----------------------------------------------------------------------------------------

  find(px, py) {
    const { plan, view: { camera } } = this;
    const [x, y] = camera.toWorld(px, py);
    const slack = 2 / camera.scale;
    for (let i = 0; i < plan.x.length; i++) {
      if (Math.hypot(plan.x[i] - x, plan.y[i] - y) <= plan.radius[i] + slack) return { kind: "community", index: i };
    }
    return null;
  }

  click(index) {
    this.clicks += 1;
    this.model.set("picked", { index, click: this.clicks });
    this.model.save_changes();
  }

  /** From one to the next in the order of the measure, highest first. */
  step(by) {
    const n = this.order.length;
    this.rank = (Math.max(this.rank, by > 0 ? -1 : 0) + by + n) % n;
    const index = this.order[this.rank];
    return { thing: { kind: "community", index }, x: this.plan.x[index], y: this.plan.y[index] };
  }

  nameOf(i) {
    return fill(this.look.words.community, { number: this.look.numbers[i] });
  }

  shown(i) {
    return Number.isNaN(this.values[i]) ? "-" : number(this.values[i], this.scale);
  }

  describe(i) {
    const { words } = this.look;
    const residents = fill(words.residents, { count: this.plan.residents[i].toLocaleString("en") });
    return [this.nameOf(i), residents, fill(words.state, { title: this.scale.title, value: this.shown(i) })];
  }

  dress() {
    const { look, view } = this;
    view.dress(look, look.words.city_map);
    const radius = element("span");
    radius.append(outline('<circle cx="5" cy="9" r="3"/><circle cx="9" cy="6" r="5"/>'), look.words.radius);
    view.legend.replaceChildren(...scaleLegend(this.scale, this.rgb), radius);
    this.lists.replaceChildren(
      this.list(look.words.best, this.best, ""),
      this.list(look.words.worst, this.worst, "2 2"),
    );
  }

  list(title, indices, dash) {
    const box = element("div");
    const head = box.appendChild(element("div", "linli-head"));
    head.append(outline(`<circle cx="7" cy="7" r="5" stroke-width="2" stroke-dasharray="${dash}"/>`), ` ${title}`);
    const list = box.appendChild(element("ol"));
    for (const i of indices) {
      const button = list.appendChild(element("li")).appendChild(element("button", "", this.nameOf(i)));
      button.type = "button";
      button.append(element("b", "", this.shown(i)));
      button.addEventListener("click", () => this.click(i));
      button.addEventListener("mouseenter", () => { this.over = { index: i }; this.drawMarksSoon(); });
      button.addEventListener("mouseleave", () => { this.over = null; this.drawMarksSoon(); });
    }
    return box;
  }
}

function outline(markup) {
  return glyph(`<g fill="none" stroke="currentColor">${markup}</g>`);
}

export default {
  render({ model, el }) {
    const map = new CityMap(model, el);
    return () => map.close();
  },
};
