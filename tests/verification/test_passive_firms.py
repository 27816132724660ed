"""A firm for which others do everything, and one that nobody replaces."""

from dataclasses import replace

import pytest

from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.parameters import beyond_range

LANE = scenarios.load("lane").but(burn_in=0)
ETA, X0, B3 = 0.25, 0.6, 0.4


def efforts(months: int, workers: bool, firm_h: float) -> list[float]:
    """Effort month by month, with fees out of the loop. workers: whether they work on matters at all."""
    place = replace(LANE.place, workers=4, managed_members=0, serving_members=0, sunk_members=0)
    chosen = beyond_range(
        theta_mean=-1000.0, theta_v=1000.0, arrivals=4.0, moves=0.0, b1=0.0, b3=B3, eta_x=ETA, x0=X0,
        firm_h=firm_h, a0=0.5 if workers else 1.0, s_ask=0.0, s_match=0.0,
    )  # fmt: skip
    world = Community(LANE.but(place=place, parameters=chosen))
    series = []
    for day in range(30 * months):
        world.step()
        if day % 30 == 29:
            series.append(world.firms[0].effort)
    return series


def test_others_do_it_all() -> None:
    """x = x0 - b3 + b3 (1 - eta)^n after n months."""
    expected = [X0 - B3 + B3 * (1 - ETA) ** n for n in range(1, 7)]
    assert efforts(6, workers=True, firm_h=0.0) == pytest.approx(expected, abs=1e-12)


def test_nobody_replaces_it() -> None:
    assert efforts(6, workers=False, firm_h=2.0) == [X0] * 6


def test_shared_work_lies_between() -> None:
    both = efforts(6, workers=True, firm_h=2.0)
    assert X0 - B3 < both[-1] < X0
