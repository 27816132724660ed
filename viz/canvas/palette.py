"""Colours of the maps, told apart by colour-blind readers, for light and for dark pages.

A map gets one byte a resident (or community) and a scale that says what the bytes mean. Categories have the
colours of Okabe & Ito (2008), the first one muted: it is the background from which the others stand out.
Measures have ColorBrewer's scales of one direction (YlGnBu) or two (PuOr), turned round on dark pages so that
little is near to the background on both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVELS = 256
MUTED = ("#b9c0c9", "#5c6672")
"""The first category, on light and on dark pages."""
LEAST = ("#b9c0c9", "#454e59")
"""The first of ordered categories: darker on dark pages, so that the next one stands out in grey, too."""
STEPS = (("YlGnBu", 0.55, 1.0), ("YlGnBu_r", 0.32, 0.85))
"""The part of a scale that ordered categories take: dichromats, and who sees no colours at all, tell its
steps apart, and from the first."""
LIGHT = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
DARK = ("#56B4E9", "#E69F00", "#2FBF94", "#E29CC3", "#F0E442", "#5C9BD6", "#FF8A50")


@dataclass(frozen=True)
class Scale:
    """What the bytes of a map mean. light, dark: the colour of each byte, three bytes each.

    title: what is coloured; labels: of the categories (empty for a measure); low, high, unit: what bytes 0
    and 255 stand for in a measure.
    """

    title: str
    light: bytes
    dark: bytes
    labels: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0
    unit: str = ""

    def codes(self, values: ArrayLike) -> NDArray[np.uint8]:
        """Bytes of the values of a measure. Beyond the ends: as the ends; NaN: as the low end."""
        span = (self.high - self.low) or 1.0
        share = np.nan_to_num((np.asarray(values, dtype=float) - self.low) / span, nan=0.0)
        return np.rint(np.clip(share, 0.0, 1.0) * (LEVELS - 1)).astype(np.uint8)


def categories(title: str, labels: Sequence[str], *, ordered: bool = False) -> Scale:
    """A scale of categories. The first is muted: "no", "none", "not lately".

    ordered: the others are steps of one scale, the last the strongest. Raises ValueError for more categories
    than there are colours.
    """
    if not 1 <= len(labels) <= 1 + len(LIGHT):
        raise ValueError(f"{len(labels)} categories; colours that can be told apart: 1 to {1 + len(LIGHT)}")
    if not ordered:
        return Scale(title, _hex((MUTED[0], *LIGHT)), _hex((MUTED[1], *DARK)), labels=tuple(labels))
    light, dark = (
        _hex((muted,))[:3]
        + _map(name, np.linspace(low, high, len(labels) - 1))
        + bytes(3 * (LEVELS - len(labels)))
        for muted, (name, low, high) in zip(LEAST, STEPS, strict=True)
    )
    return Scale(title, light, dark, labels=tuple(labels))


def measure(title: str, low: float, high: float, unit: str = "", *, two_sided: bool = False) -> Scale:
    """A scale of a measure. two_sided: around the middle of low and high, for differences."""
    share = np.linspace(0.0, 1.0, LEVELS)
    if two_sided:
        light = _map("PuOr", 0.06 + 0.88 * share)
        # through a dark middle: the sides of the same scale, darkest where they meet
        dark = _hex_between(("#fdb863", "#8a5a1c", "#343a44", "#5b4f8f", "#b2abd2"), share)
    else:
        light, dark = _map("YlGnBu", 0.12 + 0.88 * share), _map("YlGnBu_r", 0.10 + 0.90 * share)
    return Scale(title, light, dark, low=low, high=high, unit=unit)


def _hex(colours: Sequence[str]) -> bytes:
    table = np.zeros((LEVELS, 3), dtype=np.uint8)
    for i, colour in enumerate(colours):
        table[i] = list(bytes.fromhex(colour[1:]))
    return table.tobytes()


def _map(name: str, share: NDArray[np.float64]) -> bytes:
    return np.asarray(np.rint(255 * mpl.colormaps[name](share)[:, :3]), dtype=np.uint8).tobytes()


def _hex_between(stops: Sequence[str], share: NDArray[np.float64]) -> bytes:
    table = np.array([list(bytes.fromhex(stop[1:])) for stop in stops], dtype=float)
    at = np.linspace(0.0, 1.0, len(stops))
    mixed = np.column_stack([np.interp(share, at, table[:, c]) for c in range(3)])
    return np.rint(mixed).astype(np.uint8).tobytes()
