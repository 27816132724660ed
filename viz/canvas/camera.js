// The part of the world in sight. Lengths of the world are in units of the plan, on the screen in CSS pixels.

const MAX_ZOOM = 24; // at most so many times the size at which the whole world fits

/** The part of the world in sight: its centre, and pixels a unit. */
class Camera {
  constructor() {
    this.world = { width: 1, height: 1 };
    this.box = { width: 1, height: 1 };
    this.x = 0.5;
    this.y = 0.5;
    this.zoom = 1; // 1: everything fits
  }

  get scale() {
    return this.zoom * Math.min(this.box.width / this.world.width, this.box.height / this.world.height);
  }

  toScreen(x, y) {
    return [(x - this.x) * this.scale + this.box.width / 2, (y - this.y) * this.scale + this.box.height / 2];
  }

  toWorld(px, py) {
    return [(px - this.box.width / 2) / this.scale + this.x, (py - this.box.height / 2) / this.scale + this.y];
  }

  whole() {
    this.zoom = 1;
    this.clamp();
  }

  move(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.clamp();
  }

  /** Zoom so that what is under a pixel stays there. */
  zoomAt(px, py, factor) {
    const [x, y] = this.toWorld(px, py);
    this.zoom = Math.min(MAX_ZOOM, Math.max(1, this.zoom * factor));
    const [nx, ny] = this.toWorld(px, py);
    this.x += x - nx;
    this.y += y - ny;
    this.clamp();
  }

  goTo(x, y, zoom) {
    this.zoom = Math.min(MAX_ZOOM, Math.max(1, zoom));
    this.x = x;
    this.y = y;
    this.clamp();
  }

  /** The world never leaves the box; a side that fits is centred. */
  clamp() {
    for (const [at, side] of [["x", "width"], ["y", "height"]]) {
      const half = this.box[side] / this.scale / 2;
      const size = this.world[side];
      this[at] = half * 2 >= size ? size / 2 : Math.min(size - half, Math.max(half, this[at]));
    }
  }
}
