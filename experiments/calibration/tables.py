"""What a calibration found, as tables, files, sentences and JSON."""

from dataclasses import asdict
from functools import partial
from typing import Any

import pandas as pd

from linli.experiments.calibration import shipped
from linli.experiments.calibration.calibration import Calibrated
from linli.experiments.calibration.check import Checked
from linli.experiments.calibration.identified import Marginal, Pair
from linli.experiments.calibration.lived import NEED
from linli.experiments.calibration.search import MOVES, Search
from linli.experiments.output import Writers
from linli.experiments.output.labels import label_of
from linli.experiments.output.screen import console, headed, number
from linli.experiments.output.written import csv_of
from linli.model.text import Text

_MOST_PAIRS = 12

_FOUND = Text(
    "{worlds} worlds fit, out of {drawn} lived after {waves} waves of history matching, which left {share} "
    "of the prior: {acceptance} accepted, {lived} lived in all",
    "找到 {worlds} 个符合证据的世界：经 {waves} 轮历史匹配（剩余先验的 {share}）后模拟 {drawn} 个，"
    "接受 {acceptance}；共模拟 {lived} 个",
)
_SIZE = Text(
    "They are independent draws and count alike: their effective number is {worlds}.",
    "各世界独立抽取、权重相等：有效样本量为 {worlds}。",
)
_STILL = Text(
    "The last of them moved a quantile of a parameter by {moved} of its range: the ensemble still moves.",
    "最后一批仍使某参数的分位数移动了其范围的 {moved}：集合尚未稳定。",
)
_FEWER = Text(
    "Fewer than the {asked} asked for: widen the ranges, free other parameters, or allow more --waves.",
    "少于所要求的 {asked} 个：可放宽范围、放开其他参数，或增加 --waves。",
)
_NONE = Text(
    "None fits. Of these figures no world lived came inside the band, or hardly any:",
    "没有一个符合。以下指标在模拟过的世界中几乎从未落在区间内：",
)
_OPEN = Text(
    "No figure of the evidence identifies these; their worlds lie as their ranges do: {names}.",
    "以下参数未被任何证据识别，其后验即先验：{names}。",
)
_NO_PAIRS = Text(
    "No pair of parameters trades off by more than chance.", "没有参数对存在超出偶然的相互替代。"
)
_CHECKED = Text(
    "Known worlds: {recovered} of {known} recovered. Their own evidence ruled out {ruled_out}. ",
    "已知世界：{known} 个中恢复了 {recovered} 个；被自身证据排除的有 {ruled_out} 个。",
)
_EVEN = Text(
    "The ranks of true values are uniform for all parameters, as far as chance lets one tell.",
    "各参数真值的秩在偶然范围内均匀分布。",
)
_UNEVEN = Text("The ranks of true values are not uniform for {names}.", "以下参数真值的秩不均匀：{names}。")
_HEADS = (
    Text("parameter", "参数"),
    Text("prior", "先验范围"),
    Text("median", "中位数"),
    Text("where 90 % of worlds lie", "其中90%所在"),
    Text("narrowed", "收窄"),
)
_PAIR_HEADS = (
    Text("parameter", "参数"),
    Text("trades off with", "与之替代"),
    Text("rank correlation", "秩相关"),
)
_FIGURE_HEADS = (
    Text("figure", "指标"),
    Text("band", "区间"),
    Text("where 90 % of worlds lie", "其中90%所在"),
)


def files(made: Calibrated) -> Writers:
    """The ensemble as it ships, everything that was lived, and the tables as CSV."""
    search, found, known = made.search, made.found, made.identified
    every: Writers = {"lived.csv": partial(csv_of, found.everything)}
    if known is None:
        return every
    if made.checked:
        every = {**every, "ranks.csv": partial(csv_of, made.checked.ranks)}
    return {
        **every,
        **shipped.files(search, found),
        "parameters.csv": partial(csv_of, pd.DataFrame([asdict(m) for m in known.parameters])),
        "pairs.csv": partial(
            csv_of,
            pd.DataFrame([asdict(p) for p in known.pairs], columns=["one", "other", "correlation"]),
        ),
        "figures.csv": partial(csv_of, known.figures),
    }


def as_data(made: Calibrated) -> dict[str, Any]:
    """For JSON."""
    found, known = made.found, made.identified
    return {
        "worlds": shipped.table(made.search, found).to_dict("records") if known else [],
        "lived": len(found.everything),
        "drawn": found.drawn,
        "acceptance": found.acceptance,
        "effective": len(found.worlds),
        "moved": found.moved,
        "waves": [asdict(step) for step in found.waves],
        "parameters": [asdict(m) for m in known.parameters] if known else [],
        "pairs": [asdict(p) for p in known.pairs] if known else [],
        "figures": known.figures.to_dict("records") if known else [],
        "check": _checked_as_data(made),
    }


def _checked_as_data(made: Calibrated) -> dict[str, Any] | None:
    if made.checked is None:
        return None
    one = made.checked
    counts = {"known": one.known, "recovered": one.recovered, "ruled_out": one.ruled_out}
    return {**counts, "surprise": one.surprise, "uneven": one.uneven}


def show(made: Calibrated, lang: str) -> None:
    """How many there are, what the evidence says about each parameter, and what it leaves open."""
    screen, found, search, known = console(), made.found, made.search, made.identified
    said = {
        "worlds": len(found.worlds),
        "drawn": found.drawn,
        "waves": len(found.waves),
        "share": f"{found.share:.2%}",
        "acceptance": f"{found.acceptance:.0%}",
        "lived": len(found.everything),
        "asked": search.worlds,
        "moved": number(found.moved),
    }
    if known is None:
        _show_misses(made, lang)
        return
    screen.print(_FOUND.said(lang).format(**said), style="bold", soft_wrap=True)
    screen.print(_SIZE.said(lang).format(**said))
    if len(found.worlds) < search.worlds:
        screen.print(_FEWER.said(lang).format(**said), soft_wrap=True)
    elif found.moved > MOVES:
        screen.print(_STILL.said(lang).format(**said), soft_wrap=True)
    screen.print(_parameters(known.parameters, lang))
    left = [m.name for m in known.parameters if not m.identified]
    if left:
        screen.print(_OPEN.said(lang).format(names=", ".join(left)), soft_wrap=True)
    screen.print()
    screen.print(_pairs(known.pairs, lang) if known.pairs else _NO_PAIRS.said(lang))
    screen.print()
    screen.print(_figures(search, known.figures, lang))
    if made.checked:
        _show_check(made.checked, lang)


def _show_check(checked: Checked, lang: str) -> None:
    counts = {"known": checked.known, "recovered": checked.recovered, "ruled_out": checked.ruled_out}
    even = _UNEVEN.said(lang).format(names=", ".join(checked.uneven)) if checked.uneven else _EVEN.said(lang)
    console().print(_CHECKED.said(lang).format(**counts) + even, soft_wrap=True)


def _show_misses(made: Calibrated, lang: str) -> None:
    screen, lived = console(), made.found.everything
    screen.print(_NONE.said(lang), style="bold")
    for figure in made.search.targets:
        values = lived[figure.measure]
        inside = sum(figure.holds(value) for value in values)
        if inside <= 0.01 * len(values):
            band = f"{number(figure.low)}–{number(figure.high)}"
            low, high = number(values.min()), number(values.max())
            screen.print(f"  {label_of(figure.measure, lang)}: {low} … {high} ({band})", soft_wrap=True)


def _parameters(known: list[Marginal], lang: str) -> Any:
    rows = headed(_HEADS, lang)
    for one in known:
        rows.add_row(
            label_of(one.name, lang),
            f"{number(one.low)} … {number(one.high)}",
            number(one.middle),
            f"{number(one.least)} … {number(one.most)}",
            f"{max(one.narrowed, 0.0):.0%}" if one.identified else "–",
        )
    return rows


def _pairs(traded: list[Pair], lang: str) -> Any:
    rows = headed(_PAIR_HEADS, lang)
    for pair in traded[:_MOST_PAIRS]:
        rows.add_row(
            label_of(pair.one, lang), label_of(pair.other, lang), number(pair.correlation, 2, sign=True)
        )
    return rows


def _figures(search: Search, figures: pd.DataFrame, lang: str) -> Any:
    rows = headed(_FIGURE_HEADS, lang)
    bands = {f.measure: f"{number(f.low)}–{number(f.high)}" for f in search.targets}
    for row in figures.to_dict("records"):
        name = str(row["measure"])
        span = f"{number(row['least'])} … {number(row['most'])}"
        rows.add_row(label_of(name, lang), bands.get(name, "n_bar" if name == NEED else ""), span)
    return rows
