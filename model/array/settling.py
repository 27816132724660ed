"""Settling people into columns: the array engine's state on the morning of the first day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents import decision
from agents.chance import draw, draws, key, pick
from agents.compiled import loop
from agents.resident import HOME_EFFICACY, USUAL_SATISFACTION, USUAL_TRUST
from agents.rules.learning import quanta
from agents.rules.matching import ABSENT, REGISTERED, SKILL_TIME_WISH, fit, sessions_a_week
from agents.rules.occasion import first_candidate, highest_rate
from agents.rules.participation import active_since
from agents.rules.property_service import pays
from agents.traits import CHILD, NEVER
from model.array.columns import (
    A_FIRM,
    A_MEMBER,
    A_WORKER,
    BUILDING,
    COMMUNITY,
    COMPOUND,
    MATTER,
    PERSON,
    World,
)
from model.array.members import take_first_post
from model.array.ties import count_ties
from model.matters import REMEMBERED
from model.network import Network
from model.parameters import Parameters
from model.population import Population
from model.scenario import Place

QUEUE_SIGMAS = 10.0
"""Room for unfinished matters beyond their mean number; a queue that is full stops the run."""


@dataclass(frozen=True, eq=False)
class Settlement:
    """One community before it is settled: its place, people and ties, and members it may ever have sunk."""

    place: Place
    people: Population
    ties: Network
    most_sunk: int


def settle(settlements: Sequence[Settlement], p: Parameters, seed: int, longest_life: int) -> World:
    """Tables of communities, one behind the other. longest_life: of an unfinished matter [days]."""
    com = _communities(settlements, p, longest_life)
    people = [s.people for s in settlements]
    ties = [s.ties for s in settlements]
    adults = _joined([x.adults for x in people], com["resident"])
    tie_offset = _starts([len(t.ties) for t in ties])
    room = int(com["slot"][-1])
    world = World(
        com=com,
        people=_people(people, com),
        last_acted=np.concatenate([x.last_acted for x in people]),
        next_occasion=_first_occasions(people, com, p, seed),
        registered=np.where(np.concatenate([x.volunteer for x in people]), 0, NEVER).astype(np.int32),
        serving=np.zeros(int(com["resident"][-1]), dtype=np.bool_),
        active_ties=np.zeros(int(com["resident"][-1]), dtype=np.int16),
        serving_ties=np.zeros(int(com["resident"][-1]), dtype=np.int16),
        tie_start=np.append(_joined([t.start[:-1] for t in ties], tie_offset, np.int64), tie_offset[-1]),
        ties=_joined([t.ties for t in ties], com["resident"]),
        adults=adults,
        compounds=_compounds(people, com, adults),
        buildings=_buildings(people, com, adults),
        household_first=_firsts([x.household_start for x in people], com["resident"]),
        members=_members(settlements, com),
        free=np.ones(int(com["post"][-1]), dtype=np.bool_),
        fits=_fits(p),
        firms=_firms(people, com, p),
        firm_compounds=_firm_compounds(people, com),
        workers=_workers(settlements, com),
        matters=np.zeros(room, dtype=MATTER),
        contributors=np.zeros((room, REMEMBERED), dtype=np.int32),
        order=np.arange(room, dtype=np.int32),
    )
    _sum_states(world)
    for c, settlement in enumerate(settlements):
        leaders = settlement.place.serving_members
        _draw_members(world, seed, c, leaders, settlement.place.sunk_members, p.sunk_at_home, p.posts)
    count_ties(world, active_since(-1, p.W))
    return world


def _starts(counts: Sequence[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(np.asarray(counts, dtype=np.int64))]).astype(np.int64)


def _joined(parts: Sequence[NDArray[Any]], offsets: NDArray[np.int64], dtype: Any = np.int32) -> NDArray[Any]:
    """Columns of numbers behind each other, each moved to where its table begins; -1 (nobody) stays."""
    moved = [np.where(part < 0, -1, part + offset) for part, offset in zip(parts, offsets, strict=False)]
    return np.concatenate(moved).astype(dtype)


def _firsts(parts: Sequence[NDArray[np.int64]], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each group begins, the communities behind each other, with the end added once."""
    return np.append(_joined([part[:-1] for part in parts], offsets, np.int64), offsets[-1])


def _communities(settlements: Sequence[Settlement], p: Parameters, longest_life: int) -> NDArray[Any]:
    places = [s.place for s in settlements]
    people = [s.people for s in settlements]
    arrivals = np.array([len(x) for x in people]) * p.arrivals / 1000.0 * (longest_life + 1)
    room = (arrivals + QUEUE_SIGMAS * np.sqrt(arrivals)).astype(np.int64) + 64
    posts = [len(x.compound_grid) * p.posts for x in people]
    com = np.zeros(len(settlements) + 1, dtype=COMMUNITY)
    com["resident"] = _starts([len(x) for x in people])
    com["adult"] = _starts([len(x.adults) for x in people])
    com["compound"] = _starts([len(x.compound_grid) for x in people])
    com["building"] = _starts([len(x.building_compound) for x in people])
    com["household"] = _starts([int(x.household[-1]) + 1 for x in people])
    com["grid"] = _starts([x.grids for x in places])
    com["member"] = _starts([s.place.managed_members + s.most_sunk for s in settlements])
    com["post"] = _starts(posts)
    com["worker"] = _starts([x.workers for x in places])
    com["firm"] = _starts([int(x.compound_firm.max()) + 1 for x in people])
    com["slot"] = _starts(room.tolist())
    com["number"][:-1] = [x.community for x in people]
    com["managed"][:-1] = com["member"][:-1] + [x.managed_members for x in places]
    com["created"] = com["managed"]
    com["free_posts"][:-1] = posts
    return com


def _people(people: Sequence[Population], com: NDArray[Any]) -> NDArray[Any]:
    table = np.zeros(int(com["resident"][-1]), dtype=PERSON)
    for name in ("compound", "building", "household"):
        table[name] = _joined([getattr(x, name) for x in people], com[name])
    for name in ("age", "tenure", "party", "free_minutes", "skill", "theta"):
        table[name] = np.concatenate([getattr(x, name) for x in people])
    table["efficacy"], table["trust"], table["satisfaction"] = HOME_EFFICACY, USUAL_TRUST, USUAL_SATISFACTION
    table["week"] = -1
    return table


def _first_occasions(
    people: Sequence[Population], com: NDArray[Any], p: Parameters, seed: int
) -> NDArray[np.int32]:
    day = np.full(int(com["resident"][-1]), -1, dtype=np.int32)
    age = np.concatenate([x.age for x in people])
    _plan_first_occasions(com, age, highest_rate(p.lambda0, p.council_occasions, p.mu), seed, day)
    return day


@loop
def _plan_first_occasions(com, age, highest, seed, day):
    for c in range(len(com) - 1):
        for i in range(com[c].resident, com[c + 1].resident):
            if age[i] != CHILD:
                day[i] = first_candidate(highest, seed, key(com[c].number, i - com[c].resident))


def _compounds(people: Sequence[Population], com: NDArray[Any], adults: NDArray[np.int32]) -> NDArray[Any]:
    table = np.zeros(int(com["compound"][-1]) + 1, dtype=COMPOUND)
    first = _firsts([x.compound_start for x in people], com["resident"])
    table["adults"] = np.searchsorted(adults, first)
    table["people"][:-1] = np.diff(first)
    table["grid"][:-1] = _joined([x.compound_grid for x in people], com["grid"])
    table["firm"][:-1] = _joined([x.compound_firm for x in people], com["firm"])
    table["rank"][:-1] = np.concatenate([x.compound_rank for x in people])
    table["local"][:-1] = np.concatenate([np.arange(len(x.compound_grid)) for x in people])
    return table


def _buildings(people: Sequence[Population], com: NDArray[Any], adults: NDArray[np.int32]) -> NDArray[Any]:
    table = np.zeros(int(com["building"][-1]) + 1, dtype=BUILDING)
    table["adults"] = np.searchsorted(adults, _firsts([x.building_start for x in people], com["resident"]))
    table["compound"][:-1] = _joined([x.building_compound for x in people], com["compound"])
    table["head"][:-1] = _joined([x.head for x in people], com["resident"])
    return table


def _members(settlements: Sequence[Settlement], com: NDArray[Any]) -> NDArray[Any]:
    table = np.zeros(int(com["member"][-1]), dtype=A_MEMBER)
    table["home"] = table["host"] = table["post"] = -1
    table["status"] = ABSENT
    for c, settlement in enumerate(settlements):
        managed = slice(com["member"][c], com["managed"][c])
        table["host"][managed] = settlement.people.managed + com["resident"][c]
    return table


def _fits(p: Parameters) -> NDArray[np.int16]:
    """Fit by whether skill, time and wish agree [permille]. Shape: 2, 2, 2."""
    yes_no = (False, True)
    fits = [[[fit(s, t, w, p.other_skill, p.other_wish) for w in yes_no] for t in yes_no] for s in yes_no]
    return np.array(fits, dtype=np.int16)


def _served(people: Sequence[Population], com: NDArray[Any]) -> list[NDArray[np.int64]]:
    """The compounds of each firm."""
    return [
        np.flatnonzero(x.compound_firm == firm) + com["compound"][c]
        for c, x in enumerate(people)
        for firm in range(int(com["firm"][c + 1] - com["firm"][c]))
    ]


def _firms(people: Sequence[Population], com: NDArray[Any], p: Parameters) -> NDArray[Any]:
    table = np.zeros(int(com["firm"][-1]) + 1, dtype=A_FIRM)
    table["effort"], table["paid"] = p.x0, pays(p.pi, 0.5)
    table["first"] = _starts([len(x) for x in _served(people, com)])
    return table


def _firm_compounds(people: Sequence[Population], com: NDArray[Any]) -> NDArray[np.int32]:
    served = _served(people, com)
    return np.concatenate(served).astype(np.int32) if served else np.zeros(0, dtype=np.int32)


def _workers(settlements: Sequence[Settlement], com: NDArray[Any]) -> NDArray[Any]:
    table = np.zeros(int(com["worker"][-1]), dtype=A_WORKER)
    grids = [np.arange(s.place.workers) % s.place.grids for s in settlements]
    table["grid"] = _joined(grids, com["grid"])
    return table


@loop
def _sum_states(w):
    for c in range(len(w.com) - 1):
        for at in range(w.com[c].adult, w.com[c + 1].adult):
            i = w.adults[at]
            w.com[c].efficacy += quanta(w.people[i].efficacy)
            w.com[c].trust += quanta(w.people[i].trust)
            w.com[c].satisfaction += quanta(w.people[i].satisfaction)


@loop
def _draw_members(w, seed, c, leaders, sunk, at_home, posts):
    """Managed members first, leaders at once in a post; then everybody who may ever be sunk here."""
    first, managed = w.com[c].member, w.com[c].managed
    for m in range(first, w.com[c + 1].member):
        who = key(w.com[c].number, m - first)
        u_time, u_wish, u_day, _ = draws(seed, who, 0, decision.MEMBER, 0)
        member = w.members[m]
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
    member.skill = w.people[member.home].skill
    member.status = REGISTERED
    member.standing = leads
    if leads:
        compound = w.people[member.home].compound - w.com[c].compound
        take_first_post(w, SKILL_TIME_WISH, c, m, compound, posts)


@loop
def _draw_sunk(w, seed, c, m, who, at_home):
    """A sunk member's skill and, if he or she lives here, the home: nobody is two members."""
    w.members[m].skill = 1 + pick(draw(seed, who, 0, decision.MEMBER, 1), 5)
    u_here, u_where, _, _ = draws(seed, who, 0, decision.HOME, 0)
    if u_here < at_home:
        adults = w.com[c + 1].adult - w.com[c].adult
        host = w.adults[w.com[c].adult + pick(u_where, adults)]
        for other in range(w.com[c].member, m):
            if w.members[other].host == host:
                return
        w.members[m].host = host
