"""Case 1: Granovetter (1978), "Threshold models of collective behavior", on a complete graph.

A threshold of k others becomes V = K (m - (k - 1/2)/(N - 1)) with K so large that the logistic is a step:
theta = -K (k - 1/2)/(N - 1), J = K. Nobody forgets (W beyond the run), everybody has an occasion every day.
The same crowds as thresholds proper, on both engines of `model.theory.contagion`.
"""

from collections.abc import Callable

import networkx as nx
import numba
import numpy as np
import pytest
from scipy.stats import norm

from linli.agents.rules.participation import appeal, takes_part
from linli.model import theory
from linli.model.theory import theory_world

K = 1e6
FOR_EVER = 20_000


def residents_acting(thresholds: np.ndarray, days: int) -> int:
    """How many residents of a theory world act in the end. thresholds: others who must have acted before
    [count]."""
    n = len(thresholds)
    theta = -K * (thresholds - 0.5) / (n - 1)
    world = theory_world(nx.complete_graph(n), theta=theta, J=K, W=FOR_EVER, days=days).run()
    return int((world.columns()["last_acted"] >= 0).sum())


def people_acting(engine: str) -> Callable[[np.ndarray, int], int]:
    """The same with thresholds as they are: 24.7 others are rounded to 25, as the half in theta does."""

    def acting(thresholds: np.ndarray, days: int) -> int:
        rule = theory.Thresholds(count=thresholds - 0.5)
        crowd = theory.contagion(theory.complete(len(thresholds)), rule, engine=engine)
        return int(crowd.run(days)[-1])

    return acting


Acting = Callable[[np.ndarray, int], int]


WAYS = {"residents": residents_acting, "mesa": people_acting("mesa"), "array": people_acting("array")}


@pytest.fixture(params=WAYS)
def acting(request: pytest.FixtureRequest) -> Acting:
    """How many act in the end, found in three ways."""
    return WAYS[request.param]


def test_thresholds_in_steps_of_one_draw_everybody_in(acting: Acting) -> None:
    assert acting(np.arange(100.0), 101) == 100


def test_one_step_too_high_leaves_exactly_one(acting: Acting) -> None:
    thresholds = np.arange(100.0)
    thresholds[1] = 2.0
    assert acting(thresholds, 101) == 1


@numba.njit
def _share_acting(thresholds, share):  # type: ignore[no-untyped-def]
    """What the rules make of a crowd of which a share is active: the next share."""
    count = 0
    for t in thresholds:
        count += takes_part(
            appeal(-K * t, K, share, 0.0, 0.0, 0.5, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.5
        )
    return count / len(thresholds)


@pytest.mark.parametrize(("sd", "equilibrium"), [(0.122, 0.0548), (0.123, 1.000)])
def test_normal_thresholds_tip_between_122_and_123(sd: float, equilibrium: float) -> None:
    """N to infinity: 200,000 quantiles stand for the distribution, so shares are exact to 5e-6."""
    thresholds = norm.ppf((np.arange(200_000) + 0.5) / 200_000, 0.25, sd)
    share, before = 0.0, -1.0
    while share != before:
        share, before = _share_acting(thresholds, share), share
    assert share == pytest.approx(equilibrium, abs=5e-5)


@pytest.mark.parametrize("sd", [0.122, 0.15])
def test_the_engine_stops_where_counting_stops(acting: Acting, sd: float) -> None:
    """A finite crowd of 200 whose thresholds are quantiles: counted by hand, wave by wave."""
    thresholds = norm.ppf((np.arange(200) + 0.5) / 200, 0.25, sd) * 199
    active = np.zeros(200, dtype=bool)
    for _ in range(200):
        active |= active.sum() - active >= thresholds - 0.5
    assert acting(thresholds, 30) == active.sum()
    assert (active.sum() == 200) == (sd > 0.1225)


@pytest.mark.parametrize(("sd", "equilibrium"), [(0.122, 0.0548), (0.123, 1.000)])
def test_a_million_tip_as_published(sd: float, equilibrium: float) -> None:
    """As many people as quantiles: the engine itself finds what Granovetter found for a crowd without end."""
    thresholds = norm.ppf((np.arange(1_000_000) + 0.5) / 1_000_000, 0.25, sd)
    crowd = theory.contagion(theory.complete(1_000_000), theory.Thresholds(share=thresholds))
    found = crowd.run(100)
    while found[-1] != found[-2]:
        found = crowd.run(100)
    assert found[-1] / 1e6 == pytest.approx(equilibrium, abs=5e-5)
