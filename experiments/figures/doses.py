"""Dose and response: a curve for each group, with its interval, and where it bends."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.style import INK, band, below, folded, looks, panels, title
from experiments.labels import label_of, level_of, shown

WORDS = {
    "en": "change from the lowest dose; upright: where a curve clearly bends, with its interval",
    "zh": "与最低剂量相比的变化；竖线：曲线明显的拐点及其区间",
}


def dose_response(
    curves: pd.DataFrame,
    bends: pd.DataFrame,
    dose: str,
    by: str,
    measures: Sequence[str],
    lang: str,
) -> Figure:
    """Differences from the lowest dose. curves, bends: as `experiments.statistics.dose` makes them; by: the
    column whose values are told apart."""
    figure, axes = panels(len(measures))
    groups = list(curves[by].unique())
    for panel, measure in zip(axes, measures, strict=True):
        scale = shown(measure, lang)
        of_measure = curves[curves["measure"] == measure]
        for group, look in looks(groups):
            rows = of_measure[of_measure[by] == group]
            _curve(panel, rows, dose, scale.factor, look, group if by == "arm" else level_of(by, group, lang))
        _bends(panel, bends[bends["measure"] == measure] if len(bends) else bends, by, dict(looks(groups)))
        panel.axhline(0.0, color=INK, linewidth=0.8)
        panel.set_ylabel(folded(scale.change_unit))
        title(panel, measure, lang)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=min(4, len(labels)))
    below(axes, label_of(dose, lang))
    figure.suptitle(WORDS[lang], x=0.01, ha="left", fontsize=9.5)
    return figure


def _curve(
    panel: Any, rows: pd.DataFrame, dose: str, factor: float, look: dict[str, Any], label: str
) -> None:
    numbers = rows[["difference", "difference_low", "difference_high"]].astype(float) * factor
    band(panel, rows[dose], numbers["difference_low"], numbers["difference_high"], look["color"])
    panel.plot(rows[dose], numbers["difference"], linewidth=1.6, markersize=4, label=label, **look)


def _bends(panel: Any, rows: pd.DataFrame, by: str, looks_of: dict[Any, dict[str, Any]]) -> None:
    """Where the curves of a panel clearly bend."""
    clear = rows[rows["is_clear"]] if len(rows) else rows
    for row in clear.to_dict("records"):
        colour = looks_of[row[by]]["color"]
        panel.axvspan(row["low"], row["high"], color=colour, alpha=0.12, linewidth=0)
        panel.axvline(row["at"], color=colour, linewidth=1.0, linestyle=(0, (2, 2)))
