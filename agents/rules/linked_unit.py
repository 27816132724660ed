"""Units of the area linked to the community 驻区单位共建: who is linked, who keeps its word, what rooms add.

Donghu has 45 enterprises and institutions, 8 of them formally linked and not using their strengths ("Problems
and remedies of urban community governance: Donghu"). What a unit that keeps its word does is an assumption: a
service day a quarter in the compound it is paired with, and a room that is open to people there.
"""

from linli.agents.compiled import rule

QUARTER = 90
"""A service day comes once in so many days [days]."""


@rule
def place_in_order(number, linked, units):
    """The place of a unit in the order in which units are linked: 0 for those that are linked already, then
    up to 1. number: among the units, from 0; linked: how many are already; units: how many there are."""
    return 0.0 if number < linked else (number - linked + 1) / (units - linked)


@rule
def is_linked(rank, share):
    """Whether a unit is linked. rank: its place in the order [0, 1]; share: of the units not yet linked that
    a policy links. Nested: fewer are part of more."""
    return rank <= share


@rule
def keeps_its_word(rank, will, share, keep):
    """Whether a unit is linked and does what it signed. rank, share: as in `is_linked`; will: its lot (0, 1);
    keep: share of linked units that keep their word; the others are linked on paper."""
    return is_linked(rank, share) and will < keep


@rule
def is_service_day(day, service_day):
    """Whether a unit's people come today. service_day: its day in each quarter, from 0."""
    return day % QUARTER == service_day


@rule
def council_with_room(council, reach):
    """The council's power where a room near the home is open [0, 1].

    council: elsewhere [0, 1]; reach: what an open room adds to it, of what is missing to 1 [0, 1]; 0 where
    there is none. A full council has no need of it.
    """
    return council + reach * (1.0 - council)
