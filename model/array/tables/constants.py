"""What rules give for all the days of a pass, worked out once instead of for everybody."""

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.compiled import loop
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.occasion import MOST_NEED, factor_of_day, occasion_rate
from linli.model.array.tables.columns import PARAMETERS, Constants, records
from linli.model.parameters import Parameters


@loop
def left_table(rate, days):
    """The share that is left of what fades at a rate, by days since the last act. Shape: days + 1."""
    left = np.empty(days + 1)
    for day in range(days + 1):
        left[day] = left_after(rate, day)
    return left


@loop
def _rates(lambda0, council_occasions, council, mu, n_bar, sights, first, weekend):
    rates = np.empty((len(council), 2, sights))
    for day in range(len(council)):
        for works in range(2):
            factor = factor_of_day(first + day, works == 1, weekend)
            for sight in range(sights):
                rates[day, works, sight] = occasion_rate(
                    lambda0, council_occasions, council[day], mu, sight, n_bar, factor
                )
    return rates


def constants(left: "Left", p: Parameters, levers: NDArray[Any], first: int) -> Constants:
    """Constants of a pass over the days of `levers`, from day `first` on; more need than the last column has
    changes nothing."""
    sights = int(MOST_NEED * p.n_bar) + 2
    council = np.ascontiguousarray(levers["council"])
    rates, ordinary = (
        _rates(p.lambda0, p.council_occasions, power, p.mu, p.n_bar, sights, first, p.weekend)
        for power in (council, np.zeros(len(council)))
    )
    return Constants(*left, rates, ordinary)


def one_record(p: Parameters) -> NDArray[Any]:
    """The parameters as compiled code takes them: a table of one record."""
    return np.array([dataclasses.astuple(p)], dtype=PARAMETERS).astype(records(PARAMETERS))


Left = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
"""What is left of a fatigue, of a habit and of what rewards have worn, by days since the last act."""


def what_is_left(p: Parameters, days: int) -> Left:
    """What is left of all that fades, after up to so many days."""
    return left_table(p.delta_F, days), left_table(p.delta_h, days), left_table(p.delta_w, days)
