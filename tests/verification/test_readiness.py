"""Who reports, where the probability is known: a spread of readiness, the stake of owners, bystanders of a
building, and what being unheard takes away."""

from math import exp
from typing import Any

import numpy as np
import pytest

from linli.agents.traits import OWNER
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.objects.places import Matter
from linli.model.parameters import beyond_range, mechanisms_off

LANE = scenarios.load("lane").but(burn_in=0)
ALONE = {"theta_mean": -1000.0, "c_report": 0.0, "g": 0.0, "s_ask": 0.0, "arrivals": 10.0, "moves": 0.0}
"""Nobody acts or visits, and satisfaction moves nobody to report."""


class Listening(Community):
    """Keeps all matters that ever arose."""

    def __init__(self, **parameters: float) -> None:
        self.arisen: list[Matter] = []
        super().__init__(LANE.but(parameters=beyond_range(**{**mechanisms_off(), **ALONE, **parameters})))

    def open_matter(self, matter: Matter) -> None:
        self.arisen.append(matter)
        super().open_matter(matter)

    def lives(self, days: int) -> "Listening":
        for _ in range(days):
            self.step()
        return self


def logistic(v: Any) -> Any:
    return 1 / (1 + np.exp(-v))


def near(found: list[bool], expected: list[float]) -> bool:
    """Whether a count is what its probabilities say, within four standard deviations."""
    assert len(found) > 500
    return abs(sum(found) - sum(expected)) < 4 * (sum(p * (1 - p) for p in expected)) ** 0.5


@pytest.mark.parametrize("of_building", [0, 1])
def test_the_dilemma_counts_those_who_live_where(of_building: int) -> None:
    """A shared matter is reported with 1 - (1 - P)^(n / (n - 1)), by n adults of compound or building."""
    world = Listening(theta_v=-1.0, dilemma_of_building=of_building).lives(200)
    alone = 1 / (1 + exp(1.0))
    found, expected = [], []
    for matter in world.arisen:
        where = matter.building if of_building else matter.compound
        n = len(where.adults)
        found.append(matter.reported >= 0)
        expected.append(1 - (1 - alone) ** (n / (n - 1)) if matter.is_shared and n > 1 else alone)
    assert near(found, expected)


@pytest.mark.parametrize(("sigma", "owner"), [(1.0, 0.0), (2.0, 0.0), (0.0, 1.5), (1.0, 1.5)])
def test_a_spread_and_a_stake(sigma: float, owner: float) -> None:
    """Over people who differ the share is the mean of logistic(theta + owner + sigma z) over z."""
    world = Listening(theta_v=-2.0, sigma_v=sigma, owner_v=owner).lives(200)
    z, weight = np.polynomial.hermite_e.hermegauss(60)
    weight = weight / weight.sum()
    own = [matter for matter in world.arisen if not matter.is_shared]
    of_tenure = {
        tenure: float((weight * logistic(-2.0 + sigma * z + owner * (tenure == OWNER))).sum())
        for tenure in (0, 1)
    }
    expected = [of_tenure[matter.affected.tenure] for matter in own]
    readiness = {matter.affected.number: matter.affected.readiness_to_report() for matter in own}
    assert near([matter.reported >= 0 for matter in own], expected) or sigma > 0
    if sigma > 0:  # the same people are asked again and again: the count varies with who they are, too
        given = [float(logistic(readiness[matter.affected.number])) for matter in own]
        assert near([matter.reported >= 0 for matter in own], given)
        drawn = [float(logistic(person.readiness_to_report())) for person in world.adults]
        mean = [of_tenure[person.tenure] for person in world.adults]
        assert abs(np.mean(drawn) - np.mean(mean)) < 4 * np.std(drawn) / len(drawn) ** 0.5


def test_who_was_never_heard_falls_silent() -> None:
    """At beta_v = 1000 nobody reports a matter of his or her own after one that was reported in vain."""
    world = Listening(theta_v=1000.0, beta_v=10_000.0, s0=0.0, s1=0.0, s2=0.0, deadline=5).lives(120)
    again = 0
    for matter in world.arisen:
        vain = [
            m for m in world.arisen if m.affected is matter.affected and 0 <= m.reported < matter.arose - 5
        ]
        if vain:
            again += 1
            assert matter.reported < 0 or matter.is_shared
    assert again > 50


def test_whoever_moves_in_has_not_been_ignored_yet() -> None:
    world = Listening(theta_v=0.0, sigma_v=1.0, beta_v=0.5, s0=0.0, s1=0.0, s2=0.0, deadline=5).lives(60)
    person = next(resident for resident in world.adults if resident.unheard > 1)
    before = person.readiness_to_report() + 0.5 * person.unheard
    person.is_replaced(person.theta)
    assert (person.unheard, person.predecessors) == (0, 1)
    assert person.readiness_to_report() != before, "somebody else"
