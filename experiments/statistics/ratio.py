"""The ratio of two paired effects, such as cost for each point gained, with Fieller's interval."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from linli.experiments.statistics.paired import CONFIDENCE


@dataclass(frozen=True)
class Ratio:
    """A ratio of means and its interval."""

    value: float
    low: float
    high: float


def ratio(above: ArrayLike, below: ArrayLike) -> Ratio | None:
    """mean(above) / mean(below) of pairs; None unless the denominator is clearly not zero.

    Source of the interval: Fieller 1954, "Some problems in interval estimation", JRSS B 16(2). It holds every
    ratio r for which the mean of above - r * below may be zero.
    """
    a, b = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    n = len(a)
    if n < 2:
        return None
    limit = stdtrit(n - 1, 0.5 + CONFIDENCE / 2.0) ** 2 / n
    (aa, ab), (_, bb) = np.cov(a, b, ddof=1)
    mean_a, mean_b = float(a.mean()), float(b.mean())
    square = mean_b**2 - limit * bb
    if square <= 0.0:
        return None
    middle = mean_a * mean_b - limit * ab
    root = float(np.sqrt(max(middle**2 - square * (mean_a**2 - limit * aa), 0.0)))
    return Ratio(mean_a / mean_b, float((middle - root) / square), float((middle + root) / square))
