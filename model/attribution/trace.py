"""What is kept of two arms, day by day, so that an act can be followed back to its first cause.

There are days enough to be sparing: of columns that hardly change, the changes are kept, and of those who may
decide only whoever is asked or has an occasion in one of the arms, by what is told of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.asking import NOT_ASKED
from linli.agents.rules.occasion import highest_rate
from linli.agents.rules.volunteering import MONTH
from linli.model.array.tables.reading import acquaintances, of_one
from linli.model.attribution.crediting import come_up
from linli.model.attribution.seen import Compared, Seen
from linli.model.city import City

COPY_EVERY = MONTH
"""Days between two whole copies of a column [days]."""


@dataclass(frozen=True)
class Ended:
    """A matter that ended. arm: in which, 0 without the policies; day: of the run; status: how;
    resident_minutes, organised_minutes: on the last attempt; contributors: residents; compound, serial: which
    one; building, kind, affected: whose."""

    arm: int
    day: int
    compound: int
    serial: int
    building: int
    kind: int
    affected: int
    status: int
    resident_minutes: int
    organised_minutes: int
    contributors: tuple[int, ...]


class Column:
    """One number a resident, day after day: whole copies now and then, and between them what changed."""

    def __init__(self) -> None:
        self._copies: dict[int, NDArray[Any]] = {}
        self._changes: dict[int, tuple[NDArray[np.intp], NDArray[Any]]] = {}
        self._newest: NDArray[Any] | None = None
        self._read: tuple[int, NDArray[Any]] | None = None

    def note(self, day: int, values: NDArray[Any]) -> None:
        """Keep a day; days come one after the other."""
        if self._newest is None or day % COPY_EVERY == 0:
            self._newest, self._copies[day] = values.copy(), values.copy()
            return
        changed = np.flatnonzero(values != self._newest)
        self._changes[day] = changed, values[changed]
        self._newest[changed] = values[changed]

    def at(self, day: int) -> NDArray[Any]:
        """The column of a day; not to be changed."""
        if self._read is not None and self._read[0] == day:
            return self._read[1]
        begin = max(copied for copied in self._copies if copied <= day)
        found = self._copies[begin].copy()
        for later in range(begin + 1, day + 1):
            changed, values = self._changes[later]
            found[changed] = values
        self._read = day, found
        return found


class Basis(NamedTuple):
    """What is kept of what decisions rested on: columns of `Seen`, in as little room as they take."""

    level: NDArray[np.int8]
    source: NDArray[np.int8]
    rests: NDArray[np.bool_]
    candidate: NDArray[np.bool_]
    sight: NDArray[np.int16]
    rate: NDArray[np.float64]
    terms: NDArray[np.float64]

    @classmethod
    def of(cls, seen: Seen, kept: NDArray[np.intp]) -> "Basis":
        """Of those that are kept."""
        level, source = seen.level[kept].astype(np.int8), seen.source[kept].astype(np.int8)
        sight = seen.sight[kept].astype(np.int16)
        return cls(
            level, source, seen.rests[kept], seen.candidate[kept], sight, seen.rate[kept], seen.terms[kept]
        )


@dataclass
class Noon:
    """An arm between the halves of a day. matters: unfinished ones, with their contributors; made_ties: pairs
    of those whom acting made acquainted; seen: what those whose decisions are kept decide by; columns:
    numbers of all residents, by name."""

    day: int
    matters: NDArray[Any]
    contributors: NDArray[np.int32]
    made_ties: NDArray[np.int64]
    seen: Basis
    columns: dict[str, Column]

    @property
    def last_acted(self) -> NDArray[np.int32]:
        """Day of the last act of everybody."""
        return self.columns["last_acted"].at(self.day)

    @property
    def serving(self) -> NDArray[np.bool_]:
        """Who serves as a party member."""
        return self.columns["serving"].at(self.day)

    @property
    def registered(self) -> NDArray[np.int32]:
        """Day on which everybody came onto the register of volunteers."""
        return self.columns["registered"].at(self.day)

    def acquaintances(self, i: int) -> list[int]:
        """Those whom acting made acquainted with a resident."""
        return of_one(self.made_ties, i)


def _columns() -> dict[str, Column]:
    return {name: Column() for name in ("last_acted", "serving", "registered")}


@dataclass
class Trace:
    """Both arms of one community, day by day. who: those who are asked or have an occasion in one of them;
    luck: their draws (occasion, act); occasions, acts: of both arms; noons: of each arm; ended: matters of
    each arm by (compound, serial)."""

    who: dict[int, NDArray[np.int64]] = field(default_factory=dict)
    luck: dict[int, NDArray[np.float64]] = field(default_factory=dict)
    occasions: dict[int, NDArray[np.bool_]] = field(default_factory=dict)
    acts: dict[int, NDArray[np.bool_]] = field(default_factory=dict)
    noons: tuple[dict[int, Noon], dict[int, Noon]] = field(default_factory=lambda: ({}, {}))
    ended: tuple[dict[tuple[int, int], Ended], dict[tuple[int, int], Ended]] = field(
        default_factory=lambda: ({}, {})
    )
    _slots: dict[int, NDArray[Any]] = field(default_factory=dict)
    _columns: tuple[dict[str, Column], dict[str, Column]] = field(
        default_factory=lambda: (_columns(), _columns())
    )

    def note_noon(self, arms: Sequence[City], of: Compared) -> None:
        """Keep how both arms stand between the halves of a day, and what is decided."""
        p, day, many = arms[0].parameters, arms[0].day, of.many
        highest = highest_rate(p.lambda0, p.council_occasions, p.mu, p.weekend)
        seen = of.a.kept(many), of.b.kept(many)
        luck, acts = np.stack([of.u_occasion[:many], of.u_acts[:many]]), of.acts[:, :many]
        occasions = np.zeros_like(acts)
        for which in range(len(arms)):
            come_up(seen[which], highest, luck[0], occasions[which])
        asked = (seen[0].level > NOT_ASKED) | (seen[1].level > NOT_ASKED)
        kept = np.flatnonzero(asked | occasions.any(axis=0))
        self.who[day], self.luck[day] = of.who[:many][kept], luck[:, kept]
        self.occasions[day], self.acts[day] = occasions[:, kept], acts[:, kept]
        for which, arm in enumerate(arms):
            self._note_noon(which, arm, Basis.of(seen[which], kept))

    def _note_noon(self, which: int, arm: City, seen: Basis) -> None:
        w = arm.world
        slots = self._slots[which] = _open_slots(arm)
        columns = self._columns[which]
        for name, column in columns.items():
            column.note(arm.day, getattr(w, name))
        self.noons[which][arm.day] = Noon(
            arm.day, w.matters[slots], w.contributors[slots], acquaintances(w, 0), seen, columns
        )

    def note_evening(self, arms: Sequence[City]) -> None:
        """Keep the matters that ended since: their slots still hold them until the next morning."""
        for which, arm in enumerate(arms):
            still = set(_open_slots(arm).tolist())
            for x in self._slots[which].tolist():
                if x not in still:
                    self._note_end(which, arm, x)

    def _note_end(self, which: int, arm: City, x: int) -> None:
        w = arm.world
        m = {name: int(w.matters[name][x]) for name in w.matters.dtype.names or ()}
        who = tuple(w.contributors[x, : m["remembered"]].tolist())
        ended = Ended(
            which, arm.day, m["compound"], m["serial"], m["building"], m["kind"], m["affected"], m["status"],
            m["resident_minutes"], m["organised_minutes"], who,
        )  # fmt: skip
        self.ended[which][(ended.compound, ended.serial)] = ended


def _open_slots(arm: City) -> NDArray[Any]:
    """The slots of unfinished matters of the community."""
    w = arm.world
    first, n = int(w.com["slot"][0]), int(w.com["open"][0])
    return w.order[first : first + n].copy()
