"""Which of several arms does best, and how sure that is: ranks over seeds drawn again and again."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 4000
"""How often the seeds are drawn again."""

LIKELY = 0.9
"""Ranks are given as the range that holds so many of the draws."""


@dataclass(frozen=True)
class Rank:
    """Where an arm stands by one measure. rank: of its mean, 1 is best; low, high: the ranks of LIKELY of
    the draws; first: share of draws in which it is first. None for a single seed."""

    rank: int
    low: int | None
    high: int | None
    first: float | None


def ranking(differences: Mapping[str, NDArray[np.float64]], seed: int = 0) -> dict[str, Rank]:
    """The ranks of arms by the mean of what they change, most first.

    differences: by arm, a number a seed, the same seeds in the same order: arms share their luck, so a seed
    is drawn for all of them together. seed: of the draws, not of any run.
    """
    names, table = list(differences), np.array(list(differences.values()), dtype=float)
    means, runs = table.mean(axis=1), table.shape[1]
    by_mean = _ranks(means[:, None])[:, 0]
    if runs < 2:
        return {name: Rank(int(by_mean[at]), None, None, None) for at, name in enumerate(names)}
    drawn = np.random.default_rng(seed).integers(0, runs, size=(DRAWS, runs))
    ranks = _ranks(table[:, drawn].mean(axis=2))
    edge = (1.0 - LIKELY) / 2.0
    low, high = (np.quantile(ranks, q, axis=1, method="inverted_cdf") for q in (edge, 1.0 - edge))
    first = (ranks == 1).mean(axis=1)
    return {
        name: Rank(int(by_mean[at]), int(low[at]), int(high[at]), float(first[at]))
        for at, name in enumerate(names)
    }


def _ranks(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """The ranks of rows in each column, the largest first; equal ones share the better rank."""
    return 1 + (values[None, :, :] > values[:, None, :]).sum(axis=1)
