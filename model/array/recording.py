"""How things stand at the end of a day: phase 11."""

from agents.compiled import part
from agents.rules.learning import quanta
from agents.rules.matching import ABSENT, DECOUPLED, MATCHED, REGISTERED
from agents.traits import ELDER, NEVER, OWNER, YOUNG
from agents.volunteer import ACTIVE_DAYS
from model.matters import LATENT
from model.spans import ENGAGED_DAYS, YEAR

MIDDLE = YOUNG + 1


@part
def write_down(w, day, c, row):
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
        is_registered = w.registered[i] > NEVER
        registered += is_registered
        active += is_registered & (w.last_acted[i] > day - ACTIVE_DAYS)
    row.volunteers += registered
    row.volunteers_active += active
