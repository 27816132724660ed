"""Branches of sunk members, where a policy brings them: see `linli.agents.rules.branches`.

They keep nothing from day to day: who is in one follows from a member's number and the levers of the day.
"""

from linli.agents.compiled import part
from linli.agents.rules.branches import (
    branches_of,
    is_in_branch,
    leads_branch,
    matters_passed_over,
    members_in_branches,
    share_that_decouples,
)
from linli.agents.rules.matching import MATCHED, has_session
from linli.agents.rules.resolution import awaits_work
from linli.agents.traits import BY_MEMBER
from linli.model.array.optional import in_systems
from linli.model.array.phases.beats import post_compound
from linli.model.matters import USEFULNESS


@part
def _order_of(w, c, m):
    """A member's number among the sunk ones, below 0 for those who are managed directly."""
    return m - w.com[c].managed


@part
def _members(now):
    return members_in_branches(now.lev.branches, now.sunk)


@in_systems(1.0)
def staying(w, now, c, m):
    """What a branch leaves of the rate at which a member decouples."""
    return share_that_decouples(is_in_branch(_order_of(w, c, m), _members(now)), now.p.branch_keeps)


@in_systems(False)
def leads(w, now, c, m):
    """Whether a member leads a branch."""
    return leads_branch(_order_of(w, c, m), _members(now), now.lev.branch_size)


@in_systems(0)
def left_to_others(w, now, c, m, place):
    """How many matters of a compound a member leaves to others of the branches. place: where the post is."""
    if not is_in_branch(_order_of(w, c, m), _members(now)):
        return 0
    turn = 0
    for other in range(w.com[c].managed, m):
        member = w.members[other]
        if member.status == MATCHED and has_session(now.day, member.time, member.session):
            turn += post_compound(w, c, other) == place
    return matters_passed_over(turn, _waiting(w, place)) if turn > 0 else 0


@part
def _waiting(w, place):
    """Reported matters of a compound that a member can work on."""
    waiting, x = 0, w.compounds[place].oldest
    while x >= 0:
        matter = w.matters[x]
        waiting += USEFULNESS[BY_MEMBER, matter.kind] > 0 and awaits_work(matter.status, matter.need)
        x = matter.behind
    return waiting


@in_systems()
def record_branches(w, now, c):
    """How many members are in branches, and how many branches these are."""
    members = _members(now)
    now.row.members_in_branches += members
    now.row.branches += branches_of(members, now.lev.branch_size)
