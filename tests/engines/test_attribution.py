"""Attribution adds up, on both engines to the same numbers, and changes nothing about the arms."""

import dataclasses
import random

import numpy as np
import pytest

from linli.model.attribution import objects, tables
from linli.model.attribution.channels import CODE, GROUPS
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.result import OtherDecisions
from linli.model.attribution.trace import Trace
from linli.model.city import City
from linli.model.community import Community
from linli.model.place import Place
from linli.model.policies import POLICIES
from linli.model.scenario import Scenario, load

STACK = (
    "match; drive; council:start=5,ramp=10; platform:start=20,ramp=10,end=50; property:start=10;"
    "relieve:share=.6,end=70; sink:headcount=48,start=10,ramp=20,end=60,accountability=.5;"
    "ask:strategy=grandchildren,start=15; reward:allowance=100,start=5,end=40;"
    "contest:every=1,end=60; teach:start=10;"
    "council:decides=1,start=30; appraise:by=record,weight=.5,start=35;"
    "fund:yuan=400,democratic=.5; committees:start=8; branch:size=4,start=3;"
    "units:share=1,start=6; emergency:rounds=2,start=40"
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


def test_what_works_prevent_is_need_that_is_gone():
    """Works and nothing else a fund does: fewer acts, and need is what differed first."""
    given = {
        "mu": 1.0,
        "small_work": 500.0,
        "works_most": 1.0,
        "needs_money": 0.0,
        "eta_T": 0.0,
        "n_bar": 4.0,
    }
    long = LANE.but(days=200)
    result = arms(City, "fund:yuan=500", long, arrivals=3.0, lambda0=0.2, theta_mean=-6.0, **given).result()
    adds_up(result)
    acts = result.total("acts")
    assert acts["need_gained"] + acts["need_gone"] < 0
    assert result.difference("acts") < 0


def test_the_arms_are_the_runs_that_they_would_be_without_a_look_at_them():
    lived = arms(City, STACK, **BUSY)
    plain = City(LANE, **BUSY).run_to(BURN_IN)
    treated = plain.branch(STACK)
    for arm, alone in zip(lived.worlds, (plain.run(), treated.run()), strict=True):
        assert arm.records == alone.records
        assert np.array_equal(arm.durations, alone.durations)


SERVED = LANE.but(place=dataclasses.replace(LANE.place, organisations=7))
SERVICES = "social:yuan=200,price=20,mobilise=.7,end=40"


def test_asks_of_organisations_have_a_class_of_their_own():
    result = arms(City, f"{SERVICES}; match:start=20", SERVED, **BUSY).result()
    adds_up(result)
    rows = result.rows[result.rows["channel"] == CODE["asked_organisation"]]
    assert rows["acts"].sum() > 10
    without = arms(City, "match", SERVED, **BUSY).result()
    assert CODE["asked_organisation"] not in without.rows["channel"]


def test_both_engines_find_the_same_of_organisations():
    one, other = (arms(engine, SERVICES, SERVED, **BUSY).result() for engine in (City, Community))
    assert np.array_equal(one.rows, other.rows)


@pytest.mark.parametrize("policies", ["match", STACK])
def test_both_engines_find_the_same(policies):
    columns, people = (arms(engine, policies, **BUSY).result() for engine in (City, Community))
    assert columns.gained_and_lost()["made_ties"] != (0, 0)
    assert columns.rows.tolist() == people.rows.tolist()
    assert columns.total("minutes") == people.total("minutes")
    adds_up(people)


def test_what_changes_nothing_differs_in_nothing():
    result = arms(City, "relieve:share=0", **BUSY).result()
    assert len(result.rows) == 0
    assert result.difference() == 0


def random_scenario(seed, most_communities):
    """A place of any shape, one community or three."""
    luck = random.Random(seed)
    communities = min(luck.choice([1, 1, 3]), most_communities)
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
    return Scenario(name="random", place=place, burn_in=luck.randint(0, 30), days=60, seed=seed)


def stack_for(scenario):
    """All policies at once, in a place of that size."""
    posts = scenario.parameters.posts * scenario.place.compounds
    return STACK.replace("headcount=48", f"headcount={min(posts, scenario.place.sunk_members + 5)}")


@pytest.mark.parametrize("seed", range(6))
def test_random_places_add_up(seed):
    scenario = random_scenario(seed, 3)
    adds_up(arms(City, stack_for(scenario), scenario, **BUSY).result())


@pytest.mark.parametrize("seed", range(2))
def test_random_places_add_up_on_both_engines_to_the_same(seed):
    scenario = random_scenario(seed, 1)
    stack = stack_for(scenario)
    columns, people = (arms(engine, stack, scenario, **BUSY).result() for engine in (City, Community))
    adds_up(people)
    assert columns.rows.tolist() == people.rows.tolist()
    assert len(columns.rows) > 0


def test_donghu_under_all_policies_adds_up():
    """At its own parameters, for a season."""
    donghu = load("donghu").but(burn_in=BURN_IN, days=90)
    result = arms(City, stack_for(donghu), donghu).result()
    adds_up(result)
    assert np.count_nonzero(result.rows["acts"]) > 50


def test_how_the_days_are_lived_through_does_not_show(monkeypatch):
    """One by one or many in a pass, with room for a day's differences or for those of all."""
    together = arms(City, STACK, **BUSY).result()
    monkeypatch.setattr(tables, "ROOM", 0)
    cramped = arms(City, STACK, **BUSY).result()
    singly = arms(City, STACK, LANE, days_per_pass=1, **BUSY).result()
    assert together.rows.tolist() == cramped.rows.tolist() == singly.rows.tolist()


def test_what_is_kept_for_chains_changes_nothing():
    city = City(LANE, **BUSY).run_to(BURN_IN)
    traced = Lockstep(city, STACK, Trace()).run(DAYS).result()
    assert traced.rows.tolist() == arms(City, STACK, **BUSY).result().rows.tolist()


def test_an_arm_that_decides_otherwise_is_not_credited(monkeypatch):
    """Whatever is compared must be what the engine does."""
    city = Community(LANE, **BUSY).run_to(BURN_IN)
    monkeypatch.setattr(objects, "_perceive", lambda community, who, seen: None)
    with pytest.raises(OtherDecisions):
        Lockstep(city, "match").run(DAYS)


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
