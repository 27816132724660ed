"""The order in which matters are met makes no hours: it can only say who waits (Kleinrock 1965)."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from linli.agents.traits import BY_WORKER
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.matters import USEFULNESS
from linli.model.parameters import beyond_range, mechanisms_off

LANE = scenarios.load("lane").but(days=120, burn_in=0)
NOBODY_ELSE = replace(
    LANE.place, managed_members=0, serving_members=0, sunk_members=0, volunteers=0, firms=0,
    managed_compounds=0,
)  # fmt: skip
DECIDES = "council:power=0,decides={0}"


def world(decides: float, place: Any = NOBODY_ELSE, **given: float) -> Community:
    """Everything is reported at once, and nobody but organised forces does anything."""
    still = {"theta_mean": -1000.0, "theta_v": 1000.0, "moves": 0.0, "s_ask": 0.0, "s_match": 0.0}
    chosen = beyond_range(**{**mechanisms_off(), **still, **given})
    policies = DECIDES.format(decides) if decides else ""
    return Community(LANE.but(place=place, parameters=chosen), policies=policies)


def workload(community: Community) -> int:
    """Workers' minutes that are due."""
    return sum(-(-m.need // int(USEFULNESS[BY_WORKER, m.kind])) for m in community.queue)


def shared(community: Community) -> int:
    return sum(m.is_shared for m in community.queue)


@pytest.mark.parametrize("decides", [0.3, 1.0])
def test_what_is_due_is_the_same_in_any_order(decides: float) -> None:
    """The conservation law: minute for minute, whatever is served first; what most see waits less."""
    sure = {"s0": 1.0, "s1": 0.0, "s2": 0.0, "deadline": 10_000, "arrivals": 2.0}
    usual, decided = world(0.0, **sure), world(decides, **sure)
    fewer = 0
    for _ in range(120):
        usual.step()
        decided.step()
        assert workload(usual) == workload(decided)
        fewer += shared(usual) - shared(decided)
    assert workload(usual) > 500, "hours are short"
    assert fewer > 120


def test_with_the_residents_order_nothing_else_is_met_before_what_all_see() -> None:
    """While a shared matter waits, no hour goes to another one."""
    decided = world(1.0, s0=1.0, s1=0.0, s2=0.0, deadline=10_000, arrivals=2.0)
    for _ in range(120):
        decided.step()
        if any(m.is_shared for m in decided.queue):
            begun = [m for m in decided.queue if m.minutes > 0 and not m.is_shared]
            assert len(begun) <= 1, "one at most that was begun before"


@pytest.mark.parametrize(
    ("workers", "given"),
    [
        (2, {"a0": 1.0, "firm_h": 0.0}),
        (100, {"arrivals": 1.0, "firm_h": 24.0}),
    ],
    ids=["hours are missing", "hours abound"],
)
def test_where_hours_are_missing_or_abound_the_order_is_nothing(
    workers: int, given: dict[str, float]
) -> None:
    """Every record is the same to the last bit: nothing is met, or all of it on the day it is reported."""
    place = replace(NOBODY_ELSE, workers=workers, firms=1, managed_compounds=2)
    usual, decided = (world(decides, place, **given).run() for decides in (0.0, 1.0))
    assert np.array_equal(usual.records, decided.records)
    assert usual.window().sum("arisen") > 50
    assert (usual.window().sum("worker_matter_minutes") == 0) == (workers == 2)
