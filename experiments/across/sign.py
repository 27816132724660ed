"""In how many worlds an effect is positive, of so many that fit the evidence."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from linli.experiments.statistics.paired import CONFIDENCE


@dataclass(frozen=True)
class Sign:
    """Counts of worlds. worlds: in which the effect is known; up, down: in which it is above and below 0."""

    worlds: int
    up: int
    down: int

    @property
    def share_up(self) -> tuple[float, float, float]:
        """The share of worlds in which it is above 0, and its interval among all worlds that fit."""
        return self.up / self.worlds, *wilson(self.up, self.worlds)

    @property
    def share_down(self) -> tuple[float, float, float]:
        """The same below 0."""
        return self.down / self.worlds, *wilson(self.down, self.worlds)


def sign(effects: ArrayLike) -> Sign:
    """Of effects, one a world."""
    known = np.asarray(effects, dtype=float)
    return Sign(len(known), int((known > 0.0).sum()), int((known < 0.0).sum()))


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The interval of a share (Wilson 1927): it holds at 0 and at 1, too."""
    z = float(ndtri(0.5 + CONFIDENCE / 2.0))
    middle = (hits + z * z / 2.0) / (of + z * z)
    half = z / (of + z * z) * float(np.sqrt(hits * (of - hits) / of + z * z / 4.0))
    return max(0.0, middle - half), min(1.0, middle + half)
