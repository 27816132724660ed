"""Households sort their waste, where a policy has brought it: once a month, building by building."""

from linli.agents import decision
from linli.agents.chance import draw, key
from linli.agents.compiled import loop, part
from linli.agents.rules.waste_sorting import (
    NOT_JUDGED,
    appeal_of_sorting,
    goes_on,
    honours,
    is_ahead,
    is_contest,
    is_taught,
    prevented_by_sorting,
    share_sorting,
    sorts,
    standing_after,
)
from linli.agents.traits import CHILD
from linli.model.array.optional import has_rows_of, in_systems
from linli.model.array.phases.states import age_of

_has_sorters = has_rows_of("sorter")


@part
def _first_of(w, c, s):
    """The first resident of a household, by its row among those that may sort."""
    return w.household_first[w.com[c].household + s - w.com[c].sorter]


@part
def _contest_of(w, c, place):
    """Where in `w.contests` a compound stands."""
    return w.com[c].contest + place - w.com[c].compound


@loop
def count_sorting(w, begin, end):
    """Count afresh the households of each compound of communities begin .. end-1, and those that sort."""
    for at in range(w.com[begin].contest, w.com[end].contest):
        w.contests[at].households = 0
        w.contests[at].sorting = 0
    for c in range(begin, end):
        for s in range(w.com[c].sorter, w.com[c + 1].sorter):
            at = _contest_of(w, c, w.buildings[w.building[_first_of(w, c, s)]].compound)
            w.contests[at].households += 1
            w.contests[at].sorting += w.sorters[s].sorts


@in_systems(otherwise=0.0)
def kept_from_arising(w, now, c, place):
    """The share of the matters of kinds that sorting meets that does not arise in a compound."""
    if not _has_sorters(w, c):
        return 0.0
    contest = w.contests[_contest_of(w, c, place)]
    return prevented_by_sorting(now.p.prevent_sorting, contest.sorting, contest.households)


@in_systems()
def households_sort(w, now, c):
    """Each household decides whether to sort its waste, by what it saw last month; then compounds may be
    compared. Where contests are held no longer, the last one is forgotten."""
    if not _has_sorters(w, c):
        return
    sorting = 0
    for at in range(w.com[c].contest, w.com[c + 1].contest):
        sorting += w.contests[at].sorting
        if now.lev.contest == 0.0:
            w.contests[at].standing = NOT_JUDGED
    if not goes_on(now.lev.contest, now.lev.taught, sorting):
        return
    first, end = w.com[c].sorter, w.com[c + 1].sorter
    while first < end:
        first = _building_decides(w, now, c, first, end)
    if is_contest(now.day, now.lev.contest, now.lev.contest_every):
        _compare_compounds(w, now, c)


@part
def _building_decides(w, now, c, first, end):
    """The households of one building, one behind the other from `first` on. Returns the first of the next."""
    house = w.building[_first_of(w, c, first)]
    behind, sorting = first, 0
    while behind < end and w.building[_first_of(w, c, behind)] == house:
        sorting += w.sorters[behind].sorts
        behind += 1
    share = share_sorting(sorting, behind - first)
    for s in range(first, behind):
        _decides(w, now, c, s, house, share)
    return behind


@part
def _decides(w, now, c, s, house, share):
    """Sort or not, for a month."""
    p = now.p
    taught = _children_taught(w, now, c, s)
    now.row.children_taught += taught
    at = _contest_of(w, c, w.buildings[house].compound)
    appeal = appeal_of_sorting(
        p.theta_s, p.J_s, share, p.taught, taught > 0, p.honour, p.given_up, w.contests[at].standing,
        p.w_s, w.buildings[house].serving > 0,
    )  # fmt: skip
    who = key(w.com[c].number, s - w.com[c].sorter)
    _set_sorts(w, at, s, sorts(appeal, draw(now.seed, who, now.day, decision.SORTS, 0)))


@part
def _set_sorts(w, at, s, value):
    w.contests[at].sorting += value - w.sorters[s].sorts
    w.sorters[s].sorts = value


@part
def _children_taught(w, now, c, s):
    """How many children of a household are among those who are taught."""
    taught, share = 0, now.lev.taught
    if share == 0.0:
        return 0
    first, home = w.com[c].resident, w.com[c].household + s - w.com[c].sorter
    for i in range(w.household_first[home], w.household_first[home + 1]):
        if age_of(w, i) == CHILD:
            who = key(w.com[c].number, i - first)
            taught += is_taught(share, draw(now.seed, who, 0, decision.TAUGHT, w.life[i].predecessors))
    return taught


@part
def _compare_compounds(w, now, c):
    """The best of the compounds that compete are honoured, the others are passed by."""
    competing = 0
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        w.contests[_contest_of(w, c, place)].standing = NOT_JUDGED
        competing += w.compounds[place].rank <= now.lev.contest
    now.row.compounds_judged += competing
    honoured = honours(now.lev.contest_best, competing)
    for place in range(w.com[c].compound, w.com[c + 1].compound):
        if w.compounds[place].rank <= now.lev.contest:
            contest = w.contests[_contest_of(w, c, place)]
            contest.standing = standing_after(_ahead_of(w, now, c, place), honoured, contest.sorting)


@part
def _ahead_of(w, now, c, place):
    """How many of those that compete come before a compound."""
    mine, ahead = w.contests[_contest_of(w, c, place)], 0
    share = share_sorting(mine.sorting, mine.households)
    for other in range(w.com[c].compound, w.com[c + 1].compound):
        if w.compounds[other].rank <= now.lev.contest:
            theirs = w.contests[_contest_of(w, c, other)]
            ahead += is_ahead(share_sorting(theirs.sorting, theirs.households), other, share, place)
    return ahead


@in_systems()
def others_move_in(w, c, household):
    """A household begins anew: it does not sort yet."""
    if _has_sorters(w, c):
        s = w.com[c].sorter + household - w.com[c].household
        at = _contest_of(w, c, w.buildings[w.building[_first_of(w, c, s)]].compound)
        _set_sorts(w, at, s, 0)


@in_systems()
def record_sorting(w, now, c):
    """How many households sort."""
    for at in range(w.com[c].contest, w.com[c + 1].contest):
        now.row.households_sorting += w.contests[at].sorting
