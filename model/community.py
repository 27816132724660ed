"""A community as a mesa.Model: the object engine, where every agent is an object that can be asked.

What happens in a day stands in `model/day.py`; what people decide stands in `agents/rules/`. This file only
holds the world together: it makes the agents, keeps the queue of matters and writes the record.
"""

import copy
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

import mesa
import numpy as np
import pandas as pd
from mesa.datacollection import DataCollector
from numpy.typing import NDArray

from linli.agents import decision
from linli.agents.chance import draw, draws, key, pick
from linli.agents.community_worker import CommunityWorker
from linli.agents.party_member import PartyMember
from linli.agents.property_firm import PropertyFirm
from linli.agents.resident import Resident
from linli.agents.rules.asking import NOT_ASKED, stamp
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.learning import quanta
from linli.agents.rules.matching import REGISTERED, SKILL_TIME_WISH, member_of, skill_of_sunk
from linli.agents.rules.occasion import highest_rate, rests_since
from linli.agents.rules.participation import active_since
from linli.agents.rules.resolution import REPORTED, counted_as, outcome_of
from linli.agents.rules.work_time import minutes
from linli.agents.traits import AGENTS, SUMMED, SUMS, sum_of
from linli.agents.volunteer import Volunteer
from linli.model import day as phases
from linli.model import network as networks
from linli.model import scenario as scenarios
from linli.model.errors import InputError
from linli.model.matters import OF_PROPERTY, Matter, work_down
from linli.model.measures import MEASURES, Measure, Totals, Window, daily_table
from linli.model.measures.hours import HoursGiven, Shares
from linli.model.measures.record import COLUMNS, Record
from linli.model.measures.spans import MAX_DURATION, YEAR
from linli.model.objects import recording as stocktaking
from linli.model.objects.asking_lists import AskingLists
from linli.model.objects.diary import Diary
from linli.model.objects.places import Building, Compound
from linli.model.objects.posts import Posts
from linli.model.policies import Policy, levers_on, policies_from
from linli.model.policies.ask import DORMANT
from linli.model.population import Population, populate, standard_motive, theta_of
from linli.model.zoom import community_scenario

Order = Callable[[list[Any]], list[Any]]
_row = attrgetter(*COLUMNS)


class Community(mesa.Model):
    """One community, day by day.

    scenario: a name, a file or a `Scenario`; policies: added to the scenario's own, as `Policy` objects or as
    text ("match:method=random; relieve:share=.5"); rng: the seed (the scenario's own if None); population,
    network: in place of the generated ones; number: which community of a city (0 if there is one); order:
    reorders agents before each activation (nothing may change by it); further keywords are parameters,
    checked by name and range.
    Raises InputError when any of it cannot be.
    """

    def __init__(
        self,
        scenario: str | scenarios.Scenario = "donghu",
        *,
        policies: str | Sequence[Policy | str] = (),
        rng: int | None = None,
        population: Population | None = None,
        network: networks.Network | None = None,
        number: int | None = None,
        order: Order | None = None,
        **parameters: float,
    ) -> None:
        settings = scenarios.settings_of(scenario, policies, rng, parameters)
        settings = community_scenario(settings, number)
        super().__init__(rng=settings.seed)
        self.settings = settings
        self.place, self.parameters, self.seed = settings.place, settings.parameters, settings.seed
        self.number = number or 0
        self.key, self.order = key(self.number, 0), order
        self.day = self.since = 0
        self.today = Record()
        self.sums = dict.fromkeys(SUMS, 0)
        self._set_constants()
        people = population
        if people is None:
            people = populate(self.place, self.parameters, self.seed, self.number)
        if len(people.adults) == 0 or len(people) < 2:
            raise InputError("a community needs at least two residents, one of them adult")
        ties = networks.build(people, self.parameters, self.seed) if network is None else network
        ties.check(len(people))
        self._settle(people, ties)
        self.people_to_ask = AskingLists(self).people
        self.records: list[tuple[int, ...]] = []
        self.durations: list[NDArray[np.int64]] = []
        self.shares: list[Shares] = []
        self.datacollector = DataCollector(model_reporters=_reporters())

    # the making of a community ------------------------------------------------------------------------

    def _set_constants(self) -> None:
        p = self.parameters
        self.levers = levers_on(-1, (), self.place.sunk_members, p, self.place)
        self.highest_rate: float = highest_rate(p.lambda0, p.council_occasions, p.mu)
        self.visit_minutes: int = minutes(p.c_ask)
        self.call_minutes: int = minutes(p.c_call)
        self.meeting_minutes: int = minutes(p.council_meeting)
        self.match_cost: int = minutes(p.c_m)
        self.match_bank = self.match_minutes_today = self.matter_minutes = 0
        self._left: dict[int, float] = {}
        self.queue: list[Matter] = []
        self.new_matters: list[Matter] = []
        self.asked: list[Resident] = []
        self.acting: list[Resident] = []
        self.experiences: list[tuple[Resident, float]] = []
        self.buildings_with_news: list[Building] = []

    def _settle(self, people: Population, ties: networks.Network) -> None:
        self.people = people
        self.diary = Diary(people.age, self.number, self.highest_rate, self.seed)
        self._build_homes(people)
        self._house_residents(people, ties)
        self._open_register(people)
        self._post_workers()
        self.adult_age, self.adult_tenure = people.age[people.adults], people.tenure[people.adults]
        self.add_up()
        self.totals = Totals.of(people, self.place, len(self.posts), len(self.firms))

    def _build_homes(self, people: Population) -> None:
        ranks, size = people.compound_rank.tolist(), len(people.compound_grid)
        self.compounds = [
            Compound(c, key(self.number, c), int(people.compound_grid[c]), ranks[c]) for c in range(size)
        ]
        self.buildings = [
            Building(b, self.compounds[c]) for b, c in enumerate(people.building_compound.tolist())
        ]
        self.firms = []
        for number in range(int(people.compound_firm.max()) + 1):
            served = [self.compounds[c] for c in np.flatnonzero(people.compound_firm == number)]
            firm = PropertyFirm(self, number, served)
            for compound in served:
                compound.firm = firm
            self.firms.append(firm)

    def _house_residents(self, people: Population, ties: networks.Network) -> None:
        names = ("household", "age", "tenure", "party", "free_minutes", "skill", "theta", "last_acted")
        columns = [getattr(people, name).tolist() for name in names]
        homes = zip(people.compound.tolist(), people.building.tolist(), strict=True)
        self.residents: list[Resident] = []
        self.households: list[list[Resident]] = [[] for _ in range(int(people.household[-1]) + 1)]
        for number, ((c, b), *values) in enumerate(zip(homes, *columns, strict=True)):
            compound, building = self.compounds[c], self.buildings[b]
            traits = dict(zip(names, values, strict=True))
            resident = Resident(self, number, key(self.number, number), compound, building, **traits)
            self.residents.append(resident)
            self.households[resident.household].append(resident)
            for where in (compound, building):
                where.residents.append(resident)
                if resident.is_adult:
                    where.adults.append(resident)
        self.adults = [resident for resident in self.residents if resident.is_adult]
        for building, head in zip(self.buildings, people.head.tolist(), strict=True):
            building.head = self.residents[head] if head >= 0 else None
        start = ties.start.tolist()
        for resident in self.residents:
            known = ties.ties[start[resident.number] : start[resident.number + 1]].tolist()
            resident.ties = [self.residents[other] for other in known]
        for number in np.flatnonzero(people.volunteer).tolist():
            Volunteer(self, self.residents[number], 0)

    def _open_register(self, people: Population) -> None:
        p = self.parameters
        self.posts = Posts(len(self.compounds), p.posts, p.other_skill, p.other_wish)
        self.members: list[PartyMember] = []
        self._hosts: set[int] = set(people.managed.tolist())
        for number, host in enumerate(people.managed.tolist()):
            leads = number < self.place.serving_members
            member = self._register_member(self.residents[host], self.residents[host].skill, standing=leads)
            if leads:
                first = member.home.compound * p.posts  # type: ignore[union-attr]
                post = self.posts.find(SKILL_TIME_WISH, member.skill, member.time, member.wish, first)
                member.takes(post, self.posts.fit(post, member.skill, member.time, member.wish))
        self.recruit_sunk_members(self.place.sunk_members)

    def recruit_sunk_members(self, headcount: int) -> None:
        """Draw sunk members up to a head-count; number n is the same person in every run of a seed."""
        for number in range(len(self.members), self.place.managed_members + headcount):
            u_here, u_where, _, _ = draws(self.seed, key(self.number, number), 0, decision.HOME, 0)
            home = None
            if u_here < self.parameters.sunk_at_home:
                host = self.adults[pick(u_where, len(self.adults))]
                if host.number not in self._hosts:
                    self._hosts.add(host.number)
                    home = host
            u_skill, _, _, _ = draws(self.seed, key(self.number, number), 0, decision.MEMBER, 1)
            self._register_member(home, skill_of_sunk(u_skill), standing=False)

    def _register_member(self, home: Resident | None, skill: int, standing: bool) -> PartyMember:
        number = len(self.members)
        who = key(self.number, number)
        u_time, u_wish, u_day, _ = draws(self.seed, who, 0, decision.MEMBER, 0)
        time, wish, session = member_of(u_time, u_wish, u_day)
        member = PartyMember(
            self,
            number,
            who,
            home=home,
            skill=skill,
            time=time,
            wish=wish,
            session=session,
            standing=standing,
            status=REGISTERED,
        )
        self.members.append(member)
        return member

    def begin_on(self, day: int, following: NDArray[np.int32]) -> None:
        """Begin on another day than the first: records are kept from then on. following: candidate days."""
        self.day = self.since = day
        self.diary.begin_on(day, following)

    def add_up(self) -> None:
        """Add up what is otherwise kept while it changes: sums of states, hours given, last acts."""
        for name in SUMMED:
            self.sums[sum_of(name)] = sum(quanta(getattr(resident, name)) for resident in self.adults)
        self.hours = HoursGiven.of([resident.minutes_year for resident in self.adults])
        self.last_acts = np.array([resident.last_acted for resident in self.residents], dtype=np.int32)

    def _post_workers(self) -> None:
        grids = self.place.grids
        self.workers = [
            CommunityWorker(self, n, key(self.number, n), n % grids) for n in range(self.place.workers)
        ]

    # a day --------------------------------------------------------------------------------------------

    def step(self) -> None:
        """One day: the phases of `model.day.DAY`, in order."""
        self.begin_day()
        for phase in phases.DAY:
            phase(self)
        self.day += 1

    def begin_day(self) -> None:
        """What the day alone decides, before its phases."""
        if self.day % YEAR == 0 and self.day > 0:
            self._new_year()
        self._set_clock()

    def _set_clock(self) -> None:
        """What the day alone decides: who still rests, who is remembered as active, which asks are new."""
        p = self.parameters
        self.rests_since: int = rests_since(self.day, p.R)
        self.active_since: int = active_since(self.day, p.W)
        self.unasked: int = stamp(self.day, NOT_ASKED)
        self.today = Record(day=self.day)
        self._resolved_after: list[int] = []

    def _new_year(self) -> None:
        self.hours.new_year()
        for resident in self.adults:
            resident.minutes_year = 0

    def in_order(self, agents: list[Any]) -> list[Any]:
        """The order in which agents are activated: theirs, unless the community was made to shuffle."""
        return agents if self.order is None else self.order(agents)

    def fatigue_left(self, days: int) -> float:
        """The share of a fatigue that is left after some days; worked out once for each number of days."""
        left = self._left.get(days)
        if left is None:
            left = self._left[days] = left_after(self.parameters.delta_F, days)
        return left

    def on_platform(self, resident: Resident) -> bool:
        """Whether a resident uses the digital platform at today's coverage."""
        coverage = self.levers.coverage
        return coverage > 0.0 and draw(self.seed, resident.key, 0, decision.ON_PLATFORM, 0) < coverage

    @property
    def asks_dormant(self) -> bool:
        """Whether today's visits look for residents who have not acted for a year."""
        return self.levers.ask == DORMANT

    def worker_of(self, resident: Resident) -> CommunityWorker:
        """The worker who keeps contact with a resident: the first one of the grid."""
        return self.workers[resident.home_compound.grid % len(self.workers)]

    def volunteers(self) -> list[Volunteer]:
        """Everybody on the register of volunteers."""
        return list(self.agents_by_type.get(Volunteer, ()))

    # matters ------------------------------------------------------------------------------------------

    def open_matter(self, matter: Matter) -> None:
        """A matter arises: latent, at the back of the queue."""
        self.queue.append(matter)
        self.new_matters.append(matter)
        matter.compound.opens(matter)
        self.today.arisen += 1

    def send_back(self, matter: Matter) -> None:
        """To the back of the queue."""
        self.queue.remove(matter)
        self.queue.append(matter)
        matter.compound.sent_back(matter)

    def work_down(self, matters: Iterable[Matter], pool: int, actor: int, **whose: Any) -> int:
        """A pool of minutes meets matters, see `model.matters.work_down`; returns what is left."""
        return work_down(matters, pool, actor, self.parameters.unskilled, **whose)

    def end_matter(self, matter: Matter, status: int) -> None:
        """A matter ends: contributors, and those it concerns, learn what really became of it."""
        was_reported = matter.status == REPORTED
        matter.status = status
        self.queue.remove(matter)
        matter.compound.ends(matter)
        outcome = outcome_of(status)
        self.tell_contributors(matter, outcome)
        concerned = matter.building.adults if matter.is_shared else [matter.affected]
        for resident in concerned:
            resident.learns_fate(outcome)
        if matter.compound.firm is not None and OF_PROPERTY[matter.kind]:
            matter.affected.experiences_property(outcome)
        self._count_end(matter, status, was_reported)

    def _count_end(self, matter: Matter, status: int, was_reported: bool) -> None:
        today = self.today
        resolved, resolved_unreported, on_paper, lapsed, lapsed_unreported = counted_as(status, was_reported)
        today.resolved += resolved
        today.resolved_unreported += resolved_unreported
        today.closed_on_paper += on_paper
        today.lapsed += lapsed
        today.lapsed_unreported += lapsed_unreported
        if resolved:
            self._resolved_after.append(min(self.day - matter.reported, MAX_DURATION - 1))

    def tell_contributors(self, matter: Matter, outcome: float) -> None:
        """The first contributors hear what their work achieved; they learn from it at the end of the day."""
        self.experiences.extend((resident, outcome) for resident in matter.contributors)

    # people -------------------------------------------------------------------------------------------

    def replace_household(self, number: int) -> None:
        """A household moves out and another one moves in."""
        self.today.households_moved += 1
        household = self.households[number]
        numbers = [resident.number for resident in household]
        z = np.array([standard_motive(self.seed, resident.key, self.day + 1) for resident in household])
        people = self.people
        theta = theta_of(
            z, people.age[numbers], people.tenure[numbers], people.party[numbers], self.parameters
        )
        for member in self.members:
            if member.home in household:
                member.moves_away()
        for resident, motive in zip(household, theta.tolist(), strict=True):
            resident.is_replaced(motive)

    # the record ---------------------------------------------------------------------------------------

    def write_record(self) -> None:
        """Complete today's record with how things stand, price the policies, and collect the measures."""
        stocktaking.take_stock(self)
        self.records.append(_row(self.today))
        self.durations.append(np.bincount(self._resolved_after, minlength=MAX_DURATION))
        self.shares.append(self.hours.shares())
        self.last_day = self.window(self.day)
        self.datacollector.collect(self)

    def window(self, first: int = 0, last: int | None = None) -> Window:
        """The records of some days, to take measures of. first, last: from the first day of the run."""
        begin = max(0, first - self.since)
        end = len(self.records) if last is None else last - self.since
        rows = np.array(self.records[begin:end], dtype=np.int64).reshape(-1, len(COLUMNS))
        durations = np.sum(self.durations[begin:end], axis=0, dtype=np.int64)
        return Window(rows, durations, self.shares[end - 1], self.totals)

    def measures(self) -> dict[str, float]:
        """Every measure over the days after the burn-in."""
        window = self.window(self.settings.burn_in)
        return {name: measure.of(window) for name, measure in MEASURES.items()}

    def daily(self) -> pd.DataFrame:
        """Every measure day by day, tidy: day, measure, unit, value. Day 0 is the first after the burn-in."""
        return daily_table(self.datacollector.get_model_vars_dataframe(), self.settings.burn_in - self.since)

    def run(self, progress: Callable[[], None] | None = None) -> "Community":
        """Run to the end of the scenario: the burn-in and its days. progress: called after each day."""
        return self.run_to(self.settings.burn_in + self.settings.days, progress)

    def run_to(self, day: int, progress: Callable[[], None] | None = None) -> "Community":
        """Run until the morning of a day, counted from the first day of the run. progress: as in `run`."""
        while self.day < day:
            self.step()
            if progress is not None:
                progress()
        return self

    def branch(self, policies: str | Sequence[Policy | str]) -> "Community":
        """A twin that goes on from today with further policies: the same people, the same luck.

        Raises InputError for a policy that should have acted before today.
        """
        settings = scenarios.branched(self.settings, policies_from(policies), self.day)
        depth = sys.getrecursionlimit()
        sys.setrecursionlimit(max(depth, 50 * len(self.residents) + 10_000))
        try:
            twin = copy.deepcopy(self)
        finally:
            sys.setrecursionlimit(depth)
        twin.settings = settings
        return twin

    def columns(self, of: str = "resident") -> dict[str, NDArray[Any]]:
        """The state of all agents of a kind as columns: resident, member, firm or worker."""
        traits, listed = AGENTS[of], getattr(self, f"{of}s")
        return {t.name: np.array([_value(a, t.name) for a in listed], dtype=t.dtype) for t in traits}


def _value(agent: Any, name: str) -> Any:
    value = getattr(agent, name)
    if name == "home":
        return -1 if value is None else value.number
    return value


def _reporters() -> dict[str, Callable[[Community], float]]:
    """For Mesa's DataCollector: each measure as of today."""
    return {name: partial(_measured_today, measure) for name, measure in MEASURES.items()}


def _measured_today(measure: Measure, community: Community) -> float:
    return measure.of(community.last_day)
