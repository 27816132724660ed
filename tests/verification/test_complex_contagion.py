"""Case 3: complex contagion on a ring.

Source: Centola & Macy 2007, "Complex contagions and the weakness of long ties".

Everybody is tied to two on either side. With a threshold of two active neighbours and two adjacent seeds
the front moves by exactly one node a side and day; with a threshold of three it does not move.
"""

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest

from linli.agents.traits import NEVER
from linli.model import theory
from linli.model.theory import theory_world

N = 60
K = 1e5


Active = Callable[[int, int], set[int]]


def residents_active(threshold: int, days: int) -> set[int]:
    """Residents of a theory world who are active after some days, seeds at 30 and 31 included."""
    last_acted = np.full(N, NEVER)
    last_acted[[30, 31]] = -1
    ring = nx.circulant_graph(N, [1, 2])
    theta = -K * (threshold - 0.5) / 4
    world = theory_world(ring, theta=theta, J=K, W=20_000, last_acted=last_acted, days=days).run()
    return set(np.flatnonzero(world.columns()["last_acted"] > NEVER).tolist())


def people_active(engine: str) -> Active:
    """The same with thresholds as they are."""

    def active_after(threshold: int, days: int) -> set[int]:
        rule = theory.Thresholds(count=threshold)
        crowd = theory.contagion(theory.ring(N, 4), rule, active=[30, 31], engine=engine)
        crowd.run(days)
        return set(np.flatnonzero(crowd.active).tolist())

    return active_after


WAYS = {"residents": residents_active, "mesa": people_active("mesa"), "array": people_active("array")}


@pytest.fixture(params=WAYS)
def active_after(request: pytest.FixtureRequest) -> Active:
    """Who is active after some days at a threshold, found in three ways."""
    return WAYS[request.param]


@pytest.mark.parametrize("days", [1, 2, 7, 20])
def test_one_node_a_side_and_day(active_after: Active, days: int) -> None:
    assert active_after(2, days) == set(range(30 - days, 32 + days))


def test_the_fronts_meet(active_after: Active) -> None:
    assert active_after(2, 29) == set(range(N))


def test_a_threshold_of_three_stalls(active_after: Active) -> None:
    assert active_after(3, 40) == {30, 31}
