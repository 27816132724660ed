"""From a request to results: what `linli run` and `linli compare` do, print as JSON and write to a folder."""

import shutil
from functools import partial
from pathlib import Path
from typing import Any

from linli.experiments import output
from linli.experiments.compare.comparison import Comparison
from linli.experiments.compare.measured import Measures
from linli.experiments.compare.pairs import pairs_of, prepare
from linli.experiments.compare.provenance import provenance
from linli.experiments.compare.request import Request
from linli.experiments.compare.runs import Outcome, Pair, Task, run_one
from linli.experiments.output.progress import Progress
from linli.model.place.communities import communities_of
from linli.model.scenario import Scenario, to_toml


def run(request: Request, settings: Scenario, progress: Progress) -> Outcome:
    """One run of a scenario."""
    prepare(settings, request.added(), progress.say)
    days = settings.burn_in + settings.days - begins_on(request)
    if days == 0:
        progress.say(f"{request.name} stands at the end of its run: --days with a larger number goes on")
    progress.expect("running", days)
    return run_one(_task(request, settings), progress.tick)


def pairs(request: Request, settings: Scenario, progress: Progress) -> list[Pair]:
    """All pairs of a comparison. settings: the baseline."""
    processes = request.processes_for(settings)
    return pairs_of(_task(request, settings), request.pairs, processes, progress, begins_on(request))


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
        network=request.brought,
        daily=request.keeps_daily,
        engine=request.engine,
        snapshot=request.snapshot,
        save=request.save,
        by=request.by,
        passes=request.passes(len(communities_of(settings.place))),
        until=request.until,
    )


def of_run(request: Request, settings: Scenario, outcome: Outcome) -> dict[str, Any]:
    """A run as printed by --json: nan stays nan here and becomes null there."""
    about = provenance(settings, request.engine, outcome.residents)
    return Measures(outcome.measures, settings, about, outcome.days).as_data()


def of_comparison(request: Request, settings: Scenario, pairs: list[Pair]) -> dict[str, Any]:
    """A comparison as printed by --json. settings: the baseline."""
    return Comparison(pairs, request.treated(settings), request.engine).as_data()


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
