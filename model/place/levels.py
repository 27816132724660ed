"""The four levels of a city: communities make up streets, streets districts, and these the city.

No source lists the communities of each street. So the division is assumed: communities that follow each other
in number, as many in every street and as many streets in every district, the last of each taking what is
left. Chengdu's 4,351 communities make 272 streets and 23 districts of it, about as many as there are.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

IN_A_STREET = 16
"""Communities of a street (assumption)."""

STREETS_IN_A_DISTRICT = 12
"""Streets of a district (assumption)."""

COMMUNITY, STREET, DISTRICT = "community", "street", "district"
SIZES = {COMMUNITY: 1, STREET: IN_A_STREET, DISTRICT: IN_A_STREET * STREETS_IN_A_DISTRICT}
"""Communities that one of each level has; below the city."""

LEVELS = tuple(SIZES)

_OVER = {"volunteers": "residents"}
_MEANS = ("engaged_share", "active_in_year", "volunteers", "efficacy", "trust", "satisfaction")
"""Columns of a table by communities that are shares or means: over adults, unless it says otherwise."""


def of_level(numbers: NDArray[np.int64], level: str) -> NDArray[np.int64]:
    """The street or district of each community, numbered from 0. level: one of LEVELS."""
    return numbers // SIZES[level]


def at_level(communities: "pd.DataFrame", level: str) -> "pd.DataFrame":
    """A table by communities, added up: one row a street or district, by its number.

    communities: as `ArrayEngine.by_community` gives it; where a city is sampled, of those that are
    simulated. Counts are sums, shares and means are weighted by the adults or residents they are over;
    `communities` says how many a row is made of.
    """
    frame = communities.copy()
    weights = {name: frame[_OVER.get(name, "adults")] for name in _MEANS}
    for name, weight in weights.items():
        frame[name] = frame[name] * weight
    frame["communities"] = 1
    added = frame.groupby(of_level(frame.index.to_numpy(), level)).sum()
    for name in _MEANS:
        added[name] = added[name] / added[_OVER.get(name, "adults")]
    added.index.name = level
    return added
