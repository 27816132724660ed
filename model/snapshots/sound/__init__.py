"""Whether tables that come from a file are those of a city that stands on a morning.

Compiled loops would not notice if they were not, and would read or write somewhere else. How long every
table is follows from the scenario; every number that a loop follows lies inside its table; and what is kept
while it changes (counts, sums, chains) is what counting afresh gives.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.traits import COUNTED
from linli.model.array.tables.columns import LAYOUT, LOCAL, World
from linli.model.array.tables.settling import (
    SHORT,
    circles,
    most_sunk,
    no_world,
    queue_room,
    rows_of_systems,
)
from linli.model.objects.posts import fits
from linli.model.parameters import Parameters, table
from linli.model.place import Place
from linli.model.population import households_of_compounds
from linli.model.snapshots.sound import organised as sound_organised
from linli.model.snapshots.sound import people as sound_people
from linli.model.snapshots.sound import systems as sound_systems
from linli.model.systems import Systems


def check(w: World, places: Sequence[Place], p: Parameters, systems: Systems, seed: int, day: int) -> None:
    """A ValueError unless these are tables of these communities on the morning of a day [from the first]."""
    checks = (
        lambda: _types(w, places),
        lambda: _lengths(w),
        lambda: _extents(w, places, p, systems),
        lambda: len(places) == 1 or _drawn(w, places, seed),
        lambda: _finite(w),
        lambda: sound_people.check(w, p, day),
        lambda: sound_organised.check(w, places, p, day),
        lambda: sound_systems.check(w, places, day),
    )
    if not all(is_sound() for is_sound in checks):  # each takes for granted what the ones before it found
        raise ValueError("the tables do not fit together")


def _types(w: World, places: Sequence[Place]) -> bool:
    blank = no_world()
    if w.com.dtype != blank.com.dtype or w.com.shape != (len(places) + 1,):
        return False
    number = np.dtype("uint16" if np.diff(w.com["resident"]).max() < SHORT else "uint32")
    return all(
        column.ndim == other.ndim
        and column.shape[1:] == other.shape[1:]
        and column.dtype == (number if name in LOCAL else other.dtype)
        for name, column, other in zip(World._fields, tuple(w), tuple(blank), strict=True)
    )


def _lengths(w: World) -> bool:
    n, communities, households = len(w.building), len(w.com) - 1, len(w.household_first) - 1
    ends = [(w.com[of], len(getattr(w, name))) for of, names in LAYOUT.items() for name in names]
    return (
        len(w.tie_first) == n + communities
        and all(ascends(starts, end) for starts, end in [*ends, (w.com["household"], households)])
        and ascends(w.household_first, n)
    )


def ascends(starts: NDArray[Any], end: int) -> bool:
    """Whether ranges follow each other from 0 to an end."""
    return bool(
        len(starts) > 0 and starts[0] == 0 and starts[-1] == end and (starts[1:] >= starts[:-1]).all()
    )


def _extents(w: World, places: Sequence[Place], p: Parameters, systems: Systems) -> bool:
    """What follows from the figures of a place: people of one's own live in compounds of their own."""
    room = {name: np.diff(w.com[name]) for name in w.com.dtype.names or ()}
    most = int(max(table()[name].high for name in ("deadline", "patience")))
    figures = {
        "member": [place.managed_members + most_sunk(place, p) for place in places],
        **{kind: [getattr(place, f"{kind}s") for place in places] for kind in COUNTED},
        "grid": [place.grids for place in places],
        **rows_of_systems(room, systems),
    }
    slots = np.array([[queue_room(int(n), p, life) for n in room["resident"]] for life in (1, most)])
    return (
        all(np.array_equal(room[name], lengths) for name, lengths in figures.items())
        and np.array_equal(room["post"], room["compound"] * p.posts)
        and room["circle"].tolist() == [circles(int(n), p) for n in room["resident"]]
        and bool((slots[0] <= room["slot"]).all() and (room["slot"] <= slots[1]).all())
        and bool((room["resident"] >= 2).all() and (room["compound"] >= 1).all())
        and np.array_equal(w.com["resident"], w.household_first[w.com["household"]])
        and np.array_equal(w.fits, fits(p.other_skill, p.other_wish))
    )


def _drawn(w: World, places: Sequence[Place], seed: int) -> bool:
    """Whether the communities of a city are as large as they are drawn."""
    numbers = w.com["number"][:-1].tolist()
    buildings = [
        households_of_compounds(place, seed, number)[1] for place, number in zip(places, numbers, strict=True)
    ]
    figures = {name: [getattr(place, name + "s") for place in places] for name in _FIGURES}
    return all(
        np.array_equal(np.diff(w.com[name]), lengths)
        for name, lengths in {**figures, "building": buildings}.items()
    )


_FIGURES = ("resident", "household", "compound", "firm")


def _finite(w: World) -> bool:
    """Whether every number with a point is a number."""
    columns: list[NDArray[Any]] = list(w)
    return all(
        bool(np.isfinite(column[name] if name else column).all())
        for column in columns
        for name in (column.dtype.names or ("",))
        if (column.dtype[name] if name else column.dtype).kind == "f"
    )
