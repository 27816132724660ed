"""Residents with an occasion or an ask decide: phase 7 of a day."""

from agents.chance import key
from agents.compiled import part
from agents.rules.asking import NOT_ASKED, ask_level, stamp
from agents.rules.learning import fatigue_after
from agents.rules.occasion import highest_rate, next_candidate, occasion_rate, occurs, rests_since
from agents.rules.participation import active_since, acts, appeal_perceived
from model.array.lists import sort_ascending
from model.array.ties import tell_active


@part
def _due(next_occasion, first, last, day, due):
    """Whose candidate day is today; without a branch, because nearly nobody is."""
    n = 0
    for i in range(first, last):
        due[n] = i
        n += next_occasion[i] == day
    return n


@part
def residents_decide(w, p, council, seed, day, c, asked, row, s):
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
    sort_ascending(s.acting, acting)
    for at in range(acting):
        i = s.acting[at]
        days = day - w.last_acted[i]
        w.people[i].fatigue = fatigue_after(w.people[i].fatigue, p.delta_F, days, p.phi, s.meeting[i - first])
        if w.last_acted[i] < active_since(day, p.W):
            tell_active(w, i, 1)
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
        if council > 0.0:
            ordinary = occasion_rate(p.lambda0, p.council_occasions, 0.0, p.mu, sight, p.n_bar)
            s.meeting[local] = rate > ordinary and not occurs(ordinary, highest, seed, who, day)
    row.occasions += 1
    ties = w.tie_start[i + 1] - w.tie_start[i]
    appeal = appeal_perceived(
        w.people[i].theta, p.J, w.active_ties[i], w.serving_ties[i], ties, p.w_P, level,
        p.A_stranger, p.A_known, p.E, w.people[i].efficacy, p.tau, w.people[i].trust, w.people[i].fatigue,
        p.delta_F, day - w.last_acted[i],
    )  # fmt: skip
    return acts(appeal, seed, who, day)
