"""How communities become tables: everybody moves in, and the register of members opens.

Communities are drawn one by one, in as many threads as wanted, straight into their places in the tables:
nothing is ever held twice, and nothing depends on which thread does what.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from agents import decision
from agents.chance import draw, draws, key, pick
from agents.compiled import loop
from agents.rules.learning import HOME_EFFICACY, USUAL_TRUST, quanta
from agents.rules.matching import ABSENT, REGISTERED, SKILL_TIME_WISH, fit, sessions_a_week
from agents.rules.occasion import calendar, highest_rate, next_candidate
from agents.rules.participation import active_since
from agents.rules.property_service import USUAL_SATISFACTION, pays
from agents.traits import CHILD, NEVER
from model.array.columns import (
    A_FIRM,
    A_MEMBER,
    A_WORKER,
    BUILDING,
    COMMUNITY,
    COMPOUND,
    LIFE,
    MATTER,
    MIND,
    World,
    records,
)
from model.array.matters import chain_queues
from model.array.members import take_first_post
from model.array.ties import count_ties
from model.errors import InputError
from model.matters import REMEMBERED
from model.network import Network, build, reach
from model.parameters import Parameters
from model.place import Place
from model.population import Population, household_sizes, households_of_compounds, populate, starts

QUEUE_SIGMAS = 10.0
"""Room for unfinished matters beyond their mean number; a queue that is full stops the run."""

SHORT = 2**16
"""Local numbers below this take two bytes."""


@dataclass(frozen=True)
class Plan:
    """One community before anybody lives there: its number and figures, how much room it takes, how its
    people are found, and how many members may ever be sunk there.

    ties: room for twice the number of ties.
    """

    number: int
    place: Place
    residents: int
    households: int
    compounds: int
    buildings: int
    firms: int
    ties: int
    most_sunk: int
    people: Callable[[], tuple[Population, Network]]


def planned(number: int, place: Place, p: Parameters, seed: int) -> Plan:
    """The plan of a community whose people are drawn."""

    def people() -> tuple[Population, Network]:
        drawn = populate(place, p, seed, number)
        return drawn, build(drawn, p, seed)

    size = household_sizes(place.residents, place.households, seed, number).astype(np.int64)
    around = sum(reach(ties) for ties in (p.ties_building, p.ties_compound, p.ties_community))
    return Plan(
        number=number,
        place=place,
        residents=place.residents,
        households=place.households,
        compounds=place.compounds,
        buildings=households_of_compounds(place, seed, number)[1],
        firms=place.firms,
        ties=2 * around * place.residents + int((size * (size - 1)).sum()),
        most_sunk=most_sunk(place, p),
        people=people,
    )


def given(place: Place, people: Population, ties: Network, p: Parameters) -> Plan:
    """The plan of a community whose people and ties are known."""
    return Plan(
        number=people.community,
        place=place,
        residents=len(people),
        households=int(people.household[-1]) + 1,
        compounds=len(people.compound_grid),
        buildings=len(people.building_compound),
        firms=int(people.compound_firm.max()) + 1,
        ties=len(ties.ties),
        most_sunk=most_sunk(place, p),
        people=lambda: (people, ties),
    )


def most_sunk(place: Place, p: Parameters) -> int:
    """Room for any policy that a branch may add: no policy sinks more members than there are posts."""
    return max(p.posts * place.compounds, place.sunk_members)


def settle(
    plans: Sequence[Plan],
    p: Parameters,
    seed: int,
    longest_life: int,
    threads: int = 1,
    settled: Callable[[int], None] | None = None,
) -> World:
    """Tables of communities, one behind the other.

    longest_life: of an unfinished matter [days]; settled: told how many residents have moved in.
    """
    residents, ties = (sum(getattr(plan, name) for plan in plans) for name in ("residents", "ties"))
    check_memory(world_bytes(residents, ties, p, longest_life), f"a place of {residents:,} residents")
    world = _empty(plans, p, longest_life)

    def move_in(c: int) -> int:
        people, ties = plans[c].people()
        _move_in(world, c, people, ties, p, seed)
        _first_day(world, c, plans[c].place, p, seed)
        return plans[c].residents

    for here in itertools.accumulate(_in_order(move_in, len(plans), min(threads, len(plans)))):
        if settled:
            settled(here)
    return world


def _in_order(work: Callable[[int], int], tasks: int, threads: int) -> Iterator[int]:
    """What tasks 0, 1, 2 ... return, done by so many threads; by this one, if it is to be alone."""
    if threads <= 1:
        yield from map(work, range(tasks))
    else:
        with ThreadPoolExecutor(threads) as pool:
            yield from pool.map(work, range(tasks))


# empty tables --------------------------------------------------------------------------------------------


def _starts(counts: Iterable[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *counts], dtype=np.int64)


def queue_room(residents: int, p: Parameters, longest_life: int) -> int:
    """Slots for the unfinished matters of a community. longest_life: [days]."""
    mean = residents * p.arrivals / 1000.0 * (longest_life + 1)
    return int(mean + QUEUE_SIGMAS * np.sqrt(mean)) + 16


def _communities(plans: Sequence[Plan], p: Parameters, longest_life: int) -> NDArray[Any]:
    com = np.zeros(len(plans) + 1, dtype=records(COMMUNITY))
    com["resident"] = _starts(x.residents for x in plans)
    com["compound"] = _starts(x.compounds for x in plans)
    com["building"] = _starts(x.buildings for x in plans)
    com["household"] = _starts(x.households for x in plans)
    com["grid"] = _starts(x.place.grids for x in plans)
    com["member"] = _starts(x.place.managed_members + x.most_sunk for x in plans)
    com["post"] = _starts(x.compounds * p.posts for x in plans)
    com["worker"] = _starts(x.place.workers for x in plans)
    com["firm"] = _starts(x.firms for x in plans)
    com["slot"] = _starts(queue_room(x.residents, p, longest_life) for x in plans)
    com["ties"] = _starts(x.ties for x in plans)
    com["number"][:-1] = [x.number for x in plans]
    com["managed"][:-1] = com["member"][:-1] + [x.place.managed_members for x in plans]
    com["created"] = com["managed"]
    com["free_posts"] = np.diff(com["post"], append=com["post"][-1])
    return com


def world_bytes(residents: int, ties: int, p: Parameters, longest_life: int) -> int:
    """About how much memory the tables of a city take [bytes]; the small ones are left out."""
    each = MIND.itemsize + LIFE.itemsize + 8 + 1 + 7 * 4 + 1 + 2 * 2
    matter = (MATTER.itemsize + 4 * REMEMBERED + 4) * queue_room(residents, p, longest_life)
    return each * residents + 2 * ties + matter


def no_world() -> World:
    """Tables without a community: enough for the compiler."""
    return _empty([], Parameters(), 1)


def check_memory(needed: int, what: str) -> None:
    """Refuse before anything is allocated what the machine has no memory for. needed: [bytes]."""
    free = psutil.virtual_memory().available
    if needed > free:
        raise InputError(
            f"{what} takes about {needed / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free: "
            "simulate fewer communities (place.sampled), or use a larger machine"
        )


def _empty(plans: Sequence[Plan], p: Parameters, longest_life: int) -> World:
    """Room for the communities. Columns that are written whole begin as they come; those with spare room
    (ties, adults) begin as zeros, so that equal worlds are equal to the last byte.
    """
    com = _communities(plans, p, longest_life)
    end = {name: int(com[name][-1]) for name in COMMUNITY.names or ()}
    n, room = end["resident"], end["slot"]
    short = max((plan.residents for plan in plans), default=0) <= SHORT
    household_first = np.empty(end["household"] + 1, dtype=np.int32)
    household_first[-1] = n
    return World(
        com=com,
        mind=np.empty(n, dtype=records(MIND)),
        life=np.empty(n, dtype=records(LIFE)),
        satisfaction=np.empty(n, dtype=np.float64),
        group=np.empty(n, dtype=np.int8),
        building=np.empty(n, dtype=np.int32),
        heard=np.zeros(n, dtype=np.int32),
        last_acted=np.empty(n, dtype=np.int32),
        next_occasion=np.empty(n, dtype=np.int32),
        registered=np.empty(n, dtype=np.int32),
        serving=np.zeros(n, dtype=np.bool_),
        active_ties=np.empty(n, dtype=np.int16),
        serving_ties=np.empty(n, dtype=np.int16),
        tie_first=np.empty(n + len(plans), dtype=np.uint32),
        ties=np.zeros(end["ties"], dtype=np.uint16 if short else np.uint32),
        adults=np.zeros(n, dtype=np.int32),
        compounds=np.zeros(end["compound"], dtype=records(COMPOUND)),
        buildings=np.zeros(end["building"], dtype=records(BUILDING)),
        household_first=household_first,
        members=np.zeros(end["member"], dtype=records(A_MEMBER)),
        free=np.ones(end["post"], dtype=np.bool_),
        fits=fits_of(p),
        firms=np.zeros(end["firm"], dtype=records(A_FIRM)),
        firm_compounds=np.zeros(end["compound"], dtype=np.int32),
        workers=np.zeros(end["worker"], dtype=records(A_WORKER)),
        matters=np.zeros(room, dtype=records(MATTER)),
        contributors=np.zeros((room, REMEMBERED), dtype=np.int32),
        order=np.arange(room, dtype=np.int32),
    )


def fits_of(p: Parameters) -> NDArray[np.int16]:
    """Fit by whether skill, time and wish agree [permille]. Shape: 2, 2, 2."""
    yes_no = (False, True)
    fits = [[[fit(s, t, w, p.other_skill, p.other_wish) for w in yes_no] for t in yes_no] for s in yes_no]
    return np.array(fits, dtype=np.int16)


def with_room(w: World, p: Parameters, longest_life: int) -> World:
    """The same world with room for matters that stay unfinished for so long: a longer deadline came.

    The queue of each community moves to the front of its new slots; free slots follow.
    """
    residents = np.diff(w.com["resident"])
    slots = _starts(queue_room(int(n), p, longest_life) for n in residents)
    old = w.com["slot"].copy()
    if (np.diff(slots) <= np.diff(old)).all():
        return w
    slots = _starts(np.maximum(np.diff(slots), np.diff(old)).tolist())
    matters = np.zeros(int(slots[-1]), dtype=w.matters.dtype)
    contributors = np.zeros((int(slots[-1]), REMEMBERED), dtype=np.int32)
    com = w.com.copy()
    for c in range(len(residents)):
        queue = w.order[old[c] : old[c] + w.com["open"][c]]
        matters[slots[c] : slots[c] + len(queue)] = w.matters[queue]
        contributors[slots[c] : slots[c] + len(queue)] = w.contributors[queue]
    com["slot"] = slots
    order = np.arange(int(slots[-1]), dtype=np.int32)
    roomy = w._replace(com=com, matters=matters, contributors=contributors, order=order)
    chain_queues(roomy)
    return roomy


# moving in -----------------------------------------------------------------------------------------------


def _move_in(w: World, c: int, people: Population, ties: Network, p: Parameters, seed: int) -> None:
    """Write a community into its rows, as it stands on the first morning."""
    at, behind = w.com[c], w.com[c + 1]
    at["adults"] = len(people.adults)
    _build(w, at, behind, people)
    _open_firms(w, at, behind, people)
    _write_residents(
        w, c, people.age, people.tenure, people.party, people.free_minutes, people.skill, people.theta,
        people.volunteer, people.last_acted, people.building, HOME_EFFICACY, USUAL_TRUST, USUAL_SATISFACTION,
        calendar(highest_rate(p.lambda0, p.council_occasions, p.mu)), seed,
    )  # fmt: skip
    w.tie_first[at["resident"] + c : behind["resident"] + c + 1] = ties.start
    w.ties[at["ties"] : at["ties"] + len(ties.ties)] = ties.ties
    w.adults[at["resident"] : at["resident"] + len(people.adults)] = people.adults + at["resident"]
    w.household_first[at["household"] : behind["household"]] = people.household_start[:-1] + at["resident"]
    managed = slice(at["member"], at["managed"])
    w.members["host"][:][at["member"] : behind["member"]] = -1
    w.members["host"][managed] = people.managed + at["resident"]


@loop
def _write_residents(
    w, c, age, tenure, party, free_minutes, skill, theta, volunteer, last_acted, building,
    efficacy, trust, satisfaction, pace, seed,
):  # fmt: skip
    """Who the residents are, and what they feel and expect on the first morning."""
    home, first_building = w.com[c].resident, w.com[c].building
    for local in range(len(age)):
        i = home + local
        mind, life = w.mind[i], w.life[i]
        mind.theta, mind.efficacy, mind.trust, mind.fatigue = theta[local], efficacy, trust, 0.0
        life.minutes_year, life.week, life.minutes_week = 0, -1, 0
        life.free_minutes, life.skill, life.party = free_minutes[local], skill[local], party[local]
        w.satisfaction[i] = satisfaction
        w.group[i] = 2 * age[local] + tenure[local]
        w.building[i] = building[local] + first_building
        w.last_acted[i] = last_acted[local]
        w.registered[i] = 0 if volunteer[local] else NEVER
        if age[local] == CHILD:
            w.next_occasion[i] = -1
        else:
            u = draw(seed, key(w.com[c].number, local), 0, decision.FIRST_OCCASION, 0)
            w.next_occasion[i] = next_candidate(pace, -1, u)
    w.com[c].efficacy = w.com[c].adults * quanta(efficacy)
    w.com[c].trust = w.com[c].adults * quanta(trust)
    w.com[c].satisfaction = w.com[c].adults * quanta(satisfaction)


def _build(w: World, at: Any, behind: Any, people: Population) -> None:
    """Compounds and buildings of a community."""
    compounds = w.compounds[at["compound"] : behind["compound"]]
    buildings = w.buildings[at["building"] : behind["building"]]
    for table, first in ((compounds, people.compound_start), (buildings, people.building_start)):
        grown = np.searchsorted(people.adults, first)
        table["adults"] = at["resident"] + grown[:-1]
        table["grown"] = np.diff(grown)
    compounds["people"] = np.diff(people.compound_start)
    compounds["grid"] = people.compound_grid + at["grid"]
    compounds["firm"] = np.where(people.compound_firm < 0, -1, people.compound_firm + at["firm"])
    compounds["rank"] = people.compound_rank
    compounds["local"] = np.arange(len(compounds))
    compounds["oldest"] = compounds["newest"] = -1
    buildings["compound"] = people.building_compound + at["compound"]
    buildings["head"] = np.where(people.head < 0, -1, people.head + at["resident"])


def _open_firms(w: World, at: Any, behind: Any, people: Population) -> None:
    """The compounds of each firm, firm by firm."""
    firms = w.firms[at["firm"] : behind["firm"]]
    order = np.argsort(people.compound_firm, kind="stable")
    unserved = int((people.compound_firm < 0).sum())
    served = order[unserved:]
    w.firm_compounds[at["compound"] : at["compound"] + len(served)] = served + at["compound"]
    first = starts(people.compound_firm[served], len(firms))
    firms["first"], firms["serves"] = at["compound"] + first[:-1], np.diff(first)


def _first_day(w: World, c: int, place: Place, p: Parameters, seed: int) -> None:
    """What firms, workers and members are on the first morning, and what ties know of each other."""
    at, behind = w.com[c], w.com[c + 1]
    firms = w.firms[at["firm"] : behind["firm"]]
    firms["effort"], firms["paid"] = p.x0, pays(p.pi, 0.5)
    w.workers["grid"][at["worker"] : behind["worker"]] = np.arange(place.workers) % place.grids + at["grid"]
    _draw_members(w, seed, c, place.serving_members, place.sunk_members, p.sunk_at_home, p.posts)
    count_ties(w, active_since(-1, p.W), c, c + 1)


# the register of members ---------------------------------------------------------------------------------


@loop
def _draw_members(w, seed, c, leaders, sunk, at_home, posts):
    """Managed members first, leaders at once in a post; then everybody who may ever be sunk here."""
    first, managed = w.com[c].member, w.com[c].managed
    for m in range(first, w.com[c + 1].member):
        who = key(w.com[c].number, m - first)
        u_time, u_wish, u_day, _ = draws(seed, who, 0, decision.MEMBER, 0)
        member = w.members[m]
        member.home = member.post = -1
        member.status = ABSENT
        member.time = pick(u_time, 3)
        member.wish = 1 + pick(u_wish, 5)
        member.session = pick(u_day, sessions_a_week(member.time))
        if m < managed:
            _open_register(w, c, m, m - first < leaders, posts)
        else:
            _draw_sunk(w, seed, c, m, who, at_home)
            if m - managed < sunk:
                member.home = member.host
                member.status = REGISTERED
                w.com[c].created += 1


@loop
def _open_register(w, c, m, leads, posts):
    member = w.members[m]
    member.home = member.host
    member.skill = w.life[member.home].skill
    member.status = REGISTERED
    member.standing = leads
    if leads:
        compound = w.buildings[w.building[member.home]].compound - w.com[c].compound
        take_first_post(w, SKILL_TIME_WISH, c, m, compound, posts)


@loop
def _draw_sunk(w, seed, c, m, who, at_home):
    """A sunk member's skill and, if he or she lives here, the home: nobody is two members."""
    w.members[m].skill = 1 + pick(draw(seed, who, 0, decision.MEMBER, 1), 5)
    u_here, u_where, _, _ = draws(seed, who, 0, decision.HOME, 0)
    if u_here < at_home:
        host = w.adults[w.com[c].resident + pick(u_where, w.com[c].adults)]
        for other in range(w.com[c].member, m):
            if w.members[other].host == host:
                return
        w.members[m].host = host
