"""Who lives in a community: Donghu's figures hold exactly, numbers are ranges, and groups have their laws."""

import math
from dataclasses import fields, replace

import numpy as np
import pytest
from scipy import stats

from linli.agents.traits import AGES, CHILD, ELDER, NEVER, NO_SKILL, OWNER, RESIDENT, TENANT, YOUNG
from linli.model import scenario as scenarios
from linli.model.errors import InputError
from linli.model.parameters import Parameters, parameters
from linli.model.population import HEAD_AGES, OTHER_AGES, Population, populate, resident_dtypes

DONGHU = scenarios.load("donghu")
P = DONGHU.parameters


@pytest.fixture(scope="module")
def donghu() -> Population:
    return populate(DONGHU.place, P, seed=1)


def same(one: Population, other: Population) -> bool:
    return all(
        np.array_equal(getattr(one, f.name), getattr(other, f.name))
        for f in fields(Population)
        if f.name != "ids"
    )


def test_the_figures_of_donghu(donghu: Population) -> None:
    """Problems and remedies of urban community governance: the case of Donghu community, city S."""
    assert len(donghu) == 13_111
    assert donghu.household[-1] + 1 == 6_766
    assert len(donghu.compound_grid) == 43
    assert len(set(donghu.compound_grid.tolist())) == 14
    assert len(donghu.managed) == 481
    assert donghu.party.sum() == 481
    assert donghu.volunteer.sum() == 2_213


@pytest.mark.parametrize("name", ["compound", "building", "household"])
def test_who_lives_together_is_a_range(donghu: Population, name: str) -> None:
    numbers = getattr(donghu, name)
    assert numbers[0] == 0
    assert set(np.diff(numbers).tolist()) == {0, 1}
    start = getattr(donghu, f"{name}_start")
    assert start[-1] == len(donghu)
    assert np.array_equal(np.repeat(np.arange(len(start) - 1), np.diff(start)), numbers)


def test_homes_are_nested(donghu: Population) -> None:
    """A household stands in one building, a building in one compound and has at most 24 households."""
    assert np.array_equal(donghu.building_compound[donghu.building], donghu.compound)
    homes = {(h, b) for h, b in zip(donghu.household.tolist(), donghu.building.tolist(), strict=True)}
    assert len(homes) == 6_766
    assert 1 <= np.bincount([b for _, b in homes]).max() <= 24


def test_planned_compounds_are_larger(donghu: Population) -> None:
    """Three times as large in the mean; sizes are lognormal with a spread of .5, so a standard error of a
    ratio of 7 to 36 means is about .2 of it."""
    sizes = np.bincount(donghu.compound)
    assert sizes.min() >= 1
    ratio = sizes[:7].mean() / sizes[7:].mean()
    assert ratio == pytest.approx(3.0, rel=4 * 0.53 * math.sqrt(1 / 7 + 1 / 36))
    assert ratio > 1


def test_everybody_is_in_range(donghu: Population) -> None:
    for trait in RESIDENT:
        if hasattr(donghu, trait.name):
            column = getattr(donghu, trait.name)
            assert str(column.dtype) == resident_dtypes()[trait.name] == trait.dtype
            assert len(column) == len(donghu)
            assert trait.low <= column.min()
            assert column.max() <= trait.high


def test_roles_belong_to_adults(donghu: Population) -> None:
    children = donghu.age == CHILD
    assert not np.any(children & (donghu.party | donghu.volunteer))
    assert np.all(donghu.skill[children] == NO_SKILL)
    assert np.all(donghu.free_minutes[children] == 0)
    assert np.all(donghu.last_acted[children] == NEVER)
    assert np.all(donghu.last_acted < 0)
    heads = donghu.head
    assert np.array_equal(donghu.building[heads], np.arange(len(heads)))
    assert not np.any(children[heads])
    assert len(set(donghu.managed.tolist())) == 481
    assert np.all(donghu.party[donghu.managed])


def test_every_household_has_an_adult_and_one_tenure(donghu: Population) -> None:
    adults = np.bincount(donghu.household, donghu.age != CHILD)
    owners = np.bincount(donghu.household, donghu.tenure == OWNER)
    assert adults.min() >= 1
    assert np.all((owners == 0) | (owners == np.bincount(donghu.household)))


def test_firms_serve_eighteen_compounds_planned_ones_first(donghu: Population) -> None:
    assert np.all(donghu.compound_firm[:18] >= 0)
    assert np.all(donghu.compound_firm[18:] == -1)
    assert set(donghu.compound_firm[:18].tolist()) == set(range(5))


# laws -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [True, False])
def test_ages(donghu: Population, first: bool) -> None:
    begins = np.concatenate([[True], np.diff(donghu.household) > 0])
    counts = np.bincount(donghu.age[begins == first], minlength=len(AGES))
    shares = np.diff(np.concatenate([[0.0], HEAD_AGES if first else OTHER_AGES]))
    seen, used = counts[shares > 0], shares[shares > 0]
    assert counts[shares == 0].sum() == 0
    assert stats.chisquare(seen, used * seen.sum()).pvalue > 1e-3


def test_owners(donghu: Population) -> None:
    owners = np.array([donghu.tenure[at] == OWNER for at in donghu.household_start[:-1]])
    assert owners.mean() == pytest.approx(0.7, abs=4 * math.sqrt(0.7 * 0.3 / 6_766))
    assert set(donghu.tenure.tolist()) == {OWNER, TENANT}


def test_motives_are_normal_around_their_group(donghu: Population) -> None:
    group = (
        P.owner * (donghu.tenure == OWNER)
        + P.elder * (donghu.age >= ELDER)
        + P.young * (donghu.age <= YOUNG)
        + P.party * donghu.party
    )
    z = (donghu.theta - P.theta_mean - group) / P.sigma
    assert stats.kstest(z, "norm").pvalue > 1e-3


def test_the_first_volunteers_are_the_willing(donghu: Population) -> None:
    adults = donghu.age != CHILD
    others = adults & ~donghu.volunteer
    assert donghu.theta[donghu.volunteer].mean() > donghu.theta[others].mean() + P.sigma / 2


def test_who_rests_before_the_run_is_who_acts_often(donghu: Population) -> None:
    recent = donghu.last_acted > -365
    assert 0.05 < recent[donghu.adults].mean() < 0.6
    assert donghu.theta[recent].mean() > donghu.theta[donghu.adults].mean() + P.sigma / 2


# what decides -----------------------------------------------------------------------------------------------


def test_the_same_number_has_the_same_people(donghu: Population) -> None:
    assert same(donghu, populate(DONGHU.place, P, seed=1, community=0))
    lane = scenarios.load("lane").place
    assert same(populate(lane, P, 5, community=9), populate(lane, P, 5, community=9))


@pytest.mark.parametrize(("seed", "community"), [(2, 0), (1, 1)])
def test_another_seed_or_number_has_other_people(donghu: Population, seed: int, community: int) -> None:
    other = populate(DONGHU.place, P, seed, community)
    assert len(other) == len(donghu)
    for name in ("theta", "age", "tenure", "skill", "free_minutes", "party", "volunteer", "last_acted"):
        assert not np.array_equal(getattr(other, name), getattr(donghu, name)), name


def test_more_members_include_the_fewer(donghu: Population) -> None:
    fewer = populate(replace(DONGHU.place, managed_members=100), P, seed=1)
    assert np.array_equal(fewer.managed, donghu.managed[:100])
    assert np.array_equal(fewer.age, donghu.age)


def test_a_parameter_moves_motives_and_nobody_else(donghu: Population) -> None:
    other = populate(DONGHU.place, replace(P, theta_mean=P.theta_mean + 1.0), seed=1)
    assert other.theta == pytest.approx(donghu.theta + 1.0)
    assert np.array_equal(other.age, donghu.age)
    assert np.array_equal(other.household, donghu.household)


@pytest.mark.parametrize("residents", [2, 3])
def test_the_smallest_places(residents: int) -> None:
    place = scenarios.Place(
        residents=residents, households=2, planned_compounds=0, mixed_compounds=1, grids=1, workers=1,
        managed_members=1, serving_members=0, sunk_members=0, volunteers=2, firms=0, managed_compounds=0,
    )  # fmt: skip
    people = populate(place, parameters(), seed=3)
    assert len(people) == residents
    assert people.volunteer.sum() == 2
    assert people.household_start.tolist()[-1] == residents


def test_impossible_places_are_refused() -> None:
    for wrong in ({"households": 13_112}, {"managed_members": 7_000}, {"grids": 44}, {"residents": 1}):
        with pytest.raises(InputError):
            replace(DONGHU.place, **wrong)
    assert Parameters() == parameters()


def test_drives_register_whoever_opens_the_door():
    """The register that acting makes holds people of more motive than the average adult's; one that drives
    made does not, and holds as many; half and half lies between."""
    place, p = scenarios.load("donghu").place, parameters()
    motive = []
    for share in (0.0, 0.5, 1.0):
        people = populate(replace(place, from_drives=share), p, 1)
        assert people.volunteer.sum() == place.volunteers
        assert (people.age[people.volunteer] > 0).all()
        motive.append(people.theta[people.volunteer].mean())
    adults = populate(place, p, 1)
    error = p.sigma / place.volunteers**0.5
    assert abs(motive[2] - adults.theta[adults.adults].mean()) < 4 * error
    assert motive[0] > motive[1] + 5 * error
    assert motive[1] > motive[2] + 5 * error
