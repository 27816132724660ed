"""Case 11, last part: effort, satisfaction and fees settle below a loop gain of one and collapse above it."""

import math
from dataclasses import replace

import numpy as np
import pytest

from linli.agents.rules.property_service import effort_after, loop_gain, pays, satisfaction_after
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.parameters import beyond_range

LANE = scenarios.load("lane")
PI = 4.0


def efforts(b1: float, eta: float, months: int, start: float) -> list[float]:
    """Effort month by month in a community where nothing else happens."""
    place = replace(
        LANE.place, residents=40, households=20, planned_compounds=1, mixed_compounds=0, grids=1,
        managed_members=0, serving_members=0, sunk_members=0, volunteers=0, managed_compounds=1,
    )  # fmt: skip
    chosen = beyond_range(theta_mean=-1000.0, arrivals=0.0, moves=0.0, b1=b1, pi=PI, eta_S=eta, eta_x=eta)
    world = Community(LANE.but(place=place, parameters=chosen))
    world.firms[0].effort = start
    series = [start]
    for day in range(30 * months):
        world.step()
        if day % 30 == 29:
            series.append(world.firms[0].effort)
    return series


def by_the_rules(b1: float, eta: float, months: int, start: float) -> list[float]:
    """The same loop by its rules alone."""
    effort, satisfaction, series = start, 0.5, [start]
    for _ in range(months):
        satisfaction = satisfaction_after(satisfaction, effort, eta)
        effort = effort_after(effort, 0.5, eta, b1, 0.2, pays(PI, satisfaction), PI, 0.0, 0.0, 0.0, 0.0)
        series.append(effort)
    return series


def test_gain_at_the_usual_state() -> None:
    """b1 pi P (1 - P) with P = logistic(1.1): .3747 by default, 1 at b1 = 1.3343."""
    assert loop_gain(0.5, PI, 0.5) == pytest.approx(0.3747, abs=5e-5)
    assert loop_gain(1.3343, PI, 0.5) == pytest.approx(1.0, abs=5e-5)


def test_the_engine_is_the_loop_of_the_rules() -> None:
    """But for the quantum in which fees are summed (2^-30)."""
    assert efforts(0.5, 0.4, 8, 0.3) == pytest.approx(by_the_rules(0.5, 0.4, 8, 0.3), abs=1e-7)


@pytest.mark.parametrize("b1", [0.0, 0.5, 1.0])
def test_below_one_it_settles_at_the_rate_of_its_eigenvalue(b1: float) -> None:
    """Linear around the usual state: S' = (1-a) S + a x, x' = (1-a) x + a g S', so that the trace is
    2 (1-a) + a^2 g and the determinant (1-a)^2. The deviation shrinks by the larger eigenvalue a month."""
    a, gain = 0.5, loop_gain(b1, PI, 0.5)
    half, product = (1 - a) + a * a * gain / 2, (1 - a) ** 2
    eigenvalue = half + math.sqrt(half**2 - product)
    assert (eigenvalue < 1) == (gain < 1)
    deviation = 0.5 - np.array(efforts(b1, a, 10, 0.499))
    if gain > 0:
        assert deviation[-1] / deviation[-2] == pytest.approx(eigenvalue, abs=2e-3)
    assert 0 < deviation[-1] < 0.001 * max(eigenvalue, 0.5) ** 7


@pytest.mark.parametrize(("start", "effort", "paid"), [(0.49, 0.0, 0.2891), (0.51, 1.0, 0.9569)])
def test_above_one_it_runs_away(start: float, effort: float, paid: float) -> None:
    """b1 = 3 (gain 2.25): from a hundredth below, effort falls to nothing and 29 % pay, logistic(1.1 - pi/2);
    from above, everything is done and 96 % pay, logistic(1.1 + pi/2)."""
    assert loop_gain(3.0, PI, 0.5) == pytest.approx(2.2484, abs=5e-5)
    for series in (by_the_rules(3.0, 0.5, 40, start), efforts(3.0, 0.5, 40, start)):
        assert series[-1] == pytest.approx(effort, abs=1e-4)
    assert pays(PI, effort) == pytest.approx(paid, abs=5e-5)
