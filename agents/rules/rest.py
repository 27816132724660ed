"""Rest: after an act comes a time without another one, shorter for those who want to act more.

That most people act now and then, and a few every week (the civic core, Mohan & Bulloch 2012), needs a rest
that is not the same for all.
"""

from math import exp

from linli.agents.compiled import rule

LONGEST = 2.0
"""Nobody rests longer than so many times the usual rest."""


@rule
def rest_of(R, rest_motive, theta, theta_mean, sigma):
    """How long somebody rests after an act [whole days].

    R: usual rest [days]; rest_motive: by how much a motive shortens it [0, 1]; theta: own motive; theta_mean,
    sigma: mean and dispersion of motives. Where motives do not differ, or do not count, all rest for R days.
    """
    if rest_motive == 0.0 or sigma == 0.0:
        return R
    longer = -rest_motive * (theta - theta_mean) / sigma
    return int(R * min(LONGEST, exp(min(longer, 1.0))) + 0.5)


@rule
def longest_rest(R, rest_motive):
    """So long does nobody rest longer [whole days]: most need not be asked for their own rest."""
    return R if rest_motive == 0.0 else int(R * LONGEST + 0.5)


@rule
def rests_since(day, rest):
    """Who acted on this day or later still rests on `day`. rest: whole days without another act [days]."""
    return day - rest
