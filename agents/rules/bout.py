"""What an act is: one bout of work, and how much of it becomes useful.

Work is kept in whole minutes and usefulness in whole percent, so amounts that are shared add up exactly,
whatever the order in which they are added.
"""

from math import exp

from linli.agents.chance import normal
from linli.agents.compiled import rule

ALL_SKILLS = -1
"""The skill of those who have whatever a matter asks for."""

WHOLE_FIT = 1000
"""Fit of those who are not matched to a post [permille]."""


@rule
def bout_minutes(median, spread, u1, u2, free):
    """Length of a bout [minutes]: lognormal, cut at the free time that is left this week.

    median: [hours]; spread: sd of the log [-]; u1, u2: draws in (0, 1); free: [minutes], 0 or more.
    """
    return min(max(1, int(60.0 * median * exp(spread * normal(u1, u2)))), free)


@rule
def week_of(day):
    """The week of a day, from 0; weeks begin on Mondays."""
    return day // 7


@rule
def free_this_week(day, week, minutes_week, free_minutes):
    """Minutes given in the week of a day so far, and the free time that is left of it [minutes].

    week, minutes_week: of the last act, and minutes given in it; free_minutes: free time a week.
    """
    given = minutes_week if week == week_of(day) else 0
    return given, max(0, free_minutes - given)


@rule
def service_outcome(y_service, u):
    """What general service achieved: 1 it helped, 0 it did not. y_service: probability that it helps [0, 1];
    u: draw in (0, 1)."""
    return 1.0 if u < y_service else 0.0


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
def has_skill(skill, asked):
    """Whether somebody has the skill that a kind of matter asks for. skill: theirs, or ALL_SKILLS."""
    return (skill == asked) | (skill == ALL_SKILLS)


@rule
def usefulness(percent, has_skill, unskilled):
    """Usefulness of a minute on a kind of matter [%]. unskilled: factor without the skill [0, 1]."""
    return percent if has_skill else int(percent * unskilled + 0.5)


@rule
def quality_of_minute(unskilled, skilled, has_skill, fit):
    """Quality of a minute on a matter [permille]. unskilled, skilled: of whoever gives it, without the skill
    and with it [permille]; fit: with the post in which it is given [permille]."""
    return (skilled if has_skill else unskilled) * fit // 1000
