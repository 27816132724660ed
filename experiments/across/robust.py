"""Choosing when no world is known to be the one: what does well in most of them, and where it does worst.

Terms of exploratory modelling and robust decisions (Lempert, Popper & Bankes 2003; McPhail et al. 2018): the
worst of nine in ten worlds (maximin, without the last odd twentieth), the most that is forgone against the
best choice of each world (regret), and the share of worlds above a threshold (domain criterion).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import pandas as pd

from linli.experiments.statistics.paired import NINE_OF_TEN
from linli.experiments.statistics.unbeaten import unbeaten as among


@dataclass(frozen=True)
class Robust:
    """A choice by one measure, which is wanted large. middle, worst: of the median world, and of the worst
    of nine in ten; regret: what it forgoes against the best choice in nine of ten worlds; above: the share
    of worlds in which it reaches the threshold; best: in which it is the best."""

    middle: float
    worst: float
    regret: float
    above: float
    best: float


def robust(
    effects: Mapping[str, "pd.Series[float]"], threshold: float = 0.0, *, less: bool = False
) -> dict[str, Robust]:
    """Each choice by one measure. effects: of each choice, a number a world; threshold: what is enough; less:
    whether the measure is wanted small, such as a cost. Only worlds in which every choice has its number."""
    table = pd.DataFrame(dict(effects)).dropna()
    if table.empty:
        return {}
    gains = -table if less else table
    best = gains.max(axis=1)
    regret = gains.rsub(best, axis=0)
    enough = -threshold if less else threshold
    return {
        str(name): Robust(
            middle=float(table[name].median()),
            worst=float(gains[name].quantile(NINE_OF_TEN[0])) * (-1.0 if less else 1.0),
            regret=float(regret[name].quantile(NINE_OF_TEN[1])),
            above=float((gains[name] > enough).mean()),
            best=float((gains[name] == best).mean()),
        )
        for name in table
    }


def unbeaten(found: Mapping[str, Sequence[float]]) -> list[str]:
    """Choices that no other beats. found: of each, a number for every aim, all of them wanted large."""
    return list(compress(found, among(list(found.values()))))
