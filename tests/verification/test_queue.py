"""Case 6: the queue of matters follows Lindley's recursion, and Little's law holds in every run."""

from dataclasses import replace
from typing import Any

import pytest

from linli.agents.traits import BY_WORKER
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.matters import USEFULNESS
from linli.model.measures.record import COLUMNS
from linli.model.objects.places import Matter
from linli.model.parameters import beyond_range, mechanisms_off

LANE = scenarios.load("lane")
OPEN = (COLUMNS.index("open_reported"), COLUMNS.index("open_latent"))


class Watched(Community):
    """Notes what comes into the queue and what leaves it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        self.work_come = 0
        self.opened: dict[Matter, int] = {}
        self.sojourns: list[int] = []
        super().__init__(*args, **more)

    def open_matter(self, matter: Matter) -> None:
        self.work_come += worker_minutes(matter)
        self.opened[matter] = self.day
        super().open_matter(matter)

    def end_matter(self, matter: Matter, status: int) -> None:
        self.sojourns.append(self.day - self.opened.pop(matter))
        super().end_matter(matter, status)


def worker_minutes(matter: Matter) -> int:
    """Workers' minutes that a matter still takes."""
    return int(-(-matter.need // USEFULNESS[BY_WORKER, matter.kind]))


@pytest.mark.parametrize("arrivals", [0.6, 1.2, 2.0])
def test_lindley(arrivals: float) -> None:
    """Lindley (1952): the workload after a day is max(0, before + what came - what could be served), exactly.

    Everything is reported at once, nobody but workers does anything, and the first attempt succeeds. Loads
    of about .5, 1 and 1.6: idle, critical and overloaded.
    """
    place = replace(
        LANE.place,
        managed_members=0,
        serving_members=0,
        sunk_members=0,
        volunteers=0,
        firms=0,
        managed_compounds=0,
    )
    chosen = beyond_range(
        **mechanisms_off(), theta_mean=-1000.0, theta_v=1000.0, s0=1.0, s1=0.0, s2=0.0, deadline=10_000,
        s_ask=0.0, s_match=0.0, arrivals=arrivals, moves=0.0,
    )  # fmt: skip
    world = Watched(LANE.but(place=place, parameters=chosen))
    workload, days_empty, days_busy = 0, 0, 0
    for day in range(300):
        world.work_come = 0
        world.step()
        capacity = 2 * 120 if day % 7 < 5 else 0
        workload = max(0, workload + world.work_come - capacity)
        assert sum(worker_minutes(matter) for matter in world.queue) == workload
        days_empty += workload == 0
        days_busy += workload > 0
    assert days_busy > 50
    assert (days_empty > 50) == (arrivals < 1.0)


@pytest.mark.parametrize("policies", ["", "sink:headcount=40; match; relieve; council; property; platform"])
def test_little(policies: str) -> None:
    """Little (1961): matters present, summed over days, are the days matters stayed, summed over matters."""
    world = Watched(LANE, policies=policies).run()
    present = sum(row[at] for row in world.records for at in OPEN)
    stayed = sum(world.sojourns) + sum(world.day - since for since in world.opened.values())
    assert len(world.sojourns) > 100
    assert present == stayed
