"""From a request to results: what `linli run` and `linli compare` do, print as JSON and write to a folder."""

import dataclasses
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from linli.agents.compiled import SOURCE_HASH
from linli.experiments import output
from linli.experiments.attribution.measured import MOST_COMMUNITIES, is_within_reach
from linli.experiments.compare.request import Request
from linli.experiments.compare.runs import Outcome, Pair, Task, run_one, run_pair
from linli.experiments.output.progress import Progress, compile_first
from linli.experiments.runner.pool import in_parallel
from linli.experiments.statistics.attributed import PARTS, by_group
from linli.experiments.statistics.paired import cost_per_engaged, effects
from linli.model.place.communities import communities_of
from linli.model.policies import to_text
from linli.model.scenario import Scenario, to_toml
from linli.model.systems import systems_of


def run(request: Request, settings: Scenario, progress: Progress) -> Outcome:
    """One run of a scenario."""
    _prepare(request, settings, progress)
    days = settings.burn_in + settings.days - begins_on(request)
    if days == 0:
        progress.say(f"{request.name} stands at the end of its run: --days with a larger number goes on")
    progress.expect("running", days)
    return run_one(_task(request, settings), progress.tick)


def pairs(request: Request, settings: Scenario, progress: Progress) -> list[Pair]:
    """All pairs of a comparison. settings: the baseline."""
    _prepare(request, settings, progress)
    request.treated(settings)  # a policy that does not fit is refused before anything runs
    runs = request.pairs
    tasks = [_task(request, settings.but(seed=settings.seed + r)) for r in range(runs)]
    begins = begins_on(request)
    shared = max(0, settings.burn_in - begins)
    each = settings.burn_in + settings.days - max(settings.burn_in, begins)
    progress.expect(f"{runs} pairs of runs", runs * (shared + 2 * each))
    return in_parallel(
        run_pair, tasks, request.processes_for(len(communities_of(settings.place))), progress.reach
    )


def begins_on(request: Request) -> int:
    """The day on which a run begins: the first one, or that of its snapshot."""
    if request.snapshot is None:
        return 0
    from linli.model.snapshots import day_of

    return day_of(request.snapshot)


def _task(request: Request, settings: Scenario) -> Task:
    return Task(
        settings,
        policies=tuple(request.added()),
        network=request.network,
        residents=request.residents,
        daily=request.keeps_daily,
        engine=request.engine,
        snapshot=request.snapshot,
        save=request.save,
        by=request.by,
        passes=request.passes(len(communities_of(settings.place))),
    )


def _prepare(request: Request, settings: Scenario, progress: Progress) -> None:
    """Say what a user should know before waiting."""
    for policy in request.added():
        if policy.remark(settings.whole):
            progress.say(f"policy {policy.name}: {policy.remark(settings.whole)}")
        if policy.start >= settings.days:
            progress.say(
                f"policy {policy.name} starts on day {policy.start}, after the run's {settings.days} days"
            )
    if request.runs is not None and not is_within_reach(settings.place):
        progress.say(
            f"{settings.name}: attribution is left out, as of any place of more than {MOST_COMMUNITIES} "
            "communities"
        )
    compile_first(progress, systems_of(request.added()))


# as data -------------------------------------------------------------------------------------------------


def _head(settings: Scenario, engine: str, residents: int) -> dict[str, Any]:
    return {
        "scenario": settings.name,
        "seed": settings.seed,
        "days": settings.days,
        "burn_in": settings.burn_in,
        "engine": engine,
        "residents": residents,
        "policies": [to_text(policy) for policy in settings.policies],
        "version": output.version(),
        "code": SOURCE_HASH,
    }


def of_run(request: Request, settings: Scenario, outcome: Outcome) -> dict[str, Any]:
    """A run as printed by --json: nan stays nan here and becomes null there."""
    return {**_head(settings, request.engine, outcome.residents), "measures": outcome.measures}


def of_comparison(request: Request, settings: Scenario, pairs: list[Pair]) -> dict[str, Any]:
    """A comparison as printed by --json. settings: the baseline."""
    arms = [pair.baseline.measures for pair in pairs], [pair.policy.measures for pair in pairs]
    on, groups = effects(*arms), by_group(*({n: [run[n] for run in arm] for n in PARTS} for arm in arms))
    first = [pair.baseline for pair in pairs]
    cost = cost_per_engaged(on, [run.residents for run in first], [run.adults for run in first])
    return {
        **_head(request.treated(settings), request.engine, first[0].residents),
        "runs": len(pairs),
        "measures": {name: dataclasses.asdict(effect) for name, effect in on.items()},
        "attribution": {group: dataclasses.asdict(effect) for group, effect in groups.items()},
        "cost_per_engaged": dataclasses.asdict(cost),
    }


# as files ------------------------------------------------------------------------------------------------


def run_files(request: Request, settings: Scenario, outcome: Outcome) -> output.Writers:
    """The folder of a run: daily series, the scenario that repeats it, and what it was run with."""
    assert outcome.daily is not None
    daily = outcome.daily
    record = _record("run", request, of_run(request, settings, outcome))
    by = outcome.by
    return {
        **({} if by is None else {f"{request.by}.parquet": lambda path: by.to_parquet(path)}),
        "daily.parquet": lambda path: daily.to_parquet(path, index=False),
        "scenario.toml": _text(to_toml(settings)),
        "run.json": _text(record),
        **_copies(request),
    }


def compare_files(request: Request, settings: Scenario, pairs: list[Pair]) -> output.Writers:
    """The folder of a comparison: both arms of every run, day by day and as measures, and both scenarios."""
    from linli.experiments.compare.arms import (  # tables, which a single run does without
        daily_of,
        measures_of,
    )

    daily, measures = daily_of(pairs), measures_of(pairs)
    record = _record("compare", request, of_comparison(request, settings, pairs))
    return {
        "daily.parquet": lambda path: daily.to_parquet(path, index=False),
        "measures.parquet": lambda path: measures.to_parquet(path, index=False),
        "scenario.toml": _text(to_toml(settings)),
        "policy.toml": _text(to_toml(request.treated(settings))),
        "run.json": _text(record),
        **_copies(request),
    }


def _copies(request: Request) -> output.Writers:
    """The imported files, which no scenario contains."""
    given = [file for file in (request.network, request.residents) if file is not None]
    return {file.name: partial(shutil.copyfile, file) for file in given}


def _record(command: str, request: Request, data: dict[str, Any]) -> str:
    return output.to_json(
        {"command": command, **data, "versions": output.versions(), "settings": request.as_data()}
    )


def _text(text: str) -> Any:
    def write(path: Path) -> None:
        path.write_text(text + "\n" if not text.endswith("\n") else text, encoding="utf-8")

    return write
