"""Groups of people as bars to the left and to the right, and curves of luck as a page of thumbnails."""

from collections.abc import Sequence
from typing import Any

from linli.viz.charts import Numbers, Theme, _axis, _frame, _legend, _mark, _names, _plain, _tip

COLUMNS = 5
"""Thumbnails side by side."""


def sides(
    names: Sequence[str], more: Sequence[float], less: Sequence[float], labels: tuple[str, str], look: Theme
) -> dict[str, Any]:
    """A bar to the right for how many have more, one to the left for how many have less. labels: of both."""
    reach = max(0.01, *more, *less)
    bar = {"type": "bar", "stack": "people", "barMaxWidth": 13}
    values = ((labels[0], more, 1.0, look.policy), (labels[1], less, -1.0, look.this_town))
    return {
        **_frame(look, ""),
        "grid": {"left": 4, "right": 14, "top": 24, "bottom": 2, "containLabel": True},
        "tooltip": {**_tip(look), "trigger": "axis", "axisPointer": {"type": "shadow"}},
        "legend": {**_legend(labels, look), "top": 0},
        "xAxis": _axis(
            look, "", type="value", min=-float(f"{1.1 * reach:.2g}"), max=float(f"{1.1 * reach:.2g}")
        ),
        "yAxis": _names(look, names, fontSize=11),
        "series": [
            {**bar, "name": name, "data": [float(f"{sign * v:.3g}") for v in found],
             "itemStyle": {"color": colour}, "markLine": _mark(0, look)}
            for name, found, sign, colour in values
        ],
    }  # fmt: skip


def forest(
    names: Sequence[str], means: Numbers, lows: Numbers, highs: Numbers, look: Theme, *, x_name: str
) -> dict[str, Any]:
    """A point with its interval for each name, and a line at 0."""
    ends = [
        {
            "type": "line", "data": [[_plain(low), name], [_plain(high), name]], "symbol": "none",
            "lineStyle": {"color": look.ink, "width": 1.6}, "silent": True, "tooltip": {"show": False},
        }
        for name, low, high in zip(names, lows, highs, strict=True)
        if low is not None and high is not None
    ]  # fmt: skip
    points = [[_plain(mean), name] for name, mean in zip(names, means, strict=True)]
    return {
        **_frame(look, ""),
        "grid": {"left": 4, "right": 18, "top": 8, "bottom": 22, "containLabel": True},
        "tooltip": {**_tip(look), "trigger": "item"},
        "xAxis": _axis(look, x_name, type="value", nameGap=24, splitNumber=4),
        "yAxis": _names(look, names, fontSize=11),
        "series": [
            *ends,
            {"type": "scatter", "data": points, "symbolSize": 9, "itemStyle": {"color": look.policy},
             "markLine": _mark(0, look)},
        ],
    }  # fmt: skip


def thumbnails(days: Sequence[int], curves: Sequence[Numbers], look: Theme, first: int) -> dict[str, Any]:
    """A small curve a run, all on one scale around 0; the first, which is on the maps, in a frame. first: its
    seed, which stands with each."""
    known = [v for curve in curves for v in curve if v is not None and v == v]
    reach = max((abs(v) for v in known), default=0.0) or 1.0
    rows = max(1, -(-len(curves) // COLUMNS))
    wide, high = 100.0 / COLUMNS, 100.0 / rows
    places = [(wide * (at % COLUMNS), high * (at // COLUMNS)) for at in range(len(curves))]
    at_all = range(len(curves))
    hidden = {"show": False}
    return {
        **_frame(look, ""),
        "title": [
            {"text": str(first + at), "left": f"{left + 0.8:.1f}%", "top": f"{top:.1f}%", "padding": 0,
             "textStyle": {"fontSize": 10, "fontWeight": "normal", "color": look.muted}}
            for at, (left, top) in enumerate(places)
        ],
        "tooltip": hidden,
        "grid": [
            {"left": f"{left + 0.5:.1f}%", "top": f"{top + 1:.1f}%", "width": f"{wide - 1.2:.1f}%",
             "height": f"{high - 3:.1f}%", "show": at == 0, "borderColor": look.this_town}
            for at, (left, top) in enumerate(places)
        ],
        "xAxis": [{"type": "value", "gridIndex": at, "max": days[-1], **hidden} for at in at_all],
        "yAxis": [
            {"type": "value", "gridIndex": at, "min": -1.05 * reach, "max": 1.05 * reach, **hidden}
            for at in at_all
        ],
        "series": [
            {"type": "line", "xAxisIndex": at, "yAxisIndex": at, "showSymbol": False, "silent": True,
             "data": [[day, _plain(value)] for day, value in zip(days, curve, strict=True)],
             "lineStyle": {"color": look.this_town if at == 0 else look.policy, "width": 1.4},
             "markLine": {**_mark(0, look), "data": [{"yAxis": 0}]}}
            for at, curve in enumerate(curves)
        ],
    }  # fmt: skip
