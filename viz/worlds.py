"""Two worlds with the same people and the same luck: one as it is, one with the policies.

A track is one world that can be looked at on any day. It runs only as far as somebody looked, keeps a copy of
itself every so many days, and goes back by running again from the nearest copy: the array engine does a month
of thirteen thousand residents in some twenty milliseconds, so nothing else needs to be kept.

A shown day d is the world after d days: 0 is the eve of the policies, when both worlds are still the same.
"""

import copy
import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agents.traits import NEVER
from model.city import City
from viz import curves
from viz.settings import Settings

COPY_EVERY = 30
"""Days between two copies of a track."""

LONG_AGO = 255
"""Days since the last act are told apart up to here [days]."""


class Cancelled(Exception):
    """Whoever asked for the work no longer wants it."""


@dataclass(frozen=True, eq=False)
class Frame:
    """Everybody after `day` days, one entry a resident.

    acted: days since the last act, 0 on the day itself (LONG_AGO: longer or never); asked: on the last day,
    0 not, 1 by a stranger, 2 by somebody known; trust: 0 .. 1; volunteer: on the register.
    """

    day: int
    acted: NDArray[np.uint8]
    asked: NDArray[np.uint8]
    trust: NDArray[np.float32]
    volunteer: NDArray[np.bool_]


def frame_of(city: City) -> Frame:
    """How everybody stands this morning."""
    yesterday = city.day - 1
    people = city.columns("resident")
    level = np.maximum(people["heard"].astype(np.int64) - 4 * city.day, 0)
    return Frame(
        day=city.day - city.settings.burn_in,
        acted=np.minimum(yesterday - people["last_acted"].astype(np.int64), LONG_AGO).astype(np.uint8),
        asked=level.astype(np.uint8),
        trust=people["trust"].astype(np.float32),
        volunteer=people["registered"] != NEVER,
    )


class Track:
    """One world that can be looked at on any day. For one thread at a time."""

    def __init__(self, city: City) -> None:
        self.first = city.day
        self._city = city
        self._copies = {city.day: copy.deepcopy(city)}
        self._curves: dict[str, dict[int, float]] = {}

    def at(self, shown: int) -> City:
        """The world after some days. Not to be changed, and valid until the next call."""
        day = self._city.settings.burn_in + shown
        if day < self.first:
            raise ValueError(f"this track begins on day {self.first}, after day {day}")
        if day < self._city.day:
            self._city = copy.deepcopy(self._copies[max(d for d in self._copies if d <= day)])
        while self._city.day < day:
            self._city.run_to(min(day, self._city.day - self._city.day % COPY_EVERY + COPY_EVERY))
            if self._city.day % COPY_EVERY == 0 and self._city.day not in self._copies:
                self._copies[self._city.day] = copy.deepcopy(self._city)
        return self._city

    def frame(self, shown: int) -> Frame:
        """Everybody after some days."""
        return frame_of(self.at(shown))

    def curve(self, measure: str, days: range) -> list[float]:
        """A measure after each of some days, none later than the world was run (see `viz.curves`)."""
        known = self._curves.setdefault(measure, {})
        missing = [day for day in days if day not in known]
        if missing:
            city = self.at(max(days[-1], self._city.day - self._city.settings.burn_in))
            known.update(zip(missing, curves.values(city, measure, missing), strict=True))
        return [known[day] for day in days]


class Pair:
    """The two worlds of some settings, and the lock under which they are looked at."""

    def __init__(self, settings: Settings, baseline: City) -> None:
        """baseline: on the last evening of its burn-in."""
        self.settings = settings
        self.policy = Track(baseline.branch(settings.policies))
        self.baseline = Track(baseline)
        self.lock = threading.RLock()

    @classmethod
    def build(cls, settings: Settings, go_on: Callable[[float], bool] = lambda done: True) -> "Pair":
        """Settle the town and run the burn-in, which both worlds share.

        go_on: told how much is done, 0 .. 1; raises Cancelled as soon as it answers no.
        """
        return cls(settings, after_burn_in(settings, go_on))

    def frames(self, shown: int) -> tuple[Frame, Frame]:
        """Everybody in both worlds."""
        with self.lock:
            return self.baseline.frame(shown), self.policy.frame(shown)

    def curves(self, measure: str, days: range) -> tuple[list[float], list[float]]:
        """A measure in both worlds."""
        with self.lock:
            return self.baseline.curve(measure, days), self.policy.curve(measure, days)


def after_burn_in(settings: Settings, go_on: Callable[[float], bool]) -> City:
    """The baseline on the last evening of its burn-in."""
    if not go_on(0.0):
        raise Cancelled
    city = City(settings.baseline)
    end = settings.baseline.burn_in
    while city.day < end:
        if not go_on(city.day / end):
            raise Cancelled
        city.run_to(min(end, city.day + COPY_EVERY))
    return city
