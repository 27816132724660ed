"""Who asks whom today: phase 6 of a day."""

from agents import decision
from agents.chance import draw, draws, key, pick, whole
from agents.compiled import part
from agents.rules.asking import DORMANT_DAYS, KNOWN, NOT_ASKED, STRANGER, TRIES, stamp
from agents.rules.matching import MATCHED, has_session, session_ask_minutes, session_minutes
from agents.rules.participation import active_since
from agents.rules.work_time import is_workday, minutes
from agents.traits import CHILD, NEVER
from model.array.members import post_compound
from model.array.states import age_of
from model.array.ties import tie_range
from model.policies.ask import DORMANT


@part
def _hear(w, i, level, day, asked, s):
    """Somebody is asked; returns how many have been asked today."""
    if age_of(w, i) == CHILD:
        return asked
    if w.heard[i] <= stamp(day, NOT_ASKED):
        s.asked[asked] = i
        asked += 1
    w.heard[i] = max(w.heard[i], stamp(day, level))
    return asked


@part
def people_are_asked(w, asking, p, lev, seed, day, c, row, s):
    """Calls and visits by workers, asks by members and among neighbours. Returns how many were asked."""
    asked = 0
    if is_workday(day):
        asked = _calls(w, p, day, c, asked, row, s)
        for k in range(w.com[c].worker, w.com[c + 1].worker):
            asked = _visits(w, asking, p, lev, seed, day, c, k, asked, row, s)
    for m in range(w.com[c].member, w.com[c].created):
        if w.members[m].status == MATCHED and has_session(day, w.members[m].time, w.members[m].session):
            asked = _member_asks(w, p, lev.hours, seed, day, c, m, asked, row, s)
    return _neighbours_ask(w, p, seed, day, c, asked, row, s)


@part
def _calls(w, p, day, c, asked, row, s):
    """Each volunteer has a day on the call list; the first worker of the grid calls, if there is time."""
    call = minutes(p.c_call)
    workers = w.com[c + 1].worker - w.com[c].worker
    for i in range(w.com[c].resident + (-day) % p.call_every, w.com[c + 1].resident, p.call_every):
        if w.registered[i] > NEVER:
            grid = w.compounds[w.buildings[w.building[i]].compound].grid - w.com[c].grid
            k = w.com[c].worker + grid % workers
            if w.workers[k].ask_bank >= call:
                w.workers[k].ask_bank -= call
                row.calls += 1
                asked = _hear(w, i, KNOWN, day, asked, s)
    return asked


@part
def _visits(w, asking, p, lev, seed, day, c, k, asked, row, s):
    cost, which = minutes(p.c_ask), lev.list
    first = asking.first[which, w.workers[k].grid]
    people = asking.size[which, w.workers[k].grid]
    level = KNOWN if asking.kin[which, w.workers[k].grid] else STRANGER
    who = key(w.com[c].number, k - w.com[c].worker)
    visit = 0
    while w.workers[k].ask_bank >= cost:
        w.workers[k].ask_bank -= cost
        row.visits += 1
        tries = 0
        i = asking.people[first + pick(draw(seed, who, day, decision.WORKER_ASKS, visit * TRIES), people)]
        if lev.ask == DORMANT:
            tries = 1
            while tries < TRIES and day - w.last_acted[i] < DORMANT_DAYS:
                u = draw(seed, who, day, decision.WORKER_ASKS, visit * TRIES + tries)
                i = asking.people[first + pick(u, people)]
                tries += 1
        asked = _hear(w, i, level, day, asked, s)
        visit += 1
    return asked


@part
def _is_tied(w, c, i, other):
    found = False
    local = other - w.com[c].resident
    first, last = tie_range(w, c, i)
    for at in range(first, last):
        found |= w.ties[at] == local
    return found


@part
def _member_asks(w, p, hours, seed, day, c, m, asked, row, s):
    share = session_ask_minutes(session_minutes(hours, w.members[m].q), p.member_asks)
    row.member_ask_minutes += share
    w.members[m].ask_bank += share
    place = post_compound(w, c, m)
    first = w.compounds[place].adults
    adults = w.compounds[place].grown
    cost, home = minutes(p.c_ask), w.members[m].home
    who = key(w.com[c].number, m - w.com[c].member)
    visit = 0
    while w.members[m].ask_bank >= cost and adults > 0:
        w.members[m].ask_bank -= cost
        u = draw(seed, who, day, decision.MEMBER_ASKS, visit)
        visit += 1
        i = w.adults[first + pick(u, adults)]
        if i == home:
            continue
        known = home >= 0 and _is_tied(w, c, home, i)
        asked = _hear(w, i, KNOWN if known else STRANGER, day, asked, s)
        row.member_asks += 1
    return asked


@part
def _neighbours_ask(w, p, seed, day, c, asked, row, s):
    first, adults = w.com[c].resident, w.com[c].adults
    who = key(w.com[c].number, 0)
    asks = whole(p.peer_ask * adults, draw(seed, who, day, decision.PEER_ASKS, 0))
    remembered = active_since(day, p.W)
    for k in range(1, asks + 1):
        u_who, u_whom, _, _ = draws(seed, who, day, decision.PEER_ASKS, k)
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
            if begin == end:
                continue
            other = first + w.ties[begin + pick(u_whom, end - begin)]
        if other != i and age_of(w, other) != CHILD:
            asked = _hear(w, other, KNOWN, day, asked, s)
            row.peer_asks += 1
    return asked
