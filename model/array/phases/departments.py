"""Departments and dispatch: see `linli.agents.departments`."""

from linli.agents import decision
from linli.agents.chance import draw, draws, key
from linli.agents.compiled import part
from linli.agents.rules.departments import (
    NOT_CALLED,
    SERVED,
    WITH_THE_DEPARTMENT,
    chance_of_bouncing,
    is_between_hands,
    is_due,
    is_lost,
    minutes_of_day,
    stage_after,
    stage_of_found,
)
from linli.agents.rules.resolution import REPORTED, RESOLVED, hours_of_work, is_given_up
from linli.model.array.optional import in_systems
from linli.model.array.phases.emergency import in_emergency
from linli.model.array.phases.matters import in_sight, needs, sees


@part
def _at_work(w, now, c):
    """Whether departments have time for the community; in an emergency ordinary matters wait."""
    return w.com[c].department_minutes > 0 and not in_emergency(w, now, c)


@in_systems()
def departments_are_called(w, now, c):
    """In the morning matters that need a department are called; hand-overs end, or bounce and begin anew."""
    if not _at_work(w, now, c):
        return
    p, lev = now.p, now.lev
    chance = chance_of_bouncing(p.bounce, lev.coordination, lev.routing, lev.coverage)
    for at in range(w.com[c].slot, w.com[c].slot + w.com[c].open):
        x = w.order[at]
        if w.matters[x].status != REPORTED:
            continue
        if w.matters[x].stage == NOT_CALLED:
            _is_found(w, now, c, x)
        elif is_between_hands(w.matters[x].stage) and is_due(now.day, w.matters[x].handed, p.handover_days):
            _handover_ends(w, now, c, x, chance)


@part
def _key_of(w, c, x):
    """The key of a matter's draws: that of its compound."""
    return key(w.com[c].number, w.compounds[w.matters[x].compound].local)


@part
def _is_found(w, now, c, x):
    """Whether it needs a department shows at once, and what there is to do for it."""
    _, department = needs(w, now, c, x)
    w.matters[x].stage = stage_of_found(department)
    w.matters[x].handed = now.day
    if is_between_hands(w.matters[x].stage):
        _, _, u, _ = draws(now.seed, _key_of(w, c, x), 0, decision.NEEDS, w.matters[x].serial)
        w.matters[x].due = hours_of_work(now.p.department_work, u)


@part
def _handover_ends(w, now, c, x, chance):
    before = w.matters[x].stage
    u = draw(now.seed, _key_of(w, c, x), now.day, decision.HANDED_OVER, w.matters[x].serial)
    w.matters[x].stage = stage_after(before, chance, u)
    w.matters[x].handed = now.day
    now.row.bounces += w.matters[x].stage == before
    if w.matters[x].stage == WITH_THE_DEPARTMENT:
        now.row.received += 1
        now.row.received_after_days += now.day - w.matters[x].reported


@in_systems()
def departments_work(w, now, c):
    """The day's minutes go to what departments have received, in the order of the queue."""
    if not _at_work(w, now, c):
        return
    left = pool = minutes_of_day(now.day, w.com[c].department_week)
    for at in range(w.com[c].slot, w.com[c].slot + w.com[c].open):
        x = w.order[at]
        if left > 0 and w.matters[x].stage == WITH_THE_DEPARTMENT:
            spent = min(left, w.matters[x].due)
            w.matters[x].due -= spent
            left -= spent
            if w.matters[x].due == 0:
                _has_served(w, now, x)
    now.row.department_minutes += pool - left
    now.row.department_idle_minutes += left


@part
def _has_served(w, now, x):
    """A department has done its part; what the community had given up is taken up again."""
    w.matters[x].stage = SERVED
    now.row.departments_served += 1
    worked = w.matters[x].resident_minutes + w.matters[x].organised_minutes
    if is_given_up(w.matters[x].need, worked):
        if not in_sight(w, now, x):
            sees(w, x, 1)
        w.matters[x].need = w.matters[x].work


@in_systems()
def note_what_is_lost(w, now, x):
    """A matter has ended; it may have been between hands."""
    now.row.lost_between_hands += is_lost(w.matters[x].stage, w.matters[x].status == RESOLVED)


@in_systems()
def record_departments(w, now, c):
    """Matters that nobody owns, at the end of the day."""
    between = 0
    for at in range(w.com[c].slot, w.com[c].slot + w.com[c].open):
        between += is_between_hands(w.matters[w.order[at]].stage)
    now.row.between_hands += between
