"""Ties that acting makes: their number where it is known, who is beside whom, and how they end."""

import networkx as nx
import numpy as np
import pytest

from linli.agents.rules.acquaintance import MOST_MADE
from linli.agents.rules.volunteering import MONTH
from linli.model import scenario as scenarios
from linli.model.city import City
from linli.model.community import Community
from linli.model.graphs import network_from
from linli.model.measures.record import COLUMNS
from linli.model.theory import theory_world

N = 200
RING = nx.circulant_graph(N, [1])
ENGINES = ("objects", "tables")


def made(engine: str, seed: int, days: int, **given: float) -> np.ndarray:
    """Acquaintances of each on a ring where acts are general service in one compound and nothing else counts.

    Occasions come with probability lambda0 a day and are always taken.
    """
    world = theory_world(RING, theta=1000.0, days=days, seed=seed, **given)
    if engine == "tables":
        people, ties = world.people, network_from(RING)
        return City(world.settings, population=people, network=ties).run().columns()["ties_made"]
    return world.run().columns()["ties_made"]


def total(engine: str, seed: int, days: int, **given: float) -> int:
    return int(made(engine, seed, days, **given).sum()) // 2


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("p", "bond"), [(1.0, 0.5), (1.0, 0.1), (0.05, 0.5)])
def test_ties_made_on_one_day(engine: str, p: float, bond: float) -> None:
    """Of A who act, A - 1 meet the one before, who is no tie already with probability 1 - 2 / (n - 1):
    E = bond (1 - 2 / (n - 1)) (n p - 1 + (1 - p)^n)."""
    worlds = 40
    found = [total(engine, seed, 1, lambda0=p, bond=bond) for seed in range(worlds)]
    expected = bond * (1 - 2 / (N - 1)) * (N * p - 1 + (1 - p) ** N)
    assert np.mean(found) == pytest.approx(expected, abs=4 * np.std(found, ddof=1) / worlds**0.5)


@pytest.mark.parametrize("engine", ENGINES)
def test_ties_made_in_many_days_as_long_as_there_is_room(engine: str) -> None:
    """Two of n who all act stand beside each other with probability 2 / n a day. So of the n (n - 3) / 2
    pairs without a tie 1 - (1 - 2 bond / n)^t become acquainted; one in a thousand has four already."""
    worlds, days, bond = 20, 20, 0.02
    found = [total(engine, seed, days, bond=bond) for seed in range(worlds)]
    expected = N * (N - 3) / 2 * (1 - (1 - 2 * bond / N) ** days)
    assert np.mean(found) == pytest.approx(expected, abs=4 * np.std(found, ddof=1) / worlds**0.5)


@pytest.mark.parametrize("engine", ENGINES)
def test_nobody_has_more_than_four_and_in_the_end_nearly_all_have_them(engine: str) -> None:
    """Who has fewer gains one at twice bond times the share of the others with room, by the day: the shares
    with 0 .. 4 follow from that in small steps."""
    bond, days, steps = 0.1, 15, 100
    share = np.array([1.0, 0, 0, 0, 0])
    for _ in range(days * steps):
        flow = share[:-1] * 2 * bond * (1 - share[-1]) / steps
        share[:-1] -= flow
        share[1:] += flow
    found = np.concatenate([made(engine, seed, days, bond=bond) for seed in range(10)])
    counted = np.bincount(found, minlength=MOST_MADE + 1) / len(found)
    assert counted == pytest.approx(share, abs=0.02)
    assert 0.15 < share[-1] < 0.5, "the limit is felt and not yet all there is"
    late = made(engine, 1, 200, bond=0.5)
    assert late.max() == MOST_MADE
    assert late.mean() > MOST_MADE - 0.05


# who meets ------------------------------------------------------------------------------------------------

LANE = scenarios.load("lane").but(burn_in=0, days=100)


def pairs(world: Community) -> set[tuple[int, int]]:
    """All acquaintances, the lower number first."""
    both = ((one.number, other.number) for one in world.residents for other in one.made_ties)
    return {(a, b) for a, b in both if a < b}


def test_only_who_acts_side_by_side_becomes_acquainted() -> None:
    """On one matter, in general service in one compound, or in one meeting."""
    given = {
        "theta_mean": -4.0,
        "lambda0": 0.2,
        "R": 0,
        "moves": 0.0,
        "arrivals": 6.0,
        "council_occasions": 1.0,
    }
    world = Community(LANE, policies="council", bond=0.5, **given)
    ways = dict.fromkeys(("matter", "service", "meeting"), 0)
    before: set[tuple[int, int]] = set()
    for day in range(60):
        world.step()
        now = pairs(world)
        assert before <= now
        for a, b in now - before:
            one, other = world.residents[a], world.residents[b]
            assert one.last_acted == other.last_acted == day
            assert one.compound == other.compound
            assert other not in one.ties
            beside = one.worked_on is other.worked_on
            assert beside or (one.meeting and other.meeting)
            way = "meeting" if not beside else "service" if one.worked_on is None else "matter"
            ways[way] += 1
        before = now
    assert min(ways.values()) > 5
    assert all(one.last_acted >= 0 for one in world.residents if one.made_ties)


def test_who_is_beside_whom_is_drawn_and_not_by_number() -> None:
    """With everybody in one service the ties are as far apart as people are."""
    world = theory_world(RING, theta=1000.0, days=1, bond=0.5).run()
    steps = [b - a for a, b in pairs(world)]
    assert 0.25 * N < np.mean(steps) < 0.42 * N, "a third of all, on the average"


def test_what_is_off_makes_none_and_takes_no_room() -> None:
    city = City(LANE, bond=0.0, theta_mean=-4.0).run()
    assert city.measures()["made_ties"] == 0.0
    assert city.world.made_ties.shape == (0, MOST_MADE)


# how they end ---------------------------------------------------------------------------------------------


def test_acquaintances_lose_touch_on_the_first_month_end_after_so_long() -> None:
    """Everybody stops acting on day 100. Tie by tie, in both engines."""
    lasts, stop = 70, 100
    given = {"bond": 0.5, "bond_lasts": lasts, "theta_mean": -4.0, "R": 3, "moves": 0.0}
    objects, tables = Community(LANE.but(days=300), **given), City(LANE.but(days=300), **given)
    objects.run_to(stop)
    tables.run_to(stop)
    for resident in objects.residents:
        resident.theta = -1000.0
    tables.world.mind["theta"] = -1000.0
    ends = {(a, b): max(objects.residents[i].last_acted for i in (a, b)) + lasts for a, b in pairs(objects)}
    assert len(ends) > 20
    for evening in range(stop + MONTH - 1 - stop % MONTH, 300, MONTH):
        objects.run_to(evening + 1)
        tables.run_to(evening + 1)
        left = {pair for pair, end in ends.items() if end > evening}
        assert pairs(objects) == left
        assert tables.rows[-1][COLUMNS.index("made_ties")] == len(left)
    assert not left


def test_who_moves_leaves_acquaintances_behind() -> None:
    world = Community(LANE, bond=0.5, theta_mean=-4.0, R=3, moves=0.0).run_to(60)
    leaver = max(world.residents, key=lambda resident: resident.ties_made)
    left = pairs(world)
    world.replace_household(leaver.household)
    gone = {resident.number for resident in world.households[leaver.household]}
    assert pairs(world) == {pair for pair in left if gone.isdisjoint(pair)} != left
    assert world.ties_made == len(pairs(world))


def test_acquaintances_are_mutual_few_and_no_neighbours_known_before() -> None:
    world = Community(LANE, bond=0.5, bond_lasts=30, theta_mean=-4.0, R=3, moves=1.0).run()
    for resident in world.residents:
        assert len(set(resident.made_ties)) == resident.ties_made <= MOST_MADE
        assert all(resident in other.made_ties and other.is_adult for other in resident.made_ties)
        assert not set(resident.made_ties) & {resident, *resident.ties}
