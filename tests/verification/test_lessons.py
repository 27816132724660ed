"""What acting teaches: limits that need no luck, through the engine."""

import networkx as nx
import numpy as np
import pytest

from linli.model.community import Community
from linli.model.theory import theory_world

PAIR = nx.path_graph(2)


def efficacy_of_actors(theta: list[float], days: int, **given: float) -> list[float]:
    world = theory_world(PAIR, theta=theta, eta_e=0.1, y_service=0.0, days=days, **given).run()
    return [resident.efficacy for resident in world.residents if resident.theta > 0]


@pytest.mark.parametrize("thanked", [0.0, 0.4])
def test_thanks_are_for_those_who_serve_together(thanked: float) -> None:
    """Service is never worth it: efficacy goes to what thanks add, thanked + (1/2 - thanked) (1 - eta)^t;
    whoever serves alone is thanked by nobody."""
    days, left = 20, 0.9**20
    together = efficacy_of_actors([1000.0, 1000.0], days, thanked=thanked)
    assert together == pytest.approx([thanked + (0.5 - thanked) * left] * 2)
    assert efficacy_of_actors([1000.0, -1000.0], days, thanked=thanked) == pytest.approx([0.5 * left])


def failing(days: int, **given: float) -> Community:
    """Everybody finds matters to work on every day, every attempt fails and is taken up again, and no matter
    ends before its time."""
    never = {"s0": 0.0, "s1": 0.0, "s2": 0.0, "nu": 1.0, "deadline": 50, "patience": 50}
    acting = {"mu_m": 1.0, "arrivals": 2000.0, "work_hours": 0.25}
    people = nx.cycle_graph(6)
    return theory_world(people, theta=1000.0, eta_e=0.1, days=days, **never, **acting, **given).run()


def test_who_learns_at_the_end_learns_nothing_before() -> None:
    """Attempts fail for forty days and nothing ends: efficacy stands where it stood, to the last bit."""
    waiting = failing(40, learn_at_end=1)
    assert waiting.window().sum("attempts") > 100
    assert {resident.efficacy for resident in waiting.residents} == {0.5}
    assert np.mean([resident.efficacy for resident in failing(40).residents]) < 0.3


def test_expectation_follows_what_became_of_matters() -> None:
    """None is ever resolved: after m months in which some ended, (1 - eta_b)^m / 2 is expected. Where
    expectation counts in full and has gone, a failure is what was expected and teaches one half."""
    house = failing(150, learn_at_end=1, eta_b=0.3, expects=1.0).buildings[0]
    assert house.expected == pytest.approx(0.5 * 0.7**4), "the first month saw no end"
    gone = failing(400, learn_at_end=1, eta_b=1.0, expects=1.0)
    assert np.mean([resident.efficacy for resident in gone.residents]) == pytest.approx(0.5, abs=1e-3)
