"""What is kept of two arms, day by day, so that an act can be followed back to its first cause."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.model.attribution.seen import Compared, Seen
from linli.model.city import City


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


@dataclass
class Noon:
    """An arm between the halves of a day. matters: unfinished ones, with their contributors; last_acted,
    serving, registered (day): of all residents; seen: what those who may decide decide by."""

    matters: NDArray[Any]
    contributors: NDArray[np.int32]
    last_acted: NDArray[np.int32]
    serving: NDArray[np.bool_]
    registered: NDArray[np.int32]
    seen: Seen


@dataclass
class Trace:
    """Both arms of one community, day by day. who: those who may decide; luck: their draws (occasion, act);
    acts: of both arms; noons: of each arm; ended: matters of each arm by (compound, serial)."""

    who: dict[int, NDArray[np.int64]] = field(default_factory=dict)
    luck: dict[int, NDArray[np.float64]] = field(default_factory=dict)
    acts: dict[int, NDArray[np.bool_]] = field(default_factory=dict)
    noons: tuple[dict[int, Noon], dict[int, Noon]] = field(default_factory=lambda: ({}, {}))
    ended: tuple[dict[tuple[int, int], Ended], dict[tuple[int, int], Ended]] = field(
        default_factory=lambda: ({}, {})
    )
    _slots: dict[int, NDArray[Any]] = field(default_factory=dict)

    def note_noon(self, arms: Sequence[City], of: Compared) -> None:
        """Keep how both arms stand between the halves of a day, and what is decided."""
        day, many = arms[0].day, of.many
        self.who[day], self.acts[day] = of.who[:many].copy(), of.acts[:, :many].copy()
        self.luck[day] = np.stack([of.u_occasion[:many], of.u_acts[:many]])
        for which, (arm, seen) in enumerate(zip(arms, (of.a, of.b), strict=True)):
            self._note_noon(which, arm, seen.kept(many))

    def _note_noon(self, which: int, arm: City, seen: Seen) -> None:
        w = arm.world
        slots = self._slots[which] = _open_slots(arm)
        self.noons[which][arm.day] = Noon(
            w.matters[slots], w.contributors[slots], w.last_acted.copy(), w.serving.copy(),
            w.registered.copy(), seen,
        )  # fmt: skip

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
