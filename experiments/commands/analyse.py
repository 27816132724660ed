"""`linli analyse`."""

from pathlib import Path
from typing import Annotated

import typer

from linli.experiments.commands.options import Json, Lang


def analyse(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a study (see: linli sweep).")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write tables (CSV, LaTeX) and figures (PNG, SVG) there."),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A measure to show (see: linli list measures); repeatable."),
    ] = None,
    detect: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE=EFFECT",
            help="An effect to plan for: how many runs show it [a twentieth of the mean]; repeatable.",
        ),
    ] = None,
    lang: Lang = "en",
    json: Json = False,
) -> None:
    """Analyse the results of a study: effects with intervals, doses, interactions, and the answer.

    For example: linli analyse results/sinking --out analysis
    """
    from linli.experiments.output.progress import Progress

    with Progress("analysing", "steps"):
        from linli.experiments import output
        from linli.experiments.analysis import effects_tables as analyse_tables
        from linli.experiments.analysis.effects import analyse, stated_effects
        from linli.experiments.answer import answer_or_none
        from linli.experiments.store.reading import read

        where = output.Folder(out) if out else None
        results = read(folder)
        found = analyse(results, measure, stated_effects(detect or []), lang)
        said = answer_or_none(results, lang)
        if where:
            where.write({**found.files(), **(said.files() if said else {})})
    if json:
        output.print_json(analyse_tables.as_data(found, said))
    else:
        analyse_tables.show(found, said, lang)
