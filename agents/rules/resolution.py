"""The end of a public matter: an attempt succeeds or fails, a deadline closes it, silence lets it lapse."""

from math import ceil, log

from linli.agents.compiled import rule

# a matter's state: the last three are how it can end
LATENT = 0
REPORTED = 1
RESOLVED = 2  # truly
CLOSED = 3  # on paper
LAPSED = 4


@rule
def hours_of_work(mean, u):
    """Work that a matter needs [minutes, at least 1]: exponential. mean: [hours]; u: draw in (0, 1)."""
    return max(1, ceil(-log(u) * mean * 60.0))


@rule
def awaits_work(status, need):
    """Whether organised forces may work on a matter: it is reported and hours are due. need: what is left to
    do [minute-percent]."""
    return status == REPORTED and need > 0


@rule
def awaits_neighbours(need, is_shared, in_house):
    """Whether a resident may work on a matter, reported or not: hours are due, and it is in sight. is_shared:
    the whole compound sees it; in_house: it is in the resident's building."""
    return need > 0 and (is_shared or in_house)


@rule
def is_hidden(status, need, is_shared, in_house):
    """Whether a matter is one that somebody at a door may come upon: nobody reported it, and it is in sight
    there with hours due. is_shared, in_house: as in `awaits_neighbours`, of the door."""
    return status == LATENT and awaits_neighbours(need, is_shared, in_house)


@rule
def comes_upon(discover, u):
    """Whether a visit comes upon the oldest matter that is hidden there, and reports it. discover:
    probability; u: draw in (0, 1)."""
    return u < discover


@rule
def is_in_sight(need, minutes, sees_dead):
    """Whether neighbours see a matter as one on which something can be done.

    Hours are due, or all are done and what comes of them is not known yet. A matter whose attempt failed and
    that nobody takes up again is dead: it waits for its end, out of sight unless sees_dead is 1. need: what
    is left to do [minute-percent]; minutes: worked on the present attempt.
    """
    return need > 0 or minutes > 0 or sees_dead == 1


@rule
def success(s0, s1, effort, x0, s2, quality):
    """Probability that a complete attempt truly resolves the matter.

    s0: at usual effort and quality; s1, effort - x0: more than usual effort of the property firm; s2: weight
    of quality; quality: mean over the minutes worked [0, 1], from its neutral value 1/2.
    """
    return min(1.0, max(0.0, s0 + s1 * (effort - x0) + s2 * (quality - 0.5)))


@rule
def is_needed(factor, of_kind, u):
    """Whether a matter needs what hours alone do not bring. factor: of the share; of_kind: share of the kind
    that can need it [0, 1]; u: draw in (0, 1), the same one at every attempt on the matter."""
    return u < factor * of_kind


@rule
def lacking(needs_money, funded, needs_department, served):
    """How many of money and a department's authority a matter needs, which nobody brings: 0, 1 or 2.

    needs_*: see `is_needed`; funded: 1 if it has been given the money; served: whether a department has done
    its part.
    """
    return int(needs_money and funded == 0) + int(needs_department and not served)


@rule
def success_without(success, hindered, lacks):
    """Probability that a complete attempt resolves a matter that lacks something. success: if it did not;
    hindered: factor for each thing lacking [0, 1]; lacks: how many [count]."""
    return success * hindered ** float(lacks)


@rule
def quality_of_work(quality_minutes, minutes):
    """Mean quality over the minutes worked [0, 1]. quality_minutes: sum of permille times minutes."""
    return quality_minutes / (1000.0 * minutes) if minutes > 0 else 0.5


@rule
def is_overdue(day, since, limit):
    """Whether a deadline has passed. since: day of the report (or of arising); limit: [days]."""
    return day - since >= limit


@rule
def is_over(day, status, arose, reported, patience, deadline):
    """Whether a matter's time is up: the deadline after its report, or patience with what nobody reported.

    arose, reported: days; patience, deadline: [days].
    """
    if status == REPORTED:
        return is_overdue(day, reported, deadline)
    return is_overdue(day, arose, patience)


@rule
def ending(status, on_paper, u):
    """How a matter whose time is up ends: CLOSED or LAPSED; what was never reported cannot be closed.
    on_paper: see `closing_on_paper`; u: draw in (0, 1)."""
    return CLOSED if status == REPORTED and u < on_paper else LAPSED


@rule
def is_complete(need, minutes):
    """Whether an attempt is complete: no hours are due, and somebody worked [minutes]."""
    return need == 0 and minutes > 0


@rule
def is_given_up(need, minutes):
    """Whether an attempt failed and nobody took the matter up again. need: what is left to do
    [minute-percent]; minutes: worked on the present attempt."""
    return need == 0 and minutes == 0


@rule
def is_their_own(resident_minutes):
    """Whether residents themselves had a hand in what was solved. resident_minutes: on the last attempt."""
    return resident_minutes > 0


@rule
def outcome_of(status):
    """What people take from an ending: 1 truly resolved, 0 any other."""
    return 1.0 if status == RESOLVED else 0.0


@rule
def counted_as(status, was_reported):
    """Which counters of the record an ending moves, by 0 or 1 each: resolved, resolved_unreported,
    closed_on_paper, lapsed, lapsed_unreported. status: how it ended; was_reported: until then."""
    resolved, lapsed = status == RESOLVED, status == LAPSED
    return (
        int(resolved and was_reported),
        int(resolved and not was_reported),
        int(status == CLOSED),
        int(lapsed and was_reported),
        int(lapsed and not was_reported),
    )


@rule
def arrivals_a_day(people, arrivals):
    """Mean number of new matters of a compound [1/day]. arrivals: per 1000 people and day."""
    return people * arrivals / 1000.0


@rule
def closing_on_paper(psi, platform_pressure, coverage):
    """Probability that an overdue report is closed on paper and does not lapse.

    psi: without a platform; platform_pressure: of those it would let lapse, the share that a full platform
    closes; coverage: of the platform [0, 1].
    """
    return psi + (1.0 - psi) * platform_pressure * coverage
