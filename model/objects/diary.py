"""Everybody's candidate days, drawn ahead a month at a time.

When somebody might have an occasion depends on chance alone, at the highest rate that any policy can bring
about: so the diary can be written before anything has happened, and no policy ever moves a day in it.
"""

import numpy as np
from numpy.typing import NDArray

from linli.agents import decision
from linli.agents.chance import draw, draws, key
from linli.agents.compiled import loop
from linli.agents.rules.occasion import calendar, next_candidate
from linli.agents.rules.volunteering import MONTH
from linli.agents.traits import CHILD


class Diary:
    """Candidate days of a community's adults.

    next: the next candidate day of each resident, by number (-1: a child, who has none). Shape: residents.
    """

    def __init__(self, age: NDArray[np.int8], community: int, highest: float, seed: int) -> None:
        self._key = (community, calendar(highest), seed)
        self._adults = np.flatnonzero(age != CHILD)
        self.next: NDArray[np.int32] = np.full(len(age), -1, dtype=np.int32)
        _first_days(self._adults, *self._key, self.next)
        self._begin = self._end = 0
        self._due: list[NDArray[np.int32]] = []
        self._following: list[NDArray[np.int32]] = []
        self._luck: list[NDArray[np.float64]] = []

    def begin_on(self, day: int, following: NDArray[np.int32]) -> None:
        """Go on from a day with everybody's next candidate day known."""
        self.next[:] = following
        self._begin = self._end = day

    def due(self, day: int) -> NDArray[np.int32]:
        """The numbers of those whose candidate day this is, ascending. Days come one after the other."""
        if day >= self._end:
            self._draw_month(day)
        return self._due[day - self._begin]

    def luck(self, day: int) -> NDArray[np.float64]:
        """The draws of those who are `due`: whether it is real, and whether they act. Shape: they, 2."""
        return self._luck[day - self._begin]

    def turn_page(self, day: int) -> None:
        """The day is over for those who were due: they look to their next candidate day."""
        self.next[self._due[day - self._begin]] = self._following[day - self._begin]

    def _draw_month(self, day: int) -> None:
        self._begin, self._end = day, day + MONTH
        community, _, seed = self._key
        who, when, following = _month(self._adults, *self._key, self.next, self._end)
        order = np.argsort(when, kind="stable")
        cuts = np.searchsorted(when[order], np.arange(day + 1, self._end))
        luck = _luck(who[order], when[order], community, seed)
        self._due, self._following, self._luck = (
            np.split(column, cuts) for column in (who[order], following[order], luck)
        )


@loop
def _first_days(adults, community, calendar, seed, day):
    for i in adults:
        u = draw(seed, key(community, i), 0, decision.FIRST_OCCASION, 0)
        day[i] = next_candidate(calendar, -1, u)


@loop
def _month(adults, community, calendar, seed, day, end):
    """Candidate days before `end`, with the one that follows each: who, when, following."""
    n, room = 0, len(adults)
    who, when, following = _rows(room), _rows(room), _rows(room)
    for i in adults:
        at = day[i]
        while at < end:
            if n == room:
                who, when, following = _longer(who), _longer(when), _longer(following)
                room = len(who)
            who[n] = i
            when[n] = at
            _, _, u, _ = draws(seed, key(community, i), at, decision.OCCASION, 0)
            at = next_candidate(calendar, at, u)
            following[n] = at
            n += 1
    return who[:n], when[:n], following[:n]


@loop
def _luck(who, when, community, seed):
    luck = np.empty((len(who), 2), dtype=np.float64)
    for n in range(len(who)):
        luck[n, 0], luck[n, 1], _, _ = draws(seed, key(community, who[n]), when[n], decision.OCCASION, 0)
    return luck


@loop
def _rows(n):
    return np.empty(n, dtype=np.int32)


@loop
def _longer(column):
    longer = np.empty(2 * len(column), dtype=np.int32)
    longer[: len(column)] = column
    return longer
