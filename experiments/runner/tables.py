"""What `linli sweep` and `linli results` show people."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from linli.experiments.output.screen import NOTHING, console, number, plain, table

MOST_ARMS = 20
"""Arms that are listed by name; a search has hundreds."""
WORDS, GAP = 24, 2
"""Characters after which words may go on in the next line, and between columns."""


def show_sweep(data: Mapping[str, Any]) -> None:
    """How a sweep ended."""
    screen = console()
    made, before, failed = data["made"], data["before"], data["failed"]
    earlier = f", {before:,} were there already" if before else ""
    screen.print(f"{made:,} runs made{earlier}: {data['folder']}", soft_wrap=True)
    if failed:
        screen.print(
            f"{failed:,} of them failed; why: linli results {data['folder']}; again: --retry", soft_wrap=True
        )
    screen.print(f'More: linli results {data["folder"]} --sql "select * from runs limit 3"', soft_wrap=True)


def show_estimate(data: Mapping[str, Any]) -> None:
    """What a sweep would take."""
    most = data["seeds_at_most"]
    seeds = f"{data['seeds']:,}" + (
        f" to {most:,}, by the width of intervals" if most > data["seeds"] else ""
    )
    least = "at least " if most > data["seeds"] else ""
    _facts(
        data["title"] or data["study"],
        {
            "points": f"{data['points']:,}",
            "arms": ", ".join(data["arms"]),
            "seeds": seeds,
            "runs": f"{least}{data['runs']:,}, from {data['burn_ins']:,} burn-ins",
            "time": f"{least}{duration(data['seconds'])} on {data['jobs']} processes, "
            f"{plain(data['seconds_a_run'])} s a run",
            "disk": f"{least}{size(data['bytes'])} for {data['rows']:,} rows",
            "folder": data["folder"],
        },
    )


def show_store(folder: Path, data: Mapping[str, Any]) -> None:
    """How far a study is."""
    facts = {
        "points": f"{data['points']:,}",
        "arms": ", ".join(data["arms"]) if len(data["arms"]) <= MOST_ARMS else f"{len(data['arms']):,}",
        "rows": f"{data['done']:,} done, {data['failed']:,} failed",
        "chunks": f"{data['chunks']:,}",
        "rules": data["code"],
        "folder": str(folder),
    }
    _facts(data["title"] or data["study"], facts)
    screen = console()
    for failure in data["errors"]:
        screen.print(f"{failure['rows']:,} rows failed: {failure['error']}")
    for fault in data["faults"]:
        screen.print(f"not used: {fault} (the same sweep makes its runs again)")


def show_rows(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """The answer to a query: a table, or a block for each row where that would be wider than the screen."""
    screen = console()
    cells = [[_cell(row[name]) for name in names] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(names, *cells, strict=True)]
    if sum(min(width, WORDS) for width in widths) + GAP * len(widths) > screen.width:
        for number, row in enumerate(cells, 1):
            _facts(f"row {number}", dict(zip(names, row, strict=True)))
        return
    shown = table()
    for name in names:
        is_number = all(isinstance(row[name], int | float | None) for row in rows)
        shown.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in cells:
        shown.add_row(*row)
    screen.print(shown)


def duration(seconds: float) -> str:
    """Seconds as people say it."""
    if seconds < 100:
        return f"{seconds:.0f} s" if seconds >= 1 else "less than a second"
    minutes = seconds / 60.0
    return f"{minutes:.0f} min" if minutes < 100 else f"{minutes / 60.0:,.1f} h"


def size(count: float) -> str:
    """Bytes as people say it."""
    big = next(((unit, name) for unit, name in ((1e9, "GB"), (1e6, "MB")) if count >= unit), (1e3, "kB"))
    value = count / big[0]
    return f"{value:.1f} {big[1]}" if value < 10 else f"{value:,.0f} {big[1]}"


def _facts(title: str, facts: Mapping[str, str]) -> None:
    screen = console()
    screen.print(title, style="bold")
    shown = table(header=False)
    for about, fact in facts.items():
        shown.add_row(Text(about, style="dim"), fact)
    screen.print(shown)


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return number(value)
    return NOTHING if value is None else str(value)
