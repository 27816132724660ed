"""Who asks whom, and how much an ask weighs.

Being asked is the strongest single predictor of volunteering in surveys; the causal part is smaller, since
people ask those who are likely to say yes. An ask from somebody known weighs more than from a stranger; one
from an organisation that comes about a matter of one's own house lies between the two (assumption).
"""

from linli.agents.compiled import rule

TRIES = 8
"""Doors tried for one visit to a dormant resident, before anybody is visited."""
DORMANT_DAYS = 365
"""Who has not acted for so long is dormant."""

NOT_ASKED = 0
STRANGER = 1
CONCERNED = 2
KNOWN = 3

ASKERS = ("nobody", "peer", "member", "visit", "call", "organisation")
"""Who asks: a neighbour, a serving member, a worker at the door, a worker from the list of volunteers, a
social organisation."""
NOBODY, PEER, MEMBER, VISIT, CALL, ORGANISATION = range(len(ASKERS))

_SOURCES = 8
_MESSAGES = 4 * _SOURCES
"""Room in a day's stamps: four levels of closeness, and eight sources in each."""


@rule
def stamp(day, level, source=NOBODY):
    """A message as an integer that grows with the day, then with closeness, then with who asks.

    The strongest ask of the newest day wins whatever the order of arrival: `max` of stamps commutes. source:
    one of ASKERS; of asks that weigh the same the later one in that list is remembered.
    """
    return _MESSAGES * (day + 1) + _SOURCES * level + source


@rule
def ask_level(stamp, day):
    """How a resident was asked today: 0 not, 1 by a stranger, 2 about a matter that concerns him or her, 3 by
    somebody known. stamp: highest heard."""
    return max(0, stamp - _MESSAGES * (day + 1)) // _SOURCES


@rule
def ask_source(stamp, day):
    """Who asked a resident today, one of ASKERS by number. stamp: highest heard."""
    return max(0, stamp - _MESSAGES * (day + 1)) % _SOURCES


@rule
def ask_weight(level, A_stranger, A_known):
    """What an ask adds to the appeal [-]. level: as from `ask_level`."""
    if level >= KNOWN:
        return A_known
    if level == CONCERNED:
        return 0.5 * (A_stranger + A_known)
    if level == STRANGER:
        return A_stranger
    return 0.0
