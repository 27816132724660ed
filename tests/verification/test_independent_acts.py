"""Case 10: with every coupling at zero acts are independent Bernoulli trials and counts are binomial."""

import math

import networkx as nx
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import binom, chisquare

from linli.model.theory import theory_world

N, DAYS = 240, 360
P = 1 / (1 + math.exp(1.0))


@pytest.fixture(scope="module", params=[(1.0, 0.0), (0.5, 0.5)], ids=["every day", "thinned"])
def acts(request: pytest.FixtureRequest) -> tuple[NDArray[np.bool_], float]:
    """Who acted on which day, and the probability: logistic(-1), times the rate of occasions.

    Thinned: lambda0 = mu = 1/2 without any matter in sight gives the rate lambda0 (1 - mu) = 1/4, while
    candidates are drawn at the highest rate, which is 1.
    """
    lambda0, mu = request.param
    world = theory_world(nx.circulant_graph(N, [1, 2]), theta=-1.0, lambda0=lambda0, mu=mu, days=DAYS)
    table = np.zeros((DAYS, N), dtype=bool)
    for day in range(DAYS):
        world.step()
        table[day] = [resident.last_acted == day for resident in world.residents]
    return table, lambda0 * (1 - mu) * P


def fits_binomial(counts: NDArray[np.int64], trials: int, p: float) -> float:
    """The p-value of a chi-square test; cells of ten or more expected, the tails pooled."""
    expected = len(counts) * binom.pmf(np.arange(trials + 1), trials, p)
    cell = np.floor(np.cumsum(expected) / 10.0).astype(int)
    cell = np.minimum(cell, cell[-1] - 1)
    seen = np.bincount(cell[counts], minlength=cell[-1] + 1)
    wanted = np.bincount(cell, weights=expected)
    used = wanted > 0
    return float(chisquare(seen[used], wanted[used] * len(counts) / wanted.sum()).pvalue)


def test_counts_a_day_are_binomial(acts: tuple[NDArray[np.bool_], float]) -> None:
    table, p = acts
    assert fits_binomial(table.sum(axis=1), N, p) > 0.001


def test_counts_a_resident_are_binomial(acts: tuple[NDArray[np.bool_], float]) -> None:
    table, p = acts
    assert fits_binomial(table.sum(axis=0), DAYS, p) > 0.001


def test_the_test_can_fail(acts: tuple[NDArray[np.bool_], float]) -> None:
    """Another probability, or acts that come in pairs, would be found out."""
    table, p = acts
    assert fits_binomial(table.sum(axis=1), N, 1.2 * p) < 0.001
    assert fits_binomial(2 * table[:, : N // 2].sum(axis=1), N, p) < 0.001


@pytest.mark.parametrize(("days", "places"), [(1, 0), (0, 1), (7, 0), (1, 1)])
def test_no_memory_and_no_neighbours(acts: tuple[NDArray[np.bool_], float], days: int, places: int) -> None:
    """Acts a few days or places apart coincide with probability p^2; four standard errors of that share."""
    table, p = acts
    later = np.roll(table[days:], places, axis=1)
    both = (table[: DAYS - days] & later).mean()
    error = math.sqrt(p**2 * (1 - p**2 + 2 * p * (1 - p)) / later.size)
    assert both == pytest.approx(p**2, abs=4 * error)
