"""What those who may decide on a day decide by, in one arm: columns that both engines fill in."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linli.agents.rules.participation import TERMS


class Seen(NamedTuple):
    """What decides, a row a resident.

    level, source: how asked, and by whom; rests: acted too lately; candidate: the diary has a candidate day;
    last_acted: day; sight: unfinished matters; council: how empowered [0, 1]; rate, ordinary: of occasions
    with the council and without [1/day]; efficacy, and what neighbours' successes and those of organised
    forces alone added to it since the arms parted; terms: of the appeal, shape (rows, TERMS).
    """

    level: NDArray[np.int64]
    source: NDArray[np.int64]
    rests: NDArray[np.bool_]
    candidate: NDArray[np.bool_]
    last_acted: NDArray[np.int64]
    sight: NDArray[np.int64]
    council: NDArray[np.float64]
    rate: NDArray[np.float64]
    ordinary: NDArray[np.float64]
    efficacy: NDArray[np.float64]
    from_neighbours: NDArray[np.float64]
    from_organised: NDArray[np.float64]
    terms: NDArray[np.float64]


def nothing_seen(rows: int) -> Seen:
    """Columns to fill in."""
    level, source, last_acted, sight = (np.zeros(rows, dtype=np.int64) for _ in range(4))
    rests, candidate = (np.zeros(rows, dtype=np.bool_) for _ in range(2))
    council, rate, ordinary, efficacy, neighbours, organised = (np.zeros(rows) for _ in range(6))
    terms = np.zeros((rows, len(TERMS)))
    return Seen(
        level, source, rests, candidate, last_acted, sight, council, rate, ordinary, efficacy, neighbours,
        organised, terms,
    )  # fmt: skip
