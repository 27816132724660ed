"""How things stand at the end of a day: phase 11."""

from numba import literal_unroll

from agents.compiled import part
from agents.rules.learning import quanta
from agents.rules.matching import ABSENT, DECOUPLED, MATCHED, REGISTERED
from agents.rules.volunteering import ACTIVE_DAYS
from agents.traits import ELDER, MIDDLE, NEVER, OWNER, SUMS, YOUNG
from model.array.lists import rows
from model.array.states import age_of, tenure_of
from model.matters import LATENT
from model.spans import ENGAGED_DAYS, YEAR


@part
def write_down(w, day, c, row):
    """How things stand at the end of the day; flows were counted while they happened."""
    _record_people(w, day, c, row)
    for name in literal_unroll(SUMS):
        row[name] += w.com[c][name]
    for firm in range(w.com[c].firm, w.com[c + 1].firm):
        row.effort_quanta += quanta(w.firms[firm].effort)
        row.paid_quanta += quanta(w.firms[firm].paid)
    _record_members(w, c, row)
    latent = need = 0
    for at in range(w.com[c].slot, w.com[c].slot + w.com[c].open):
        latent += w.matters[w.order[at]].status == LATENT
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        need += w.compounds[place].open_shared * w.compounds[place].grown
    for house in range(w.com[c].building, w.com[c + 1].building):
        need += w.buildings[house].open_matters * w.buildings[house].grown
    row.open_latent += latent
    row.open_reported += w.com[c].open - latent
    row.need_in_sight += need


@part
def _record_members(w, c, row):
    fit = absent = idle = matched = decoupled = 0
    for m in range(w.com[c].member, w.com[c].created):
        status = w.members[m].status
        fit += w.members[m].q
        absent += status == ABSENT
        idle += status == REGISTERED
        matched += status == MATCHED
        decoupled += status == DECOUPLED
    row.fit_permille += fit
    row.members_absent += absent
    row.members_idle += idle
    row.members_matched += matched
    row.members_decoupled += decoupled


@part
def _record_people(w, day, c, row):
    """Who acted lately, and who is on the register: counted for everybody at once, without a branch."""
    engaged = owners = young = middle = elder = year = registered = active = 0
    for i in rows(w.com[c].resident, w.com[c + 1].resident):
        lately = w.last_acted[i] > day - ENGAGED_DAYS
        age = age_of(w, i)
        engaged += lately
        owners += lately & (tenure_of(w, i) == OWNER)
        young += lately & (age == YOUNG)
        middle += lately & (age == MIDDLE)
        elder += lately & (age == ELDER)
        year += w.last_acted[i] > day - YEAR
        is_registered = w.registered[i] > NEVER
        registered += is_registered
        active += is_registered & (w.last_acted[i] > day - ACTIVE_DAYS)
    row.engaged_owners += owners
    row.engaged_tenants += engaged - owners
    row.engaged_young += young
    row.engaged_middle += middle
    row.engaged_elder += elder
    row.engaged_old += engaged - young - middle - elder
    row.active_in_year += year
    row.volunteers += registered
    row.volunteers_active += active
