"""Functional party branches 功能型党支部 of sunk members: who is in one, who leads it, how its members work.

Zhangzhou set up 658 compound branches ("Governance and self-management as two drives: grassroots governance
in Zhangzhou"); what a branch does for its members is an assumption. Members who are managed directly have
theirs already. A branch finds nobody a post: without matching it keeps members on the register, and no more.
"""

from math import ceil

from linli.agents.compiled import rule


@rule
def members_in_branches(share, sunk):
    """How many sunk members are in branches. share: of them [0, 1]; sunk: on the register here today."""
    return min(sunk, ceil(share * sunk))


@rule
def branches_of(members, size):
    """How many branches members make up, the last one with as many as are left. size: members a branch."""
    return (members + size - 1) // size


@rule
def is_in_branch(order, members):
    """Whether a member is in a branch: the first ones are, so that fewer are part of more. order: number
    among sunk members, from 0 (below: managed directly); members: how many are in branches."""
    return 0 <= order < members


@rule
def leads_branch(order, members, size):
    """Whether a member leads a branch: the first one of each. order, members: as in `is_in_branch`."""
    return is_in_branch(order, members) and order % size == 0


@rule
def share_that_decouples(in_branch, branch_keeps):
    """What is left of the rate at which an idle member decouples. branch_keeps: what a branch takes of it
    [0, 1]."""
    return 1.0 - branch_keeps if in_branch else 1.0


@rule
def matters_passed_over(turn, waiting):
    """How many matters a member leaves to others of the branches: turn k takes the k-th oldest.

    turn: of those in branches who have their session in the compound today, how many come before, by number;
    waiting: reported matters there that a member can work on. Who finds all taken joins in the oldest.
    """
    return turn if turn < waiting else 0
