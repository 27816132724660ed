"""How much of what differs between worlds one number of theirs explains: regression on a curve.

The expected effect given a quantity is a cubic in that quantity's rank: flexible enough for what bends once
or twice, and no more than two hundred worlds can bear. The share of the variance of effects that the curve
takes is the first-order effect of the quantity (Sobol' 1993), and what knowing it exactly would take away
(Strong, Oakley & Brennan 2014); it is adjusted for what four coefficients explain by chance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from linli.experiments.statistics.paired import CONFIDENCE

DEGREE = 3
RESAMPLES = 1000
"""Bootstrap samples of worlds."""
FEWEST = 20
"""Worlds below which no curve is drawn through them."""
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Share:
    """The share of the variance that is explained, in 0..1, inside low .. high."""

    share: float
    low: float
    high: float


def curve(x: ArrayLike, y: ArrayLike) -> Array:
    """The expected effect at each world's x. x, y: a number a world."""
    terms, values = _terms(x), np.asarray(y, dtype=float)
    return terms @ np.linalg.lstsq(terms, values, rcond=None)[0]


def explained(x: ArrayLike, y: ArrayLike) -> float:
    """The share of the variance of y that x explains, adjusted; below 0 where chance would explain more."""
    values = np.asarray(y, dtype=float)
    spread = float(((values - values.mean()) ** 2).sum())
    if spread == 0.0 or np.ptp(np.asarray(x, dtype=float)) == 0.0:
        return 0.0
    rest = float(((values - curve(x, values)) ** 2).sum())
    n = len(values)
    return 1.0 - rest / spread * (n - 1) / (n - DEGREE - 1)


def share(x: ArrayLike, y: ArrayLike, seed: int = 0) -> Share:
    """The same with its interval: worlds are drawn again and again, and what that adds to the share itself is
    taken off. seed: of the draws, not of any run."""
    middle, values = explained(x, y), np.asarray(y, dtype=float)
    n, terms = len(values), _terms(x)
    if middle == 0.0:
        return Share(0.0, 0.0, 0.0)
    counts = np.random.default_rng(seed).multinomial(n, np.full(n, 1.0 / n), size=RESAMPLES).astype(float)
    k = terms.shape[1]
    grams = (counts @ (terms[:, :, None] * terms[:, None, :]).reshape(n, k * k)).reshape(-1, k, k)
    grams += 1e-9 * np.eye(k)
    moments = counts @ (terms * values[:, None])
    fits = np.linalg.solve(grams, moments[:, :, None])[:, :, 0]
    total = counts @ values**2 - (counts @ values) ** 2 / n
    rest = counts @ values**2 - (fits * moments).sum(axis=1)
    drawn = 1.0 - rest / total * (n - 1) / (n - DEGREE - 1)
    drawn += middle - drawn.mean()
    edge = (1.0 - CONFIDENCE) / 2.0
    low, high = np.quantile(drawn, [edge, 1.0 - edge])
    return Share(*(float(np.clip(v, 0.0, 1.0)) for v in (middle, low, high)))


def _terms(x: ArrayLike) -> Array:
    """The curve's terms at each world: Legendre's polynomials of the rank, which goes from -1 to 1."""
    ranks = rankdata(np.asarray(x, dtype=float))
    return legendre.legvander(2.0 * (ranks - 0.5) / len(ranks) - 1.0, DEGREE)
