"""What nobody measured: worlds that draw each of it from its range."""

from collections.abc import Mapping

import numpy as np
from scipy.stats import qmc


def worlds_over(ranges: Mapping[str, tuple[float, float]], worlds: int, seed: int) -> list[dict[str, float]]:
    """So many worlds, spread evenly over the ranges (Latin hypercube); whole numbers where both ends are."""
    drawn = qmc.LatinHypercube(len(ranges), rng=np.random.default_rng(seed)).random(worlds)
    return [
        {name: _within(u, low, high) for u, (name, (low, high)) in zip(row, ranges.items(), strict=True)}
        for row in drawn
    ]


def _within(u: float, low: float, high: float) -> float:
    """At a place of a range. u: in [0, 1)."""
    if isinstance(low, int) and isinstance(high, int):
        return low + int(u * (high - low + 1))
    return float(low + u * (high - low))
