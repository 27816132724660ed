"""Zooming in: one community of a city as Mesa objects on any morning, and back, without a trace."""

import dataclasses

import mesa
import numpy as np
import pytest

from linli.agents.rules.departments import TO_THE_STREET, WITH_THE_DEPARTMENT
from linli.agents.traits import AGENTS
from linli.model.array.tables.columns import World
from linli.model.array.tables.reading import acquaintances
from linli.model.city import City
from linli.model.community import Community
from linli.model.errors import InputError
from linli.model.measures.record import COLUMNS
from linli.model.scenario import load

CHENGDU = load("chengdu")
THREE = CHENGDU.but(place=dataclasses.replace(CHENGDU.place, sampled=3), burn_in=4, days=14)
STACK = (
    "match; council:start=2; relieve:share=.5; sink:per1000=14,start=3,allocation=need; "
    "ask:strategy=grandchildren; platform:start=1; reward:allowance=100,start=1,end=9"
)

OF_THE_CITY = [COLUMNS.index(name) for name in ("day", "policy_minutes", "policy_fen")]
"""A city's day counts once, and its policies are paid for as a whole."""
IN_THE_ROOM = ("matters", "contributors", "order", "oldest", "newest", "circle", "made_ties")
"""Where in the room of its queue a matter lies is no state, nor the row in which a circle stands."""


@pytest.fixture
def city():
    return City(THREE, policies=STACK)


def numbers(city):
    return city.world.com["number"][:-1].tolist()


@pytest.mark.parametrize("day", [4, 8, 12])
def test_objects_go_on_as_the_tables_do(city, same_states, day):
    """On any morning after the head-counts are known, whatever was given, learnt and left open."""
    city.run_to(day + 4)
    closer = {number: city.to_mesa(number) for number in numbers(city)}
    for number, community in closer.items():
        assert isinstance(community, mesa.Model)
        assert community.day == city.day
        same_states(community, city, number)
    city.run()
    for number, community in closer.items():
        same_states(community.run(), city, number)


def test_its_records_are_its_part_of_the_citys(city):
    city.run_to(9)
    closer = [city.to_mesa(number).run() for number in numbers(city)]
    rows, whole = np.sum([community.records for community in closer], axis=0), city.run().rows[9:]
    rows[:, OF_THE_CITY] = whole[:, OF_THE_CITY]
    assert np.array_equal(rows, whole)


def test_before_need_is_known_it_cannot_be_alone(city):
    city.run_to(2)
    with pytest.raises(InputError, match="what a community gets by need is known on the first day"):
        city.to_mesa(numbers(city)[0])


def test_back_and_forth_leaves_no_trace(city):
    usual = City(THREE, policies=STACK).run()
    city.run_to(10)
    before = [column.copy() for column in city.world]
    known = [acquaintances(city.world, c) for c in range(3)]
    for number in numbers(city):
        city.from_mesa(city.to_mesa(number))
    for name, one, other in zip(World._fields, before, city.world, strict=True):
        if name == "compounds":
            one, other = (
                column[[f for f in column.dtype.names if f not in IN_THE_ROOM]] for column in (one, other)
            )
        if name not in IN_THE_ROOM:
            assert np.array_equal(one, other), name
    for c, pairs in enumerate(known):
        assert np.array_equal(pairs, acquaintances(city.world, c))
    city.run()
    assert np.array_equal(city.rows, usual.rows)
    for kind in AGENTS:
        for name, column in city.columns(kind).items():
            assert np.array_equal(column, usual.columns(kind)[name]), f"{kind}.{name}"


def test_acquaintances_go_along(same_states):
    """They are carried to objects, may end there, and are carried back; both engines then go on alike."""
    city = City(THREE, policies=STACK, bond=0.5, theta_mean=-4, lambda0=0.2, R=2).run_to(12)
    number = numbers(city)[1]
    community, w = city.to_mesa(number), city.world
    pairs = [(one.number, other.number) for one in community.residents for other in one.made_ties]
    assert pairs == [tuple(pair) for pair in acquaintances(w, 1).tolist()]
    assert community.ties_made == w.com["ties_made"][1] > 20
    one = next(resident for resident in community.residents if resident.ties_made > 1)
    one.parts_from(one.made_ties[0])
    city.from_mesa(community)
    assert acquaintances(w, 1).shape == (2 * community.ties_made, 2)
    assert community.ties_made == w.com["ties_made"][1]
    same_states(community, city, number)
    city.run()
    same_states(community.run(), city, number)


def test_organisations_go_along(same_states):
    """In the middle of a week for which services were bought, there and back."""
    services = {"policies": f"{STACK}; social:yuan=50", "arrivals": 4, "org_hours": 5}
    city = City(THREE, **services).run_to(12)
    for number in numbers(city):
        community = city.to_mesa(number)
        assert any(one.sold for one in community.organisations)
        same_states(community, city, number)
        city.from_mesa(community)
    usual = City(THREE, **services).run()
    assert np.array_equal(city.run().rows, usual.rows)
    same_states(city.to_mesa(numbers(city)[1]), usual, numbers(city)[1])


def test_what_was_changed_by_hand_stays_changed(city, same_states):
    """A researcher makes a hundred residents sure of themselves, and puts the community back."""
    city.run_to(10)
    number = numbers(city)[1]
    community = city.to_mesa(number)
    for resident in community.adults[:100]:
        resident.efficacy = 0.9
        community.hours.move(resident.minutes_year, resident.minutes_year + 60)
        resident.minutes_year += 60
    city.from_mesa(community)
    same_states(community, city, number)
    others = [n for n in numbers(city) if n != number]
    untouched = City(THREE, policies=STACK).run_to(10)
    for other in others:
        for name, column in city.columns("resident", other).items():
            assert np.array_equal(column, untouched.columns("resident", other)[name])
    city.run()
    same_states(community.run(), city, number)


def test_a_community_of_another_morning_or_city_is_refused(city):
    city.run_to(8)
    community = city.to_mesa(numbers(city)[0])
    city.run_to(9)
    with pytest.raises(InputError):
        city.from_mesa(community)
    with pytest.raises(InputError, match="is not simulated here"):
        city.to_mesa(99_999)
    with pytest.raises(InputError):
        city.from_mesa(Community("lane").run_to(9))


def test_what_systems_keep_goes_along(same_states):
    """Worn motives, who sorts, and how compounds stood in a contest; both engines then go on alike."""
    lane = load("lane")
    place = dataclasses.replace(
        lane.place, residents=1400, households=700, mixed_compounds=11, grids=4, workers=4, communities=2
    )
    policies = "reward; contest:every=1,end=60; teach; match:start=20; branch:size=4"
    city = City(lane.but(place=place, burn_in=0, days=100), policies=policies, moves=1).run_to(35)
    for number in numbers(city):
        community = city.to_mesa(number)
        assert sum(household.sorts for household in community.sorters) > 5
        assert {compound.standing for compound in community.compounds} == {-1, 1}
        assert max(resident.worn for resident in community.residents) > 0.1
        same_states(community, city, number)
        community.sorters[3].sorts = 1 - community.sorters[3].sorts
        community.residents[5].worn = 0.5
        city.from_mesa(community)
        same_states(community, city, number)
    closer = {number: city.to_mesa(number) for number in numbers(city)}
    city.run()
    for number, community in closer.items():
        same_states(community.run(), city, number)


def test_a_single_community_zooms_too(same_states):
    lane = City("lane", policies="match").run_to(30)
    community = lane.to_mesa(0)
    same_states(community.run(), lane.run())


def test_funds_and_committees_go_along(same_states):
    """Works, money, funded matters, committees' months and units are carried to objects and back."""
    policies = "match; fund:yuan=900,democratic=.4; committees; council:decides=1; appraise:start=20; units"
    policies += "; emergency:start=35,rounds=9; joint"
    lane = load("lane")
    lane = lane.but(place=dataclasses.replace(lane.place, department_hours=3))
    usual, city = (City(lane, policies=policies, arrivals=4.0) for _ in range(2))
    usual.run()
    community = city.run_to(100).to_mesa(0)
    assert max(max(compound.works) for compound in community.compounds) > 0.0
    assert any(compound.committee is not None and compound.committee.acts for compound in community.compounds)
    assert {TO_THE_STREET, WITH_THE_DEPARTMENT} <= {matter.stage for matter in community.queue}
    assert any(matter.due for matter in community.queue)
    assert usual.measures()["units_serving"] > 0
    same_states(community, city)
    same_states(community.run(), usual)
    city.from_mesa(city.to_mesa(0))
    assert np.array_equal(city.run().rows, usual.rows)
