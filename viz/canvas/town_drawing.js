// How the town looks: the plan below, everybody as marks in pixels, and above them what is looked at.

const PLAN = 0, MARKS = 1, ASKS = 2, OVER = 3; // layers, from below
const CELLS_BELOW = 4.5; // device pixels a resident; below it, squares that touch read better than dots
const GAP_FROM = 3.4; // below it a gap between squares would cost too much of the colour
const ALL_TIES_BELOW = 150; // residents in sight, below which everybody's ties are drawn
const FADED = 128; // opacity of residents while others are brought out
const PAPER = {
  false: { street: "#f6f5f2", plot: "#ffffff", planned: "#eaf1ea", building: "#eceae5", office: "#fdf3e3",
    edge: "#d5d3cc", ink: "#1f2733", soft: "#5b6675", member: "#b3261e", worker: "#1f2733", effort: "#5b6675" },
  true: { street: "#14181e", plot: "#20262e", planned: "#1f2e2b", building: "#2f3842", office: "#322d24",
    edge: "#3b4450", ink: "#e6e9ee", soft: "#a3adba", member: "#ff7b72", worker: "#e6e9ee", effort: "#a3adba" },
};

/** Draws what a `TownMap` knows: its plan, its frame, its look. */
class TownDrawing {
  draw(what) {
    if (what === "plan") {
      this.placeResidents();
      this.drawPlan();
    }
    if (what !== "over") {
      this.drawMarks();
      this.drawAsks();
    }
    if (what !== "frame" || this.effortsChanged) this.drawOver();
    this.effortsChanged = false;
    if (what === "frame") this.view.refreshTip();
    this.drawn += 1;
    this.view.box.dataset.drawn = this.drawn;
    this.acknowledge();
  }

  rect(array, i) {
    const { camera } = this.view;
    const [x, y] = camera.toScreen(array[4 * i], array[4 * i + 1]);
    return [x, y, array[4 * i + 2] * camera.scale, array[4 * i + 3] * camera.scale];
  }

  drawPlan() {
    const pen = this.view.pen(PLAN);
    const { plan, paper, view } = this;
    const { scale } = view.camera;
    const block = (rect, fill, edge, round) => {
      pen.beginPath();
      pen.roundRect(...rect, Math.min(round, rect[3] / 2));
      pen.fillStyle = fill;
      pen.fill();
      if (edge) { pen.strokeStyle = edge; pen.stroke(); }
    };
    pen.lineWidth = 1;
    for (let c = 0; c < plan.plots.length / 4; c++) {
      block(this.rect(plan.plots, c), c < plan.planned ? paper.planned : paper.plot, paper.edge, 1.2 * scale);
    }
    block(this.rect(plan.office, 0), paper.office, paper.edge, 1.2 * scale);
    for (let b = 0; b < plan.buildings.length / 4; b++) {
      block(this.rect(plan.buildings, b), paper.building, null, 0.5 * scale);
    }
    if (this.visible.length < ALL_TIES_BELOW && this.ties) this.drawAllTies(pen);
    this.drawLabels(pen);
  }

  drawLabels(pen) {
    const { plan, paper, look, view } = this;
    const { scale, box } = view.camera;
    const size = Math.max(8, Math.min(14, 2.6 * scale));
    pen.font = `600 ${size}px system-ui, "Noto Sans CJK SC", sans-serif`;
    pen.textBaseline = "middle";
    pen.fillStyle = paper.soft;
    const label = (rect, long, short, room = 0) => {
      const [x, y, width, height] = rect;
      if (x > box.width || y > box.height || x + width < 0 || y + height < 0) return;
      const text = pen.measureText(long).width < width - room ? long : short;
      pen.fillText(text, x + 1.4 * scale, y + 2.4 * scale);
    };
    for (let c = 0; c < plan.plots.length / 4; c++) {
      const long = scale > 2.2 ? this.nameOf(c) : `${c + 1}`;
      label(this.rect(plan.plots, c), long, `${c + 1}`, 3 * scale + (plan.firms[c] >= 0 ? 34 : 0));
    }
    label(this.rect(plan.office, 0), look.words.office, "");
  }

  /** Where everybody is on the screen, in device pixels, and who is in sight. */
  placeResidents() {
    const { residents } = this.plan;
    const { camera, ratio } = this.view;
    const { width, height } = this.view.layers[MARKS];
    const pitch = camera.scale * ratio;
    const n = residents.length / 2;
    this.pitch = pitch;
    this.visible = [];
    this.px = new Float32Array(n);
    this.py = new Float32Array(n);
    const [ox, oy] = camera.toScreen(0, 0);
    for (let i = 0; i < n; i++) {
      const x = (ox + residents[2 * i] * camera.scale) * ratio;
      const y = (oy + residents[2 * i + 1] * camera.scale) * ratio;
      this.px[i] = x;
      this.py[i] = y;
      if (x > -pitch && y > -pitch && x < width + pitch && y < height + pitch) this.visible.push(i);
    }
  }

  /** Everything that changes by the day. */
  drawMarks() {
    this.stamps ??= new Stamps(this.view.layers[MARKS]);
    this.stamps.wipe();
    this.drawResidents();
    if (!this.hidden.has("posts")) this.drawPosts();
    if (!this.hidden.has("members")) this.drawMembers();
    if (!this.hidden.has("matters")) this.drawMatters();
    this.stamps.show();
  }

  drawResidents() {
    const { visible, states, differs, colours, pitch, px, py, stamps } = this;
    const radius = 0.42 * pitch;
    const gap = pitch >= GAP_FROM ? 1 : 0;
    const opacity = differs ? FADED : OPAQUE;
    const cells = pitch < CELLS_BELOW;
    for (const i of visible) {
      if (differs?.[i]) continue;
      if (cells) stamps.cell(px[i], py[i], pitch, gap, colours[states[i]], opacity);
      else stamps.put("disc", px[i], py[i], radius, 0, colours[states[i]], opacity);
    }
    if (!differs) return;
    const ink = this.look.dark ? 0xffffff : 0x000000;
    const ring = Math.max(radius * 1.35, radius + 1.2 * this.view.ratio);
    for (const i of visible) if (differs[i]) stamps.put("disc", px[i], py[i], ring, 0, ink);
    for (const i of visible) {
      if (differs[i]) stamps.put("disc", px[i], py[i], Math.max(radius, 1.2), 0, colours[states[i]]);
    }
  }

  drawPosts() {
    const { plan, paper, taken, view, stamps } = this;
    const half = Math.max(0.8, 0.5 * view.camera.scale) * view.ratio;
    const free = pixelColour(paper.soft), full = pixelColour(paper.member);
    for (let p = 0; p < taken.length; p++) {
      const [x, y] = this.point(plan.posts, p);
      if (!this.seen([x, y])) continue;
      if (taken[p]) stamps.put("diamond", x * view.ratio, y * view.ratio, half * 1.35, 0, full);
      else stamps.put("square", x * view.ratio, y * view.ratio, half * 0.8, view.ratio, free, 110);
    }
  }

  /** Members at home and in the office: a thick outline serves, a thin one does not, a dot is out serving. */
  drawMembers() {
    const { plan, paper, status, view, stamps } = this;
    const { camera, ratio } = view;
    const colour = pixelColour(paper.member);
    // from afar the many who do not serve are small: the residents are the subject
    const half = Math.max(1.5, 0.62 * camera.scale) * ratio;
    const served = Math.max(2.1, 0.62 * camera.scale) * ratio;
    const line = Math.max(0.8, Math.min(2.4, 0.16 * camera.scale)) * ratio;
    const quiet = camera.scale < 3 ? 150 : 215;
    for (let m = 0; m < status.length; m++) {
      if (status[m] === ABSENT) continue;
      const home = plan.homes[m];
      const at = home >= 0 ? this.point(plan.residents, home) : this.point(plan.pool, m);
      if (!this.seen(at)) continue;
      const [x, y] = [at[0] * ratio, at[1] * ratio];
      if (status[m] !== MATCHED) stamps.put("diamond", x, y, half, line, colour, quiet);
      else if (home >= 0) stamps.put("diamond", x, y, served, 2 * line, colour);
      else stamps.put("disc", x, y, 0.9 * ratio, 0, colour, 128);
    }
  }

  drawOver() {
    const pen = this.view.pen(OVER);
    if (!this.hidden.has("workers")) this.drawWorkers(pen);
    if (!this.hidden.has("firms")) this.drawFirms(pen);
    const selected = this.model.get("selected");
    if (selected >= 0 && selected < this.states.length) this.drawTies(pen, selected, true);
    if (this.over?.kind === "resident" && this.over.index !== selected) this.drawTies(pen, this.over.index, false);
    if (this.over?.kind === "compound") {
      pen.lineWidth = 2;
      pen.strokeStyle = this.paper.soft;
      pen.beginPath();
      pen.roundRect(...this.rect(this.plan.plots, this.over.index), 1.2 * this.view.camera.scale);
      pen.stroke();
    }
  }

  point(array, i) {
    return this.view.camera.toScreen(array[2 * i], array[2 * i + 1]);
  }

  seen([x, y]) {
    const { width, height } = this.view.camera.box;
    return x > -10 && y > -10 && x < width + 10 && y < height + 10;
  }

  drawAllTies(pen) {
    const { ties, plan } = this;
    const here = new Path2D(), away = new Path2D();
    for (const i of this.visible) {
      const from = this.point(plan.residents, i);
      for (let t = ties.start[i]; t < ties.start[i + 1]; t++) {
        const to = this.point(plan.residents, ties.to[t]);
        const seen = this.seen(to);
        if (!seen || ties.to[t] > i) arch(seen ? here : away, from, to);
      }
    }
    pen.lineWidth = 1;
    pen.strokeStyle = this.paper.ink;
    // ties that lead out of the picture are there, but do not hide those within it
    for (const [path, alpha] of [[here, 0.25], [away, 0.06]]) {
      pen.globalAlpha = alpha;
      pen.stroke(path);
    }
    pen.globalAlpha = 1;
  }

  drawTies(pen, resident, lasting) {
    const { ties, plan, paper } = this;
    const here = this.point(plan.residents, resident);
    const radius = Math.max(3.5, 0.55 * this.view.camera.scale);
    pen.strokeStyle = paper.ink;
    if (ties) {
      pen.beginPath();
      for (let t = ties.start[resident]; t < ties.start[resident + 1]; t++) {
        const there = this.point(plan.residents, ties.to[t]);
        arch(pen, here, there);
        pen.moveTo(there[0] + radius * 0.8, there[1]);
        pen.arc(...there, radius * 0.8, 0, 7);
      }
      pen.lineWidth = 1.2;
      pen.globalAlpha = 0.75;
      pen.stroke();
      pen.globalAlpha = 1;
    }
    pen.lineWidth = lasting ? 3 : 2;
    pen.beginPath();
    pen.arc(...here, radius * 1.5, 0, 7);
    pen.stroke();
  }

  drawWorkers(pen) {
    const { plan, view } = this;
    const size = Math.max(2.4, 0.8 * view.camera.scale);
    pen.fillStyle = this.paper.worker;
    pen.beginPath();
    for (let w = 0; w < plan.workers.length / 2; w++) person(pen, ...this.point(plan.workers, w), size);
    pen.fill();
  }

  drawFirms(pen) {
    const { plan, paper, efforts, view } = this;
    const { scale } = view.camera;
    const size = Math.max(8, Math.min(24, 3 * scale));
    const inset = size * 0.4 + Math.min(8, 1.2 * scale);
    pen.textAlign = "center";
    for (let c = 0; c < plan.firms.length; c++) {
      const firm = plan.firms[c];
      if (firm < 0) continue;
      const [x, y, width] = this.rect(plan.plots, c);
      if (!this.seen([x + width, y])) continue;
      badge(pen, x + width - size - inset, y + 0.7 * scale, size, firmName(firm), paper, (efforts[firm] ?? 0) / 255);
    }
    pen.textAlign = "left";
  }
}

function firmName(firm) {
  return firm < 26 ? String.fromCharCode(65 + firm) : String(firm + 1);
}

/** A slightly bent line, so that ties along a row of residents do not hide each other. */
function arch(pen, [ax, ay], [bx, by]) {
  const bend = ax < bx || (ax === bx && ay < by) ? 0.14 : -0.14;
  pen.moveTo(ax, ay);
  pen.quadraticCurveTo((ax + bx) / 2 + (by - ay) * bend, (ay + by) / 2 - (bx - ax) * bend, bx, by);
}

function person(pen, x, y, size) {
  pen.moveTo(x + size * 0.5, y - size * 0.5);
  pen.arc(x, y - size * 0.5, size * 0.5, 0, 7);
  pen.moveTo(x + size * 0.9, y + size);
  pen.arc(x, y + size, size * 0.9, 0, Math.PI, true);
}

/** A property firm's badge, and beside it how full its effort is. */
function badge(pen, x, y, size, name, paper, effort) {
  pen.fillStyle = paper.ink;
  pen.beginPath();
  pen.roundRect(x, y, size, size, size / 4);
  pen.fill();
  pen.fillStyle = paper.plot;
  pen.font = `700 ${size * 0.72}px system-ui, sans-serif`;
  pen.textBaseline = "middle";
  pen.fillText(name, x + size / 2, y + size * 0.55);
  const bar = Math.max(3, size * 0.24);
  pen.fillStyle = paper.edge;
  pen.fillRect(x + size + 2, y, bar, size);
  pen.fillStyle = paper.effort;
  pen.fillRect(x + size + 2, y + size * (1 - effort), bar, size * effort);
}

