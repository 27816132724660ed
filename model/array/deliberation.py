"""Residents with an occasion or an ask decide: phase 7 of a day."""

from agents import decision
from agents.chance import draws, key
from agents.compiled import part
from agents.rules.asking import NOT_ASKED, ask_level, stamp
from agents.rules.learning import fatigue_after
from agents.rules.occasion import calendar, highest_rate, is_real, next_candidate, rests_since
from agents.rules.participation import active_since, appeal_perceived, takes_part
from model.array.lists import sort_ascending, which
from model.array.ties import tell_active


@part
def residents_decide(w, k, p, seed, day, t, c, asked, row, s):
    """Returns how many act; they stand in `s.acting`, ascending."""
    highest = highest_rate(p.lambda0, p.council_occasions, p.mu)
    pace, resting = calendar(highest), rests_since(day, p.R)
    first = w.com[c].resident
    due = which(w.next_occasion, first, w.com[c + 1].resident, day, s.deciding)
    deciding = due
    for at in range(asked):  # who is asked without a candidate occasion
        i = s.asked[at]
        s.deciding[deciding] = i
        deciding += w.next_occasion[i] != day
    _draw_luck(w.com[c].number, first, seed, day, deciding, s)
    for at in range(due):
        i = s.deciding[at]
        w.next_occasion[i] = next_candidate(pace, day, s.u_next[at])
    deliberating = _have_reason(w, k, highest, resting, day, t, c, deciding, s)
    row.occasions += deliberating
    acting = 0
    for n in range(deliberating):
        at = s.reason[n]
        s.acting[acting] = s.deciding[at]
        acting += takes_part(_appeal(w, k, p, day, c, s.deciding[at]), s.u_acts[at])
    sort_ascending(s.acting, acting)
    for at in range(acting):
        _commit(w, k, p, day, c, s.acting[at], row, s)
    return acting


@part
def _draw_luck(number, first, seed, day, deciding, s):
    """The draws of everybody who may decide today, in a loop of their own: eight are drawn at a time."""
    for at in range(deciding):
        who = key(number, s.deciding[at] - first)
        u_occasion, u_acts, u_next, _ = draws(seed, who, day, decision.OCCASION, 0)
        s.u_occasion[at] = u_occasion
        s.u_acts[at] = u_acts
        s.u_next[at] = u_next


@part
def _have_reason(w, k, highest, resting, day, t, c, deciding, s):
    """Who is asked or has a real occasion, and does not rest; notes what is a meeting of the council.

    Returns how many; `s.reason` holds their places in `s.deciding`. Without a branch, since chance decides.
    """
    first, unasked, n = w.com[c].resident, stamp(day, NOT_ASKED), 0
    for at in range(deciding):
        i = s.deciding[at]
        asked = w.heard[i] > unasked
        house = w.building[i]
        sight = w.buildings[house].open_matters + w.compounds[w.buildings[house].compound].open_shared
        sight = min(sight, k.rates.shape[1] - 1)
        rate, ordinary = k.rates[t, sight], k.ordinary[t, sight]
        of_council = (rate > ordinary) & (not is_real(ordinary, highest, s.u_occasion[at]))
        s.meeting[i - first] = of_council & (not asked)
        s.reason[n] = at
        n += (w.last_acted[i] < resting) & (asked | is_real(rate, highest, s.u_occasion[at]))
    return n


@part
def _appeal(w, k, p, day, c, i):
    """What speaks for acting today."""
    mind = w.mind[i]
    at = i + c
    ties = w.tie_first[at + 1] - w.tie_first[at]
    left = k.fatigue_left[min(day - w.last_acted[i], len(k.fatigue_left) - 1)]
    return appeal_perceived(
        mind.theta, p.J, w.active_ties[i], w.serving_ties[i], ties, p.w_P, ask_level(w.heard[i], day),
        p.A_stranger, p.A_known, p.E, mind.efficacy, p.tau, mind.trust, mind.fatigue, left,
    )  # fmt: skip


@part
def _commit(w, k, p, day, c, i, row, s):
    """Carry an act into the state, after everybody has decided."""
    left = k.fatigue_left[min(day - w.last_acted[i], len(k.fatigue_left) - 1)]
    meeting = s.meeting[i - w.com[c].resident]
    w.mind[i].fatigue = fatigue_after(w.mind[i].fatigue, left, p.phi, meeting)
    if w.last_acted[i] < active_since(day, p.W):
        tell_active(w, c, i, 1)
    w.last_acted[i] = day
    if w.heard[i] > stamp(day, NOT_ASKED):
        row.acts_asked += 1
    else:
        row.acts_spontaneous += 1
