"""What those who may decide on a day decide by, and how both arms' decisions are held side by side."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.participation import TERMS
from linli.model.array.tables.columns import records
from linli.model.attribution.result import DIFFERENCE


class Seen(NamedTuple):
    """What decides in one arm, a row a resident: columns that both engines fill in.

    level, source: how asked, and by whom; rests: acted too lately; candidate: the diary has a candidate day;
    last_acted: day; sight: unfinished matters; room: what an open room adds to the council; council: how
    empowered, with a room [0, 1]; rate, roomless, ordinary: of occasions, without rooms, and without the
    council too [1/day]; efficacy, and what neighbours' successes and those of organised forces alone added to
    it since the arms parted; terms: of the appeal, shape (rows, TERMS).
    """

    level: NDArray[np.int64]
    source: NDArray[np.int64]
    rests: NDArray[np.bool_]
    candidate: NDArray[np.bool_]
    last_acted: NDArray[np.int64]
    sight: NDArray[np.int64]
    room: NDArray[np.float64]
    council: NDArray[np.float64]
    rate: NDArray[np.float64]
    roomless: NDArray[np.float64]
    ordinary: NDArray[np.float64]
    efficacy: NDArray[np.float64]
    from_neighbours: NDArray[np.float64]
    from_organised: NDArray[np.float64]
    terms: NDArray[np.float64]

    def kept(self, many: int) -> "Seen":
        """A copy of the first rows."""
        return Seen._make(column[:many].copy() for column in self)


def nothing_seen(rows: int) -> Seen:
    """Columns to fill in."""
    level, source, last_acted, sight = (np.zeros(rows, dtype=np.int64) for _ in range(4))
    rests, candidate = (np.zeros(rows, dtype=np.bool_) for _ in range(2))
    room, council, rate, roomless, ordinary, efficacy, neighbours, organised = (
        np.zeros(rows) for _ in range(8)
    )
    terms = np.zeros((rows, len(TERMS)))
    return Seen(
        level, source, rests, candidate, last_acted, sight, room, council, rate, roomless, ordinary, efficacy,
        neighbours, organised, terms,
    )  # fmt: skip


SO_FAR = np.dtype([("many", "int64"), ("found", "int64"), ("lived", "int64"), ("traced", "int64")])
"""many: who may decide today; found: differences noted, and lived: days lived, since they were last taken;
traced: whether those are looked at too who act in neither arm."""


class Compared(NamedTuple):
    """Both arms of a day side by side, a row for everybody who may decide in either, and might act.

    so_far: one record, see SO_FAR; who: residents, ascending; a, b: seen in either arm; u_occasion, u_acts:
    the draws that both share; might: who might act in either; acts: of both arms, shape (2, rows); bouts,
    minutes: of the acts, and of them on matters, likewise; classes: of decisions that differ; terms: room for
    those of one appeal; found: rows of DIFFERENCE, over as many days as there is room for, days counted from
    the first of the run.
    """

    so_far: NDArray[Any]
    who: NDArray[np.int64]
    a: Seen
    b: Seen
    u_occasion: NDArray[np.float64]
    u_acts: NDArray[np.float64]
    might: NDArray[np.bool_]
    acts: NDArray[np.bool_]
    bouts: NDArray[np.int64]
    minutes: NDArray[np.int64]
    classes: NDArray[np.int64]
    terms: NDArray[np.float64]
    found: NDArray[Any]

    @property
    def many(self) -> int:
        """Who may decide today."""
        return int(self.so_far["many"][0])

    def taken(self, burn_in: int) -> NDArray[Any]:
        """The differences noted so far, days counted after the burn-in; they make room for others."""
        found = np.asarray(self.found[: int(self.so_far["found"][0])]).astype(DIFFERENCE)
        found["day"] -= burn_in
        self.so_far["found"] = self.so_far["lived"] = 0
        return found


def compared(rows: int, differences: int) -> Compared:
    """Room for so many who may decide, and for so many differences."""
    bouts, minutes = (np.zeros((2, rows), dtype=np.int64) for _ in range(2))
    return Compared(
        so_far=np.zeros(1, dtype=records(SO_FAR)),
        who=np.zeros(rows, dtype=np.int64),
        a=nothing_seen(rows),
        b=nothing_seen(rows),
        u_occasion=np.zeros(rows),
        u_acts=np.zeros(rows),
        might=np.zeros(rows, dtype=np.bool_),
        acts=np.zeros((2, rows), dtype=np.bool_),
        bouts=bouts,
        minutes=minutes,
        classes=np.zeros(rows, dtype=np.int64),
        terms=np.zeros(len(TERMS)),
        found=np.zeros(differences, dtype=records(DIFFERENCE)),
    )
