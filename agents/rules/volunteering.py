"""Joining the register of volunteers, and quietly leaving it. Registration is not activity: both are kept."""

from linli.agents.compiled import rule

ACTIVE_DAYS = 90
"""A volunteer who acted within so many days is active."""

MONTH = 30
"""Days of a month; what is adjusted monthly is adjusted on the last day of one."""

YEAR = 365
"""Days of a year."""


@rule
def registers(rho_v, u):
    """Whether a resident registers after an act. rho_v: probability an act; u: draw in (0, 1)."""
    return u < rho_v


@rule
def drive_goes_on(volunteers, residents, target):
    """Whether a drive still goes from door to door this morning. target: share of residents to register."""
    return volunteers < target * residents


@rule
def agrees(rho_d, u):
    """Whether an adult at the door agrees to register. rho_d: probability; u: draw in (0, 1). No intention to
    act stands behind it: who is put on a register by a drive is neither asked to act nor more inclined to."""
    return u < rho_d


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
