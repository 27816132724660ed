"""Who asks whom today: phase 6 of a day."""

from linli.agents import decision
from linli.agents.chance import draw, draws, key, pick, whole
from linli.agents.compiled import part
from linli.agents.rules.asking import (
    CALL,
    CONCERNED,
    DORMANT_DAYS,
    KNOWN,
    MEMBER,
    NOT_ASKED,
    ORGANISATION,
    PEER,
    STRANGER,
    TRIES,
    VISIT,
    stamp,
)
from linli.agents.rules.matching import MATCHED, has_session, session_ask_minutes, session_minutes
from linli.agents.rules.participation import active_since
from linli.agents.rules.resolution import awaits_work
from linli.agents.rules.volunteering import agrees, drive_goes_on, left_unanswered
from linli.agents.rules.work_time import is_workday, minutes
from linli.agents.traits import BY_ORGANISATION, CHILD, NEVER
from linli.model.array.optional import in_systems
from linli.model.array.phases.beats import post_compound
from linli.model.array.phases.branches import leads
from linli.model.array.phases.emergency import in_emergency
from linli.model.array.phases.matters import come_upon, report_finds
from linli.model.array.phases.states import age_of, set_efficacy
from linli.model.array.phases.ties import are_tied, circle_of, tie_range
from linli.model.matters import SHARED, USEFULNESS
from linli.model.policies.ask import DORMANT


@part
def asking(w, now, c):
    """Workers call volunteers and visit, members and organisations ask, neighbours ask each other; in an
    emergency workers and members do not.

    What they came upon at doors is reported. Who has been asked stands in `now.s.asked`.
    """
    now.so_far.asked = 0
    waits = in_emergency(w, now, c)
    if is_workday(now.day) and not waits:
        _calls(w, now, c)
        on_drive = now.lev.register > 0.0 and _on_drive(w, now, c)
        for k in range(w.com[c].worker, w.com[c + 1].worker):
            _visits(w, now, c, k, on_drive)
    for m in range(w.com[c].member, w.com[c].created):
        if waits or w.members[m].status != MATCHED:
            continue
        if has_session(now.day, w.members[m].time, w.members[m].session):
            _member_asks(w, now, c, m)
    _organisations_ask(w, now, c)
    _neighbours_ask(w, now, c)
    if now.p.discover > 0.0:
        report_finds(w, now, c)


@part
def _hear(w, now, i, level, source):
    """Somebody is asked; children are not. source: who asks."""
    if age_of(w, i) == CHILD:
        return
    if w.heard[i] <= stamp(now.day, NOT_ASKED):
        now.s.asked[now.so_far.asked] = i
        now.so_far.asked += 1
    w.heard[i] = max(w.heard[i], stamp(now.day, level, source))


@part
def _calls(w, now, c):
    """Each volunteer has a day on the call list; the first worker of the grid calls, if there is time."""
    call, every = minutes(now.p.c_call), now.p.call_every
    workers = w.com[c + 1].worker - w.com[c].worker
    for i in range(w.com[c].resident + (-now.day) % every, w.com[c + 1].resident, every):
        if w.registered[i] > NEVER:
            grid = w.compounds[w.buildings[w.building[i]].compound].grid - w.com[c].grid
            k = w.com[c].worker + grid % workers
            if w.workers[k].ask_bank >= call:
                w.workers[k].ask_bank -= call
                now.row.calls += 1
                _hear(w, now, i, KNOWN, CALL)
            else:
                now.row.unanswered += 1
                set_efficacy(w, c, i, left_unanswered(w.mind[i].efficacy, now.p.unanswered))


@part
def _on_drive(w, now, c):
    """Whether the register is still below what a drive aims at."""
    registered = 0
    for i in range(w.com[c].resident, w.com[c + 1].resident):
        registered += w.registered[i] > NEVER
    return drive_goes_on(registered, w.com[c + 1].resident - w.com[c].resident, now.lev.register)


@part
def _visits(w, now, c, k, on_drive):
    """Ask residents at their doors, or register them in a drive, as many as there is time for."""
    cost, grid = minutes(now.p.c_ask), w.workers[k].grid
    first, people = now.lists.first[now.lev.list, grid], now.lists.size[now.lev.list, grid]
    level = KNOWN if now.lists.kin[now.lev.list, grid] else STRANGER
    who = key(w.com[c].number, k - w.com[c].worker)
    visit = 0
    while w.workers[k].ask_bank >= cost:
        w.workers[k].ask_bank -= cost
        now.row.visits += 1
        u, u_finds, _, _ = draws(now.seed, who, now.day, decision.WORKER_ASKS, visit * TRIES)
        i = now.lists.people[first + pick(u, people)]
        if now.lev.ask == DORMANT:
            tries = 1
            while tries < TRIES and now.day - w.last_acted[i] < DORMANT_DAYS:
                u = draw(now.seed, who, now.day, decision.WORKER_ASKS, visit * TRIES + tries)
                i = now.lists.people[first + pick(u, people)]
                tries += 1
        if on_drive:
            now.row.drive_visits += 1
            u = draw(now.seed, who, now.day, decision.AGREES, visit)
            if w.registered[i] == NEVER and agrees(now.p.rho_d, u):
                w.registered[i] = now.day
        else:
            _hear(w, now, i, level, VISIT)
        come_upon(w, now, w.building[i], u_finds)
        visit += 1


@part
def _member_asks(w, now, c, m):
    """The part of a session that goes to asking residents of the post's compound."""
    share = session_ask_minutes(session_minutes(now.lev.hours, w.members[m].q), now.p.member_asks)
    now.row.member_ask_minutes += share
    w.members[m].ask_bank += share
    place = post_compound(w, c, m)
    first, adults = w.compounds[place].adults, w.compounds[place].grown
    cost, home = minutes(now.p.c_ask), w.members[m].home
    who = key(w.com[c].number, m - w.com[c].member)
    visit = 0
    while w.members[m].ask_bank >= cost and adults > 0:
        w.members[m].ask_bank -= cost
        u, u_finds, _, _ = draws(now.seed, who, now.day, decision.MEMBER_ASKS, visit)
        visit += 1
        i = w.adults[first + pick(u, adults)]
        if i == home:
            continue
        known = leads(w, now, c, m) or (home >= 0 and are_tied(w, c, home, i))
        _hear(w, now, i, KNOWN if known else STRANGER, MEMBER)
        now.row.member_asks += 1
        come_upon(w, now, w.building[i], u_finds)


@in_systems()
def _organisations_ask(w, now, c):
    """One visit for each reported matter of an organisation's kinds, oldest first, while there is time."""
    for o in range(w.com[c].organisation, w.com[c + 1].organisation):
        _organisation_asks(w, now, c, o)


@part
def _organisation_asks(w, now, c, o):
    cost, actor = minutes(now.p.c_ask), BY_ORGANISATION + w.organisations[o].speciality
    local = o - w.com[c].organisation
    who = key(w.com[c].number, local)
    visit, at = 0, w.com[c].slot
    while w.organisations[o].ask_bank >= cost and at < w.com[c].slot + w.com[c].open:
        x = w.order[at]
        at += 1
        matter = w.matters[x]
        if USEFULNESS[actor, matter.kind] == 0 or not awaits_work(matter.status, matter.need):
            continue
        w.organisations[o].ask_bank -= cost
        u_who, u_finds, _, _ = draws(now.seed, who, now.day, decision.ORGANISATION_ASKS, visit)
        visit += 1
        if SHARED[matter.kind]:
            first, adults = w.compounds[matter.compound].adults, w.compounds[matter.compound].grown
        else:
            first, adults = w.buildings[matter.building].adults, w.buildings[matter.building].grown
        i = w.adults[first + pick(u_who, adults)]
        _is_asked_by(w, now, c, i, local)
        now.row.organisation_asks += 1
        now.row.organisation_ask_minutes += cost
        come_upon(w, now, w.building[i], u_finds)


@part
def _is_asked_by(w, now, c, i, local):
    """Of several organisations that ask one resident, the first by number leads what comes of it."""
    at, before = i - w.com[c].resident, w.heard[i]
    mine = stamp(now.day, CONCERNED, ORGANISATION)
    _hear(w, now, i, CONCERNED, ORGANISATION)
    if before < mine or (before == mine and local < now.s.leader[at]):
        now.s.leader[at] = local


@part
def _neighbours_ask(w, now, c):
    """Each active resident asks at a low rate: a tie, or, as head of the building, at any door in it."""
    first, adults = w.com[c].resident, w.com[c].adults
    who = key(w.com[c].number, 0)
    asks = whole(now.p.peer_ask * adults, draw(now.seed, who, now.day, decision.PEER_ASKS, 0))
    remembered = active_since(now.day, now.p.W)
    for k in range(1, asks + 1):
        u_who, u_whom, _, _ = draws(now.seed, who, now.day, decision.PEER_ASKS, k)
        i = w.adults[first + pick(u_who, adults)]
        if w.last_acted[i] < remembered:
            continue
        house = w.building[i]
        if w.buildings[house].head == i:
            circle = w.buildings[house].adults
            size = w.buildings[house].grown
            other = w.adults[circle + pick(u_whom, size)]
        else:
            begin, end = tie_range(w, c, i)
            ties, made = end - begin, w.life[i].ties_made
            if ties + made == 0:
                continue
            which = pick(u_whom, ties + made)
            if which < ties:
                other = first + w.ties[begin + which]
            else:
                other = first + w.made_ties[circle_of(w, c, i), which - ties]
        if other != i and age_of(w, other) != CHILD:
            _hear(w, now, other, KNOWN, PEER)
            now.row.peer_asks += 1
