"""`linli sweep`."""

from pathlib import Path
from typing import Annotated

import typer

from linli.experiments.commands.options import (
    Jobs,
    Json,
    Lang,
    With,
    Worlds,
)


def sweep(
    study: Annotated[
        str, typer.Argument(metavar="STUDY", help="A study that comes with linli, or a path to a .toml file.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The study's folder [results/NAME].")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the study; show runs, time and disk; run nothing else.")
    ] = False,
    jobs: Jobs = None,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler, such as tcp://host:8786.")
    ] = None,
    shard: Annotated[
        str, typer.Option(metavar="I/N", help="Make one of N parts; all of them share the folder.")
    ] = "1/1",
    apart: Annotated[
        bool, typer.Option("--apart", help="If DIR holds other runs, use a folder beside it.")
    ] = False,
    engine: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The engine: mesa or array [the study's]; same numbers."),
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Run again what failed before.")] = False,
    worlds: Worlds = None,
    lang: Lang = "en",
    with_: With = None,
    json: Json = False,
) -> None:
    """Run a study, or go on with it: the same command resumes. It ends with the answer of the study.

    For example: linli sweep sinking

    As a SLURM array of 10: linli sweep STUDY --out DIR --shard $SLURM_ARRAY_TASK_ID/10
    """
    from linli.experiments.output.progress import Progress

    with Progress("loading", "runs") as progress:
        from linli.experiments import output
        from linli.experiments.runner.launch import Sweeping
        from linli.model.text import checked_language

        checked_language(lang)
        asked = Sweeping(
            study, out=out, jobs=jobs, dask=dask, shard=shard, apart=apart, retry=retry, engine=engine,
            worlds=worlds,
        )  # fmt: skip
        data = asked.estimate() if dry_run else asked.run(progress)
    if json:
        output.print_json(data)
    else:
        from linli.experiments.runner import tables as sweep_tables

        (sweep_tables.show_estimate if dry_run else sweep_tables.show_sweep)(data)
        if not dry_run and asked.part.of == 1:
            from linli.experiments.answer.conclude import conclude

            conclude(Path(data["folder"]), lang)
