"""Results as tables for people."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from linli.experiments.compare.sentences import sentences
from linli.experiments.output.screen import console, decimals, number, table
from linli.experiments.statistics.paired import CONFIDENCE, CostPerEngaged, Effect
from linli.model.attribution.measures import EVERY
from linli.model.text import Text as Said

SECTIONS = {
    "woken": Said("acts, by what differed first", "参与：按首先不同之处"),
    "engaged_share": Said("participation", "参与"),
    "hours_top_1": Said("who takes part", "谁在参与"),
    "self_reliance": Said("self-reliance 自理", "自理"),
    "visits": Said("asking", "动员"),
    "members_idle": Said("party members", "党员"),
    "worker_administration": Said("community workers", "社区工作者"),
    "matters_arisen": Said("public matters", "公共事务"),
    "trust": Said("feelings and property", "感受与物业"),
    "cost_hours": Said("cost of policies", "政策成本"),
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
        section(shown, name, 4)
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


def section(shown: Table, name: str, columns: int, lang: str = "en") -> None:
    """A heading, where a measure begins a section."""
    if name in SECTIONS:
        if shown.row_count:
            shown.add_row(*[""] * columns)
        shown.add_row(Text(SECTIONS[name].said(lang), style="bold cyan"), *[""] * (columns - 1))


def _comparison(on: Mapping[str, Effect], *, units: bool, runs: int) -> Table:
    shown = table()
    shown.add_column("measure", no_wrap=True)
    for heading in ("baseline", "policy", "difference", f"{100 * CONFIDENCE:g} % interval"):
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("", no_wrap=True)
    if units:
        shown.add_column("unit")
    for name, effect in on.items():
        section(shown, name, len(shown.columns))
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
