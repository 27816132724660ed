"""A city in the background: its communities month by month, in both worlds."""

import dataclasses
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
from solara.server.kernel_context import without_context

from linli.model.array.tables.settling import place_bytes
from linli.model.city import City
from linli.model.memory import check_memory
from linli.model.scenario import names
from linli.viz.state.settings import Settings, load_named
from linli.viz.worlds.background import SPARE, Background, turn

EVERY = 30
"""Days between two looks at the communities."""

ONE_AT_A_TIME = threading.Semaphore(1)
"""Cities that all visitors together have going."""


def cities() -> list[str]:
    """Scenarios of many communities, the smallest first."""
    found = [(load_named(name).whole.residents, name) for name in names() if Settings.of(name).is_city]
    return [name for _, name in sorted(found)]


@dataclass(frozen=True, eq=False)
class CityShown:
    """How far a city has come. days: looked at so far; baseline, policy: a row a community for each of them
    (see `City.by_community`); share: of the work done; going: more to come."""

    settings: Settings
    days: tuple[int, ...] = ()
    baseline: tuple[pd.DataFrame, ...] = ()
    policy: tuple[pd.DataFrame, ...] = ()
    share: float = 0.0
    going: bool = True


class CityRun(Background):
    """Runs both worlds of a city side by side in a thread of its own; `tell` gets every state of things."""

    def __init__(
        self, settings: Settings, tell: Callable[[CityShown], None], failed: Callable[[str], None]
    ) -> None:
        city = settings.everywhere
        both = 2 * place_bytes(city.whole, city.parameters)
        check_memory(both, f"{settings.scenario}, once with and once without,")
        super().__init__("city", failed)
        self._tell = tell
        self._state = CityShown(settings)
        self._begin()

    # in the thread ------------------------------------------------------------------------------------

    def _work(self) -> None:
        self._tell(self._state)
        with turn(ONE_AT_A_TIME, self._check):
            self._live()

    def _over(self) -> None:
        self._state = dataclasses.replace(self._state, going=False)
        self._tell(self._state)

    def _live(self) -> None:
        settings = self._state.settings
        burn_in, days = settings.baseline.burn_in, settings.days
        work = burn_in + 2 * days
        with without_context():
            baseline = City(settings.baseline, threads=SPARE, settled=lambda residents: self._check())
        while baseline.day < burn_in:
            self._report(baseline.day / work)
            _live_to(baseline, min(burn_in, baseline.day + EVERY))
        arms = (baseline, baseline.branch(settings.added))
        for day in looks(days):
            for arm in arms:
                _live_to(arm, burn_in + day)
                self._report((burn_in + 2 * day) / work)
            self._look(day, arms)

    def _report(self, share: float) -> None:
        self._check()
        self._state = dataclasses.replace(self._state, share=share)
        self._tell(self._state)

    def _look(self, day: int, arms: Sequence[City]) -> None:
        before, after = (arm.by_community() for arm in arms)
        state = self._state
        self._state = dataclasses.replace(
            state,
            days=(*state.days, day),
            baseline=(*state.baseline, before),
            policy=(*state.policy, after),
        )
        self._tell(self._state)


def _live_to(city: City, day: int) -> None:
    """Its threads belong to no visitor: solara starts a thread inside the visit it comes from, and waits for
    ever if that ends at the same moment."""
    with without_context():
        city.run_to(day)


def looks(days: int) -> list[int]:
    """Days on which communities are looked at: the eve, every month, and the last one."""
    return sorted({*range(0, days + 1, EVERY), days})
