"""What visits come upon, where the probability is known: one building, nobody reports, and nobody acts."""

from dataclasses import replace

import pytest

from linli.agents.rules.resolution import LATENT
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.parameters import beyond_range

LANE = scenarios.load("lane")
ONE_HOUSE = replace(
    LANE.place, residents=300, households=150, planned_compounds=0, mixed_compounds=1, grids=1, workers=1,
    managed_members=0, serving_members=0, sunk_members=0, volunteers=0, firms=0, managed_compounds=0,
    households_per_building=150,
)  # fmt: skip


def visited(discover: float, c_ask: float, days: int = 700) -> tuple[int, int, float]:
    """Evenings on which something could be come upon, on which it was, and on which it should have been.

    All who come on one day look at the same oldest matter: of v visits at least one comes upon it with
    probability 1 - (1 - discover)^v.
    """
    chosen = beyond_range(
        theta_mean=-1000.0, theta_v=-1000.0, discover=discover, c_ask=c_ask, arrivals=3.0, peer_ask=0.0,
        s0=0.0, moves=0.0,
    )  # fmt: skip
    world = Community(LANE.but(place=ONE_HOUSE, parameters=chosen))
    assert len(world.buildings) == 1
    could, did, should = 0, 0, 0.0
    arrived = 0
    for _ in range(days):
        before = sum(matter.status == LATENT for matter in world.queue)
        world.step()
        arrived = world.today.arisen
        if before + arrived:
            could += 1
            did += world.today.reported
            should += 1 - (1 - discover) ** world.today.visits
        else:
            assert world.today.reported == 0
    return could, did, should


def test_every_visit_comes_upon_something() -> None:
    """With probability 1 one matter is reported on each day with a visit, however many visits there are."""
    could, did, should = visited(1.0, 0.1)
    assert could > 300
    assert did == should > 200


@pytest.mark.parametrize(("discover", "c_ask"), [(0.3, 0.1), (0.05, 0.2), (0.6, 0.6)])
def test_one_of_several_visits(discover: float, c_ask: float) -> None:
    could, did, should = visited(discover, c_ask)
    assert abs(did - should) < 4 * (could / 4) ** 0.5


def test_nobody_comes_upon_anything() -> None:
    assert visited(0.0, 0.1, days=60)[1] == 0
