"""Two runs of one community side by side: who may decide today, what they decide by, and what came of it.

What differs, and why, is worked out in `model.attribution.crediting`, for both engines.
"""

from linli.agents.compiled import part
from linli.agents.rules.asking import NOT_ASKED, ask_level, ask_source, stamp
from linli.agents.rules.linked_unit import council_with_room
from linli.agents.rules.occasion import has_reason, highest_rate, occasion_kind
from linli.model.array.phases.deliberation import (
    could_act,
    matters_in_sight,
    rates_of_occasions,
    still_rests,
    terms_of_appeal,
)
from linli.model.array.phases.lists import rows
from linli.model.array.phases.rewards import rewards_at_most
from linli.model.array.phases.units import reach_of_room
from linli.model.attribution.crediting import classify, draw_luck, note_differences, note_spent


@part
def has_room(a, c, of):
    """Whether all that may differ in a community on a day has room among what was found."""
    people = a.days.w.com[c + 1].resident - a.days.w.com[c].resident
    return len(of.found) - of.so_far[0].found >= people


@part
def who_may_decide(a, b, c, t, of):
    """Those of a community with a candidate occasion or an ask in either run, ascending, in `of.who`; and
    their luck, which both share."""
    day, n = a.days.first + t, 0
    unasked = stamp(day, NOT_ASKED)
    com = a.days.w.com[c]
    for i in rows(com.resident, a.days.w.com[c + 1].resident):
        of.who[n] = i
        in_a = (a.days.w.next_occasion[i] == day) | (a.days.w.heard[i] > unasked)
        in_b = (b.days.w.next_occasion[i] == day) | (b.days.w.heard[i] > unasked)
        n += in_a | in_b
    of.so_far[0].many = n
    draw_luck(of, a.days.seed, com.number, com.resident, day)


@part
def who_might_act(w, now, run, of):
    """Of those, who might act in a run, whatever the neighbours do: marked in `of.might`. run: 0 or 1."""
    rewards = rewards_at_most(w, now)
    for n in range(of.so_far[0].many):
        might = _might_act(w, now, of.who[n], of.u_occasion[n], of.u_acts[n], rewards)
        of.might[n] = might if run == 0 else of.might[n] or might


@part
def _might_act(w, now, i, u_occasion, u_acts, rewards):
    """Whether somebody might act: that is asked first which most do not."""
    if not could_act(w, now, i, u_acts, rewards):
        return False
    p = now.p
    rate, _, ordinary = rates_of_occasions(w, now, i, matters_in_sight(w, w.building[i]))
    highest = highest_rate(p.lambda0, p.council_occasions, p.mu, p.weekend)
    kind = occasion_kind(rate, ordinary, highest, u_occasion) * (w.next_occasion[i] == now.day)
    return has_reason(still_rests(w, now, i), w.heard[i] > stamp(now.day, NOT_ASKED), kind)


@part
def keep_who_might_act(of):
    """The others act in neither run, whatever they see: only where lives are traced does it matter what."""
    if of.so_far[0].traced:
        return
    kept = 0
    for n in range(of.so_far[0].many):
        of.who[kept], of.u_occasion[kept], of.u_acts[kept] = of.who[n], of.u_occasion[n], of.u_acts[n]
        kept += of.might[n]
    of.so_far[0].many = kept


@part
def perceive(w, now, c, run, of):
    """What they decide by in a run, between the halves of a day. run: 0 or 1."""
    seen = of.a if run == 0 else of.b
    first, s = w.com[c].resident, now.s
    for n in range(of.so_far[0].many):
        i = of.who[n]
        seen.level[n] = ask_level(w.heard[i], now.day)
        seen.source[n] = ask_source(w.heard[i], now.day)
        seen.rests[n] = still_rests(w, now, i)
        seen.candidate[n] = w.next_occasion[i] == now.day
        seen.last_acted[n] = w.last_acted[i]
        sight = matters_in_sight(w, w.building[i])
        seen.sight[n] = sight
        seen.room[n] = reach_of_room(w, now, i)
        seen.council[n] = council_with_room(now.lev.council, seen.room[n])
        rate, roomless, ordinary = rates_of_occasions(w, now, i, sight)
        seen.rate[n] = rate
        seen.roomless[n] = roomless
        seen.ordinary[n] = ordinary
        seen.efficacy[n] = w.mind[i].efficacy
        seen.from_neighbours[n] = s.efficacy_from[i - first, 0]
        seen.from_organised[n] = s.efficacy_from[i - first, 1]
        terms = terms_of_appeal(w, now, c, i)
        for j in range(len(terms)):
            seen.terms[n, j] = terms[j]


@part
def compare(a, of):
    """What everybody decides in both runs, and why some decide otherwise."""
    p = a.days.parameters[0]
    classify(of, highest_rate(p.lambda0, p.council_occasions, p.mu, p.weekend), p.E)


@part
def note(a, b, c, t, of):
    """Note what differs today. False if a run's decisions were not those that were compared."""
    first, same = a.days.w.com[c].resident, True
    for run in range(2):
        s = a.s if run == 0 else b.s
        same &= note_spent(of, run, s.acting, s.so_far[0].acting, s.bout, s.on_matters, first)
    note_differences(of, a.days.first + t)
    of.so_far[0].lived += 1
    return same
