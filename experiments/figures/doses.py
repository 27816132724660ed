"""Dose and response: a curve for each group, with its interval, and where it bends."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.figures.style import INK, band, below, folded, looks, panels, title
from linli.experiments.output.labels import label_of, level_of, shown

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
    for panel, measure in zip(axes, measures, strict=True):
        dose_panel(panel, curves, bends, dose, by, measure, lang)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=min(4, len(labels)))
    below(axes, label_of(dose, lang))
    figure.suptitle(WORDS[lang], x=0.01, ha="left", fontsize=9.5)
    return figure


def dose_panel(
    panel: Any, curves: pd.DataFrame, bends: pd.DataFrame, dose: str, by: str, measure: str, lang: str
) -> None:
    """One measure."""
    scale, rows = shown(measure, lang), curves[curves["measure"] == measure]
    styles = dict(looks(list(curves[by].unique())))
    for group, look in styles.items():
        label = group if by == "arm" else level_of(by, group, lang)
        _curve(panel, rows[rows[by] == group], dose, scale.factor, look, label)
    clear = bends[(bends["measure"] == measure) & bends["is_clear"]] if len(bends) else bends
    for row in clear.to_dict("records"):
        colour = styles[row[by]]["color"]
        panel.axvspan(row["low"], row["high"], color=colour, alpha=0.12, linewidth=0)
        panel.axvline(row["at"], color=colour, linewidth=1.0, linestyle=(0, (2, 2)))
    panel.axhline(0.0, color=INK, linewidth=0.8)
    panel.set_ylabel(folded(scale.change_unit))
    title(panel, measure, lang)


def _curve(
    panel: Any, rows: pd.DataFrame, dose: str, factor: float, look: dict[str, Any], label: str
) -> None:
    numbers = rows[["difference", "difference_low", "difference_high"]].astype(float) * factor
    band(panel, rows[dose], numbers["difference_low"], numbers["difference_high"], look["color"])
    panel.plot(rows[dose], numbers["difference"], linewidth=1.6, markersize=4, label=label, **look)
