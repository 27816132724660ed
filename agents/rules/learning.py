"""What people take from what happened: efficacy and trust.

Efficacy grows by mastery and by seeing others succeed (Bandura 1977, 1997); a force that does everything
for the residents teaches them that they are not needed (包办). Trust follows what really happened, not what
the record says.
"""

from linli.agents.compiled import rule

HOME_EFFICACY = 0.5
"""Where efficacy starts and drifts back to."""

USUAL_TRUST = 0.5
"""Where trust starts."""

USUAL_EXPECTATION = 0.5
"""The share of matters that a building expects to be truly resolved before it has seen any; an outcome is
worth no more and no less than itself where so much is expected."""


@rule
def efficacy_after(efficacy, lesson, eta_e, xi, council):
    """Own experience. lesson: what it was worth, see `lesson_of_matter` and `lesson_of_service`; eta_e: rate
    [-]; xi: how much deliberation in a council deepens it [-]; council: [0, 1]. The step never passes the
    lesson, and efficacy stays in [0, 1] where a lesson does not."""
    after = efficacy + min(1.0, eta_e * (1.0 + xi * council)) * (lesson - efficacy)
    return min(1.0, max(0.0, after))


@rule
def lesson_of_matter(outcome, expects, expected, thanks):
    """What a matter teaches whoever worked on it: what became of it against what could be expected.

    outcome: 1 truly resolved, 0 not; expects: how much expectation counts [0, 1]; expected: share of matters
    that end truly resolved in its building, as `expected_after`; thanks: for having helped, however it ended
    [0, 1]. Successes beyond expectation, and thanks, make acting and efficacy go together (surveys: Collins,
    Neal & Neal 2014), where a constant bar of one half punishes whoever acts; the form is an assumption.
    """
    return outcome - expects * (expected - USUAL_EXPECTATION) + thanks


@rule
def lesson_of_service(outcome, together, thanked):
    """What general service teaches. outcome: 1 it was worth it, 0 it was not; together: whether others of the
    compound served on the same day; thanked: what their thanks add [0, 1]."""
    return outcome + thanked if together else outcome


@rule
def expected_after(expected, resolved, ended, eta_b):
    """What a building expects, after a month in which so many of its matters ended, so many of them truly
    resolved. eta_b: speed [-]. Where none ended, nothing is learnt."""
    if ended == 0:
        return expected
    return expected + eta_b * (resolved / ended - expected)


@rule
def encouraged(efficacy, eta_o):
    """After neighbours solved a matter in the house. eta_o: rate [-]."""
    return efficacy + eta_o * (1.0 - efficacy)


@rule
def discouraged(efficacy, omega):
    """After only organised forces solved it. omega: rate of learned helplessness [-]."""
    return efficacy * (1.0 - omega)


@rule
def efficacy_at_home(efficacy, home, left):
    """Drift back to the usual level. home: [0, 1]; left: share of the deviation left, as by `left_after`."""
    return home + (efficacy - home) * left


@rule
def trust_after(trust, outcome, eta_T):
    """When a matter ends. outcome: 1 truly resolved, 0 not; eta_T: rate [-]."""
    return trust + eta_T * (outcome - trust)


QUANTUM = 2**30
"""Means of states are summed in whole units of 2**-30, so that the order of adding cannot show."""


@rule
def quanta(value):
    """A state in [0, 1] as an integer for summing."""
    return int(value * QUANTUM + 0.5)
