"""One run, and one pair of runs that share their burn-in and their luck. No files, no printing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from model.community import Community
from model.graphs import load
from model.policies import Policy
from model.scenario import Scenario

Tick = Callable[[], None]


@dataclass(frozen=True)
class Task:
    """What a worker process needs to know. policies: those of the policy arm; daily: keep daily series."""

    scenario: Scenario
    policies: tuple[Policy, ...] = ()
    network: Path | None = None
    residents: Path | None = None
    daily: bool = False


@dataclass(frozen=True, eq=False)
class Outcome:
    """What is kept of a run. residents, adults: counts; daily: tidy, None if it was not asked for."""

    residents: int
    adults: int
    measures: dict[str, float]
    daily: pd.DataFrame | None


@dataclass(frozen=True, eq=False)
class Pair:
    """The two arms of one run."""

    baseline: Outcome
    policy: Outcome


def community(task: Task) -> Community:
    """The community on its first day."""
    if task.network is None:
        return Community(task.scenario)
    people, ties = load(task.network, task.residents, task.scenario)
    return Community(task.scenario, population=people, network=ties)


def run_one(task: Task, tick: Tick) -> Outcome:
    """Run a scenario to its end. tick: called after each day."""
    return _outcome(community(task).run(tick), task)


def run_pair(task: Task, tick: Tick) -> Pair:
    """Run the burn-in once, then both arms from there: `tick` is called burn_in + 2 * days times."""
    baseline = community(task)
    while baseline.day < task.scenario.burn_in:
        baseline.step()
        tick()
    policy = baseline.branch(task.policies)
    return Pair(_outcome(baseline.run(tick), task), _outcome(policy.run(tick), task))


def _outcome(run: Community, task: Task) -> Outcome:
    daily = run.daily() if task.daily else None
    return Outcome(run.totals.residents, run.totals.adults, run.measures(), daily)
