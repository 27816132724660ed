"""The array engine: communities as columns, whatever is done with them.

It runs the rules of `agents/rules/` in compiled loops and agrees with `model.community.Community` to the last
bit. Communities are independent of each other within a run, so threads share them out, and the result does
not depend on how many there are.
"""

import copy
from collections.abc import Callable, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.social_organisation import WEEK, week_begins
from linli.model import network as networks
from linli.model import scenario as scenarios
from linli.model.array.passes import Crew
from linli.model.array.tables.asking import asking_table
from linli.model.array.tables.columns import (
    FIXED,
    LEVERS,
    AskingTable,
    Days,
    Tally,
    World,
    records,
)
from linli.model.array.tables.constants import always, constants, one_record
from linli.model.array.tables.reading import community_table, state, totals_of
from linli.model.array.tables.settling import Plan, given, planned, settle, with_room, with_systems
from linli.model.array.tables.streets import pooled
from linli.model.errors import InputError
from linli.model.measures import MEASURES, Window, all_of, daily_table
from linli.model.measures.hours import NO_SHARES, HoursGiven, Shares
from linli.model.measures.record import COLUMNS, Record
from linli.model.measures.spans import MAX_DURATION, YEAR
from linli.model.place import Place
from linli.model.place.communities import communities_of, whole
from linli.model.policies import Policy, levers_on, policies_from, price
from linli.model.policies.levers import Levers, toward_counts
from linli.model.population import Population, populate
from linli.model.systems import DEPARTMENTS, Systems, systems_of
from linli.model.zoom import community_scenario

if TYPE_CHECKING:
    import pandas as pd

_PRICES = [COLUMNS.index("policy_minutes"), COLUMNS.index("policy_fen")]

DAYS_PER_PASS = 30
"""So many days a community lives through before the next one's turn: its state stays in the cache."""


class ArrayEngine:
    """One community or many, day by day, in compiled loops.

    scenario, policies, rng, population, network, parameters: as for `model.community.Community` (people and
    ties of one's own only for a single community); number: which one community of a city (None: all that the
    scenario simulates); threads: how many share the communities out; days_per_pass: see
    DAYS_PER_PASS; settled: told how many residents have moved in. Raises InputError when any of it cannot be.
    """

    def __init__(
        self,
        scenario: str | scenarios.Scenario = "donghu",
        *,
        policies: str | Sequence[Policy | str] = (),
        rng: scenarios.Seeding = scenarios.OWN_SEED,
        population: Population | None = None,
        network: networks.Network | None = None,
        number: int | None = None,
        threads: int = 1,
        days_per_pass: int = DAYS_PER_PASS,
        settled: Callable[[int], None] | None = None,
        **parameters: float,
    ) -> None:
        settings = scenarios.settings_of(scenario, policies, rng, parameters)
        if number is not None:
            settings = community_scenario(settings, number)
        self.settings = settings
        self.parameters, self.seed = settings.parameters, settings.seed
        self.threads, self.days_per_pass = threads, days_per_pass
        self.day = 0
        plans = self._plans(number, population, network)
        self.places = [plan.place for plan in plans]
        self.place = whole(settings.place) if len(plans) > 1 else plans[0].place
        self.targets: dict[int, NDArray[np.int64]] = {}
        self._set_levers()
        self.world = settle(
            plans, self.parameters, self.seed, self._longest_life(), threads, settled, self.systems
        )
        self._prepare()
        self.hours = HoursGiven(int(self.world.com["adults"].sum()))
        self.totals = totals_of(self.world, self.place)
        self._rows: list[NDArray[np.int64]] = []
        self._durations: list[NDArray[np.int64]] = []
        self.shares: list[Shares] = []

    @classmethod
    def resumed(
        cls, settings: scenarios.Scenario, places: list[Place], world: World, day: int, threads: int
    ) -> Self:
        """A city that stands on a later morning, with its tables; its records are still to be restored."""
        city = cls.__new__(cls)
        city.settings, city.parameters, city.seed = settings, settings.parameters, settings.seed
        city.threads, city.days_per_pass, city.day = threads, DAYS_PER_PASS, day
        city.places = places
        city.place = whole(settings.place) if len(places) > 1 else places[0]
        city.targets = {}
        city._set_levers()
        city.world = with_room(world, city.parameters, city._longest_life())
        city._prepare()
        city.hours = HoursGiven(0)
        city.totals = totals_of(city.world, city.place)
        city.restore_records(np.zeros((0, len(COLUMNS)), np.int64), np.zeros((0, MAX_DURATION), np.int64), [])
        return city

    def restore_records(
        self, rows: NDArray[np.int64], durations: NDArray[np.int64], shares: list[Shares]
    ) -> None:
        """Set the records so far: a row a day."""
        self._rows, self._durations, self.shares = [rows], [durations], shares

    def _plans(
        self, number: int | None, population: Population | None, network: networks.Network | None
    ) -> list[Plan]:
        """The communities that are simulated."""
        p, parts = self.parameters, dict(communities_of(self.settings.place))
        if population is not None or network is not None:
            return [self._given(number or 0, population, network)]
        if number is not None:
            parts = {number: self.settings.place}
        return [planned(c, place, p, self.seed) for c, place in parts.items()]

    def _given(self, number: int, people: Population | None, ties: networks.Network | None) -> Plan:
        place, p = self.settings.place, self.parameters
        if place.communities > 1:
            raise InputError("people or ties of one's own take the place of one community, not of a city")
        if people is None:
            people = populate(place, p, self.seed, number)
        people.check()
        ties = networks.build(people, p, self.seed) if ties is None else ties
        ties.check(len(people))
        return given(place, people, ties, p)

    def _prepare(self) -> None:
        """What follows from the settings and the tables, and is not part of the state."""
        self._asking = self._asking_table()
        self._values = one_record(self.parameters)
        self._always = always(self.parameters, self.settings.burn_in + self.settings.days)
        self._crew = Crew(self.world, self.threads)

    @property
    def systems(self) -> Systems:
        """What acts here beyond what always does."""
        return systems_of(self.settings.policies, self.settings.place)

    # levers -------------------------------------------------------------------------------------------

    def _set_levers(self) -> None:
        """Every day's levers, worked out ahead: they depend on the day and the policies alone."""
        days, first = range(-self.settings.burn_in, self.settings.days), dict[tuple[float, ...], int]()
        alike = [  # to each day the first one on which every policy is as strong
            first.setdefault(tuple([policy.level(day) for policy in self.settings.policies]), day)
            for day in days
        ]
        listed = [self._levers_on(day) for day in first.values()]
        strategies = sorted({levers.ask for levers in listed})
        table = np.zeros(len(listed), dtype=records(LEVERS))
        for name in LEVERS.names[:-1]:  # type: ignore[index]
            table[name] = [getattr(levers, name) for levers in listed]
        table["list"] = [strategies.index(levers.ask) for levers in listed]
        self._levers = table[np.searchsorted(list(first.values()), alike)]
        self._shared = {at: policy for at, policy in enumerate(self.settings.policies) if policy.shared}

    def _levers_on(self, day: int) -> Levers:
        sunk = self.place.sunk_members
        return levers_on(day, self.settings.policies, sunk, self.parameters, self.place)

    def _longest_life(self) -> int:
        """So long can a matter stay unfinished [days]."""
        return max(self.parameters.patience, int(self._levers["deadline"].max()))

    def _asking_table(self) -> AskingTable:
        return asking_table(self.world, sorted(set(self._levers["ask"].tolist())))

    # running ------------------------------------------------------------------------------------------

    def run(self, progress: Callable[[], None] | None = None) -> Self:
        """Run to the end of the scenario. progress: called for each day."""
        return self.run_to(self.settings.burn_in + self.settings.days, progress)

    def run_to(self, day: int, progress: Callable[[], None] | None = None) -> Self:
        """Run until the morning of a day, counted from the first day of the run. Raises InputError for a day
        behind its end."""
        if day > len(self._levers):
            raise InputError(
                f"the run ends after {len(self._levers)} days, burn-in included: it cannot go on to day {day}"
            )
        while self.day < day:
            self._run_pass(self.days_of_pass(day - self.day), progress)
        return self

    def days_of_pass(self, most: int) -> int:
        """How many days the next pass can take, of so many to come."""
        return min(self.days_per_pass, self._days_to_stop(), most)

    def _days_to_stop(self) -> int:
        """A pass crosses neither the turn of a year nor a morning on which anything is shared out by need."""
        stops = [YEAR - self.day % YEAR]
        for policy in self._shared.values():
            if policy.by_need and self._first_day(policy) > self.day:
                stops.append(self._first_day(policy) - self.day)
        if self._pools_time:
            stops.append(WEEK - self.day % WEEK)
        return min(stops)

    @property
    def _pools_time(self) -> bool:
        """Whether streets pool their departments' time at some time of the run."""
        return DEPARTMENTS in self.systems and bool(self._levers["pooled"].any())

    def _first_day(self, policy: Policy) -> int:
        return policy.start + self.settings.burn_in

    def begin_pass(self, days: int) -> Days:
        """What a pass over the next days works with: no more than `days_of_pass` allows. Once all communities
        have lived through them, `end_pass` must follow."""
        self._allocate()
        if self._pools_time and week_begins(self.day):
            self._share_out_week()
        if self.day % YEAR == 0 and self.day > 0:
            self.hours.new_year()
        levers = self._levers[self.day : self.day + days]
        k = constants(self._always, self.parameters, levers, self.day)
        sunk = self._parts_on("sunk", range(self.day, self.day + days))
        return Days(self.world, k, self._asking, self._values, levers, sunk, self.seed, self.day)

    def end_pass(self, of: Days, tallies: list[Tally]) -> None:
        """The days of a pass are written down. tallies: of whoever lived a part of it."""
        days = len(of.levers)
        self._write_down(days, tallies, of.sunk)
        self.day += days

    def _run_pass(self, days: int, progress: Callable[[], None] | None) -> None:
        """All communities live through some days."""
        of, told = self.begin_pass(days), 0

        def done(lots: int, of: int) -> None:
            nonlocal told
            while progress is not None and told < days * lots // of:
                told += 1
                progress()

        self.end_pass(of, self._crew.live(of, done))

    def _write_down(self, days: int, tallies: list[Tally], sunk: NDArray[np.int32]) -> None:
        """Add up what the threads tallied (whole numbers: the order cannot show), and price the policies."""
        rows, people, minutes, durations = (
            reduce(np.add, [_whole(part) for part in parts]) for parts in zip(*tallies, strict=True)
        )
        rows[:, COLUMNS.index("day")] = np.arange(self.day, self.day + days)
        self.shares.extend(self.hours.days(people, minutes))
        if self.settings.policies:
            for t in range(days):
                self._price(rows[t], int(sunk[t].sum()))
        self._rows.append(rows)
        self._durations.append(durations)

    def _price(self, row: NDArray[np.int64], sunk: int) -> None:
        today = Record(*row.tolist())
        day = today.day - self.settings.burn_in
        levers = self._levers_on(day)
        levers.sunk = sunk
        row[_PRICES] = price(self.settings.policies, day, levers, today, self.place, self.parameters)

    # shared out among the communities -----------------------------------------------------------------

    def _allocate(self) -> None:
        """Share policies out among communities, by need on the morning when the policy begins to act."""
        for at, policy in self._shared.items():
            if at not in self.targets and (not policy.by_need or self._first_day(policy) == self.day):
                self.targets[at] = policy.share_out(
                    self.places, self.place, self.parameters, self.world.com["open"][:-1]
                )

    def _share_out_week(self) -> None:
        """On Mondays departments' time in a street goes where most waits, or to each community its own."""
        com = self.world.com
        weeks = pooled(self.world) if self._levers["pooled"][self.day] else com["department_minutes"][:-1]
        com["department_week"][:-1] = weeks

    def _parts_on(self, lever: str, days: range) -> NDArray[np.int32]:
        """Where a lever that is shared out stands in each community. Shape: days, communities."""
        parts = np.empty((len(days), len(self.places)), dtype=np.int32)
        parts[:] = [
            getattr(levers_on(0, (), place.sunk_members, self.parameters, place), lever)
            for place in self.places
        ]
        moving = {at: policy for at, policy in self._shared.items() if policy.shared == lever}
        for t, day in enumerate(days):
            for at, policy in moving.items():
                level = policy.level(day - self.settings.burn_in)
                if level > 0.0:
                    parts[t] = toward_counts(parts[t], self.targets[at], level)
        return parts

    # results ------------------------------------------------------------------------------------------

    @property
    def rows(self) -> NDArray[np.int64]:
        """All records so far. Shape: days, columns of `Record`."""
        return np.concatenate(self._rows) if self._rows else np.zeros((0, len(COLUMNS)), dtype=np.int64)

    @property
    def durations(self) -> NDArray[np.int64]:
        """Matters truly resolved, by day and by days since the report. Shape: days, MAX_DURATION."""
        return np.concatenate(self._durations) if self._durations else np.zeros((0, MAX_DURATION), np.int64)

    @property
    def records(self) -> list[tuple[int, ...]]:
        """All records so far, as the object engine keeps them."""
        return [tuple(row) for row in self.rows.tolist()]

    def window(self, first: int = 0, last: int | None = None) -> Window:
        """The records of some days, to take measures of. first, last: from the first day of the run."""
        rows = self.rows
        end = len(rows) if last is None else last
        durations = self.durations[first:end].sum(axis=0)
        given = self.shares[end - 1] if end else NO_SHARES
        return Window(rows[first:end], durations, given, self.totals)

    def measures(self) -> dict[str, float]:
        """Every measure over the days after the burn-in; nan throughout until one of them has passed."""
        window = self.window(self.settings.burn_in)
        return all_of(window)

    def daily(self) -> "pd.DataFrame":
        """Every measure day by day, tidy: as `Community.daily`."""
        rows, durations = self.rows, self.durations
        windows = [
            Window(rows[day : day + 1], durations[day], self.shares[day], self.totals)
            for day in range(len(rows))
        ]
        import pandas as pd  # a third of the time that importing all of this takes

        wide = pd.DataFrame({name: [m.of(w) for w in windows] for name, m in MEASURES.items()})
        return daily_table(wide, self.settings.burn_in)

    def branch(self, policies: str | Sequence[Policy | str]) -> Self:
        """A twin that goes on from today with further policies: the same people, the same luck."""
        settings = scenarios.branched(self.settings, policies_from(policies), self.day)
        twin = copy.copy(self)
        twin.settings = settings
        twin.world = type(self.world)(
            *(column if name in FIXED else column.copy() for name, column in _named(self.world))
        )
        twin.world = with_systems(twin.world, twin.systems)
        twin.hours = copy.deepcopy(self.hours)
        twin._rows, twin._durations, twin.shares = list(self._rows), list(self._durations), list(self.shares)
        twin.targets = dict(self.targets)
        twin._set_levers()
        twin.world = with_room(twin.world, twin.parameters, twin._longest_life())
        twin._prepare()
        return twin

    def columns(self, of: str = "resident", number: int | None = None) -> dict[str, NDArray[Any]]:
        """The state of all agents of a kind as columns, as `Community.columns` gives it.

        of: a name in `agents.traits.AGENTS`; number: of one community; None: all, numbered through the city.
        """
        return state(self.world, of, None if number is None else self.index(number))

    def by_community(self) -> "pd.DataFrame":
        """How every community stands this morning, one row each, as `community_table` gives it."""
        return community_table(self.world, self.day)

    def index(self, number: int) -> int:
        """Where a community stands in the tables. Raises InputError if it is not simulated here."""
        found = np.flatnonzero(self.world.com["number"][:-1] == number)
        if len(found) == 0:
            raise InputError(f"community {number} is not simulated here")
        return int(found[0])


def _named(w: World) -> list[tuple[str, NDArray[Any]]]:
    return list(zip(World._fields, w, strict=True))


def _whole(part: NDArray[Any]) -> NDArray[np.int64]:
    """Part of a tally as plain numbers; records as a table, shape (days, columns of `Record`)."""
    if part.dtype.names:
        return np.asarray(part).view(np.int64).reshape(len(part), len(COLUMNS)).copy()
    return part
