"""Owners' committees: see `linli.agents.owners_committee`."""

from linli.agents.compiled import part
from linli.agents.rules.learning import QUANTUM, quanta
from linli.agents.rules.owners_committee import has_committee, initiative_next_month, initiative_wanted
from linli.agents.rules.property_service import share_of_others
from linli.agents.traits import BY_FIRM, BY_RESIDENT
from linli.model.array.optional import has_rows_of, in_systems

_are_here = has_rows_of("committee")


@part
def _committee_of(w, c, place):
    """The row of a compound's committee."""
    return w.com[c].committee + w.compounds[place].local


@part
def has_one(w, now, place):
    """Whether a compound has a committee today."""
    return has_committee(w.compounds[place].rank, now.lev.committees)


@in_systems()
def committees_come_and_go(w, now, c):
    """A committee that there is no more leaves nothing behind; a new one begins with nothing."""
    if not _are_here(w, c):
        return
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        if not has_one(w, now, place):
            committee = w.committees[_committee_of(w, c, place)]
            committee.initiative = 0.0
            _begins_a_month(committee)


@part
def _begins_a_month(committee):
    committee.acts = 0
    committee.forces_work = 0
    committee.all_work = 0


@in_systems()
def committees_see_acts(w, now, c):
    """Who acted today, in the compounds with a committee."""
    if not _are_here(w, c):
        return
    for at in range(now.so_far.acting):
        place = w.buildings[w.building[now.s.acting[at]]].compound
        if has_one(w, now, place):
            w.committees[_committee_of(w, c, place)].acts += 1


@in_systems()
def committee_sees_work(w, now, c, place, actor, done):
    """Somebody worked on what is a firm's to do, in a compound. done: [minute-percent]."""
    if not _are_here(w, c) or not has_one(w, now, place):
        return
    committee = w.committees[_committee_of(w, c, place)]
    committee.all_work += done
    if actor not in (BY_RESIDENT, BY_FIRM):
        committee.forces_work += done


@in_systems()
def committees_end_month(w, now, c):
    """Initiative follows what residents did this month, and what was done for them."""
    if not _are_here(w, c):
        return
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        if has_one(w, now, place):
            committee = w.committees[_committee_of(w, c, place)]
            by_forces = share_of_others(committee.all_work - committee.forces_work, committee.forces_work)
            wanted = initiative_wanted(committee.acts, w.compounds[place].grown, by_forces)
            committee.initiative = initiative_next_month(committee.initiative, wanted, now.p.eta_c)
            _begins_a_month(committee)


@part
def initiative_behind(w, c, firm):
    """Mean initiative of the committees in a firm's compounds, 0 where there is none."""
    if not _are_here(w, c):
        return 0.0
    total, first = 0, w.firms[firm].first
    for at in range(first, first + w.firms[firm].serves):
        total += quanta(w.committees[_committee_of(w, c, w.firm_compounds[at])].initiative)
    return total / (QUANTUM * w.firms[firm].serves)


@in_systems()
def record_committees(w, now, c):
    """How many there are, and how much initiative."""
    if not _are_here(w, c):
        return
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        if has_one(w, now, place):
            now.row.committees += 1
            now.row.initiative_quanta += quanta(w.committees[_committee_of(w, c, place)].initiative)
