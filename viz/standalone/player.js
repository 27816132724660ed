// Plays packed days on the maps of the page: stands in for Python, which is not there.

/** What a map talks to: the values it is given, and whoever listens to them. */
class Values {
  constructor(values) {
    this.values = values;
    this.listeners = new Map();
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    this.values[name] = value;
    for (const listener of this.listeners.get(`change:${name}`) ?? []) listener();
  }

  on(event, listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }

  off(event, listener) {
    this.listeners.set(event, (this.listeners.get(event) ?? []).filter((one) => one !== listener));
  }

  save_changes() {}
}

/** Bytes of base64 text, inflated. */
async function inflated(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The pictures of something that keeps its length: each is the one before plus what changed, byte by byte. */
async function pictures({ packed, length }, many) {
  const bytes = await inflated(packed);
  for (let at = length; at < many * length; at++) bytes[at] += bytes[at - length];
  return (n) => bytes.subarray(n * length, (n + 1) * length);
}

/** The pictures of something whose length changes. */
async function lists({ packed, ends }) {
  const bytes = await inflated(packed);
  return (n) => bytes.slice(n ? ends[n - 1] : 0, ends[n]);
}

class Player {
  constructor(data, root) {
    this.data = data;
    this.root = root;
    this.at = 0;
    this.colour = data.colours[0];
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", () => this.dress());
  }

  async begin() {
    const { data } = this;
    this.plan = await unpacked(data.plan);
    this.ties = await unpacked(data.ties);
    this.arms = await Promise.all(data.arms.map(async (arm) => ({
      fixed: await each(arm.fixed, (one) => pictures(one, data.days.length)),
      lists: await each(arm.lists, lists),
    })));
    this.build();
    this.dress();
  }

  build() {
    const { words, days } = this.data;
    const made = (tag, className, text) => element(tag, className, text);
    this.play = made("button", "play");
    this.play.addEventListener("click", () => (this.timer ? this.pause() : this.go()));
    this.slider = Object.assign(made("input"), { type: "range", min: 0, max: days.length - 1, value: 0 });
    this.slider.setAttribute("aria-label", words.timeline_day);
    this.slider.addEventListener("input", () => { this.pause(); this.show(Number(this.slider.value)); });
    this.said = made("span", "day");
    this.speed = choice(words.speed, [1, 5, 20, 60].map((n) => [n, fill(words.a_second, { days: n })]), 5, () => {});
    this.colours = choice(words.colour_by, this.data.colours.map((one) => [one, this.data.scales[one].title]), this.colour, (one) => {
      this.colour = one;
      this.dress();
    });
    const hands = made("div", "hands");
    hands.append(this.play, this.speed, this.slider, this.said, this.colours);
    const two = made("div", "two");
    this.maps = this.data.arms.map((arm) => {
      const section = made("section"), head = made("div", "head"), place = made("div");
      const share = made("span", "quiet");
      head.append(made("h2", "", arm.title), share);
      section.append(head, place);
      two.append(section);
      return { place, share, arm };
    });
    const about = made("details");
    about.append(made("summary", "", words.made_of), ...this.data.made_of.map((line) => {
      const p = made("p");
      p.append(made("code", "", line));
      return p;
    }));
    this.root.replaceChildren(
      made("h1", "", this.data.title), ...this.data.lines.map((line) => made("p", "quiet", line)), hands, two, about,
    );
    this.pause();
  }

  /** The maps in the colour chosen and in the light or dark of the system. */
  dress() {
    const { data, colour } = this;
    const look = { ...data.look, dark: this.dark.matches, hands: colour === "asked" };
    const scale = this.scales?.[colour];
    if (!scale) {
      this.scales ??= {};
      unpacked(data.scales[colour]).then((found) => { this.scales[colour] = found; this.dress(); });
      return;
    }
    for (const [n, map] of this.maps.entries()) {
      const values = { look: { ...look, title: map.arm.title }, scale, frame: this.frame(n) };
      if (map.model) {
        for (const [name, value] of Object.entries(values)) map.model.set(name, value);
        continue;
      }
      map.model = new Values({ plan: this.plan, ties: this.ties, selected: -1, shown: -1, picked: {}, ...values });
      map.model.on("change:picked", () => {
        const { kind, index } = map.model.get("picked");
        for (const other of this.maps) other.model.set("selected", kind === "resident" ? index : -1);
      });
      townWidget.render({ model: map.model, el: map.place });
    }
    this.show(this.at);
  }

  frame(n) {
    const { fixed, lists: changing } = this.arms[n];
    const frame = { states: fixed[this.colour](this.at), moment: this.at, notes: [] };
    for (const name of ["status", "posts", "efforts"]) if (fixed[name]) frame[name] = fixed[name](this.at).slice();
    if (this.colour === "asked") for (const [name, of] of Object.entries(changing)) frame[name] = of(this.at);
    return frame;
  }

  show(at) {
    const { words, days } = this.data;
    this.at = at;
    this.slider.value = at;
    this.said.textContent = fill(words.day_of, { day: days[at], days: days.at(-1) });
    this.slider.setAttribute("aria-valuetext", this.said.textContent);
    for (const [n, map] of this.maps.entries()) {
      map.share.textContent = map.arm.engaged[at];
      if (map.model) map.model.set("frame", this.frame(n));
    }
    this.root.dataset.day = days[at];
  }

  go() {
    const { days } = this.data;
    if (this.at >= days.length - 1) this.show(0);
    let last = performance.now(), owed = 0;
    this.timer = setInterval(() => {
      const now = performance.now();
      owed += ((now - last) / 1000) * Number(this.speed.value);
      last = now;
      let at = this.at;
      while (at < days.length - 1 && days[at + 1] - days[this.at] <= owed) at += 1;
      if (at === this.at) return;
      owed -= days[at] - days[this.at];
      this.show(at);
      if (at >= days.length - 1) this.pause();
    }, 50);
    this.play.textContent = this.data.words.pause;
  }

  pause() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.play.textContent = this.data.words.play;
  }
}

function choice(label, choices, value, does) {
  const select = element("select");
  select.setAttribute("aria-label", label);
  for (const [name, text] of choices) select.append(Object.assign(element("option", "", text), { value: name }));
  select.value = value;
  select.addEventListener("change", () => does(select.value));
  return select;
}

/** An object with what is packed in it as bytes. */
async function unpacked(sent) {
  return each(sent, async (one) => (one?.packed === undefined ? one : inflated(one.packed)));
}

async function each(object, does) {
  return Object.fromEntries(await Promise.all(Object.entries(object).map(async ([name, one]) => [name, await does(one)])));
}

const player = new Player(JSON.parse(document.getElementById("data").textContent), document.getElementById("player"));
player.begin().catch((error) => { player.root.textContent = String(error); });
