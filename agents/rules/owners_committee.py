"""Owners' committees 业主委员会: whether they press the property firm, or are a nameplate.

A committee lives by what owners do themselves, and turns passive where others do its work ("Problems and
remedies of urban community governance: Donghu", on organisations that only do what they are told). The form
is an assumption.
"""

from linli.agents.compiled import rule

HALF = 0.1
"""Acts for each adult and month with which a committee has half of all initiative (assumption)."""


@rule
def has_committee(rank, share):
    """Whether a compound has a committee. rank: its place among compounds, by lot (0, 1]; share: of them that
    have one. Nested, as joint control is."""
    return rank <= share


@rule
def initiative_wanted(acts, adults, by_forces):
    """To what initiative a month leads [0, 1].

    acts: of residents in the compound; adults: of it, at least one; by_forces: share of the month's work on
    what is a firm's to do that the community's forces did [0, 1]: what they see to, nobody presses for.
    """
    lively = acts / adults
    return lively / (lively + HALF) * (1.0 - by_forces)


@rule
def initiative_next_month(initiative, wanted, eta_c):
    """Initiative next month. eta_c: speed [-]. A new committee has none: where nobody acts it stays so."""
    return initiative + eta_c * (wanted - initiative)


@rule
def pressed_by_committees(b_c, initiative):
    """What committees add to the effort that is wanted of a firm. b_c: weight [-]; initiative: mean over the
    firm's compounds, 0 where there is no committee."""
    return b_c * initiative
