"""Where a dose-response curve bends: a broken stick, y = a + b x + c max(x - k, 0).

Each seed may lie higher or lower as a whole (it has an intercept of its own); around that, errors are taken
as independent and normal. The bend's interval holds every k that the data do not refuse (profile
likelihood). Whether there is a bend at all is asked twice, and the less sure answer counts. First with the
largest F over all k, held against its own distribution under a straight line, which does not depend on a, b
or the size of the errors and is drawn here (the usual F table would be wrong: under a straight line there is
no k). Then with the change of slope in each seed alone, by Student's t over seeds (Bonferroni over the inner
doses): under common luck the errors of one seed hang together, and seeds that bend differently prove nothing.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtri, stdtr

from linli.experiments.statistics.paired import CONFIDENCE

PLACES = 200
"""Places between the second and the last but one dose where a bend is looked for."""
DRAWS = 2000
"""Straight lines drawn to see how large F gets by chance."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Bend:
    """A bend at dose `at`, inside low .. high. before, after: slopes; p: how often a straight line would look
    as bent; open_low, open_high: whether the interval ends only because the doses do."""

    at: float
    low: float
    high: float
    before: float
    after: float
    p: float
    open_low: bool
    open_high: bool

    @property
    def is_clear(self) -> bool:
        """Whether a straight line can be ruled out."""
        return self.p < 1.0 - CONFIDENCE


def bend(doses: ArrayLike, values: ArrayLike) -> Bend | None:
    """The bend of several curves over the same doses; None if there are too few doses or nothing varies.

    doses: shape (levels,), at least 4; values: shape (seeds, levels), complete.
    """
    x, y = np.asarray(doses, dtype=float), np.atleast_2d(np.asarray(values, dtype=float))
    seeds, levels = y.shape
    free = y.size - seeds - 3
    if levels < 4 or free < 1:
        return None
    places = np.linspace(x[1], x[-2], PLACES)
    line, sticks = _directions(x, places)
    # every seed has an intercept of its own: what is left are the curves about their means
    mean = (y - y.mean(axis=1, keepdims=True)).mean(axis=0)
    total = float(((y - y.mean(axis=1, keepdims=True)) ** 2).sum())
    straight = total - seeds * float(line @ mean) ** 2
    gains = seeds * (sticks @ mean) ** 2
    best = int(np.argmax(gains))
    rest = straight - gains[best]
    if straight <= 1e-12 * total or total == 0.0:
        return None
    most = rest * (1.0 + fdtri(1, free, CONFIDENCE) / free)
    # without errors the best place alone remains
    kept = np.flatnonzero((straight - gains <= most) | (gains >= gains[best]))
    before, change = _slopes(x, mean, places[best])
    return Bend(
        at=float(places[best]),
        # what lies between two places is not ruled out by the next one
        low=float(places[max(kept[0] - 1, 0)]),
        high=float(places[min(kept[-1] + 1, PLACES - 1)]),
        before=before,
        after=before + change,
        p=max(_chance(x, gains[best] / straight, free + 2), _between_seeds(y @ sticks[best], levels - 2)),
        open_low=bool(kept[0] == 0),
        open_high=bool(kept[-1] == PLACES - 1),
    )


def _directions(x: Array, places: Array) -> tuple[Array, Array]:
    """Unit vectors: the straight line about its mean, and what each bend adds to it."""
    line = (x - x.mean()) / np.linalg.norm(x - x.mean())
    sticks = np.maximum(x - places[:, None], 0.0)
    sticks -= sticks.mean(axis=1, keepdims=True)
    sticks -= np.outer(sticks @ line, line)
    return line, sticks / np.linalg.norm(sticks, axis=1, keepdims=True)


def _slopes(x: Array, mean: Array, place: float) -> tuple[float, float]:
    """Slope before the bend, and its change there."""
    design = np.column_stack([np.ones_like(x), x, np.maximum(x - place, 0.0)])
    solution = np.linalg.lstsq(design, mean, rcond=None)[0]
    return float(solution[1]), float(solution[2])


def _between_seeds(changes: Array, looks: int) -> float:
    """How often seeds without a bend in common would agree as well on one. changes: of slope, by seed;
    looks: how many bends could have been picked."""
    seeds = len(changes)
    if seeds < 2:
        return 0.0
    error = float(changes.std(ddof=1)) / np.sqrt(seeds)
    if error == 0.0:
        return 0.0
    return min(1.0, looks * 2.0 * float(stdtr(seeds - 1, -abs(float(changes.mean())) / error)))


def _chance(x: Array, share: float, free: int) -> float:
    """How often straight lines with normal errors seem as bent. share: of the squares that the bend takes."""
    return float((1 + (_by_chance(tuple(x.tolist()), free) >= share).sum()) / (1 + DRAWS))


@lru_cache(maxsize=64)
def _by_chance(doses: tuple[float, ...], free: int) -> Array:
    """The share of the squares that the best bend takes, in straight lines with normal errors.

    free: dimensions of the errors that straight lines leave, of which the mean curve has levels - 2.
    """
    x = np.array(doses)
    line, sticks = _directions(x, np.linspace(x[1], x[-2], PLACES))
    draws = np.random.Generator(np.random.Philox(1))
    errors = draws.standard_normal((DRAWS, len(x)))
    errors -= errors.mean(axis=1, keepdims=True)
    errors -= np.outer(errors @ line, line)
    others = free - (len(x) - 2)
    beyond = draws.chisquare(others, DRAWS) if others > 0 else np.zeros(DRAWS)
    largest = ((errors @ sticks.T) ** 2).max(axis=1)
    return largest / ((errors**2).sum(axis=1) + beyond)
