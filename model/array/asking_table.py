"""Whom a strategy of asking puts on a worker's list, as a table for the array engine.

The same lists as in `model/asking_lists.py`, for every grid of every community at once.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agents.traits import CHILD, ELDER
from model.array.columns import AskingTable, World
from model.asking_lists import TENTH
from model.policies.ask import BUILDING_HEADS, GRANDCHILDREN, HUBS, ISOLATED


def asking_table(w: World, strategies: Sequence[int]) -> AskingTable:
    """One list a strategy and grid. first: shape (strategies, grids + 1); kin: through grandchildren."""
    grids = int(w.com["grid"][-1])
    grid_of = w.compounds["grid"][w.people["compound"][w.adults]]
    parts, first, kin, begin = [], [], [], 0
    for strategy in strategies:
        chosen, by_kin = _lists(w, grid_of, strategy)
        parts.append(w.adults[chosen])
        starts = begin + np.searchsorted(grid_of[chosen], np.arange(grids + 1))
        first.append(starts)
        kin.append(by_kin)
        begin = int(starts[-1])
    return AskingTable(
        people=np.concatenate(parts).astype(np.int32),
        first=np.array(first, dtype=np.int64),
        kin=np.array(kin, dtype=np.bool_),
    )


def _lists(
    w: World, grid_of: NDArray[np.int32], strategy: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Positions among the adults, grid by grid in the order of the list; where a list is of grandparents."""
    grids = int(w.com["grid"][-1])
    everybody = np.arange(len(w.adults))
    if strategy in (HUBS, ISOLATED):
        return _by_ties(w, grid_of, most=strategy == HUBS), np.zeros(grids, dtype=np.bool_)
    if strategy == BUILDING_HEADS:
        fits = w.buildings["head"][w.people["building"][w.adults]] == w.adults
    elif strategy == GRANDCHILDREN:
        with_child = np.zeros(int(w.com["household"][-1]), dtype=np.bool_)
        with_child[w.people["household"][w.people["age"] == CHILD]] = True
        fits = (w.people["age"][w.adults] >= ELDER) & with_child[w.people["household"][w.adults]]
    else:
        return everybody, np.zeros(grids, dtype=np.bool_)
    some = np.bincount(grid_of[fits], minlength=grids) > 0
    return np.flatnonzero(fits | ~some[grid_of]), some & (strategy == GRANDCHILDREN)


def _by_ties(w: World, grid_of: NDArray[np.int32], most: bool) -> NDArray[np.int64]:
    """The tenth of each grid with most (or fewest) ties, at least one; the lower number first."""
    ties = np.diff(w.tie_start)[w.adults]
    order = np.lexsort((np.arange(len(ties)), -ties if most else ties, grid_of))
    size = np.bincount(grid_of, minlength=int(w.com["grid"][-1]))
    rank = np.arange(len(order)) - (np.cumsum(size) - size)[grid_of[order]]
    return order[rank < np.maximum(1, size // TENTH)[grid_of[order]]]
