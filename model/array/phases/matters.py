"""Matters arise, are reported and worked on: phases 2 and 3 of a day, and what work does to a matter."""

from linli.agents import decision
from linli.agents.chance import choose, draw, draws, key, pick, poisson
from linli.agents.compiled import loop, part
from linli.agents.rules.bout import minutes_spent, work_done
from linli.agents.rules.departments import NOT_CALLED
from linli.agents.rules.fund import prevented_by_works
from linli.agents.rules.prevention import is_prevented, prevented_by_either, share_prevented
from linli.agents.rules.resolution import (
    LATENT,
    REPORTED,
    arrivals_a_day,
    comes_upon,
    hours_of_work,
    is_hidden,
    is_in_sight,
    is_needed,
)
from linli.agents.rules.voice import (
    cost_of_reporting,
    is_voiced,
    readiness,
    speaks_up,
    standard_readiness,
    those_who_could,
)
from linli.model.array.optional import has_rows_of, in_systems
from linli.model.array.phases.sorting import kept_from_arising
from linli.model.array.phases.states import tenure_of
from linli.model.matters import NEEDS_DEPARTMENT, NEEDS_MONEY, REMEMBERED, SERVED, SHARED, SORTED, UP_TO

NOBODY = -1
"""In place of a resident: minutes that an organised force gives."""

_has_works = has_rows_of("small_work")


@part
def matters_arise(w, now, c):
    """Public matters arise in compounds. False if the queue is full."""
    now.so_far.new_matters = 0
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        who = key(w.com[c].number, w.compounds[place].local)
        u = draw(now.seed, who, now.day, decision.ARRIVES, 0)
        for _ in range(poisson(arrivals_a_day(w.compounds[place].people, now.p.arrivals), u)):
            if w.com[c].open == w.com[c + 1].slot - w.com[c].slot:
                return False
            _open_matter(w, now, c, place, who)
    return True


@part
def _open_matter(w, now, c, place, who):
    """Take a free slot for a new matter, at the back of the queue and in sight, unless prevented."""
    serial = w.compounds[place].arisen
    w.compounds[place].arisen += 1
    u_who, u_work, u_kind, u_prevented = draws(now.seed, who, now.day, decision.MATTER, serial)
    first = w.compounds[place].adults
    affected = w.adults[first + pick(u_who, w.compounds[place].grown)]
    kind = choose(u_kind, UP_TO)
    share, house = 0.0, w.buildings[w.building[affected]]
    if SERVED[kind]:
        share = share_prevented(now.p.prevent_service, house.service_before, house.grown)
    if SORTED[kind]:
        share = prevented_by_either(share, kept_from_arising(w, now, c, place))
    if is_prevented(prevented_by_either(share, _by_works(w, now, c, place, kind)), u_prevented):
        now.row.prevented_by_works += not is_prevented(share, u_prevented)
        return
    x = w.order[w.com[c].slot + w.com[c].open]
    w.com[c].open += 1
    w.matters[x].compound = place
    w.matters[x].building = w.building[affected]
    w.matters[x].kind = kind
    w.matters[x].serial = serial
    w.matters[x].affected = affected
    w.matters[x].arose = now.day
    w.matters[x].work = 100 * hours_of_work(now.p.work_hours, u_work)
    w.matters[x].need = w.matters[x].work
    w.matters[x].status = LATENT
    w.matters[x].reported = -1
    w.matters[x].funded = 0
    w.matters[x].stage = NOT_CALLED
    w.matters[x].handed = 0
    w.matters[x].due = 0
    w.matters[x].remembered = 0
    forget_attempt(w, x)
    join_queue(w, x)
    sees(w, x, 1)
    now.so_far.new_matters += 1
    now.row.arisen += 1


@in_systems(0.0)
def _by_works(w, now, c, place, kind):
    """Share of the matters of a kind that a fund's small works prevent in a compound."""
    if not _has_works(w, c):
        return 0.0
    works = w.small_works[w.com[c].small_work + w.compounds[place].local, kind]
    return prevented_by_works(now.p.works_most, works)


@part
def needs(w, now, c, x):
    """Whether a matter needs money, and whether a department's authority."""
    kind = w.matters[x].kind
    who = key(w.com[c].number, w.compounds[w.matters[x].compound].local)
    u_money, u_department, _, _ = draws(now.seed, who, 0, decision.NEEDS, w.matters[x].serial)
    return (
        is_needed(now.p.needs_money, NEEDS_MONEY[kind], u_money),
        is_needed(now.p.needs_department, NEEDS_DEPARTMENT[kind], u_department),
    )


@part
def forget_attempt(w, x):
    """The next attempt counts afresh."""
    w.matters[x].resident_minutes = 0
    w.matters[x].organised_minutes = 0
    w.matters[x].quality_minutes = 0


@part
def sees(w, x, change):
    """A matter comes into sight (1) or goes out of it (-1)."""
    if SHARED[w.matters[x].kind]:
        w.compounds[w.matters[x].compound].open_shared += change
    else:
        w.buildings[w.matters[x].building].open_matters += change


@part
def in_sight(w, now, x):
    """Whether the neighbours count a matter as need."""
    worked = w.matters[x].resident_minutes + w.matters[x].organised_minutes
    return is_in_sight(w.matters[x].need, worked, now.p.sees_dead)


@part
def join_queue(w, x):
    """To the back of the queue of its compound, which is a chain of matters."""
    place = w.matters[x].compound
    last = w.compounds[place].newest
    w.matters[x].before, w.matters[x].behind = last, -1
    if last >= 0:
        w.matters[last].behind = x
    else:
        w.compounds[place].oldest = x
    w.compounds[place].newest = x


@part
def leave_queue(w, x):
    """Out of the queue of its compound."""
    before, behind = w.matters[x].before, w.matters[x].behind
    place = w.matters[x].compound
    if before >= 0:
        w.matters[before].behind = behind
    else:
        w.compounds[place].oldest = behind
    if behind >= 0:
        w.matters[behind].before = before
    else:
        w.compounds[place].newest = before


@loop
def chain_queues(w):
    """Chain the matters of every compound anew, from the queues of the communities."""
    for place in range(len(w.compounds)):
        w.compounds[place].oldest = w.compounds[place].newest = -1
    for c in range(len(w.com) - 1):
        for at in range(w.com[c].slot, w.com[c].slot + w.com[c].open):
            join_queue(w, w.order[at])


@part
def voice(w, now, c):
    """New matters, which are at the back of the queue, are reported or not: who is affected alone, the others
    wait for each other."""
    p, coverage, number = now.p, now.lev.coverage, w.com[c].number
    end = w.com[c].slot + w.com[c].open
    for at in range(end - now.so_far.new_matters, end):
        x = w.order[at]
        place = w.matters[x].compound
        affected = w.matters[x].affected
        who = key(number, affected - w.com[c].resident)
        user = coverage > 0.0 and draw(now.seed, who, 0, decision.ON_PLATFORM, 0) < coverage
        cost = cost_of_reporting(p.c_report, p.platform_ease, user)
        alone = speaks_up(_readiness(w, now, affected, who), cost, p.g, w.satisfaction[affected])
        in_compound, in_building = w.compounds[place].grown, w.buildings[w.matters[x].building].grown
        n = those_who_could(SHARED[w.matters[x].kind], in_compound, in_building, p.dilemma_of_building)
        home = key(number, w.compounds[place].local)
        if draw(now.seed, home, now.day, decision.REPORTS, w.matters[x].serial) < is_voiced(alone, n):
            w.matters[x].status = REPORTED
            w.matters[x].reported = now.day
            now.row.reported += 1


@part
def _readiness(w, now, i, who):
    """How ready somebody is to report. who: key of the draws."""
    p, life, z = now.p, w.life[i], 0.0
    if p.sigma_v > 0.0:
        z = standard_readiness(now.seed, who, life.predecessors)
    return readiness(p.theta_v, p.sigma_v, z, p.owner_v, tenure_of(w, i), p.beta_v, life.unheard)


@part
def come_upon(w, now, building, u):
    """Somebody is at a door, and may come upon the oldest matter that is hidden there; u: draw. It is
    reported when everybody has asked."""
    if comes_upon(now.p.discover, u):
        x = w.compounds[w.buildings[building].compound].oldest
        while x >= 0:
            in_house = w.matters[x].building == building
            if is_hidden(w.matters[x].status, w.matters[x].need, SHARED[w.matters[x].kind], in_house):
                w.matters[x].reported = now.day
                break
            x = w.matters[x].behind


@part
def report_finds(w, now, c):
    """What visits came upon today is on the record."""
    for at in range(w.com[c].slot, w.com[c].slot + w.com[c].open):
        x = w.order[at]
        if w.matters[x].status == LATENT and w.matters[x].reported == now.day:
            w.matters[x].status = REPORTED
            now.row.reported += 1


@part
def work_on(w, x, pool, percent, quality, by):
    """Work on a matter; returns the minutes spent. by: the resident who gives them (NOBODY: an organised
    force)."""
    spent = minutes_spent(pool, w.matters[x].need, percent)
    w.matters[x].need -= work_done(w.matters[x].need, spent, percent)
    w.matters[x].quality_minutes += spent * quality
    if by == NOBODY:
        w.matters[x].organised_minutes += spent
    else:
        w.matters[x].resident_minutes += spent
        _remember(w, x, by)
    return spent


@part
def _remember(w, x, i):
    """Note a contributor, if among the first."""
    n = w.matters[x].remembered
    for k in range(n):
        if w.contributors[x, k] == i:
            return
    if n < REMEMBERED:
        w.contributors[x, n] = i
        w.matters[x].remembered = n + 1
