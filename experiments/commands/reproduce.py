"""`linli reproduce`."""

from pathlib import Path
from typing import Annotated

import typer

from linli.experiments.commands.options import Json, Lang


def reproduce(
    name: Annotated[str, typer.Argument(metavar="[NAME|all]", help="A case, or all of them.")] = "all",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder, with one inside for each case [reproduced].")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Work out again what is there already, too.")
    ] = False,
    lang: Lang = "en",
    json: Json = False,
) -> None:
    """Work published results out again, and say of every figure whether it came out.

    A case leaves its figure, data, scenario, environment and verdict; what is there already, of the same
    rules and expectations, is not worked out again. All of them leave a report, too (report.html, in English
    and Chinese) and a description for machines (ro-crate-metadata.json). Exit code 1: some figure did not
    come out.

    For example: linli reproduce granovetter
    """
    from linli.experiments.output.progress import Progress, compile_first

    with Progress("loading", "cases") as progress:
        from linli.experiments import output
        from linli.experiments.reproduce import making, registry
        from linli.model.text import checked_language

        checked_language(lang)
        cases = registry.chosen(name)
        folder = out or Path("reproduced")
        output.check_folder(folder)
        places = {case.name: making.folder_of(case, folder) for case in cases}
        done: list[making.Done] = []
        for case in cases:
            progress.expect(case.name, len(cases), len(done))
            before = None if again else making.done_before(case, places[case.name])
            if before is None and case.scenario is not None:
                compile_first(progress.say)
                progress.expect(case.name, len(cases), len(done))
            done.append(before or making.make(case, places[case.name]))
            progress.tick()
        if name == registry.ALL:
            from linli.experiments.reproduce import crate, report

            output.file_away(folder, {**report.files(done), **crate.files(done)})
    if json:
        output.print_json(making.as_data(done))
    else:
        from linli.experiments.reproduce import tables

        tables.show(done, lang)
        if name == registry.ALL:
            typer.echo(f"{folder / crate.REPORT}")
    if not all(one.is_reproduced for one in done):
        raise typer.Exit(1)
