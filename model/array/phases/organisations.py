"""Social organisations: the week that ends, what is bought of them for the next one, and their field."""

from linli.agents.compiled import part
from linli.agents.rules.asking import ORGANISATION, ask_source
from linli.agents.rules.resolution import awaits_work
from linli.agents.rules.social_organisation import (
    budget_minutes,
    capacity_after,
    capacity_founded,
    carried_over,
    for_asking,
    initiative_after,
    share_of_field,
    unpaid_minutes,
    week_begins,
)
from linli.agents.rules.work_time import minutes
from linli.agents.traits import BY_ORGANISATION, SPECIALITIES
from linli.model.array.optional import in_systems
from linli.model.matters import USEFULNESS, WANTED

ALL, ORGANISED = range(2)
"""Columns of `fields` in `Scratch`."""

_SPECIALITIES = len(SPECIALITIES)

_SERVED = -1
"""In place of the open work of a speciality that has had its turn."""


@in_systems()
def services_are_bought(w, now, c):
    """On Mondays organisations end their week, and the community buys the next one where most is open."""
    first, last = w.com[c].organisation, w.com[c + 1].organisation
    if first == last or not week_begins(now.day):
        return
    for o in range(first, last):
        if w.organisations[o].capacity > 0:
            _week_ends(w, now, o)
    residents = w.com[c + 1].resident - w.com[c].resident
    left = budget_minutes(residents, now.lev.services, now.lev.service_price)
    if left == 0:
        return
    _in_order_of_need(w, now, c)
    existing = 0
    for at in range(last - first):
        o = now.s.hired[at]
        if w.organisations[o].capacity > 0:
            left -= _sells(w, now, o, left)
        else:
            now.s.hired[existing] = o
            existing += 1
    for at in range(existing):
        if left > 0:
            _is_founded(w, now, now.s.hired[at])
            left -= _sells(w, now, now.s.hired[at], left)


@part
def _week_ends(w, now, o):
    """Bought time that is left was for nothing; capacity follows sales, initiative what was done."""
    one, p = w.organisations[o], now.p
    kept = carried_over(one.ask_bank, minutes(p.c_ask))
    now.row.idle_minutes += one.bank + one.ask_bank - kept
    one.capacity = capacity_after(one.capacity, one.sold, p.eta_k)
    one.initiative = initiative_after(
        one.initiative, share_of_field(one.by_others, one.in_field), one.led, p.eta_i
    )
    one.ask_bank = kept
    if one.capacity == 0:
        one.initiative = 0.0
        one.ask_bank = 0
    one.sold = one.bank = one.led = 0
    one.by_others = one.in_field = 0
    one.own = unpaid_minutes(one.initiative, p.own_hours)


@part
def _is_founded(w, now, o):
    """Somebody wants to buy of it."""
    w.organisations[o].capacity = capacity_founded(now.p.org_hours)
    w.organisations[o].initiative = now.p.initiative0
    w.organisations[o].own = unpaid_minutes(now.p.initiative0, now.p.own_hours)


@part
def _sells(w, now, o, most):
    """Sell what it can of so many minutes; returns those that it sold."""
    sold = min(w.organisations[o].capacity, most)
    asking = for_asking(sold, now.lev.mobilise)
    w.organisations[o].sold = sold
    w.organisations[o].bank = sold - asking
    w.organisations[o].ask_bank += asking
    now.row.bought_minutes += sold
    return sold


@part
def _in_order_of_need(w, now, c):
    """Organisations of the speciality with most open work first, in it by number: in `now.s.hired`."""
    need, hired = now.s.need, 0
    for speciality in range(_SPECIALITIES):
        need[speciality] = 0
    for at in range(w.com[c].slot, w.com[c].slot + w.com[c].open):
        x = w.order[at]
        if awaits_work(w.matters[x].status, w.matters[x].need):
            need[WANTED[w.matters[x].kind]] += w.matters[x].need
    for _ in range(_SPECIALITIES):
        most = 0
        for speciality in range(1, _SPECIALITIES):
            if need[speciality] > need[most]:
                most = speciality
        need[most] = _SERVED
        for o in range(w.com[c].organisation, w.com[c + 1].organisation):
            if w.organisations[o].speciality == most:
                now.s.hired[hired] = o
                hired += 1


@in_systems(False)
def is_led(w, now, c, i):
    """Whether an organisation asked for today's act, and nobody closer; the organisation counts it."""
    if ask_source(w.heard[i], now.day) != ORGANISATION:
        return False
    w.organisations[w.com[c].organisation + now.s.leader[i - w.com[c].resident]].led += 1
    now.row.acts_led += 1
    return True


@in_systems()
def clear_fields(w, now):
    """Nothing has been done in any field yet today."""
    for speciality in range(_SPECIALITIES):
        now.s.fields[speciality, ALL] = 0
        now.s.fields[speciality, ORGANISED] = 0


@in_systems()
def note_in_fields(w, now, kind, is_organised, done):
    """Work was done on a matter. done: [minute-percent]."""
    for speciality in range(_SPECIALITIES):
        if USEFULNESS[BY_ORGANISATION + speciality, kind] > 0:
            now.s.fields[speciality, ALL] += done
            now.s.fields[speciality, ORGANISED] += done if is_organised else 0


@part
def look_around(w, now, o):
    """What was done in an organisation's field today, in the evening."""
    speciality = w.organisations[o].speciality
    w.organisations[o].by_others += now.s.fields[speciality, ORGANISED]
    w.organisations[o].in_field += now.s.fields[speciality, ALL]


@in_systems()
def record_organisations(w, now, c):
    """How many there are."""
    for o in range(w.com[c].organisation, w.com[c + 1].organisation):
        now.row.organisations += w.organisations[o].capacity > 0
