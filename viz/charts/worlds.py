"""Charts over worlds: what is woken and replaced in each of them, and where each lies in what decides."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from linli.viz.charts import Theme, _axis, _frame, _legend, _mark, _tip


def fan(
    woken: ArrayLike, replaced: ArrayLike, names: tuple[str, str, str], look: Theme, *, unit: str, x_name: str
) -> dict[str, Any]:
    """A bar a world, woken upwards and replaced downwards, and both together as a line from least to most.

    names: of woken, replaced and both together.
    """
    up, down = np.asarray(woken, dtype=float), np.asarray(replaced, dtype=float)
    order = np.argsort(up + down)
    bar = {"type": "bar", "stack": "acts", "barCategoryGap": "10%"}
    return {
        **_frame(look, ""),
        "grid": {"left": 34, "right": 8, "top": 26, "bottom": 22, "containLabel": True},
        "legend": {**_legend(list(names), look), "top": 0},
        "xAxis": _axis(
            look, x_name, type="category", data=list(range(1, len(order) + 1)), nameGap=24,
            axisTick={"show": False},
        ),
        "yAxis": _axis(look, unit, type="value", nameGap=32, nameRotate=90),
        "series": [
            {**bar, "name": names[0], "data": _plain(up[order]), "itemStyle": {"color": look.policy}},
            {**bar, "name": names[1], "data": _plain(down[order]), "itemStyle": {"color": look.this_town}},
            {
                "type": "line", "name": names[2], "data": _plain((up + down)[order]), "showSymbol": False,
                "lineStyle": {"color": look.ink, "width": 2}, "itemStyle": {"color": look.ink},
                "markLine": {**_mark(0, look), "data": [{"yAxis": 0}]},
            },
        ],
    }  # fmt: skip


def where(
    x: ArrayLike,
    y: ArrayLike,
    more: ArrayLike,
    here: tuple[float, float],
    names: tuple[str, str, str],
    look: Theme,
    *,
    axes: tuple[str, str],
) -> dict[str, Any]:
    """A point a world in two assumptions, by whether something is more there; `here` is marked.

    names: of more, of less, and of the point that is marked.
    """
    is_more = np.asarray(more, dtype=bool)
    points = np.column_stack([x, y])
    kinds = (
        (names[0], points[is_more], look.policy, "circle", 9),
        (names[1], points[~is_more], look.this_town, "triangle", 8),
        (names[2], np.array([here]), look.ink, "diamond", 17),
    )
    return {
        **_frame(look, ""),
        "grid": {"left": 34, "right": 16, "top": 26, "bottom": 24, "containLabel": True},
        "legend": {**_legend([name for name, *_ in kinds], look), "top": 0},
        "tooltip": {**_tip(look), "trigger": "item"},
        "xAxis": _axis(look, axes[0], type="value", nameGap=24),
        "yAxis": _axis(look, axes[1], type="value", nameGap=32, nameRotate=90),
        "series": [
            {
                "type": "scatter", "name": name, "data": [_plain(point) for point in found],
                "symbol": symbol, "symbolSize": size, "itemStyle": {"color": colour, "opacity": 0.85},
            }
            for name, found, colour, symbol, size in kinds
        ],
    }  # fmt: skip


def _plain(values: Sequence[float] | Any) -> list[float]:
    return [float(f"{value:.4g}") for value in values]
