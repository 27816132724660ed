"""What an act is: one bout of work, and how much of it becomes useful.

Work is kept in whole minutes and usefulness in whole percent, so amounts that are shared add up exactly,
whatever the order in which they are added.
"""

from math import exp

from agents.chance import normal
from agents.compiled import rule


@rule
def bout_minutes(median, spread, u1, u2, free):
    """Length of a bout [minutes]: lognormal, cut at the free time that is left this week.

    median: [hours]; spread: sd of the log [-]; u1, u2: draws in (0, 1); free: [minutes], 0 or more.
    """
    return min(max(1, int(60.0 * median * exp(spread * normal(u1, u2)))), free)


@rule
def minutes_spent(pool, need, percent):
    """Minutes that go into a matter [minutes]: until they are used up or the need is met.

    pool: minutes at hand; need: what is left to do [minute-percent]; percent: usefulness of a minute [%].
    """
    return min(pool, -(-need // percent)) if percent > 0 else 0


@rule
def work_done(need, minutes, percent):
    """How much of the need is met [minute-percent]."""
    return min(need, minutes * percent)


@rule
def usefulness(percent, has_skill, unskilled):
    """Usefulness of a minute on a kind of matter [%]. unskilled: factor without the skill [0, 1]."""
    return percent if has_skill else int(percent * unskilled + 0.5)
