"""Whether residents, their homes and their ties fit together: see `model.snapshots.sound`."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.acquaintance import MOST_MADE
from linli.agents.rules.asking import CALL, KNOWN, stamp
from linli.agents.rules.learning import QUANTUM
from linli.agents.rules.participation import active_since
from linli.agents.traits import CHILD, NEVER, OLD, RESIDENT, Trait, sum_of
from linli.model.array.phases.ties import count_ties
from linli.model.array.tables.columns import ROWS_OF_SYSTEMS, World, column_of
from linli.model.array.tables.reading import acquaintances
from linli.model.measures.spans import YEAR

LATEST = 2**30
"""Beyond the next candidate day of anybody, who may have to wait a billion days."""

MOST_MINUTES = 2 * YEAR * 24 * 60
"""Beyond what anybody gives in a year [minutes]: a year's free time and a meeting a day."""


def check(w: World, p: Any, day: int) -> bool:
    """Whether the tables of people are sound on the morning of a day."""
    return (
        _ranges(w, day)
        and _homes(w)
        and _adults(w)
        and _places(w)
        and all(_ties(w, c) and _made_ties(w, c) for c in range(len(w.com) - 1))
        and _counts(w, active_since(day - 1, p.W))
    )


def within(column: NDArray[Any], low: Any, high: Any) -> bool:
    """Whether all numbers lie in [low, high]; the ends are numbers or columns of them."""
    return bool((column >= low).all() and (column <= high).all())


def in_traits(table: Any, traits: tuple[Trait, ...]) -> bool:
    """Whether the fields of a table lie in the ranges of the traits of their names."""
    names = table.dtype.names
    return all(within(table[t.name], t.low, t.high) for t in traits if t.name in names)


def _ranges(w: World, day: int) -> bool:
    child = w.group >> 1 == CHILD
    kept = ("column", *ROWS_OF_SYSTEMS)
    plain = [t for t in RESIDENT if t.kept in kept and t.dtype == "float64"]
    life, registered = w.life, w.registered[w.registered != NEVER]
    return (
        within(w.group, 0, 2 * OLD + 1)
        and in_traits(w.mind, RESIDENT)
        and in_traits(life, RESIDENT)
        and all(within(column_of(w, "resident", t), t.low, t.high) for t in plain)
        and within(life["minutes_year"], 0, np.where(child, 0, MOST_MINUTES))
        and within(life["week"], -1, max(day - 1, -1) // 7)
        and within(life["predecessors"], 0, day)
        and within(w.heard, 0, max(0, stamp(day - 1, KNOWN, CALL)))
        and within(w.last_acted, NEVER, day - 1)
        and within(registered, 0, max(0, day - 1))
        and within(w.next_occasion, np.where(child, -1, day), np.where(child, -1, LATEST))
        and _bools(life["party"])
        and _bools(w.serving)
    )


def _bools(column: NDArray[Any]) -> bool:
    """Whether truth is 0 or 1 and not another byte, which a loop would count with."""
    return within(np.ascontiguousarray(column).view(np.uint8), 0, 1)


def community_of(w: World, of: str) -> NDArray[np.int64]:
    """The community of every row of a kind."""
    return np.repeat(np.arange(len(w.com) - 1), np.diff(w.com[of]))


def inside(w: World, numbers: NDArray[Any], c: NDArray[np.int64], of: str) -> bool:
    """Whether numbers are rows of a kind in the communities `c`."""
    return within(numbers, w.com[of][:-1][c], w.com[of][1:][c] - 1)


def _homes(w: World) -> bool:
    """Residents stand building by building, buildings compound by compound, compounds grid by grid."""
    steps = (w.building, w.buildings["compound"], w.compounds["grid"])
    return (
        inside(w, w.building, community_of(w, "resident"), "building")
        and inside(w, w.buildings["compound"], community_of(w, "building"), "compound")
        and inside(w, w.compounds["grid"], community_of(w, "compound"), "grid")
        and all(bool((numbers[1:] >= numbers[:-1]).all()) for numbers in steps)
    )


def _adults(w: World) -> bool:
    """The adults of a community are those who are no children, in their order, at the front of its rows."""
    here = np.flatnonzero(w.group >> 1 != CHILD)
    grown = np.bincount(community_of(w, "resident")[here], minlength=len(w.com) - 1)
    if not (np.array_equal(grown, w.com["adults"][:-1]) and (grown > 0).all()):
        return False
    return np.array_equal(w.adults[_rows_of_adults(w)], here)


def _rows_of_adults(w: World) -> NDArray[np.int64]:
    """Which rows of the column of adults are in use, ascending."""
    grown = w.com["adults"][:-1]
    begins = np.repeat(w.com["resident"][:-1] - (np.cumsum(grown) - grown), grown)
    return np.arange(int(grown.sum())) + begins


def _places(w: World) -> bool:
    """Compounds and buildings hold the people who live in them; every grid has an adult to visit."""
    rows = _rows_of_adults(w)
    building = w.building[w.adults[rows]]
    compound, grids = w.buildings["compound"], int(w.com["grid"][-1])
    heads = w.buildings["head"]
    headed = heads >= 0
    first = w.com["compound"][community_of(w, "compound")]
    return (
        _holds(w, w.buildings, "building", rows, building)
        and _holds(w, w.compounds, "compound", rows, compound[building])
        and np.array_equal(
            w.compounds["people"], np.bincount(compound[w.building], minlength=len(w.compounds))
        )
        and bool(((w.compounds["grown"] > 0) | (w.compounds["people"] == 0)).all())
        and bool((np.bincount(w.compounds["grid"][compound[building]], minlength=grids) > 0).all())
        and np.array_equal(w.compounds["local"], np.arange(len(w.compounds)) - first)
        and within(w.compounds["rank"], 0, 1)
        and within(heads, -1, len(w.building) - 1)
        and np.array_equal(w.building[heads[headed]], np.flatnonzero(headed))
        and bool((w.group[heads[headed]] >> 1 != CHILD).all())
    )


def _holds(w: World, table: Any, of: str, rows: NDArray[np.int64], home: NDArray[Any]) -> bool:
    """Whether the adults of every place are those rows of adults whose home it is. home: of each row."""
    c = community_of(w, of)
    grown = np.bincount(home, minlength=len(table))
    begin = (np.cumsum(grown) - grown)[grown > 0]
    return (
        np.array_equal(table["grown"], grown)
        and np.array_equal(table["adults"][grown > 0], rows[begin])
        and within(table["adults"], w.com["resident"][:-1][c], (w.com["resident"] + w.com["adults"])[:-1][c])
    )


def _ties(w: World, c: int) -> bool:
    """Whether the ties of a community are to its residents, and mutual."""
    first, last = int(w.com["resident"][c]), int(w.com["resident"][c + 1])
    base, room, n = int(w.com["ties"][c]), int(w.com["ties"][c + 1] - w.com["ties"][c]), last - first
    starts = w.tie_first[first + c : last + c + 1].astype(np.int64)
    if starts[0] != 0 or starts[-1] > room or (starts[1:] < starts[:-1]).any():
        return False
    theirs = w.ties[base : base + int(starts[-1])].astype(np.int64)
    return _are_mutual(np.repeat(np.arange(n), np.diff(starts)), theirs, n)


def _are_mutual(mine: NDArray[np.int64], theirs: NDArray[np.int64], n: int) -> bool:
    """Whether each tie of one of n residents, to another, is one of the other's too."""
    if len(theirs) and theirs.max() >= n:
        return False
    return np.array_equal(np.sort(mine * n + theirs), np.sort(theirs * n + mine))


def _made_ties(w: World, c: int) -> bool:
    """Whether ties that acting made are mutual, between adults not tied otherwise, and there once."""
    here = slice(int(w.com["resident"][c]), int(w.com["resident"][c + 1]))
    made, n = w.life["ties_made"][here], here.stop - here.start
    if int(w.com["ties_made"][c]) * 2 != int(made.sum()) or not _circles(w, c, made):
        return False
    who, whom = acquaintances(w, c).T
    pairs = who * n + whom
    return (
        _are_mutual(who, whom, n)
        and len(np.unique(pairs)) == len(pairs)
        and not (who == whom).any()
        and not np.isin(pairs, _pairs_tied(w, c)).any()
        and bool((w.group[here][who] >> 1 != CHILD).all())
    )


def _circles(w: World, c: int, made: NDArray[np.int8]) -> bool:
    """Whether each circle in use is one resident's, and holds nobody beyond the ties that he or she made."""
    first, last, used = int(w.com["circle"][c]), int(w.com["circle"][c + 1]), int(w.com["circles"][c])
    if first == last:
        return used == 0 and not made.any()
    circle, rows = w.circle[first:last].astype(np.int64), w.made_ties[first:last]
    have = np.flatnonzero(circle)
    if len(have) != used or made[circle == 0].any():
        return False
    if not np.array_equal(np.sort(circle[have]), np.arange(1, used + 1)):
        return False
    behind = np.arange(MOST_MADE) >= made[have][:, None]
    return not rows[circle[have] - 1][behind].any() and not rows[used:].any()


def _pairs_tied(w: World, c: int) -> NDArray[np.int64]:
    """Who is tied to whom in a community, otherwise than by acting, as numbers of pairs."""
    first, last, base = int(w.com["resident"][c]), int(w.com["resident"][c + 1]), int(w.com["ties"][c])
    starts = w.tie_first[first + c : last + c + 1].astype(np.int64)
    mine = np.repeat(np.arange(last - first), np.diff(starts))
    pairs: NDArray[np.int64] = mine * (last - first) + w.ties[base : base + int(starts[-1])]
    return pairs


def _counts(w: World, since: int) -> bool:
    """Whether what is known of ties, and the sums of states, are what counting afresh gives."""
    fresh = w._replace(active_ties=np.empty_like(w.active_ties), serving_ties=np.empty_like(w.serving_ties))
    count_ties(fresh, since, 0, len(w.com) - 1)
    who = w.adults[_rows_of_adults(w)]
    grown = w.com["adults"][:-1]
    states = {sum_of(t.name): column_of(w, "resident", t) for t in RESIDENT if t.summed}
    return (
        np.array_equal(fresh.active_ties, w.active_ties)
        and np.array_equal(fresh.serving_ties, w.serving_ties)
        and all(
            np.array_equal(
                np.add.reduceat((state[who] * QUANTUM + 0.5).astype(np.int64), np.cumsum(grown) - grown),
                w.com[name][:-1],
            )
            for name, state in states.items()
        )
    )
