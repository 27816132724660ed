"""One community of a city by itself: the same people, the same luck, its part of the policies."""

import dataclasses
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from linli.model.errors import InputError
from linli.model.place.communities import communities_of
from linli.model.policies import Policy
from linli.model.scenario import Scenario


def community_scenario(
    city: Scenario, number: int | None, targets: Mapping[int, NDArray[np.int64]] | None = None
) -> Scenario:
    """A community of a city as a scenario; a scenario of one community as it is.

    number: of the community; targets: each community's part of the policies (by their place in the list)
    that are shared out already. Raises InputError for a community that is not simulated, and for a policy
    that is shared out by need, which only the city can know.
    """
    parts = communities_of(city.place)
    if city.place.communities == 1:
        return city
    numbers = [c for c, _ in parts]
    if number is None:
        raise InputError(
            f"{city.name} is a city of {len(parts):,} communities: run it with the array engine, "
            f"or one of them by its number (for example {numbers[0]})"
        )
    if number not in numbers:
        raise InputError(f"{city.name} simulates no community {number}")
    at = numbers.index(number)
    policies = [_localised(city, n, policy, at, targets or {}) for n, policy in enumerate(city.policies)]
    return dataclasses.replace(
        city,
        name=f"{city.name} {number}",
        title=f"Community {number} of {city.name}",
        place=parts[at][1],
        policies=tuple(policies),
    )


def _localised(
    city: Scenario, n: int, policy: Policy, at: int, targets: Mapping[int, NDArray[np.int64]]
) -> Policy:
    """A policy as it acts in one community. at: where that stands among the simulated ones."""
    if not policy.shared:
        return policy
    shared_out = targets.get(n)
    if shared_out is None:
        if policy.by_need:
            raise InputError(
                f"policy {policy.name}: what a community gets by need is known on the first day of the policy"
                " only; zoom in from that day on, or choose another allocation"
            )
        places = [place for _, place in communities_of(city.place)]
        shared_out = policy.share_out(places, city.whole, city.parameters, np.zeros(len(places), np.int64))
    return policy.with_part(int(shared_out[at]))
