"""One run, and one pair of runs that share their burn-in and their luck. No files, no printing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from linli.experiments.attribution.measured import BASELINE, UNKNOWN, is_within_reach, side_by_side
from linli.model.engines import Engine, engine_of
from linli.model.place.levels import at_level
from linli.model.policies import Policy
from linli.model.scenario import Scenario
from linli.model.stopping import Stop, run_until

if TYPE_CHECKING:
    import pandas as pd

    from linli.model.city import City
    from linli.model.community import Community
    from linli.model.graphs import Brought

Tick = Callable[[], None]


@dataclass(frozen=True)
class Task:
    """What a worker process needs to know. policies: those of the policy arm; daily: keep daily series;
    network: people and ties that somebody brings; snapshot: what to go on from; passes: threads and
    days_per_pass of the array engine; save: where the end goes; until: what ends a run early; interventions:
    days after the burn-in, and what is done to the community then (object engine); by: the level by which a
    city's end is written down."""

    scenario: Scenario
    policies: tuple[Policy, ...] = ()
    network: "Brought | None" = None
    daily: bool = False
    engine: str = "array"
    snapshot: Path | None = None
    passes: Mapping[str, int] = field(default_factory=dict)
    save: Path | None = None
    until: Stop | None = None
    interventions: tuple[tuple[int, Any], ...] = ()
    by: str | None = None


@dataclass(frozen=True, eq=False)
class Outcome:
    """What is kept of a run. residents, adults: counts; measures: those of attribution too, in a pair; daily:
    tidy, and by: a row a place of a level; None if they were not asked for; days: lived after the burn-in."""

    residents: int
    adults: int
    measures: dict[str, float]
    daily: "pd.DataFrame | None"
    days: int
    by: "pd.DataFrame | None" = None


@dataclass(frozen=True, eq=False)
class Pair:
    """The two arms of one run."""

    baseline: Outcome
    policy: Outcome


def community(task: Task) -> Engine:
    """The community, or the city, on its first day or where a snapshot left it."""
    if task.snapshot is not None:
        from linli.model.city import City

        how: dict[str, Any] = dict(task.passes)
        return City.load(task.snapshot, days=task.scenario.days, **how)
    passes: dict[str, Any] = dict(task.passes) if task.engine == "array" else {}
    engine = engine_of(task.engine)
    if task.network is None:
        return engine(task.scenario, **passes)
    people, ties = task.network.settled(task.scenario)
    return engine(task.scenario, population=people, network=ties, **passes)


def run_one(task: Task, tick: Tick | None) -> Outcome:
    """Run a scenario to its end, or to the morning that `until` names. tick: called after each day."""
    world = community(task)
    if task.snapshot is not None:
        world = world.branch(task.policies)
    for day, do in task.interventions:
        cast("Community", world).on(day, do)  # refused for any other engine
    run_until(world, task.until, tick)
    if task.save is not None:
        cast("City", world).save(task.save)  # a request for a snapshot is refused for any other engine
    outcome = _outcome(world, task)
    if task.by is None:
        return outcome
    return replace(outcome, by=at_level(cast("City", world).by_community(), task.by))


def run_pair(task: Task, tick: Tick) -> Pair:
    """Run the burn-in once, then both arms from there: `tick` is called burn_in + 2 * days times."""
    baseline = community(task)
    baseline.run_to(task.scenario.burn_in, tick)
    if not is_within_reach(task.scenario.place):
        policy = baseline.branch(task.policies)
        without, treated = _outcome(baseline.run(tick), task), _outcome(policy.run(tick), task)
        return Pair(_with(BASELINE, without), _with(UNKNOWN, treated))
    arms = side_by_side(baseline, task.policies, tick)
    without, treated = _outcome(arms.baseline, task), _outcome(arms.treated, task)
    return Pair(_with(BASELINE, without), _with(arms.attributed, treated))


def _with(attributed: dict[str, float], outcome: Outcome) -> Outcome:
    return replace(outcome, measures={**attributed, **outcome.measures})


def _outcome(run: Engine, task: Task) -> Outcome:
    daily = run.daily() if task.daily else None
    days = run.day - run.settings.burn_in
    return Outcome(run.totals.residents, run.totals.adults, run.measures(), daily, days)
