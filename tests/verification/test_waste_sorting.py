"""Who sorts waste: where the probability is known, where all or none do, and what that keeps from arising."""

import math

import networkx as nx
import pytest
from scipy.optimize import brentq

from linli.agents.rules.participation import probability
from linli.agents.rules.waste_sorting import HONOURED, NOT_JUDGED, PASSED_BY
from linli.agents.traits import CHILD
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.matters import SORTED
from linli.model.objects.places import Matter
from linli.model.parameters import beyond_range
from linli.model.theory import theory_world

LANE = scenarios.load("lane").but(burn_in=0, days=180)
QUIET = {"theta_mean": -1000.0, "lambda0": 1e-3, "moves": 0.0}
"""Nobody takes part, and nobody moves."""
N = 900
RING = nx.circulant_graph(N, [1])
"""N households of one adult, in one building of one compound."""


def shares(world: Community) -> list[float]:
    """The share of households that sort, month by month."""
    at = world.today.__slots__.index("households_sorting")
    return [record[at] / len(world.sorters) for record in world.records[29::30]]


def by_themselves(policies: str = "teach", **given: float) -> Community:
    """Nothing but the own readiness and the neighbours counts, where not said otherwise."""
    off = {"taught": 0.0, "honour": 0.0, "given_up": 0.0, "w_s": 0.0, "J_s": 0.0, "lambda0": 1e-3}
    return theory_world(RING, days=600, **{**off, **given}).branch(policies).run()


@pytest.mark.parametrize("theta_s", [-2.0, 0.0, 1.0])
def test_each_for_itself_sorts_with_the_logistic_probability(theta_s: float) -> None:
    """In every month anew, within the sampling of N households and of 20 months."""
    found, p = shares(by_themselves(theta_s=theta_s)), probability(theta_s)
    deviation = math.sqrt(p * (1 - p) / N)
    assert len(found) == 20
    assert all(abs(share - p) < 4.5 * deviation for share in found)
    assert sum(found) / 20 == pytest.approx(p, abs=4 * deviation / math.sqrt(20))


@pytest.mark.parametrize(("theta_s", "J_s"), [(-1.0, 2.0), (-2.0, 2.0), (-3.0, 6.0)])
def test_neighbours_bring_it_to_the_lowest_fixed_point(theta_s: float, J_s: float) -> None:
    """p = logistic(theta_s + J_s p), from below, for nobody sorts on the first morning; N is large."""
    low = brentq(lambda p: probability(theta_s + J_s * p) - p, 0.0, 0.5 - 1e-9 if J_s > 4.0 else 1.0)
    found = shares(by_themselves(theta_s=theta_s, J_s=J_s))[5:]
    slope = J_s * low * (1 - low)
    deviation = math.sqrt(low * (1 - low) / N / (1 - slope**2))
    assert sum(found) / len(found) == pytest.approx(low, abs=4 * deviation)


def test_a_push_may_carry_it_to_the_higher_one_where_it_stays() -> None:
    """With a strong pull there are two: a contest whose only compound is honoured lifts it over the middle,
    and after its end it does not fall back. With a weak pull there is one, and it does."""
    pushed = shares(by_themselves("contest:every=1,end=180", theta_s=-3.0, J_s=6.0, honour=4.0))
    high = brentq(lambda p: probability(-3.0 + 6.0 * p) - p, 0.5 + 1e-9, 1.0)
    assert sum(pushed[10:]) / 10 == pytest.approx(high, abs=0.02)
    weak = shares(by_themselves("contest:every=1,end=180", theta_s=-3.0, J_s=2.0, honour=4.0))
    assert weak[5] > 0.5
    assert weak[-1] < 0.1


@pytest.mark.parametrize("policy", ["teach", "contest"])
def test_all_sort_or_none(policy: str) -> None:
    """Ready beyond all doubt, or not at all; before a policy brings it nobody thinks of it."""
    ready, unwilling = (
        Community(LANE.but(parameters=beyond_range(theta_s=theta_s, **QUIET)), policies=policies).run()
        for theta_s, policies in ((1000.0, f"{policy}:start=40,end=100"), (-1000.0, policy))
    )
    assert shares(ready) == [0.0] + [1.0] * 5
    assert shares(unwilling) == [0.0] * 6


def test_just_the_households_with_a_taught_child_sort() -> None:
    """A readiness of -500, and 1000 more with a child who is taught; fewer children are part of more."""
    given, sorting = beyond_range(theta_s=-500.0, taught=1000.0, **QUIET), []
    for share in (0.3, 0.6, 1.0):
        lane = Community(LANE.but(parameters=given), policies=f"teach:share={share}").run_to(40)
        sorting.append({household.number for household in lane.sorters if household.sorts})
    assert sorting[0] < sorting[1] < sorting[2]
    with_child = {r.household for r in lane.residents if r.age == CHILD}
    assert sorting[2] == with_child
    assert len(sorting[0]) == pytest.approx(0.4 * len(with_child), abs=0.12 * len(with_child))


def test_the_best_compounds_of_those_that_compete_are_honoured() -> None:
    """After a contest: by share of sorting households among the first to compete, ties by number."""
    lane = Community(LANE, policies="contest:every=1,best=.34,share=.75", theta_s=0.0).run_to(30)
    competing = [compound for compound in lane.compounds if compound.rank <= 0.75]
    assert len(competing) == 3
    best = min(competing, key=lambda compound: (-compound.sorting / len(compound.sorters), compound.number))
    for compound in lane.compounds:
        expected = NOT_JUDGED if compound not in competing else HONOURED if compound is best else PASSED_BY
        assert compound.standing == expected
    assert lane.today.compounds_judged == 3


class Sorted(Community):
    """All households sort from the first day on, or none; so many minutes of service an adult last month."""

    def __init__(self, prevent_sorting: float, prevent_service: float) -> None:
        self.arisen: dict[tuple[int, int], Matter] = {}
        chosen = beyond_range(
            arrivals=10.0, theta_s=1000.0, **QUIET,
            prevent_sorting=prevent_sorting, prevent_service=prevent_service,
        )  # fmt: skip
        super().__init__(LANE.but(parameters=chosen), policies="teach")
        for household in self.sorters:
            household.sorts = 1

    def open_matter(self, matter: Matter) -> None:
        self.arisen[matter.compound.number, matter.serial] = matter
        super().open_matter(matter)

    def step(self) -> None:
        for building in self.buildings:
            building.service_before = 30 * len(building.adults)
        super().step()


@pytest.mark.parametrize(("sorting", "service"), [(0.5, 0.0), (1.0, 0.0), (0.5, 0.8), (0.0, 0.8)])
def test_the_share_that_does_not_arise(sorting: float, service: float) -> None:
    """Of greening and waste 1 - (1 - prevent_sorting) (1 - prevent_service / 2); all others as they would."""
    with_it, without = Sorted(sorting, service), Sorted(0.0, 0.0)
    for _ in range(150):
        with_it.step()
        without.step()
    assert with_it.arisen.keys() <= without.arisen.keys()
    could = [which for which, matter in without.arisen.items() if SORTED[matter.kind]]
    prevented = sum(which not in with_it.arisen for which in could)
    share = 1 - (1 - sorting) * (1 - service / 2)
    assert len(could) > 200
    assert abs(prevented - share * len(could)) <= 4 * (len(could) * share * (1 - share)) ** 0.5
    if service == 0.0:
        others = without.arisen.keys() - with_it.arisen.keys() - set(could)
        assert not others
