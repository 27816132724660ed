"""Case 5: members race between being matched and drifting away.

Without a way back dR/dt = -delta R - c, so the register is empty after (1/delta) ln(1 + R0 delta/c) days and
(c/delta) ln(1 + R0 delta/c) members have been matched.
"""

import math
from dataclasses import replace

import numpy as np
import pytest

from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.day import members_are_matched, policies_set_levers
from linli.model.parameters import parameters

R0 = 500
DELTA = 1 / 90
SEEDS = range(1, 9)


def matched(c: int, seed: int) -> int:
    """Members matched until the register is empty, with time for c matches every day."""
    lane = scenarios.load("lane")
    place = replace(lane.place, managed_members=0, serving_members=0, sunk_members=R0)
    chosen = parameters(delta_I=DELTA, delta_R=0, delta_M=0, delta_q=0, posts=200)
    settings = lane.but(place=place, parameters=chosen, burn_in=0, seed=seed)
    world = Community(settings, policies="match:method=random")
    total = 0
    while any(member.is_idle for member in world.members):
        world.today.matches = 0
        policies_set_levers(world)
        world.match_minutes_today = c * world.match_cost
        members_are_matched(world)
        total += world.today.matches
        world.day += 1
    return total


def in_days(c: int) -> float:
    """The same race in whole days: members drift, then c are matched; the expected total."""
    idle, total = float(R0), 0.0
    while idle > 0.0:
        idle *= 1 - DELTA
        total += min(c, idle)
        idle -= min(c, idle)
    return total


@pytest.mark.parametrize(("c", "continuous"), [(2, 239.2), (5, 336.2), (10, 397.6)])
def test_matched_members(c: int, continuous: float) -> None:
    """In whole days, drift first, up to one member in ninety fewer is matched than in continuous time.

    The mean of eight runs lies within four standard errors of that; the variance of a run is below that of
    R0 independent fates.
    """
    assert (c / DELTA) * math.log(1 + R0 * DELTA / c) == pytest.approx(continuous, abs=0.05)
    expected = in_days(c)
    assert expected == pytest.approx(continuous, rel=DELTA)
    share = expected / R0
    error = math.sqrt(R0 * share * (1 - share) / len(SEEDS))
    assert error < 4.0
    assert np.mean([matched(c, seed) for seed in SEEDS]) == pytest.approx(expected, abs=4 * error)
