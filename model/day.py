"""A day in the community. Read this first.

The phases run in this order. Inside a phase everybody decides from the state at its beginning, and what
is shared (matters, posts, hours) is allocated in a fixed order: so the order in which agents are activated
cannot matter.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np

from linli.agents import decision
from linli.agents.chance import choose, draw, draws, pick, poisson, whole
from linli.agents.owners_committee import OwnersCommittee
from linli.agents.party_member import PartyMember
from linli.agents.resident import Resident
from linli.agents.rules.appraisal import moved_by_appraisal, reporting_minutes
from linli.agents.rules.asking import KNOWN, PEER
from linli.agents.rules.emergency import urgent_minutes
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.fund import prevented_by_works
from linli.agents.rules.learning import lesson_of_service
from linli.agents.rules.matching import ABSENT, NONE, can_match, given_back
from linli.agents.rules.occasion import NO_OCCASION
from linli.agents.rules.owners_committee import has_committee
from linli.agents.rules.prevention import is_prevented, prevented_by_either, share_prevented
from linli.agents.rules.resolution import (
    REPORTED,
    RESOLVED,
    arrivals_a_day,
    closing_on_paper,
    ending,
    hours_of_work,
    is_complete,
    is_over,
    is_their_own,
    quality_of_work,
    success,
    success_without,
)
from linli.agents.rules.social_organisation import budget_minutes, week_begins
from linli.agents.rules.voice import cost_of_reporting, is_voiced, speaks_up, those_who_could
from linli.agents.rules.volunteering import MONTH, drive_goes_on, is_month_end
from linli.agents.rules.waste_sorting import (
    NOT_JUDGED,
    goes_on,
    honours,
    is_contest,
    prevented_by_sorting,
    share_sorting,
    standing_after,
)
from linli.agents.rules.work_time import WORKDAY, division_of_day, is_workday, share_of
from linli.agents.social_organisation import SocialOrganisation
from linli.agents.traits import BY_WORKER, NEVER, SPECIALITIES
from linli.agents.volunteer import Volunteer
from linli.model.matters import SERVED, SORTED, UP_TO, WANTED
from linli.model.measures.spans import YEAR
from linli.model.objects.fields import Fields
from linli.model.objects.neighbourhood import Neighbourhood
from linli.model.objects.places import Compound, Matter
from linli.model.objects.recording import take_stock
from linli.model.policies import levers_on


def policies_set_levers(c: Neighbourhood) -> None:
    """Policies set today's levers; sunk members, owners' committees and rooms come and go with them."""
    day, sunk = c.day - c.settings.burn_in, c.place.sunk_members
    c.set_levers(levers_on(day, c.settings.policies, sunk, c.parameters, c.place))
    for number, member in enumerate(c.members[c.place.managed_members :]):
        if number < c.levers.sunk and member.status == ABSENT:
            member.arrives()
        elif number >= c.levers.sunk and member.status != ABSENT:
            member.is_withdrawn()
    c.recruit_sunk_members(c.levers.sunk)
    for compound in c.compounds:
        if not has_committee(compound.rank, c.levers.committees):
            compound.committee = None
        elif compound.committee is None:
            compound.committee = OwnersCommittee(c, compound)
        compound.room = False
    for unit in c.units:
        if unit.keeps_its_word:
            c.compounds[unit.compound].room = True


def emergency_is_called(c: Neighbourhood) -> None:
    """In the morning an emergency begins or is over, or its next round begins: then residents decide whether
    they turn out for it, and those who do meet."""
    if not c.emergency.begins_round(c.day):
        return
    out = [adult for adult in c.in_order(c.adults) if adult.is_willing_to_turn_out(c.day)]
    by_compound: dict[Any, list[tuple[float, float, Resident]]] = defaultdict(list)
    for resident in out:
        resident.turns_out(c.day)
        place, u, _, _ = draws(c.seed, resident.key, c.day, decision.ACQUAINTED, 1)
        by_compound[resident.home_compound].append((place, u, resident))
    _meet_in_order(by_compound.values())


def matters_arise(c: Neighbourhood) -> None:
    """Public matters arise in compounds; of each kind as many as its share says."""
    p = c.parameters
    for compound in c.compounds:
        u = draw(c.seed, compound.key, c.day, decision.ARRIVES, 0)
        for _ in range(poisson(arrivals_a_day(len(compound.residents), p.arrivals), u)):
            matter = _new_matter(c, compound)
            if matter is not None:
                c.open_matter(matter)


def _new_matter(c: Neighbourhood, compound: Compound) -> Matter | None:
    """A matter with its kind, the resident it affects and the work it takes; None if it was prevented."""
    u_who, u_work, u_kind, u_prevented = draws(c.seed, compound.key, c.day, decision.MATTER, compound.arisen)
    kind = choose(u_kind, UP_TO)
    affected = compound.adults[pick(u_who, len(compound.adults))]
    work = 100 * hours_of_work(c.parameters.work_hours, u_work)
    serial = compound.arisen
    compound.arisen += 1
    p, share, house = c.parameters, 0.0, affected.home_building
    if SERVED[kind]:
        share = share_prevented(p.prevent_service, house.service_before, len(house.adults))
    if SORTED[kind]:
        by_sorting = prevented_by_sorting(p.prevent_sorting, compound.sorting, len(compound.sorters))
        share = prevented_by_either(share, by_sorting)
    by_works = prevented_by_works(p.works_most, compound.works[kind])
    if is_prevented(prevented_by_either(share, by_works), u_prevented):
        c.today.prevented_by_works += not is_prevented(share, u_prevented)
        return None
    return Matter(compound, affected.home_building, kind, serial, affected, c.day, work, work)


def voice(c: Neighbourhood) -> None:
    """New matters are reported or not: who is affected alone, the others wait for each other."""
    p = c.parameters
    for matter in c.new_matters:
        cost = cost_of_reporting(p.c_report, p.platform_ease, c.on_platform(matter.affected))
        ready = matter.affected.readiness_to_report()
        alone = speaks_up(ready, cost, p.g, matter.affected.satisfaction)
        in_compound, in_building = len(matter.compound.adults), len(matter.building.adults)
        n = those_who_could(matter.is_shared, in_compound, in_building, p.dilemma_of_building)
        if draw(c.seed, matter.compound.key, c.day, decision.REPORTS, matter.serial) < is_voiced(alone, n):
            matter.status, matter.reported = REPORTED, c.day
            c.today.reported += 1
    c.new_matters.clear()


def departments_are_called(c: Neighbourhood) -> None:
    """Matters that need a department are called to it; hand-overs end, or bounce and begin anew."""
    if c.departments.are_at_work:
        c.departments.receive(c.day)


def workers_divide_their_day(c: Neighbourhood) -> None:
    """Administration first; relief frees time, part of which new tasks take back. In an emergency workers do
    what cannot wait, and the rest of their day belongs to it."""
    p, levers = c.parameters, c.levers
    c.matter_minutes = 0
    c.match_minutes_today = c.emergency_minutes = 0
    if c.emergency.is_under_way:
        office = urgent_minutes(p.urgent)
        c.today.office_minutes += len(c.workers) * office
        c.emergency_minutes = len(c.workers) * (WORKDAY - office)
        return
    if not is_workday(c.day):
        return
    office, matching_, asking_, matters = division_of_day(p.a0, levers.relief, p.rho, levers.s_match, p.s_ask)
    reporting = reporting_minutes(levers.appraisal, p.c_record, matters)
    for worker in c.workers:
        worker.ask_bank += asking_
        c.today.office_minutes += office
        c.today.report_minutes += reporting
        c.today.ask_minutes += asking_
        c.match_minutes_today += matching_
        c.matter_minutes += matters - reporting


def services_are_bought(c: Neighbourhood) -> None:
    """On Mondays organisations end their week, and the community buys the next one where most is open."""
    if not week_begins(c.day):
        return
    for organisation in c.organisations:
        if organisation.exists:
            organisation.week_ends()
    left = budget_minutes(len(c.residents), c.levers.services, c.levers.service_price)
    if left == 0:
        return
    wanted = _in_order_of_need(c)
    for organisation in [one for one in wanted if one.exists]:
        left -= organisation.sells(left)
    for organisation in [one for one in wanted if not one.exists]:
        if left > 0:
            organisation.is_founded()
            left -= organisation.sells(left)
    c.today.bought_minutes += sum(organisation.sold for organisation in c.organisations)


def _in_order_of_need(c: Neighbourhood) -> list[SocialOrganisation]:
    """Organisations of the speciality with most open work first, in it by number."""
    need = [0] * len(SPECIALITIES)
    for matter in c.queue:
        if matter.awaits_work:
            need[WANTED[matter.kind]] += matter.need
    return sorted(c.organisations, key=lambda one: (-need[one.speciality], one.speciality, one.number))


def members_are_matched(c: Neighbourhood) -> None:
    """Members drift; workers match idle ones to posts as far as time goes; what is left goes to matters."""
    for member in c.in_order(c.members):
        member.drifts(c.day)
    given = c.match_minutes_today
    idle = [] if c.levers.matching == NONE else [member for member in c.members if member.is_idle]
    idle.sort(key=lambda member: (member.ticket, member.number), reverse=True)
    c.match_bank += given
    while can_match(c.match_bank, c.match_cost, len(idle), c.posts.open):
        c.match_bank -= c.match_cost
        _match(c, idle.pop())
    back = given_back(given, c.match_bank, len(idle), c.posts.open)
    c.match_bank -= back
    c.matter_minutes += back
    c.today.match_minutes += given - back


def _match(c: Neighbourhood, member: PartyMember) -> None:
    first = member.first_post_to_look_at(len(c.posts))
    post = c.posts.find(c.levers.matching, member.skill, member.time, member.wish, first)
    member.takes(post, c.posts.fit(post, member.skill, member.time, member.wish))
    c.today.matches += 1


def doors_are_visited(c: Neighbourhood) -> None:
    """In an emergency whoever turned out visits households that have not been reached in this round."""
    if c.emergency.is_under_way:
        c.emergency.visits(c.day)


def asking(c: Neighbourhood) -> None:
    """Workers call volunteers and visit, members and organisations ask, neighbours ask each other; what they
    came upon at doors is reported. In an emergency workers and members do not ask."""
    waits = c.emergency.is_under_way
    if is_workday(c.day) and not waits:
        c.on_drive = drive_goes_on(len(c.volunteer_of), len(c.residents), c.levers.register)
        for resident in c.residents[-c.day % c.parameters.call_every :: c.parameters.call_every]:
            if resident.registered > NEVER:
                c.worker_of(resident).calls(c.volunteer_of[resident.number], c.day)
        for worker in c.in_order(c.workers):
            worker.visits(c.day)
    for member in c.in_order([m for m in c.members if m.has_session(c.day) and not waits]):
        member.asks(c.day)
    for organisation in c.in_order([one for one in c.organisations if one.exists]):
        organisation.asks(c.day)
    _neighbours_ask(c)
    c.report_finds()


def _neighbours_ask(c: Neighbourhood) -> None:
    """Each active resident asks at a low rate: a tie, or, as head of the building, at any door in it."""
    p, adults = c.parameters, c.adults
    asks = whole(p.peer_ask * len(adults), draw(c.seed, c.key, c.day, decision.PEER_ASKS, 0))
    for k in range(1, asks + 1):
        u_who, u_whom, _, _ = draws(c.seed, c.key, c.day, decision.PEER_ASKS, k)
        asker = adults[pick(u_who, len(adults))]
        if asker.last_acted < c.active_since:
            continue
        heads = asker.home_building.head is asker
        circle = asker.home_building.adults if heads else [*asker.ties, *asker.made_ties]
        if circle:
            other = circle[pick(u_whom, len(circle))]
            if other is not asker and other.is_adult:
                other.hear(KNOWN, c.day, PEER)
                c.today.peer_asks += 1


def deliberation(c: Neighbourhood) -> None:
    """Residents with an occasion or an ask decide; then what they decided takes hold."""
    may = _who_may_decide(c)
    c.acting = [resident for resident in c.in_order(list(may)) if resident.deliberate(c.day, *may[resident])]
    for resident in c.acting:
        resident.commit(c.day)
    c.diary.turn_page(c.day)
    c.asked.clear()


def _who_may_decide(c: Neighbourhood) -> dict[Resident, tuple[int, float]]:
    """Those with an occasion today, then those asked without one: the kind of occasion of each, and the draw
    that decides whether they act."""
    due, kinds, luck = c.diary.due(c.day), c.occasions.kinds(c.day, c.levers.council), c.diary.luck(c.day)
    is_asked = c.is_asked()
    deciding = np.flatnonzero((kinds != NO_OCCASION) | is_asked[due])
    columns = due[deciding].tolist(), kinds[deciding].tolist(), luck[deciding, 1].tolist()
    may = {c.residents[number]: (kind, u) for number, kind, u in zip(*columns, strict=True)}
    is_asked[due] = False
    asked = [resident for resident in c.asked if is_asked[resident.number]]
    return may | {resident: (NO_OCCASION, _luck(c, resident)) for resident in asked}


def _luck(c: Neighbourhood, resident: Resident) -> float:
    """The draw that decides whether somebody acts who has no candidate occasion today."""
    u: float = draws(c.seed, resident.key, c.day, decision.OCCASION, 0)[1]
    return u


def work(c: Neighbourhood) -> None:
    """Residents, members, workers, firms, departments, linked units, then organisations work on matters,
    oldest first; in an emergency members, workers, firms and departments do not."""
    c.at_work, c.fields = [one for one in c.organisations if one.exists], Fields()
    c.acting.sort(key=lambda resident: resident.number)
    for resident in c.acting:
        if resident.home_compound.committee is not None:
            resident.home_compound.committee.acts += 1
        resident.serve(c.day)
    _thank_each_other(c)
    if not c.emergency.is_under_way:
        _staff_works(c)
    if c.departments.are_at_work:
        c.departments.work(c.day)
    for unit in c.units:
        unit.works(c.day)
    for organisation in c.at_work:
        organisation.works()
    for organisation in c.at_work:
        organisation.looks_around()


def _thank_each_other(c: Neighbourhood) -> None:
    """Whoever gave general service beside others of the compound is thanked for it."""
    thanked = c.parameters.thanked
    if thanked == 0.0:
        return
    served = Counter(resident.compound for resident, _ in c.experiences)
    c.experiences = [
        (resident, lesson_of_service(worth, served[resident.compound] > 1, thanked))
        for resident, worth in c.experiences
    ]


def _staff_works(c: Neighbourhood) -> None:
    """Members whose session is today, workers, then firms."""
    c.branch_turns.clear()
    for member in c.members:
        if member.has_session(c.day):
            member.works()
    _workers_work(c)
    for firm in c.firms:
        firm.works()


def _workers_work(c: Neighbourhood) -> None:
    """The workers' pooled time goes to the community's queue; what is left becomes outreach tomorrow."""
    left = c.work_in_order(c.queue, c.matter_minutes, BY_WORKER)
    c.today.worker_matter_minutes += c.matter_minutes - left
    c.today.outreach_minutes += left
    for worker in c.workers:
        worker.ask_bank += share_of(left, len(c.workers), worker.number)


def acquaintance(c: Neighbourhood) -> None:
    """Residents who acted side by side meet, each the one before by lot; some become acquainted."""
    if c.parameters.bond == 0.0:
        return
    at_work: dict[Any, list[tuple[float, float, Resident]]] = defaultdict(list)
    in_council: dict[Any, list[tuple[float, float, Resident]]] = defaultdict(list)
    for resident in c.acting:
        place, u, seat, u_seat = draws(c.seed, resident.key, c.day, decision.ACQUAINTED, 0)
        at_work[resident.worked_on or resident.home_compound].append((place, u, resident))
        if resident.meeting:
            in_council[resident.home_compound].append((seat, u_seat, resident))
    _meet_in_order((*at_work.values(), *in_council.values()))


def _meet_in_order(companies: Iterable[list[tuple[float, float, Resident]]]) -> None:
    """In each company everybody meets the one before by lot. Of each: the lot, the draw, and who it is."""
    for company in companies:
        company.sort(key=itemgetter(0))
        for (_, _, before), (_, u, resident) in pairwise(company):
            resident.meets(before, u)


def outcomes(c: Neighbourhood) -> None:
    """Complete attempts succeed or fail, deadlines pass, and people learn what came of it."""
    for matter in [m for m in c.queue if is_complete(m.need, m.minutes)]:
        _attempt(c, matter)
    for matter in [m for m in c.queue if _is_over(c, m)]:
        _close(c, matter)
    for resident, lesson in c.experiences:
        resident.learns(lesson)
    c.experiences.clear()
    for building in c.buildings_with_news:
        for resident in building.adults:
            for _ in range(building.encouragements):
                resident.sees_neighbours_solve()
            for _ in range(building.discouragements):
                resident.sees_others_solve()
        building.encouragements = building.discouragements = 0
    c.buildings_with_news.clear()


def _attempt(c: Neighbourhood, matter: Matter) -> None:
    """All hours are done: the matter is truly resolved, or all was in vain and it may be taken up again."""
    p, today = c.parameters, c.today
    u_success, u_again, _, _ = draws(c.seed, matter.compound.key, c.day, decision.ATTEMPT, matter.serial)
    quality = quality_of_work(matter.quality_minutes, matter.minutes)
    today.attempts += 1
    by_work = success(p.s0, p.s1, matter.compound.effort(p.x0), p.x0, p.s2, quality)
    if u_success < success_without(by_work, p.hindered, c.lacks(matter)):
        if is_their_own(matter.resident_minutes):
            matter.building.encouragements += 1
        else:
            matter.building.discouragements += 1
            today.resolved_without_residents += 1
        if matter.building not in c.buildings_with_news:
            c.buildings_with_news.append(matter.building)
        c.end_matter(matter, RESOLVED)
        return
    if not p.learn_at_end:
        c.tell_contributors(matter, 0.0, thanks=0.0)
        matter.forget_contributors()
    matter.forget_attempt()
    if u_again < p.nu:
        matter.starts_over()
        c.send_back(matter)
    elif not matter.is_in_sight(p.sees_dead):
        matter.compound.sees(matter, -1)


def _is_over(c: Neighbourhood, matter: Matter) -> bool:
    patience, deadline = c.parameters.patience, c.levers.deadline
    over: bool = is_over(c.day, matter.status, matter.arose, matter.reported, patience, deadline)
    return over


def _close(c: Neighbourhood, matter: Matter) -> None:
    """Time is up: a reported matter is closed on paper or lapses, an unreported one lapses."""
    p = c.parameters
    on_paper = closing_on_paper(p.psi, p.platform_pressure, c.levers.coverage)
    on_paper += moved_by_appraisal(on_paper, c.levers.appraisal, p.judged)
    u = draw(c.seed, matter.compound.key, c.day, decision.DEADLINE, matter.serial)
    c.end_matter(matter, ending(matter.status, on_paper, u))


def roles(c: Neighbourhood) -> None:
    """Residents become volunteers or cease to be; once a month firms, habits and funds move; people move."""
    for resident in c.acting:
        if resident.registers_after_act(c.day):
            Volunteer(c, resident, c.day)
    if is_month_end(c.day):
        _month_ends(c)
    c.fund.acts()
    _move_house(c)


def _month_ends(c: Neighbourhood) -> None:
    """Volunteers lapse, acquaintances lose touch, efficacy drifts home, satisfaction follows the firm, the
    firm its fees and committees; what service was given in each building is that of the month before from now
    on."""
    for volunteer in c.volunteers():
        if volunteer.considers_leaving(c.day):
            volunteer.remove()
    left = left_after(c.parameters.delta_e, MONTH)
    for resident in c.adults:
        resident.loses_touch(c.day)
        resident.drifts_home(left)
        firm = resident.home_compound.firm
        if firm is not None:
            resident.experiences_property(firm.effort)
    for building in c.buildings:
        building.month_ends(c.parameters.eta_b)
    for compound in c.compounds:
        if compound.committee is not None:
            compound.committee.month_ends()
    for firm in c.firms:
        firm.collects_fees()
        firm.adjusts_effort()
    for building in c.buildings:
        building.service_before, building.service = building.service, 0
    for compound in c.compounds:
        compound.firm_work = compound.others_work = 0
    if c.sorters:
        _households_sort(c)


def _households_sort(c: Neighbourhood) -> None:
    """Each household decides whether to sort its waste, by what it saw last month; then compounds may be
    compared. Where contests are held no longer, the last one is forgotten."""
    levers = c.levers
    if levers.contest == 0.0:
        for compound in c.compounds:
            compound.standing = NOT_JUDGED
    if not goes_on(levers.contest, levers.taught, sum(household.sorts for household in c.sorters)):
        return
    for building in c.buildings:
        sorting = sum(household.sorts for household in building.sorters)
        share = share_sorting(sorting, len(building.sorters))
        for household in c.in_order(building.sorters):
            household.decides(c.day, share)
    if is_contest(c.day, levers.contest, levers.contest_every):
        _compare_compounds(c)


def _compare_compounds(c: Neighbourhood) -> None:
    """The best of the compounds that compete are honoured, the others are passed by."""
    for compound in c.compounds:
        compound.standing = NOT_JUDGED
    competing = [compound for compound in c.compounds if compound.rank <= c.levers.contest]
    c.today.compounds_judged += len(competing)
    competing.sort(key=lambda compound: (-compound.share_sorting, compound.number))
    honoured = honours(c.levers.contest_best, len(competing))
    for ahead, compound in enumerate(competing):
        compound.standing = standing_after(ahead, honoured, compound.sorting)


def _move_house(c: Neighbourhood) -> None:
    """Households that leave make room for others; those of managed members stay with their branch."""
    households = len(c.households)
    count = poisson(households * c.parameters.moves / YEAR, draw(c.seed, c.key, c.day, decision.MOVES, 0))
    leaving = {pick(draw(c.seed, c.key, c.day, decision.MOVES, k), households) for k in range(1, count + 1)}
    for number in sorted(leaving):
        if not any(resident.party for resident in c.households[number]):
            c.replace_household(number)


def record(c: Neighbourhood) -> None:
    """Write down how the day ended: how things stand, and what the policies took."""
    take_stock(c)


Phase = Callable[[Neighbourhood], None]

DAY: tuple[Phase, ...] = (
    policies_set_levers,
    emergency_is_called,
    matters_arise,
    voice,
    departments_are_called,
    workers_divide_their_day,
    services_are_bought,
    members_are_matched,
    doors_are_visited,
    asking,
    deliberation,
    work,
    acquaintance,
    outcomes,
    roles,
    record,
)
"""The phases of a day, in order."""
