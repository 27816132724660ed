"""Members come and go, drift, and are matched to posts: phases 1 and 5 of a day."""

from linli.agents import decision
from linli.agents.chance import draw, draws, key, pick
from linli.agents.compiled import loop, part
from linli.agents.rules.matching import (
    ABSENT,
    LEAVING,
    MATCHED,
    NONE,
    REGISTERED,
    best_value,
    can_match,
    drifts_of_four,
    given_back,
    post_skill,
    post_time,
    status_after,
    status_after_post,
    value_of_post,
)
from linli.agents.rules.work_time import minutes
from linli.model.array.phases.beats import tell_beat
from linli.model.array.phases.branches import staying
from linli.model.array.phases.committees import committees_come_and_go
from linli.model.array.phases.rewards import leaving
from linli.model.array.phases.ties import set_serving
from linli.model.array.phases.units import rooms_open


@part
def policies_set_levers(w, now, c):
    """Sunk members come and go, and owners' committees and rooms; who has never been here arrives with a
    home."""
    first = w.com[c].managed
    for m in range(first, w.com[c].created):
        if m - first < now.sunk and w.members[m].status == ABSENT:
            w.members[m].status = REGISTERED
        elif m - first >= now.sunk and w.members[m].status != ABSENT:
            _leave_post(w, now, c, m)
            w.members[m].status = ABSENT
    while w.com[c].created < first + now.sunk:
        m = w.com[c].created
        w.members[m].home = w.members[m].host
        w.members[m].status = REGISTERED
        w.com[c].created += 1
    committees_come_and_go(w, now, c)
    rooms_open(w, now, c)


@part
def _leave_post(w, now, c, m):
    if w.members[m].status == MATCHED:
        w.free[w.members[m].post] = True
        w.com[c].free_posts += 1
        tell_beat(w, w.members[m].post, -1)
        w.members[m].post = -1
        w.members[m].q = 0
        w.members[m].ask_bank = 0
        if w.members[m].home >= 0:
            set_serving(w, c, w.members[m].home, False, now.day, now.p.W)


@part
def members_are_matched(w, now, c):
    """Members drift; workers match idle ones to posts as far as time goes; what is left goes to matters."""
    s, lev, given = now.s, now.lev, now.so_far.match_minutes
    _draw_drifts(w, now, c)
    for m in range(w.com[c].member, w.com[c].created):
        _drifts(w, now, c, m, s.u_drifts[m - w.com[c].member])
    idle = 0
    if lev.matching != NONE:
        for m in range(w.com[c].member, w.com[c].created):
            if w.members[m].status == REGISTERED:
                s.idle[idle] = m
                idle += 1
    w.com[c].match_bank += given
    cost = minutes(now.p.c_m)
    while can_match(w.com[c].match_bank, cost, idle, w.com[c].free_posts):
        w.com[c].match_bank -= cost
        at = _lowest_ticket(w, now, c, s.idle, idle)
        _match(w, now, c, s.idle[at])
        now.row.matches += 1
        idle -= 1
        s.idle[at] = s.idle[idle]
    back = given_back(given, w.com[c].match_bank, idle, w.com[c].free_posts)
    w.com[c].match_bank -= back
    now.row.match_minutes += given - back
    now.so_far.matter_minutes += back


@part
def _draw_drifts(w, now, c):
    """The draws by which members drift, in a loop of their own: see `model.array.phases.deliberation`."""
    fours = (w.com[c].created - w.com[c].member + 3) // 4
    for four in range(fours):
        a, b, c_, d = drifts_of_four(now.seed, key(w.com[c].number, 4 * four), now.day)
        now.s.u_drifts[4 * four] = a
        now.s.u_drifts[4 * four + 1] = b
        now.s.u_drifts[4 * four + 2] = c_
        now.s.u_drifts[4 * four + 3] = d


@part
def _drifts(w, now, c, m, u):
    """A day on the register: idle members decouple, decoupled ones return, matched ones may leave."""
    p, member, leave = now.p, w.members[m], leaving(w, now)
    delta_I = p.delta_I * staying(w, now, c, m)
    status = status_after(
        member.status, member.standing, member.q, delta_I, p.delta_R, p.delta_M * leave, p.delta_q * leave,
        now.lev.accountability, u,
    )  # fmt: skip
    if status == LEAVING:
        _leave_post(w, now, c, m)
        now.row.posts_left += 1
        who = key(w.com[c].number, m - w.com[c].member)
        status = status_after_post(draw(now.seed, who, now.day, decision.DRIFTS, 1))
    member.status = status


@part
def _lot(w, now, c, m):
    """Ticket in the matching lottery, and where the search for a post begins."""
    lot = draws(now.seed, key(w.com[c].number, m - w.com[c].member), 0, decision.MATCHES, w.members[m].spells)
    return lot[0], lot[1]


@part
def _lowest_ticket(w, now, c, idle, n):
    best, lowest = 0, _lot(w, now, c, idle[0])[0]
    for at in range(1, n):
        ticket = _lot(w, now, c, idle[at])[0]
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
    best, highest, most = -1, -1, best_value(method)
    for step in range(posts):
        post = (first + step) % posts
        if not w.free[base + post]:
            continue
        value = value_of_post(method, w.members[m].skill == post_skill(post), _fit_with(w, m, post))
        if value > highest:
            best, highest = post, value
        if value == most:
            break
    return best


@part
def _takes(w, c, m, post, day, window):
    """A member takes a post (local number)."""
    w.free[w.com[c].post + post] = False
    w.com[c].free_posts -= 1
    w.members[m].status = MATCHED
    w.members[m].post = w.com[c].post + post
    w.members[m].q = _fit_with(w, m, post)
    w.members[m].spells += 1
    tell_beat(w, w.members[m].post, 1)
    if w.members[m].home >= 0:
        set_serving(w, c, w.members[m].home, True, day, window)


@part
def _match(w, now, c, m):
    posts = w.com[c + 1].post - w.com[c].post
    post = _find_post(w, now.lev.matching, c, m, pick(_lot(w, now, c, m)[1], posts))
    _takes(w, c, m, post, now.day, now.p.W)


@loop
def take_first_post(w, method, c, m, compound, per_compound):
    """A leader takes a post before the run begins: the best one, from the own compound on."""
    _takes(w, c, m, _find_post(w, method, c, m, compound * per_compound), 0, 0)
