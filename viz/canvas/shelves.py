"""Boxes in rows: buildings in a plot, and plots along streets. Pure geometry; y runs downwards."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STREET = 2.6
"""Between plots."""
LOOSEST = 1.7
"""Buildings are spread to fill their plot up to so many times their narrowest distances."""


@dataclass(frozen=True, eq=False)
class Boxes:
    """Places of boxes, and the width and height that they take. x, y: the same corner (or centre) of each."""

    x: Floats
    y: Floats
    width: float
    height: float
    wide: Floats | float = 0.0
    high: Floats | float = 0.0


def shelves(wide: Floats, high: Floats, limit: float, gap: float) -> Boxes:
    """Boxes in the given order, in rows from the left and from the top. limit: the widest row."""
    x, y = np.zeros(len(wide)), np.zeros(len(wide))
    left, top, tallest, widest = 0.0, 0.0, 0.0, 0.0
    for i, (w, h) in enumerate(zip(wide.tolist(), high.tolist(), strict=True)):
        if left > 0.0 and left + w > limit + 1e-9:
            left, top, tallest = 0.0, top + tallest + gap, 0.0
        x[i], y[i] = left, top
        widest, tallest = max(widest, left + w), max(tallest, h)
        left += w + gap
    return Boxes(x, y, widest, top + tallest, wide, high)


def fill_height(wide: Floats, high: Floats, height: float, gap: float, narrowest: float) -> Boxes:
    """Boxes in rows that are as narrow as a height allows. narrowest: the least width they take."""
    limit = max(float(wide.max(initial=0.0)), narrowest)
    while True:
        boxes = shelves(wide, high, limit, gap)
        if boxes.height <= height or limit >= float((wide + gap).sum()):
            return Boxes(boxes.x, boxes.y, max(boxes.width, narrowest), boxes.height, wide, high)
        limit *= 1.15


def spread(boxes: Boxes, width: float, height: float) -> Floats:
    """Corners of boxes moved apart to fill a larger room evenly, in the middle of it. Shape: boxes, 2."""
    corner = np.column_stack([boxes.x, boxes.y])
    size = np.column_stack(np.broadcast_arrays(boxes.wide, boxes.high, boxes.x)[:2])
    if len(corner) == 0:
        return corner
    room = np.array([width, height])
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(corner > 0.0, (room - size) / corner, LOOSEST).min(axis=0)
    corner = corner * np.clip(factor, 1.0, LOOSEST)
    used = (corner + size).max(axis=0)
    return corner + (room - used) / 2


def streets(outside: Floats, first_band: int, aspect: float) -> tuple[Floats, tuple[float, float]]:
    """Plots along streets, flush on both sides. outside: least width and height of each, shape (plots, 2).

    The first band of plots and the rest have streets of their own. Returns x, y, width and height of each
    plot, and the size of it all, whose width by height comes near to `aspect`.
    """
    area = float((outside + STREET).prod(axis=1).sum())
    tries = [_along(outside, first_band, w) for w in np.sqrt(area * aspect) * np.linspace(0.6, 1.6, 31)]
    return min(tries, key=lambda t: waste(t[1], aspect))


def waste(size: tuple[float, float], aspect: float) -> float:
    """How far a plan is from a small one of the wished shape, on a log scale."""
    width, height = size
    return abs(float(np.log(width / height / aspect))) + float(np.log(width * height))


def _along(outside: Floats, first_band: int, wide: float) -> tuple[Floats, tuple[float, float]]:
    width, height = (outside + STREET).T
    street = np.zeros(len(width), dtype=np.int64)
    for band in (slice(0, first_band), slice(first_band, None)):
        w = width[band]
        if len(w):
            rows = max(1, round(w.sum() / wide))
            # by the middle of each plot, so that rows are about equally full
            row = np.minimum(((np.cumsum(w) - w / 2) / w.sum() * rows).astype(np.int64), rows - 1)
            street[band] = row + street.max() + 1
    _, street = np.unique(street, return_inverse=True)
    length = np.bincount(street, width)
    whole = float(length.max())
    width = width * (whole / length)[street]
    tall = np.zeros(len(length))
    np.maximum.at(tall, street, height)
    end = np.cumsum(width)
    x = end - width - (whole * street)
    y = (np.cumsum(tall) - tall)[street]
    plots = np.column_stack([x + STREET / 2, y + STREET / 2, width - STREET, tall[street] - STREET])
    return plots, (whole, float(tall.sum()))
