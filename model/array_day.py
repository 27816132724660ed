"""A day as compiled loops over columns: the same phases as in `model/day.py`, the same rules, no objects.

Nothing here restates a rule: every decision calls `agents/rules/`. What differs from the object engine is how
things are found: by index instead of by reference. A community lives through several days in one pass, since
nothing crosses from one community to another within a run.
"""

import numpy as np

from agents import decision
from agents.chance import draw, draws, key, pick, poisson, whole
from agents.community_worker import DORMANT_DAYS, TRIES
from agents.compiled import loop, part
from agents.party_member import BACK_TO_REGISTER
from agents.resident import HOME_EFFICACY, USUAL_SATISFACTION, USUAL_TRUST
from agents.rules.asking import KNOWN, NOT_ASKED, STRANGER, ask_level, stamp
from agents.rules.bout import bout_minutes, minutes_spent, usefulness, work_done
from agents.rules.learning import (
    QUANTUM,
    discouraged,
    efficacy_after,
    efficacy_at_home,
    encouraged,
    fatigue_after,
    quanta,
    trust_after,
)
from agents.rules.matching import (
    ABSENT,
    DECOUPLED,
    MATCHED,
    NONE,
    RANDOM,
    REGISTERED,
    SKILL,
    decouples,
    has_session,
    leaves_post,
    post_skill,
    post_time,
    presence_minutes,
    returns,
    session_ask_minutes,
    session_minutes,
)
from agents.rules.occasion import highest_rate, next_candidate, occasion_rate, occurs, rests_since
from agents.rules.participation import active_since, acts, appeal_perceived, motive
from agents.rules.property_service import effort_after, pays, satisfaction_after, supply_minutes
from agents.rules.resolution import (
    arrivals_a_day,
    closing_on_paper,
    hours_of_work,
    is_overdue,
    quality_of_work,
    success,
)
from agents.rules.voice import cost_of_reporting, is_voiced, speaks_up
from agents.rules.volunteering import MONTH, is_month_end, lapses, may_lapse, registers
from agents.rules.work_time import division_of_day, is_workday, minutes
from agents.traits import CHILD, ELDER, NEVER, OWNER, YOUNG
from agents.volunteer import ACTIVE_DAYS
from model.hours import BIN, BINS
from model.matters import (
    BY_FIRM,
    BY_MEMBER,
    BY_RESIDENT,
    BY_WORKER,
    CLOSED,
    LAPSED,
    LATENT,
    OF_PROPERTY,
    OFFICIAL_QUALITY,
    REMEMBERED,
    REPORTED,
    RESIDENT_QUALITY,
    RESOLVED,
    SHARE,
    SHARED,
    SKILLED_QUALITY,
)
from model.matters import SKILL as MATTER_SKILL
from model.policies.ask import DORMANT
from model.population import standard_motive
from model.spans import ENGAGED_DAYS, MAX_DURATION, YEAR

MIDDLE = YOUNG + 1


@loop
def run_pass(w, asking, p, levers, sunk, seed, first_day, days, first, last, tally, s):
    """Let the communities first .. last-1 live through some days, one community after the other.

    w: the state, `model.columns.World`; levers: a record a day; sunk: members sunk, shape (days, communities);
    tally: where the pass writes; s: scratch lists of this thread. Returns 0, or the number (from 1) of the
    community whose queue was full: then the state is unusable and the pass must be done again with more room.
    """
    for c in range(first, last):
        for t in range(days):
            if not _day(w, asking, p, levers[t], sunk[t, c], seed, first_day + t, t, c, tally, s):
                return c + 1
    return 0


@part
def _day(w, asking, p, lev, sunk, seed, day, t, c, tally, s):
    row = tally.rows[t]
    if day % YEAR == 0 and day > 0:
        _new_year(w, c)
    _policies_set_levers(w, sunk, c)
    before = w.com[c].open
    if not _matters_arise(w, p, seed, day, c, row):
        return False
    _voice(w, p, lev.coverage, seed, day, c, before, row)
    matching, matter_minutes = _workers_divide_their_day(w, p, lev, day, t, c, row)
    matter_minutes += _members_are_matched(w, p, lev, seed, day, t, c, matching, row, s)
    asked = _asking(w, asking, p, lev, seed, day, t, c, row, s)
    acting = _deliberation(w, p, lev.council, seed, day, c, asked, row, s)
    learners = _work(w, p, lev, seed, day, t, c, acting, matter_minutes, tally, row, s)
    _outcomes(w, p, lev, seed, day, t, c, learners, tally, row, s)
    _roles(w, p, lev, seed, day, t, c, acting, tally, row, s)
    _record(w, day, c, row)
    return True


@part
def _new_year(w, c):
    for i in range(w.com[c].resident, w.com[c + 1].resident):
        w.people[i].minutes_year = 0


# 1 policies set levers --------------------------------------------------------------------------------


@part
def _policies_set_levers(w, sunk, c):
    """Sunk members come and go; whoever has never been here arrives with a home of his or her own."""
    first = w.com[c].managed
    for m in range(first, w.com[c].created):
        if m - first < sunk and w.members[m].status == ABSENT:
            w.members[m].status = REGISTERED
        elif m - first >= sunk and w.members[m].status != ABSENT:
            _leave_post(w, m, c)
            w.members[m].status = ABSENT
    while w.com[c].created < first + sunk:
        m = w.com[c].created
        w.members[m].home = w.members[m].host
        w.members[m].status = REGISTERED
        w.com[c].created += 1


@part
def _leave_post(w, m, c):
    if w.members[m].status == MATCHED:
        w.free[w.members[m].post] = True
        w.com[c].free_posts += 1
        w.members[m].post = -1
        w.members[m].q = 0
        w.members[m].ask_bank = 0
        if w.members[m].home >= 0:
            w.people[w.members[m].home].serving = False


# 2 matters arise --------------------------------------------------------------------------------------


@part
def _matters_arise(w, p, seed, day, c, row):
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        who = key(w.com[c].number, w.compounds[place].local)
        people = w.compounds[place].people
        for kind in range(len(SHARE)):
            u = draw(seed, who, day, decision.ARRIVES, kind)
            for _ in range(poisson(arrivals_a_day(people, p.arrivals, SHARE[kind]), u)):
                if w.com[c].open == w.com[c + 1].slot - w.com[c].slot:
                    return False
                _open_matter(w, p, seed, day, c, place, who, kind)
                row.arisen += 1
    return True


@part
def _open_matter(w, p, seed, day, c, place, who, kind):
    """Take a free slot for a new matter, at the back of the queue and in sight."""
    serial = w.compounds[place].arisen
    w.compounds[place].arisen += 1
    u_who, u_work, _, _ = draws(seed, who, day, decision.MATTER, serial)
    first = w.compounds[place].adults
    affected = w.adults[first + pick(u_who, w.compounds[place + 1].adults - first)]
    x = w.order[w.com[c].slot + w.com[c].open]
    w.com[c].open += 1
    w.matters[x].compound = place
    w.matters[x].building = w.people[affected].building
    w.matters[x].kind = kind
    w.matters[x].serial = serial
    w.matters[x].affected = affected
    w.matters[x].arose = day
    w.matters[x].work = 100 * hours_of_work(p.work_hours, u_work)
    w.matters[x].need = w.matters[x].work
    w.matters[x].status = LATENT
    w.matters[x].reported = -1
    _forget_attempt(w, x)
    _in_sight(w, x, 1)


@part
def _forget_attempt(w, x):
    w.matters[x].resident_minutes = 0
    w.matters[x].organised_minutes = 0
    w.matters[x].quality_minutes = 0
    w.matters[x].remembered = 0


@part
def _in_sight(w, x, change):
    if SHARED[w.matters[x].kind]:
        w.compounds[w.matters[x].compound].open_shared += change
    else:
        w.buildings[w.matters[x].building].open_matters += change


# 3 voice ----------------------------------------------------------------------------------------------


@part
def _voice(w, p, coverage, seed, day, c, before, row):
    base, number = w.com[c].slot, w.com[c].number
    for at in range(before, w.com[c].open):
        x = w.order[base + at]
        place = w.matters[x].compound
        affected = w.matters[x].affected
        who = key(number, affected - w.com[c].resident)
        user = coverage > 0.0 and draw(seed, who, 0, decision.ON_PLATFORM, 0) < coverage
        cost = cost_of_reporting(p.c_report, p.platform_ease, user)
        alone = speaks_up(p.theta_v, cost, p.g, w.people[affected].satisfaction)
        n = w.compounds[place + 1].adults - w.compounds[place].adults
        n = n if SHARED[w.matters[x].kind] else 1
        home = key(number, w.compounds[place].local)
        if draw(seed, home, day, decision.REPORTS, w.matters[x].serial) < is_voiced(alone, n):
            w.matters[x].status = REPORTED
            w.matters[x].reported = day
            row.reported += 1


# 4 workers divide their day ---------------------------------------------------------------------------


@part
def _workers_divide_their_day(w, p, lev, day, t, c, row):
    """Returns the pooled minutes for matching and for matters."""
    if not is_workday(day):
        return 0, 0
    office, matching, asking, matters = division_of_day(
        p.a0, lev.relief, p.rho, lev.s_match, p.s_ask
    )
    workers = w.com[c + 1].worker - w.com[c].worker
    for k in range(w.com[c].worker, w.com[c + 1].worker):
        w.workers[k].ask_bank += asking
    row.office_minutes += workers * office
    row.ask_minutes += workers * asking
    return workers * matching, workers * matters


# 5 members are matched --------------------------------------------------------------------------------


@part
def _members_are_matched(w, p, lev, seed, day, t, c, given, row, s):
    """Members drift, then idle ones are matched. Returns the minutes that go back to matters."""
    for m in range(w.com[c].member, w.com[c].created):
        _drifts(w, p, lev.accountability, seed, day, c, m, row)
    idle = 0
    if lev.matching != NONE:
        for m in range(w.com[c].member, w.com[c].created):
            if w.members[m].status == REGISTERED:
                s.idle[idle] = m
                idle += 1
    if idle == 0 or w.com[c].free_posts == 0:
        return given
    w.com[c].match_bank += given
    cost = minutes(p.c_m)
    while w.com[c].match_bank >= cost and idle > 0 and w.com[c].free_posts > 0:
        w.com[c].match_bank -= cost
        at = _lowest_ticket(w, seed, c, s.idle, idle)
        _match(w, lev.matching, seed, c, s.idle[at])
        row.matches += 1
        idle -= 1
        s.idle[at] = s.idle[idle]
    back = 0
    if idle == 0 or w.com[c].free_posts == 0:
        back = min(given, w.com[c].match_bank)
    w.com[c].match_bank -= back
    row.match_minutes += given - back
    return back


@part
def _drifts(w, p, accountability, seed, day, c, m, row):
    if w.members[m].status == ABSENT or w.members[m].standing:
        return
    who = key(w.com[c].number, m - w.com[c].member)
    u = draw(seed, who, day, decision.DRIFTS, 0)
    if w.members[m].status == REGISTERED:
        if decouples(p.delta_I, accountability, u):
            w.members[m].status = DECOUPLED
    elif w.members[m].status == DECOUPLED:
        if returns(p.delta_R, u):
            w.members[m].status = REGISTERED
    elif leaves_post(p.delta_M, p.delta_q, w.members[m].q, u):
        _leave_post(w, m, c)
        row.posts_left += 1
        back = draw(seed, who, day, decision.DRIFTS, 1) < BACK_TO_REGISTER
        w.members[m].status = REGISTERED if back else DECOUPLED


@part
def _lot(w, seed, c, m):
    """Ticket in the matching lottery, and where the search for a post begins."""
    lot = draws(seed, key(w.com[c].number, m - w.com[c].member), 0, decision.MATCHES, w.members[m].spells)
    return lot[0], lot[1]


@part
def _lowest_ticket(w, seed, c, idle, n):
    best, lowest = 0, _lot(w, seed, c, idle[0])[0]
    for at in range(1, n):
        ticket = _lot(w, seed, c, idle[at])[0]
        if ticket < lowest or (ticket == lowest and idle[at] < idle[best]):
            best, lowest = at, ticket
    return best


@part
def _fit_with(w, m, post):
    """Fit of a member with a post (local number) [permille]."""
    skill = post_skill(post)
    return w.fits[
        1 if w.members[m].skill == skill else 0,
        1 if w.members[m].time == post_time(post) else 0,
        1 if w.members[m].wish == skill else 0,
    ]


@part
def _find_post(w, method, c, m, first):
    """The free post (local number) that a method chooses, from `first` on; among equals the first one met."""
    base, posts = w.com[c].post, w.com[c + 1].post - w.com[c].post
    best, best_value = -1, -1
    for step in range(posts):
        post = (first + step) % posts
        if not w.free[base + post]:
            continue
        if method == RANDOM:
            return post
        if method == SKILL:
            value = 1 if w.members[m].skill == post_skill(post) else 0
        else:
            value = _fit_with(w, m, post)
        if value > best_value:
            best, best_value = post, value
    return best


@part
def _takes(w, c, m, post):
    """A member takes a post (local number)."""
    w.free[w.com[c].post + post] = False
    w.com[c].free_posts -= 1
    w.members[m].status = MATCHED
    w.members[m].post = w.com[c].post + post
    w.members[m].q = _fit_with(w, m, post)
    w.members[m].spells += 1
    if w.members[m].home >= 0:
        w.people[w.members[m].home].serving = True


@part
def _match(w, method, seed, c, m):
    posts = w.com[c + 1].post - w.com[c].post
    _takes(w, c, m, _find_post(w, method, c, m, pick(_lot(w, seed, c, m)[1], posts)))


@loop
def take_first_post(w, method, c, m, compound, per_compound):
    """A leader takes a post before the run begins: the best one, from the own compound on."""
    _takes(w, c, m, _find_post(w, method, c, m, compound * per_compound))


# 6 asking ---------------------------------------------------------------------------------------------


@part
def _hear(w, i, level, day, asked, s):
    """Somebody is asked; returns how many have been asked today."""
    if w.people[i].age == CHILD:
        return asked
    if w.people[i].heard <= stamp(day, NOT_ASKED):
        s.asked[asked] = i
        asked += 1
    w.people[i].heard = max(w.people[i].heard, stamp(day, level))
    return asked


@part
def _asking(w, asking, p, lev, seed, day, t, c, row, s):
    """Calls and visits by workers, asks by members and among neighbours. Returns how many were asked."""
    asked = 0
    if is_workday(day):
        asked = _calls(w, p, day, c, asked, row, s)
        for k in range(w.com[c].worker, w.com[c + 1].worker):
            asked = _visits(w, asking, p, lev, seed, day, t, c, k, asked, row, s)
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
        if w.people[i].registered > NEVER:
            grid = w.compounds[w.people[i].compound].grid - w.com[c].grid
            k = w.com[c].worker + grid % workers
            if w.workers[k].ask_bank >= call:
                w.workers[k].ask_bank -= call
                row.calls += 1
                asked = _hear(w, i, KNOWN, day, asked, s)
    return asked


@part
def _visits(w, asking, p, lev, seed, day, t, c, k, asked, row, s):
    cost, which = minutes(p.c_ask), lev.list
    first = asking.first[which, w.workers[k].grid]
    people = asking.first[which, w.workers[k].grid + 1] - first
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
def _is_tied(w, i, other):
    for at in range(w.tie_start[i], w.tie_start[i + 1]):
        if w.ties[at] == other:
            return True
    return False


@part
def _post_compound(w, c, m):
    """The compound of a member's post: posts are shared out equally over the community's compounds."""
    compounds = w.com[c + 1].compound - w.com[c].compound
    per_compound = (w.com[c + 1].post - w.com[c].post) // compounds
    return w.com[c].compound + (w.members[m].post - w.com[c].post) // per_compound


@part
def _member_asks(w, p, hours, seed, day, c, m, asked, row, s):
    share = session_ask_minutes(session_minutes(hours, w.members[m].q), p.member_asks)
    row.member_ask_minutes += share
    w.members[m].ask_bank += share
    place = _post_compound(w, c, m)
    first = w.compounds[place].adults
    adults = w.compounds[place + 1].adults - first
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
        known = home >= 0 and _is_tied(w, home, i)
        asked = _hear(w, i, KNOWN if known else STRANGER, day, asked, s)
        row.member_asks += 1
    return asked


@part
def _neighbours_ask(w, p, seed, day, c, asked, row, s):
    first, adults = w.com[c].adult, w.com[c + 1].adult - w.com[c].adult
    who = key(w.com[c].number, 0)
    asks = whole(p.peer_ask * adults, draw(seed, who, day, decision.PEER_ASKS, 0))
    remembered = active_since(day, p.W)
    for k in range(1, asks + 1):
        u_who, u_whom, _, _ = draws(seed, who, day, decision.PEER_ASKS, k)
        i = w.adults[first + pick(u_who, adults)]
        if w.last_acted[i] < remembered:
            continue
        house = w.people[i].building
        if w.buildings[house].head == i:
            circle = w.buildings[house].adults
            size = w.buildings[house + 1].adults - circle
            other = w.adults[circle + pick(u_whom, size)]
        else:
            size = w.tie_start[i + 1] - w.tie_start[i]
            if size == 0:
                continue
            other = w.ties[w.tie_start[i] + pick(u_whom, size)]
        if other != i and w.people[other].age != CHILD:
            asked = _hear(w, other, KNOWN, day, asked, s)
            row.peer_asks += 1
    return asked


# 7 deliberation ---------------------------------------------------------------------------------------


@part
def _due(next_occasion, first, last, day, due):
    """Whose candidate day is today; without a branch, because nearly nobody is."""
    n = 0
    for i in range(first, last):
        due[n] = i
        n += next_occasion[i] == day
    return n


@part
def _deliberation(w, p, council, seed, day, c, asked, row, s):
    """Returns how many act; they stand in `s.acting`, ascending."""
    highest = highest_rate(p.lambda0, p.council_occasions, p.mu)
    first = w.com[c].resident
    due = _due(w.next_occasion, first, w.com[c + 1].resident, day, s.due)
    acting = 0
    for at in range(due):
        if _deliberates(w, p, council, highest, seed, day, c, s.due[at], row, s):
            s.acting[acting] = s.due[at]
            acting += 1
    for at in range(asked):
        i = s.asked[at]
        if w.next_occasion[i] != day and _deliberates(w, p, council, highest, seed, day, c, i, row, s):
            s.acting[acting] = i
            acting += 1
    s.acting[:acting].sort()
    for at in range(acting):
        i = s.acting[at]
        days = day - w.last_acted[i]
        w.people[i].fatigue = fatigue_after(w.people[i].fatigue, p.delta_F, days, p.phi, s.meeting[i - first])
        w.last_acted[i] = day
        if w.people[i].heard > stamp(day, NOT_ASKED):
            row.acts_asked += 1
        else:
            row.acts_spontaneous += 1
    for at in range(due):
        i = s.due[at]
        w.next_occasion[i] = next_candidate(highest, seed, key(w.com[c].number, i - first), day)
    return acting


@part
def _deliberates(w, p, council, highest, seed, day, c, i, row, s):
    if w.last_acted[i] >= rests_since(day, p.R):
        return False
    local = i - w.com[c].resident
    who = key(w.com[c].number, local)
    s.meeting[local] = False
    level = ask_level(w.people[i].heard, day)
    if level == NOT_ASKED:
        sight = w.buildings[w.people[i].building].open_matters + w.compounds[w.people[i].compound].open_shared
        rate = occasion_rate(p.lambda0, p.council_occasions, council, p.mu, sight, p.n_bar)
        if not occurs(rate, highest, seed, who, day):
            return False
        ordinary = occasion_rate(p.lambda0, p.council_occasions, 0.0, p.mu, sight, p.n_bar)
        if rate > ordinary:
            s.meeting[local] = not occurs(ordinary, highest, seed, who, day)
    row.occasions += 1
    active, serving = _active_ties(w, i, active_since(day, p.W))
    ties = w.tie_start[i + 1] - w.tie_start[i]
    appeal = appeal_perceived(
        w.people[i].theta, p.J, active, serving, ties, p.w_P, level, p.A_stranger, p.A_known,
        p.E, w.people[i].efficacy, p.tau, w.people[i].trust, w.people[i].fatigue, p.delta_F, day - w.last_acted[i],
    )  # fmt: skip
    return acts(appeal, seed, who, day)


@part
def _active_ties(w, i, since):
    active = 0
    serving = 0
    for at in range(w.tie_start[i], w.tie_start[i + 1]):
        other = w.ties[at]
        serves = w.people[other].serving
        serving += serves
        active += (w.last_acted[other] >= since) & (not serves)
    return active, serving


# 8 work -----------------------------------------------------------------------------------------------


@part
def _work(w, p, lev, seed, day, t, c, acting, pool, tally, row, s):
    """Residents, members, workers, firms, in this order. Returns how many have something to learn at once."""
    learners = 0
    for at in range(acting):
        learners = _resident_works(w, p, seed, day, t, c, s.acting[at], learners, tally, row, s)
    for m in range(w.com[c].member, w.com[c].created):
        if w.members[m].status == MATCHED and has_session(day, w.members[m].time, w.members[m].session):
            _member_works(w, p, lev, t, c, m, row)
    _workers_work(w, c, pool, row)
    for firm in range(w.com[c].firm, w.com[c + 1].firm):
        _firm_works(w, p, c, firm, row)
    return learners


@part
def _oldest(w, c, place, building):
    """The oldest matter with hours due that somebody of a building sees; with building -1, the oldest
    reported one of the compound. -1 if there is none."""
    base = w.com[c].slot
    for at in range(w.com[c].open):
        x = w.order[base + at]
        if w.matters[x].compound != place or w.matters[x].need == 0:
            continue
        if building < 0:
            if w.matters[x].status == REPORTED:
                return x
        elif SHARED[w.matters[x].kind] or w.matters[x].building == building:
            return x
    return -1


@part
def _work_on(w, x, pool, percent, quality):
    """Work on a matter; returns the minutes spent."""
    spent = minutes_spent(pool, w.matters[x].need, percent)
    w.matters[x].need -= work_done(w.matters[x].need, spent, percent)
    w.matters[x].quality_minutes += spent * quality
    return spent


@part
def _remember(w, x, i):
    n = w.matters[x].remembered
    for k in range(n):
        if w.contributors[x, k] == i:
            return
    if n < REMEMBERED:
        w.contributors[x, n] = i
        w.matters[x].remembered = n + 1


@part
def _gives(tally, t, before, after):
    """The histogram of hours: somebody's minutes of the year changed."""
    low, high = min(before // BIN, BINS - 1), min(after // BIN, BINS - 1)
    tally.people[t, low] -= 1
    tally.minutes[t, low] -= before
    tally.people[t, high] += 1
    tally.minutes[t, high] += after


@part
def _resident_works(w, p, seed, day, t, c, i, learners, tally, row, s):
    local = i - w.com[c].resident
    u1, u2, choice, worth = draws(seed, key(w.com[c].number, local), day, decision.BOUT, 0)
    if w.people[i].week != day // 7:
        w.people[i].week = day // 7
        w.people[i].minutes_week = 0
    free = max(0, w.people[i].free_minutes - w.people[i].minutes_week)
    given = bout_minutes(p.bout_median, p.bout_spread, u1, u2, free)
    w.people[i].minutes_week += given
    spent = 0
    x = _oldest(w, c, w.people[i].compound, w.people[i].building) if choice < p.mu_m else -1
    if x >= 0 and given > 0:
        kind = w.matters[x].kind
        skilled = w.people[i].skill == MATTER_SKILL[kind]
        percent = usefulness(BY_RESIDENT[kind], skilled, p.unskilled)
        spent = _work_on(w, x, given, percent, SKILLED_QUALITY if skilled else RESIDENT_QUALITY)
        w.matters[x].resident_minutes += spent
        _remember(w, x, i)
        row.resident_matter_minutes += spent
    else:
        s.learner[learners] = i
        s.outcome[learners] = 1.0 if worth < p.y_service else 0.0
        learners += 1
    row.resident_service_minutes += given - spent
    if s.meeting[local]:
        meeting = minutes(p.council_meeting)
        row.meetings += 1
        row.meeting_minutes += meeting
        given += meeting
    _gives(tally, t, w.people[i].minutes_year, w.people[i].minutes_year + given)
    w.people[i].minutes_year += given
    return learners


@part
def _member_works(w, p, lev, t, c, m, row):
    hours = lev.hours
    effective = session_minutes(hours, w.members[m].q)
    given = effective - session_ask_minutes(effective, p.member_asks)
    spent = 0
    x = _oldest(w, c, _post_compound(w, c, m), -1)
    if x >= 0:
        kind = w.matters[x].kind
        percent = usefulness(BY_MEMBER[kind], w.members[m].skill == MATTER_SKILL[kind], p.unskilled)
        spent = _work_on(w, x, given, percent, w.members[m].q)
        w.matters[x].organised_minutes += spent
    row.member_matter_minutes += spent
    row.member_service_minutes += given - spent
    row.presence_minutes += presence_minutes(hours, w.members[m].q, lev.accountability)


@part
def _workers_work(w, c, pool, row):
    base = w.com[c].slot
    for at in range(w.com[c].open):
        if pool == 0:
            break
        x = w.order[base + at]
        if w.matters[x].status == REPORTED and w.matters[x].need > 0:
            spent = _work_on(w, x, pool, BY_WORKER[w.matters[x].kind], OFFICIAL_QUALITY)
            w.matters[x].organised_minutes += spent
            row.worker_matter_minutes += spent
            pool -= spent
    row.outreach_minutes += pool
    first, workers = w.com[c].worker, w.com[c + 1].worker - w.com[c].worker
    for k in range(workers):
        w.workers[first + k].ask_bank += pool // workers + (1 if k < pool % workers else 0)


@part
def _firm_works(w, p, c, firm, row):
    base = w.com[c].slot
    for at in range(w.firms[firm].first, w.firms[firm + 1].first):
        place = w.firm_compounds[at]
        pool = supply_minutes(p.firm_h, w.firms[firm].effort)
        for behind in range(w.com[c].open):
            if pool == 0:
                break
            x = w.order[base + behind]
            percent = BY_FIRM[w.matters[x].kind]
            if w.matters[x].compound == place and percent > 0 and w.matters[x].status == REPORTED and w.matters[x].need > 0:
                spent = _work_on(w, x, pool, percent, OFFICIAL_QUALITY)
                w.matters[x].organised_minutes += spent
                row.firm_minutes += spent
                pool -= spent


# 9 outcomes -------------------------------------------------------------------------------------------


@part
def _outcomes(w, p, lev, seed, day, t, c, learners, tally, row, s):
    council = lev.council
    learners, news = _attempts(w, p, seed, day, t, c, learners, tally, row, s)
    learners = _deadlines(w, p, lev, seed, day, t, c, learners, tally, row, s)
    for at in range(learners):
        i = s.learner[at]
        _set_efficacy(w, c, i, efficacy_after(w.people[i].efficacy, s.outcome[at], p.eta_e, p.xi, council))
    for at in range(news):
        _news_in(w, p, c, s.news[at])


@part
def _news_in(w, p, c, building):
    for at in range(w.buildings[building].adults, w.buildings[building + 1].adults):
        i = w.adults[at]
        for _ in range(w.buildings[building].encouragements):
            _set_efficacy(w, c, i, encouraged(w.people[i].efficacy, p.eta_o))
        for _ in range(w.buildings[building].discouragements):
            _set_efficacy(w, c, i, discouraged(w.people[i].efficacy, p.omega))
    w.buildings[building].encouragements = 0
    w.buildings[building].discouragements = 0


@part
def _set_efficacy(w, c, i, value):
    w.com[c].efficacy += quanta(value) - quanta(w.people[i].efficacy)
    w.people[i].efficacy = value


@part
def _set_trust(w, c, i, value):
    w.com[c].trust += quanta(value) - quanta(w.people[i].trust)
    w.people[i].trust = value


@part
def _set_satisfaction(w, c, i, value):
    w.com[c].satisfaction += quanta(value) - quanta(w.people[i].satisfaction)
    w.people[i].satisfaction = value


@part
def _attempts(w, p, seed, day, t, c, learners, tally, row, s):
    """Matters whose hours are done: resolved, taken up again at the back of the queue, or left to wait."""
    base, n = w.com[c].slot, w.com[c].open
    kept = back = ended = news = 0
    for at in range(n):
        x = w.order[base + at]
        worked = w.matters[x].resident_minutes + w.matters[x].organised_minutes
        if w.matters[x].need > 0 or worked == 0:
            w.order[base + kept] = x
            kept += 1
            continue
        who = key(w.com[c].number, w.compounds[w.matters[x].compound].local)
        u_success, u_again, _, _ = draws(seed, who, day, decision.ATTEMPT, w.matters[x].serial)
        quality = quality_of_work(w.matters[x].quality_minutes, worked)
        firm = w.compounds[w.matters[x].compound].firm
        effort = w.firms[firm].effort if firm >= 0 else p.x0
        row.attempts += 1
        if u_success < success(p.s0, p.s1, effort, p.x0, p.s2, quality):
            news = _good_news(w, x, news, row, s)
            learners = _end(w, p, day, t, c, x, RESOLVED, learners, tally, row, s)
            s.order[n - 1 - ended] = x
            ended += 1
            continue
        learners = _tell_contributors(w, x, 0.0, learners, s)
        _forget_attempt(w, x)
        if u_again < p.nu:
            w.matters[x].need = w.matters[x].work
            s.order[back] = x
            back += 1
        else:
            w.order[base + kept] = x
            kept += 1
    for at in range(back):
        w.order[base + kept + at] = s.order[at]
    for at in range(ended):
        w.order[base + kept + back + at] = s.order[n - 1 - at]
    w.com[c].open = kept + back
    return learners, news


@part
def _good_news(w, x, news, row, s):
    """The house hears who solved it; returns how many houses have news."""
    building = w.matters[x].building
    if w.buildings[building].encouragements + w.buildings[building].discouragements == 0:
        s.news[news] = building
        news += 1
    if w.matters[x].resident_minutes > 0:
        w.buildings[building].encouragements += 1
    else:
        w.buildings[building].discouragements += 1
        row.resolved_without_residents += 1
    return news


@part
def _deadlines(w, p, lev, seed, day, t, c, learners, tally, row, s):
    base, n = w.com[c].slot, w.com[c].open
    on_paper = closing_on_paper(p.psi, p.platform_pressure, lev.coverage)
    kept = ended = 0
    for at in range(n):
        x = w.order[base + at]
        if w.matters[x].status == REPORTED:
            over = is_overdue(day, w.matters[x].reported, lev.deadline)
        else:
            over = is_overdue(day, w.matters[x].arose, p.patience)
        if not over:
            w.order[base + kept] = x
            kept += 1
            continue
        who = key(w.com[c].number, w.compounds[w.matters[x].compound].local)
        u = draw(seed, who, day, decision.DEADLINE, w.matters[x].serial)
        how = CLOSED if w.matters[x].status == REPORTED and u < on_paper else LAPSED
        learners = _end(w, p, day, t, c, x, how, learners, tally, row, s)
        s.order[ended] = x
        ended += 1
    for at in range(ended):
        w.order[base + kept + at] = s.order[at]
    w.com[c].open = kept
    return learners


@part
def _end(w, p, day, t, c, x, status, learners, tally, row, s):
    """A matter ends: contributors, and those it concerns, learn what became of it. Returns the learners."""
    was_reported = w.matters[x].status == REPORTED
    w.matters[x].status = status
    _in_sight(w, x, -1)
    outcome = 1.0 if status == RESOLVED else 0.0
    learners = _tell_contributors(w, x, outcome, learners, s)
    affected, building = w.matters[x].affected, w.matters[x].building
    if SHARED[w.matters[x].kind]:
        for at in range(w.buildings[building].adults, w.buildings[building + 1].adults):
            i = w.adults[at]
            _set_trust(w, c, i, trust_after(w.people[i].trust, outcome, p.eta_T))
    else:
        _set_trust(w, c, affected, trust_after(w.people[affected].trust, outcome, p.eta_T))
    if w.compounds[w.matters[x].compound].firm >= 0 and OF_PROPERTY[w.matters[x].kind]:
        value = satisfaction_after(w.people[affected].satisfaction, outcome, p.eta_S)
        _set_satisfaction(w, c, affected, value)
    if status == RESOLVED and was_reported:
        row.resolved += 1
        tally.durations[t, min(day - w.matters[x].reported, MAX_DURATION - 1)] += 1
    elif status == RESOLVED:
        row.resolved_unreported += 1
    elif status == CLOSED:
        row.closed_on_paper += 1
    elif was_reported:
        row.lapsed += 1
    else:
        row.lapsed_unreported += 1
    return learners


@part
def _tell_contributors(w, x, outcome, learners, s):
    for k in range(w.matters[x].remembered):
        s.learner[learners] = w.contributors[x, k]
        s.outcome[learners] = outcome
        learners += 1
    return learners


# 10 roles ---------------------------------------------------------------------------------------------


@part
def _roles(w, p, lev, seed, day, t, c, acting, tally, row, s):
    first = w.com[c].resident
    for at in range(acting):
        i = s.acting[at]
        if w.people[i].registered == NEVER:
            who = key(w.com[c].number, i - first)
            if registers(p.rho_v, draw(seed, who, day, decision.REGISTERS, 0)):
                w.people[i].registered = day
    if is_month_end(day):
        _month_ends(w, p, lev.joint_control, seed, day, c)
    _move_house(w, p, seed, day, t, c, tally, row)


@part
def _month_ends(w, p, joint_control, seed, day, c):
    for i in range(w.com[c].resident, w.com[c + 1].resident):
        if w.people[i].registered > NEVER and may_lapse(day, w.last_acted[i], w.people[i].registered, p.lapse_after):
            who = key(w.com[c].number, i - w.com[c].resident)
            if lapses(p.delta_V, draw(seed, who, day, decision.LAPSES, 0)):
                w.people[i].registered = NEVER
    for at in range(w.com[c].adult, w.com[c + 1].adult):
        i = w.adults[at]
        _set_efficacy(w, c, i, efficacy_at_home(w.people[i].efficacy, HOME_EFFICACY, p.delta_e, MONTH))
        firm = w.compounds[w.people[i].compound].firm
        if firm >= 0:
            value = satisfaction_after(w.people[i].satisfaction, w.firms[firm].effort, p.eta_S)
            _set_satisfaction(w, c, i, value)
    for firm in range(w.com[c].firm, w.com[c + 1].firm):
        _firm_adjusts(w, p, joint_control, firm)


@part
def _firm_adjusts(w, p, joint_control, firm):
    paid = payers = controlled = 0
    served = w.firms[firm + 1].first - w.firms[firm].first
    for at in range(w.firms[firm].first, w.firms[firm + 1].first):
        place = w.firm_compounds[at]
        for k in range(w.compounds[place].adults, w.compounds[place + 1].adults):
            paid += quanta(pays(p.pi, w.people[w.adults[k]].satisfaction))
            payers += 1
        controlled += w.compounds[place].rank <= joint_control
    w.firms[firm].paid = paid / (QUANTUM * payers)
    w.firms[firm].effort = effort_after(
        w.firms[firm].effort, p.x0, p.eta_x, p.b1, p.b2, w.firms[firm].paid, p.pi, controlled / served
    )


@part
def _move_house(w, p, seed, day, t, c, tally, row):
    first, households = w.com[c].household, w.com[c + 1].household - w.com[c].household
    who = key(w.com[c].number, 0)
    count = poisson(households * p.moves / YEAR, draw(seed, who, day, decision.MOVES, 0))
    leaving = np.empty(count, dtype=np.int64)
    for k in range(count):
        leaving[k] = pick(draw(seed, who, day, decision.MOVES, k + 1), households)
    leaving.sort()
    for k in range(count):
        if k > 0 and leaving[k] == leaving[k - 1]:
            continue
        _replace_household(w, p, seed, day, t, c, first + leaving[k], tally, row)


@part
def _replace_household(w, p, seed, day, t, c, household, tally, row):
    begin, end = w.household_first[household], w.household_first[household + 1]
    for i in range(begin, end):
        if w.people[i].party:
            return
    row.households_moved += 1
    for m in range(w.com[c].managed, w.com[c].created):
        if begin <= w.members[m].home < end:
            w.people[w.members[m].home].serving = False
            w.members[m].home = -1
    for i in range(begin, end):
        _is_replaced(w, p, seed, day, t, c, i, tally)


@part
def _is_replaced(w, p, seed, day, t, c, i, tally):
    z = standard_motive(seed, key(w.com[c].number, i - w.com[c].resident), day + 1)
    w.people[i].theta = motive(
        p.theta_mean, p.sigma, z, p.owner, p.elder, p.young, p.party,
        w.people[i].tenure == OWNER, w.people[i].age >= ELDER, w.people[i].age <= YOUNG, w.people[i].party,
    )  # fmt: skip
    w.people[i].fatigue = 0.0
    w.last_acted[i] = NEVER
    w.people[i].heard = 0
    w.people[i].week = -1
    w.people[i].minutes_week = 0
    w.people[i].registered = NEVER
    if w.people[i].age != CHILD:
        _gives(tally, t, w.people[i].minutes_year, 0)
        _set_efficacy(w, c, i, HOME_EFFICACY)
        _set_trust(w, c, i, USUAL_TRUST)
        _set_satisfaction(w, c, i, USUAL_SATISFACTION)
    w.people[i].minutes_year = 0


# 11 record --------------------------------------------------------------------------------------------


@part
def _record(w, day, c, row):
    """How things stand at the end of the day; flows were counted while they happened."""
    _record_people(w, day, c, row)
    row.efficacy_quanta += w.com[c].efficacy
    row.trust_quanta += w.com[c].trust
    row.satisfaction_quanta += w.com[c].satisfaction
    for firm in range(w.com[c].firm, w.com[c + 1].firm):
        row.effort_quanta += quanta(w.firms[firm].effort)
        row.paid_quanta += quanta(w.firms[firm].paid)
    for m in range(w.com[c].member, w.com[c].created):
        row.fit_permille += w.members[m].q
        row.members_absent += w.members[m].status == ABSENT
        row.members_idle += w.members[m].status == REGISTERED
        row.members_matched += w.members[m].status == MATCHED
        row.members_decoupled += w.members[m].status == DECOUPLED
    latent = 0
    for at in range(w.com[c].open):
        latent += w.matters[w.order[w.com[c].slot + at]].status == LATENT
    row.open_latent += latent
    row.open_reported += w.com[c].open - latent
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        adults = w.compounds[place + 1].adults - w.compounds[place].adults
        row.need_in_sight += w.compounds[place].open_shared * adults
    for house in range(w.com[c].building, w.com[c + 1].building):
        adults = w.buildings[house + 1].adults - w.buildings[house].adults
        row.need_in_sight += w.buildings[house].open_matters * adults


@part
def _record_people(w, day, c, row):
    """Who acted lately: few have, so a glance at the day of the last act sorts out most."""
    owners = tenants = young = middle = elder = old = year = 0
    for i in range(w.com[c].resident, w.com[c + 1].resident):
        since = day - w.last_acted[i]
        if since < YEAR:
            year += 1
            if since < ENGAGED_DAYS:
                owner = w.people[i].tenure == OWNER
                owners += owner
                tenants += not owner
                age = w.people[i].age
                young += age == YOUNG
                middle += age == MIDDLE
                elder += age == ELDER
                old += age > ELDER
    row.engaged_owners += owners
    row.engaged_tenants += tenants
    row.engaged_young += young
    row.engaged_middle += middle
    row.engaged_elder += elder
    row.engaged_old += old
    row.active_in_year += year
    registered = active = 0
    for i in range(w.com[c].resident, w.com[c + 1].resident):
        is_registered = w.people[i].registered > NEVER
        registered += is_registered
        active += is_registered & (w.last_acted[i] > day - ACTIVE_DAYS)
    row.volunteers += registered
    row.volunteers_active += active
