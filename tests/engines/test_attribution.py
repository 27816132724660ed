"""Attribution adds up, on both engines to the same numbers, and changes nothing about the arms."""

import random

import numpy as np
import pytest

from linli.model.attribution.channels import GROUPS
from linli.model.attribution.lockstep import Lockstep
from linli.model.city import City
from linli.model.community import Community
from linli.model.place import Place
from linli.model.policies import POLICIES
from linli.model.scenario import Scenario, load

STACK = (
    "match; council:start=5,ramp=10; platform:start=20,ramp=10,end=50; property:start=10;"
    "relieve:share=.6,end=70; sink:headcount=48,start=10,ramp=20,end=60,accountability=.5;"
    "ask:strategy=grandchildren,start=15"
)
BURN_IN, DAYS = 20, 75
LANE = load("lane").but(burn_in=BURN_IN, days=DAYS)
BUSY = {
    **{"lambda0": 0.2, "theta_mean": -4, "omega": 0.1, "eta_o": 0.1, "arrivals": 5, "R": 3, "moves": 1},
    **{"bond": 0.3, "bond_lasts": 40},
}
"""Everything differs soon, and for every reason."""


def arms(engine, policies, scenario=LANE, **parameters):
    world = engine(scenario, **parameters)
    world.run_to(scenario.burn_in)
    return Lockstep(world, policies).run(scenario.days)


def adds_up(result):
    """Acts and minutes, over all and on every day."""
    for what, recorded in (("acts", result.acts), ("minutes", result.minutes)):
        assert sum(result.total(what).values()) == result.difference(what)
        assert sum(result.by_group(what).values()) == result.difference(what)
        by_day = np.bincount(result.rows["day"], weights=result.rows[what], minlength=len(recorded))
        assert by_day.astype(int).tolist() == (recorded[:, 1] - recorded[:, 0]).tolist()


@pytest.mark.parametrize("policies", [*(f"{name}" for name in POLICIES if name != "sink"), STACK])
def test_classes_add_up_on_every_day_for_every_policy(policies):
    result = arms(City, policies, **BUSY).result()
    adds_up(result)
    if policies in ("match", STACK):
        assert np.count_nonzero(result.rows["acts"]) > 50


def test_the_arms_are_the_runs_that_they_would_be_without_a_look_at_them():
    lived = arms(City, STACK, **BUSY)
    plain = City(LANE, **BUSY).run_to(BURN_IN)
    treated = plain.branch(STACK)
    for arm, alone in zip(lived.arms, (plain.run(), treated.run()), strict=True):
        assert arm.world.records == alone.records
        assert np.array_equal(arm.world.durations, alone.durations)


@pytest.mark.parametrize("policies", ["match", STACK])
def test_both_engines_find_the_same(policies):
    tables, objects = (arms(engine, policies, **BUSY).result() for engine in (City, Community))
    assert tables.gained_and_lost()["made_ties"] != (0, 0)
    assert tables.rows.tolist() == objects.rows.tolist()
    assert tables.total("minutes") == objects.total("minutes")
    adds_up(objects)


def test_what_changes_nothing_differs_in_nothing():
    result = arms(City, "relieve:share=0", **BUSY).result()
    assert len(result.rows) == 0
    assert result.difference() == 0


@pytest.mark.parametrize("seed", range(6))
def test_random_places_add_up(seed):
    """Places of every shape, one community or three."""
    luck = random.Random(seed)
    communities = luck.choice([1, 1, 3])
    households = communities * luck.randint(4, 40)
    compounds = communities * luck.randint(1, 4)
    place = Place(
        residents=households + luck.randint(0, 90),
        households=households,
        planned_compounds=compounds // 2,
        mixed_compounds=compounds - compounds // 2,
        grids=communities,
        workers=communities * luck.randint(1, 3),
        managed_members=communities * luck.randint(1, 3),
        serving_members=communities,
        sunk_members=luck.randint(0, 10),
        volunteers=households // 4,
        firms=communities,
        managed_compounds=communities,
        communities=communities,
    )
    scenario = Scenario(name="random", place=place, burn_in=luck.randint(0, 30), days=60, seed=seed)
    adds_up(arms(City, "match; council; relieve:share=.5", scenario, **BUSY).result())


def test_every_way_of_dividing_the_difference_adds_up_to_it():
    result = arms(City, STACK, **BUSY).result()
    for by in ("year", "month", "tenure", "age", "compound"):
        for what in ("acts", "minutes"):
            parts = result.by(by, what).values()
            assert {name: sum(part[name] for part in parts) for name in result.total(what)} == result.total(
                what
            )
    assert set(result.by_group()) == set(GROUPS)
    halves = result.between(0, 30), result.between(30, DAYS)
    assert sum(half.difference() for half in halves) == result.difference()
    for half in halves:
        assert sum(half.total().values()) == half.difference()
