"""Residents with an occasion or an ask decide: phase 7 of a day."""

from linli.agents import decision
from linli.agents.chance import draws, key
from linli.agents.compiled import part
from linli.agents.rules.asking import NOT_ASKED, ask_level, stamp
from linli.agents.rules.fatigue import fatigue_after
from linli.agents.rules.habit import habit_after
from linli.agents.rules.linked_unit import council_with_room
from linli.agents.rules.occasion import (
    MEETING,
    calendar,
    factor_of_day,
    has_reason,
    highest_rate,
    next_candidate,
    occasion_kind,
    occasion_rate,
)
from linli.agents.rules.participation import (
    active_since,
    added_up,
    could_take_part,
    takes_part,
    terms_perceived,
)
from linli.agents.rules.rest import longest_rest, rest_of, rests_since
from linli.model.array.phases.lists import sort_ascending, which
from linli.model.array.phases.rewards import reward_and_wear, rewards_at_most, wear
from linli.model.array.phases.states import is_at_work, left_since_act
from linli.model.array.phases.ties import seen_of_made_ties, tell_active
from linli.model.array.phases.units import reach_of_room
from linli.model.array.tables.constants import STEPS


@part
def deliberation(w, now, c):
    """Residents with an occasion or an ask decide; then what they decided takes hold.

    Who acts stands in `now.s.acting`, ascending.
    """
    s = now.s
    deciding = _who_may_decide(w, now, c)
    deliberating = _have_reason(w, now, c, deciding)
    if now.p.rest_motive > 0.0:
        deliberating = _have_rested(w, now, deliberating)
    now.row.occasions += deliberating
    acting = 0
    for n in range(_who_could_act(w, now, deliberating)):
        at = s.reason[n]
        i = s.deciding[at]
        s.acting[acting] = i
        acting += takes_part(appeal_of_acting(w, now, c, i), s.u_acts[at])
    sort_ascending(s.acting, acting)
    for at in range(acting):
        _commit(w, now, c, s.acting[at])
    now.so_far.acting = acting


@part
def _who_could_act(w, now, n):
    """Of the first n who have a reason, those who might act whatever the neighbours do, in their order.
    Returns how many."""
    s, could, rewards = now.s, 0, rewards_at_most(w, now)
    for place in range(n):
        at = s.reason[place]
        s.reason[could] = at
        could += could_act(w, now, s.deciding[at], s.u_acts[at], rewards)
    return could


@part
def could_act(w, now, i, u, rewards):
    """Whether somebody might act, whatever the neighbours do. u: draw; rewards: at most."""
    p, mind, asked = now.p, w.mind[i], w.heard[i] > stamp(now.day, NOT_ASKED)
    return could_take_part(
        mind.theta, p.J, p.A_stranger, p.A_known, asked, p.E, mind.efficacy, p.tau,
        mind.trust, p.b_h, rewards, u,
    )  # fmt: skip


@part
def _who_may_decide(w, now, c):
    """Those with a candidate occasion today, who get their next one, then those asked without one.

    Returns how many; they stand in `now.s.deciding`.
    """
    s = now.s
    due = which(w.next_occasion, w.com[c].resident, w.com[c + 1].resident, now.day, s.deciding)
    deciding = due
    for at in range(now.so_far.asked):
        i = s.asked[at]
        s.deciding[deciding] = i
        deciding += w.next_occasion[i] != now.day
    _draw_luck(w, now, c, deciding)
    pace = calendar(_highest(now))
    for at in range(due):
        w.next_occasion[s.deciding[at]] = _next_candidate(now, pace, s.u_next[at])
    return deciding


@part
def _next_candidate(now, pace, u):
    """The next candidate day: looked up, unless the step of the draw leaves it open."""
    days = now.k.waits[int(u * STEPS)]
    return now.day + days if days > 0 else next_candidate(pace, now.day, u)


@part
def _highest(now):
    """The highest rate of occasions [1/day]."""
    return highest_rate(now.p.lambda0, now.p.council_occasions, now.p.mu, now.p.weekend)


@part
def _draw_luck(w, now, c, deciding):
    """The draws of everybody who may decide today, in a loop of their own: eight are drawn at a time."""
    s, seed, day = now.s, now.seed, now.day
    number, first = w.com[c].number, w.com[c].resident
    for at in range(deciding):
        who = key(number, s.deciding[at] - first)
        u_occasion, u_acts, u_next, _ = draws(seed, who, day, decision.OCCASION, 0)
        s.u_occasion[at] = u_occasion
        s.u_acts[at] = u_acts
        s.u_next[at] = u_next


@part
def _have_reason(w, now, c, deciding):
    """Who is asked or has a real occasion, and does not rest; notes what is a meeting of the council.

    Returns how many; `now.s.reason` holds their places in `now.s.deciding`. Without a branch, since chance
    decides. Where rest is not the same for all, `_have_rested` comes after it.
    """
    s, highest = now.s, _highest(now)
    resting = rests_since(now.day, now.p.R if now.p.rest_motive == 0.0 else 0)
    unasked = stamp(now.day, NOT_ASKED)
    first, house, n = w.com[c].resident, w.com[c].building, 0
    _look_around(w, now, c)
    for at in range(deciding):
        i = s.deciding[at]
        asked = w.heard[i] > unasked
        rate, _, ordinary = rates_of_occasions(w, now, i, s.sight[w.building[i] - house])
        kind = occasion_kind(rate, ordinary, highest, s.u_occasion[at])
        s.meeting[i - first] = (kind == MEETING) & (not asked)
        s.reason[n] = at
        n += has_reason(w.last_acted[i] >= resting, asked, kind)
    return n


@part
def _look_around(w, now, c):
    """What is in sight from each building today, once for all who live there."""
    first = w.com[c].building
    for house in range(first, w.com[c + 1].building):
        now.s.sight[house - first] = matters_in_sight(w, house)


@part
def _have_rested(w, now, n):
    """Of the first n who have a reason, those whose own rest is over, in their order. Returns how many."""
    s, rested = now.s, 0
    longest = rests_since(now.day, longest_rest(now.p.R, now.p.rest_motive))
    for place in range(n):
        at = s.reason[place]
        i = s.deciding[at]
        s.reason[rested] = at
        rested += w.last_acted[i] < longest or not still_rests(w, now, i)
    return rested


@part
def still_rests(w, now, i):
    """Whether somebody's own rest since the last act is not over."""
    rest = rest_of(now.p.R, now.p.rest_motive, w.mind[i].theta, now.p.theta_mean, now.p.sigma)
    return w.last_acted[i] >= rests_since(now.day, rest)


@part
def matters_in_sight(w, house):
    """Unfinished matters that those who live in a building see: its own, and what the compound shares."""
    return w.buildings[house].open_matters + w.compounds[w.buildings[house].compound].open_shared


@part
def rates_of_occasions(w, now, i, sight):
    """Somebody's rate of occasions today, what it would be without rooms, and without the council too
    [1/day]. sight: matters in sight."""
    k, t, p = now.k, now.t, now.p
    at = min(sight, k.rates.shape[2] - 1)
    works = 1 if now.p.weekend != 1.0 and is_at_work(w, i) else 0
    rate = roomless = k.rates[t, works, at]
    reach = reach_of_room(w, now, i)
    if reach > 0.0:
        council, factor = council_with_room(now.lev.council, reach), factor_of_day(now.day, works, p.weekend)
        rate = occasion_rate(p.lambda0, p.council_occasions, council, p.mu, at, p.n_bar, factor)
    return rate, roomless, k.ordinary[t, works, at]


@part
def _habit(w, now, i):
    """Somebody's habit as of the last act, which is not looked up where it has no weight."""
    return w.habit[i] if now.p.b_h > 0.0 else 0.0


@part
def appeal_of_acting(w, now, c, i):
    """What speaks for acting today."""
    return added_up(*terms_of_appeal(w, now, c, i))


@part
def terms_of_appeal(w, now, c, i):
    """What speaks for acting today, term by term: see `agents.rules.participation.TERMS`."""
    mind, p = w.mind[i], now.p
    at = i + c
    ties = w.tie_first[at + 1] - w.tie_first[at]
    made_active, made_serving, made = seen_of_made_ties(w, now, c, i)
    reward, worn = reward_and_wear(w, now, c, i)
    return terms_perceived(
        mind.theta, p.J, w.active_ties[i], w.serving_ties[i], ties, p.w_P, ask_level(w.heard[i], now.day),
        p.A_stranger, p.A_known, p.E, mind.efficacy, p.tau, mind.trust, mind.fatigue,
        left_since_act(w, now, i, now.k.fatigue_left),
        p.b_h, _habit(w, now, i), left_since_act(w, now, i, now.k.habit_left),
        p.seen, w.buildings[w.building[i]].serving, p.chi, made_active, made_serving, made, reward, worn,
    )  # fmt: skip


@part
def _commit(w, now, c, i):
    """Carry an act into the state, after everybody has decided."""
    wear(w, now, c, i)
    has_acted(w, now, c, i, now.s.meeting[i - w.com[c].resident])
    if w.heard[i] > stamp(now.day, NOT_ASKED):
        now.row.acts_asked += 1
    else:
        now.row.acts_spontaneous += 1


@part
def has_acted(w, now, c, i, meeting):
    """What acting leaves behind: fatigue, habit, and that neighbours remember it."""
    left = left_since_act(w, now, i, now.k.fatigue_left)
    w.mind[i].fatigue = fatigue_after(w.mind[i].fatigue, left, now.p.phi, meeting)
    w.habit[i] = habit_after(w.habit[i], left_since_act(w, now, i, now.k.habit_left), now.p.eta_h)
    if w.last_acted[i] < active_since(now.day, now.p.W):
        tell_active(w, c, i, 1)
    w.last_acted[i] = now.day
