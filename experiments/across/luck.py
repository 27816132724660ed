"""Luck apart from ignorance: how much of what differs is due to seeds, and how much to worlds.

Variance components of a one-way layout: seeds within worlds (Searle, Casella & McCulloch 1992). More runs in
each world shrink what luck adds to its effect; nothing but evidence shrinks the rest.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import fdtri

from linli.experiments.statistics.paired import CONFIDENCE


@dataclass(frozen=True)
class Luck:
    """What the spread of the effects of worlds is made of, each a mean over runs: standard deviations in the
    measure's unit. luck: by seeds; ignorance: by worlds; share: of luck in the variance, inside low .. high;
    runs: in each world, on average."""

    luck: float
    ignorance: float
    share: float
    low: float
    high: float
    runs: float


def luck(effects: ArrayLike, worlds: ArrayLike) -> Luck | None:
    """From the effect of each run and the number of its world; None where no world has two runs, or nothing
    differs."""
    y, world = np.asarray(effects, dtype=float), np.asarray(worlds)
    y, world = y[~np.isnan(y)], world[~np.isnan(y)]
    _, at, runs = np.unique(world, return_inverse=True, return_counts=True)
    many, within = len(runs), len(y) - len(runs)
    if many < 2 or within < 1:
        return None
    means = np.bincount(at, y) / runs
    inside = float(((y - means[at]) ** 2).sum()) / within
    # runs of the worlds as if they were alike: the usual number for unequal ones
    each = float((len(y) - (runs**2).sum() / len(y)) / (many - 1))
    between = float((runs * (means - y.mean()) ** 2).sum()) / (many - 1)
    if between <= 0.0:
        return None
    edge = (1.0 - CONFIDENCE) / 2.0
    low, high = (inside / between * fdtri(many - 1, within, q) for q in (edge, 1.0 - edge))
    return Luck(
        luck=float(np.sqrt(inside / each)),
        ignorance=float(np.sqrt(max(0.0, between - inside) / each)),
        share=min(1.0, inside / between),
        low=min(1.0, float(low)),
        high=min(1.0, float(high)),
        runs=each,
    )
