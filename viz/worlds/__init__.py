"""Two worlds with the same people and the same luck: one as it is, one with the policies.

A track is one world that can be looked at on any day. It runs only as far as somebody looked, keeps so many
copies of itself and no more, and goes back by running again from the nearest copy: the array engine does a
month of thirteen thousand residents in some twenty milliseconds, so nothing else needs to be kept.

A shown day d is the world after d days: 0 is the eve of the policies, when both worlds are still the same.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.asking import NOT_ASKED, ask_source, stamp
from linli.agents.traits import NEVER
from linli.model import network as networks
from linli.model.array.tables.columns import World
from linli.model.city import City
from linli.model.matters import SHARED
from linli.model.network import Network
from linli.model.population import Population, populate
from linli.viz.state.settings import Settings
from linli.viz.worlds import curves
from linli.viz.worlds.background import Cancelled

COPY_EVERY = 30
"""Days between two copies of a track, at first [days]."""

MOST_COPIES = 24
"""Copies that a track keeps. In longer runs they lie further apart, so that a visitor's worlds take as much
memory however long they are."""

LONG_AGO = 255
"""Days since the last act are told apart up to here [days]."""


@dataclass(frozen=True, eq=False)
class Frame:
    """Everybody after `day` days, one entry a resident.

    acted: days since the last act, 0 on the day itself (LONG_AGO: longer or never); asked: on the last day,
    by whom, one of ASKERS by number; trust: 0 .. 1; volunteer: on the register; members: status and post of
    every member there may be (absent ones included); efforts: of the property firms, 0 .. 1; matters:
    unfinished ones, see `matters_of`.
    """

    day: int
    acted: NDArray[np.uint8]
    asked: NDArray[np.uint8]
    trust: NDArray[np.float32]
    volunteer: NDArray[np.bool_]
    members: dict[str, NDArray[Any]]
    efforts: NDArray[np.float64]
    matters: dict[str, NDArray[Any]]


def _asked(heard: NDArray[np.int32], day: int) -> NDArray[np.uint8]:
    """Who asked everybody on a day, as `ask_source` tells it. heard: stamps."""
    source = np.zeros(len(heard), dtype=np.uint8)
    for resident in np.flatnonzero(heard > stamp(day, NOT_ASKED)).tolist():
        source[resident] = ask_source(int(heard[resident]), day)
    return source


def matters_of(world: World) -> dict[str, NDArray[Any]]:
    """Unfinished matters: compound, building (-1: of the whole compound), serial, kind, and whose hands are
    on it: 0 nobody's, 1 residents', 2 organised ones', 3 both."""
    open_ = open_matters(world)
    shared = SHARED[open_["kind"]]
    return {
        "compound": open_["compound"],
        "building": np.where(shared, -1, open_["building"]),
        "serial": open_["serial"],
        "kind": open_["kind"],
        "hands": (open_["resident_minutes"] > 0) + 2 * (open_["organised_minutes"] > 0),
    }


def open_matters(world: World) -> NDArray[Any]:
    """All unfinished matters, one record each (see `model.array.tables.columns.MATTER`)."""
    spans = zip(world.com["slot"][:-1], world.com["open"][:-1], strict=True)
    slots = np.concatenate([world.order[first : first + n] for first, n in spans])
    found: NDArray[Any] = world.matters[slots]
    return found


def frame_of(city: City) -> Frame:
    """How everybody stands this morning."""
    yesterday = city.day - 1
    people = city.columns("resident")
    return Frame(
        day=city.day - city.settings.burn_in,
        acted=np.minimum(yesterday - people["last_acted"].astype(np.int64), LONG_AGO).astype(np.uint8),
        asked=_asked(people["heard"], yesterday),
        trust=people["trust"].astype(np.float32),
        volunteer=people["registered"] != NEVER,
        members=_members(city),
        efforts=city.columns("firm")["effort"].copy(),
        matters=matters_of(city.world),
    )


def _members(city: City) -> dict[str, NDArray[Any]]:
    """Status and post of every member there may be: those who never came are absent (0), without a post."""
    here = city.columns("member")
    more = len(city.world.members) - len(here["status"])
    status = np.concatenate([here["status"], np.zeros(more, dtype=np.int8)])
    return {"status": status, "post": np.concatenate([here["post"], np.full(more, -1, dtype=np.int32)])}


class Track:
    """One world that can be looked at on any day. For one thread at a time."""

    def __init__(self, city: City) -> None:
        self.first = city.day
        self._city = city
        self._copies = {city.day: city.branch(())}
        self._every = COPY_EVERY
        self._curves: dict[str, dict[int, float]] = {}

    def at(self, shown: int) -> City:
        """The world after some days. Not to be changed, and valid until the next call."""
        day = self._city.settings.burn_in + shown
        if day < self.first:
            raise ValueError(f"this track begins on day {self.first}, after day {day}")
        if day < self._city.day:
            self._city = self._copies[max(d for d in self._copies if d <= day)].branch(())
        while self._city.day < day:
            self._city.run_to(min(day, self._city.day - self._city.day % COPY_EVERY + COPY_EVERY))
            if self._city.day % self._every == 0 and self._city.day not in self._copies:
                self._keep()
        return self._city

    def _keep(self) -> None:
        """A copy of today; where there are too many, every other one goes."""
        self._copies[self._city.day] = self._city.branch(())
        if len(self._copies) > MOST_COPIES:
            self._every *= 2
            self._copies = {d: c for d, c in self._copies.items() if d == self.first or d % self._every == 0}

    def frame(self, shown: int) -> Frame:
        """Everybody after some days."""
        return frame_of(self.at(shown))

    def eve(self) -> City:
        """The world on the first day of the track, to be lived through elsewhere."""
        return self._copies[self.first].branch(())

    def curve(self, measure: str, days: range) -> list[float]:
        """A measure after each of some days, none later than the world was run (see `viz.worlds.curves`)."""
        known = self._curves.setdefault(measure, {})
        missing = [day for day in days if day not in known]
        if missing:
            city = self.at(max(days[-1], self._city.day - self._city.settings.burn_in))
            known.update(zip(missing, curves.values(city, measure, missing), strict=True))
        return [known[day] for day in days]


@dataclass(frozen=True, eq=False)
class Town:
    """Who lives where and who knows whom: the same in both worlds. homes: resident of each member there may
    be, -1 elsewhere."""

    people: Population
    network: Network
    homes: NDArray[np.int32]


class Pair:
    """The two worlds of some settings, and the lock under which they are looked at."""

    def __init__(self, settings: Settings, town: Town, baseline: City) -> None:
        """baseline: on the last evening of its burn-in."""
        self.settings, self.town = settings, town
        self.policy = Track(baseline.branch(settings.added))
        self.baseline = Track(baseline)
        self.lock = threading.RLock()

    @classmethod
    def build(cls, settings: Settings, go_on: Callable[[float], bool] = lambda done: True) -> "Pair":
        """Settle the town and run the burn-in, which both worlds share.

        go_on: told how much is done, 0 .. 1; Cancelled is raised as soon as it answers no.
        """
        if not go_on(0.0):
            raise Cancelled
        scenario = settings.baseline
        number = settings.community or 0
        people = populate(scenario.place, scenario.parameters, scenario.seed, number)
        network = networks.build(people, scenario.parameters, scenario.seed)
        city = City(scenario, population=people, network=network, number=number)
        town = Town(people, network, city.world.members["host"].copy())
        return cls(settings, town, after_burn_in(city, go_on))

    def frames(self, shown: int) -> tuple[Frame, Frame]:
        """Everybody in both worlds."""
        with self.lock:
            return self.baseline.frame(shown), self.policy.frame(shown)

    def curves(self, measure: str, days: range) -> tuple[list[float], list[float]]:
        """A measure in both worlds."""
        with self.lock:
            return self.baseline.curve(measure, days), self.policy.curve(measure, days)

    def tables(self, shown: int) -> tuple[dict[str, float], dict[str, float]]:
        """Every measure since the eve, in both worlds."""
        with self.lock:
            return curves.table(self.baseline.at(shown), shown), curves.table(self.policy.at(shown), shown)

    def eve(self) -> City:
        """The world as it is before the first day, to be lived through elsewhere."""
        with self.lock:
            return self.baseline.eve()


def after_burn_in(city: City, go_on: Callable[[float], bool]) -> City:
    """A city on the last evening of its burn-in."""
    end = city.settings.burn_in
    while city.day < end:
        if not go_on(city.day / end):
            raise Cancelled
        city.run_to(min(end, city.day + COPY_EVERY))
    return city
