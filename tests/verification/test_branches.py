"""Branches of sunk members: a month of decoupling by hand, turns by hand, and who asks as somebody known."""

from dataclasses import replace

import numpy as np
import pytest

from linli.agents.chance import key
from linli.agents.rules.matching import DECOUPLED, MATCHED, drifts_of_four
from linli.agents.rules.resolution import REPORTED
from linli.model import scenario as scenarios
from linli.model.city import City
from linli.model.community import Community
from linli.model.matters import DISPUTE
from linli.model.objects.places import Matter
from linli.model.parameters import beyond_range, mechanisms_off

LANE = scenarios.load("lane").but(burn_in=0, days=30)
SUNK = replace(LANE.place, managed_members=0, serving_members=0, sunk_members=30, volunteers=0)
QUIET = {"theta_mean": -1000.0, "theta_v": -1000.0, "arrivals": 0.0, "peer_ask": 0.0, "moves": 0.0}


def quiet(**given: float) -> scenarios.Scenario:
    """Nothing arises and nobody acts of his or her own."""
    chosen = beyond_range(**{**mechanisms_off(), **QUIET, **given})
    return LANE.but(place=SUNK, parameters=chosen)


@pytest.mark.parametrize("engine", [City, Community])
@pytest.mark.parametrize("keeps", [0.0, 0.5, 1.0])
def test_a_month_of_decoupling_by_hand(engine: type, keeps: float) -> None:
    """Of 30, the first 15 are in branches: out of reach is whoever drew less than the rate on some day, and
    who is in a branch, less than (1 - branch_keeps) of it."""
    rate = 1 / 30
    drawn = np.array(
        [[drifts_of_four(LANE.seed, key(0, n - n % 4), day)[n % 4] for n in range(30)] for day in range(30)]
    )
    within = np.arange(30) < 15
    expected = (drawn < rate * np.where(within, 1.0 - keeps, 1.0)).any(axis=0)
    world = engine(quiet(delta_I=rate, delta_R=0.0, branch_keeps=keeps), policies="branch:share=.5").run()
    assert ((world.columns("member")["status"] == DECOUPLED) == expected).all()
    assert 0 < expected[~within].sum() < 15
    assert keeps < 1.0 or not expected[within].any()


def at_one_place(policies: str, members: int) -> Community:
    """So many sunk members who fit wholly have a post in the first compound and their session today."""
    world = Community(quiet(member_asks=0.0), policies=policies)
    world.step()
    for member in world.members[:members]:
        member.takes(world.posts.free.index(True), 1000)
        member.time, member.session = 0, world.day % 7
    return world


def matters(world: Community, hours: list[int]) -> list[Matter]:
    """Reported disputes of the first compound that take so many hours, oldest first."""
    where, made = world.compounds[0], []
    for needed in hours:
        work = 6000 * needed
        one = Matter(
            where, where.adults[0].home_building, DISPUTE, where.arisen, where.adults[0], 0, work, work
        )
        where.arisen += 1
        world.open_matter(one)
        one.status, one.reported = REPORTED, 0
        made.append(one)
    world.new_matters.clear()
    return made


@pytest.mark.parametrize(
    ("policies", "worked_by"),
    [
        ("", [4, 0, 0]),  # all on the oldest
        ("branch:share=1", [2, 1, 1]),  # in turn; the fourth finds all taken and joins in the oldest
        ("branch:share=.05", [3, 1, 0]),  # members 0 and 1 are in branches, the others take the oldest
    ],
)
def test_members_of_branches_take_turns_by_hand(policies: str, worked_by: list[int]) -> None:
    world = at_one_place(policies, 4)
    world.levers.hours = 2.0
    made = matters(world, [50, 50, 50])
    for member in world.members[:4]:
        assert member.status == MATCHED
        assert member.has_session(world.day)
        member.works()
    assert [matter.organised_minutes for matter in made] == [120 * n for n in worked_by]


def test_two_matters_for_three() -> None:
    """The third of those in branches finds both taken."""
    world = at_one_place("branch:share=1", 3)
    made = matters(world, [50, 50])
    for member in world.members[:3]:
        member.works()
    assert [matter.organised_minutes for matter in made] == [240, 120]


@pytest.mark.parametrize(("size", "known"), [(1, True), (2, False)])
def test_a_leader_asks_as_somebody_known(size: int, known: bool) -> None:
    """Everybody says yes to somebody known and nobody to a stranger. Member 1 alone serves: a leader where
    every member is a branch, and none where two are; as many are asked."""
    given = {"A_known": 2000.0, "A_stranger": 0.0, "member_asks": 1.0, "sunk_at_home": 0.0}
    world = Community(quiet(**given), policies=f"branch:share=1,size={size}")
    world.step()
    member = world.members[1]
    member.takes(world.posts.free.index(True), 1000)
    world.run()
    rows = dict(zip(world.today.__slots__, np.array(world.records).sum(axis=0).tolist(), strict=True))
    assert rows["member_asks"] > 10
    assert (rows["acts_asked"] > 0) == known
