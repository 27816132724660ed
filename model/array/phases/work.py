"""Workers' hours, and everybody's work on matters: phases 4 and 8 of a day."""

from linli.agents import decision
from linli.agents.chance import draws, key
from linli.agents.compiled import part, phase
from linli.agents.rules.appraisal import reporting_minutes
from linli.agents.rules.bout import (
    ALL_SKILLS,
    WHOLE_FIT,
    bout_minutes,
    free_this_week,
    has_skill,
    quality_of_minute,
    service_outcome,
    usefulness,
    week_of,
)
from linli.agents.rules.learning import lesson_of_service
from linli.agents.rules.linked_unit import is_service_day
from linli.agents.rules.matching import (
    MATCHED,
    beat_of,
    has_session,
    presence_minutes,
    session_ask_minutes,
    session_minutes,
)
from linli.agents.rules.order import comes_first, minutes_in_order
from linli.agents.rules.property_service import supply_minutes
from linli.agents.rules.resolution import awaits_neighbours, awaits_work
from linli.agents.rules.social_organisation import left_of_bought, worth_of_service
from linli.agents.rules.work_time import division_of_day, is_workday, minutes, share_of
from linli.agents.traits import BY_FIRM, BY_MEMBER, BY_ORGANISATION, BY_RESIDENT, BY_UNIT, BY_WORKER
from linli.model.array.optional import in_systems
from linli.model.array.phases.beats import post_compound
from linli.model.array.phases.branches import left_to_others
from linli.model.array.phases.committees import committee_sees_work, committees_see_acts
from linli.model.array.phases.departments import departments_work
from linli.model.array.phases.emergency import in_emergency, workers_leave_matters
from linli.model.array.phases.matters import NOBODY, work_on
from linli.model.array.phases.organisations import (
    ORGANISED,
    clear_fields,
    is_led,
    look_around,
    note_in_fields,
)
from linli.model.array.phases.states import gives, learns
from linli.model.array.phases.units import keeps_word
from linli.model.matters import MEETS, OF_PROPERTY, QUALITY, SHARED, SKILL, USEFULNESS

NOTHING = -1
"""In place of a matter: general service."""

EVERYWHERE = -1
"""In place of a compound: the queue of the whole community."""


@part
def workers_divide_their_day(w, now, c):
    """Administration first; relief frees time, part of which new tasks take back."""
    p, lev = now.p, now.lev
    now.so_far.match_minutes = now.so_far.matter_minutes = 0
    if workers_leave_matters(w, now, c) or not is_workday(now.day):
        return
    office, matching, asking, matters = division_of_day(p.a0, lev.relief, p.rho, lev.s_match, p.s_ask)
    workers = w.com[c + 1].worker - w.com[c].worker
    reporting = _reporting(w, now, matters)
    for k in range(w.com[c].worker, w.com[c + 1].worker):
        w.workers[k].ask_bank += asking
    now.row.office_minutes += workers * office
    now.row.report_minutes += workers * reporting
    now.row.ask_minutes += workers * asking
    now.so_far.match_minutes = workers * matching
    now.so_far.matter_minutes = workers * (matters - reporting)


@in_systems(0)
def _reporting(w, now, matters):
    """What a worker's reporting for an appraisal takes of the minutes for matters."""
    return reporting_minutes(now.lev.appraisal, now.p.c_record, matters)


@phase
def work(w, now, c):
    """Residents, members, workers, firms, departments, linked units, then organisations work on matters,
    oldest first; in an emergency members, workers, firms and departments do not."""
    now.so_far.learners = 0
    clear_fields(w, now)
    committees_see_acts(w, now, c)
    for at in range(now.so_far.acting):
        _resident_serves(w, now, c, now.s.acting[at])
    if now.p.thanked > 0.0:
        _thank_each_other(w, now)
    if not in_emergency(w, now, c):
        _members_work(w, now, c)
        _workers_work(w, now, c)
        for firm in range(w.com[c].firm, w.com[c + 1].firm):
            _firm_works(w, now, c, firm)
    departments_work(w, now, c)
    _units_work(w, now, c)
    _organisations_work(w, now, c)


@part
def work_down(
    w, now, c, place, pool, actor, skill=ALL_SKILLS, fit=WHOLE_FIT, by=NOBODY, chosen=False, passed=0
):
    """A pool of minutes meets matters, oldest first; returns the minutes that are left.

    place: the compound whose matters, or EVERYWHERE; actor: whose minutes, see `model.matters.USEFULNESS`;
    by: the resident who gives them, to what he or she sees; NOBODY: an organised force, to what is reported;
    chosen: only to what comes first in the order of the day; passed: so many it leaves to others.
    """
    at, met = _first(w, c, place), 0
    while at >= 0 and pool > 0 and met < MEETS[actor]:
        x = w.order[at] if place == EVERYWHERE else at
        kind = w.matters[x].kind
        percent = USEFULNESS[actor, kind]
        waits = percent > 0 and _awaits(w, x, by) and (not chosen or _comes_first(w, now, x))
        if waits and passed > 0:
            passed -= 1
        elif waits:
            skilled = has_skill(skill, SKILL[kind])
            quality = quality_of_minute(QUALITY[actor, 0], QUALITY[actor, 1], skilled, fit)
            due = w.matters[x].need
            pool -= work_on(w, x, pool, usefulness(percent, skilled, now.p.unskilled), quality, by)
            done = due - w.matters[x].need
            if OF_PROPERTY[kind]:
                _counts_work(w, w.matters[x].compound, actor, done)
                committee_sees_work(w, now, c, w.matters[x].compound, actor, done)
            note_in_fields(w, now, kind, by == NOBODY, done)
            met += 1
            if by != NOBODY:
                now.s.worked_on[by - w.com[c].resident] = x
        at = _next(w, c, place, at)
    return pool


@part
def _work_in_order(w, now, c, place, pool, actor):
    """A pool of an organised force meets first what the order of the day says, then the rest; returns the
    minutes that are left."""
    spent = _what_comes_first(w, now, c, place, pool, actor)
    return work_down(w, now, c, place, pool - spent, actor)


@in_systems(0)
def _what_comes_first(w, now, c, place, pool, actor):
    """Work on what comes first; returns the minutes spent."""
    if now.lev.order == 0.0:
        return 0
    given = minutes_in_order(now.lev.order, pool)
    return given - work_down(w, now, c, place, given, actor, ALL_SKILLS, WHOLE_FIT, NOBODY, True)


@part
def _comes_first(w, now, x):
    matter = w.matters[x]
    return comes_first(now.lev.order, SHARED[matter.kind], now.day, matter.reported, now.lev.deadline)


@part
def _counts_work(w, place, actor, done):
    """Work was done on a matter that is a firm's to do. done: [minute-percent]."""
    if actor == BY_FIRM:
        w.compounds[place].firm_work += done
    else:
        w.compounds[place].others_work += done


@part
def _first(w, c, place):
    """Where the oldest matter stands: in the queue of the community, or at the head of a compound's chain."""
    if place == EVERYWHERE:
        return w.com[c].slot if w.com[c].open > 0 else -1
    return w.compounds[place].oldest


@part
def _next(w, c, place, at):
    """Where the next newer matter stands, -1 behind the last."""
    if place == EVERYWHERE:
        return at + 1 if at + 1 < w.com[c].slot + w.com[c].open else -1
    return w.matters[at].behind


@part
def _awaits(w, x, by):
    """Whether a matter waits for an organised force, or for a resident."""
    if by == NOBODY:
        return awaits_work(w.matters[x].status, w.matters[x].need)
    in_house = w.matters[x].building == w.building[by]
    return awaits_neighbours(w.matters[x].need, SHARED[w.matters[x].kind], in_house)


@part
def _resident_serves(w, now, c, i):
    """One bout: to the oldest open matter in sight, or to general service; what is left over too."""
    p, row, life = now.p, now.row, w.life[i]
    local = i - w.com[c].resident
    u1, u2, choice, worth = draws(now.seed, key(w.com[c].number, local), now.day, decision.BOUT, 0)
    so_far, free = free_this_week(now.day, life.week, life.minutes_week, life.free_minutes)
    given = bout_minutes(p.bout_median, p.bout_spread, u1, u2, free)
    life.week, life.minutes_week = week_of(now.day), so_far + given
    left, place = given, w.buildings[w.building[i]].compound
    now.s.worked_on[local] = NOTHING
    worth_it = worth_of_service(p.y_service, p.y_led, is_led(w, now, c, i))
    if choice < p.mu_m:
        left = work_down(w, now, c, place, given, BY_RESIDENT, life.skill, WHOLE_FIT, i)
    now.s.bout[local], now.s.on_matters[local] = given, given - left
    row.resident_matter_minutes += given - left
    row.resident_service_minutes += left
    w.buildings[w.building[i]].service += left
    if left == given:
        learns(now, i, service_outcome(worth_it, worth))
    if now.s.meeting[local]:
        meeting = minutes(p.council_meeting)
        row.meetings += 1
        row.meeting_minutes += meeting
        given += meeting
    gives(now, life.minutes_year, life.minutes_year + given)
    life.minutes_year += given


@part
def _thank_each_other(w, now):
    """Whoever gave general service beside others of the compound is thanked for it: who served stands in a
    list in the order of homes, and neighbours in it are neighbours."""
    s, served = now.s, now.so_far.learners
    for at in range(served):
        home = _home_of_learner(w, now, at)
        together = (at > 0 and _home_of_learner(w, now, at - 1) == home) or (
            at + 1 < served and _home_of_learner(w, now, at + 1) == home
        )
        s.outcome[at] = lesson_of_service(s.outcome[at], together, now.p.thanked)


@part
def _home_of_learner(w, now, at):
    """The compound of somebody in the list of those who will learn."""
    return w.buildings[w.building[now.s.learner[at]]].compound


@part
def _members_work(w, now, c):
    """Those whose session is today."""
    for m in range(w.com[c].member, w.com[c].created):
        if w.members[m].status == MATCHED and has_session(now.day, w.members[m].time, w.members[m].session):
            _member_works(w, now, c, m)


@part
def _member_works(w, now, c, m):
    """The rest of the session: the oldest reported matter in the compound that is not left to others of the
    branches, then general service."""
    row, hours, member = now.row, now.lev.hours, w.members[m]
    effective = session_minutes(hours, member.q)
    given = effective - session_ask_minutes(effective, now.p.member_asks)
    place = post_compound(w, c, m)
    passed = left_to_others(w, now, c, m, place)
    left = work_down(w, now, c, place, given, BY_MEMBER, member.skill, member.q, NOBODY, False, passed)
    if w.compounds[place].houses > 0:
        per_compound = (w.com[c + 1].post - w.com[c].post) // (w.com[c + 1].compound - w.com[c].compound)
        beat = beat_of((member.post - w.com[c].post) % per_compound, w.compounds[place].houses)
        w.buildings[w.compounds[place].house + beat].service += left
    if member.standing:
        row.leader_minutes += effective
    row.member_matter_minutes += given - left
    row.member_service_minutes += left
    row.presence_minutes += presence_minutes(hours, member.q, now.lev.accountability)


@part
def _workers_work(w, now, c):
    """The workers' pooled time goes to the community's queue; what is left becomes outreach tomorrow."""
    pool = now.so_far.matter_minutes
    left = _work_in_order(w, now, c, EVERYWHERE, pool, BY_WORKER)
    now.row.worker_matter_minutes += pool - left
    now.row.outreach_minutes += left
    first, workers = w.com[c].worker, w.com[c + 1].worker - w.com[c].worker
    for k in range(workers):
        w.workers[first + k].ask_bank += share_of(left, workers, k)


@part
def _firm_works(w, now, c, firm):
    """A day's supply to each compound, on its reported matters, in the order of the day."""
    first = w.firms[firm].first
    for at in range(first, first + w.firms[firm].serves):
        pool = supply_minutes(now.p.firm_h, w.firms[firm].effort)
        now.row.firm_minutes += pool - _work_in_order(w, now, c, w.firm_compounds[at], pool, BY_FIRM)


@in_systems()
def _units_work(w, now, c):
    """On its service day a unit's people work on the compound's reported matters of the kinds they can do,
    oldest first; what is left is general service in every building there."""
    for unit in range(w.com[c].unit, w.com[c + 1].unit):
        if keeps_word(w, now, unit) and is_service_day(now.day, w.units[unit].service_day):
            place, pool = w.units[unit].compound, minutes(now.p.unit_day)
            left = work_down(w, now, c, place, pool, BY_UNIT + w.units[unit].trade)
            house, houses = w.compounds[place].house, w.compounds[place].houses
            for k in range(houses):
                w.buildings[house + k].service += share_of(left, houses, k)
            now.row.unit_days += 1
            now.row.unit_matter_minutes += pool - left
            now.row.unit_service_minutes += left


@in_systems()
def _organisations_work(w, now, c):
    """Organisations' time of the week meets the community's reported matters of their kinds, oldest first."""
    first, last = w.com[c].organisation, w.com[c + 1].organisation
    for o in range(first, last):
        if w.organisations[o].capacity > 0:
            _organisation_works(w, now, c, o)
    for o in range(first, last):
        if w.organisations[o].capacity > 0:
            look_around(w, now, o)


@part
def _organisation_works(w, now, c, o):
    one = w.organisations[o]
    pool, before = one.own + one.bank, now.s.fields[one.speciality, ORGANISED]
    left = work_down(w, now, c, EVERYWHERE, pool, BY_ORGANISATION + one.speciality)
    one.bank = left_of_bought(one.bank, left)
    one.own = left - one.bank
    one.by_others -= now.s.fields[one.speciality, ORGANISED] - before
    now.row.organisation_minutes += pool - left
