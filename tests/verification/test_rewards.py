"""Rewards: what they draw, what they wear, and where wear and habit undo each other exactly."""

import math

import networkx as nx
import numpy as np
import pytest
from scipy.optimize import brentq

from linli.agents.rules.fatigue import left_after
from linli.agents.rules.learning import QUANTUM
from linli.agents.rules.participation import probability
from linli.model.community import Community
from linli.model.theory import theory_world

N = 400
RING = nx.circulant_graph(N, [1])


def rewarded(policies: str = "reward:points=10", **given: float) -> Community:
    """A theory world whose acts are rewarded from the first day on."""
    return theory_world(RING, **{"b_r": 0.0, "b_w": 0.0, **given}).branch(policies)


def acts_by_day(world: Community) -> list[int]:
    """How many act on each day."""
    return [record[world.today.__slots__.index("acts_spontaneous")] for record in world.records]


def mean_of_filter(p: float, eta: float, delta: float) -> float:
    """What is worn in the evening, on the average, by who acts with probability p a day.

    w = k w_before with k = 1 - delta, and after an act eta more of what is whole: E w = p eta / (1 - k (1 -
    p eta)).
    """
    return p * eta / (1 - (1 - delta) * (1 - p * eta))


def test_a_reward_moves_the_probability_of_acting() -> None:
    """logistic(theta + b_r points / 10) if what it wears has no weight; afterwards logistic(theta)."""
    world = rewarded("reward:points=30,end=50", theta=-1.0, b_r=0.5, days=100).run()
    acts = acts_by_day(world)
    for acted, appeal in ((acts[:50], -1.0 + 1.5), (acts[50:], -1.0)):
        p = probability(appeal)
        assert sum(acted) == pytest.approx(50 * N * p, abs=4 * math.sqrt(50 * N * p * (1 - p)))


@pytest.mark.parametrize(("p", "eta", "delta"), [(0.2, 0.2, 0.1), (0.1, 0.5, 0.05), (1.0, 0.1, 0.1)])
def test_wear_of_who_acts_with_a_given_probability(p: float, eta: float, delta: float) -> None:
    """Occasions come with probability p a day and are always taken; and the record adds up what is left."""
    world = rewarded(theta=1000.0, lambda0=p, eta_w=eta, delta_w=delta, days=120).run()
    state, evening = world.columns(), world.day - 1
    worn = [
        of * left_after(delta, evening - last)
        for of, last in zip(state["worn"].tolist(), state["last_acted"].tolist(), strict=True)
    ]
    k, mean = 1 - delta, mean_of_filter(p, eta, delta)
    square = p * (2 * eta * (1 - eta) * k * mean + eta**2) / (1 - k**2 * ((1 - p) + p * (1 - eta) ** 2))
    assert np.mean(worn) == pytest.approx(mean, abs=4 * math.sqrt((square - mean**2) / N) + 1e-5)
    assert world.window(world.day - 1).last("worn_quanta") == pytest.approx(QUANTUM * sum(worn), abs=N)


def test_slow_wear_acts_at_the_fixed_point_of_its_own_undoing() -> None:
    """Small steps keep wear near its mean: p = logistic(theta + b_r r - b_w w(p)), below what the reward
    alone would bring, and here below what there was without it."""
    theta, b_r, b_w, eta, days, last = -0.5, 0.5, 3.0, 0.005, 600, 150
    world = rewarded(theta=theta, b_r=b_r, b_w=b_w, eta_w=eta, delta_w=eta, days=days).run()
    expected = brentq(lambda p: probability(theta + b_r - b_w * mean_of_filter(p, eta, eta)) - p, 0.0, 1.0)
    assert expected < probability(theta) - 0.02
    assert sum(acts_by_day(world)[-last:]) / (N * last) == pytest.approx(expected, abs=0.01)


def test_wear_and_habit_of_equal_weight_undo_each_other() -> None:
    """Where nobody had a habit before and both fade alike, people act as if there were neither: to the act,
    while the reward lasts; and afterwards too, as long as no act for nothing makes a habit that wears not."""
    policies = "reward:points=30,end=60"
    alike = {"eta_h": 0.3, "eta_w": 0.3, "delta_h": 0.02, "delta_w": 0.02}
    both = rewarded(policies, theta=-2.0, b_r=0.5, b_h=1.3, b_w=1.3, days=60, **alike).run()
    neither = rewarded(policies, theta=-2.0, b_r=0.5, b_h=0.0, b_w=0.0, days=60, **alike).run()
    state = both.columns()
    assert np.array_equal(state["habit"], state["worn"])
    assert state["worn"].max() > 0.5
    assert acts_by_day(both) == acts_by_day(neither)
