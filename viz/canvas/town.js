// The town map: residents as points in their buildings, compounds as plots, members, firms and workers.
// Python sends the plan and the ties once, and for each day one byte a resident.

const PLAN = 0, POINTS = 1, OVER = 2; // layers, from below
const ABSENT = 0, MATCHED = 2; // status of a member
const SQUARES_BELOW = 4.5; // device pixels a resident; below it, squares that touch read better than dots
const ALL_TIES_BELOW = 150; // residents in sight, below which everybody's ties are drawn
const PAPER = {
  false: { street: "#f6f5f2", plot: "#ffffff", planned: "#eaf1ea", building: "#eceae5", office: "#fdf3e3",
    edge: "#d5d3cc", ink: "#1f2733", soft: "#5b6675", member: "#b3261e", worker: "#1f2733", effort: "#5b6675" },
  true: { street: "#14181e", plot: "#20262e", planned: "#1f2e2b", building: "#2f3842", office: "#322d24",
    edge: "#3b4450", ink: "#e6e9ee", soft: "#a3adba", member: "#ff7b72", worker: "#e6e9ee", effort: "#a3adba" },
};

class TownMap {
  constructor(model, root) {
    this.model = model;
    this.masks = new Map();
    this.hidden = new Set(); // kinds that the legend has switched off
    this.over = null;
    this.clicks = 0;
    this.steps = -1;
    this.drawn = 0;
    this.read();
    this.view = new MapView(root, {
      draw: (what) => this.draw(what),
      find: (px, py) => this.find(px, py),
      over: (thing) => this.setOver(thing),
      click: (thing) => this.click(thing),
      step: (by) => this.step(by),
      describe: (thing) => this.describe(thing),
    }, ["plan", "points", "over"]);
    this.view.setWorld(...this.plan.size);
    this.dress();
    this.unfollow = follow(model, ["plan", "ties", "frame", "scale", "look", "selected"], (name) => this.changed(name));
  }

  changed(name) {
    if (name === "selected") this.view.paint("over");
    else if (name === "frame") {
      this.readFrame();
      this.view.paint("frame");
    } else {
      this.read();
      if (name === "plan") this.view.setWorld(...this.plan.size);
      this.dress();
    }
  }

  close() {
    this.unfollow();
    this.view.close();
  }

  // what Python sent -----------------------------------------------------------------------------------------

  read() {
    this.readPlan();
    this.readTies();
    this.readScale();
    this.readFrame();
  }

  readPlan() {
    const sent = this.model.get("plan");
    const floats = (name) => typed(Float32Array, sent[name]);
    this.plan = {
      size: sent.size,
      planned: sent.planned,
      residents: floats("residents"), buildings: floats("buildings"), plots: floats("plots"),
      posts: floats("posts"), office: floats("office"), workers: floats("workers"), pool: floats("pool"),
      homes: typed(Int32Array, sent.homes),
      starts: typed(Int32Array, sent.starts), // first resident of each building
      first: typed(Int32Array, sent.first), // first building of each compound
      firms: typed(Int32Array, sent.firms),
      age: typed(Uint8Array, sent.age), tenure: typed(Uint8Array, sent.tenure),
      skill: typed(Uint8Array, sent.skill),
    };
    this.memberOf = new Map();
    this.plan.homes.forEach((home, member) => { if (home >= 0) this.memberOf.set(home, member); });
  }

  readTies() {
    const sent = this.model.get("ties");
    this.ties = sent.start ? { start: typed(Int32Array, sent.start), to: typed(Int32Array, sent.to) } : null;
  }

  readScale() {
    const scale = this.model.get("scale");
    const look = this.model.get("look");
    this.look = look;
    this.paper = PAPER[look.dark];
    const rgb = typed(Uint8Array, look.dark ? scale.dark : scale.light);
    this.colours = new Uint32Array(256);
    for (let i = 0; i < 256; i++) this.colours[i] = rgb[3 * i] | (rgb[3 * i + 1] << 8) | (rgb[3 * i + 2] << 16);
    this.scale = scale;
  }

  readFrame() {
    const sent = this.model.get("frame");
    const n = this.plan.residents.length / 2;
    const fitting = (Type, name, size) => {
      const array = typed(Type, sent[name]);
      return array.length === size ? array : null;
    };
    this.states = fitting(Uint8Array, "states", n) ?? new Uint8Array(n);
    this.differs = fitting(Uint8Array, "differs", n);
    this.status = fitting(Uint8Array, "status", this.plan.homes.length) ?? new Uint8Array(this.plan.homes.length);
    this.postOf = fitting(Int32Array, "posts", this.plan.homes.length);
    this.efforts = typed(Uint8Array, sent.efforts);
    this.notes = sent.notes ?? [];
    this.moment = sent.moment;
    this.taken = new Uint8Array(this.plan.posts.length / 2);
    if (this.postOf) {
      this.status.forEach((status, m) => {
        if (status === MATCHED && this.postOf[m] >= 0 && this.postOf[m] < this.taken.length) {
          this.taken[this.postOf[m]] = 1;
        }
      });
    }
  }

  // drawing ------------------------------------------------------------------------------------------------

  draw(what) {
    if (what === "plan") {
      this.placePoints();
      this.drawPlan();
    }
    if (what !== "over") this.drawPoints();
    this.drawOver();
    if (what === "frame") this.view.refreshTip();
    this.drawn += 1;
    this.view.box.dataset.drawn = this.drawn;
    this.acknowledge();
  }

  /** Python hears which moment is on the screen, so that it never sends more than can be shown. */
  acknowledge() {
    if (this.model.get("shown") === this.moment) return;
    this.model.set("shown", this.moment);
    this.model.save_changes();
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
    for (let b = 0; b < plan.buildings.length / 4; b++) block(this.rect(plan.buildings, b), paper.building, null, 0.5 * scale);
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
    const label = (rect, long, short, room) => {
      const [x, y, width, height] = rect;
      if (x > box.width || y > box.height || x + width < 0 || y + height < 0) return;
      const text = pen.measureText(long).width < width - room ? long : short;
      pen.fillText(text, x + 1.4 * scale, y + 2.4 * scale);
    };
    for (let c = 0; c < plan.plots.length / 4; c++) {
      label(this.rect(plan.plots, c), this.nameOf(c), `${c + 1}`, 3 * scale + (plan.firms[c] >= 0 ? 34 : 0));
    }
    label(this.rect(plan.office, 0), look.words.office, "", 0);
  }

  /** Which residents are in sight, and where in the pixels their marks begin. */
  placePoints() {
    const { residents } = this.plan;
    const { camera, ratio } = this.view;
    const canvas = this.view.layers[POINTS];
    const pitch = camera.scale * ratio;
    const n = residents.length / 2;
    if (this.pixels?.width !== canvas.width || this.pixels?.height !== canvas.height) {
      this.pixels = new ImageData(canvas.width, canvas.height);
      this.pixels32 = new Uint32Array(this.pixels.data.buffer);
    }
    this.squares = pitch < SQUARES_BELOW;
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
      if (x > -pitch && y > -pitch && x < canvas.width + pitch && y < canvas.height + pitch) this.visible.push(i);
    }
  }

  drawPoints() {
    const { visible, states, differs, colours, pitch } = this;
    this.pixels32.fill(0);
    const radius = 0.42 * pitch;
    const faded = differs ? 0x80000000 : 0xff000000;
    for (const i of visible) if (!differs?.[i]) this.mark(i, colours[states[i]], faded, radius);
    if (differs) {
      const ink = this.look.dark ? 0xffffff : 0x000000;
      const ring = Math.max(radius * 1.35, radius + 1.2 * this.view.ratio);
      for (const i of visible) if (differs[i]) this.disc(this.px[i], this.py[i], ink, 0xff000000, ring);
      for (const i of visible) if (differs[i]) this.disc(this.px[i], this.py[i], colours[states[i]], 0xff000000, Math.max(radius, 1.2));
    }
    this.view.layers[POINTS].getContext("2d").putImageData(this.pixels, 0, 0);
  }

  mark(i, rgb, alpha, radius) {
    if (this.squares) this.square(this.px[i], this.py[i], rgb | alpha);
    else this.disc(this.px[i], this.py[i], rgb, alpha, radius);
  }

  square(x, y, colour) {
    const { width, height } = this.pixels;
    const gap = this.pitch >= 3.4 ? 1 : 0; // below it a gap would cost too much of the colour
    const half = this.pitch / 2;
    const left = Math.max(0, Math.round(x - half)), right = Math.min(width, Math.round(x + half) - gap);
    const top = Math.max(0, Math.round(y - half)), bottom = Math.min(height, Math.round(y + half) - gap);
    for (let row = top; row < bottom; row++) this.pixels32.fill(colour, row * width + left, Math.max(row * width + left, row * width + right));
  }

  /** A round dot with soft edges. alpha: of the whole dot, in the highest byte. */
  disc(x, y, rgb, alpha, radius) {
    const { width, height } = this.pixels;
    const fx = Math.floor(x), fy = Math.floor(y);
    const mask = this.maskOf(radius, Math.floor((x - fx) * 4), Math.floor((y - fy) * 4));
    const reach = (mask.side - 1) / 2;
    const opaque = alpha >>> 24;
    for (let row = 0; row < mask.side; row++) {
      const py = fy - reach + row;
      if (py < 0 || py >= height) continue;
      for (let column = 0; column < mask.side; column++) {
        const cover = mask.cover[row * mask.side + column];
        const px = fx - reach + column;
        if (cover === 0 || px < 0 || px >= width) continue;
        const at = py * width + px;
        if (cover === 255) this.pixels32[at] = rgb | (opaque << 24);
        else this.blend(at, rgb, (cover * opaque) / 255);
      }
    }
  }

  /** Mix an edge pixel with what is there already (a ring below a dot); on nothing it stays half clear. */
  blend(at, rgb, alpha) {
    const below = this.pixels32[at];
    if (below >>> 24 === 0) {
      this.pixels32[at] = rgb | (Math.round(alpha) << 24);
      return;
    }
    const a = alpha / 255;
    const mix = (shift) => Math.round(((rgb >> shift) & 255) * a + ((below >> shift) & 255) * (1 - a)) << shift;
    this.pixels32[at] = mix(0) | mix(8) | mix(16) | (Math.max(below >>> 24, Math.round(alpha)) << 24);
  }

  /** How much of each pixel a dot covers (0-255), for its place within the pixel in quarters. */
  maskOf(radius, qx, qy) {
    const size = Math.round(radius * 8) / 8;
    const key = (size * 8 * 4 + qx) * 4 + qy;
    let mask = this.masks.get(key);
    if (mask) return mask;
    const reach = Math.ceil(size) + 1, side = 2 * reach + 1;
    mask = { side, cover: new Uint8Array(side * side) };
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const away = Math.hypot(column - reach + 0.5 - (qx + 0.5) / 4, row - reach + 0.5 - (qy + 0.5) / 4);
        mask.cover[row * side + column] = Math.round(255 * Math.min(1, Math.max(0, size - away + 0.5)));
      }
    }
    if (this.masks.size > 400) this.masks.clear();
    this.masks.set(key, mask);
    return mask;
  }

  drawOver() {
    const pen = this.view.pen(OVER);
    if (!this.hidden.has("posts")) this.drawPosts(pen);
    if (!this.hidden.has("members")) this.drawMembers(pen);
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

  diamond(pen, [x, y], half) {
    pen.moveTo(x, y - half);
    pen.lineTo(x + half, y);
    pen.lineTo(x, y + half);
    pen.lineTo(x - half, y);
    pen.closePath();
  }

  drawMembers(pen) {
    const { plan, paper, status, view } = this;
    const half = Math.max(2.1, 0.62 * view.camera.scale);
    const seated = Math.max(1.7, 0.62 * view.camera.scale);
    const idle = new Path2D(), serving = new Path2D(), gone = new Path2D();
    for (let m = 0; m < status.length; m++) {
      if (status[m] === ABSENT) continue;
      const home = plan.homes[m];
      const at = home >= 0 ? this.point(plan.residents, home) : this.point(plan.pool, m);
      if (!this.seen(at)) continue;
      if (home < 0 && status[m] === MATCHED) gone.arc(...at, 0.9, 0, 7), gone.closePath();
      else this.diamond(status[m] === MATCHED ? serving : idle, at, home < 0 ? seated : half);
    }
    pen.strokeStyle = pen.fillStyle = paper.member;
    pen.lineWidth = Math.max(1, Math.min(2.4, 0.16 * view.camera.scale));
    pen.globalAlpha = 0.75;
    pen.stroke(idle);
    pen.globalAlpha = 0.5;
    pen.fill(gone);
    pen.globalAlpha = 1;
    // at home the resident's own colour stays in sight inside
    pen.lineWidth *= 2;
    pen.stroke(serving);
  }

  drawPosts(pen) {
    const { plan, paper, taken, view } = this;
    const half = Math.max(1.1, 0.5 * view.camera.scale);
    const free = new Path2D(), full = new Path2D();
    for (let p = 0; p < taken.length; p++) {
      const at = this.point(plan.posts, p);
      if (!this.seen(at)) continue;
      if (taken[p]) this.diamond(full, at, half * 1.35);
      else free.rect(at[0] - half * 0.8, at[1] - half * 0.8, half * 1.6, half * 1.6);
    }
    pen.lineWidth = 1;
    pen.strokeStyle = paper.edge;
    pen.stroke(free);
    pen.fillStyle = paper.member;
    pen.fill(full);
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
    const size = Math.max(9, Math.min(24, 3 * scale));
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

  // hands ------------------------------------------------------------------------------------------------

  find(px, py) {
    const { plan } = this;
    const [x, y] = this.view.camera.toWorld(px, py);
    const inside = (array, i) =>
      x >= array[4 * i] && y >= array[4 * i + 1] && x <= array[4 * i] + array[4 * i + 2] && y <= array[4 * i + 1] + array[4 * i + 3];
    if (inside(plan.office, 0)) return this.findInOffice(x, y);
    for (let c = 0; c < plan.plots.length / 4; c++) {
      if (!inside(plan.plots, c)) continue;
      for (let b = plan.first[c]; b < plan.first[c + 1]; b++) {
        if (!inside(plan.buildings, b)) continue;
        const i = nearest(plan.residents, x, y, plan.starts[b], plan.starts[b + 1], 1.2);
        if (i >= 0) return { kind: "resident", index: i };
      }
      const posts = plan.posts.length / plan.plots.length * 2;
      const post = nearest(plan.posts, x, y, c * posts, (c + 1) * posts, 0.9);
      return post >= 0 ? { kind: "post", index: post } : { kind: "compound", index: c };
    }
    return null;
  }

  findInOffice(x, y) {
    const { plan, status } = this;
    const worker = nearest(plan.workers, x, y, 0, plan.workers.length / 2, 1.1);
    if (worker >= 0) return { kind: "worker", index: worker };
    const member = nearest(plan.pool, x, y, 0, status.length, 0.8);
    if (member >= 0 && status[member] !== ABSENT) return { kind: "member", index: member };
    return { kind: "office", index: 0 };
  }

  setOver(thing) {
    if (this.over?.kind === thing?.kind && this.over?.index === thing?.index) return;
    this.over = thing;
    this.view.paint("over");
  }

  click(thing) {
    const of = thing.kind === "post" ? { kind: "compound", index: this.compoundOfPost(thing.index) } : thing;
    this.clicks += 1;
    this.model.set("picked", { ...of, click: this.clicks });
    this.model.save_changes();
  }

  compoundOfPost(post) {
    return Math.floor(post / (this.plan.posts.length / this.plan.plots.length * 2));
  }

  step(by) {
    const { plots } = this.plan;
    const n = plots.length / 4;
    this.steps = (Math.max(this.steps, by > 0 ? -1 : 0) + by + n) % n;
    const [x, y, width, height] = plots.subarray(4 * this.steps, 4 * this.steps + 4);
    return { thing: { kind: "compound", index: this.steps }, x: x + width / 2, y: y + height / 2, zoom: 2 };
  }

  // words ------------------------------------------------------------------------------------------------

  nameOf(c) {
    const { words, names } = this.look;
    return names[c] ?? fill(c < this.plan.planned ? words.planned : words.compound, { number: c + 1 });
  }

  describe({ kind, index }) {
    const { words } = this.look;
    if (kind === "resident") return this.describeResident(index);
    if (kind === "compound") return this.describeCompound(index);
    if (kind === "office") return [words.office];
    if (kind === "worker") return [words.worker];
    if (kind === "post") return [this.taken[index] ? words.post_taken : words.post_free, this.nameOf(this.compoundOfPost(index))];
    return [words.member, this.statusOf(index)];
  }

  statusOf(member) {
    const { words } = this.look;
    return ["", words.registered, words.matched, words.decoupled][this.status[member]] ?? "";
  }

  describeResident(i) {
    const { plan, look: { words }, scale } = this;
    const building = plan.starts.findLastIndex((first) => first <= i);
    const compound = plan.first.findLastIndex((first) => first <= building);
    const member = this.memberOf.get(i);
    const traits = [words.ages.split("|")[plan.age[i]], plan.tenure[i] ? words.tenant : words.owner];
    if (plan.skill[i]) traits.push(fill(words.skill, { skill: words.skills.split("|")[plan.skill[i]] }));
    const state = scale.labels.length
      ? scale.labels[this.states[i]] ?? ""
      : number(scale.low + (this.states[i] / 255) * (scale.high - scale.low), scale);
    const lines = [
      fill(words.resident, { number: i + 1 }),
      fill(words.home, { compound: this.nameOf(compound), building: building - plan.first[compound] + 1 }),
      traits.join(" · "),
      fill(words.state, { title: scale.title, value: state }),
    ];
    if (member !== undefined && this.status[member] !== ABSENT) {
      lines.push(fill(words.state, { title: words.party, value: this.statusOf(member) }));
    }
    if (this.ties) lines.push(fill(words.ties, { count: this.ties.start[i + 1] - this.ties.start[i] }));
    if (this.differs?.[i]) lines.push(words.differs);
    return lines;
  }

  describeCompound(c) {
    const { plan, look: { words } } = this;
    const firm = plan.firms[c];
    const people = plan.starts[plan.first[c + 1]] - plan.starts[plan.first[c]];
    const of = firm < 0 ? words.no_firm : `${fill(words.firm, { name: firmName(firm) })}, ${fill(words.effort, { value: ((this.efforts[firm] ?? 0) / 255).toFixed(2) })}`;
    return [this.nameOf(c), fill(words.residents, { count: people }), of, ...(this.notes[c] ? [this.notes[c]] : [])];
  }

  dress() {
    const { look, scale, view, paper } = this;
    view.dress(look, look.words.town_map);
    const rgb = typed(Uint8Array, look.dark ? scale.dark : scale.light);
    const items = scaleLegend(scale, rgb);
    const shapes = {
      members: [[`<path d="M7 1.5 12.5 7 7 12.5 1.5 7Z" fill="none" stroke="${paper.member}" stroke-width="2.6"/>`,
        `<path d="M7 2 12 7 7 12 2 7Z" fill="none" stroke="${paper.member}"/>`], look.words.legend_member],
      posts: [[`<path d="M7 1 13 7 7 13 1 7Z" fill="${paper.member}"/>`,
        `<rect x="3" y="3" width="8" height="8" fill="none" stroke="${paper.soft}"/>`], look.words.legend_post],
      firms: [[`<rect x="0" y="2" width="9" height="10" rx="2" fill="${paper.ink}"/><rect x="10.5" y="2" width="2.5"
        height="10" fill="${paper.edge}"/><rect x="10.5" y="6" width="2.5" height="6" fill="${paper.effort}"/>`],
        look.words.legend_firm],
      workers: [[`<path d="M7 1a3 3 0 1 1 0 6 3 3 0 0 1 0-6M2 13a5 5 0 0 1 10 0Z" fill="${paper.worker}"/>`],
        look.words.legend_worker],
    };
    const kinds = this.plan.homes.length ? ["members", "posts", "firms", "workers"] : ["firms", "workers"];
    for (const kind of kinds) {
      const [glyphs, text] = shapes[kind];
      const item = element("button", "linli-kind");
      item.type = "button";
      item.setAttribute("aria-pressed", String(!this.hidden.has(kind)));
      item.append(...glyphs.map(drawing), text);
      item.addEventListener("click", () => this.toggle(kind, item));
      items.push(item);
    }
    view.legend.replaceChildren(...items);
    view.paint("plan");
  }

  /** The legend is also a switch: members alone, or residents alone. */
  toggle(kind, item) {
    if (!this.hidden.delete(kind)) this.hidden.add(kind);
    item.setAttribute("aria-pressed", String(!this.hidden.has(kind)));
    this.view.paint("over");
  }
}

function firmName(firm) {
  return firm < 26 ? String.fromCharCode(65 + firm) : String(firm + 1);
}

/** The nearest of some points within reach, -1 if none. */
function nearest(points, x, y, from, to, reach) {
  let best = -1, least = reach * reach;
  for (let i = from; i < to; i++) {
    const away = (points[2 * i] - x) ** 2 + (points[2 * i + 1] - y) ** 2;
    if (away < least) [best, least] = [i, away];
  }
  return best;
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

/** A small picture for the legend, from our own markup. */
function drawing(markup) {
  const holder = element("span");
  holder.innerHTML = `<svg viewBox="0 0 14 14" aria-hidden="true">${markup}</svg>`;
  return holder.firstChild;
}

export default {
  render({ model, el }) {
    const map = new TownMap(model, el);
    return () => map.close();
  },
};
