"""When does a resident come into a situation in which taking part is possible at all?

Participation needs an occasion (Brady, Schlozman & Verba 1999, "Prospecting for participants"). Part of the
occasions come from need in sight: an open drain, an unsettled dispute. Candidate days are drawn ahead at
the highest rate possible and kept with probability rate / highest (thinning, Lewis & Shedler 1979), so the
calendar of a resident never depends on a policy. People of working age find more occasions at the weekend, or
fewer.
"""

from linli.agents.chance import patience, wait
from linli.agents.compiled import rule
from linli.agents.rules.work_time import is_workday
from linli.agents.traits import MIDDLE, YOUNG

MOST_NEED = 3.0
"""Need above three times the usual gives no further occasions."""


@rule
def is_of_working_age(age):
    """Whether somebody is 18 to 59, so that the days of a week differ. age: code of `agents.traits`."""
    return (age >= YOUNG) & (age <= MIDDLE)


@rule
def on_weekday(weekend):
    """Occasions on a weekday in the week's mean, which stays what it is [factor]. weekend: likewise."""
    return (7.0 - 2.0 * weekend) / 5.0


@rule
def factor_of_day(day, of_working_age, weekend):
    """Occasions on a day in those of the week's mean [factor]. of_working_age: of those of 18 to 59."""
    if not of_working_age:
        return 1.0
    return on_weekday(weekend) if is_workday(day) else weekend


@rule
def occasion_rate(lambda0, council_occasions, council, mu, open_matters, n_bar, factor):
    """Occasions a day of one resident.

    lambda0: base rate [1/day]; council_occasions: extra share of occasions a full council brings [-];
    council: how empowered the council is [0, 1]; mu: share of occasions that come from need [0, 1];
    open_matters: unfinished matters in sight [count]; n_bar: their usual number [count]; factor: of the day.
    """
    need = min(open_matters / n_bar, MOST_NEED)
    return min(1.0, lambda0 * (1.0 + council_occasions * council) * (1.0 - mu + mu * need) * factor)


@rule
def highest_rate(lambda0, council_occasions, mu, weekend):
    """The highest `occasion_rate` that any policy, any need and any day can bring about [1/day]."""
    most = max(1.0, weekend, on_weekday(weekend))
    return min(1.0, lambda0 * (1.0 + council_occasions) * (1.0 - mu + mu * MOST_NEED) * most)


@rule
def is_real(rate, highest, u):
    """Whether a candidate occasion becomes a real one. rate <= highest [1/day]; u: draw in (0, 1)."""
    return u * highest < rate


NO_OCCASION, ORDINARY, MEETING = range(3)
"""What a candidate day turns out to be: nothing, an ordinary occasion, a meeting of the council."""


@rule
def occasion_kind(rate, ordinary, highest, u):
    """What a candidate day turns out to be; a MEETING is what only the council or a room
    brings about.

    rate, ordinary: of occasions with the council and without it, ordinary <= rate [1/day]; highest, u: as in
    `is_real`. Without a branch, since chance decides and loops decide for many.
    """
    return is_real(rate, highest, u) * (MEETING - is_real(ordinary, highest, u))


@rule
def has_reason(rests, asked, kind):
    """Whether somebody deliberates today: is asked or has an occasion, and does not rest. kind: of the
    candidate day, see `occasion_kind`."""
    return (not rests) & (asked | (kind != NO_OCCASION))


@rule
def calendar(highest):
    """What the calendar of candidate days is drawn with: see `agents.chance.patience`. highest: [1/day]."""
    return patience(highest)


@rule
def next_candidate(calendar, day, u):
    """The candidate day after `day`; after day -1 comes the first one. u: draw in (0, 1)."""
    return day + wait(calendar, u)
