"""A city as its communities: how residents, workers, members and firms are shared out among them.

The sizes of communities are drawn once, from a lognormal distribution, and do not depend on the seed of a
run: every run of a city has the same communities, with other people in them.
"""

import dataclasses
from functools import cache

import numpy as np
from numpy.typing import NDArray

from linli.agents import decision
from linli.agents.chance import draws, key, normal
from linli.model.errors import InputError
from linli.model.place import Place, shares, table
from linli.model.place.apportionment import apportion


@cache
def communities_of(place: Place) -> tuple[tuple[int, Place], ...]:
    """The communities of a place that are simulated, each with its number: all, or the sampled ones."""
    if place.communities == 1:
        return ((0, place),)
    everywhere = _divided(place)
    return tuple((c, everywhere[c]) for c in _sampled(everywhere, place.sampled or place.communities))


def _sampled(everywhere: list[Place], count: int) -> list[int]:
    """Whole communities, evenly along the order of size: small and large ones as in the city."""
    by_size = sorted(range(len(everywhere)), key=lambda c: (everywhere[c].residents, c))
    return sorted(by_size[int((k + 0.5) * len(by_size) / count)] for k in range(count))


def _divided(place: Place) -> list[Place]:
    """Every community of a city, with its part of the city's figures."""
    k = place.communities
    parts: dict[str, NDArray[np.int64]] = {}
    for name, share in shares().items():
        if share.by:
            weights = _sizes(place) if share.by == "size" else parts[share.by].astype(float)
            most = parts[share.most] - share.each if share.most else None
            parts[name] = share.each + apportion(getattr(place, name) - share.each * k, weights, most)
    parts["mixed_compounds"] = parts["compounds"] - parts["planned_compounds"]
    parts["managed_compounds"] = parts["firms"] + _managed_beyond(place, parts["firms"], parts["compounds"])
    del parts["compounds"]
    return [
        dataclasses.replace(
            place, communities=1, sampled=0, **{name: int(column[c]) for name, column in parts.items()}
        )
        for c in range(k)
    ]


def _managed_beyond(
    place: Place, firms: NDArray[np.int64], compounds: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Managed compounds of each community beyond the one that every firm has: only where there is a firm."""
    room = np.where(firms > 0, compounds - firms, 0)
    if place.managed_compounds - place.firms > room.sum():
        raise InputError(
            f"place.managed_compounds = {place.managed_compounds}: the communities with a firm have "
            f"{int(compounds[firms > 0].sum())} compounds only"
        )
    return apportion(place.managed_compounds - place.firms, room.astype(float), room)


def _sizes(place: Place) -> NDArray[np.float64]:
    """Relative sizes of communities: lognormal."""
    size = np.empty(place.communities)
    for c in range(place.communities):
        u = draws(0, key(0, c), 0, decision.COMMUNITY_SIZE, 0)
        size[c] = np.exp(place.size_spread * normal(u[0], u[1]))
    return size


@cache
def whole(place: Place) -> Place:
    """The simulated communities taken together."""
    parts = [part for _, part in communities_of(place)]
    if len(parts) == 1:
        return parts[0]
    added_up = [name for name, about in table().items() if about.share]
    sums = {name: sum(getattr(part, name) for part in parts) for name in added_up}
    return dataclasses.replace(place, communities=len(parts), sampled=0, **sums)
