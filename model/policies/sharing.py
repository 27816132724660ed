"""How a city shares out among its communities what a policy brings: in whole things, larger shares nested.

Heads, hours or money: `model.place.apportionment` gives each community its part, and with more to share out
nobody gets less.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

PROPORTIONAL, NEED, EQUAL = "proportional", "need", "equal"

WORDS = {
    PROPORTIONAL: Text("by residents", "按居民数"),
    NEED: Text("by need", "按需要"),
    EQUAL: Text("alike", "平均"),
}
"""Among the communities of a city: by residents, by unfinished matters on the first morning, or alike."""

ALLOCATIONS = tuple(WORDS)


def weights(allocation: str, places: "Sequence[Place]", unfinished: NDArray[np.int64]) -> NDArray[np.float64]:
    """In what proportion communities get their parts; by residents where there is no need anywhere.

    unfinished: matters of each community.
    """
    if allocation == EQUAL:
        return np.ones(len(places))
    if allocation == NEED and unfinished.any():
        return unfinished.astype(float)
    return np.array([place.residents for place in places], dtype=float)
