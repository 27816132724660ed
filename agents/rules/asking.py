"""Who asks whom, and how much an ask weighs.

Being asked is the strongest single predictor of volunteering in surveys; the causal part is smaller, since
people ask those who are likely to say yes. An ask from somebody known weighs more than from a stranger.
"""

from linli.agents.compiled import rule

TRIES = 8
"""Doors tried for one visit to a dormant resident, before anybody is visited."""
DORMANT_DAYS = 365
"""Who has not acted for so long is dormant."""

NOT_ASKED = 0
STRANGER = 1
KNOWN = 2


@rule
def stamp(day, level):
    """A message as an integer that grows with the day and then with closeness.

    The strongest ask of the newest day wins whatever the order of arrival: `max` of stamps commutes.
    """
    return 4 * (day + 1) + level


@rule
def ask_level(stamp, day):
    """How a resident was asked today: 0 not, 1 by a stranger, 2 by somebody known. stamp: highest heard."""
    return max(0, stamp - 4 * (day + 1))


@rule
def ask_weight(level, A_stranger, A_known):
    """What an ask adds to the appeal [-]. level: as from `ask_level`."""
    if level >= KNOWN:
        return A_known
    if level == STRANGER:
        return A_stranger
    return 0.0
