// The timeline: a day to drag, and a bar a policy to drag, pull at its ends, or move with the arrow keys.
const ROW = 28, AXIS = 30, SIDE = 14;
const SVG = "http://www.w3.org/2000/svg";

function make(tag, attributes, parent, text) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== undefined) node.textContent = text;
  parent.appendChild(node);
  return node;
}

// A round number of days between ticks, so that some eight of them fit.
function tickOf(days, width) {
  const wanted = days / Math.max(2, Math.min(10, width / 70));
  return [1, 2, 5, 10, 15, 30, 60, 90, 180, 365, 730, 1825].find((step) => step >= wanted) ?? 3650;
}

function render({ model, el }) {
  const label = el.appendChild(document.createElement("div"));
  label.className = "linli-day day";
  const svg = make("svg", { class: "linli-timeline" }, el);
  let dragged = null;   // what is being dragged, with its preview
  let count = 0;

  const days = () => model.get("days");
  let aim = null;       // where keys in a hurry have gone, before the page has answered
  const today = () => Math.min(model.get("now").day ?? 0, days());
  const width = () => Math.max(200, el.clientWidth || 600);
  const x = (day) => SIDE + (width() - 2 * SIDE) * (day / days());
  const dayAt = (px) => Math.round(Math.max(0, Math.min(1, (px - SIDE) / (width() - 2 * SIDE))) * days());
  const send = (name, value) => { model.set(name, { ...value, n: ++count }); model.save_changes(); };
  const move = (at, start, end) => send("moved", { at, start, end });

  // keep a bar inside the days and at least a day long; an end at the last day means: it never stops
  function bounded(start, end) {
    const last = days();
    start = Math.max(0, Math.min(start, last - 1));
    end = end === null ? null : Math.max(start + 1, end);
    return [start, end !== null && end >= last ? null : end];
  }

  function shifted(bar, part, by) {
    const end = bar.end === null ? days() : Math.min(bar.end, days());
    if (part === "start") return bounded(Math.min(bar.start + by, end - 1), bar.end);
    if (part === "end") return bounded(bar.start, end + by);
    const start = Math.max(0, Math.min(bar.start + by, days() - 1));
    return bounded(start, bar.end === null ? null : bar.end + (start - bar.start));
  }

  function keyed(event, bar, part) {
    const step = (event.shiftKey ? 10 : 1) * ({ ArrowLeft: -1, ArrowRight: 1 }[event.key] || 0);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    if (part === "day") {
      aim = Math.max(0, Math.min(days(), (aim ?? today()) + step));
      return send("gone", { day: aim });
    }
    move(bar.at, ...shifted(bar, part, step));
  }

  function grab(event, bar, part) {
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.focus?.();
    dragged = { bar, part, from: event.clientX, start: bar?.start, end: bar?.end, sent: 0 };
    svg.setPointerCapture(event.pointerId);
  }

  svg.addEventListener("pointerdown", (event) => {
    const box = svg.getBoundingClientRect();
    if (event.clientY - box.top > AXIS) return;
    send("gone", { day: dayAt(event.clientX - box.left) });
    grab(event, null, "day");
  });
  svg.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const box = svg.getBoundingClientRect();
    if (dragged.part === "day") {
      const day = dayAt(event.clientX - box.left);
      if (day !== dragged.day && performance.now() - dragged.sent > 60) {
        dragged.sent = performance.now();
        send("gone", { day });
      }
      dragged.day = day;
    } else {
      const by = Math.round(((event.clientX - dragged.from) / (width() - 2 * SIDE)) * days());
      [dragged.start, dragged.end] = shifted(dragged.bar, dragged.part, by);
    }
    draw();
  });
  function drop() {
    if (!dragged) return;
    const { bar, part, start, end, day } = dragged;
    dragged = null;
    if (part === "day") { if (day !== undefined) send("gone", { day }); }
    else if (start !== bar.start || end !== bar.end) move(bar.at, start, end);
    draw();
  }
  svg.addEventListener("pointerup", drop);
  svg.addEventListener("pointercancel", () => { dragged = null; draw(); });

  function draw() {
    label.textContent = model.get("now").text ?? "";
    label.setAttribute("aria-live", model.get("now").live ?? "off");
    const focused = document.activeElement && svg.contains(document.activeElement)
      ? document.activeElement.getAttribute("data-name") : null;
    const bars = model.get("bars"), words = model.get("words"), height = AXIS + ROW * bars.length + 4;
    svg.replaceChildren();
    svg.setAttribute("width", width());
    svg.setAttribute("height", height);
    make("rect", { x: 0, y: 0, width: width(), height: AXIS, class: "axis" }, svg);
    make("line", { x1: SIDE, x2: width() - SIDE, y1: AXIS - 8, y2: AXIS - 8, class: "rail" }, svg);
    for (let day = 0, step = tickOf(days(), width()); day <= days(); day += step) {
      make("line", { x1: x(day), x2: x(day), y1: AXIS - 11, y2: height, class: "tick" }, svg);
      make("text", { x: x(day), y: 13, class: "number" }, svg, day);
    }
    for (const [row, bar] of bars.entries()) drawBar(bar, AXIS + ROW * row, words);
    drawDay(height, words);
    if (focused) svg.querySelector(`[data-name="${focused}"]`)?.focus();
  }

  function drawBar(bar, y, words) {
    const live = dragged && dragged.bar && dragged.bar.at === bar.at ? dragged : bar;
    const end = live.end === null ? days() : Math.min(live.end, days());
    const left = x(Math.min(live.start, days())), right = Math.max(left + 6, x(end));
    const group = make("g", { class: `bar c${bar.at % 6}` }, svg);
    const about = { tabindex: 0, role: "slider", "aria-valuemin": 0, "aria-valuemax": days() };
    const body = make("rect", { ...about, x: left, y: y + 2, width: right - left, height: ROW - 4, rx: 5, class: "body",
      "data-name": `body${bar.at}`, "aria-valuenow": live.start, "aria-label": `${bar.label}: ${words.move}` }, group);
    const ramp = x(Math.min(end, live.start + bar.ramp)) - left;
    if (ramp > 2) make("polygon", { points: `${left},${y + 3} ${left + ramp},${y + 3} ${left},${y + ROW - 3}`, class: "ramp" }, group);
    const span = (live.end === null ? words.from : words.from_to).replace("#", live.start).replace("§", live.end);
    const label = make("text", { x: left + 12, y: y + ROW / 2 + 4, class: "label" }, group, `${bar.label}${words.comma}${span}`);
    if (label.getComputedTextLength() > right - left - 20) {
      const beside = width() - right > left ? right + 6 : left - 6 - label.getComputedTextLength();
      label.setAttribute("x", Math.max(2, beside));
      label.classList.add("beside");
    }
    for (const [part, at, now] of [["start", left, live.start], ["end", right, end]]) {
      const handle = make("rect", { ...about, x: at - 12, y: y + 2, width: 24, height: ROW - 4, rx: 4, class: "handle",
        "data-name": `${part}${bar.at}`, "aria-valuenow": now, "aria-label": `${bar.label}: ${words[part]}` }, group);
      make("rect", { x: at - 5, y: y + 3, width: 10, height: ROW - 6, rx: 4, class: "edge" }, group);
      handle.addEventListener("pointerdown", (event) => grab(event, bar, part));
      handle.addEventListener("keydown", (event) => keyed(event, bar, part));
    }
    body.addEventListener("pointerdown", (event) => grab(event, bar, "body"));
    body.addEventListener("keydown", (event) => keyed(event, bar, "body"));
  }

  function drawDay(height, words) {
    const day = dragged?.part === "day" && dragged.day !== undefined ? dragged.day : today();
    const group = make("g", { class: "today" }, svg);
    make("line", { x1: x(day), x2: x(day), y1: AXIS - 8, y2: height, class: "now" }, group);
    const grip = make("circle", { cx: x(day), cy: AXIS - 8, r: 12, class: "grip", tabindex: 0, role: "slider",
      "data-name": "day", "aria-label": words.day, "aria-valuemin": 0, "aria-valuemax": days(), "aria-valuenow": day }, group);
    make("circle", { cx: x(day), cy: AXIS - 8, r: 7, class: "knob" }, group);
    grip.addEventListener("pointerdown", (event) => grab(event, null, "day"));
    grip.addEventListener("keydown", (event) => keyed(event, null, "day"));
  }

  const redraw = () => {
    if (today() === aim) aim = null;
    if (!dragged) draw();
  };
  svg.addEventListener("focusout", () => { aim = null; });
  model.on("change", redraw);
  const sizes = new ResizeObserver(redraw);
  sizes.observe(el);
  draw();
  return () => { sizes.disconnect(); model.off("change", redraw); };
}

export default { render };
