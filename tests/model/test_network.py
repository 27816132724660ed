"""The neighbourhood network: mutual, simple, as many ties as parameters say, and alike as far as they say."""

from dataclasses import replace

import numpy as np
import pytest

from linli.model import scenario as scenarios
from linli.model.errors import InputError
from linli.model.network import Network, build
from linli.model.parameters import beyond_range, parameters
from linli.model.population import Population, populate

LANE, DONGHU = scenarios.load("lane"), scenarios.load("donghu")
P = LANE.parameters
NO_TIES = {"ties_building": 0, "ties_compound": 0, "ties_community": 0}


@pytest.fixture(scope="module")
def lane() -> Population:
    return populate(LANE.place, P, seed=1)


@pytest.fixture(scope="module")
def donghu() -> Population:
    return populate(DONGHU.place, P, seed=1)


def place(residents: int, households: int, compounds: int = 1) -> scenarios.Place:
    return scenarios.Place(
        residents=residents, households=households, planned_compounds=0, mixed_compounds=compounds, grids=1,
        workers=1, managed_members=0, serving_members=0, sunk_members=0, volunteers=0, firms=0,
        managed_compounds=0,
    )  # fmt: skip


def pairs(network: Network) -> set[tuple[int, int]]:
    """Every tie, in both directions."""
    return {(i, int(j)) for i in range(len(network)) for j in network.of(i)}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("homophily", [0.0, 0.3, 1.0])
def test_ties_are_mutual_and_simple(lane: Population, seed: int, homophily: float) -> None:
    network = build(lane, parameters(homophily=homophily), seed)
    network.check(900)
    ties = pairs(network)
    assert len(ties) == len(network.ties)
    assert all((j, i) in ties and i != j for i, j in ties)


def test_rows_are_ascending(lane: Population) -> None:
    network = build(lane, P, 1)
    assert all(np.all(np.diff(network.of(i)) > 0) for i in range(900))


def test_households_know_each_other(lane: Population) -> None:
    ties = pairs(build(lane, parameters(**NO_TIES), 1))
    at_home = {
        (i, j) for i in range(900) for j in range(900) if i != j and lane.household[i] == lane.household[j]
    }
    assert ties == at_home


@pytest.mark.parametrize(
    ("name", "group"),
    [("ties_building", "building"), ("ties_compound", "compound"), ("ties_community", "community")],
)
def test_each_ring_stays_in_its_group(lane: Population, name: str, group: str) -> None:
    """With one ring alone everybody has its ties and those of the household, and none outside the group."""
    network = build(lane, parameters(**{**NO_TIES, name: 4}), 1)
    source = np.repeat(np.arange(900), network.degrees)
    home = lane.household[source] == lane.household[network.ties]
    if group != "community":
        numbers = getattr(lane, group)
        assert np.array_equal(numbers[source], numbers[network.ties])
    mates = np.bincount(lane.household)[lane.household] - 1
    assert np.all(network.degrees <= mates + 4)
    assert np.all(network.degrees >= np.maximum(mates, 4))
    assert np.any(~home)


@pytest.mark.parametrize("which", ["lane", "donghu"])
def test_the_number_of_ties_is_proportional_to_residents(which: str, request: pytest.FixtureRequest) -> None:
    """Degrees are bounded by household and rings, 6 + 4 + 2, whatever the size of the community."""
    people = request.getfixturevalue(which)
    network = build(people, P, 1)
    mates = np.bincount(people.household)[people.household] - 1
    assert np.all(network.degrees <= mates + 12)
    assert network.degrees.min() >= 6
    assert 11.0 < network.degrees.mean() < 13.5
    assert len(network.ties) <= len(people) * 12 + mates.sum()


def test_the_same_seed_gives_the_same_ties(donghu: Population) -> None:
    one, again, other = (build(donghu, P, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.ties, again.ties)
    assert np.array_equal(one.start, again.start)
    assert not np.array_equal(one.ties, other.ties)


def alike(people: Population, homophily: float) -> float:
    """Share of ties beyond the household between people of the same age group and tenure."""
    network = build(people, parameters(homophily=homophily), 1)
    source = np.repeat(np.arange(len(people)), network.degrees)
    beyond = people.household[source] != people.household[network.ties]
    a, b = source[beyond], network.ties[beyond]
    return float(np.mean((people.age[a] == people.age[b]) & (people.tenure[a] == people.tenure[b])))


def test_homophily_raises_likeness(donghu: Population) -> None:
    """Without it likeness is what chance gives, sum of squared shares (4 standard errors of 70,000 ties);
    each step of it adds."""
    shares = np.bincount(donghu.age * 2 + donghu.tenure, minlength=10) / len(donghu)
    by_chance = float((shares**2).sum())
    found = [alike(donghu, homophily) for homophily in (0.0, 0.3, 0.6, 1.0)]
    assert found[0] == pytest.approx(by_chance, abs=0.01)
    assert np.all(np.diff(found) > 0.02)
    assert found[3] > 0.7


@pytest.mark.parametrize(
    ("residents", "households", "compounds"), [(2, 2, 1), (3, 2, 2), (5, 5, 5), (9, 4, 2)]
)
def test_tiny_groups(residents: int, households: int, compounds: int) -> None:
    """A ring of two is one tie, a ring of one is none; nobody is tied twice."""
    people = populate(place(residents, households, compounds), P, seed=4)
    network = build(people, P, 4)
    network.check(residents)
    assert network.degrees.max() <= residents - 1
    if residents == 2:
        assert pairs(network) == {(0, 1), (1, 0)}


def test_a_full_ring_is_a_clique() -> None:
    people = populate(place(8, 8), P, seed=1)
    network = build(people, beyond_range(P, ties_community=40), 1)
    assert network.degrees.tolist() == [7] * 8


# checks of networks from elsewhere ------------------------------------------------------------------------


def network(*rows: list[int]) -> Network:
    start = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    return Network(start, np.array([j for row in rows for j in row], dtype=np.int32))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[], []], "empty"),
        ([[0, 1], [0]], "self-loop at resident 0"),
        ([[1, 1], [0, 0]], "repeated"),
        ([[1], []], "mutual"),
        ([[2], []], "does not exist"),
        ([[-1], []], "does not exist"),
        ([[1], [0], []], "3 residents and the place 2"),
    ],
)
def test_what_is_not_a_network_is_refused(rows: list[list[int]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        network(*rows).check(2)


def test_a_good_network_passes(lane: Population) -> None:
    network([1], [0]).check(2)
    good = build(lane, P, 1)
    good.check(900)
    cut = good.ties.copy()
    cut[0] = next(j for j in range(899, 0, -1) if j not in good.of(0))
    with pytest.raises(InputError, match="the ties of resident 0 are not ascending"):
        replace(good, ties=cut).check(900)
    cut[: good.start[1]].sort()
    with pytest.raises(InputError, match="mutual"):
        replace(good, ties=cut).check(900)
