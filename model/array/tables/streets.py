"""Departments' time of a street: shared out among its communities once a week, by what waits there."""

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.departments import WITH_THE_DEPARTMENT
from linli.model.array.tables.columns import World
from linli.model.place.apportionment import largest_remainders
from linli.model.place.levels import STREET, of_level


def waiting(w: World) -> NDArray[np.int64]:
    """What departments still have to do for matters that they have received, by community [minutes]."""
    com = w.com[:-1]
    c = np.repeat(np.arange(len(com)), com["open"])
    first = np.cumsum(com["open"]) - com["open"]
    matters = w.matters[w.order[np.arange(len(c)) + (com["slot"] - first)[c]]]
    due = np.where(matters["stage"] == WITH_THE_DEPARTMENT, matters["due"], 0)
    found: NDArray[np.int64] = np.zeros(len(com), dtype=np.int64)
    np.add.at(found, c, due)
    return found


def pooled(w: World) -> NDArray[np.int64]:
    """What each community gets of its street's time this week [minutes]: by what waits; where nothing waits
    in a street, to each its own."""
    com, need = w.com[:-1], waiting(w)
    streets, minutes = of_level(com["number"], STREET), com["department_minutes"].astype(np.int64)
    for street in np.unique(streets[need > 0]):
        here = np.flatnonzero((streets == street) & (com["department_minutes"] > 0))
        if need[here].any():
            minutes[here] = largest_remainders(int(minutes[here].sum()), need[here])
    return minutes
