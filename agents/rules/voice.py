"""Is a matter reported, or does everybody wait for somebody else?

Voice has its own signs: the less satisfied speak more (Hirschman 1970), and a matter shared by many is
a volunteer's dilemma (Diekmann 1985).
"""

from math import exp

from linli.agents.compiled import rule


@rule
def speaks_up(theta_v, c_report, g, satisfaction):
    """Probability that somebody alone with a matter reports it.

    theta_v: readiness [-]; c_report: what reporting costs [-]; g: weight of dissatisfaction [-];
    satisfaction: with the property service [0, 1].
    """
    return 1.0 / (1.0 + exp(-(theta_v - c_report + g * (1.0 - satisfaction))))


@rule
def volunteers_alone(cost_benefit, n):
    """Probability that one of n volunteers in the mixed equilibrium: 1 - (c/b)**(1/(n-1)), n >= 2.

    Source: Diekmann 1985, "Volunteer's dilemma".
    """
    return 1.0 - cost_benefit ** (1.0 / (n - 1.0))


@rule
def is_voiced(p_alone, n):
    """Probability that at least one of n affected reports.

    One alone: p_alone. Several: 1 - (1 - p_alone)**(n/(n-1)), the mixed equilibrium of the volunteer's
    dilemma with cost/benefit 1 - p_alone. Source: Diekmann 1985.
    """
    if n <= 1:
        return p_alone
    return 1.0 - (1.0 - p_alone) ** (n / (n - 1.0))


@rule
def cost_of_reporting(c_report, platform_ease, on_platform):
    """What reporting costs [-]. platform_ease: what a platform takes away from its users' cost."""
    return c_report - platform_ease if on_platform else c_report
