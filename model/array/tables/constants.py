"""What rules give for all the days of a pass, worked out once instead of for everybody."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.compiled import loop
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.occasion import MOST_NEED, occasion_rate
from linli.model.array.tables.columns import Constants
from linli.model.parameters import Parameters


@loop
def fatigue_table(delta_F, days):
    """The share of a fatigue that is left, by days since the last act. Shape: days + 1."""
    left = np.empty(days + 1)
    for day in range(days + 1):
        left[day] = left_after(delta_F, day)
    return left


@loop
def _rates(lambda0, council_occasions, council, mu, n_bar, sights):
    rates = np.empty((len(council), sights))
    for day in range(len(council)):
        for sight in range(sights):
            rates[day, sight] = occasion_rate(lambda0, council_occasions, council[day], mu, sight, n_bar)
    return rates


def constants(left: NDArray[np.float64], p: Parameters, levers: NDArray[Any]) -> Constants:
    """Constants of a pass over the days of `levers`; more need than the last column has changes nothing."""
    sights = int(MOST_NEED * p.n_bar) + 2
    council = np.ascontiguousarray(levers["council"])
    rates, ordinary = (
        _rates(p.lambda0, p.council_occasions, power, p.mu, p.n_bar, sights)
        for power in (council, np.zeros(len(council)))
    )
    return Constants(left, rates, ordinary)
