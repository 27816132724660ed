"""Boxes in rows: buildings in a plot, and plots along streets. Pure geometry; y runs downwards."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STREET = 2.2
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
    plot, and the size of it all: the smallest that was found to fit a window with this width by height.
    """
    room = outside + STREET
    bands = [band for band in (room[:first_band], room[first_band:]) if len(band)]
    wides = np.sqrt(float(room.prod(axis=1).sum()) * aspect) * np.linspace(0.7, 1.4, 15)
    counts = {tuple(max(1, round(band[:, 0].sum() / wide)) for band in bands) for wide in wides.tolist()}
    tries = [_along(room, bands, rows) for rows in sorted(counts)]
    return min(tries, key=lambda t: side(t[1], aspect))


def side(size: tuple[float, float], aspect: float) -> float:
    """How large a box of a shape must be to hold a plan: what the eye can see grows as this shrinks."""
    width, height = size
    return max(width / aspect**0.5, height * aspect**0.5)


def _along(room: Floats, bands: list[Floats], rows: tuple[int, ...]) -> tuple[Floats, tuple[float, float]]:
    """Plots along so many streets in each band. room: width and height of each plot with its street."""
    width, height = room.T
    parts = [rows_of(band[:, 0], count) for band, count in zip(bands, rows, strict=True)]
    before = np.cumsum([0, *(part[-1] + 1 for part in parts)])
    street = np.concatenate([part + first for part, first in zip(parts, before[:-1], strict=True)])
    length = np.bincount(street, width)
    whole = float(length.max())
    width = width * (whole / length)[street]
    tall = np.zeros(len(length))
    np.maximum.at(tall, street, height)
    x = np.cumsum(width) - width - whole * street
    y = (np.cumsum(tall) - tall)[street]
    plots = np.column_stack([x + STREET / 2, y + STREET / 2, width - STREET, tall[street] - STREET])
    return plots, (whole, float(tall.sum()))


def rows_of(width: Floats, rows: int) -> NDArray[np.int64]:
    """Which row each box stands in, in the given order: by its middle, so that rows are equally full."""
    middle = np.cumsum(width) - width / 2
    row = np.minimum((middle / width.sum() * rows).astype(np.int64), rows - 1)
    return np.unique(row, return_inverse=True)[1]
