"""Whom a strategy of asking puts on a worker's list, as a table for the array engine.

The same lists as in `model/objects/asking_lists.py`, for every grid of every community at once.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linli.agents.traits import CHILD, ELDER
from linli.model.array.tables.columns import AskingTable, World
from linli.model.policies.ask import BUILDING_HEADS, DORMANT, GRANDCHILDREN, HUBS, ISOLATED, RANDOM, TENTH

OF_EVERYBODY = (RANDOM, DORMANT)
"""These strategies draw from all adults of a grid."""


def asking_table(w: World, strategies: Sequence[int]) -> AskingTable:
    """One list a strategy and grid. first, size, kin: shape (strategies, grids)."""
    grids = int(w.com["grid"][-1])
    chosen = [None if strategy in OF_EVERYBODY else _Adults(w).chosen(strategy) for strategy in strategies]
    first, size = np.zeros((2, len(strategies), grids), dtype=np.int64)
    kin = np.zeros((len(strategies), grids), dtype=np.bool_)
    parts, begin = [w.adults], len(w.adults)
    for n, some in enumerate(chosen):
        if some is None:
            first[n], size[n] = _all_adults(w)
        else:
            people, size[n], kin[n] = some
            first[n] = begin + np.cumsum(size[n]) - size[n]
            parts.append(people)
            begin += len(people)
    # nobody is copied as long as everybody is asked
    return AskingTable(w.adults if len(parts) == 1 else np.concatenate(parts), first, size, kin)


def _all_adults(w: World) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the adults of each grid begin, and how many they are: a grid is a range of compounds."""
    grids = int(w.com["grid"][-1])
    size = np.bincount(w.compounds["grid"], weights=w.compounds["grown"], minlength=grids).astype(np.int64)
    opens = np.searchsorted(w.compounds["grid"], np.arange(grids))
    return w.compounds["adults"][opens].astype(np.int64), size


class _Adults:
    """All adults, grid by grid."""

    def __init__(self, w: World) -> None:
        self.w = w
        first, adults = w.com["resident"][:-1], w.com["adults"][:-1]
        self.who = np.concatenate([w.adults[a : a + n] for a, n in zip(first, adults, strict=True)])
        self.grid = w.compounds["grid"][w.buildings["compound"][w.building[self.who]]]
        self.grids = int(w.com["grid"][-1])

    def chosen(self, strategy: int) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.bool_]]:
        """Whom a strategy asks: adults, grid by grid in the order of the list, how many in each grid, and
        where they are asked through grandchildren."""
        kin = np.zeros(self.grids, dtype=np.bool_)
        if strategy in (HUBS, ISOLATED):
            rows = self._by_ties(most=strategy == HUBS)
        else:
            fits = self._heads() if strategy == BUILDING_HEADS else self._grandparents()
            some = np.bincount(self.grid[fits], minlength=self.grids) > 0
            rows = np.flatnonzero(fits | ~some[self.grid])
            kin = some & (strategy == GRANDCHILDREN)
        return self.who[rows], np.bincount(self.grid[rows], minlength=self.grids), kin

    def _heads(self) -> NDArray[np.bool_]:
        heads: NDArray[np.bool_] = self.w.buildings["head"][self.w.building[self.who]] == self.who
        return heads

    def _grandparents(self) -> NDArray[np.bool_]:
        """Elders who share a household with a child."""
        w = self.w
        household = np.repeat(np.arange(len(w.household_first) - 1), np.diff(w.household_first))
        with_child = np.zeros(len(w.household_first) - 1, dtype=np.bool_)
        with_child[household[w.group >> 1 == CHILD]] = True
        grand: NDArray[np.bool_] = (w.group[self.who] >> 1 >= ELDER) & with_child[household[self.who]]
        return grand

    def _by_ties(self, most: bool) -> NDArray[np.int64]:
        """The tenth of each grid with most (or fewest) ties, at least one; the lower number first."""
        ties = degrees(self.w)[self.who]
        order = np.lexsort((np.arange(len(ties)), -ties if most else ties, self.grid))
        size = np.bincount(self.grid, minlength=self.grids)
        rank = np.arange(len(order)) - (np.cumsum(size) - size)[self.grid[order]]
        return order[rank < np.maximum(1, size // TENTH)[self.grid[order]]]


def degrees(w: World) -> NDArray[np.int64]:
    """How many ties each resident has."""
    community = np.repeat(np.arange(len(w.com) - 1), np.diff(w.com["resident"]))
    at = np.arange(len(community)) + community
    return w.tie_first[at + 1].astype(np.int64) - w.tie_first[at]
