"""Two arms of an attribution on the array engine: cities that live through their days side by side."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from linli.model.array.day import EVENING, MORNING, NOON, OTHERWISE, run_pass
from linli.model.array.passes import QueueFull, most_of, scratch_for, tally_for
from linli.model.array.tables.columns import Days, Lived, Tally, WorldWithSystems
from linli.model.attribution.result import OtherDecisions
from linli.model.attribution.seen import compared
from linli.model.city import City

if TYPE_CHECKING:
    from linli.model.attribution.trace import Trace

ROOM = 1 << 16
"""Differences that are noted before they are taken out of compiled code."""


class TablesPair:
    """Both arms: cities that stand on the same morning. trace: keeps what chains are followed through."""

    def __init__(self, baseline: City, treated: City, trace: "Trace | None") -> None:
        self.worlds = baseline, treated
        self._trace = trace
        self._starts: list[int] = baseline.world.com["resident"].tolist()
        self._scratch = scratch_for(baseline.world), scratch_for(treated.world)
        # where every resident's efficacy came from since the arms parted: what the pass keeps besides
        self._efficacy_from = np.zeros((self._starts[-1], 2)), np.zeros((self._starts[-1], 2))
        people = most_of(baseline.world, "resident")
        self._of = compared(people, people + ROOM)
        self._of.so_far["traced"] = trace is not None

    def live(self, most: int) -> tuple[int, list[NDArray[Any]]]:
        """Live through some of the days to come, community by community. Returns how many, and what differs.

        Raises QueueFull, and OtherDecisions if what was credited is not what the engines did.
        """
        days = min(world.days_of_pass(most) for world in self.worlds) if self._trace is None else 1
        passes = self._compiled_alike([world.begin_pass(days) for world in self.worlds])
        tallies = [tally_for(days) for _ in self.worlds]
        found: list[NDArray[Any]] = []
        for c in range(len(self._starts) - 1):
            arms = [self._lived(arm, c, passes[arm], tallies[arm]) for arm in (0, 1)]
            self._live_in(c, arms, days, found)
        for world, lived, tally in zip(self.worlds, passes, tallies, strict=True):
            world.end_pass(lived, [tally])
        return days, found

    def _compiled_alike(self, passes: list[Days]) -> list[Days]:
        """Both arms are compared in one compiled loop: if systems act in one, it is compiled with them."""
        if not self.worlds[1].systems:
            return passes
        return [days._replace(w=WorldWithSystems(*days.w)) for days in passes]

    def _lived(self, arm: int, c: int, days: Days, tally: Tally) -> Lived:
        """The days of an arm in one community: lists are shared, but for where efficacy came from."""
        here = slice(self._starts[c], self._starts[c + 1])
        return Lived(days, tally, self._scratch[arm]._replace(efficacy_from=self._efficacy_from[arm][here]))

    def _live_in(self, c: int, arms: list[Lived], days: int, found: list[NDArray[Any]]) -> None:
        """The days of one community; what differs goes to `found`."""
        day = 0
        while day < days:
            if self._trace is None:
                self._live(c, arms, day, days, MORNING, EVENING)
            else:
                self._live(c, arms, day, days, MORNING, NOON)
                self._trace.note_noon(self.worlds, self._of)
                self._live(c, arms, day, days, EVENING, EVENING)
                self._trace.note_evening(self.worlds)
            day += int(self._of.so_far["lived"][0])
            found.append(self._of.taken(self.worlds[0].settings.burn_in))

    def _live(self, c: int, arms: list[Lived], day: int, days: int, begins: int, ends: int) -> None:
        """From one part of the days to another, as far as there is room for what differs."""
        ended = run_pass(*arms, 2, day, days, c, c + 1, begins, ends, self._of)
        if ended == OTHERWISE:
            raise OtherDecisions
        if ended:
            raise QueueFull.at(self.worlds[0].world, c)
