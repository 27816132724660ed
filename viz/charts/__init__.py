"""Charts as options of ECharts: pure functions of numbers, drawn by `viz.charts.chart`."""

import dataclasses
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from linli.experiments.output.screen import decimals
from linli.experiments.output.written import in_brackets
from linli.experiments.statistics.paired import Effect

STEPS = (1, 2, 5, 10, 15, 30, 60, 90, 180, 365, 730)
"""Days between two labels of an axis."""

Numbers = Sequence[float | None]


@dataclass(frozen=True)
class Theme:
    """Colours of a chart on a light or a dark page; Okabe & Ito's, told apart by colour-blind readers."""

    ink: str
    muted: str
    line: str
    paper: str
    baseline: str
    policy: str
    band: str
    this_town: str
    several: tuple[str, ...]


LIGHT = Theme(
    ink="#1d2733",
    muted="#5d6876",
    line="#dfe4ea",
    paper="#ffffff",
    baseline="#5d6876",
    policy="#0072B2",
    band="#0072B2",
    this_town="#D55E00",
    several=("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"),
)
DARK = Theme(
    ink="#e6ebf1",
    muted="#9aa6b5",
    line="#2f3843",
    paper="#171c23",
    baseline="#aab4c0",
    policy="#56B4E9",
    band="#56B4E9",
    this_town="#E69F00",
    several=("#56B4E9", "#E69F00", "#2FBF94", "#E29CC3", "#F0E442"),
)


def theme(dark: bool) -> Theme:
    """The colours of a page."""
    return DARK if dark else LIGHT


@dataclass(frozen=True)
class Line:
    """One line of a chart. days and values of equal length; None: a gap."""

    name: str
    days: Sequence[float]
    values: Numbers
    colour: str
    style: str = "solid"
    width: float = 2.0


@dataclass(frozen=True)
class Band:
    """An interval over days."""

    name: str
    days: Sequence[float]
    low: Numbers
    high: Numbers


@dataclass(frozen=True)
class Picture:
    """Lines over days with a band if there is one; on the page, on paper or as a table. day: where a mark
    stands; days: how far the axis goes."""

    title: str
    unit: str
    days: int
    lines: tuple[Line, ...]
    band: Band | None = None
    day: int | None = None
    lang: str = "en"

    @property
    def headed(self) -> str:
        """The title with its unit."""
        if not self.unit:
            return self.title
        return self.title + in_brackets(self.unit, self.lang)


def curves(picture: Picture, look: Theme) -> dict[str, Any]:
    """A picture as options of ECharts."""
    lines, band = picture.lines, picture.band
    series: list[dict[str, Any]] = [*(_band(band, look) if band else []), *map(_line, lines)]
    if picture.day is not None and series:
        series[-1]["markLine"] = _mark(picture.day, look)
    return {
        **_frame(look, picture.headed),
        "legend": _legend([line.name for line in lines] + ([band.name] if band else []), look),
        # a category a day: bands are stacked, and only on such an axis does ECharts stack lines
        "xAxis": _days(picture.days, look),
        "yAxis": _axis(look, "", type="value", **_reach([*lines, *(_ends(band) if band else [])])),
        "series": series,
    }


def _days(days: int, look: Theme) -> dict[str, Any]:
    step = next((step for step in STEPS if days / step <= 10), STEPS[-1])
    axis = _axis(look, "", type="category", data=list(range(days + 1)), boundaryGap=False)
    every = {"interval": step - 1}
    return {**axis, "axisLabel": {**axis["axisLabel"], **every}, "axisTick": every}


def _reach(lines: Sequence[Line], zero: bool = False) -> dict[str, Any]:
    """Ends of the axis of values, a tenth of the values apart at least: a curve that hardly moves shall look
    as if it hardly moved. zero: 0 is on the axis."""
    values = [v for line in lines for v in line.values if v is not None and v == v] + [0.0] * zero
    if not values:
        return {"scale": True}
    low, high = min(values), max(values)
    missing = max(0.0, 0.1 * max(abs(low), abs(high)) - (high - low)) or 0.02 * (high - low)
    grain = 10.0 ** math.floor(math.log10(max(high - low + missing, 1e-9))) / 2.0
    ends = (math.floor((low - missing / 2) / grain) * grain, math.ceil((high + missing / 2) / grain) * grain)
    return {"min": float(f"{ends[0]:.6g}"), "max": float(f"{ends[1]:.6g}"), "splitNumber": 4}


def _ends(band: Band) -> list[Line]:
    return [Line("", band.days, band.low, ""), Line("", band.days, band.high, "")]


def band_of(name: str, days: Sequence[float], effects: Sequence[Effect], scale: float) -> Band:
    """The interval of paired differences; a gap where there is none."""
    return Band(
        name,
        days,
        [None if e.low is None else scale * e.low for e in effects],
        [None if e.high is None else scale * e.high for e in effects],
    )


def bars(
    names: Sequence[str], arms: Sequence[tuple[str, Sequence[float], str]], look: Theme
) -> dict[str, Any]:
    """Horizontal bars, one group a name, one bar an arm (label, values, colour); 0 stands in the middle."""
    reach = max((abs(v) for _, values, _ in arms for v in values), default=1.0) or 1.0
    return {
        **_frame(look, ""),
        "grid": {"left": 8, "right": 24, "top": 24, "bottom": 4, "containLabel": True},
        "tooltip": {**_tip(look), "trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {**_legend([label for label, _, _ in arms], look), "top": 0},
        "xAxis": _axis(look, "", type="value", min=-1.2 * reach, max=1.2 * reach, axisLabel={"show": False}),
        "yAxis": {
            **_names(look, names, margin=12),
            "axisLine": {"show": False},
            "axisTick": {"show": False},
        },
        "series": [
            {
                "name": label,
                "type": "bar",
                "data": [round(v, 2) for v in values],
                "itemStyle": {"color": colour},
                "barMaxWidth": 12,
                "label": {"show": True, "position": "right", "color": look.muted, "fontSize": 11},
                "markLine": {**_mark(0, look), "silent": True},
            }
            for label, values, colour in arms
        ],
    }  # fmt: skip


def response(
    levels: Sequence[str],
    arms: Sequence[tuple[str, Numbers, Numbers, Numbers]],
    look: Theme,
    *,
    x_name: str,
) -> dict[str, Any]:
    """One line an arm over the levels of a factor, with its interval. arms: name, mean, low, high."""
    series: list[dict[str, Any]] = []
    places = range(len(levels))
    lines = []
    for (name, mean, low, high), colour in zip(arms, itertools.cycle(look.several), strict=False):
        line = Line(name, places, [*mean, *[None] * (len(levels) - len(mean))], colour)
        ends = Band(name, places[: len(mean)], low, high)
        series += _band(ends, dataclasses.replace(look, band=colour), stack=name)
        series.append({**_line(line), "showSymbol": True, "symbolSize": 6})
        lines += [line, *_ends(ends)]
    zero = {**_mark(0, look), "data": [{"yAxis": 0}]}
    if series:
        series[-1]["markLine"] = zero
    axis = _axis(look, x_name, type="category", data=list(levels), nameGap=26)
    return {
        **_frame(look, ""),
        "grid": {"left": 4, "right": 18, "top": 30, "bottom": 22, "containLabel": True},
        "legend": {**_legend([name for name, *_ in arms], look), "top": 0},
        "xAxis": axis,
        "yAxis": _axis(look, "", type="value", **_reach(lines, zero=True)),
        "series": series,
    }


def heat(
    xs: Sequence[str],
    ys: Sequence[str],
    cells: Sequence[tuple[int, int, float | None]],
    look: Theme,
    *,
    x_name: str,
    y_name: str,
) -> dict[str, Any]:
    """A heat map of two factors. cells: column, row, value; colours of two directions around 0."""
    reach = max((abs(v) for _, _, v in cells if v is not None), default=1.0) or 1.0
    places = decimals(reach)
    data = [[x, y, "-" if v is None else round(v, places)] for x, y, v in cells]
    label = {
        "show": len(data) <= 60,
        "fontSize": 11,
        "color": "#fff",
        "textBorderColor": "#1d2733",
        "textBorderWidth": 2,
    }
    return {
        **_frame(look, ""),
        "grid": {"left": 26, "right": 76, "top": 8, "bottom": 22, "containLabel": True},
        "tooltip": {**_tip(look), "trigger": "item"},
        "xAxis": _axis(look, x_name, type="category", data=list(xs), nameGap=26),
        "yAxis": _axis(look, y_name, type="category", data=list(ys), nameGap=40, nameRotate=90),
        "visualMap": {
            "min": -float(f"{reach:.3g}"),
            "max": float(f"{reach:.3g}"),
            "calculable": False,
            "orient": "vertical",
            "right": 0,
            "top": "middle",
            "precision": 2,
            "textStyle": {"color": look.muted},
            "inRange": {"color": ["#b35806", "#f1a340", "#f7f7f7", "#998ec3", "#542788"]},
        },
        "series": [{"type": "heatmap", "data": data, "label": label}],
    }


def ranking(
    names: Sequence[str], values: Sequence[float], lows: Sequence[float], highs: Sequence[float], look: Theme
) -> dict[str, Any]:
    """Horizontal bars from best to worst, with their intervals as thin lines."""
    ends = enumerate(zip(lows, highs, strict=True))
    return {
        **_frame(look, ""),
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 8, "containLabel": True},
        "tooltip": {**_tip(look), "trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": _axis(look, "", type="value"),
        "yAxis": _names(look, names, width=300, overflow="truncate", fontSize=11),
        "series": [
            {
                "type": "bar",
                "data": [float(f"{v:.4g}") for v in values],
                "itemStyle": {"color": look.policy},
                "barMaxWidth": 22,
            },
            *(_whisker(at, low, high, look) for at, (low, high) in ends),
        ],
    }


def _whisker(at: int, low: float, high: float, look: Theme) -> dict[str, Any]:
    """An interval as a line of two points: options that travel as data hold no drawing functions."""
    return {
        "type": "line",
        "data": [[float(f"{low:.4g}"), at], [float(f"{high:.4g}"), at]],
        "symbol": "rect",
        "symbolSize": [2, 10],
        "lineStyle": {"color": look.ink, "width": 1.5},
        "itemStyle": {"color": look.ink},
        "silent": True,
        "tooltip": {"show": False},
    }


# parts --------------------------------------------------------------------------------------------------


def _frame(look: Theme, title: str) -> dict[str, Any]:
    return {
        "animation": False,
        "aria": {"enabled": True},
        "backgroundColor": "transparent",
        "textStyle": {"fontFamily": "inherit", "color": look.ink},
        "title": {
            "text": title,
            "left": 0,
            "top": 0,
            "padding": 0,
            "textStyle": {"fontSize": 13, "color": look.ink},
        },
        "grid": {"left": 4, "right": 18, "top": 46 if title else 30, "bottom": 2, "containLabel": True},
        "tooltip": {**_tip(look), "trigger": "axis"},
    }


def _tip(look: Theme) -> dict[str, Any]:
    return {
        "backgroundColor": look.paper,
        "borderColor": look.line,
        "textStyle": {"color": look.ink, "fontSize": 12},
        "confine": True,
    }


def _legend(names: Sequence[str], look: Theme) -> dict[str, Any]:
    return {
        "data": list(names),
        "top": 20,
        "left": 0,
        "padding": 0,
        "itemWidth": 22,
        "itemHeight": 8,
        "textStyle": {"color": look.muted, "fontSize": 11},
        "inactiveColor": look.line,
    }


def _axis(look: Theme, name: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "nameLocation": "middle",
        "nameTextStyle": {"color": look.muted, "fontSize": 11},
        "nameGap": 6,
        "axisLine": {"lineStyle": {"color": look.line}},
        "axisLabel": {"color": look.muted, "fontSize": 11, "hideOverlap": True},
        "splitLine": {"lineStyle": {"color": look.line}},
        **more,
    }


def _names(look: Theme, names: Sequence[str], **label: Any) -> dict[str, Any]:
    """An axis of names, the first on top. label: how they are written."""
    axis = _axis(look, "", type="category", data=list(names), inverse=True)
    return {**axis, "axisLabel": {"color": look.ink, **label}}


def _line(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "type": "line",
        "showSymbol": False,
        "data": [[day, _plain(value)] for day, value in zip(line.days, line.values, strict=True)],
        "lineStyle": {"color": line.colour, "type": line.style, "width": line.width},
        "itemStyle": {"color": line.colour},
    }


def _plain(value: float | None) -> float | None:
    return None if value is None or value != value else float(f"{value:.5g}")


def _band(band: Band, look: Theme, stack: str = "band") -> list[dict[str, Any]]:
    """Two stacked lines: an invisible one at the low end, and one as thick as the interval."""
    shared: dict[str, Any] = {
        "type": "line",
        "stack": f"interval of {stack}",
        "stackStrategy": "all",
        "symbol": "none",
        "lineStyle": {"opacity": 0},
        "tooltip": {"show": False},
        "silent": True,
    }
    known = [
        (day, low, high)
        for day, low, high in zip(band.days, band.low, band.high, strict=True)
        if low is not None and high is not None
    ]
    return [
        {**shared, "name": "", "data": [[day, _plain(low)] for day, low, _ in known]},
        {
            **shared,
            "name": band.name,
            "data": [[day, _plain(high - low)] for day, low, high in known],
            "areaStyle": {"color": look.band, "opacity": 0.22},
            "itemStyle": {"color": look.band, "opacity": 0.5},
        },
    ]


def _mark(at: float, look: Theme) -> dict[str, Any]:
    return {
        "silent": True,
        "symbol": "none",
        "label": {"show": False},
        "lineStyle": {"color": look.muted, "type": "dotted", "width": 1},
        "data": [{"xAxis": at}],
    }
