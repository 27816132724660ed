"""How things stand at the end of a day: the stocks of the day's record, and what the policies took."""

import numpy as np

from linli.agents.rules.branches import branches_of
from linli.agents.rules.departments import is_between_hands
from linli.agents.rules.learning import quanta
from linli.agents.rules.matching import ABSENT, DECOUPLED, MATCHED, REGISTERED
from linli.agents.rules.participation import engaged_since, first_of_last
from linli.agents.rules.resolution import LATENT
from linli.agents.rules.volunteering import ACTIVE_DAYS
from linli.agents.traits import ELDER, MIDDLE, NEVER, OLD, OWNER, TENANT, YOUNG
from linli.model.measures.spans import YEAR
from linli.model.objects.neighbourhood import Neighbourhood
from linli.model.policies import price


def take_stock(c: Neighbourhood) -> None:
    """Complete today's record; flows were counted while they happened."""
    _of_residents(c)
    _of_volunteers_and_firms(c)
    _of_members(c)
    _of_matters(c)
    _of_rewards(c)
    _of_emergency(c)
    c.today.fund_fen = c.fund.balance
    _of_committees(c)
    c.today.members_in_branches = c.in_branches
    c.today.branches = branches_of(c.in_branches, c.levers.branch_size)
    spent = price(c.settings.policies, c.day - c.settings.burn_in, c.levers, c.today, c.place, c.parameters)
    c.today.policy_minutes, c.today.policy_fen = spent


def _of_residents(c: Neighbourhood) -> None:
    """Who acted lately, by tenure and age, and the sums of states."""
    today, last_acts = c.today, c.last_acts[c.people.adults]
    engaged = np.flatnonzero(last_acts >= engaged_since(c.day))
    by_tenure = np.bincount(c.adult_tenure[engaged], minlength=2).tolist()
    by_age = np.bincount(c.adult_age[engaged], minlength=5).tolist()
    today.engaged_owners, today.engaged_tenants = by_tenure[OWNER], by_tenure[TENANT]
    today.engaged_young, today.engaged_middle = by_age[YOUNG], by_age[MIDDLE]
    today.engaged_elder, today.engaged_old = by_age[ELDER], by_age[OLD]
    today.active_in_quarter = int(np.count_nonzero(last_acts >= first_of_last(ACTIVE_DAYS, c.day)))
    today.active_in_year = int(np.count_nonzero(last_acts >= first_of_last(YEAR, c.day)))
    today.made_ties = c.ties_made
    today.households_sorting = sum(household.sorts for household in c.sorters)
    for name, total in c.sums.items():
        setattr(today, name, total)


def _of_volunteers_and_firms(c: Neighbourhood) -> None:
    today, volunteers = c.today, np.fromiter(c.volunteer_of, dtype=np.int64)
    lately = first_of_last(ACTIVE_DAYS, c.day)
    today.volunteers = len(volunteers)
    today.volunteers_active = int(np.count_nonzero(c.last_acts[volunteers] >= lately))
    today.effort_quanta = sum(quanta(firm.effort) for firm in c.firms)
    today.paid_quanta = sum(quanta(firm.paid) for firm in c.firms)
    today.units_linked = sum(unit.is_linked for unit in c.units)
    today.units_serving = sum(unit.keeps_its_word for unit in c.units)
    today.organisations = sum(organisation.exists for organisation in c.organisations)


def _of_committees(c: Neighbourhood) -> None:
    committees = [compound.committee for compound in c.compounds if compound.committee is not None]
    c.today.committees = len(committees)
    c.today.initiative_quanta = sum(quanta(committee.initiative) for committee in committees)


def _of_members(c: Neighbourhood) -> None:
    today, counts = c.today, [0] * 4
    for member in c.members:
        counts[member.status] += 1
        today.fit_permille += member.q
    today.members_absent, today.members_idle = counts[ABSENT], counts[REGISTERED]
    today.members_matched, today.members_decoupled = counts[MATCHED], counts[DECOUPLED]


def _of_matters(c: Neighbourhood) -> None:
    """Open matters, and how many of them adults see: each adult counts what is in sight."""
    today = c.today
    today.open_latent = sum(matter.status == LATENT for matter in c.queue)
    today.open_reported = len(c.queue) - today.open_latent
    today.between_hands = sum(is_between_hands(matter.stage) for matter in c.queue)
    for compound in c.compounds:
        today.need_in_sight += compound.open_shared * len(compound.adults)
    for building in c.buildings:
        today.need_in_sight += building.open_matters * len(building.adults)


def _of_emergency(c: Neighbourhood) -> None:
    """Households in an emergency, and those where every round is done."""
    c.today.households_in_emergency = len(c.households) if c.emergency.is_under_way else 0
    c.today.households_finished = len(c.households) if c.emergency.is_finished else 0


def _of_rewards(c: Neighbourhood) -> None:
    """How worn motives are, and who gets an allowance: whoever serves and is an active volunteer, one."""
    if "rewards" not in c.systems:
        return
    worn = [(resident, resident.worn) for resident in c.adults if resident.worn > 0.0]
    c.today.worn_quanta = sum(quanta(of * c.worn_left(c.day - who.last_acted)) for who, of in worn)
    if c.levers.allowance > 0.0:
        lately = first_of_last(ACTIVE_DAYS, c.day)
        serving = [member.home for member in c.members if member.status == MATCHED]
        both = sum(
            home is not None and home.registered > NEVER and home.last_acted >= lately for home in serving
        )
        c.today.allowances = c.today.volunteers_active + len(serving) - both
