"""A measure over days: each point is the measure of the month that ends there.

Stocks are taken at the end of a window anyway; flows are averaged over it, so that a curve shows a change and
not the weather of a day.
"""

from collections.abc import Iterable

import numpy as np

from linli.model.city import City
from linli.model.measures import MEASURES, Window

WINDOW = 30
"""Days of a window [days]."""

_NO_DURATIONS = np.zeros(1, dtype=np.int64)
_OF_DURATIONS = ("days_to_resolution_median", "days_to_resolution_p90")
"""Measures that look at how long matters took."""


def values(city: City, measure: str, shown: Iterable[int], window: int = WINDOW) -> list[float]:
    """A measure of the window before each shown day; nan where there is nothing to measure.

    shown: days since the end of the burn-in; at the beginning of a run a window is what there is of it.
    """
    rows = city.rows
    of, result = MEASURES[measure].of, []
    for day in shown:
        last = city.settings.burn_in + day
        first = max(0, last - window)
        if last <= first:
            result.append(float("nan"))
        elif measure in _OF_DURATIONS:
            result.append(of(city.window(first, last)))
        else:
            result.append(of(Window(rows[first:last], _NO_DURATIONS, city.shares[last - 1], city.totals)))
    return result


def table(city: City, shown: int) -> dict[str, float]:
    """Every measure over the days from the end of the burn-in up to a shown day (at least the last one)."""
    last = city.settings.burn_in + shown
    first = max(0, min(city.settings.burn_in, last - 1))
    if last <= first:
        return dict.fromkeys(MEASURES, float("nan"))
    window = city.window(first, last)
    return {name: measure.of(window) for name, measure in MEASURES.items()}
