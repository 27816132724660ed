"""A city, or one community, as columns: the array engine.

It runs the rules of `agents/rules/` in compiled loops and agrees with `model.community.Community` to the last
bit. Communities are independent of each other within a run, so threads share them out, and the result does
not depend on how many there are.
"""

import copy
import dataclasses
import itertools
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from agents.traits import FIRM, MEMBER, RESIDENT, WORKER
from model import network as networks
from model import scenario as scenarios
from model.array.asking_table import asking_table
from model.array.columns import LEVERS, OWN_COLUMNS, PARAMETERS, RECORD, AskingTable, Scratch, Tally, World
from model.array.day import run_pass
from model.array.settling import Settlement, settle
from model.errors import InputError
from model.hours import BINS, HoursGiven, Shares
from model.levers import Levers
from model.measures import MEASURES, Totals, Window, daily_table
from model.policies import Policy, levers_on, policies_from, price
from model.population import Population, populate
from model.record import COLUMNS, Record
from model.spans import MAX_DURATION, YEAR

LONGEST_DEADLINE = 120
"""No parameter or policy can set a longer one [days]."""

_PRICES = [COLUMNS.index("policy_minutes"), COLUMNS.index("policy_fen")]

DAYS_PER_PASS = 30
"""So many days a community lives through before the next one's turn: its state stays in the cache."""


class City:
    """One community or many, day by day, in compiled loops.

    scenario, policies, rng, population, network, number, parameters: as for `model.community.Community`;
    threads: how many share the communities out; days_per_pass: see DAYS_PER_PASS. Raises InputError when any
    of it cannot be.
    """

    def __init__(
        self,
        scenario: str | scenarios.Scenario = "donghu",
        *,
        policies: str | Sequence[Policy | str] = (),
        rng: int | None = None,
        population: Population | None = None,
        network: networks.Network | None = None,
        number: int = 0,
        threads: int = 1,
        days_per_pass: int = DAYS_PER_PASS,
        **parameters: float,
    ) -> None:
        settings = scenarios.settings_of(scenario, policies, rng, parameters)
        self.settings = settings
        self.place, self.parameters, self.seed = settings.place, settings.parameters, settings.seed
        self.threads, self.days_per_pass = threads, days_per_pass
        self.day = 0
        people = (
            populate(self.place, self.parameters, self.seed, number) if population is None else population
        )
        if len(people.adults) == 0 or len(people) < 2:
            raise InputError("a community needs at least two residents, one of them adult")
        ties = networks.build(people, self.parameters, self.seed) if network is None else network
        ties.check(len(people))
        self._levers = self._lever_table()
        # room for any policy that a branch may add: as many members as posts, and the longest deadline
        posts = self.parameters.posts * self.place.compounds
        settlement = Settlement(self.place, people, ties, max(posts, self.place.sunk_members))
        longest = max(self.parameters.patience, LONGEST_DEADLINE)
        self.world = settle([settlement], self.parameters, self.seed, longest)
        self._asking = self._asking_table()
        self._values = np.array(dataclasses.astuple(self.parameters), dtype=PARAMETERS)[()]
        self.hours = HoursGiven(len(self.world.adults))
        self.totals = Totals.of(people, self.place, len(self.world.free), len(self.world.firms) - 1)
        self._rows: list[NDArray[np.int64]] = []
        self._durations: list[NDArray[np.int64]] = []
        self.shares: list[Shares] = []

    # levers -------------------------------------------------------------------------------------------

    def _lever_table(self) -> NDArray[Any]:
        """Every day's levers, worked out ahead: they depend on the day and the policies alone."""
        days = range(-self.settings.burn_in, self.settings.days)
        listed = [self._levers_on(day) for day in days]
        strategies = sorted({levers.ask for levers in listed})
        table = np.zeros(len(listed), dtype=LEVERS)
        for name in LEVERS.names[:-1]:  # type: ignore[index]
            table[name] = [getattr(levers, name) for levers in listed]
        table["list"] = [strategies.index(levers.ask) for levers in listed]
        return table

    def _levers_on(self, day: int) -> Levers:
        sunk = self.place.sunk_members
        return levers_on(day, self.settings.policies, sunk, self.parameters, self.place)

    def _asking_table(self) -> AskingTable:
        return asking_table(self.world, sorted(set(self._levers["ask"].tolist())))

    # running ------------------------------------------------------------------------------------------

    def run(self, progress: Callable[[], None] | None = None) -> "City":
        """Run to the end of the scenario. progress: called for each day."""
        return self.run_to(self.settings.burn_in + self.settings.days, progress)

    def run_to(self, day: int, progress: Callable[[], None] | None = None) -> "City":
        """Run until the morning of a day, counted from the first day of the run."""
        while self.day < day:
            to_new_year = YEAR - self.day % YEAR
            days = min(self.days_per_pass, to_new_year, day - self.day)
            self._run_pass(days)
            for _ in range(days if progress is not None else 0):
                progress()  # type: ignore[misc]
        return self

    def _run_pass(self, days: int) -> None:
        """All communities live through some days (never across the turn of a year)."""
        if self.day % YEAR == 0 and self.day > 0:
            self.hours.new_year()
        levers = self._levers[self.day : self.day + days]
        sunk = np.ascontiguousarray(levers["sunk"]).reshape(-1, 1)
        blocks = _blocks(self.world, self.threads)
        tallies = [_tally(days) for _ in blocks]

        def live(block: int) -> int:
            first, last = blocks[block]
            full: int = run_pass(
                self.world, self._asking, self._values, levers, sunk, self.seed, self.day, days,
                first, last, tallies[block], _scratch(self.world, first, last),
            )  # fmt: skip
            return full

        if len(blocks) == 1:
            full = [live(0)]
        else:
            with ThreadPoolExecutor(len(blocks)) as pool:
                full = list(pool.map(live, range(len(blocks))))
        if any(full):
            raise RuntimeError(
                f"community {max(full) - 1} has more unfinished matters than there is room for: "
                "arrivals are too high or deadlines too long for this place"
            )
        self._write_down(days, tallies)
        self.day += days

    def _write_down(self, days: int, tallies: "list[Tally]") -> None:
        """Add up what the threads tallied (whole numbers: the order cannot show), and price the policies."""
        rows = reduce(np.add, [plain(tally.rows) for tally in tallies])
        rows[:, COLUMNS.index("day")] = np.arange(self.day, self.day + days)
        for t in range(days):
            for tally in tallies:
                self.hours.people += tally.people[t]
                self.hours.minutes += tally.minutes[t]
            self.shares.append(self.hours.shares())
            if self.settings.policies:
                self._price(rows[t])
        self._rows.append(rows)
        self._durations.append(reduce(np.add, [tally.durations for tally in tallies]))

    def _price(self, row: NDArray[np.int64]) -> None:
        today = Record(*row.tolist())
        day = today.day - self.settings.burn_in
        levers = self._levers_on(day)
        row[_PRICES] = price(self.settings.policies, day, levers, today, self.place, self.parameters)

    # results ------------------------------------------------------------------------------------------

    @property
    def rows(self) -> NDArray[np.int64]:
        """All records so far. Shape: days, columns of `Record`."""
        return np.concatenate(self._rows) if self._rows else np.zeros((0, len(COLUMNS)), dtype=np.int64)

    @property
    def records(self) -> list[tuple[int, ...]]:
        """All records so far, as the object engine keeps them."""
        return [tuple(row) for row in self.rows.tolist()]

    def window(self, first: int = 0, last: int | None = None) -> Window:
        """The records of some days, to take measures of. first, last: from the first day of the run."""
        rows = self.rows
        end = len(rows) if last is None else last
        durations = np.concatenate(self._durations)[first:end].sum(axis=0)
        return Window(rows[first:end], durations, self.shares[end - 1], self.totals)

    def measures(self) -> dict[str, float]:
        """Every measure over the days after the burn-in."""
        window = self.window(self.settings.burn_in)
        return {name: measure.of(window) for name, measure in MEASURES.items()}

    def daily(self) -> pd.DataFrame:
        """Every measure day by day, tidy: as `Community.daily`."""
        rows, durations = self.rows, np.concatenate(self._durations)
        windows = [
            Window(rows[day : day + 1], durations[day], self.shares[day], self.totals)
            for day in range(len(rows))
        ]
        wide = pd.DataFrame({name: [m.of(w) for w in windows] for name, m in MEASURES.items()})
        return daily_table(wide, self.settings.burn_in)

    def branch(self, policies: str | Sequence[Policy | str]) -> "City":
        """A twin that goes on from today with further policies: the same people, the same luck."""
        settings = scenarios.branched(self.settings, policies_from(policies), self.day)
        twin = copy.deepcopy(self)
        twin.settings = settings
        twin._levers = twin._lever_table()
        twin._asking = twin._asking_table()
        return twin

    def columns(self, of: str = "resident") -> dict[str, NDArray[Any]]:
        """The state of all agents of a kind as columns, as `Community.columns` gives it."""
        return _columns(self.world, of)


def plain(rows: NDArray[Any]) -> NDArray[np.int64]:
    """Records as a table of whole numbers. Shape: days, columns of `Record`."""
    return rows.view(np.int64).reshape(len(rows), len(COLUMNS))


def _columns(w: World, of: str) -> dict[str, NDArray[Any]]:
    if of == "resident":
        return {t.name: getattr(w, t.name) if t.name in OWN_COLUMNS else w.people[t.name] for t in RESIDENT}
    if of == "member":
        spans = zip(w.com["member"][:-1], w.com["created"][:-1], strict=True)
        here = np.concatenate([np.arange(a, b) for a, b in spans])
        return {t.name: w.members[t.name][here] for t in MEMBER}
    if of == "firm":
        return {t.name: w.firms[t.name][:-1] for t in FIRM}
    return {t.name: w.workers[t.name] for t in WORKER}


def _blocks(w: World, threads: int) -> list[tuple[int, int]]:
    """Communities shared out among threads, about as many residents each."""
    communities = len(w.com) - 1
    wanted = min(max(1, threads), communities, 4 * (os.cpu_count() or 1))
    cuts = np.searchsorted(w.com["resident"], np.linspace(0, w.com["resident"][-1], wanted + 1)).tolist()
    cuts[0], cuts[-1] = 0, communities
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _tally(days: int) -> Tally:
    return Tally(
        rows=np.zeros(days, dtype=RECORD),
        people=np.zeros((days, BINS), dtype=np.int32),
        minutes=np.zeros((days, BINS), dtype=np.int32),
        durations=np.zeros((days, MAX_DURATION), dtype=np.int64),
    )


def _scratch(w: World, first: int, last: int) -> Scratch:
    def most(name: str) -> int:
        return int(np.diff(w.com[name][first : last + 1]).max()) + 1

    people, slots, members = most("resident"), most("slot"), most("member")
    return Scratch(
        due=np.zeros(people, dtype=np.int32),
        asked=np.zeros(people, dtype=np.int32),
        acting=np.zeros(people, dtype=np.int32),
        meeting=np.zeros(people, dtype=np.bool_),
        learner=np.zeros(people + 8 * slots, dtype=np.int32),
        outcome=np.zeros(people + 8 * slots, dtype=np.float64),
        news=np.zeros(slots, dtype=np.int32),
        idle=np.zeros(members, dtype=np.int32),
        order=np.zeros(slots, dtype=np.int32),
        leaving=np.zeros(4096, dtype=np.int64),
    )
