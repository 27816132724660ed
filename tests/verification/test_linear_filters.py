"""Case 8: fatigue and efficacy are linear filters of acts and of what came of them."""

import math

import networkx as nx
import numpy as np
import pytest

from linli.agents.rules.fatigue import left_after
from linli.model.theory import theory_world

N = 1500
RING = nx.circulant_graph(N, [1])


@pytest.mark.parametrize(("p", "phi", "delta"), [(0.2, 0.35, 0.1), (1.0, 0.5, 0.2)])
def test_fatigue(p: float, phi: float, delta: float) -> None:
    """E[F] = phi p / delta_F at the end of a day; its variance is phi^2 p (1-p) / (1 - (1-delta_F)^2).

    Occasions come with probability p a day and are always taken (theta is huge, so fatigue cannot feed back).
    """
    days = 150
    world = theory_world(RING, theta=1000.0, lambda0=p, phi=phi, delta_F=delta, days=days).run()
    state = world.columns()
    tired = [
        f * left_after(delta, days - 1 - last)
        for f, last in zip(state["fatigue"].tolist(), state["last_acted"].tolist(), strict=True)
    ]
    variance = phi**2 * p * (1 - p) / (1 - (1 - delta) ** 2)
    error = math.sqrt(variance / N)
    assert np.mean(tired) == pytest.approx(phi * p / delta, abs=4 * error + 1e-5)
    assert np.var(tired) == pytest.approx(variance, rel=4 * math.sqrt(2 / N), abs=1e-9)


@pytest.mark.parametrize("eta", [0.1, 0.3])
def test_efficacy_is_an_exponential_average(eta: float) -> None:
    """Mean p and variance eta p (1-p) / (2 - eta), p = .6 the chance that general service is worth it.

    Everybody acts every day; the start at 1/2 is forgotten to less than 1e-4.
    """
    p, days = 0.6, int(10 / eta)
    world = theory_world(RING, theta=1000.0, eta_e=eta, y_service=p, days=days).run()
    efficacy = world.columns()["efficacy"]
    variance = eta * p * (1 - p) / (2 - eta)
    spread = math.sqrt((np.mean((efficacy - efficacy.mean()) ** 4) - variance**2) / N)
    assert efficacy.mean() == pytest.approx(p, abs=4 * math.sqrt(variance / N) + 1e-4)
    assert efficacy.var() == pytest.approx(variance, abs=4 * spread)
    assert spread < variance / 10
