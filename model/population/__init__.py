"""Who lives where: a community's residents, homes and members, drawn from keyed chance in compiled loops.

The draws depend on the seed, the community's number and local ids alone, so a community has the same people
whether it is built by itself or inside a city. Residents are numbered household by household, households
building by building, buildings compound by compound: whoever lives together is a range of numbers.

The distributions by age are of the order of the Seventh National Census (2020) for an old-town community
with many small households; they are assumptions.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents import decision
from linli.agents.chance import choose, draw, draws, key, normal, patience, pick, wait
from linli.agents.compiled import loop
from linli.agents.rules.participation import motive_of, probability
from linli.agents.traits import CHILD, NEVER, NO_SKILL, OWNER, RESIDENT, TENANT
from linli.model.errors import InputError
from linli.model.parameters import Parameters
from linli.model.place import Place

HEAD_AGES = np.cumsum([0.0, 0.28, 0.40, 0.19, 0.13])
"""Age of the first person of a household, cumulative over the age groups: always an adult."""

OTHER_AGES = np.cumsum([0.35, 0.30, 0.20, 0.09, 0.06])
"""Age of everybody else."""

SKILL_SHARES = np.cumsum([0.55, 0.12, 0.06, 0.09, 0.10, 0.08])
"""Skills of adults, cumulative over `agents.traits.SKILLS`."""

FREE_HOURS = np.array([0.0, 8.0, 9.0, 16.0, 14.0])
"""Mean free hours a week by age group; one person has half of it to one and a half times."""

SIZE_SPREAD = 0.5
"""Spread of the log size of compounds of one kind."""


@dataclass(frozen=True, eq=False)
class Population:
    """The people and homes of one community as columns (see `agents.traits.RESIDENT`), one row a resident.

    compound_start, building_start: first resident of each (one more entry at the end); building_compound:
    compound of each building; head: resident who heads each building; compound_grid, compound_firm (-1:
    none), compound_rank (place in the order of tickets, in (0, 1]: smaller shares are nested); managed:
    residents who are managed members, leaders first; volunteer: on the first register; last_acted: before the
    run begins; ids: what the researcher who brought them calls the residents (None: drawn, known by number).
    """

    community: int
    compound: NDArray[np.int32]
    building: NDArray[np.int32]
    household: NDArray[np.int32]
    age: NDArray[np.int8]
    tenure: NDArray[np.int8]
    party: NDArray[np.bool_]
    free_minutes: NDArray[np.int16]
    skill: NDArray[np.int8]
    theta: NDArray[np.float64]
    volunteer: NDArray[np.bool_]
    last_acted: NDArray[np.int32]
    compound_grid: NDArray[np.int32]
    compound_firm: NDArray[np.int32]
    compound_rank: NDArray[np.float64]
    building_compound: NDArray[np.int32]
    head: NDArray[np.int32]
    managed: NDArray[np.int32]
    ids: tuple[str, ...] | None = None

    def check(self) -> None:
        """Whether a community can be made of them, or an InputError."""
        if len(self.adults) == 0 or len(self) < 2:
            raise InputError("a community needs at least two residents, one of them adult")

    def __len__(self) -> int:
        return len(self.compound)

    @cached_property
    def adults(self) -> NDArray[np.int32]:
        """The numbers of the adults, ascending."""
        return np.flatnonzero(self.age != CHILD).astype(np.int32)

    @cached_property
    def compound_start(self) -> NDArray[np.int64]:
        """First resident of each compound."""
        begin: NDArray[np.int64] = starts(self.compound, len(self.compound_grid))
        return begin

    @cached_property
    def building_start(self) -> NDArray[np.int64]:
        """First resident of each building."""
        begin: NDArray[np.int64] = starts(self.building, len(self.building_compound))
        return begin

    @cached_property
    def household_start(self) -> NDArray[np.int64]:
        """First resident of each household."""
        begin: NDArray[np.int64] = starts(self.household, int(self.household[-1]) + 1)
        return begin


@loop
def starts(group, groups):
    """Where each group of a sorted column begins, with the end added. Shape: groups + 1."""
    begin = np.zeros(groups + 1, dtype=np.int64)
    for i in range(len(group)):
        begin[group[i] + 1] += 1
    for g in range(groups):
        begin[g + 1] += begin[g]
    return begin


def populate(place: Place, p: Parameters, seed: int, community: int = 0) -> Population:
    """Draw the people of a place. Seed and community number decide everything that chance decides."""
    size = household_sizes(place.residents, place.households, seed, community)
    ends, buildings = households_of_compounds(place, seed, community)
    compound, building, household, building_compound = _homes(
        size, ends, buildings, place.households_per_building
    )
    age, tenure, free_minutes, skill, ticket = _draw_traits(household, place.owners, seed, community)
    party = _lowest(ticket, place.managed_members)
    return settle(
        place,
        p,
        seed,
        community,
        compound=compound,
        building=building,
        household=household,
        building_compound=building_compound,
        age=age,
        tenure=tenure,
        party=party,
        free_minutes=free_minutes,
        skill=skill,
    )


def settle(place: Place, p: Parameters, seed: int, community: int, **known: Any) -> Population:
    """A population whose homes and groups are known (drawn, or read from a table): the rest is drawn.

    known: the columns of `Population` from compound to skill, and building_compound; residents numbered so
    that compounds, buildings and households are ranges. Drawn: motives, the first register of volunteers,
    acts before the run, heads of buildings, the order of managed members, and what compounds have.
    """
    age, party = known["age"], known["party"]
    theta, last_acted, ticket = _draw_histories(
        age, known["tenure"], party, p.theta_mean, p.sigma, p.owner, p.elder, p.young, p.party,
        p.lambda0, p.R, seed, community,
    )  # fmt: skip
    return Population(
        community=community,
        theta=theta,
        volunteer=_first_register(place, age, ticket, seed, community),
        last_acted=last_acted,
        compound_grid=np.arange(place.compounds, dtype=np.int32) * place.grids // place.compounds,
        compound_firm=_firms(place),
        compound_rank=_ranks(place, seed, community),
        head=_heads(known["building"], age, len(known["building_compound"]), seed, community),
        managed=_managed(party, seed, community),
        **known,
    )


# homes ---------------------------------------------------------------------------------------------------


@loop
def household_sizes(residents, households, seed, community):
    """People of each household: one each, and the others fall where chance puts them."""
    size = np.ones(households, dtype=np.int32)
    for extra in range(residents - households):
        size[pick(draw(seed, key(community, extra), 0, decision.HOUSEHOLD_OF, 0), households)] += 1
    return size


def households_of_compounds(place: Place, seed: int, community: int) -> tuple[NDArray[np.int64], int]:
    """Where the households of each compound end, and how many buildings there are.

    Planned compounds come first; sizes are lognormal; every compound has a household.
    """
    size = _compound_sizes(place.compounds, place.planned_compounds, place.planned_weight, seed, community)
    spare = place.households - place.compounds
    ends = np.arange(1, place.compounds + 1) + np.round(np.cumsum(size) / size.sum() * spare).astype(np.int64)
    ends[-1] = place.households
    return ends, int(-(-np.diff(ends, prepend=0) // place.households_per_building).sum())


@loop
def _compound_sizes(compounds, planned, planned_weight, seed, community):
    size = np.empty(compounds)
    for c in range(compounds):
        u = draws(seed, key(community, c), 0, decision.COMPOUND_SIZE, 0)
        usual = planned_weight if c < planned else 1.0
        size[c] = usual * np.exp(SIZE_SPREAD * normal(u[0], u[1]))
    return size


@loop
def _homes(size, ends, buildings, most):
    """Compound, building and household of each resident, and the compound of each building.

    size: people of households; ends: see `households_of_compounds`; most: households of a building, which
    are as equal as possible inside a compound.
    """
    residents = size.sum()
    compound = np.empty(residents, dtype=np.int32)
    building = np.empty(residents, dtype=np.int32)
    household = np.empty(residents, dtype=np.int32)
    building_compound = np.empty(buildings, dtype=np.int32)
    first_building = first_household = i = 0
    for c in range(len(ends)):
        households = ends[c] - first_household
        here = -(-households // most)
        building_compound[first_building : first_building + here] = c
        for h in range(households):
            for _ in range(size[first_household + h]):
                compound[i] = c
                building[i] = first_building + h * here // households
                household[i] = first_household + h
                i += 1
        first_building += here
        first_household += households
    return compound, building, household, building_compound


# traits and history --------------------------------------------------------------------------------------


@loop
def _draw_traits(household, owners, seed, community):
    """Age groups (the first person of a household is an adult), tenures (the same for the household), free
    minutes, skills, and tickets for being a managed member. owners: share [0, 1]."""
    n = len(household)
    age, tenure = np.empty(n, dtype=np.int8), np.empty(n, dtype=np.int8)
    free_minutes, skill, ticket = np.empty(n, dtype=np.int16), np.empty(n, dtype=np.int8), np.empty(n)
    holds = TENANT
    for i in range(n):
        first = i == 0 or household[i] != household[i - 1]
        if first:
            u = draw(seed, key(community, household[i]), 0, decision.TENURE, 0)
            holds = OWNER if u < owners else TENANT
        u_age, u_free, u_skill, u_managed = draws(seed, key(community, i), 0, decision.PERSON, 0)
        age[i] = choose(u_age, HEAD_AGES if first else OTHER_AGES)
        tenure[i] = holds
        free_minutes[i] = _free(age[i], u_free)
        skill[i] = _skill(age[i], u_skill)
        ticket[i] = 2.0 if age[i] == CHILD else u_managed
    return age, tenure, free_minutes, skill, ticket


@loop
def _free(age, u):
    """Free time of a resident [minutes a week]."""
    return int(60.0 * FREE_HOURS[age] * (0.5 + u))


@loop
def _skill(age, u):
    """Skill of a resident; children have none."""
    return NO_SKILL if age == CHILD else choose(u, SKILL_SHARES)


@loop
def draw_free_time_and_skills(age, seed, community):
    """Free minutes a week and skills of residents of known age groups."""
    free_minutes, skill = np.empty(len(age), dtype=np.int16), np.empty(len(age), dtype=np.int8)
    for i in range(len(age)):
        _, u_free, u_skill, _ = draws(seed, key(community, i), 0, decision.PERSON, 0)
        free_minutes[i] = _free(age[i], u_free)
        skill[i] = _skill(age[i], u_skill)
    return free_minutes, skill


@loop
def standard_motive(seed, who, day):
    """The standardised motive of whoever lives at `who` since `day` (0: since before the run)."""
    u = draws(seed, who, day, decision.MOTIVE, 0)
    return normal(u[0], u[1])


@loop
def _draw_histories(
    age, tenure, party, theta_mean, sigma, owner, elder, young, of_party, lambda0, rest, seed, community
):
    """Motives, days of the last act before the run (what each would do alone, occasions and rest included),
    and tickets of the first register of volunteers.

    The tickets are exponential waits with the propensity to act as their rate: the shortest ones are a draw
    without replacement (Efraimidis & Spirakis 2006).
    """
    n = len(age)
    theta, ticket, last_acted = np.empty(n), np.full(n, np.inf), np.full(n, NEVER, dtype=np.int32)
    for i in range(n):
        u1, u2, u_act, u_register = draws(seed, key(community, i), 0, decision.MOTIVE, 0)
        theta[i] = motive_of(
            theta_mean, sigma, normal(u1, u2), owner, elder, young, of_party, age[i], tenure[i], party[i]
        )
        if age[i] != CHILD:
            p = probability(theta[i])
            ticket[i] = -np.log(u_register) / p
            rate = lambda0 * p
            days = wait(patience(rate / (1.0 + rate * rest)), u_act)
            if days < -NEVER:
                last_acted[i] = -days
    return theta, last_acted, ticket


def theta_of(
    z: NDArray[np.float64],
    age: NDArray[np.int8],
    tenure: NDArray[np.int8],
    party: NDArray[np.bool_],
    p: Parameters,
) -> NDArray[np.float64]:
    """Motives of residents from their standardised motives and groups."""
    return _theta(z, age, tenure, party, p.theta_mean, p.sigma, p.owner, p.elder, p.young, p.party)


@loop
def _theta(z, age, tenure, party, theta_mean, sigma, owner, elder, young, of_party):
    theta = np.empty(len(z))
    for i in range(len(z)):
        theta[i] = motive_of(
            theta_mean, sigma, z[i], owner, elder, young, of_party, age[i], tenure[i], party[i]
        )
    return theta


# members, heads, firms -----------------------------------------------------------------------------------


def _first_register(
    place: Place, age: NDArray[np.int8], ticket: NDArray[np.float64], seed: int, community: int
) -> NDArray[np.bool_]:
    """Who is on the first register: so many by lot, whom drives put there, the others by their tickets."""
    driven = int(place.volunteers * place.from_drives + 0.5)
    if driven == 0:
        return _lowest(ticket, place.volunteers)
    by_lot = _lowest(_lots(age, seed, community), driven)
    return by_lot | _lowest(np.where(by_lot, np.inf, ticket), place.volunteers - driven)


@loop
def _lots(age, seed, community):
    """A lot for each adult, infinite for children: the lowest ones are drawn without regard to motive."""
    lots = np.full(len(age), np.inf)
    for i in range(len(age)):
        if age[i] != CHILD:
            lots[i] = draw(seed, key(community, i), 0, decision.DRIVEN, 0)
    return lots


def _lowest(ticket: NDArray[np.float64], count: int) -> NDArray[np.bool_]:
    """Which tickets are the lowest ones, the lower number first among equals."""
    if count == 0:
        return np.zeros(len(ticket), dtype=np.bool_)
    limit = np.partition(ticket, count - 1)[count - 1]
    chosen = ticket < limit
    chosen[np.flatnonzero(ticket == limit)[: count - int(chosen.sum())]] = True
    return chosen


@loop
def _tickets(who, what, seed, community):
    ticket = np.empty(len(who))
    for at in range(len(who)):
        ticket[at] = draw(seed, key(community, who[at]), 0, what, 0)
    return ticket


@loop
def _managed_tickets(who, seed, community):
    ticket = np.empty(len(who))
    for at in range(len(who)):
        ticket[at] = draws(seed, key(community, who[at]), 0, decision.PERSON, 0)[3]
    return ticket


def _managed(party: NDArray[np.bool_], seed: int, community: int) -> NDArray[np.int32]:
    """The directly managed members in the order of their tickets: leaders come first."""
    members = np.flatnonzero(party)
    return members[np.argsort(_managed_tickets(members, seed, community), kind="stable")].astype(np.int32)


def _ranks(place: Place, seed: int, community: int) -> NDArray[np.float64]:
    """Place of each compound in the order of their tickets, from 1 over their number to 1."""
    tickets = _tickets(np.arange(place.compounds), decision.CO_GOVERNED, seed, community)
    order = np.argsort(tickets, kind="stable")
    return (np.argsort(order, kind="stable") + 1) / place.compounds


def _firms(place: Place) -> NDArray[np.int32]:
    """Firm of each compound, -1 for none: the first compounds (planned ones lead) are shared out in turn."""
    firm = np.full(place.compounds, -1, dtype=np.int32)
    if place.firms:
        firm[: place.managed_compounds] = np.arange(place.managed_compounds) % place.firms
    return firm


@loop
def _heads(building, age, buildings, seed, community):
    """The head of each building: the adult with the lowest ticket (-1 where nobody is adult)."""
    head = np.full(buildings, -1, dtype=np.int32)
    lowest = np.full(buildings, 2.0)
    for i in range(len(building)):
        if age[i] != CHILD:
            ticket = draws(seed, key(community, i), 0, decision.PLACES, 0)[3]
            if ticket < lowest[building[i]]:
                lowest[building[i]] = ticket
                head[building[i]] = i
    return head


def resident_dtypes() -> dict[str, str]:
    """Type of each resident column, as the traits table has it."""
    return {trait.name: trait.dtype for trait in RESIDENT}
