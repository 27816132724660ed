"""One run, and one pair of runs that share their burn-in and their luck. No files, no printing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numba
import pandas as pd

from agents.compiled import cache_folder
from model.city import City
from model.community import Community
from model.graphs import load
from model.policies import Policy
from model.scenario import Scenario

Tick = Callable[[], None]

ENGINES: dict[str, type[Community] | type[City]] = {"mesa": Community, "array": City}
"""The two engines: objects to read and ask, tables to run fast; the same numbers."""


@dataclass(frozen=True)
class Task:
    """What a worker process needs to know. policies: those of the policy arm; daily: keep daily series."""

    scenario: Scenario
    policies: tuple[Policy, ...] = ()
    network: Path | None = None
    residents: Path | None = None
    daily: bool = False
    engine: str = "mesa"


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


def must_compile() -> bool:
    """Whether the first run will take long because the rules are not compiled yet."""
    compiles = not numba.config.DISABLE_JIT  # type: ignore[attr-defined]
    return compiles and not any(cache_folder().rglob("*.nbi"))


def community(task: Task) -> Community | City:
    """The community on its first day."""
    engine = ENGINES[task.engine]
    if task.network is None:
        return engine(task.scenario)
    people, ties = load(task.network, task.residents, task.scenario)
    return engine(task.scenario, population=people, network=ties)


def run_one(task: Task, tick: Tick) -> Outcome:
    """Run a scenario to its end. tick: called after each day."""
    return _outcome(community(task).run(tick), task)


def run_pair(task: Task, tick: Tick) -> Pair:
    """Run the burn-in once, then both arms from there: `tick` is called burn_in + 2 * days times."""
    baseline = community(task)
    baseline.run_to(task.scenario.burn_in, tick)
    policy = baseline.branch(task.policies)
    return Pair(_outcome(baseline.run(tick), task), _outcome(policy.run(tick), task))


def _outcome(run: Community | City, task: Task) -> Outcome:
    daily = run.daily() if task.daily else None
    return Outcome(run.totals.residents, run.totals.adults, run.measures(), daily)
