"""Joining the register of volunteers, and quietly leaving it. Registration is not activity: both are kept."""

from linli.agents.compiled import rule

ACTIVE_DAYS = 90
"""A volunteer who acted within so many days is active."""

MONTH = 30
"""Days of a month; what is adjusted monthly is adjusted on the last day of one."""


@rule
def registers(rho_v, u):
    """Whether a resident registers after an act. rho_v: probability an act; u: draw in (0, 1)."""
    return u < rho_v


@rule
def may_lapse(day, last_acted, since, patience):
    """Whether a volunteer has been inactive for long enough to lapse. patience: days since act and entry."""
    return day - max(last_acted, since) > patience


@rule
def lapses(delta_V, u):
    """Whether an inactive volunteer leaves the register within a month. delta_V: [1/day]; u: in (0, 1)."""
    return u < 1.0 - (1.0 - delta_V) ** float(MONTH)


@rule
def left_unanswered(efficacy, unanswered):
    """Efficacy of a volunteer who was due a call and for whom there was no time: to offer oneself was of no
    use. unanswered: the share of efficacy that is lost [0, 1]; an assumption."""
    return efficacy * (1.0 - unanswered)


@rule
def is_month_end(day):
    """The last day of a month of thirty days."""
    return day % MONTH == MONTH - 1
