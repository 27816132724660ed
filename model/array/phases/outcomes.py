"""Attempts succeed or fail, deadlines pass, people learn: phase 10 of a day."""

from linli.agents import decision
from linli.agents.chance import draw, draws, key
from linli.agents.compiled import part, phase
from linli.agents.rules.appraisal import moved_by_appraisal
from linli.agents.rules.departments import SERVED
from linli.agents.rules.learning import (
    discouraged,
    efficacy_after,
    encouraged,
    lesson_of_matter,
    trust_after,
)
from linli.agents.rules.property_service import satisfaction_after
from linli.agents.rules.resolution import (
    REPORTED,
    RESOLVED,
    closing_on_paper,
    counted_as,
    ending,
    is_complete,
    is_over,
    is_their_own,
    lacking,
    outcome_of,
    quality_of_work,
    success,
    success_without,
)
from linli.agents.rules.voice import unheard_after
from linli.model.array.optional import in_systems
from linli.model.array.phases.departments import note_what_is_lost
from linli.model.array.phases.matters import forget_attempt, in_sight, join_queue, leave_queue, needs, sees
from linli.model.array.phases.states import learns, set_efficacy, set_satisfaction, set_trust
from linli.model.matters import OF_PROPERTY, SHARED
from linli.model.measures.spans import MAX_DURATION


@phase
def outcomes(w, now, c):
    """Complete attempts succeed or fail, deadlines pass, and people learn what came of it: first from their
    own experience, then from what their house saw."""
    now.so_far.news = 0
    _attempts(w, now, c)
    _deadlines(w, now, c)
    p, s, council = now.p, now.s, now.lev.council
    for at in range(now.so_far.learners):
        i = s.learner[at]
        set_efficacy(w, c, i, efficacy_after(w.mind[i].efficacy, s.outcome[at], p.eta_e, p.xi, council))
    for at in range(now.so_far.news):
        _news_in(w, now, c, s.news[at])


@part
def _news_in(w, now, c, building):
    first = w.buildings[building].adults
    for at in range(first, first + w.buildings[building].grown):
        i = w.adults[at]
        for _ in range(w.buildings[building].encouragements):
            _others_change(w, now, c, i, encouraged(w.mind[i].efficacy, now.p.eta_o), 0)
        for _ in range(w.buildings[building].discouragements):
            _others_change(w, now, c, i, discouraged(w.mind[i].efficacy, now.p.omega), 1)
    w.buildings[building].encouragements = 0
    w.buildings[building].discouragements = 0


@part
def _others_change(w, now, c, i, efficacy, source):
    """What others achieved changes somebody's efficacy; where it came from is kept if that is asked for.
    source: 0 neighbours, 1 organised forces alone."""
    if len(now.s.efficacy_from) > 0:
        now.s.efficacy_from[i - w.com[c].resident, source] += efficacy - w.mind[i].efficacy
    set_efficacy(w, c, i, efficacy)


@part
def _attempts(w, now, c):
    """Matters whose hours are done: resolved, taken up again at the back of the queue, or left to wait."""
    s, base, n = now.s, w.com[c].slot, w.com[c].open
    kept = back = ended = 0
    for at in range(n):
        x = w.order[base + at]
        worked = w.matters[x].resident_minutes + w.matters[x].organised_minutes
        if not is_complete(w.matters[x].need, worked):
            w.order[base + kept] = x
            kept += 1
            continue
        who = key(w.com[c].number, w.compounds[w.matters[x].compound].local)
        u_success, u_again, _, _ = draws(now.seed, who, now.day, decision.ATTEMPT, w.matters[x].serial)
        now.row.attempts += 1
        if u_success < _chance_of_success(w, now, c, x, worked):
            _good_news(w, now, x)
            _end(w, now, c, x, RESOLVED)
            s.order[n - 1 - ended] = x
            ended += 1
            continue
        if not now.p.learn_at_end:
            _tell_contributors(w, now, x, 0.0, 0.0)
            w.matters[x].remembered = 0
        forget_attempt(w, x)
        if u_again < now.p.nu:
            w.matters[x].need = w.matters[x].work
            leave_queue(w, x)
            join_queue(w, x)
            s.order[back] = x
            back += 1
        else:
            if not in_sight(w, now, x):
                sees(w, x, -1)
            w.order[base + kept] = x
            kept += 1
    for at in range(back):
        w.order[base + kept + at] = s.order[at]
    for at in range(ended):
        w.order[base + kept + back + at] = s.order[n - 1 - at]
    w.com[c].open = kept + back


@part
def _chance_of_success(w, now, c, x, worked):
    """Probability that a complete attempt resolves a matter. worked: minutes."""
    p = now.p
    firm = w.compounds[w.matters[x].compound].firm
    effort = w.firms[firm].effort if firm >= 0 else p.x0
    quality = quality_of_work(w.matters[x].quality_minutes, worked)
    return success_without(success(p.s0, p.s1, effort, p.x0, p.s2, quality), p.hindered, _lacks(w, now, c, x))


@part
def _lacks(w, now, c, x):
    """How many of money and a department's authority a matter needs, which nobody brings."""
    if now.p.needs_money == 0.0 and now.p.needs_department == 0.0:
        return 0
    money, department = needs(w, now, c, x)
    return lacking(money, w.matters[x].funded, department, w.matters[x].stage == SERVED)


@part
def _good_news(w, now, x):
    """The house hears who solved it."""
    building = w.matters[x].building
    if w.buildings[building].encouragements + w.buildings[building].discouragements == 0:
        now.s.news[now.so_far.news] = building
        now.so_far.news += 1
    if is_their_own(w.matters[x].resident_minutes):
        w.buildings[building].encouragements += 1
    else:
        w.buildings[building].discouragements += 1
        now.row.resolved_without_residents += 1


@part
def _deadlines(w, now, c):
    """Matters whose time is up: closed on paper, or lapsed."""
    s, base, n = now.s, w.com[c].slot, w.com[c].open
    on_paper = closing_on_paper(now.p.psi, now.p.platform_pressure, now.lev.coverage)
    on_paper += _moved(w, now, on_paper)
    kept = ended = 0
    for at in range(n):
        x = w.order[base + at]
        matter = w.matters[x]
        if not is_over(
            now.day, matter.status, matter.arose, matter.reported, now.p.patience, now.lev.deadline
        ):
            w.order[base + kept] = x
            kept += 1
            continue
        who = key(w.com[c].number, w.compounds[w.matters[x].compound].local)
        u = draw(now.seed, who, now.day, decision.DEADLINE, w.matters[x].serial)
        _end(w, now, c, x, ending(w.matters[x].status, on_paper, u))
        s.order[ended] = x
        ended += 1
    for at in range(ended):
        w.order[base + kept + at] = s.order[at]
    w.com[c].open = kept


@in_systems(0.0)
def _moved(w, now, on_paper):
    """What an appraisal adds to the probability that an overdue report is closed on paper."""
    return moved_by_appraisal(on_paper, now.lev.appraisal, now.p.judged)


@part
def _end(w, now, c, x, status):
    """A matter ends: contributors, and those it concerns, learn what became of it."""
    was_reported = w.matters[x].status == REPORTED
    w.matters[x].status = status
    if in_sight(w, now, x):
        sees(w, x, -1)
    leave_queue(w, x)
    outcome = outcome_of(status)
    _tell_contributors(w, now, x, outcome, now.p.thanked)
    affected, building = w.matters[x].affected, w.matters[x].building
    life = w.life[affected]
    life.unheard = unheard_after(life.unheard, status == RESOLVED, was_reported)
    w.buildings[building].ended += 1
    w.buildings[building].resolved += status == RESOLVED
    if SHARED[w.matters[x].kind]:
        first = w.buildings[building].adults
        for at in range(first, first + w.buildings[building].grown):
            i = w.adults[at]
            set_trust(w, c, i, trust_after(w.mind[i].trust, outcome, now.p.eta_T))
    else:
        set_trust(w, c, affected, trust_after(w.mind[affected].trust, outcome, now.p.eta_T))
    if w.compounds[w.matters[x].compound].firm >= 0 and OF_PROPERTY[w.matters[x].kind]:
        value = satisfaction_after(w.satisfaction[affected], outcome, now.p.eta_S)
        set_satisfaction(w, c, affected, value)
    note_what_is_lost(w, now, x)
    _count_end(w, now, x, was_reported)


@part
def _count_end(w, now, x, was_reported):
    row = now.row
    resolved, resolved_unreported, on_paper, lapsed, lapsed_unreported = counted_as(
        w.matters[x].status, was_reported
    )
    row.resolved += resolved
    row.resolved_unreported += resolved_unreported
    row.closed_on_paper += on_paper
    row.lapsed += lapsed
    row.lapsed_unreported += lapsed_unreported
    if resolved:
        now.tally.durations[now.t, min(now.day - w.matters[x].reported, MAX_DURATION - 1)] += 1


@part
def _tell_contributors(w, now, x, outcome, thanks):
    """The first contributors hear what their work achieved; they learn from it at the end of the day."""
    lesson = lesson_of_matter(outcome, now.p.expects, w.buildings[w.matters[x].building].expected, thanks)
    for k in range(w.matters[x].remembered):
        learns(now, w.contributors[x, k], lesson)
