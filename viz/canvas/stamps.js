// Marks painted straight into pixels: thousands of them a frame cost less than as many paths.

const OPAQUE = 255;

/** Signed distances from the edge of a shape, in pixels: negative inside. */
const SHAPES = {
  disc: (dx, dy, radius) => Math.hypot(dx, dy) - radius,
  diamond: (dx, dy, radius) => (Math.abs(dx) + Math.abs(dy) - radius) / Math.SQRT2,
  square: (dx, dy, radius) => Math.max(Math.abs(dx), Math.abs(dy)) - radius,
};

/** A canvas as pixels. Colours are 0xbbggrr; lengths are device pixels. */
class Stamps {
  constructor(canvas) {
    this.canvas = canvas;
    this.masks = new Map();
    this.wipe();
  }

  wipe() {
    const { width, height } = this.canvas;
    if (this.image?.width !== width || this.image?.height !== height) {
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    this.pixels.fill(0);
  }

  show() {
    this.canvas.getContext("2d").putImageData(this.image, 0, 0);
  }

  /** A square of a grid, whole pixels, so that neighbours meet without a seam. gap: pixels left free. */
  cell(x, y, pitch, gap, rgb, opacity) {
    const { width, height } = this.image;
    const half = pitch / 2, colour = rgb | (opacity << 24);
    const left = Math.max(0, Math.round(x - half)), right = Math.min(width, Math.round(x + half) - gap);
    const top = Math.max(0, Math.round(y - half)), bottom = Math.min(height, Math.round(y + half) - gap);
    if (right <= left) return;
    for (let row = top; row < bottom; row++) this.pixels.fill(colour, row * width + left, row * width + right);
  }

  /** A shape with soft edges. line: width of its outline, 0 for a filled one. */
  put(shape, x, y, radius, line, rgb, opacity = OPAQUE) {
    const { width, height } = this.image;
    const fx = Math.floor(x), fy = Math.floor(y);
    const { side, cover } = this.maskOf(shape, radius, line, Math.floor((x - fx) * 4), Math.floor((y - fy) * 4));
    const reach = (side - 1) / 2;
    const left = Math.max(0, reach - fx), right = Math.min(side, width - fx + reach);
    const top = Math.max(0, reach - fy), bottom = Math.min(side, height - fy + reach);
    for (let row = top; row < bottom; row++) {
      const start = (fy - reach + row) * width + fx - reach;
      for (let column = left; column < right; column++) {
        const covered = cover[row * side + column];
        if (covered === OPAQUE && opacity === OPAQUE) this.pixels[start + column] = rgb | (OPAQUE << 24);
        else if (covered > 0) this.blend(start + column, rgb, (covered * opacity) / OPAQUE);
      }
    }
  }

  /** Lay a colour over a pixel (source over, as Porter & Duff 1984 define it). */
  blend(at, rgb, opacity) {
    const below = this.pixels[at];
    const a = opacity / OPAQUE, b = ((below >>> 24) / OPAQUE) * (1 - a);
    const whole = a + b;
    const mix = (shift) => Math.round((((rgb >> shift) & 255) * a + ((below >> shift) & 255) * b) / whole) << shift;
    this.pixels[at] = mix(0) | mix(8) | mix(16) | (Math.round(whole * OPAQUE) << 24);
  }

  /** How much of each pixel a shape covers (0-255), for its place within the pixel in quarters. */
  maskOf(shape, radius, line, qx, qy) {
    const size = Math.round(radius * 8) / 8, stroke = Math.round(line * 8) / 8;
    const key = `${shape} ${size} ${stroke} ${qx} ${qy}`;
    let mask = this.masks.get(key);
    if (mask) return mask;
    const reach = Math.ceil(size + stroke / 2) + 1, side = 2 * reach + 1;
    mask = { side, cover: new Uint8Array(side * side) };
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const dx = column - reach + 0.5 - (qx + 0.5) / 4, dy = row - reach + 0.5 - (qy + 0.5) / 4;
        const away = SHAPES[shape](dx, dy, size);
        const outside = stroke ? Math.abs(away) - stroke / 2 : away;
        mask.cover[row * side + column] = Math.round(OPAQUE * Math.min(1, Math.max(0, 0.5 - outside)));
      }
    }
    if (this.masks.size > 600) this.masks.clear();
    this.masks.set(key, mask);
    return mask;
  }
}

/** "#rrggbb" as 0xbbggrr. */
function pixelColour(hex) {
  const value = parseInt(hex.slice(1), 16);
  return ((value & 255) << 16) | (value & 0xff00) | (value >> 16);
}
