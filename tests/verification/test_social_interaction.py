"""Case 2: Brock & Durlauf (2001), "Discrete choice with social interactions": p = logistic(h + J p).

On a complete graph with an occasion every day (lambda0 = 1) and a memory of one day (W = 1).
"""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import brentq

from linli.agents.rules.participation import appeal, probability
from linli.model import theory


def response(p: float, h: float, J: float) -> float:
    """The share that acts when a share p acted, by the rules."""
    return probability(appeal(h, J, p, 0.0, 0.0, 0.5, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))


def fixed_points(h: float, J: float) -> list[float]:
    """All solutions of p = response(p), from the changes of sign on a fine grid."""
    grid = np.concatenate([[0.0], np.linspace(1e-6, 1 - 1e-6, 20_001), [1.0]])
    gap = [response(p, h, J) - p for p in grid]
    zeros = [p for p, g in zip(grid, gap, strict=True) if g == 0.0]
    pairs = zip(pairwise(grid), pairwise(gap), strict=True)
    roots = [
        brentq(lambda p: response(p, h, J) - p, a, b, xtol=1e-13) for (a, b), (x, y) in pairs if x * y < 0
    ]
    return sorted([*zeros, *roots])


@pytest.mark.parametrize(
    ("J", "h", "points"), [(6.0, -3.0, (0.07072, 0.5, 0.92928)), (5.0, -2.5, (0.14479, 0.5, 0.85521))]
)
def test_three_fixed_points(J: float, h: float, points: tuple[float, ...]) -> None:
    assert fixed_points(h, J) == pytest.approx(points, abs=5e-6)


@pytest.mark.parametrize("J", [0.0, 2.0, 3.9, 4.0])
@pytest.mark.parametrize("h", [-4.0, -2.0, -1.0, 0.0, 1.0])
def test_one_fixed_point_up_to_a_pull_of_four(J: float, h: float) -> None:
    assert len(fixed_points(h, J)) == 1


@pytest.mark.parametrize(("h", "points"), [(-3.4152, 1), (-3.4150, 3), (-3.0, 3), (-2.5850, 3), (-2.5848, 1)])
def test_window_of_two_stable_states(h: float, points: int) -> None:
    """J = 6: the window's edges are logit(p) - J p at J p (1 - p) = 1, that is -3.4151 and -2.5849."""
    assert len(fixed_points(h, 6.0)) == points


def test_edges_of_the_window() -> None:
    p = (1 - math.sqrt(1 - 4 / 6)) / 2
    edges = sorted(math.log(q / (1 - q)) - 6 * q for q in (p, 1 - p))
    assert edges == pytest.approx((-3.4151, -2.5849), abs=5e-5)


@pytest.mark.parametrize(
    ("J", "h", "p"), [(6.0, -3.0, 0.07072), (6.0, -3.0, 0.92928), (5.0, -2.5, 0.14479), (5.0, -2.5, 0.85521)]
)
@pytest.mark.parametrize("engine", theory.ENGINES)
def test_the_engine_stays_at_a_stable_point(J: float, h: float, p: float, engine: str) -> None:
    """The mean share over 250 days lies within four standard errors of the fixed point.

    Around it the share of n = 160 is an autoregression with slope f' = J p (1 - p) and shocks of variance
    p (1 - p) / n; its curvature f'' moves the mean by f'' var / (2 (1 - f')), which is of order 1/n.
    """
    n, days = 160, 250
    rule, first = theory.SocialInteraction(theta=h, J=J), range(round(p * n))
    shares = theory.contagion(theory.complete(n), rule, active=first, engine=engine).run(days) / n
    slope = J * p * (1 - p)
    variance = p * (1 - p) / n / (1 - slope**2)
    bias = J**2 * p * (1 - p) * (1 - 2 * p) * variance / (2 * (1 - slope))
    error = math.sqrt(variance / days * (1 + slope) / (1 - slope))
    assert error < 0.006
    assert shares.mean() == pytest.approx(p + bias, abs=4 * error)


@pytest.mark.parametrize(("p", "side"), [(0.45, 0.07072), (0.55, 0.92928)])
def test_a_million_leave_the_middle(p: float, side: float) -> None:
    """J = 6, h = -3: a crowd so large that chance is nearly gone goes from either side of 1/2 to the nearer
    stable point, and stays."""
    crowd = theory.contagion(
        theory.complete(1_000_000), theory.SocialInteraction(theta=-3.0, J=6.0), active=range(round(p * 1e6))
    )
    assert crowd.run(30)[-1] / 1e6 == pytest.approx(side, abs=0.002)
