"""What to measure next: how much knowing a quantity of the field would narrow the effect.

Worlds that fit the evidence differ in what somebody could go and see. What is expected of the effect given a
quantity (a curve through the worlds, `explained`) says how much would be left unknown: the expected value of
partial perfect information, by regression (Strong, Oakley & Brennan 2014). A survey sees the quantity with an
error, and the same curve through what it would see gives the expected value of sample information.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from linli.experiments.across.explained import Share, curve, explained, share
from linli.experiments.across.observable import OBSERVABLES, Observable

LADDER = (50, 100, 200, 400, 800, 1600, 3200, 6400, 12800)
"""Numbers of households that are tried."""
ENOUGH = 0.8
"""A survey is large enough that tells so much of what perfect knowledge would."""
SURVEYS = 50
"""Surveys of each size that are imagined in every world."""


@dataclass(frozen=True)
class Worth:
    """What an observable is worth. narrows: the share of the effect's variance that knowing it would take
    away; width: by which share the range of the effect would become narrower; gain: how much better one would
    do by it, who has the policy only where the effect is positive, in the effect's unit and for each world;
    households: in the smallest survey of LADDER that tells ENOUGH of it, None if none does or there is
    nothing clear to tell; error: the standard error there, in the observable's unit."""

    observable: Observable
    narrows: Share
    width: float
    gain: float
    households: int | None
    error: float | None

    @property
    def is_clear(self) -> bool:
        """Whether it would narrow the effect at all."""
        return self.narrows.low > 0.0


def worth(baseline: pd.DataFrame, parameters: pd.DataFrame, effect: ArrayLike, seed: int = 0) -> list[Worth]:
    """Every observable that differs between worlds, the most telling first.

    baseline: measures without the policy, a row a world; parameters, effect: of the same worlds; seed: of the
    imagined surveys.
    """
    y = np.asarray(effect, dtype=float)
    worlds = baseline.join(parameters[[name for name in parameters if name not in baseline]])
    found = []
    for observable in OBSERVABLES:
        if observable.name not in worlds:
            continue
        known = (worlds[observable.name].notna() & ~np.isnan(y)).to_numpy()
        here = worlds[known]
        if here[observable.name].nunique() > 1:
            found.append(_one(observable, here, y[known], np.random.default_rng(seed)))
    return sorted(found, key=lambda one: -one.narrows.share)


def _one(
    observable: Observable, worlds: pd.DataFrame, y: NDArray[np.float64], random: np.random.Generator
) -> Worth:
    x = worlds[observable.name].to_numpy(float)
    narrows = share(x, y)
    expected = curve(x, y)
    wanted = ENOUGH * narrows.share if narrows.low > 0.0 else 0.0
    households, error = _survey(observable, worlds, x, y, wanted, random)
    return Worth(
        observable=observable,
        narrows=narrows,
        width=1.0 - float(np.sqrt(1.0 - narrows.share)),
        gain=float(np.maximum(expected, 0.0).mean() - max(0.0, y.mean())),
        households=households,
        error=error,
    )


def _survey(
    observable: Observable,
    worlds: pd.DataFrame,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    wanted: float,
    random: np.random.Generator,
) -> tuple[int | None, float | None]:
    """The smallest survey that tells so much, and its standard error in the middle world."""
    if wanted <= 0.0:
        return None, None
    luck = random.standard_normal((SURVEYS, len(x)))
    for n in LADDER:
        error = observable.error(worlds, float(n)).to_numpy(float)
        told = float(np.mean([explained(x + error * one, y) for one in luck]))
        if told >= wanted:
            return n, float(np.median(error))
    return None, None
