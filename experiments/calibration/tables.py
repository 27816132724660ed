"""What a search for worlds found, as tables, files and JSON."""

from functools import partial
from typing import Any

import pandas as pd

from linli.experiments.calibration.search import Search, fitting, steadiest
from linli.experiments.output import Writers
from linli.experiments.output.labels import label_of
from linli.experiments.output.screen import console, number, table
from linli.experiments.output.written import csv_of
from linli.model.text import Text

_TRIED = Text(
    "{tried} worlds tried; in {fit} of them every figure lies inside its band",
    "试了 {tried} 个世界；其中 {fit} 个的全部指标都落在区间内",
)
_NONE = Text(
    "None fits. The nearest one misses these; free other parameters, or try more --waves:",
    "没有一个符合。最接近的世界在以下指标上不符；可放开其他参数，或增加 --waves：",
)
_HEADS = (
    Text("parameter", "参数"),
    Text("before", "原值"),
    Text("in the middle of those that fit", "符合者的中间"),
    Text("where 90 % of them lie", "其中90%所在"),
    Text("range searched", "搜索范围"),
)


def files(tried: pd.DataFrame) -> Writers:
    """Every world as CSV."""
    columns = [name for name in tried.columns if not name.startswith("u_")]
    return {"worlds.csv": partial(csv_of, tried[columns])}


def as_data(search: Search, tried: pd.DataFrame) -> dict[str, Any]:
    """For JSON: the world that stands for those that fit, or the nearest if none does; and the ranges."""
    chosen, fit = steadiest(tried, search.free), fitting(tried)
    world = tried.iloc[0] if chosen is None else chosen
    names = [*(f.name for f in search.free), "n_bar"]
    return {
        "tried": len(tried),
        "fit": len(fit),
        "world": {name: world[name] for name in names},
        "distance": world["distance"],
        "measures": {e.measure: world[e.measure] for e in search.targets},
        "ranges": {name: fit[name].quantile([0.05, 0.95]).to_list() for name in names} if len(fit) else {},
    }


def show(search: Search, tried: pd.DataFrame, lang: str) -> None:
    """What moves to where, or what could not be met."""
    screen, fit = console(), fitting(tried)
    screen.print(_TRIED.said(lang).format(tried=len(tried), fit=len(fit)), style="bold")
    chosen = steadiest(tried, search.free)
    if chosen is None:
        screen.print(_NONE.said(lang))
        for e in search.targets:
            value = tried.iloc[0][e.measure]
            if not e.holds(value):
                band = f"{number(e.low)}–{number(e.high)}"
                screen.print(f"  {label_of(e.measure, lang)}: {number(value)} ({band})", soft_wrap=True)
        return
    rows = table()
    for n, head in enumerate(_HEADS):
        rows.add_column(head.said(lang), justify="left" if n == 0 else "right")
    spans = {f.name: f"{number(f.low)} … {number(f.high)}" for f in search.free}
    for name in (*spans, "n_bar"):
        low, high = fit[name].quantile([0.05, 0.95])
        before = getattr(search.scenario.parameters, name)
        cells = number(before), number(chosen[name]), f"{number(low)} … {number(high)}", spans.get(name, "")
        rows.add_row(label_of(name, lang), *cells)
    screen.print(rows)
