"""Volunteers, firms, movers: phase 11 of a day."""

from linli.agents import decision
from linli.agents.chance import draw, key, pick, poisson
from linli.agents.compiled import part, phase
from linli.agents.rules.appraisal import pressed_by_residents
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.learning import (
    HOME_EFFICACY,
    QUANTUM,
    USUAL_TRUST,
    efficacy_at_home,
    expected_after,
    quanta,
)
from linli.agents.rules.owners_committee import pressed_by_committees
from linli.agents.rules.participation import active_since, motive_of
from linli.agents.rules.property_service import (
    USUAL_SATISFACTION,
    effort_after,
    pays,
    satisfaction_after,
    share_of_others,
)
from linli.agents.rules.volunteering import MONTH, is_month_end, lapses, may_lapse, registers
from linli.agents.traits import CHILD, NEVER
from linli.model.array.optional import in_systems
from linli.model.array.phases.acquaintance import part_from
from linli.model.array.phases.committees import committees_end_month, initiative_behind
from linli.model.array.phases.emergency import forget_turning_out
from linli.model.array.phases.fund import fund_acts
from linli.model.array.phases.lists import sort_ascending
from linli.model.array.phases.rewards import forget_rewards, leaving
from linli.model.array.phases.sorting import households_sort, others_move_in
from linli.model.array.phases.states import (
    age_of,
    gives,
    set_efficacy,
    set_satisfaction,
    set_trust,
    tenure_of,
)
from linli.model.array.phases.ties import set_serving, tell_active
from linli.model.measures.spans import YEAR
from linli.model.population import standard_motive


@phase
def roles(w, now, c):
    """Residents become volunteers or cease to be; once a month firms, habits and funds move; people move."""
    first = w.com[c].resident
    for at in range(now.so_far.acting):
        i = now.s.acting[at]
        if w.registered[i] == NEVER:
            who = key(w.com[c].number, i - first)
            if registers(now.p.rho_v, draw(now.seed, who, now.day, decision.REGISTERS, 0)):
                w.registered[i] = now.day
    if is_month_end(now.day):
        _month_ends(w, now, c)
    fund_acts(w, now, c)
    _move_house(w, now, c)


@part
def _month_ends(w, now, c):
    """Volunteers lapse, acquaintances lose touch, efficacy drifts home, satisfaction follows the firm, the
    firm its fees; what service was given in each building is that of the month before from now on."""
    p, first = now.p, w.com[c].resident
    delta_V = p.delta_V * leaving(w, now)
    for i in range(first, w.com[c + 1].resident):
        if w.registered[i] > NEVER and may_lapse(now.day, w.last_acted[i], w.registered[i], p.lapse_after):
            who = key(w.com[c].number, i - first)
            if lapses(delta_V, draw(now.seed, who, now.day, decision.LAPSES, 0)):
                w.registered[i] = NEVER
    left = left_after(p.delta_e, MONTH)
    for at in range(len(now.s.efficacy_from)):
        now.s.efficacy_from[at, 0] *= left
        now.s.efficacy_from[at, 1] *= left
    for at in range(first, first + w.com[c].adults):
        i = w.adults[at]
        if p.bond > 0.0:
            part_from(w, now, c, i, False)
        set_efficacy(w, c, i, efficacy_at_home(w.mind[i].efficacy, HOME_EFFICACY, left))
        firm = w.compounds[w.buildings[w.building[i]].compound].firm
        if firm >= 0:
            value = satisfaction_after(w.satisfaction[i], w.firms[firm].effort, p.eta_S)
            set_satisfaction(w, c, i, value)
    for house in range(w.com[c].building, w.com[c + 1].building):
        _building_expects(w, now, house)
    committees_end_month(w, now, c)
    for firm in range(w.com[c].firm, w.com[c + 1].firm):
        _firm_adjusts(w, now, c, firm)
    for house in range(w.com[c].building, w.com[c + 1].building):
        w.buildings[house].service_before = w.buildings[house].service
        w.buildings[house].service = 0
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        w.compounds[place].firm_work = 0
        w.compounds[place].others_work = 0
    households_sort(w, now, c)


@part
def _building_expects(w, now, house):
    """What people of a building expect follows what became of the month's matters."""
    building = w.buildings[house]
    building.expected = expected_after(building.expected, building.resolved, building.ended, now.p.eta_b)
    building.ended = 0
    building.resolved = 0


@part
def _firm_adjusts(w, now, c, firm):
    """A firm collects its fees; fees, joint control and whoever else presses it move its effort."""
    p = now.p
    paid = payers = controlled = own = others = 0
    first, served = w.firms[firm].first, w.firms[firm].serves
    for at in range(first, first + served):
        place = w.firm_compounds[at]
        adults, grown = w.compounds[place].adults, w.compounds[place].grown
        payers += grown
        for k in range(adults, adults + grown):
            paid += quanta(pays(p.pi, w.satisfaction[w.adults[k]]))
        controlled += w.compounds[place].rank <= now.lev.joint_control
        own += w.compounds[place].firm_work
        others += w.compounds[place].others_work
    w.firms[firm].paid = paid / (QUANTUM * payers)
    w.firms[firm].effort = effort_after(
        w.firms[firm].effort, p.x0, p.eta_x, p.b1, p.b2, w.firms[firm].paid, p.pi, controlled / served, p.b3,
        share_of_others(own, others), _pressed(w, now, c, firm),
    )  # fmt: skip


@in_systems(0.0)
def _pressed(w, now, c, firm):
    """What an appraisal by residents and owners' committees ask of a firm."""
    pressed = pressed_by_committees(now.p.b_c, initiative_behind(w, c, firm))
    if now.lev.appraisal > 0.0:
        pressed += pressed_by_residents(now.lev.appraisal, now.p.b4, _felt(w, firm))
    return pressed


@part
def _felt(w, firm):
    """Mean satisfaction of adults in a firm's compounds."""
    felt = judges = 0
    first = w.firms[firm].first
    for at in range(first, first + w.firms[firm].serves):
        place = w.firm_compounds[at]
        adults, grown = w.compounds[place].adults, w.compounds[place].grown
        judges += grown
        for k in range(adults, adults + grown):
            felt += quanta(w.satisfaction[w.adults[k]])
    return felt / (QUANTUM * judges)


@part
def _move_house(w, now, c):
    """Households that leave make room for others; those of managed members stay with their branch."""
    first, households = w.com[c].household, w.com[c + 1].household - w.com[c].household
    who = key(w.com[c].number, 0)
    count = poisson(households * now.p.moves / YEAR, draw(now.seed, who, now.day, decision.MOVES, 0))
    leaving = now.s.leaving
    for k in range(count):
        leaving[k] = pick(draw(now.seed, who, now.day, decision.MOVES, k + 1), households)
    sort_ascending(leaving, count)
    for k in range(count):
        if k > 0 and leaving[k] == leaving[k - 1]:
            continue
        _replace_household(w, now, c, first + leaving[k])


@part
def _replace_household(w, now, c, household):
    begin, end = w.household_first[household], w.household_first[household + 1]
    for i in range(begin, end):
        if w.life[i].party:
            return
    now.row.households_moved += 1
    for m in range(w.com[c].managed, w.com[c].created):
        if begin <= w.members[m].home < end:
            set_serving(w, c, w.members[m].home, False, now.day, now.p.W)
            w.members[m].home = -1
    for i in range(begin, end):
        _is_replaced(w, now, c, i)
    others_move_in(w, c, household)


@part
def _is_replaced(w, now, c, i):
    """Somebody else moves in: the same home and ties, a new motive and no history."""
    p = now.p
    part_from(w, now, c, i, True)
    z = standard_motive(now.seed, key(w.com[c].number, i - w.com[c].resident), now.day + 1)
    w.mind[i].theta = motive_of(
        p.theta_mean, p.sigma, z, p.owner, p.elder, p.young, p.party,
        age_of(w, i), tenure_of(w, i), w.life[i].party,
    )  # fmt: skip
    w.mind[i].fatigue = 0.0
    w.habit[i] = 0.0
    forget_rewards(w, c, i)
    forget_turning_out(w, c, i)
    if w.last_acted[i] >= active_since(now.day, p.W):
        tell_active(w, c, i, -1)
    w.last_acted[i] = NEVER
    w.heard[i] = 0
    w.life[i].week = -1
    w.life[i].minutes_week = 0
    w.life[i].unheard = 0
    w.life[i].predecessors += 1
    w.registered[i] = NEVER
    if age_of(w, i) != CHILD:
        gives(now, w.life[i].minutes_year, 0)
        set_efficacy(w, c, i, HOME_EFFICACY)
        if len(now.s.efficacy_from) > 0:
            now.s.efficacy_from[i - w.com[c].resident, 0] = 0.0
            now.s.efficacy_from[i - w.com[c].resident, 1] = 0.0
        set_trust(w, c, i, USUAL_TRUST)
        set_satisfaction(w, c, i, USUAL_SATISFACTION)
    w.life[i].minutes_year = 0
