"""`linli run`."""

from pathlib import Path
from typing import Annotated

import typer

from linli.experiments.commands.options import (
    BurnIn,
    Days,
    DaysPerPass,
    Engine,
    Json,
    Name,
    NetworkFile,
    Out,
    Policies,
    ResidentsFile,
    Seed,
    Threads,
    Values,
    With,
)


def run(
    scenario: Name,
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    policy: Policies = None,
    set_: Values = None,
    network: NetworkFile = None,
    residents: ResidentsFile = None,
    engine: Engine = "array",
    threads: Threads = None,
    days_per_pass: DaysPerPass = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a snapshot of the last day (.npz).")
    ] = None,
    stop: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="End on the morning on which a condition of --with is met."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="community|street|district",
            help="Write how the places of this level stand at the end, a row each (Parquet, with --out).",
        ),
    ] = None,
    out: Out = None,
    with_: With = None,
    json: Json = False,
) -> None:
    """Run a scenario once and show every measure."""
    from linli.experiments.output.progress import Progress

    with Progress("loading") as progress:
        from linli.experiments import output
        from linli.experiments.compare import report
        from linli.experiments.compare.request import Request

        request = Request(
            scenario, days=days, seed=seed, burn_in=burn_in, policies=policy, values=set_, network=network,
            residents=residents, engine=engine, out=out, threads=threads, days_per_pass=days_per_pass,
            save=save, stop=stop, by=by,
        )  # fmt: skip
        settings = request.treated(request.baseline(progress.say))
        folder = output.Folder(out) if out else None
        outcome = report.run(request, settings, progress)
    if folder:
        folder.write(report.run_files(request, settings, outcome))
    data = report.of_run(request, settings, outcome)
    if json:
        output.print_json(data)
    else:
        from linli.experiments.compare import tables

        tables.show_run(settings.title, data)
