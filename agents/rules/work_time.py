"""How a community worker's eight hours divide.

Administrative load crowds out visits and service; relief of that load partly rebounds, because freed time
attracts new tasks ("Problems and remedies of urban community governance: Donghu", on administration;
Chengdu's 2019 work points, on relief of burden).
"""

from linli.agents.compiled import rule

WORKDAY = 480
"""Minutes of a working day."""

WORKDAYS = 5
"""Of a week, Monday to Friday."""


@rule
def is_workday(day):
    """Monday to Friday; day 0 is a Monday."""
    return day % 7 < WORKDAYS


@rule
def administration(a0, relief, rho):
    """Share of the day that goes to administration. a0: without relief; relief: share lifted [0, 1];
    rho: share of the lifted load that comes back as new tasks [0, 1]."""
    return a0 * (1.0 - relief * (1.0 - rho))


@rule
def division_of_day(a0, relief, rho, s_match, s_ask):
    """Minutes for administration, matching, asking and matters: four integers that add up to a workday.

    s_match, s_ask: shares of what administration leaves; the rest goes to matters.
    """
    office = int(WORKDAY * administration(a0, relief, rho) + 0.5)
    rest = WORKDAY - office
    matching = int(rest * s_match + 0.5)
    asking = min(rest - matching, int(rest * s_ask + 0.5))
    return office, matching, asking, rest - matching - asking


@rule
def minutes(hours):
    """Hours as whole minutes."""
    return int(hours * 60.0 + 0.5)


@rule
def share_of(pool, n, k):
    """What the k-th of n (from 0) gets of a pool of whole minutes: the same, the first ones a minute more."""
    return pool // n + (1 if k < pool % n else 0)
