"""The same comparison under other luck, in the background: what the interval of a difference is made of.

Run r has the seed SEED + r, as in `linli compare`, so the numbers are those of the command line. Both worlds
live side by side, so that it is known of every run which acts differ and by what. All visitors together use a
few threads at a time; who comes later waits, and who asks for what another visitor asked for gets the same
pair.
"""

import dataclasses
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.experiments.statistics.paired import Effect, paired
from linli.model.attribution.channels import ASKED, DISPLACED, REPLACED, WOKEN
from linli.model.attribution.lockstep import Lockstep
from linli.model.city import City
from linli.model.measures import MEASURES
from linli.viz.state.settings import Settings
from linli.viz.worlds import COPY_EVERY, after_burn_in, curves
from linli.viz.worlds.background import SPARE, Background, Cancelled, turn
from linli.viz.worlds.groups import GROUPS, acts_by_group

RUNS = 20
"""Pairs of runs."""

POINTS = 60
"""Days at which a curve is taken, about."""

PAUSE = 0.02
"""Rest between two pieces of work while somebody watches days go by [s]."""

IN_SIGHT = (WOKEN, REPLACED, ASKED, DISPLACED)
"""Groups of acts of which it is kept how many each pair of runs has."""

MOST_KNOWN = 400
"""Pairs of runs that are kept for other visitors, of some 80 kB each."""

CROWD = 2
"""From so many visitors' repeats on, no others begin unasked."""

_AT_ONCE = threading.Semaphore(SPARE)
"""Pairs of runs that all visitors together have going."""


@dataclass(frozen=True, eq=False)
class PairOfRuns:
    """One pair. curves: of both worlds, shape (measures, days); totals: shape (measures,); groups: acts that
    are in one world only, by IN_SIGHT; minutes: residents' own, more or less; people: acts more in each of
    `viz.worlds.groups.GROUPS`, for each 1000 adults and day."""

    curves: tuple[list[list[float]], list[list[float]]]
    totals: tuple[list[float], list[float]]
    groups: tuple[int, ...]
    minutes: int
    people: tuple[float, ...]


class _Place:
    """Where a pair is put once it is there; None for one whose visitor has gone."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.pair: PairOfRuns | None = None


class _Known:
    """Pairs of runs by their settings, computed once for all visitors."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places: OrderedDict[Settings, _Place] = OrderedDict()

    def get(
        self, settings: Settings, live: Callable[[], PairOfRuns], check: Callable[[], None]
    ) -> PairOfRuns:
        """The pair of some settings: known, awaited from another visitor, or lived now. check: may raise."""
        while True:
            with self._lock:
                place, mine = self._places.get(settings), False
                if place is None:
                    place, mine = _Place(), True
                    self._places[settings] = place
                    while len(self._places) > MOST_KNOWN:
                        self._places.popitem(last=False)
            if mine:
                return self._fill(settings, place, live)
            while not place.ready.wait(0.1):
                check()
            if place.pair is not None:
                return place.pair

    def _fill(self, settings: Settings, place: _Place, live: Callable[[], PairOfRuns]) -> PairOfRuns:
        try:
            place.pair = live()
            return place.pair
        finally:
            if place.pair is None:
                with self._lock:
                    self._places.pop(settings, None)
            place.ready.set()


_KNOWN = _Known()
_going = 0
_counting = threading.Lock()


def going() -> int:
    """How many visitors' repeats are on their way."""
    return _going


@dataclass(frozen=True, eq=False)
class Repeated:
    """What the runs so far gave. days: at which curves were taken; baseline, policy: shape (runs, measures,
    days); totals_*: shape (runs, measures), over all days; groups: acts by IN_SIGHT that are
    in one world only, minutes: residents' own, and people: acts by groups of people, a row or an entry a run;
    share: of the work done, 0 .. 1; going: more to come."""

    settings: Settings
    days: tuple[int, ...]
    baseline: NDArray[np.float64]
    policy: NDArray[np.float64]
    totals_baseline: NDArray[np.float64]
    totals_policy: NDArray[np.float64]
    groups: NDArray[np.float64]
    minutes: NDArray[np.float64]
    people: NDArray[np.float64]
    share: float = 0.0
    going: bool = True

    @property
    def runs(self) -> int:
        """Pairs of runs that are done."""
        return len(self.baseline)

    def effects(self, measure: str) -> list[Effect]:
        """The paired difference on each of the days."""
        at = list(MEASURES).index(measure)
        pairs = zip(self.baseline[:, at].T, self.policy[:, at].T, strict=True)
        return [paired(before, after) for before, after in pairs]

    def effect(self, measure: str) -> Effect:
        """The paired difference over all days, as `linli compare` gives it."""
        at = list(MEASURES).index(measure)
        return paired(self.totals_baseline[:, at], self.totals_policy[:, at])

    def acts(self, group: str) -> Effect:
        """Acts of a group that are in one world only, over all days."""
        found = self.groups[:, IN_SIGHT.index(group)]
        return paired(np.zeros_like(found), found)

    def by_people(self) -> list[Effect]:
        """Acts more in each of `GROUPS`, for each 1000 of its adults and day."""
        return [paired(np.zeros_like(of), of) for of in self.people.T]

    def changes(self, measure: str) -> NDArray[np.float64]:
        """Policy minus baseline of every run over all days."""
        at = list(MEASURES).index(measure)
        changed: NDArray[np.float64] = self.totals_policy[:, at] - self.totals_baseline[:, at]
        return changed

    def hours(self) -> Effect:
        """Residents' own hours on matters, over all days, more or less [h]."""
        return paired(np.zeros_like(self.minutes), self.minutes / 60.0)


def nothing_yet(settings: Settings) -> Repeated:
    """Before the first run."""
    days = points(settings.days)
    none = np.zeros((0, len(MEASURES), len(days)))
    groups, people = np.zeros((0, len(IN_SIGHT))), np.zeros((0, len(GROUPS)))
    return Repeated(settings, days, none, none, none[:, :, 0], none[:, :, 0], groups, groups[:, 0], people)


def points(days: int) -> tuple[int, ...]:
    """Days at which curves are taken: evenly from 0, and the last one."""
    stride = max(1, days // POINTS)
    return (*range(0, days, stride), days)


class Repeats(Background):
    """Runs pairs one after the other in a thread of its own; `tell` gets every state of things."""

    def __init__(
        self,
        settings: Settings,
        tell: Callable[[Repeated], None],
        failed: Callable[[str], None],
        runs: int = RUNS,
        gently: Callable[[], bool] = lambda: False,
    ) -> None:
        """gently: whether somebody watches days go by, who comes first."""
        super().__init__("repeats", failed)
        self._runs, self._tell, self._gently = runs, tell, gently
        self._state = nothing_yet(settings)
        self._begin()

    # in the thread ------------------------------------------------------------------------------------

    def _work(self) -> None:
        _count(1)
        self._tell(self._state)
        settings = self._state.settings
        for run in range(self._runs):
            again = settings.but(seed=settings.seed + run)
            pair = _KNOWN.get(again, partial(self._in_turn, again), self._check)
            self._state = _with_pair(self._state, pair, (run + 1) / self._runs)
            self._tell(self._state)

    def _over(self) -> None:
        _count(-1)
        self._state = _ended(self._state)
        self._tell(self._state)

    def _in_turn(self, settings: Settings) -> PairOfRuns:
        with turn(_AT_ONCE, self._check):
            return self._live(settings)

    def _live(self, settings: Settings) -> PairOfRuns:
        baseline = after_burn_in(City(settings.baseline, number=settings.community), self._goes_on)
        arms = Lockstep(baseline, settings.added)
        while arms.days < settings.days:
            self._check()
            arms.run(min(COPY_EVERY, settings.days - arms.days))
        found, worlds = arms.result(), arms.worlds
        acts = found.by_group("acts")
        before, after = (self._curves(world) for world in worlds)
        totals = [list(world.measures().values()) for world in worlds]
        return PairOfRuns(
            (before, after),
            (totals[0], totals[1]),
            tuple(acts[group] for group in IN_SIGHT),
            found.difference("minutes"),
            acts_by_group(found, settings.days),
        )

    def _curves(self, city: City) -> list[list[float]]:
        """Every measure on the days of the curves."""
        found = []
        for name in MEASURES:
            self._check()
            found.append(curves.values(city, name, self._state.days))
        return found

    def _goes_on(self, share: float) -> bool:
        if self._gently():
            time.sleep(PAUSE)
        return not self._cancelled.is_set()

    def _check(self) -> None:
        if not self._goes_on(0.0):
            raise Cancelled


def _count(more: int) -> None:
    global _going
    with _counting:
        _going += more


def _with_pair(state: Repeated, pair: PairOfRuns, share: float) -> Repeated:
    def more(old: NDArray[np.float64], new: Any) -> NDArray[np.float64]:
        return np.concatenate([old, np.array(new, dtype=float)[None]])

    return Repeated(
        state.settings,
        state.days,
        more(state.baseline, pair.curves[0]),
        more(state.policy, pair.curves[1]),
        more(state.totals_baseline, pair.totals[0]),
        more(state.totals_policy, pair.totals[1]),
        more(state.groups, pair.groups),
        more(state.minutes, pair.minutes),
        more(state.people, pair.people),
        share,
    )


def _ended(state: Repeated) -> Repeated:
    return dataclasses.replace(state, going=False)
