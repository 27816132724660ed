"""Whether tables that come from a file fit together.

Compiled loops would not notice if they did not, and would read or write somewhere else.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.array.columns import World
from model.array.settling import no_world
from model.matters import REMEMBERED, SHARED

_OF = {
    "resident": (
        "mind", "life", "satisfaction", "group", "building", "heard", "last_acted", "next_occasion",
        "registered", "serving", "active_ties", "serving_ties", "adults",
    ),
    "compound": ("compounds", "firm_compounds"),
    "building": ("buildings",),
    "member": ("members",),
    "post": ("free",),
    "worker": ("workers",),
    "firm": ("firms",),
    "slot": ("matters", "contributors", "order"),
    "ties": ("ties",),
}  # fmt: skip
"""Which tables have a row for each of what a community has a range of."""


def check(w: World) -> None:
    """A ValueError unless tables have the types and lengths they should, and their numbers lie inside."""
    if not (_types(w) and _lengths(w) and _numbers(w) and _spans(w) and _ties(w)):
        raise ValueError("the tables do not fit together")


def _types(w: World) -> bool:
    blank = no_world()
    ties_are_numbers = w.ties.dtype in (np.uint16, np.uint32)
    return ties_are_numbers and all(
        column.ndim == other.ndim
        and column.shape[1:] == other.shape[1:]
        and (name == "ties" or column.dtype == other.dtype)
        for name, column, other in zip(World._fields, _columns(w), _columns(blank), strict=True)
    )


def _columns(w: World) -> list[NDArray[Any]]:
    return list(w)


def _lengths(w: World) -> bool:
    n, communities, households = len(w.building), len(w.com) - 1, len(w.household_first) - 1
    ends = [(w.com[of], len(getattr(w, name))) for of, names in _OF.items() for name in names]
    return (
        communities > 0
        and len(w.tie_first) == n + communities
        and w.fits.shape == (2, 2, 2)
        and all(_ascends(starts, end) for starts, end in [*ends, (w.com["household"], households)])
        and _ascends(w.household_first, n)
    )


def _ascends(starts: NDArray[Any], end: int) -> bool:
    return bool(starts[0] == 0 and starts[-1] == end and (np.diff(starts) >= 0).all())


def _numbers(w: World) -> bool:
    """Whether numbers of rows are those of rows that there are; -1 stands for none."""
    n, slots, grids = len(w.building), len(w.matters), int(w.com["grid"][-1])
    return all(
        len(numbers) == 0 or (numbers.min() >= low and numbers.max() < end)
        for numbers, low, end in (
            (w.building, 0, len(w.buildings)),
            (_used(w, w.adults, "resident", "adults"), 0, n),
            (w.group, 0, 10),
            (w.life["minutes_year"], 0, 2**31),
            (w.buildings["compound"], 0, len(w.compounds)),
            (w.buildings["head"], -1, n),
            (w.compounds["firm"], -1, len(w.firms)),
            (w.compounds["grid"], 0, grids),
            (w.compounds["oldest"], -1, slots),
            (w.compounds["newest"], -1, slots),
            (w.firm_compounds, 0, len(w.compounds)),
            (w.workers["grid"], 0, grids),
            (w.members["host"], -1, n),
            (w.members["home"], -1, n),
            (w.members["post"], -1, len(w.free)),
            (w.matters["compound"], 0, max(len(w.compounds), 1)),
            (w.matters["building"], 0, max(len(w.buildings), 1)),
            (w.matters["affected"], 0, max(n, 1)),
            (w.matters["before"], -1, slots),
            (w.matters["behind"], -1, slots),
            (w.matters["kind"], 0, len(SHARED)),
            (w.matters["remembered"], 0, REMEMBERED + 1),
            (w.contributors.ravel(), 0, max(n, 1)),
            (w.order, 0, slots),
        )
    )  # fmt: skip


def _used(w: World, column: NDArray[Any], of: str, count: str) -> NDArray[Any]:
    """The rows in use: of each community the first ones of its range."""
    used = np.zeros(len(column) + 1, dtype=np.int8)
    np.add.at(used, w.com[of][:-1], 1)
    np.add.at(used, w.com[of][:-1] + w.com[count][:-1], -1)
    return column[np.cumsum(used[:-1], dtype=np.int8) > 0]


def _spans(w: World) -> bool:
    """Whether ranges inside the tables end inside them."""
    com, n = w.com[:-1], len(w.building)
    room = {name: np.diff(w.com[name]) for name in ("resident", "slot", "post", "member")}
    created, managed = (com[name] - com["member"] for name in ("created", "managed"))
    return all(
        bool(((low >= 0) & (low <= high)).all())
        for low, high in (
            (com["adults"], room["resident"]),
            (com["open"], room["slot"]),
            (com["free_posts"], room["post"]),
            (managed, created),
            (created, room["member"]),
            (w.compounds["adults"], n - w.compounds["grown"]),
            (w.buildings["adults"], n - w.buildings["grown"]),
            (w.firms["first"], len(w.firm_compounds) - w.firms["serves"]),
        )
    )


def _ties(w: World) -> bool:
    """Whether everybody's ties are to residents of the same community."""
    for c in range(len(w.com) - 1):
        first, last = int(w.com["resident"][c]), int(w.com["resident"][c + 1])
        begin, room = int(w.com["ties"][c]), int(w.com["ties"][c + 1] - w.com["ties"][c])
        starts = w.tie_first[first + c : last + c + 1]
        if len(starts) == 0 or starts[-1] > room or not _ascends(starts.astype(np.int64), int(starts[-1])):
            return False
        if (w.ties[begin : begin + int(starts[-1])] >= last - first).any():
            return False
    return True
