// What happens on a day: who is asked, from where and with what outcome, and whose hands are on which matter.

const TRAIL = [0.95, 0.4, 0.16]; // opacity of the asks of this picture and of the two before
const PEER = 1, MEMBER = 2; // who asks; all others come from the office
const MATTER_SIDE = 0.42; // half of a mark's side, in places of a resident
const UNTOUCHED = 0, RESIDENTS = 1, ORGANISED = 2, BOTH = 3; // whose hands are on a matter
const OWN_HANDS = { false: "#0072b2", true: "#56b4e9" };

/** Draws the asks and matters that a frame brings, if it brings any. */
class TownHands extends TownDrawing {
  readHands(sent) {
    const asks = sent.asks
      ? { who: typed(Int32Array, sent.asks), by: typed(Uint8Array, sent.by), followed: typed(Uint8Array, sent.followed), moment: sent.moment }
      : null;
    const earlier = (this.trail ?? []).filter((one) => one.moment !== sent.moment);
    this.trail = asks ? [asks, ...earlier].slice(0, TRAIL.length) : [];
    this.readMatters(sent);
  }

  readMatters(sent) {
    const { plan } = this;
    const compounds = typed(Int32Array, sent.matterCompounds), buildings = typed(Int32Array, sent.matterBuildings);
    const serials = typed(Int32Array, sent.matterSerials);
    this.hands = typed(Uint8Array, sent.matterHands);
    this.kinds = typed(Uint8Array, sent.matterKinds);
    this.matterIn = compounds;
    this.matters = new Float32Array(2 * serials.length);
    for (let m = 0; m < serials.length; m++) {
      const shared = buildings[m] < 0;
      const boxes = shared ? plan.plots : plan.buildings, b = shared ? compounds[m] : buildings[m];
      const [x, y, width, height] = boxes.subarray(4 * b, 4 * b + 4);
      // along the lower edge of what it concerns, where its number puts it
      this.matters[2 * m] = x + 0.7 + (width - 1.4) * ((serials[m] * 0.618034) % 1);
      this.matters[2 * m + 1] = y + height - 0.45;
    }
  }

  drawMatters() {
    const { matters, hands, paper, view, stamps, look } = this;
    const { ratio } = view;
    const half = Math.max(1.8, MATTER_SIDE * view.camera.scale) * ratio;
    const line = Math.max(1, 0.12 * view.camera.scale) * ratio;
    const own = pixelColour(OWN_HANDS[look.dark]), others = pixelColour(paper.member), none = pixelColour(paper.soft);
    for (let m = 0; m < hands.length; m++) {
      const at = this.point(matters, m);
      if (!this.seen(at)) continue;
      const [x, y] = [at[0] * ratio, at[1] * ratio];
      if (hands[m] === UNTOUCHED) stamps.put("square", x, y, half, line, none);
      else stamps.put("square", x, y, half, 0, hands[m] === ORGANISED ? others : own);
      if (hands[m] === BOTH) stamps.put("square", x, y, half, line * 1.4, others);
    }
  }

  /** Arcs to who is asked: from the office, or from the posts of the compound if a member asks. */
  drawAsks() {
    const pen = this.view.pen(ASKS);
    if (this.hidden.has("asks")) return;
    this.trail.forEach((asks, age) => this.drawAsksOf(pen, asks, TRAIL[age]));
    pen.globalAlpha = 1;
  }

  drawAsksOf(pen, { who, by, followed }, opacity) {
    const { plan, scale, look } = this;
    const rgb = typed(Uint8Array, look.dark ? scale.dark : scale.light);
    for (let n = 0; n < who.length; n++) {
      if (by[n] === PEER) continue; // which neighbour asked is not written down
      const there = this.point(plan.residents, who[n]);
      const [red, green, blue] = rgb.subarray(3 * by[n], 3 * by[n] + 3);
      pen.strokeStyle = `rgb(${red} ${green} ${blue})`;
      pen.globalAlpha = followed[n] ? opacity : opacity * 0.45;
      pen.lineWidth = followed[n] ? 2 : 1;
      pen.setLineDash(followed[n] ? [] : [3, 3]);
      pen.beginPath();
      arch(pen, this.askedFrom(by[n], who[n]), there);
      pen.stroke();
    }
    pen.setLineDash([]);
  }

  askedFrom(by, resident) {
    const { plan, view: { camera } } = this;
    if (by !== MEMBER) {
      const [x, y, width, height] = plan.office;
      return camera.toScreen(x + width / 2, y + height / 2);
    }
    const building = plan.starts.findLastIndex((first) => first <= resident);
    const compound = plan.first.findLastIndex((first) => first <= building);
    const [x, y, width, height] = plan.plots.subarray(4 * compound, 4 * compound + 4);
    return camera.toScreen(x + width / 2, y + height);
  }

  findMatter(x, y) {
    if (this.hidden.has("matters")) return -1;
    return nearest(this.matters, x, y, 0, this.hands.length, 0.6);
  }

  describeMatter(m) {
    const { words } = this.look;
    const whose = words.hands.split("|")[this.hands[m]];
    return [fill(words.matter, { kind: words.kinds.split("|")[this.kinds[m]] }), whose, this.nameOf(this.matterIn[m])];
  }
}
