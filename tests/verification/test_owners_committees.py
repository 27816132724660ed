"""Owners' committees, month by month by hand, and where what becomes of them is known."""

from dataclasses import replace

import pytest

from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.parameters import beyond_range, mechanisms_off

LANE = scenarios.load("lane").but(burn_in=0)
ETA, HALF = 0.3, 0.1


def months(a0: float, firm_h: float, count: int = 5) -> list[tuple[list[float], list[float]]]:
    """Initiative of every committee at the end of each month, and acts for each adult in it.

    Residents act and give general service only, so that matters are the workers' and the firm's alone. a0: of
    workers' time, what administration takes.
    """
    place = replace(LANE.place, workers=8, managed_members=0, serving_members=0, sunk_members=0)
    chosen = beyond_range(
        **{**mechanisms_off(), "theta_mean": -5.0, "mu_m": 0.0, "theta_v": 1000.0, "arrivals": 4.0,
           "a0": a0, "eta_c": ETA, "firm_h": firm_h, "moves": 0.0, "s_match": 0.0, "s_ask": 0.0}
    )  # fmt: skip
    world = Community(LANE.but(place=place, parameters=chosen), policies="committees:share=1")
    series = []
    for _ in range(count):
        acts = [0] * len(world.compounds)
        for _ in range(30):
            world.step()
            for resident in world.acting:
                acts[resident.compound] += 1
        initiative = [compound.committee.initiative for compound in world.compounds]
        series.append((initiative, [n / len(c.adults) for n, c in zip(acts, world.compounds, strict=True)]))
    return series


def test_initiative_follows_acts_where_nobody_else_does_the_work() -> None:
    """Workers without an hour: i <- i + eta (a / (a + 1/10) - i), compound by compound."""
    expected = [0.0] * LANE.place.compounds
    for initiative, acts in months(a0=1.0, firm_h=2.0):
        expected = [i + ETA * (a / (a + HALF) - i) for i, a in zip(expected, acts, strict=True)]
        assert initiative == pytest.approx(expected, abs=1e-12)
    assert min(expected) > 0.1


def test_where_the_forces_do_it_all_no_initiative_comes_up() -> None:
    """However much residents act otherwise: the whole of the month's work was done for them."""
    for initiative, acts in months(a0=0.5, firm_h=0.0):
        assert initiative == [0.0] * LANE.place.compounds
        assert min(acts) > 0.0
