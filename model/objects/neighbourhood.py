"""A neighbourhood of objects: the state that a day reads and changes, and the ways to change it.

`model.day` says what happens in a day and `model.community` makes a neighbourhood, runs it and keeps its
records; neither is known here.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from linli.agents import decision
from linli.agents.actor import Linked
from linli.agents.chance import draw, draws, key, pick
from linli.agents.community_fund import CommunityFund
from linli.agents.community_worker import CommunityWorker
from linli.agents.departments import Departments
from linli.agents.emergency import Emergency
from linli.agents.linked_unit import LinkedUnit
from linli.agents.party_member import PartyMember
from linli.agents.property_firm import PropertyFirm
from linli.agents.resident import Resident
from linli.agents.rules.asking import NOT_ASKED, stamp
from linli.agents.rules.bout import ALL_SKILLS, WHOLE_FIT, has_skill, quality_of_minute, usefulness
from linli.agents.rules.branches import members_in_branches
from linli.agents.rules.departments import SERVED, is_lost
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.learning import lesson_of_matter, quanta
from linli.agents.rules.matching import REGISTERED, member_of, skill_of_sunk
from linli.agents.rules.occasion import highest_rate
from linli.agents.rules.order import comes_first, minutes_in_order
from linli.agents.rules.participation import active_since
from linli.agents.rules.resolution import (
    LATENT,
    REPORTED,
    RESOLVED,
    comes_upon,
    counted_as,
    is_needed,
    lacking,
    outcome_of,
)
from linli.agents.rules.rest import longest_rest, rests_since
from linli.agents.rules.reward import most_of_rewards, pull_of_reward, share_that_leaves
from linli.agents.rules.work_time import minutes
from linli.agents.social_organisation import SocialOrganisation
from linli.agents.sorting_household import SortingHousehold
from linli.agents.traits import SUMMED, SUMS, sum_of
from linli.agents.volunteer import Volunteer
from linli.model.matters import MEETS, NEEDS_DEPARTMENT, NEEDS_MONEY, OF_PROPERTY, QUALITY, SKILL, USEFULNESS
from linli.model.measures.hours import HoursGiven
from linli.model.measures.record import Record
from linli.model.measures.spans import MAX_DURATION
from linli.model.objects.diary import Diary
from linli.model.objects.fields import Fields
from linli.model.objects.occasions import Occasions
from linli.model.objects.places import Building, Compound, Matter
from linli.model.objects.posts import Posts
from linli.model.policies import levers_on
from linli.model.policies.ask import DORMANT
from linli.model.policies.levers import Levers
from linli.model.population import Population, standard_motive, theta_of
from linli.model.scenario import Scenario
from linli.model.systems import Systems, systems_of

Order = Callable[[list[Any]], list[Any]]


def _told_to_mesa(settings: Scenario) -> mesa.experimental.scenarios.Scenario:
    """What `model.scenario` is to those who know Mesa: name, days, seed and parameters; `settings` is all."""
    spans = {"name": settings.name, "days": settings.days, "burn_in": settings.burn_in}
    parameters = dataclasses.asdict(settings.parameters)
    return mesa.experimental.scenarios.Scenario(rng=settings.seed, **spans, **parameters)


class Neighbourhood(Linked, mesa.Model):
    """Places, people, the queue of matters and today's levers, of one community.

    It is empty until `model.objects.settling` has settled it. settings: of this community alone; number:
    which one of a city (0 if there is one); order: reorders agents before each activation (nothing may change
    by it); key: entity of the draws; day: the morning it stands on; since: that of the first record;
    volunteer_of: the role of each resident on the register of volunteers, by number; hosts: numbers of
    residents who are members; sorters: all households, where a policy brought waste sorting; ties_made:
    acquaintances from acting, each counted once; on_drive: whether today's visits register people; at_work:
    organisations that exist today, and fields what was done in theirs; last_acts: day of each resident's last
    act, shape: residents; sums: of states, in quanta.
    """

    people: Population
    compounds: list[Compound]
    buildings: list[Building]
    firms: list[PropertyFirm]
    residents: list[Resident]
    households: list[list[Resident]]
    adults: list[Resident]
    adult_age: NDArray[np.int8]
    adult_tenure: NDArray[np.int8]
    last_acts: NDArray[np.int32]
    hours: HoursGiven
    diary: Diary
    occasions: Occasions
    posts: Posts
    workers: list[CommunityWorker]
    organisations: list[SocialOrganisation]
    units: list[LinkedUnit]
    fund: CommunityFund
    emergency: Emergency
    departments: Departments
    people_to_ask: Callable[[int], tuple[list[Resident], bool]]

    def __init__(self, settings: Scenario, number: int | None, order: Order | None) -> None:
        super().__init__(scenario=_told_to_mesa(settings))
        self.settings = settings
        self.place, self.parameters, self.seed = settings.place, settings.parameters, settings.seed
        self.number = number or 0
        self.key, self.order = key(self.number, 0), order
        self.day = self.since = 0
        self.today = Record()
        self.sums = dict.fromkeys(SUMS, 0)
        self.volunteer_of: dict[int, Volunteer] = {}
        self.members: list[PartyMember] = []
        self.hosts: set[int] = set()
        self.sorters: list[SortingHousehold] = []
        self.ties_made = 0
        self._set_constants()

    def _set_constants(self) -> None:
        p = self.parameters
        self.set_levers(levers_on(-1, (), self.place.sunk_members, p, self.place))
        self.highest_rate: float = highest_rate(p.lambda0, p.council_occasions, p.mu, p.weekend)
        self.visit_minutes: int = minutes(p.c_ask)
        self.call_minutes: int = minutes(p.c_call)
        self.meeting_minutes: int = minutes(p.council_meeting)
        self.match_cost: int = minutes(p.c_m)
        self.on_drive = False
        self.branch_turns: Counter[int] = Counter()
        self.match_bank = self.match_minutes_today = self.matter_minutes = self.emergency_minutes = 0
        self._left: dict[tuple[float, int], float] = {}
        self.queue: list[Matter] = []
        self.new_matters: list[Matter] = []
        self.asked: list[Resident] = []
        self.acting: list[Resident] = []
        self.experiences: list[tuple[Resident, float]] = []
        self.buildings_with_news: list[Building] = []
        self.at_work: list[SocialOrganisation] = []
        self.fields = Fields()

    def set_levers(self, levers: Levers) -> None:
        """Where the levers stand today, and what follows from them for everybody alike: how many sunk members
        are in branches, who leaves in spite of an allowance, and what rewards can add to an appeal."""
        p = self.parameters
        self.levers = levers
        self.in_branches: int = members_in_branches(levers.branches, levers.sunk)
        self.share_that_leaves: float = share_that_leaves(levers.allowance, p.allowance_scale)
        self.pull_of_reward: float = pull_of_reward(p.b_r, levers.points)
        self.rewards_at_most: float = most_of_rewards(p.b_r, levers.points, p.b_w)

    def begin_on(self, day: int, following: NDArray[np.int32]) -> None:
        """Begin on another day than the first: records are kept from then on. following: candidate days."""
        self.day = self.since = day
        self.running = day < self.settings.burn_in + self.settings.days
        self.diary.begin_on(day, following)

    def add_up(self) -> None:
        """Add up what is otherwise kept while it changes: sums of states, hours, last acts, ties made."""
        for name in SUMMED:
            self.sums[sum_of(name)] = sum(quanta(getattr(resident, name)) for resident in self.adults)
        self.hours = HoursGiven.of([resident.minutes_year for resident in self.adults])
        self.ties_made = sum(resident.ties_made for resident in self.residents) // 2
        self.last_acts = np.array([resident.last_acted for resident in self.residents], dtype=np.int32)

    # a day --------------------------------------------------------------------------------------------

    def _set_clock(self) -> None:
        """What the day alone decides: who may still rest, who is remembered as active, which asks are new."""
        p = self.parameters
        self.rests_since: int = rests_since(self.day, longest_rest(p.R, p.rest_motive))
        self.active_since: int = active_since(self.day, p.W)
        self.unasked: int = stamp(self.day, NOT_ASKED)
        self.today = Record(day=self.day)
        self._resolved_after: list[int] = []

    def _new_year(self) -> None:
        self.hours.new_year()
        for resident in self.adults:
            resident.minutes_year = 0

    def in_order(self, agents: list[Any]) -> list[Any]:
        """The order in which agents are activated: theirs, unless the model was made to shuffle."""
        return agents if self.order is None else self.order(agents)

    def fatigue_left(self, days: int) -> float:
        """The share of a fatigue that is left after some days."""
        return self._what_is_left(self.parameters.delta_F, days)

    def habit_left(self, days: int) -> float:
        """The share of a habit that is left after some days."""
        return self._what_is_left(self.parameters.delta_h, days)

    def worn_left(self, days: int) -> float:
        """The share of what rewards have worn that is left after some days."""
        return self._what_is_left(self.parameters.delta_w, days)

    def _what_is_left(self, rate: float, days: int) -> float:
        """Worked out once for each number of days."""
        left = self._left.get((rate, days))
        if left is None:
            left = self._left[rate, days] = left_after(rate, days)
        return left

    def on_platform(self, resident: Resident) -> bool:
        """Whether a resident uses the digital platform at today's coverage."""
        coverage = self.levers.coverage
        return coverage > 0.0 and draw(self.seed, resident.key, 0, decision.ON_PLATFORM, 0) < coverage

    @property
    def systems(self) -> Systems:
        """What acts here beyond what always does."""
        return systems_of(self.settings.policies, self.settings.place)

    @property
    def asks_dormant(self) -> bool:
        """Whether today's visits look for residents who have not acted for a year."""
        return self.levers.ask == DORMANT

    def is_asked(self) -> NDArray[np.bool_]:
        """Whether each resident has been asked today, by number."""
        asked = np.zeros(len(self.residents), dtype=np.bool_)
        asked[[resident.number for resident in self.asked]] = True
        return asked

    def worker_of(self, resident: Resident) -> CommunityWorker:
        """The worker who keeps contact with a resident: the first one of the grid."""
        return self.workers[resident.home_compound.grid % len(self.workers)]

    def volunteers(self) -> list[Volunteer]:
        """Everybody on the register of volunteers."""
        return list(self.volunteer_of.values())

    # matters ------------------------------------------------------------------------------------------

    def open_matter(self, matter: Matter) -> None:
        """A matter arises: latent, at the back of the queue."""
        self.queue.append(matter)
        self.new_matters.append(matter)
        matter.compound.opens(matter)
        self.today.arisen += 1

    def come_upon(self, building: Building, u: float) -> None:
        """Somebody is at a door, and may come upon the oldest matter that is hidden there. u: draw.

        It is reported when everybody has asked: so all look at the same morning, in whatever order.
        """
        if comes_upon(self.parameters.discover, u):
            hidden = (matter for matter in building.compound.matters if matter.is_hidden_at(building))
            found = next(hidden, None)
            if found is not None:
                found.reported = self.day

    def report_finds(self) -> None:
        """What visits came upon today is on the record."""
        for matter in self.queue:
            if matter.status == LATENT and matter.reported == self.day:
                matter.status = REPORTED
                self.today.reported += 1

    def needs(self, matter: Matter) -> tuple[bool, bool]:
        """Whether a matter needs money, and whether a department's authority."""
        p, kind = self.parameters, matter.kind
        u_money, u_department, _, _ = draws(self.seed, matter.compound.key, 0, decision.NEEDS, matter.serial)
        return (
            is_needed(p.needs_money, NEEDS_MONEY[kind], u_money),
            is_needed(p.needs_department, NEEDS_DEPARTMENT[kind], u_department),
        )

    def lacks(self, matter: Matter) -> int:
        """How many of money and a department's authority a matter needs, which nobody brings."""
        p = self.parameters
        if p.needs_money == 0.0 and p.needs_department == 0.0:
            return 0
        money, department = self.needs(matter)
        found: int = lacking(money, matter.funded, department, matter.stage == SERVED)
        return found

    def send_back(self, matter: Matter) -> None:
        """To the back of the queue."""
        self.queue.remove(matter)
        self.queue.append(matter)
        matter.compound.sent_back(matter)

    def works_on(self, actor: int, kind: int) -> bool:
        """Whether somebody's minutes go into matters of a kind."""
        return USEFULNESS.item(actor, kind) > 0

    def work_down(
        self,
        matters: Iterable[Matter],
        pool: int,
        actor: int,
        *,
        skill: int = ALL_SKILLS,
        fit: int = WHOLE_FIT,
        by: Resident | None = None,
    ) -> int:
        """A pool of minutes meets matters, oldest first; returns the minutes that are left.

        matters: in the order of their queue; actor: whose minutes, see `model.matters.USEFULNESS`; by: the
        resident who gives them, to what he or she sees; None: an organised force, to what is reported.
        """
        met, unskilled = 0, self.parameters.unskilled
        for matter in matters:
            if pool == 0 or met == MEETS.item(actor):
                break
            percent = USEFULNESS.item(actor, matter.kind)
            if percent and (matter.awaits_work if by is None else matter.is_in_sight_of(by)):
                skilled = has_skill(skill, SKILL.item(matter.kind))
                quality = quality_of_minute(QUALITY.item(actor, 0), QUALITY.item(actor, 1), skilled, fit)
                due = matter.need
                pool -= matter.work_on(pool, usefulness(percent, skilled, unskilled), quality, by)
                if OF_PROPERTY[matter.kind]:
                    matter.compound.counts_work(actor, due - matter.need)
                if self.at_work:
                    self.fields.note(matter.kind, by is None, due - matter.need)
                met += 1
                if by is not None:
                    by.worked_on = matter
        return pool

    def work_in_order(self, matters: Iterable[Matter], pool: int, actor: int) -> int:
        """A pool of an organised force meets first what the order of the day says, then the rest; returns the
        minutes that are left. matters, actor: as in `work_down`."""
        levers = self.levers
        spent = 0
        if levers.order != 0.0:
            first = [
                m for m in matters
                if comes_first(levers.order, m.is_shared, self.day, m.reported, levers.deadline)
            ]  # fmt: skip
            given = minutes_in_order(levers.order, pool)
            spent = given - self.work_down(first, given, actor)
        return self.work_down(matters, pool - spent, actor)

    def end_matter(self, matter: Matter, status: int) -> None:
        """A matter ends: contributors, and those it concerns, learn what really became of it."""
        was_reported = matter.status == REPORTED
        matter.status = status
        self.queue.remove(matter)
        if matter.is_in_sight(self.parameters.sees_dead):
            matter.compound.sees(matter, -1)
        matter.compound.ends(matter)
        matter.affected.learns_whether_heard(status == RESOLVED, was_reported)
        outcome = outcome_of(status)
        self.tell_contributors(matter, outcome, self.parameters.thanked)
        matter.building.sees_end(status == RESOLVED)
        concerned = matter.building.adults if matter.is_shared else [matter.affected]
        for resident in concerned:
            resident.learns_fate(outcome)
        if matter.compound.firm is not None and OF_PROPERTY[matter.kind]:
            matter.affected.experiences_property(outcome)
        self.today.lost_between_hands += is_lost(matter.stage, status == RESOLVED)
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

    def tell_contributors(self, matter: Matter, outcome: float, thanks: float) -> None:
        """The first contributors hear what their work achieved; they learn from it at the end of the day."""
        lesson = lesson_of_matter(outcome, self.parameters.expects, matter.building.expected, thanks)
        self.experiences.extend((resident, lesson) for resident in matter.contributors)

    # people -------------------------------------------------------------------------------------------

    def recruit_sunk_members(self, headcount: int) -> None:
        """Draw sunk members up to a head-count; number n is the same person in every run of a seed."""
        for number in range(len(self.members), self.place.managed_members + headcount):
            u_here, u_where, _, _ = draws(self.seed, key(self.number, number), 0, decision.HOME, 0)
            home = None
            if u_here < self.parameters.sunk_at_home:
                host = self.adults[pick(u_where, len(self.adults))]
                if host.number not in self.hosts:
                    self.hosts.add(host.number)
                    home = host
            u_skill, _, _, _ = draws(self.seed, key(self.number, number), 0, decision.MEMBER, 1)
            self.register_member(home, skill_of_sunk(u_skill), standing=False)

    def register_member(self, home: Resident | None, skill: int, standing: bool) -> PartyMember:
        """One more member. home: where the member lives, None elsewhere; standing: serves for good."""
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
        if self.sorters:
            self.sorters[number].begins_anew()
