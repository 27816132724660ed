"""Departments 部门: how a matter that hours alone cannot resolve comes to somebody who has the authority.

The community finds it, the street is called, and the street dispatches it (社区发现、街道呼叫、集中派单;
"Chengdu in the 2020 epidemic", a claim). Each of the two hand-overs takes days and may bounce: whoever gets
it says that it is not theirs, and it is handed over again. Until it is received it is owned by nobody, and
its deadline goes on. Where duties are split more bounces; a joint body, or a platform that routes, makes it
less. Sizes are assumptions.
"""

from linli.agents.compiled import rule
from linli.agents.rules.work_time import WORKDAYS, is_workday, share_of

# on its way to a department, a matter is: the first while nobody reported it, the last where it needs none
NOT_CALLED = 0
TO_THE_STREET = 1
TO_THE_DEPARTMENT = 2
WITH_THE_DEPARTMENT = 3
SERVED = 4
NOT_THEIRS = 5


@rule
def stage_of_found(needs_department):
    """Where a matter stands that the community has found: on its way, if it needs a department."""
    return TO_THE_STREET if needs_department else NOT_THEIRS


@rule
def is_between_hands(stage):
    """Whether a matter is handed over and nobody has received it: nobody owns it."""
    return stage in (TO_THE_STREET, TO_THE_DEPARTMENT)


@rule
def is_due(day, handed, handover_days):
    """Whether a hand-over comes to its end. handed: day on which it began; handover_days: [days]."""
    return day - handed >= handover_days


@rule
def chance_of_bouncing(bounce, coordination, routing, coverage):
    """Probability that a hand-over bounces.

    bounce: where duties are split; coordination: of departments by a joint body [0, 1]; routing: share of
    bounces that a platform saves its users; coverage: of the platform [0, 1].
    """
    return bounce * (1.0 - coordination) * (1.0 - routing * coverage)


@rule
def stage_after(stage, chance, u):
    """Where a matter stands when a hand-over comes to its end: still between hands, or one hand further.
    chance: of bouncing; u: draw in (0, 1)."""
    return stage if u < chance else stage + 1


@rule
def minutes_of_day(day, week):
    """Departments' minutes on a day. week: what they have for the community in a week [minutes], on working
    days alone, the same on each, the first ones a minute more."""
    return share_of(week, WORKDAYS, day % 7) if is_workday(day) else 0


@rule
def is_lost(stage, truly_resolved):
    """Whether a matter ended while it was between hands, and not because it was resolved."""
    return is_between_hands(stage) and not truly_resolved
