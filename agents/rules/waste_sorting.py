"""Waste sorting 垃圾分类: a household sorts as others in the house do, for a child's sake, or for an honour.

Once a month a household decides anew; the form is that of taking part (Brock & Durlauf 2001). That contests
between compounds make sorting a norm, and that children bring grandparents along (隔代亲), is what texts on
Zhangzhou and Donghu claim. That those who tried and were passed by may give up, no text says: it is what any
prize can do to those who do not get it.
"""

from linli.agents.compiled import rule
from linli.agents.rules.participation import takes_part
from linli.agents.rules.shares import share
from linli.agents.rules.volunteering import MONTH, is_month_end

PASSED_BY, NOT_JUDGED, HONOURED = -1, 0, 1
"""How a compound stood in the last contest."""


@rule
def appeal_of_sorting(
    theta_s, J_s, share, taught, is_taught, honour, given_up, standing, w_s, is_served
):  # fmt: skip
    """What speaks for sorting this month, as a utility [-].

    theta_s: own motive; J_s, share: pull of the households of the building that sorted last month [0, 1], the
    own one among them; taught, is_taught: what a child adds who learns it; honour, given_up, standing: what
    the last contest adds where the compound was honoured, and takes away where it was passed by; w_s,
    is_served: what a member adds who serves in the building.
    """
    of_contest = honour if standing == HONOURED else (-given_up if standing == PASSED_BY else 0.0)
    return theta_s + J_s * share + taught * is_taught + of_contest + w_s * is_served


@rule
def sorts(appeal, u):
    """Whether a household sorts this month: with probability 1 / (1 + exp(-appeal)). u: draw in (0, 1)."""
    return takes_part(appeal, u)


@rule
def goes_on(contest, children, sorting):
    """Whether households decide at all: while something is done about sorting, or as long as anybody sorts.

    contest, children: shares of compounds that compete and of children who are taught; sorting: households
    [count]. What nobody does and nobody calls for is not thought of.
    """
    return contest > 0.0 or children > 0.0 or sorting > 0


@rule
def is_taught(children, u):
    """Whether a child is among those who are taught. children: their share; u: the child's draw in (0, 1)."""
    return u < children


@rule
def is_contest(day, contest, every):
    """Whether compounds are compared this evening: on the last day of a month. contest: share that competes;
    every: how many months apart, counted from the first day of the run."""
    return contest > 0.0 and is_month_end(day) and (day // MONTH + 1) % every == 0


@rule
def honours(best, competing):
    """How many compounds are honoured: a share of those that compete, one at the least. best: (0, 1]."""
    return max(1, int(best * competing + 0.5))


@rule
def is_ahead(share, number, other_share, other_number):
    """Whether a compound comes before another one: more of its households sort; among equals the lower
    number."""
    return share > other_share or (share == other_share and number < other_number)


@rule
def standing_after(ahead, honoured, sorting):
    """How a compound stands after a contest. ahead: compounds before it; honoured: how many are; sorting:
    households of it, for nobody is honoured for nothing."""
    return HONOURED if ahead < honoured and sorting > 0 else PASSED_BY


@rule
def share_sorting(sorting, households):
    """Share of households that sort [0, 1]; of none, none. sorting, households: counts."""
    return share(sorting, households)


@rule
def prevented_by_sorting(prevent_sorting, sorting, households):
    """Share of the matters of greening and waste that do not arise in a compound [0, 1].

    prevent_sorting: where all households sort; sorting, households: of the compound [count].
    """
    return prevent_sorting * share_sorting(sorting, households)
