"""`linli results`."""

from pathlib import Path
from typing import Annotated

import typer

from linli.experiments.commands.options import Json


def results(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a study (see: linli sweep).")],
    sql: Annotated[
        str | None,
        typer.Option(
            metavar="QUERY", help="A query over the table runs (and daily, compounds, years, if kept)."
        ),
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the answer, or all runs, as CSV.")
    ] = None,
    json: Json = False,
) -> None:
    """Look at the runs of a study: how far it is, or what a query says.

    For example: linli results results/sinking --sql "select arm, avg(engaged_share) from runs group by arm"
    """
    from linli.experiments import output
    from linli.experiments.runner import tables as sweep_tables
    from linli.experiments.store import Store
    from linli.experiments.store import query as results

    store = Store(folder)
    if csv is not None:
        rows = results.to_csv(store, csv, sql or results.ALL)
        typer.echo(f"{rows:,} rows in {csv}", err=not csv.is_file())  # it may be standard output itself
    elif sql is not None:
        answer = results.ask(store, sql)
        if json:
            output.print_json(answer.to_pylist())
        else:
            sweep_tables.show_rows(answer.column_names, answer.to_pylist())
    elif json:
        output.print_json(results.overview(store))
    else:
        sweep_tables.show_store(store.folder, results.overview(store))
