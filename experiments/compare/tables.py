"""Results as tables for people."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from linli.experiments.compare.sentences import sentences
from linli.experiments.output.screen import console, decimals, number, table
from linli.experiments.statistics.paired import CONFIDENCE, CostPerEngaged, Effect
from linli.model.attribution.measures import EVERY

SECTIONS = {
    "woken": "acts, by what differed first",
    "engaged_share": "participation",
    "hours_top_1": "who takes part",
    "self_reliance": "self-reliance 自理",
    "visits": "asking",
    "members_idle": "party members",
    "worker_administration": "community workers",
    "matters_arisen": "public matters",
    "trust": "feelings and property",
    "cost_hours": "cost of policies",
}
"""Headings, each before the measure that begins the section: measures keep the order they are defined in."""
WIDE = 120
"""Columns from which a comparison has room for units."""


def show_run(title: str, data: Mapping[str, Any]) -> None:
    """Every measure of a run."""
    screen = console()
    _head(
        screen,
        title,
        data,
        f"{data['days']:,} days after a burn-in of {data['burn_in']:,}, seed {data['seed']}",
    )
    shown = table()
    shown.add_column("measure", no_wrap=True)
    shown.add_column("value", justify="right", no_wrap=True)
    shown.add_column("unit", max_width=20)
    shown.add_column("meaning")
    for name, value in data["measures"].items():
        _section(shown, name, 4)
        shown.add_row(name, number(value), EVERY[name].unit, EVERY[name].en)
    screen.print(shown)


def show_comparison(title: str, data: Mapping[str, Any]) -> None:
    """Every paired difference, with what it says in words."""
    screen = console()
    runs, last = data["runs"], data["seed"] + data["runs"] - 1
    seeds = f"seed {data['seed']}" if runs == 1 else f"seeds {data['seed']} to {last}"
    pairs = "1 pair of runs" if runs == 1 else f"{runs} pairs of runs"
    days = f"{data['days']:,} days after a burn-in of {data['burn_in']:,}"
    _head(screen, title, data, f"{pairs}, {days}, {seeds}")
    on = {name: Effect(**effect) for name, effect in data["measures"].items()}
    shown = _comparison(on, units=screen.width >= WIDE, runs=runs)
    screen.print(shown)
    screen.print()
    if runs > 1:
        screen.print(
            f"▲ ▼  the {100 * CONFIDENCE:g} % interval of the paired differences excludes 0; "
            "where nothing changed, one in twenty does so by chance.",
            style="dim",
        )
        screen.print()
    said = table(header=False)
    groups = {group: Effect(**effect) for group, effect in data["attribution"].items()}
    cost = CostPerEngaged(**data["cost_per_engaged"])
    for about, sentence in sentences(on, groups, cost).items():
        said.add_row(Text(about, style="bold"), sentence)
    screen.print(said)


def _head(screen: Any, title: str, data: Mapping[str, Any], how: str) -> None:
    screen.print(title or data["scenario"], style="bold")
    screen.print(f"{data['residents']:,} residents; {how}")
    screen.print("policies: " + ("; ".join(data["policies"]) or "none"))
    screen.print()


def _section(shown: Table, name: str, columns: int) -> None:
    if name in SECTIONS:
        if shown.row_count:
            shown.add_row(*[""] * columns)
        shown.add_row(Text(SECTIONS[name], style="bold cyan"), *[""] * (columns - 1))


def _comparison(on: Mapping[str, Effect], *, units: bool, runs: int) -> Table:
    shown = table()
    shown.add_column("measure", no_wrap=True)
    for heading in ("baseline", "policy", "difference", f"{100 * CONFIDENCE:g} % interval"):
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("", no_wrap=True)
    if units:
        shown.add_column("unit")
    for name, effect in on.items():
        _section(shown, name, len(shown.columns))
        cells = _cells(effect, runs)
        mark = ("▲" if effect.is_clear_gain else "▼") if effect.is_clear else ""
        style = "bold" if effect.is_clear else None
        shown.add_row(name, *cells, mark, *([EVERY[name].unit] if units else []), style=style)
    return shown


def _cells(effect: Effect, runs: int) -> list[str]:
    """Baseline, policy, difference and interval, with as many decimals as the interval deserves."""
    half = None if effect.low is None or effect.high is None else (effect.high - effect.low) / 2.0
    places = decimals(half or effect.difference or (effect.baseline or 0.0) / 10.0)
    low, high = number(effect.low, places, sign=True), number(effect.high, places, sign=True)
    interval = "" if effect.low is None else f"{low} to {high}"
    if effect.runs < runs:
        interval += f" ({effect.runs} runs)"
    difference = (
        "0" if effect.difference == 0.0 and not half else number(effect.difference, places, sign=True)
    )
    return [
        number(effect.baseline, places),
        number(effect.policy, places),
        difference,
        "0" if half == 0.0 and difference == "0" else interval,
    ]
