"""Is a matter reported, or does everybody wait for somebody else?

Voice has its own signs: the less satisfied speak more (Hirschman 1970), and a matter shared by many is
a volunteer's dilemma (Diekmann 1985).
"""

from math import exp

from linli.agents.chance import draws, normal
from linli.agents.compiled import rule
from linli.agents.decision import READINESS
from linli.agents.traits import OWNER


@rule
def speaks_up(theta_v, c_report, g, satisfaction):
    """Probability that somebody alone with a matter reports it.

    theta_v: readiness [-], see `readiness`; c_report: what reporting costs [-]; g: weight of dissatisfaction
    [-]; satisfaction: with the property service [0, 1].
    """
    return 1.0 / (1.0 + exp(-(theta_v - c_report + g * (1.0 - satisfaction))))


UNHEARD = 100
"""Matters in a row that nobody truly resolved are counted up to here."""


@rule
def standard_readiness(seed, who, predecessors):
    """How ready somebody is to report, in standard normal terms: a fixed trait [-]. predecessors: who lived
    in this place of the household before; the next one is somebody else."""
    u1, u2, _, _ = draws(seed, who, 0, READINESS, predecessors)
    return normal(u1, u2)


@rule
def readiness(theta_v, sigma_v, z, owner_v, tenure, beta_v, unheard):
    """Readiness to report [-]: the mean, a spread, a stake in the home, and what being unheard takes away.

    Homeowners have a stake (Fischel 2001). sigma_v: dispersion; z: standard normal; owner_v: added for
    owners; beta_v: lost for each own matter in a row that was reported in vain, of which there are `unheard`.
    """
    return theta_v + sigma_v * z + (owner_v if tenure == OWNER else 0.0) - beta_v * unheard


@rule
def unheard_after(unheard, resolved, was_reported):
    """Own matters reported in vain in a row, after another one ended. resolved: truly; was_reported: who was
    never told did not refuse to hear, so that only what was reported counts."""
    return 0 if resolved else min(UNHEARD, unheard + was_reported)


@rule
def those_who_could(is_shared, in_compound, in_building, of_building):
    """How many could report a matter: the affected alone, or all adults who see it and might leave it to each
    other. in_compound, in_building: adults [count]; of_building: 1 if those are asked who live in one."""
    if not is_shared:
        return 1
    return in_building if of_building == 1 else in_compound


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
