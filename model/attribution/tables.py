"""An arm of an attribution on the array engine: a city whose days are lived in two halves."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.compiled import loop_in_place
from linli.agents.rules.asking import NOT_ASKED, ask_level, ask_source, stamp
from linli.model.array.day import EVENING, MORNING, run_pass
from linli.model.array.passes import QueueFull, scratch_for, tally_for
from linli.model.array.phases.deliberation import (
    matters_in_sight,
    rates_of_occasions,
    still_rests,
    terms_of_appeal,
)
from linli.model.array.tables.columns import Scratch, Today
from linli.model.array.tables.constants import constants
from linli.model.attribution.seen import Seen, nothing_seen
from linli.model.city import City
from linli.model.measures.spans import YEAR


@loop_in_place
def perceive(w, k, lists, p, levers, sunk, seed, day, c, tally, s, who, seen):
    """What residents decide by today, between the halves of a day: fills in `seen`. who: residents."""
    now = Today(
        seed, day, 0, p, levers[0], sunk[0, c], k, lists, tally, tally.rows[0], s, s.so_far[0]
    )  # fmt: skip
    first, traces = w.com[c].resident, len(s.efficacy_from) > 0
    for n in range(len(who)):
        i = who[n]
        seen.level[n] = ask_level(w.heard[i], day)
        seen.source[n] = ask_source(w.heard[i], day)
        seen.rests[n] = still_rests(w, now, i)
        seen.candidate[n] = w.next_occasion[i] == day
        seen.last_acted[n] = w.last_acted[i]
        seen.sight[n] = matters_in_sight(w, i)
        seen.council[n] = now.lev.council
        rate, ordinary = rates_of_occasions(w, now, i)
        seen.rate[n] = rate
        seen.ordinary[n] = ordinary
        seen.efficacy[n] = w.mind[i].efficacy
        if traces:
            seen.from_neighbours[n] = s.efficacy_from[i - first, 0]
            seen.from_organised[n] = s.efficacy_from[i - first, 1]
        terms = terms_of_appeal(w, now, c, i)
        for j in range(len(terms)):
            seen.terms[n, j] = terms[j]


class TablesArm:
    """One arm: a city that stands on a morning, with the lists of each of its communities."""

    def __init__(self, city: City) -> None:
        self.world = city
        w = city.world
        self.starts: list[int] = w.com["resident"].tolist()
        self.numbers: list[int] = w.com["number"][:-1].tolist()
        self._scratch = [self._lists(c) for c in range(len(self.numbers))]

    def _lists(self, c: int) -> Scratch:
        """Lists for one community; they keep where its changes of efficacy come from."""
        return scratch_for(self.world.world, traces=True)

    @property
    def day(self) -> int:
        """The day that begins, counted from the first day of the run."""
        return self.world.day

    def begins_day(self) -> None:
        """What the day brings for all communities."""
        city = self.world
        city._allocate()
        if city.day % YEAR == 0 and city.day > 0:
            city.hours.new_year()
        self._levers = city._levers[city.day : city.day + 1]
        self._constants = constants(city._left, city.parameters, self._levers, city.day)
        self._sunk = city._parts_on("sunk", range(city.day, city.day + 1))
        self._tally = tally_for(1)

    def _half(self, c: int, half: int) -> None:
        city = self.world
        full = run_pass(
            city.world, self._constants, city._asking, city._values, self._levers, self._sunk, city.seed,
            city.day, 1, c, c + 1, self._tally, self._scratch[c], half,
        )  # fmt: skip
        if full:
            raise QueueFull(f"community {self.numbers[c]} has more unfinished matters than there is room for")

    def morning(self, c: int) -> NDArray[np.int64]:
        """The first half of the day of a community. Returns who may decide: residents, ascending."""
        self._half(c, MORNING)
        w, here = self.world.world, slice(self.starts[c], self.starts[c + 1])
        may = (w.next_occasion[here] == self.day) | (w.heard[here] > stamp(self.day, NOT_ASKED))
        found: NDArray[np.int64] = np.flatnonzero(may) + self.starts[c]
        return found

    def perceives(self, c: int, who: NDArray[np.int64]) -> Seen:
        """What residents of a community decide by."""
        city, seen = self.world, nothing_seen(len(who))
        perceive(
            city.world, self._constants, city._asking, city._values, self._levers, self._sunk, city.seed,
            city.day, c, self._tally, self._scratch[c], who, seen,
        )  # fmt: skip
        return seen

    def evening(self, c: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The second half. Returns who acted, ascending, the minutes of each, and of them on matters."""
        self._half(c, EVENING)
        s = self._scratch[c]
        acting = s.acting[: int(s.so_far["acting"][0])].astype(np.int64)
        local = acting - self.starts[c]
        return acting, s.bout[local].astype(np.int64), s.on_matters[local].astype(np.int64)

    def ends_day(self) -> None:
        """The day is written down."""
        self.world._write_down(1, [self._tally], self._sunk)
        self.world.day += 1

    def homes(self) -> dict[str, NDArray[Any]]:
        """Compound, age and tenure of every resident."""
        columns = self.world.columns("resident")
        return {name: columns[name] for name in ("compound", "age", "tenure")}
