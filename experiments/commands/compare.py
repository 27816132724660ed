"""`linli compare`."""

from typing import Annotated

import typer

from linli.experiments.commands.options import (
    BurnIn,
    Days,
    DaysPerPass,
    Engine,
    Jobs,
    Json,
    Name,
    NetworkFile,
    Out,
    Policies,
    ResidentsFile,
    Seed,
    Threads,
    Values,
)


def compare(
    scenario: Name,
    policy: Policies = None,
    runs: Annotated[
        str, typer.Option(metavar="N", help="Pairs of runs; run r has the seed SEED + r.")
    ] = "20",
    days: Days = None,
    seed: Seed = None,
    burn_in: BurnIn = None,
    set_: Values = None,
    network: NetworkFile = None,
    residents: ResidentsFile = None,
    engine: Engine = "array",
    jobs: Jobs = None,
    threads: Threads = None,
    days_per_pass: DaysPerPass = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Compare policies with the baseline, under the same luck."""
    from linli.experiments.output.progress import Progress

    with Progress("loading") as progress:
        from linli.experiments import output
        from linli.experiments.compare import report
        from linli.experiments.compare.request import Request

        request = Request(
            scenario, days=days, seed=seed, burn_in=burn_in, policies=policy, values=set_, network=network,
            residents=residents, engine=engine, out=out, runs=runs, jobs=jobs, threads=threads,
            days_per_pass=days_per_pass,
        )  # fmt: skip
        settings = request.baseline()
        folder = output.Folder(out) if out else None
        pairs = report.pairs(request, settings, progress)
    if folder:
        folder.write(report.compare_files(request, settings, pairs))
    data = report.of_comparison(request, settings, pairs)
    if json:
        output.print_json(data)
    else:
        from linli.experiments.compare import tables

        tables.show_comparison(settings.title, data)
