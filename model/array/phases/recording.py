"""How things stand at the end of a day: phase 12."""

from numba import literal_unroll

from linli.agents.compiled import part
from linli.agents.rules.learning import quanta
from linli.agents.rules.matching import ABSENT, DECOUPLED, MATCHED, REGISTERED
from linli.agents.rules.participation import engaged_since, first_of_last
from linli.agents.rules.resolution import LATENT
from linli.agents.rules.volunteering import ACTIVE_DAYS
from linli.agents.traits import ELDER, MIDDLE, NEVER, OWNER, SUMS, YOUNG
from linli.model.array.phases.branches import record_branches
from linli.model.array.phases.committees import record_committees
from linli.model.array.phases.departments import record_departments
from linli.model.array.phases.emergency import record_emergency
from linli.model.array.phases.lists import rows
from linli.model.array.phases.organisations import record_organisations
from linli.model.array.phases.rewards import record_rewards
from linli.model.array.phases.sorting import record_sorting
from linli.model.array.phases.states import age_of, tenure_of
from linli.model.array.phases.units import record_units
from linli.model.measures.spans import YEAR


@part
def record(w, now, c):
    """How things stand at the end of the day; flows were counted while they happened."""
    _record_people(w, now, c)
    now.row.made_ties += w.com[c].ties_made
    record_sorting(w, now, c)
    for name in literal_unroll(SUMS):
        now.row[name] += w.com[c][name]
    for firm in range(w.com[c].firm, w.com[c + 1].firm):
        now.row.effort_quanta += quanta(w.firms[firm].effort)
        now.row.paid_quanta += quanta(w.firms[firm].paid)
    _record_members(w, now, c)
    record_organisations(w, now, c)
    record_units(w, now, c)
    record_emergency(w, now, c)
    record_departments(w, now, c)
    latent = need = 0
    for at in range(w.com[c].slot, w.com[c].slot + w.com[c].open):
        latent += w.matters[w.order[at]].status == LATENT
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        need += w.compounds[place].open_shared * w.compounds[place].grown
    for house in range(w.com[c].building, w.com[c + 1].building):
        need += w.buildings[house].open_matters * w.buildings[house].grown
    now.row.open_latent += latent
    now.row.open_reported += w.com[c].open - latent
    now.row.need_in_sight += need
    now.row.fund_fen += w.com[c].fund
    record_committees(w, now, c)
    record_branches(w, now, c)


@part
def _record_members(w, now, c):
    fit = absent = idle = matched = decoupled = 0
    for m in range(w.com[c].member, w.com[c].created):
        status = w.members[m].status
        fit += w.members[m].q
        absent += status == ABSENT
        idle += status == REGISTERED
        matched += status == MATCHED
        decoupled += status == DECOUPLED
    now.row.fit_permille += fit
    now.row.members_absent += absent
    now.row.members_idle += idle
    now.row.members_matched += matched
    now.row.members_decoupled += decoupled


@part
def _record_people(w, now, c):
    """Who acted lately, and who is on the register: counted for everybody at once, without a branch."""
    lately, this_year = engaged_since(now.day), first_of_last(YEAR, now.day)
    this_quarter = first_of_last(ACTIVE_DAYS, now.day)
    engaged = owners = young = middle = elder = quarter = year = registered = active = 0
    for i in rows(w.com[c].resident, w.com[c + 1].resident):
        is_engaged = w.last_acted[i] >= lately
        age = age_of(w, i)
        engaged += is_engaged
        owners += is_engaged & (tenure_of(w, i) == OWNER)
        young += is_engaged & (age == YOUNG)
        middle += is_engaged & (age == MIDDLE)
        elder += is_engaged & (age == ELDER)
        lately_active = w.last_acted[i] >= this_quarter
        quarter += lately_active
        year += w.last_acted[i] >= this_year
        is_registered = w.registered[i] > NEVER
        registered += is_registered
        active += is_registered & lately_active
    now.row.engaged_owners += owners
    now.row.engaged_tenants += engaged - owners
    now.row.engaged_young += young
    now.row.engaged_middle += middle
    now.row.engaged_elder += elder
    now.row.engaged_old += engaged - young - middle - elder
    now.row.active_in_quarter += quarter
    now.row.active_in_year += year
    now.row.volunteers += registered
    now.row.volunteers_active += active
    record_rewards(w, now, c, active)
