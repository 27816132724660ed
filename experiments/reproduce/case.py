"""What a case is, and how it is run: checked, shown and written to a folder."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.figures.style import files, styled
from linli.experiments.output import Writers, file_away
from linli.experiments.output.screen import console, number, table
from linli.experiments.output.written import csv_of, tex_of
from linli.model.errors import InputError

FOLDER = Path("reproduced")


@dataclass(frozen=True)
class Case:
    """A published result. source: where it stands; table: what is said and what comes out, row by row, with a
    column `agrees`; draw: the figure of such a table."""

    name: str
    title: str
    source: str
    table: Callable[[], pd.DataFrame]
    draw: Callable[[pd.DataFrame], Figure]


def reproduce(case: Case, folder: Path) -> bool:
    """Work a case out, show it, and write table and figure. Whether all of it agrees."""
    rows = case.table()
    with styled():
        figure = case.draw(rows)
    written: Writers = {
        f"{case.name}.csv": partial(csv_of, rows),
        f"{case.name}.tex": partial(tex_of, rows, f"{case.title} ({case.source})"),
        **files({case.name: figure}),
    }
    file_away(folder, written)
    _show(case, rows)
    return bool(rows["agrees"].all())


def _show(case: Case, rows: pd.DataFrame) -> None:
    screen = console()
    screen.print(case.title, style="bold")
    screen.print(case.source, style="dim")
    shown = table()
    for name in rows:
        shown.add_column(str(name), justify="left" if rows[name].dtype == object else "right")
    for row in rows.itertuples(index=False):
        shown.add_row(*(_cell(value) for value in row))
    screen.print(shown)
    screen.print()


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is True or value is False or type(value).__name__ == "bool":
        return "yes" if value else "NO"
    return number(float(value))  # type: ignore[arg-type]


def main(cases: Sequence[Case], arguments: Sequence[str]) -> None:
    """The command line of one case or of all. Exits with 1 if a case does not agree, 2 for bad input."""
    names = [case.name for case in cases]
    parser = ArgumentParser(prog="python -m linli.experiments.reproduce", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="CASE", help=f"{', '.join(names)} [all]")
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="FOLDER", help=f"[{FOLDER}]")
    given = parser.parse_args(arguments)
    strange = [name for name in given.names if name not in names]
    if strange:
        parser.error(f"unknown case '{strange[0]}'; valid: {', '.join(names)}")
    try:
        done = [reproduce(case, given.out) for case in cases if not given.names or case.name in given.names]
    except InputError as error:
        parser.error(str(error))
    if not all(done):
        sys.exit(1)
