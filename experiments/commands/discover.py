"""`linli discover`."""

from pathlib import Path
from typing import Annotated

import typer

from linli.experiments.commands.options import Json, Lang


def discover(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a study (see: linli sweep).")],
    measure: Annotated[
        str, typer.Option(metavar="NAME", help="What rises or falls (see: linli list measures).")
    ] = "resident_matter_hours",
    arm: Annotated[str | None, typer.Option(metavar="NAME", help="The arm, if there are several.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write points, boxes and a figure there.")
    ] = None,
    lang: Lang = "en",
    json: Json = False,
) -> None:
    """Find the conditions under which policies raise or lower a measure (PRIM and CART).

    By default: where they raise residents' own hours on matters, and where they lower them.
    Studies with a latin_hypercube design over the uncertain parameters suit best.
    """
    from linli.experiments.output.progress import Progress

    with Progress("searching", "steps"):
        from linli.experiments import output
        from linli.experiments.analysis import discovery as discover
        from linli.experiments.analysis import discovery_tables as discover_words
        from linli.experiments.store.reading import read
        from linli.model.text import checked_language

        checked_language(lang)
        where = output.Folder(out) if out else None
        found = discover.discover(read(folder), measure, arm)
        if where:
            where.write(discover_words.files(found, lang))
    if json:
        output.print_json(discover_words.as_data(found))
    else:
        discover_words.show(found, lang)
