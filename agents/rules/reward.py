"""Rewards: points for an act draw people in while they last, and wear the motive they meet.

Who is paid for what he or she did for its own sake comes to do it for the pay (Deci 1971; Frey & Jegen 2001,
a review), and goes on doing less when the pay has ended (Gneezy & Rustichini 2000). That one is paid at all
wears, not how much: so a small reward may do less than none. Like habit, its opposite, wear is kept as of the
last act; what is left of it on a later day follows from the days between (`agents.rules.fatigue.left_after`).

An allowance pays for a place on a register or in a post, and not for an act: it keeps people there.
"""

from math import exp

from linli.agents.compiled import rule
from linli.agents.rules.habit import habit_after

UNIT = 10.0
"""Yuan to which the pull of a reward refers."""


@rule
def pull_of_reward(b_r, points):
    """What a reward adds to the appeal of acting [-]. b_r: of ten yuan; points: worth of an act [yuan]."""
    return b_r * (points / UNIT)


@rule
def most_of_rewards(b_r, points, b_w):
    """The most that rewards can add to the appeal of acting today [-], whatever they have worn so far; b_r,
    points, b_w: as in `pull_of_reward` and `drag_of_wear`."""
    return max(0.0, pull_of_reward(b_r, points)) + max(0.0, -b_w)


@rule
def is_rewarded(points):
    """Whether an act is rewarded. points: what it is worth today [yuan]."""
    return points > 0.0


@rule
def worn_after(worn, left, eta_w, points):
    """How far rewards have worn the motive right after an act [0, 1]: a rewarded act wears a share of what
    was whole, another one nothing.

    worn: as of the last act; left: the share of it that is left; eta_w: how much one rewarded act wears
    [0, 1]; points: what the act was worth [yuan].
    """
    return habit_after(worn, left, eta_w if is_rewarded(points) else 0.0)


@rule
def drag_of_wear(b_w, worn, left):
    """What a worn motive takes from the appeal of acting [-]. b_w: weight of one worn out; worn, left: as
    above."""
    return b_w * (worn * left)


@rule
def share_that_leaves(allowance, allowance_scale):
    """Of those who would leave a register or a post, how many do so in spite of an allowance [0, 1].

    allowance: promised [yuan/month]; allowance_scale: what keeps all but a share of 1/e [yuan/month].
    Hypothesis of the Donghu study: an allowance retains.
    """
    return exp(-allowance / allowance_scale)
