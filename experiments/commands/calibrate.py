"""`linli calibrate`."""

from pathlib import Path
from typing import Annotated

import typer

from linli.experiments.commands.options import BurnIn, Days, Engine, Jobs, Json, Lang, Name, Seed, Values


def calibrate(
    scenario: Name,
    worlds: Annotated[str, typer.Option(metavar="N", help="Worlds to find, at least.")] = "200",
    free: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[=LOW:HIGH]",
            help="A parameter whose value nobody knows; repeatable [all that bear on the question].",
        ),
    ] = None,
    points: Annotated[str, typer.Option(metavar="N", help="Worlds lived in a wave.")] = "250",
    waves: Annotated[str, typer.Option(metavar="N", help="Waves of history matching, at most.")] = "4",
    check: Annotated[
        bool, typer.Option("--check", help="Also recover 100 known worlds: are their ranks uniform?")
    ] = False,
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    engine: Engine = "array",
    jobs: Jobs = None,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="The scheduler of a Dask cluster that lives the worlds."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Keep every world there as it is lived, and the tables: the same command goes on from them.",
        ),
    ] = None,
    renew: Annotated[
        bool, typer.Option("--renew", help="Put these worlds in the place of those that come with linli.")
    ] = False,
    lang: Lang = "en",
    json: Json = False,
) -> None:
    """Find the worlds that the evidence allows: every figure inside its band.

    History matching in waves, then approximate Bayesian computation inside what is not ruled out; worlds
    that count alike, as many as asked for and more while they still move. Everything else stays as the
    scenario and --set have it. The same command finds the same worlds, on any number of processes.
    """
    from linli.experiments.output.progress import Progress, compile_first

    with Progress("loading", "worlds") as progress:
        from linli.experiments import output
        from linli.experiments.calibration import beside, calibration, tables
        from linli.experiments.compare.request import Request
        from linli.model.text import checked_language

        checked_language(lang)
        asked = calibration.Calibration(
            scenario=beside.from_its_beginning(
                Request(scenario, days=days, seed=seed, burn_in=burn_in, values=set_)
            ),
            free=free,
            worlds=worlds,
            points=points,
            waves=waves,
            engine=engine,
            jobs=jobs,
            dask=dask,
            out=out,
        )
        if engine == "array":
            compile_first(progress.say)
        found = asked.run(progress, recover=check)
        if out:
            output.file_away(out, tables.files(found))
        if renew:
            calibration.renew(found)
    if json:
        output.print_json(tables.as_data(found))
    else:
        tables.show(found, lang)
