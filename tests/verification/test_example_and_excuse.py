"""Members who serve in a building are an example and an excuse: both with numbers known beforehand."""

import math

import networkx as nx
import pytest
from scipy.optimize import brentq

from linli.agents.rules.participation import probability
from linli.model.community import Community
from linli.model.theory import theory_world


def with_members(graph: nx.Graph, members: int, **given: float) -> Community:
    """A theory world, which is one building, with so many members in its posts who neither work nor ask."""
    world = theory_world(graph, posts=members, **given)
    for post in range(members):
        world.posts.take(post)
    assert world.buildings[0].serving(world.posts.free) == members
    return world


def share_acting(world: Community, days: int) -> float:
    """The mean share who acted, over so many days."""
    acts = 0
    for _ in range(days):
        world.step()
        acts += sum(resident.last_acted == world.day - 1 for resident in world.residents)
    return acts / (days * len(world.residents))


@pytest.mark.parametrize("seen", [0.1, 0.5, 1.0])
def test_who_has_no_ties_sees_the_beat_alone(seen: float) -> None:
    """The share of example is 1 whatever `seen` is, and 0 without members: p = logistic(theta + J) and
    logistic(theta)."""
    graph, theta, J, days = nx.empty_graph(200), -2.0, 1.5, 60
    graph.add_edge(0, 1)
    for members, p in ((2, probability(theta + J)), (0, probability(theta))):
        world = with_members(graph, members, theta=theta, J=J, seen=seen, W=1)
        error = math.sqrt(p * (1 - p) / (200 * days))
        assert share_acting(world, days) == pytest.approx(p, abs=4 * error + 2 / 200)


@pytest.mark.parametrize(("members", "seen", "w_P"), [(1, 0.5, 2.0), (3, 0.2, 1.0), (4, 1.0, 5.0)])
def test_example_among_ties_who_rest(members: int, seen: float, w_P: float) -> None:
    """Nobody acted; of four ties and the members seen, the share is w_P seen s / (4 + w_P seen s)."""
    world = with_members(nx.circulant_graph(50, [1, 2]), members, theta=-1.0, J=3.0, seen=seen, w_P=w_P)
    weight = w_P * seen * members
    expected = -1.0 + 3.0 * weight / (4 + weight)
    world._set_clock()
    assert [resident.appeal_of_acting(0) for resident in world.residents] == pytest.approx([expected] * 50)


@pytest.mark.parametrize(
    ("members", "chi", "seen"), [(0, 2.0, 0.5), (1, 1.4, 0.0), (4, 2.0, 0.0), (2, 0.9, 0.5)]
)
def test_the_fixed_point_is_shifted_by_excuse_and_example(members: int, chi: float, seen: float) -> None:
    """Brock & Durlauf (2001) on a complete graph, with chi s / (s + 1) taken from the motive and the members
    seen added to the share: p = logistic(h - chi s / (s + 1) + J m(p)).

    J = 2 has one stable point; the mean share over the days lies within four standard errors of it, and the
    error of the mean field, of order 1/n.
    """
    n, days, h, J, w_P = 100, 150, -0.5, 2.0, 2.0
    met = seen * members

    def response(p: float) -> float:
        share = ((n - 1) * p + w_P * met) / (n - 1 + met + (w_P - 1) * met)
        return probability(h - chi * members / (members + 1) + J * share)

    p = brentq(lambda share: response(share) - share, 0.0, 1.0)
    world = with_members(nx.complete_graph(n), members, theta=h, J=J, chi=chi, seen=seen, w_P=w_P, W=1)
    world.run_to(20)
    slope = J * p * (1 - p)
    error = math.sqrt(p * (1 - p) / (n * days)) / (1 - slope)
    assert share_acting(world, days) == pytest.approx(p, abs=4 * error + 1 / n)
