"""Case 4: contagion by asking on a complete graph, our SIS.

Nobody has an occasion of their own; everybody who is asked acts (a known ask weighs 1000), and whoever acted
within the last W days asks at the rate beta (`peer_ask`). On a day on which a share i of the crowd is active,
beta N asks are tried, a share i of them is made, and each reaches a given person with probability 1/N: that
person is asked with probability 1 - exp(-beta i), for large N.

With R = 0 an act renews the memory. Active is who was asked on at least one of the last W days:
i = 1 - exp(-beta W i), the final-size equation.

With R = W nobody acts again while active, so the states are susceptible and infected for W days: SIS, with a
fixed infectious period. Acts a day are (1 - i)(1 - exp(-beta i)), each active for W days:
i = W (1 - i)(1 - exp(-beta i)). For short steps (W large at the same beta W) this is the familiar
i = 1 - delta/beta with delta = 1/W.
"""

import math

import networkx as nx
import numpy as np
import pytest
from scipy.optimize import brentq

from linli.agents.traits import NEVER
from linli.model.theory import theory_world

N = 300
SEEDS = range(1, 7)


def mean_share(beta: float, W: int, R: int, seed: int) -> float:
    """Mean share active over 120 days, after 60 days from a start with half of the crowd active."""
    last_acted = np.where(np.arange(N) % 2 == 0, -1 - np.arange(N) % W, NEVER)
    world = theory_world(
        nx.complete_graph(N),
        theta=-500.0,
        A_known=1000.0,
        peer_ask=beta,
        lambda0=0.0,
        W=W,
        R=R,
        last_acted=last_acted,
        seed=seed,
    )
    shares = []
    for day in range(180):
        active = sum(resident.last_acted >= day - W for resident in world.residents)
        shares.append(active / N)
        world.step()
    return float(np.mean(shares[60:]))


def memory(i: float, beta: float, W: int) -> float:
    return 1 - math.exp(-beta * W * i)


def sis(i: float, beta: float, W: int) -> float:
    return W * (1 - i) * (1 - math.exp(-beta * i))


@pytest.mark.parametrize(
    ("beta", "W", "rests"), [(0.2, 10, False), (0.3, 5, False), (0.2, 10, True), (0.5, 5, True)]
)
def test_discrete_fixed_point(beta: float, W: int, rests: bool) -> None:
    """Six runs agree with the fixed point: four standard errors of their mean, and 2/N for finite size."""
    law = sis if rests else memory
    expected = brentq(lambda i: law(i, beta, W) - i, 1e-6, 1.0)
    runs = [mean_share(beta, W, W if rests else 0, seed) for seed in SEEDS]
    error = float(np.std(runs, ddof=1)) / math.sqrt(len(runs))
    assert error < 0.01
    assert np.mean(runs) == pytest.approx(expected, abs=4 * error + 2 / N)


def test_sis_in_the_continuous_limit() -> None:
    """beta W = 2: i tends to 1 - 1/2 as the infectious period comes to have many days."""
    found = [brentq(lambda i, W=W: sis(i, 2 / W, W) - i, 1e-6, 1.0) for W in (10, 100, 1000)]
    assert found[-1] == pytest.approx(0.5, abs=3e-4)
    assert abs(found[0] - 0.5) > abs(found[1] - 0.5) > abs(found[2] - 0.5)


def test_below_the_threshold_it_dies_out() -> None:
    """beta W = .5 < 1: one active person is followed by half a person."""
    assert mean_share(0.1, 5, 0, seed=1) < 0.01
