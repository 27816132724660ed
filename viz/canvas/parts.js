// Small parts that the maps share: what came over the wire, elements, words, legends.

/** Listen to what Python changes; returns how to stop. */
function follow(model, names, does) {
  const listeners = names.map((name) => [`change:${name}`, () => does(name)]);
  for (const [event, listener] of listeners) model.on(event, listener);
  return () => listeners.forEach(([event, listener]) => model.off(event, listener));
}

/** As `typed`, cut or filled with zeros to a length. */
function fitted(Type, bytes, length) {
  const array = typed(Type, bytes);
  if (array.length >= length) return array.subarray(0, length);
  const filled = new Type(length);
  filled.set(array);
  return filled;
}

/** An element with a class and, if given, a text. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** "{number} of {all}" with the values of an object. */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** A typed array of bytes that came over the wire, aligned as the type wants it. */
function typed(Type, bytes) {
  if (!bytes || bytes.byteLength === 0) return new Type(0);
  const { buffer, byteOffset, byteLength } = bytes;
  if (byteOffset % Type.BYTES_PER_ELEMENT === 0) {
    return new Type(buffer, byteOffset, byteLength / Type.BYTES_PER_ELEMENT);
  }
  return new Type(buffer.slice(byteOffset, byteOffset + byteLength));
}

/** A value with its unit, with as many digits as the range of its scale needs: to a hundredth or so of it. */
function number(value, { low, high, unit }) {
  const digits = Math.max(0, Math.min(6, 2 - Math.ceil(Math.log10(Math.max(1e-9, Math.abs(high - low))))));
  return `${value.toFixed(digits)}${unit ? ` ${unit}` : ""}`;
}

/** The legend of a scale: its title, then a swatch a category, or a bar with its ends. rgb: 256 colours. */
function scaleLegend(scale, rgb) {
  const css = (i) => `rgb(${rgb[3 * i]} ${rgb[3 * i + 1]} ${rgb[3 * i + 2]})`;
  const items = [element("span", "linli-title", scale.title)];
  scale.labels.forEach((label, i) => {
    const item = element("span");
    item.appendChild(element("i", "linli-swatch")).style.background = css(i);
    item.append(label);
    items.push(item);
  });
  if (!scale.labels.length) {
    const item = element("span");
    const stops = Array.from({ length: 9 }, (_, i) => css(Math.round((i * 255) / 8)));
    const bar = element("i", "linli-bar");
    bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
    item.append(number(scale.low, scale), bar, number(scale.high, scale));
    items.push(item);
  }
  return items;
}

/** A small picture for a legend, from our own markup, in a square of 14. */
function glyph(markup) {
  const holder = element("span");
  holder.innerHTML = `<svg viewBox="0 0 14 14" aria-hidden="true">${markup}</svg>`;
  return holder.firstChild;
}
