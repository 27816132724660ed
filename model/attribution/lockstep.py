"""Two arms side by side: both hear who asks, their decisions are compared, and both go on with the day."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.occasion import highest_rate
from linli.agents.rules.participation import TERMS
from linli.model.attribution.crediting import class_of_minutes, classify, decide, draw_luck
from linli.model.attribution.result import DIFFERENCE, Attribution
from linli.model.attribution.seen import Seen
from linli.model.engines import Engine
from linli.model.measures.record import COLUMNS
from linli.model.policies import Policy

if TYPE_CHECKING:
    from linli.model.attribution.trace import Trace

_ACTS = [COLUMNS.index("acts_spontaneous"), COLUMNS.index("acts_asked")]
_MINUTES = COLUMNS.index("resident_matter_minutes")


class Arm(Protocol):
    """What an engine does for an attribution: see `model.attribution.tables.TablesArm`."""

    world: Any
    starts: list[int]
    numbers: list[int]

    @property
    def day(self) -> int: ...  # noqa: D102
    def begins_day(self) -> None: ...  # noqa: D102
    def morning(self, c: int) -> NDArray[np.int64]: ...  # noqa: D102
    def perceives(self, c: int, who: NDArray[np.int64]) -> Seen: ...  # noqa: D102
    def evening(self, c: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]: ...  # noqa: D102
    def ends_day(self) -> None: ...  # noqa: D102
    def homes(self) -> dict[str, NDArray[Any]]: ...  # noqa: D102


def arm_of(world: Engine) -> Arm:
    """An arm of whichever engine."""
    from linli.model.city import City

    if isinstance(world, City):
        from linli.model.attribution.tables import TablesArm

        return TablesArm(world)
    from linli.model.attribution.objects import ObjectsArm
    from linli.model.community import Community

    assert isinstance(world, Community)
    return ObjectsArm(world)


class Lockstep:
    """Two arms that part on a morning and live through the same days.

    world: a city or community on the morning from which policies act; policies: what the second arm has and
    the first has not; trace: keeps what chains are followed through (array engine, one community). arms:
    both, the one without policies first.
    """

    def __init__(
        self,
        world: Engine,
        policies: str | Sequence[Policy | str],
        trace: "Trace | None" = None,
    ) -> None:
        treated = world.branch(policies)
        self.arms = arm_of(world), arm_of(treated)
        p = world.parameters
        self.seed, self.burn_in = world.seed, world.settings.burn_in
        self.highest: float = highest_rate(p.lambda0, p.council_occasions, p.mu, p.weekend)
        self.E: float = p.E
        self.days, self.trace = 0, trace
        self._rows: list[NDArray[Any]] = []
        self._terms = np.zeros(len(TERMS))

    def run(self, days: int, progress: Callable[[], None] | None = None) -> "Lockstep":
        """Live through some days. progress: called after each."""
        for _ in range(days):
            self.step()
            if progress is not None:
                progress()
        return self

    def step(self) -> None:
        """One day of both arms, community by community."""
        for arm in self.arms:
            arm.begins_day()
        for c in range(len(self.arms[0].numbers)):
            self._day_of(c)
        for arm in self.arms:
            arm.ends_day()
        self.days += 1

    def _day_of(self, c: int) -> None:
        a, b = self.arms
        who = np.union1d(a.morning(c), b.morning(c))
        seen = a.perceives(c, who), b.perceives(c, who)
        day = a.day
        u_occasion, u_acts = np.zeros(len(who)), np.zeros(len(who))
        draw_luck(self.seed, a.numbers[c], a.starts[c], day, who, u_occasion, u_acts)
        acts = np.zeros((2, len(who)), dtype=np.bool_)
        for arm in (0, 1):
            decide(seen[arm], self.highest, u_occasion, u_acts, acts[arm])
        classes = np.zeros(len(who), dtype=np.int64)
        classify(*seen, *acts, self.highest, self.E, u_occasion, u_acts, self._terms, classes)
        if self.trace is not None:
            self.trace.note_noon(day, self.arms, seen, who, np.stack([u_occasion, u_acts]), acts)
        found = self._differences(day, who, acts, classes, (a.evening(c), b.evening(c)))
        if self.trace is not None:
            self.trace.note_evening(self.arms)
        if len(found):
            self._rows.append(found)

    def _differences(
        self,
        day: int,
        who: NDArray[np.int64],
        acts: NDArray[np.bool_],
        classes: NDArray[np.int64],
        acted: tuple[tuple[NDArray[np.int64], ...], ...],
    ) -> NDArray[Any]:
        """The rows of a day. Raises RuntimeError if what was credited is not what the engines did."""
        bouts, minutes = np.zeros((2, len(who)), np.int64), np.zeros((2, len(who)), np.int64)
        for arm, (acting, bout, on_matters) in enumerate(acted):
            if not np.array_equal(who[acts[arm]], acting):
                raise RuntimeError(f"day {day}: the decisions compared are not those that were made")
            bouts[arm][acts[arm]], minutes[arm][acts[arm]] = bout, on_matters
        differs = np.flatnonzero((acts[0] != acts[1]) | (minutes[0] != minutes[1]))
        found = np.zeros(len(differs), dtype=DIFFERENCE)
        found["day"], found["resident"] = day - self.burn_in, who[differs]
        found["acts"] = acts[1][differs].astype(np.int8) - acts[0][differs].astype(np.int8)
        found["minutes"] = (minutes[1] - minutes[0])[differs]
        for at, n in enumerate(differs.tolist()):
            both = acts[0][n] and acts[1][n]
            spent = bouts[0][n], bouts[1][n], minutes[0][n], minutes[1][n]
            found["channel"][at] = class_of_minutes(*spent) if both else classes[n]
        return found

    def result(self) -> Attribution:
        """What differs so far."""
        rows = np.concatenate(self._rows) if self._rows else np.zeros(0, dtype=DIFFERENCE)
        recorded = [_recorded(arm.world.records, self.days) for arm in self.arms]
        acts = np.stack([part[:, _ACTS].sum(axis=1) for part in recorded], axis=1)
        minutes = np.stack([part[:, _MINUTES] for part in recorded], axis=1)
        return Attribution(rows, acts, minutes, self.arms[0].homes())


def _recorded(records: Sequence[tuple[int, ...]], days: int) -> NDArray[np.int64]:
    """The records of the last days."""
    return np.array(records[len(records) - days :], dtype=np.int64).reshape(-1, len(COLUMNS))
