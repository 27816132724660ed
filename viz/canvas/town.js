// The town map: residents as points in their buildings, compounds as plots, members, firms and workers.
// Python sends the plan and the ties once, and for each day one byte a resident.

const ABSENT = 0, MATCHED = 2; // status of a member

class TownMap extends TownHands {
  constructor(model, root) {
    super();
    this.model = model;
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
      toggled: (kind) => this.toggle(kind),
      describe: (thing) => this.describe(thing),
    }, ["plan", "marks", "asks", "over"]);
    this.view.setWorld(...this.plan.size);
    this.dress();
    const followed = ["plan", "ties", "frame", "scale", "look", "selected"];
    this.unfollow = follow(model, followed, (name) => this.changed(name));
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
    this.states = fitted(Uint8Array, sent.states, n);
    this.differs = sent.differs ? fitted(Uint8Array, sent.differs, n) : null;
    // members may join later: who is not there yet is absent
    const members = this.plan.homes.length;
    this.status = fitted(Uint8Array, sent.status, members);
    this.postOf = fitted(Int32Array, sent.posts, members);
    const efforts = typed(Uint8Array, sent.efforts);
    this.effortsChanged ||= String(efforts) !== String(this.efforts);
    this.efforts = efforts;
    this.notes = sent.notes ?? [];
    this.readHands(sent);
    this.moment = sent.moment;
    this.taken = new Uint8Array(this.plan.posts.length / 2);
    this.status.forEach((status, m) => {
      if (status === MATCHED) this.taken[this.postOf[m]] = 1;
    });
  }

  /** Python hears which moment is on the screen, so that it never sends more than can be shown. */
  acknowledge() {
    if (this.model.get("shown") === this.moment) return;
    this.model.set("shown", this.moment);
    this.model.save_changes();
  }

  // hands ------------------------------------------------------------------------------------------------

  find(px, py) {
    const { plan } = this;
    const [x, y] = this.view.camera.toWorld(px, py);
    const inside = (boxes, i) => {
      const [left, top, width, height] = boxes.subarray(4 * i, 4 * i + 4);
      return x >= left && y >= top && x <= left + width && y <= top + height;
    };
    if (inside(plan.office, 0)) return this.findInOffice(x, y);
    for (let c = 0; c < plan.plots.length / 4; c++) {
      if (!inside(plan.plots, c)) continue;
      for (let b = plan.first[c]; b < plan.first[c + 1]; b++) {
        if (!inside(plan.buildings, b)) continue;
        const matter = this.findMatter(x, y);
        if (matter >= 0) return { kind: "matter", index: matter };
        const i = nearest(plan.residents, x, y, plan.starts[b], plan.starts[b + 1], 1.2);
        if (i >= 0) return { kind: "resident", index: i };
      }
      const matter = this.findMatter(x, y);
      if (matter >= 0) return { kind: "matter", index: matter };
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
    const within = { post: (n) => this.compoundOfPost(n), matter: (n) => this.matterIn[n] }[thing.kind];
    const of = within ? { kind: "compound", index: within(thing.index) } : thing;
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
    if (kind === "matter") return this.describeMatter(index);
    if (kind === "office") return [words.office];
    if (kind === "worker") return [words.worker];
    if (kind === "post") {
      return [this.taken[index] ? words.post_taken : words.post_free, this.nameOf(this.compoundOfPost(index))];
    }
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
    const effort = ((this.efforts[firm] ?? 0) / 255).toFixed(2);
    const of = firm < 0 ? words.no_firm : fill(words.firm, { name: firmName(firm), effort });
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
    if (look.hands) {
      kinds.push("asks", "matters");
      shapes.asks = [[`<path d="M1 12Q4 2 13 3" fill="none" stroke="${paper.ink}" stroke-width="1.6"/>`,
        `<path d="M1 12Q4 2 13 3" fill="none" stroke="${paper.soft}" stroke-dasharray="2 2"/>`], look.words.legend_asks];
      const own = OWN_HANDS[look.dark];
      shapes.matters = [[`<rect x="3" y="3" width="8" height="8" fill="${own}"/>`,
        `<rect x="3" y="3" width="8" height="8" fill="${paper.member}"/>`,
        `<rect x="3.5" y="3.5" width="7" height="7" fill="none" stroke="${paper.soft}"/>`], look.words.legend_matters];
    }
    for (const kind of kinds) {
      const [glyphs, text] = shapes[kind];
      const item = element("button", "linli-kind");
      item.type = "button";
      if (kind === "asks") item.title = look.words.asks_help;
      item.setAttribute("aria-pressed", String(!this.hidden.has(kind)));
      item.append(...glyphs.map(glyph), text);
      item.dataset.kind = kind;
      item.addEventListener("click", () => {
        this.toggle(kind);
        this.view.tell({ toggled: kind });
      });
      items.push(item);
    }
    view.legend.replaceChildren(...items);
    view.paint("plan");
  }

  /** The legend is also a switch, of linked maps too: members alone, or residents alone. */
  toggle(kind) {
    if (!this.hidden.delete(kind)) this.hidden.add(kind);
    const pressed = String(!this.hidden.has(kind));
    for (const item of this.view.legend.querySelectorAll(`[data-kind="${kind}"]`)) item.setAttribute("aria-pressed", pressed);
    this.view.paint("plan");
  }
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

export default {
  render({ model, el }) {
    const map = new TownMap(model, el);
    return () => map.close();
  },
};
