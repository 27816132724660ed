"""Choices that no other beats (Pareto)."""

import numpy as np
from numpy.typing import ArrayLike


def unbeaten(gains: ArrayLike) -> list[bool]:
    """Of choices, a row each, with a column for every aim, all of them wanted large: which no other row
    beats, being at least as good in everything and better in something."""
    table = np.asarray(gains, dtype=float)
    return [not ((table >= row).all(axis=1) & (table > row).any(axis=1)).any() for row in table]
