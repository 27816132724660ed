"""A life in both worlds as two ribbons of days: marks for what was decided, lines for what is felt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linli.viz.charts import Theme, _axis, _days, _frame, _legend
from linli.viz.worlds.life import ACTED, ACTED_ASKED, PASSED, REFUSED, Side

SHAPES = {ACTED_ASKED: "diamond", ACTED: "circle", REFUSED: "diamond", PASSED: "circle"}
"""With corners: asked."""

FILLED = (ACTED_ASKED, ACTED)
"""Acted; the others are hollow."""

SIZES = {ACTED_ASKED: 12, ACTED: 10, REFUSED: 9, PASSED: 6}

ABOVE = 1.25
"""Height of the marks over the lines, which end at 1."""

HEADS, TOPS, HEIGHT = (40, 172), (58, 190), 86
"""Where titles and ribbons stand, below two lines of a legend [pixels]."""


@dataclass(frozen=True)
class Ribbon:
    """One world. title: its name; colour: of its marks."""

    title: str
    side: Side
    colour: str


def life(
    ribbons: Sequence[Ribbon],
    looked: Sequence[int],
    days: int,
    words: Mapping[str, str],
    look: Theme,
    *,
    parted: int | None,
) -> dict[str, Any]:
    """Options of ECharts. words: labels of SHAPES, "fatigue" and "efficacy"; parted: a day to mark."""
    most = max(1.0, *(value for one in ribbons for value in one.side.fatigue))
    series = [part for at, one in enumerate(ribbons) for part in _ribbon(at, one, looked, words, most, look)]
    if parted is not None:
        for at in range(len(ribbons)):
            series[at * len(series) // len(ribbons)]["markLine"] = _parting(
                parted, words["parted"] if at == 0 else "", look
            )
    return {
        **_frame(look, ""),
        "title": [
            {"text": one.title, "left": 0, "top": top, "padding": 0,
             "textStyle": {"fontSize": 12, "color": one.colour}}
            for one, top in zip(ribbons, HEADS, strict=True)
        ],
        "grid": [{"left": 8, "right": 12, "top": top, "height": HEIGHT} for top in TOPS],
        "tooltip": {**_frame(look, "")["tooltip"], "trigger": "item"},
        "legend": {**_legend([words[name] for name in (*SHAPES, "efficacy", "fatigue")], look), "top": 0,
                   "itemWidth": 12, "itemHeight": 10, "itemGap": 8},
        "xAxis": [{**_days(days, look), "gridIndex": at} for at in range(len(ribbons))],
        "yAxis": [
            {**_axis(look, "", type="value", min=0, max=1.5), "gridIndex": at, "show": False}
            for at in range(len(ribbons))
        ],
        "series": series,
    }  # fmt: skip


def _ribbon(
    at: int, one: Ribbon, looked: Sequence[int], words: Mapping[str, str], most: float, look: Theme
) -> list[dict[str, Any]]:
    """Two lines and four kinds of marks; those of acts come last and lie above the others."""
    where = {"xAxisIndex": at, "yAxisIndex": at}
    lines = [
        {**where, "name": words[name], "type": "line", "showSymbol": False, "silent": True,
         "data": [[day, round(value / top, 3)] for day, value in zip(looked, values, strict=True)],
         "lineStyle": {"color": colour, "width": 1.4, "type": style}, "itemStyle": {"color": colour}}
        for name, values, top, colour, style in (
            ("efficacy", one.side.efficacy, 1.0, look.several[2], "solid"),
            ("fatigue", one.side.fatigue, most, look.this_town, "dashed"),
        )
    ]  # fmt: skip
    marks = [
        {**where, "name": words[kind], "type": "scatter", "symbol": SHAPES[kind], "symbolSize": SIZES[kind],
         "itemStyle": {"color": one.colour if kind in FILLED else "transparent", "borderColor": one.colour,
                       "borderWidth": 1},
         "tooltip": {"formatter": words["mark"]},
         "data": [{"name": str(day), "value": [day, ABOVE]} for day, of in one.side.events if of == kind]}
        for kind in (PASSED, REFUSED, ACTED, ACTED_ASKED)
    ]  # fmt: skip
    return [*lines, *marks]


def _parting(day: int, label: str, look: Theme) -> dict[str, Any]:
    return {
        "silent": True,
        "symbol": "none",
        "label": {
            "show": bool(label),
            "formatter": label,
            "color": look.ink,
            "fontSize": 11,
            "position": "end",
        },
        "lineStyle": {"color": look.ink, "type": "dashed", "width": 1},
        "data": [{"xAxis": day}],
    }
