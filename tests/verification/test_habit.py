"""Habit is a filter of acts that saturates, and lifts the chance of the next one."""

import math

import networkx as nx
import numpy as np
import pytest
from scipy.optimize import brentq

from linli.agents.rules.fatigue import left_after
from linli.agents.rules.participation import probability
from linli.model.community import Community
from linli.model.theory import theory_world

N = 400
RING = nx.circulant_graph(N, [1])


def habits(world: Community) -> list[float]:
    """Everybody's habit on the evening of the last day."""
    state, evening, rate = world.columns(), world.day - 1, world.parameters.delta_h
    pairs = zip(state["habit"].tolist(), state["last_acted"].tolist(), strict=True)
    return [habit * left_after(rate, evening - last) for habit, last in pairs]


def moments(p: float, eta: float, delta: float) -> tuple[float, float]:
    """Mean and variance of the habit of somebody who acts with probability p a day.

    In the evening h = k h_before with k = 1 - delta, and after an act eta more of what is missing: so
    E h = p eta / (1 - k (1 - p eta)), and likewise for h squared.
    """
    k = 1 - delta
    mean = p * eta / (1 - k * (1 - p * eta))
    kept = (1 - p) + p * (1 - eta) ** 2
    square = p * (2 * eta * (1 - eta) * k * mean + eta**2) / (1 - k**2 * kept)
    return mean, square - mean**2


@pytest.mark.parametrize(("p", "eta", "delta"), [(0.2, 0.2, 0.1), (0.1, 0.5, 0.05), (1.0, 0.1, 0.1)])
def test_habit_of_who_acts_with_a_given_probability(p: float, eta: float, delta: float) -> None:
    """Occasions come with probability p a day and are always taken: theta is huge. The start is forgotten."""
    world = theory_world(RING, theta=1000.0, lambda0=p, b_h=1.0, eta_h=eta, delta_h=delta, days=120).run()
    mean, variance = moments(p, eta, delta)
    assert np.mean(habits(world)) == pytest.approx(mean, abs=4 * math.sqrt(variance / N) + 1e-5)
    assert np.var(habits(world)) == pytest.approx(variance, rel=6 * math.sqrt(2 / N), abs=1e-9)


def test_slow_habits_act_at_the_fixed_point_of_their_own_example() -> None:
    """Small steps (eta_h and delta_h of 1/200) keep a habit near its mean: p = logistic(theta + b_h h(p)).

    Acting lifts the habit and the habit lifts acting; without it p is logistic(theta).
    """
    theta, b_h, eta, delta, days, last = -1.5, 3.0, 0.005, 0.005, 600, 150
    n = 100
    world = theory_world(
        nx.circulant_graph(n, [1]), theta=theta, b_h=b_h, eta_h=eta, delta_h=delta, days=days
    )
    expected = brentq(lambda p: probability(theta + b_h * moments(p, eta, delta)[0]) - p, 0.0, 1.0)
    world.run_to(days - last)
    acts = 0
    for day in range(days - last, days):
        world.step()
        acts += sum(resident.last_acted == day for resident in world.residents)
    assert expected > probability(theta) + 0.1
    assert acts / (n * last) == pytest.approx(expected, abs=0.02)
