"""`linli calibrate`."""

from pathlib import Path
from typing import Annotated

import typer

from linli.experiments.commands.options import BurnIn, Days, Engine, Jobs, Json, Lang, Name, Seed, Values


def calibrate(
    scenario: Name,
    free: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[=LOW:HIGH]",
            help="A parameter that may move; repeatable [those the evidence bears on].",
        ),
    ] = None,
    points: Annotated[str, typer.Option(metavar="N", help="Worlds in a wave.")] = "128",
    waves: Annotated[str, typer.Option(metavar="N", help="Waves of the search.")] = "6",
    runs: Annotated[str, typer.Option(metavar="N", help="Seeds that a world is judged on.")] = "1",
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    engine: Engine = "array",
    jobs: Jobs = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write all worlds that were tried into a new folder.")
    ] = None,
    lang: Lang = "en",
    json: Json = False,
) -> None:
    """Find parameters with which every figure of the evidence lies inside its band.

    Everything else stays as the scenario and --set have it. The same command finds the same worlds, on any
    number of processes.
    """
    from linli.experiments.output.progress import Progress, compile_first

    with Progress("loading") as progress:
        from linli.experiments import output
        from linli.experiments.analysis.sensitivity import factors_of
        from linli.experiments.calibration import beside, search, tables
        from linli.experiments.compare.request import Request
        from linli.experiments.evidence import targets
        from linli.experiments.runner.launch import processors
        from linli.model.engines import checked_engine
        from linli.model.errors import count_of
        from linli.model.text import checked_language

        checked_language(lang)
        where = output.Folder(out) if out else None
        asked = search.Search(
            scenario=beside.from_its_beginning(
                Request(scenario, days=days, seed=seed, burn_in=burn_in, values=set_)
            ),
            free=search.parameters_only(factors_of(free or search.FREE)),
            targets=targets(),
            points=count_of("--points", points, 8, 100_000),
            waves=count_of("--waves", waves, 1, 100),
            runs=count_of("--runs", runs, 1, 100),
            engine=checked_engine(engine),
        )
        processes = processors(jobs)
        if engine == "array":
            compile_first(progress)
        tried = search.calibrate(asked, processes, progress)
        if where:
            where.write(tables.files(tried))
    if json:
        output.print_json(tables.as_data(asked, tried))
    else:
        tables.show(asked, tried, lang)
