"""Workers' hours, and everybody's work on matters: phases 4 and 8 of a day."""

from agents import decision
from agents.chance import draws, key
from agents.compiled import part, phase
from agents.rules.bout import bout_minutes, usefulness
from agents.rules.matching import MATCHED, has_session, presence_minutes, session_ask_minutes, session_minutes
from agents.rules.property_service import supply_minutes
from agents.rules.work_time import division_of_day, is_workday, minutes
from model.array.matters import oldest, remember, work_on
from model.array.members import post_compound
from model.array.states import learns
from model.hours import BIN, BINS
from model.matters import (
    BY_FIRM,
    BY_MEMBER,
    BY_RESIDENT,
    BY_WORKER,
    OFFICIAL_QUALITY,
    REPORTED,
    RESIDENT_QUALITY,
    SKILLED_QUALITY,
)
from model.matters import SKILL as MATTER_SKILL


@part
def workers_divide_their_day(w, now, c):
    """Administration first; relief frees time, part of which new tasks take back."""
    p, lev = now.p, now.lev
    now.so_far.match_minutes = now.so_far.matter_minutes = 0
    if not is_workday(now.day):
        return
    office, matching, asking, matters = division_of_day(p.a0, lev.relief, p.rho, lev.s_match, p.s_ask)
    workers = w.com[c + 1].worker - w.com[c].worker
    for k in range(w.com[c].worker, w.com[c + 1].worker):
        w.workers[k].ask_bank += asking
    now.row.office_minutes += workers * office
    now.row.ask_minutes += workers * asking
    now.so_far.match_minutes = workers * matching
    now.so_far.matter_minutes = workers * matters


@phase
def work(w, now, c):
    """Residents, then members, then workers, then firms work on matters, oldest first."""
    now.so_far.learners = 0
    for at in range(now.so_far.acting):
        _resident_serves(w, now, c, now.s.acting[at])
    for m in range(w.com[c].member, w.com[c].created):
        if w.members[m].status == MATCHED and has_session(now.day, w.members[m].time, w.members[m].session):
            _member_works(w, now, c, m)
    _workers_work(w, now, c)
    for firm in range(w.com[c].firm, w.com[c + 1].firm):
        _firm_works(w, now, firm)


@part
def gives(now, before, after):
    """The histogram of hours: somebody's minutes of the year changed."""
    tally, t = now.tally, now.t
    low, high = min(before // BIN, BINS - 1), min(after // BIN, BINS - 1)
    tally.people[t, low] -= 1
    tally.minutes[t, low] -= before
    tally.people[t, high] += 1
    tally.minutes[t, high] += after


@part
def _resident_serves(w, now, c, i):
    """One bout: to the oldest open matter in sight, or to general service; what is left over too."""
    p, row, day = now.p, now.row, now.day
    local = i - w.com[c].resident
    u1, u2, choice, worth = draws(now.seed, key(w.com[c].number, local), day, decision.BOUT, 0)
    if w.life[i].week != day // 7:
        w.life[i].week = day // 7
        w.life[i].minutes_week = 0
    free = max(0, w.life[i].free_minutes - w.life[i].minutes_week)
    given = bout_minutes(p.bout_median, p.bout_spread, u1, u2, free)
    w.life[i].minutes_week += given
    spent = 0
    x = oldest(w, w.buildings[w.building[i]].compound, w.building[i]) if choice < p.mu_m else -1
    if x >= 0 and given > 0:
        kind = w.matters[x].kind
        skilled = w.life[i].skill == MATTER_SKILL[kind]
        percent = usefulness(BY_RESIDENT[kind], skilled, p.unskilled)
        spent = work_on(w, x, given, percent, SKILLED_QUALITY if skilled else RESIDENT_QUALITY)
        w.matters[x].resident_minutes += spent
        remember(w, x, i)
        row.resident_matter_minutes += spent
    else:
        learns(now, i, 1.0 if worth < p.y_service else 0.0)
    row.resident_service_minutes += given - spent
    if now.s.meeting[local]:
        meeting = minutes(p.council_meeting)
        row.meetings += 1
        row.meeting_minutes += meeting
        given += meeting
    gives(now, w.life[i].minutes_year, w.life[i].minutes_year + given)
    w.life[i].minutes_year += given


@part
def _member_works(w, now, c, m):
    """The rest of the session: the oldest reported matter in the compound, then general service."""
    p, row, hours = now.p, now.row, now.lev.hours
    effective = session_minutes(hours, w.members[m].q)
    given = effective - session_ask_minutes(effective, p.member_asks)
    spent = 0
    x = oldest(w, post_compound(w, c, m), -1)
    if x >= 0:
        kind = w.matters[x].kind
        percent = usefulness(BY_MEMBER[kind], w.members[m].skill == MATTER_SKILL[kind], p.unskilled)
        spent = work_on(w, x, given, percent, w.members[m].q)
        w.matters[x].organised_minutes += spent
    if w.members[m].standing:
        row.leader_minutes += effective
    row.member_matter_minutes += spent
    row.member_service_minutes += given - spent
    row.presence_minutes += presence_minutes(hours, w.members[m].q, now.lev.accountability)


@part
def _workers_work(w, now, c):
    """The workers' pooled time goes to the community's queue; what is left becomes outreach tomorrow."""
    base, pool, row = w.com[c].slot, now.so_far.matter_minutes, now.row
    for at in range(w.com[c].open):
        if pool == 0:
            break
        x = w.order[base + at]
        if w.matters[x].status == REPORTED and w.matters[x].need > 0:
            spent = work_on(w, x, pool, BY_WORKER[w.matters[x].kind], OFFICIAL_QUALITY)
            w.matters[x].organised_minutes += spent
            row.worker_matter_minutes += spent
            pool -= spent
    row.outreach_minutes += pool
    first, workers = w.com[c].worker, w.com[c + 1].worker - w.com[c].worker
    for k in range(workers):
        w.workers[first + k].ask_bank += pool // workers + (1 if k < pool % workers else 0)


@part
def _firm_works(w, now, firm):
    """A day's supply to each compound, on its reported matters, oldest first."""
    first = w.firms[firm].first
    for at in range(first, first + w.firms[firm].serves):
        x = w.compounds[w.firm_compounds[at]].oldest
        pool = supply_minutes(now.p.firm_h, w.firms[firm].effort)
        while x >= 0 and pool > 0:
            percent = BY_FIRM[w.matters[x].kind]
            if percent > 0 and w.matters[x].status == REPORTED and w.matters[x].need > 0:
                spent = work_on(w, x, pool, percent, OFFICIAL_QUALITY)
                w.matters[x].organised_minutes += spent
                now.row.firm_minutes += spent
                pool -= spent
            x = w.matters[x].behind
