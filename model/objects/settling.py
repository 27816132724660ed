"""People move in: from a population and its ties to the objects of a neighbourhood."""

import numpy as np

from linli.agents import decision
from linli.agents.chance import draws, key, pick
from linli.agents.community_fund import CommunityFund
from linli.agents.community_worker import CommunityWorker
from linli.agents.departments import Departments
from linli.agents.emergency import Emergency
from linli.agents.linked_unit import LinkedUnit
from linli.agents.property_firm import PropertyFirm
from linli.agents.resident import Resident
from linli.agents.rules.linked_unit import QUARTER, place_in_order
from linli.agents.rules.matching import SKILL_TIME_WISH
from linli.agents.rules.work_time import minutes
from linli.agents.social_organisation import SocialOrganisation
from linli.agents.sorting_household import SortingHousehold
from linli.agents.traits import NEVER, TRADES
from linli.agents.volunteer import Volunteer
from linli.model.matters import FOR_MONEY
from linli.model.network import Network
from linli.model.objects.asking_lists import AskingLists
from linli.model.objects.diary import Diary
from linli.model.objects.neighbourhood import Neighbourhood
from linli.model.objects.occasions import Occasions
from linli.model.objects.places import Building, Compound
from linli.model.objects.posts import Posts
from linli.model.population import Population


def settle(c: Neighbourhood, people: Population, ties: Network) -> None:
    """Fill an empty neighbourhood. ties: of these people."""
    c.people = people
    c.diary = Diary(people.age, c.number, c.highest_rate, c.seed)
    _build_homes(c, people)
    _house_residents(c, people)
    c.occasions = Occasions(c.residents, c.buildings, c.diary, c.highest_rate, c.parameters)
    _introduce(c, ties)
    for number in np.flatnonzero(people.volunteer).tolist():
        Volunteer(c, c.residents[number], 0)
    _open_register(c, people)
    grids = c.place.grids
    c.workers = [CommunityWorker(c, n, key(c.number, n), n % grids) for n in range(c.place.workers)]
    c.organisations = [SocialOrganisation(c, n, key(c.number, n)) for n in range(c.place.organisations)]
    c.units = [_unit(c, number) for number in range(c.place.units)]
    c.fund = CommunityFund(c, np.flatnonzero(FOR_MONEY).tolist())
    c.emergency = Emergency(c, len(c.households))
    c.departments = Departments(c, minutes(c.place.department_hours))
    c.adult_age, c.adult_tenure = people.age[people.adults], people.tenure[people.adults]
    c.people_to_ask = AskingLists(c).people
    bring_systems(c)
    c.add_up()


def _unit(c: Neighbourhood, number: int) -> LinkedUnit:
    """A unit of the area: trades go round, the compound and the day of service are drawn."""
    u_where, u_day, will, _ = draws(c.seed, key(c.number, number), 0, decision.UNIT, 0)
    return LinkedUnit(
        c,
        number,
        compound=pick(u_where, len(c.compounds)),
        service_day=pick(u_day, QUARTER),
        rank=place_in_order(number, c.place.linked_units, c.place.units),
        will=will,
        trade=number % len(TRADES),
    )


def bring_systems(c: Neighbourhood) -> None:
    """What policies bring that is not there yet, as on a first morning."""
    if "sorting" in c.systems and not c.sorters:
        for number, people in enumerate(c.households):
            household, home = SortingHousehold(c, number, key(c.number, number), people), people[0]
            c.sorters.append(household)
            home.home_building.sorters.append(household)
            home.home_compound.sorters.append(household)


def _build_homes(c: Neighbourhood, people: Population) -> None:
    grids, ranks = people.compound_grid.tolist(), people.compound_rank.tolist()
    c.compounds = [
        Compound(n, key(c.number, n), grid, rank)
        for n, (grid, rank) in enumerate(zip(grids, ranks, strict=True))
    ]
    c.buildings = [Building(n, c.compounds[at]) for n, at in enumerate(people.building_compound.tolist())]
    for building in c.buildings:
        building.compound.buildings.append(building)
    c.firms = []
    for number in range(int(people.compound_firm.max()) + 1):
        served = [c.compounds[at] for at in np.flatnonzero(people.compound_firm == number)]
        firm = PropertyFirm(c, number, served)
        for compound in served:
            compound.firm = firm
        c.firms.append(firm)


def _house_residents(c: Neighbourhood, people: Population) -> None:
    names = ("household", "age", "tenure", "party", "free_minutes", "skill", "theta", "last_acted")
    columns = [getattr(people, name).tolist() for name in names]
    homes = zip(people.compound.tolist(), people.building.tolist(), strict=True)
    c.residents = []
    c.households = [[] for _ in range(int(people.household[-1]) + 1)]
    for number, ((at, house), *values) in enumerate(zip(homes, *columns, strict=True)):
        compound, building = c.compounds[at], c.buildings[house]
        traits = dict(zip(names, values, strict=True), registered=NEVER)
        resident = Resident(c, number, key(c.number, number), compound, building, **traits)
        c.residents.append(resident)
        c.households[resident.household].append(resident)
        for where in (compound, building):
            where.residents.append(resident)
            if resident.is_adult:
                where.adults.append(resident)
    c.adults = [resident for resident in c.residents if resident.is_adult]
    for building, head in zip(c.buildings, people.head.tolist(), strict=True):
        building.head = c.residents[head] if head >= 0 else None


def _introduce(c: Neighbourhood, ties: Network) -> None:
    """Everybody gets to know their neighbours."""
    start = ties.start.tolist()
    for resident in c.residents:
        known = ties.ties[start[resident.number] : start[resident.number + 1]].tolist()
        resident.ties = [c.residents[other] for other in known]


def _open_register(c: Neighbourhood, people: Population) -> None:
    """Members come onto the register; those who lead a party group are matched to a post at home."""
    p = c.parameters
    c.posts = Posts(len(c.compounds), p.posts, p.other_skill, p.other_wish)
    c.posts.share_out(c.buildings)
    c.hosts.update(people.managed.tolist())
    for number, host in enumerate(people.managed.tolist()):
        leads, home = number < c.place.serving_members, c.residents[host]
        member = c.register_member(home, home.skill, standing=leads)
        if leads:
            first = home.compound * p.posts
            post = c.posts.find(SKILL_TIME_WISH, member.skill, member.time, member.wish, first)
            member.takes(post, c.posts.fit(post, member.skill, member.time, member.wish))
    c.recruit_sunk_members(c.place.sunk_members)
