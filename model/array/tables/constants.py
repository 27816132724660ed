"""What rules give for all the days of a pass, worked out once instead of for everybody."""

from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.compiled import loop
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.occasion import (
    MOST_NEED,
    calendar,
    factor_of_day,
    highest_rate,
    next_candidate,
    occasion_rate,
)
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


STEPS = 1024
"""Of a draw: so fine that hardly one in fifty leaves open how long somebody waits."""
_FINEST = 2.0**-33
"""Half of what draws differ by."""


@loop
def _waits(highest):
    """Days to the next candidate occasion, by the step of the draw: what the lowest and the highest draw of a
    step give where they agree, since a lower draw never waits less; 0 where they do not. Shape: STEPS."""
    waits, pace = np.zeros(STEPS, dtype=np.int64), calendar(highest)
    for step in range(STEPS):
        longest = next_candidate(pace, 0, step / STEPS + _FINEST)
        if longest == next_candidate(pace, 0, (step + 1) / STEPS - _FINEST):
            waits[step] = longest
    return waits


def constants(always: "Always", p: Parameters, levers: NDArray[Any], first: int) -> Constants:
    """Constants of a pass over the days of `levers`, from day `first` on; more need than the last column has
    changes nothing."""
    sights = int(MOST_NEED * p.n_bar) + 2
    council = np.ascontiguousarray(levers["council"])
    rates, ordinary = (
        _rates(p.lambda0, p.council_occasions, power, p.mu, p.n_bar, sights, first, p.weekend)
        for power in (council, np.zeros(len(council)))
    )
    return Constants(*always, rates, ordinary)


_VALUES = attrgetter(*(PARAMETERS.names or ()))


def one_record(p: Parameters) -> NDArray[Any]:
    """The parameters as compiled code takes them: a table of one record."""
    return np.array([_VALUES(p)], dtype=PARAMETERS).astype(records(PARAMETERS))


Always = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]
"""What holds for a whole run: what is left of a fatigue, of a habit and of what rewards have worn, by days
since the last act; and how long people wait for a candidate occasion."""


def always(p: Parameters, days: int) -> Always:
    """What parameters alone decide, for a run of up to so many days."""
    left = (left_table(rate, days) for rate in (p.delta_F, p.delta_h, p.delta_w))
    return (*left, _waits(highest_rate(p.lambda0, p.council_occasions, p.mu, p.weekend)))
