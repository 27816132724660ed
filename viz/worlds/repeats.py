"""The same comparison under other luck, in the background: what the interval of a difference is made of.

Run r has the seed SEED + r, as in `linli compare`, so the numbers are those of the command line. All visitors
together use a few threads at a time; who comes later waits.
"""

import dataclasses
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.experiments.statistics.paired import Effect, paired
from linli.model.city import City
from linli.model.measures import MEASURES
from linli.viz.state.settings import Settings
from linli.viz.worlds import COPY_EVERY, after_burn_in, curves
from linli.viz.worlds.background import SPARE, Background, Cancelled, turn

RUNS = 20
"""Pairs of runs."""

POINTS = 60
"""Days at which a curve is taken, about."""

PAUSE = 0.02
"""Rest between two pieces of work while somebody watches days go by [s]."""

_AT_ONCE = threading.Semaphore(SPARE)
"""Pairs of runs that all visitors together have going."""


@dataclass(frozen=True, eq=False)
class Repeated:
    """What the runs so far gave. days: at which curves were taken; baseline, policy: shape (runs, measures,
    days); totals_*: shape (runs, measures), over all days; share: of the work done, 0 .. 1; going: more to
    come."""

    settings: Settings
    days: tuple[int, ...]
    baseline: NDArray[np.float64]
    policy: NDArray[np.float64]
    totals_baseline: NDArray[np.float64]
    totals_policy: NDArray[np.float64]
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


def nothing_yet(settings: Settings) -> Repeated:
    """Before the first run."""
    days = points(settings.days)
    none = np.zeros((0, len(MEASURES), len(days)))
    return Repeated(settings, days, none, none, none[:, :, 0], none[:, :, 0])


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
        self._tell(self._state)
        for run in range(self._runs):
            self._one(run)

    def _over(self) -> None:
        self._state = _ended(self._state)
        self._tell(self._state)

    def _one(self, run: int) -> None:
        with turn(_AT_ONCE, self._check):
            settings = self._state.settings
            again = settings.but(seed=settings.seed + run)
            baseline = after_burn_in(City(again.baseline, number=settings.community), self._goes_on)
            policy = baseline.branch(again.added)
            worlds = [self._to_the_end(baseline), self._to_the_end(policy)]
            curves_ = [self._curves(world) for world in worlds]
        totals = [list(world.measures().values()) for world in worlds]
        self._state = _with_pair(self._state, curves_, totals, (run + 1) / self._runs)
        self._tell(self._state)

    def _curves(self, city: City) -> list[list[float]]:
        """Every measure on the days of the curves."""
        found = []
        for name in MEASURES:
            self._check()
            found.append(curves.values(city, name, self._state.days))
        return found

    def _to_the_end(self, city: City) -> City:
        end = city.settings.burn_in + city.settings.days
        while city.day < end:
            self._check()
            city.run_to(min(end, city.day + COPY_EVERY))
        return city

    def _goes_on(self, share: float) -> bool:
        if self._gently():
            time.sleep(PAUSE)
        return not self._cancelled.is_set()

    def _check(self) -> None:
        if not self._goes_on(0.0):
            raise Cancelled


def _with_pair(
    state: Repeated, arms: Sequence[list[list[float]]], totals: Sequence[list[float]], share: float
) -> Repeated:
    def more(old: NDArray[np.float64], new: list[Any]) -> NDArray[np.float64]:
        return np.concatenate([old, np.array(new, dtype=float)[None]])

    return Repeated(
        state.settings,
        state.days,
        more(state.baseline, arms[0]),
        more(state.policy, arms[1]),
        more(state.totals_baseline, totals[0]),
        more(state.totals_policy, totals[1]),
        share,
    )


def _ended(state: Repeated) -> Repeated:
    return dataclasses.replace(state, going=False)
