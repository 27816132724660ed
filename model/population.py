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

from agents import decision
from agents.chance import draw, draws, key, normal, pick, wait
from agents.compiled import loop
from agents.rules.participation import motive, probability
from agents.traits import CHILD, ELDER, NEVER, NO_SKILL, OWNER, RESIDENT, TENANT, YOUNG
from model.parameters import Parameters
from model.scenario import Place

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
    none), compound_ticket; managed: residents who are managed members, leaders first; volunteer: on the first
    register; last_acted: before the run begins; ids: what the researcher who brought them calls the residents
    (None: drawn, known by number).
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
    compound_ticket: NDArray[np.float64]
    building_compound: NDArray[np.int32]
    head: NDArray[np.int32]
    managed: NDArray[np.int32]
    ids: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.compound)

    @cached_property
    def adults(self) -> NDArray[np.int32]:
        """The numbers of the adults, ascending."""
        return np.flatnonzero(self.age != CHILD).astype(np.int32)

    @cached_property
    def compound_rank(self) -> NDArray[np.float64]:
        """Place of each compound in the order of tickets, in (0, 1]: smaller shares are nested."""
        order = np.argsort(self.compound_ticket, kind="stable")
        return (np.argsort(order, kind="stable") + 1) / len(order)

    @cached_property
    def compound_start(self) -> NDArray[np.int64]:
        """First resident of each compound."""
        return starts(self.compound, len(self.compound_grid))

    @cached_property
    def building_start(self) -> NDArray[np.int64]:
        """First resident of each building."""
        return starts(self.building, len(self.building_compound))

    @cached_property
    def household_start(self) -> NDArray[np.int64]:
        """First resident of each household."""
        return starts(self.household, int(self.household[-1]) + 1)


def starts(group: NDArray[np.int32], groups: int) -> NDArray[np.int64]:
    """Where each group of a sorted column begins, with the end added. Shape: groups + 1."""
    return np.searchsorted(group, np.arange(groups + 1)).astype(np.int64)


def populate(place: Place, p: Parameters, seed: int, community: int = 0) -> Population:
    """Draw the people of a place. Seed and community number decide everything that chance decides."""
    household_compound = _compounds_of_households(place, seed, community)
    household_building, building_compound = _buildings(household_compound, place.households_per_building)
    household = _households_of_residents(place.residents, place.households, seed, community)
    age = _ages(household, seed, community)
    return settle(
        place,
        p,
        seed,
        community,
        compound=household_compound[household],
        building=household_building[household],
        household=household,
        building_compound=building_compound,
        age=age,
        tenure=_tenures(household, place.owners, seed, community),
        party=_party(age, place.managed_members, seed, community),
        free_minutes=draw_free_minutes(age, seed, community),
        skill=draw_skills(age, seed, community),
    )


def settle(place: Place, p: Parameters, seed: int, community: int, **known: Any) -> Population:
    """A population whose homes and groups are known (drawn, or read from a table): the rest is drawn.

    known: the columns of `Population` from compound to skill, and building_compound; residents numbered so
    that compounds, buildings and households are ranges. Drawn: motives, the first register of volunteers,
    acts before the run, heads of buildings, the order of managed members, and what compounds have.
    """
    age, tenure, party = known["age"], known["tenure"], known["party"]
    theta = theta_of(_motives(len(age), seed, community), age, tenure, party, p)
    return Population(
        community=community,
        theta=theta,
        volunteer=_first_register(theta, age, place.volunteers, seed, community),
        last_acted=_first_acts(theta, age, p.lambda0, p.R, seed, community),
        compound_grid=np.arange(place.compounds, dtype=np.int32) * place.grids // place.compounds,
        compound_firm=_firms(place),
        compound_ticket=_tickets(place.compounds, decision.CO_GOVERNED, seed, community),
        head=_heads(known["building"], age, len(known["building_compound"]), seed, community),
        managed=_managed(party, seed, community),
        **known,
    )


def _compounds_of_households(place: Place, seed: int, community: int) -> NDArray[np.int32]:
    """Compound of each household: planned compounds first; sizes lognormal; every compound has one."""
    size = np.empty(place.compounds)
    for c in range(place.compounds):
        u = draws(seed, key(community, c), 0, decision.COMPOUND_SIZE, 0)
        usual = place.planned_weight if c < place.planned_compounds else 1.0
        size[c] = usual * np.exp(SIZE_SPREAD * normal(u[0], u[1]))
    spare = place.households - place.compounds
    ends = np.arange(1, place.compounds + 1) + np.round(np.cumsum(size) / size.sum() * spare).astype(int)
    ends[-1] = place.households
    return np.searchsorted(ends, np.arange(place.households), side="right").astype(np.int32)


def _buildings(
    household_compound: NDArray[np.int32], size: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Building of each household, and compound of each building: as equal as possible, at most `size`."""
    households = np.bincount(household_compound)
    buildings = -(-households // size)
    first_building = np.cumsum(buildings) - buildings
    first_household = np.cumsum(households) - households
    inside = np.arange(len(household_compound)) - first_household[household_compound]
    local = inside * buildings[household_compound] // households[household_compound]
    building = (first_building[household_compound] + local).astype(np.int32)
    return building, np.repeat(np.arange(len(buildings)), buildings).astype(np.int32)


@loop
def _household_sizes(residents, households, seed, community):
    size = np.ones(households, dtype=np.int32)
    for extra in range(residents - households):
        size[pick(draw(seed, key(community, extra), 0, decision.HOUSEHOLD_OF, 0), households)] += 1
    return size


def _households_of_residents(residents: int, households: int, seed: int, community: int) -> NDArray[np.int32]:
    """Household of each resident: one person each, and the others fall where chance puts them."""
    size = _household_sizes(residents, households, seed, community)
    return np.repeat(np.arange(households), size).astype(np.int32)


@loop
def _ages(household, seed, community):
    """Age groups: the first person of a household is an adult."""
    age = np.empty(len(household), dtype=np.int8)
    for i in range(len(household)):
        first = i == 0 or household[i] != household[i - 1]
        ages = HEAD_AGES if first else OTHER_AGES
        u = draw(seed, key(community, i), 0, decision.AGE, 0)
        age[i] = min(np.searchsorted(ages, u, side="right"), 4)
    return age


@loop
def _tenures(household, owners, seed, community):
    """Owner or tenant: the same for the whole household. owners: share [0, 1]."""
    tenure = np.empty(len(household), dtype=np.int8)
    for i in range(len(household)):
        u = draw(seed, key(community, household[i]), 0, decision.TENURE, 0)
        tenure[i] = OWNER if u < owners else TENANT
    return tenure


@loop
def draw_free_minutes(age, seed, community):
    """Free time of residents by their age groups [minutes a week]."""
    free_minutes = np.empty(len(age), dtype=np.int16)
    for i in range(len(age)):
        free = FREE_HOURS[age[i]] * (0.5 + draw(seed, key(community, i), 0, decision.FREE_TIME, 0))
        free_minutes[i] = int(60.0 * free)
    return free_minutes


@loop
def draw_skills(age, seed, community):
    """Skills of residents; children have none."""
    skill = np.empty(len(age), dtype=np.int8)
    for i in range(len(age)):
        u = draw(seed, key(community, i), 0, decision.SKILL, 0)
        skilled = min(np.searchsorted(SKILL_SHARES, u, side="right"), 5)
        skill[i] = NO_SKILL if age[i] == CHILD else skilled
    return skill


@loop
def _motives(residents, seed, community):
    z = np.empty(residents)
    for i in range(residents):
        z[i] = standard_motive(seed, key(community, i), 0)
    return z


@loop
def standard_motive(seed, who, day):
    """The standardised motive of whoever lives at `who` since `day` (0: since before the run)."""
    u = draws(seed, who, day, decision.MOTIVE, 0)
    return normal(u[0], u[1])


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
        theta[i] = motive(
            theta_mean, sigma, z[i], owner, elder, young, of_party,
            tenure[i] == OWNER, age[i] >= ELDER, age[i] <= YOUNG, party[i],
        )  # fmt: skip
    return theta


@loop
def _tickets(n, what, seed, community):
    ticket = np.empty(n)
    for i in range(n):
        ticket[i] = draw(seed, key(community, i), 0, what, 0)
    return ticket


def _party(age: NDArray[np.int8], members: int, seed: int, community: int) -> NDArray[np.bool_]:
    """Who is a directly managed member: the adults with the lowest tickets."""
    ticket = _tickets(len(age), decision.MANAGED, seed, community)
    ticket[age == CHILD] = 2.0
    party = np.zeros(len(age), dtype=np.bool_)
    party[np.argsort(ticket, kind="stable")[:members]] = True
    return party


def _managed(party: NDArray[np.bool_], seed: int, community: int) -> NDArray[np.int32]:
    """The directly managed members in the order of their tickets: leaders come first."""
    ticket = _tickets(len(party), decision.MANAGED, seed, community)
    ticket[~party] = 2.0
    return np.argsort(ticket, kind="stable")[: int(party.sum())].astype(np.int32)


@loop
def _register_tickets(theta, age, seed, community):
    """Exponential waits with the propensity as rate: the shortest ones are a draw without replacement."""
    ticket = np.full(len(theta), np.inf)
    for i in range(len(theta)):
        if age[i] != CHILD:
            u = draw(seed, key(community, i), 0, decision.VOLUNTEERS, 0)
            ticket[i] = -np.log(u) / probability(theta[i])
    return ticket


def _first_register(
    theta: NDArray[np.float64], age: NDArray[np.int8], volunteers: int, seed: int, community: int
) -> NDArray[np.bool_]:
    """The volunteers registered at first, drawn by their propensity to act (Efraimidis & Spirakis 2006)."""
    ticket = _register_tickets(theta, age, seed, community)
    volunteer = np.zeros(len(theta), dtype=np.bool_)
    volunteer[np.argsort(ticket, kind="stable")[:volunteers]] = True
    return volunteer


@loop
def _first_acts(theta, age, lambda0, rest, seed, community):
    """Day of the last act before the run: what each would do alone, occasions and rest included."""
    day = np.full(len(theta), NEVER, dtype=np.int32)
    for i in range(len(theta)):
        if age[i] != CHILD:
            rate = lambda0 * probability(theta[i])
            rate = rate / (1.0 + rate * rest)
            days = wait(rate, draw(seed, key(community, i), 0, decision.FIRST_ACT, 0))
            if days < -NEVER:
                day[i] = -days
    return day


def _firms(place: Place) -> NDArray[np.int32]:
    """Firm of each compound, -1 for none: the first compounds (planned ones lead) are shared out in turn."""
    firm = np.full(place.compounds, -1, dtype=np.int32)
    if place.firms:
        firm[: place.managed_compounds] = np.arange(place.managed_compounds) % place.firms
    return firm


@loop
def _head_of_each(building, age, buildings, seed, community):
    head = np.full(buildings, -1, dtype=np.int32)
    lowest = np.full(buildings, 2.0)
    for i in range(len(building)):
        if age[i] != CHILD:
            ticket = draw(seed, key(community, i), 0, decision.HEAD, 0)
            if ticket < lowest[building[i]]:
                lowest[building[i]] = ticket
                head[building[i]] = i
    return head


def _heads(
    building: NDArray[np.int32], age: NDArray[np.int8], buildings: int, seed: int, community: int
) -> NDArray[np.int32]:
    """The head of each building: the adult with the lowest ticket (-1 where nobody is adult)."""
    return _head_of_each(building, age, buildings, seed, community)


def resident_dtypes() -> dict[str, str]:
    """Type of each resident column, as the traits table has it."""
    return {trait.name: trait.dtype for trait in RESIDENT}
