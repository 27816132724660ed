"""Services of social organisations where it is known what comes of them: money, idle hours, growth, end."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest

from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.measures.record import COLUMNS
from linli.model.parameters import beyond_range

LANE = scenarios.load("lane")
PLACE = dataclasses.replace(LANE.place, organisations=8)
NOTHING_OPEN = {"arrivals": 0.0, "own_hours": 0.0}


def world(policies: str, days: int, **parameters: float) -> Community:
    here = LANE.but(place=PLACE, burn_in=0, days=days, parameters=beyond_range(**parameters))
    return Community(here, policies=policies)


def column(community: Community, name: str) -> list[int]:
    return [row[COLUMNS.index(name)] for row in community.records]


def test_a_weeks_money_buys_whole_minutes_on_mondays_and_no_more_than_can_be_sold() -> None:
    """900 residents, 73 yuan a year, 50 yuan an hour: 1260 yuan a week, or 1512 minutes."""
    ample = world("social:yuan=73,price=50", 28, org_hours=80.0).run()
    assert column(ample, "bought_minutes") == [1512 if day % 7 == 0 else 0 for day in range(28)]
    assert column(ample, "policy_fen") == [126_000 if day % 7 == 0 else 0 for day in range(28)]
    assert sum(column(ample, "policy_minutes")) == 0
    scarce = world("social:yuan=73,price=50", 7, org_hours=2.0).run()
    assert column(scarce, "bought_minutes")[0] == 8 * 120, "the rest of the money is not spent"
    assert column(scarce, "policy_fen")[0] == 80_000


@pytest.mark.parametrize("mobilise", [0.0, 1.0])
def test_where_nothing_is_open_all_that_is_bought_stands_idle_and_nobody_is_moved(mobilise: float) -> None:
    policy = f"social:yuan=73,price=50,mobilise={mobilise}"
    bought, plain = world(policy, 42, **NOTHING_OPEN).run(), world("", 42, **NOTHING_OPEN).run()
    paid, idle = column(bought, "bought_minutes")[0::7], column(bought, "idle_minutes")[0::7]
    short = 15 * len(bought.organisations)  # what is too short for a visit waits for the next week
    assert np.allclose(np.cumsum(idle[1:]), np.cumsum(paid[:-1]), atol=short if mobilise else 0)
    assert sum(column(bought, "organisation_minutes")) == sum(column(bought, "organisation_asks")) == 0
    for name, states in bought.columns("resident").items():
        assert np.array_equal(states, plain.columns("resident")[name]), name


def test_who_is_sold_out_grows_and_who_is_not_bought_shrinks_until_the_end() -> None:
    """Ten hours a week are sold for four weeks, and nothing from then on."""
    here = world("social:yuan=146,price=20,end=28", 100, org_hours=10.0, eta_k=0.5, **NOTHING_OPEN)
    first, found = here.organisations[0], []
    while here.day < 99:
        here.step()
        if here.day % 7 == 1:
            found.append(first.capacity)
    assert found[:4] == [600, 660, 726, 799], "a tenth a week: half of the slack"
    assert found[4] == 879, "what was bought in the last week counts on the Monday after"
    assert all(later == max(0, int(now * 0.5 + 0.5)) for now, later in pairwise(found[4:8]))
    assert found[8:10] == [0, 0], "55 minutes a week are less than an hour"
    assert (first.initiative, first.own, first.ask_bank) == (0.0, 0, 0)
    assert here.today.organisations == 0


def test_initiative_falls_as_others_do_the_work_and_stays_where_nobody_does() -> None:
    """Workers do all the work of a field, nobody is led: a twentieth of it goes every week."""
    alone = {"theta_mean": -1000.0, "own_hours": 0.0, "eta_i": 0.05, "eta_k": 0.0, "s_ask": 0.0, "a0": 0.5}
    policy = "social:yuan=146,price=20,mobilise=1"
    busy = world(policy, 29, arrivals=20.0, theta_v=1000.0, **alone).run()
    exists = [one for one in busy.organisations if one.exists]
    assert len(exists) == 8
    assert [one.initiative for one in exists] == pytest.approx([0.3 * 0.95**4] * 8, rel=1e-12)
    quiet = world(policy, 29, arrivals=0.0, **alone).run()
    assert {one.initiative for one in quiet.organisations} == {0.3}
