"""Attempts succeed or fail, deadlines pass, people learn: phase 9 of a day."""

from agents import decision
from agents.chance import draw, draws, key
from agents.compiled import part, phase
from agents.rules.learning import discouraged, efficacy_after, encouraged, trust_after
from agents.rules.property_service import satisfaction_after
from agents.rules.resolution import closing_on_paper, is_overdue, quality_of_work, success
from model.array.matters import forget_attempt, join_queue, leave_queue, out_of_sight
from model.array.states import set_efficacy, set_satisfaction, set_trust
from model.matters import CLOSED, LAPSED, OF_PROPERTY, REPORTED, RESOLVED, SHARED
from model.spans import MAX_DURATION


@phase
def matters_end(w, p, lev, seed, day, t, c, learners, tally, row, s):
    """Attempts, deadlines, then own experience, then what houses saw."""
    council = lev.council
    learners, news = _attempts(w, p, seed, day, t, c, learners, tally, row, s)
    learners = _deadlines(w, p, lev, seed, day, t, c, learners, tally, row, s)
    for at in range(learners):
        i = s.learner[at]
        set_efficacy(w, c, i, efficacy_after(w.mind[i].efficacy, s.outcome[at], p.eta_e, p.xi, council))
    for at in range(news):
        _news_in(w, p, c, s.news[at])


@part
def _news_in(w, p, c, building):
    first = w.buildings[building].adults
    for at in range(first, first + w.buildings[building].grown):
        i = w.adults[at]
        for _ in range(w.buildings[building].encouragements):
            set_efficacy(w, c, i, encouraged(w.mind[i].efficacy, p.eta_o))
        for _ in range(w.buildings[building].discouragements):
            set_efficacy(w, c, i, discouraged(w.mind[i].efficacy, p.omega))
    w.buildings[building].encouragements = 0
    w.buildings[building].discouragements = 0


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
        forget_attempt(w, x)
        if u_again < p.nu:
            w.matters[x].need = w.matters[x].work
            leave_queue(w, x)
            join_queue(w, x)
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
    out_of_sight(w, x)
    outcome = 1.0 if status == RESOLVED else 0.0
    learners = _tell_contributors(w, x, outcome, learners, s)
    affected, building = w.matters[x].affected, w.matters[x].building
    if SHARED[w.matters[x].kind]:
        first = w.buildings[building].adults
        for at in range(first, first + w.buildings[building].grown):
            i = w.adults[at]
            set_trust(w, c, i, trust_after(w.mind[i].trust, outcome, p.eta_T))
    else:
        set_trust(w, c, affected, trust_after(w.mind[affected].trust, outcome, p.eta_T))
    if w.compounds[w.matters[x].compound].firm >= 0 and OF_PROPERTY[w.matters[x].kind]:
        value = satisfaction_after(w.satisfaction[affected], outcome, p.eta_S)
        set_satisfaction(w, c, affected, value)
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
