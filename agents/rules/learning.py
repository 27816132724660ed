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


@rule
def efficacy_after(efficacy, outcome, eta_e, xi, council):
    """Own experience. outcome: 1 it helped, 0 it did not; eta_e: rate [-]; xi: how much deliberation in
    a council deepens it [-]; council: [0, 1]. The step never passes the outcome."""
    return efficacy + min(1.0, eta_e * (1.0 + xi * council)) * (outcome - efficacy)


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
