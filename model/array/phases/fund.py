"""The community's fund: see `linli.agents.community_fund`."""

from linli.agents.compiled import part
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.fund import (
    calls_for_works,
    days_shown,
    fen,
    may_spend,
    meeting_minutes,
    paid_in,
    score,
    weight_of_residents,
)
from linli.agents.rules.learning import trust_after
from linli.agents.rules.resolution import REPORTED, awaits_work
from linli.agents.rules.volunteering import MONTH, is_month_end
from linli.model.array.optional import has_rows_of, in_systems
from linli.model.array.phases.committees import has_one
from linli.model.array.phases.matters import in_sight, needs
from linli.model.array.phases.states import set_trust
from linli.model.matters import FOR_MONEY, KINDS, SHARED

NO_KIND = -1
"""In place of a kind: nothing speaks for any."""

_has_fund = has_rows_of("small_work")


@in_systems()
def fund_acts(w, now, c):
    """A day: money comes in. At the end of a month works fade, and what is there is spent."""
    if not _has_fund(w, c):
        return
    paid = paid_in(now.lev.fund, w.com[c + 1].resident - w.com[c].resident)
    w.com[c].fund += paid
    now.row.fund_paid_fen += paid
    if is_month_end(now.day):
        left = left_after(now.p.delta_works, MONTH)
        for at in range(w.com[c].small_work, w.com[c + 1].small_work):
            for kind in range(len(KINDS)):
                w.small_works[at, kind] *= left
        _is_spent(w, now, c)


@part
def _is_spent(w, now, c):
    """A kind is chosen, matters of it get what they lack, and small works take the rest."""
    before, places = w.com[c].fund, w.com[c + 1].compound - w.com[c].compound
    open_to_it = 0
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        open_to_it += _may_spend(w, now, place)
    if before == 0 or open_to_it == 0:
        return
    weight = weight_of_residents(now.lev.democratic, now.lev.council, now.lev.decides)
    kind = _chosen(w, now, c, weight)
    if kind == NO_KIND:
        return
    now.row.fund_meeting_minutes += meeting_minutes(weight, places, now.p.council_meeting)
    _pays_for_matters(w, now, c, kind)
    _pays_for_works(w, now, c, kind, weight)
    now.row.fund_spent_fen += before - w.com[c].fund
    if w.com[c].fund < before:
        for place in range(w.com[c].compound, w.com[c + 1].compound):
            if _may_spend(w, now, place) and _needs_most(w, now, place, kind):
                first = w.compounds[place].adults
                for at in range(first, first + w.compounds[place].grown):
                    i = w.adults[at]
                    set_trust(w, c, i, trust_after(w.mind[i].trust, 1.0, now.p.eta_T * weight))


@part
def _may_spend(w, now, place):
    """Whether money can be paid out in a compound."""
    return may_spend(now.lev.account, has_one(w, now, place), now.lev.committee_account)


@part
def _chosen(w, now, c, weight):
    """The kind for which most speaks, the first among equals; NO_KIND where nothing does."""
    all_seen = all_shown = 0
    for kind in range(len(KINDS)):
        if FOR_MONEY[kind]:
            seen, shown = _need_for(w, now, c, kind)
            all_seen += seen
            all_shown += shown
    chosen, most = NO_KIND, 0.0
    for kind in range(len(KINDS)):
        if FOR_MONEY[kind]:
            seen, shown = _need_for(w, now, c, kind)
            value = score(weight, seen, all_seen, shown, all_shown)
            if value > most:
                chosen, most = kind, value
    return chosen


@part
def _need_for(w, now, c, kind):
    """What of a kind residents see, and what of it shows on the record: see `agents.rules.fund.score`."""
    seen = shown = 0
    for at in range(w.com[c].slot, w.com[c].slot + w.com[c].open):
        x = w.order[at]
        if w.matters[x].kind == kind:
            if in_sight(w, now, x):
                if SHARED[kind]:
                    seen += w.compounds[w.matters[x].compound].grown
                else:
                    seen += w.buildings[w.matters[x].building].grown
            if w.matters[x].status == REPORTED:
                shown += days_shown(now.day, w.matters[x].reported)
    return seen, shown


@part
def _pays_for_matters(w, now, c, kind):
    """What reported matters need in money, the oldest first."""
    price = fen(now.p.fund_matter)
    for at in range(w.com[c].slot, w.com[c].slot + w.com[c].open):
        if w.com[c].fund < price:
            return
        x = w.order[at]
        waits = w.matters[x].kind == kind and awaits_work(w.matters[x].status, w.matters[x].need)
        if waits and w.matters[x].funded == 0 and _may_spend(w, now, w.matters[x].compound):
            money, _ = needs(w, now, c, x)
            if money:
                w.matters[x].funded = 1
                w.com[c].fund -= price
                now.row.matters_funded += 1


@part
def _pays_for_works(w, now, c, kind, weight):
    """A small work in each compound, those first for which most speaks, as far as money goes."""
    price, last, calls = fen(now.p.small_work), -1, 0.0
    while w.com[c].fund >= price:
        place, calls = _next_place(w, now, c, kind, weight, last, calls)
        if place < 0:
            return
        w.small_works[w.com[c].small_work + w.compounds[place].local, kind] += 1.0
        w.com[c].fund -= price
        now.row.small_works += 1
        last = place


@part
def _next_place(w, now, c, kind, weight, last, calls):
    """The compound that comes behind another one in the order of what speaks for works there, the first among
    equals, and what speaks for them; -1 behind the last. last: -1 before the first; calls: of the last."""
    found, most = -1, 0.0
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        if _may_spend(w, now, place):
            value = _calls_for_works(w, now, place, kind, weight)
            comes_behind = last < 0 or value < calls or (value == calls and place > last)
            if comes_behind and value > most:
                found, most = place, value
    return found, most


@part
def _calls_for_works(w, now, place, kind, weight):
    """What speaks for small works in a compound."""
    reported = hidden = 0
    x = w.compounds[place].oldest
    while x >= 0:
        if w.matters[x].kind == kind and in_sight(w, now, x):
            if w.matters[x].status == REPORTED:
                reported += 1
            else:
                hidden += 1
        x = w.matters[x].behind
    return calls_for_works(weight, reported, hidden)


@part
def _needs_most(w, now, place, kind):
    """Whether of no kind more matters are in sight in a compound."""
    mine = _in_sight_of(w, now, place, kind)
    for other in range(len(KINDS)):
        if _in_sight_of(w, now, place, other) > mine:
            return False
    return mine > 0


@part
def _in_sight_of(w, now, place, kind):
    """How many matters of a kind are in sight in a compound."""
    many, x = 0, w.compounds[place].oldest
    while x >= 0:
        many += w.matters[x].kind == kind and in_sight(w, now, x)
        x = w.matters[x].behind
    return many
