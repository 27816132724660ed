"""How acting tires, and how what fades fades.

Fatigue is kept as of the last act; what is left of it on a later day follows from the days between.
"""

from linli.agents.compiled import rule


@rule
def left_after(rate, days):
    """The share that is left after some days of what fades at a rate [0, 1]. rate: [1/day]; days: count."""
    return (1.0 - rate) ** float(days)


@rule
def fatigue_after(fatigue, left, phi, meeting):
    """Fatigue right after an act [-]: what is left of the old one, and phi; a meeting tires as much again.

    fatigue: as of the last act; left: the share of it that is left, see `left_after`.
    """
    return fatigue * left + phi * (2.0 if meeting else 1.0)
