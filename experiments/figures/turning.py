"""An effect along an uncertain parameter: where it turns."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.figures.style import INK, band, below, folded, looks, panels, title
from linli.experiments.output.labels import label_of, shown

WORDS = {"en": "effects, with their intervals", "zh": "效应及其区间"}


def along(effects: Mapping[str, pd.DataFrame], parameter: str, measures: Sequence[str], lang: str) -> Figure:
    """Effects by the values of a parameter. effects: for each line of the legend, a table with the parameter,
    measure, difference, low and high."""
    figure, axes = panels(len(measures), columns=4)
    for panel, measure in zip(axes, measures, strict=True):
        along_panel(panel, effects, dict(looks(list(effects))), parameter, measure, lang)
    below(axes, label_of(parameter, lang))
    figure.suptitle(WORDS[lang], x=0.01, ha="left", fontsize=9.5)
    if len(effects) > 1:
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=min(4, len(labels)))
    return figure


def along_panel(
    panel: Any,
    effects: Mapping[str, pd.DataFrame],
    styles: Mapping[str, dict[str, Any]],
    parameter: str,
    measure: str,
    lang: str,
) -> None:
    """One measure."""
    scale = shown(measure, lang)
    for name, table in effects.items():
        rows = table[table["measure"] == measure].sort_values(parameter)
        numbers = rows[["difference", "low", "high"]].astype(float) * scale.factor
        band(panel, rows[parameter], numbers["low"], numbers["high"], styles[name]["color"])
        line = {"linewidth": 1.6, "markersize": 4, "label": name, **styles[name]}
        panel.plot(rows[parameter], numbers["difference"], **line)
    panel.axhline(0.0, color=INK, linewidth=0.8)
    panel.set_ylabel(folded(scale.change_unit))
    title(panel, measure, lang)
