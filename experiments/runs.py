"""One run, and one pair of runs that share their burn-in and their luck. No files, no printing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from model.city import DAYS_PER_PASS, City
from model.community import Community
from model.graphs import load
from model.policies import Policy
from model.scenario import Scenario

Tick = Callable[[], None]

ENGINES: dict[str, type[Community] | type[City]] = {"mesa": Community, "array": City}
"""The two engines: objects to read and ask, tables to run fast; the same numbers."""


@dataclass(frozen=True)
class Task:
    """What a worker process needs to know. policies: those of the policy arm; daily: keep daily series;
    snapshot: what to go on from; threads, days_per_pass: of the array engine; save: where the end goes."""

    scenario: Scenario
    policies: tuple[Policy, ...] = ()
    network: Path | None = None
    residents: Path | None = None
    daily: bool = False
    engine: str = "array"
    snapshot: Path | None = None
    threads: int = 1
    days_per_pass: int = DAYS_PER_PASS
    save: Path | None = None


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


def community(task: Task) -> Community | City:
    """The community, or the city, on its first day or where a snapshot left it."""
    if task.snapshot is not None:
        city = City.load(task.snapshot, threads=task.threads, days=task.scenario.days)
        city.days_per_pass = task.days_per_pass
        return city
    passes: dict[str, Any] = {}
    if task.engine == "array":
        passes = {"threads": task.threads, "days_per_pass": task.days_per_pass}
    engine = ENGINES[task.engine]
    if task.network is None:
        return engine(task.scenario, **passes)
    people, ties = load(task.network, task.residents, task.scenario)
    return engine(task.scenario, population=people, network=ties, **passes)


def run_one(task: Task, tick: Tick) -> Outcome:
    """Run a scenario to its end. tick: called after each day."""
    world = community(task)
    if task.snapshot is not None and task.policies and isinstance(world, City):
        world = world.branch(task.policies)
    world.run(tick)
    if task.save is not None and isinstance(world, City):
        world.save(task.save)
    return _outcome(world, task)


def run_pair(task: Task, tick: Tick) -> Pair:
    """Run the burn-in once, then both arms from there: `tick` is called burn_in + 2 * days times."""
    baseline = community(task)
    baseline.run_to(task.scenario.burn_in, tick)
    policy = baseline.branch(task.policies)
    return Pair(_outcome(baseline.run(tick), task), _outcome(policy.run(tick), task))


def _outcome(run: Community | City, task: Task) -> Outcome:
    daily = run.daily() if task.daily else None
    return Outcome(run.totals.residents, run.totals.adults, run.measures(), daily)
