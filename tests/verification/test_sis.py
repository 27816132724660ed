"""Case 4: SIS on a complete graph, in steps of a day; see also `test_contagion_by_asking.py`.

A share i is infected; each of the others escapes all of them with probability (1 - beta)**(i N). So at rest

    delta i = (1 - i) (1 - (1 - beta)**(i N)),

and for short days (beta, delta small at the same ratio) i = 1 - delta / (beta N).
"""

import math

import numpy as np
import pytest
from scipy.optimize import brentq

from linli.model import theory


def at_rest(beta: float, delta: float, n: int) -> float:
    """The share infected in a large crowd of n, in steps of a day."""
    return float(brentq(lambda i: (1 - i) * (1 - (1 - beta) ** (i * n)) - delta * i, 1e-6, 1.0, xtol=1e-14))


def runs(beta: float, delta: float, n: int, engine: str) -> list[float]:
    """Mean share infected over 200 days after 50, from a half, in six runs."""
    rule, half, shares = theory.SIS(beta, delta), range(n // 2), []
    for seed in range(1, 7):
        found = theory.contagion(theory.complete(n), rule, active=half, seed=seed, engine=engine).run(250)
        shares.append(float(found[50:].mean() / n))
    return shares


@pytest.mark.parametrize(("contacts", "delta"), [(0.5, 0.2), (1.5, 0.5), (0.2, 0.1)])
@pytest.mark.parametrize(("engine", "n"), [("array", 100), ("mesa", 100), ("array", 20_000)])
def test_discrete_fixed_point(contacts: float, delta: float, engine: str, n: int) -> None:
    """Four standard errors of the mean, and 2/n for finite size (a person does not infect himself, and the
    curve is bent). contacts: beta N."""
    found = runs(contacts / n, delta, n, engine)
    error = float(np.std(found, ddof=1)) / math.sqrt(len(found))
    assert error < 0.02
    assert np.mean(found) == pytest.approx(at_rest(contacts / n, delta, n), abs=4 * error + 2 / n)


def test_the_continuous_limit() -> None:
    """beta N = 2 delta: i tends to 1 - 1/2 as a day becomes short, in the formula and in a large crowd."""
    n = 100_000
    gaps = [at_rest(2 * delta / n, delta, n) - 0.5 for delta in (0.5, 0.1, 0.01)]
    assert abs(gaps[0]) > abs(gaps[1]) > abs(gaps[2])
    assert gaps[2] == pytest.approx(0.0, abs=3e-3)
    crowd = theory.contagion(theory.complete(n), theory.SIS(2 * 0.01 / n, 0.01), active=range(n // 2))
    assert crowd.run(600)[300:].mean() / n == pytest.approx(0.5, abs=0.01)


def test_below_the_threshold_it_dies_out() -> None:
    """beta N = delta / 2: an infected person infects half a person."""
    crowd = theory.contagion(theory.complete(20_000), theory.SIS(0.05 / 20_000, 0.1), active=range(2_000))
    assert crowd.run(300)[-1] == 0
