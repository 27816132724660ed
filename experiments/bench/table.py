"""The benchmark as tables for people."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.console import Console

from linli.experiments.output.screen import console, number, table


def show(results: Mapping[str, Any]) -> None:
    """One table a part."""
    screen = console()
    for part, result in results.items():
        _SHOWN[part](screen, result)
        screen.print()


def _rows(screen: Console, title: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    screen.print(title, style="bold cyan")
    shown = table()
    for column in columns:
        shown.add_column(column, justify="right", no_wrap=True)
    for row in rows:
        shown.add_row(*row)
    screen.print(shown)


def _donghu(screen: Console, got: Mapping[str, Any]) -> None:
    rows = [
        ("mesa", number(got["mesa_ns"]), number(got["mesa_year_s"]), ""),
        ("array", number(got["array_ns"]), number(got["array_year_s"]), f"{got['ratio']:.1f} times"),
    ]
    _rows(screen, "both engines, one thread", ("engine", "ns a resident-day", "year [s]", "faster"), rows)


def _library(screen: Console, got: Mapping[str, Any]) -> None:
    columns = ("call [ms]", "its run alone [ms]", "the call takes")
    row = (number(got["call_ms"]), number(got["run_ms"]), f"{got['ratio']:.2f} times the run")
    _rows(screen, "a call of linli.simulate on the lane, one thread", columns, [row])


def _chengdu(screen: Console, got: Mapping[str, Any]) -> None:
    columns = ("residents", "build [s]", "day [s]", "year [s]", "processor time of the year [s]", "peak [GB]")
    values = (got["build_s"], got["day_s"], got["year_s"], got["cpu_year_s"], got["peak_gb"])
    _rows(screen, "the whole city", columns, [(f"{got['residents']:,}", *map(number, values))])


def _scaling(screen: Console, got: list[Mapping[str, Any]]) -> None:
    rows = [(f"{row['residents']:,}", number(row["ns"])) for row in got]
    _rows(screen, "size of the city, one thread", ("residents", "ns a resident-day"), rows)


def _contagion(screen: Console, got: list[Mapping[str, Any]]) -> None:
    rows = [
        (
            f"{row['agents']:,}",
            str(row["threads"]),
            *(number(row[name]) for name in ("ours_ns", "mesa_ns", "scipy_ns")),
            f"{row['ratio_mesa']:.0f} times",
            f"{row['ratio_scipy']:.1f} times",
        )
        for row in got
    ]
    columns = ("agents", "threads", "linli", "Mesa", "NumPy + scipy", "than Mesa", "than scipy")
    _rows(screen, "contagion, ns an agent and step (Mesa and scipy: one thread)", columns, rows)


def _machine(screen: Console, got: Mapping[str, Any]) -> None:
    moved = got["floor_ns"] * got["triad_gbs"]
    columns = ("triad [GB/s]", "bytes that the contagion moves", "its floor [ns an agent and step]")
    row = (number(got["triad_gbs"]), number(moved), number(got["floor_ns"]))
    _rows(screen, "memory, one thread", columns, [row])


_SHOWN: dict[str, Callable[[Console, Any], None]] = {
    "donghu": _donghu,
    "library": _library,
    "chengdu": _chengdu,
    "scaling": _scaling,
    "contagion": _contagion,
    "machine": _machine,
}
