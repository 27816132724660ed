"""What each arm or level changed: differences with their intervals, a panel for each measure."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.figures.style import INK, folded, looks, panels, title
from linli.experiments.output.labels import shown

WORDS = {"en": "paired differences, with their intervals", "zh": "配对差值及其区间"}


def forest(table: pd.DataFrame, names: Sequence[str], measures: Sequence[str], lang: str) -> Figure:
    """Differences from top to bottom. table: measure, difference, low, high, and a column `what` that says
    of what, with the values `names`."""
    figure, axes = panels(len(measures), height=1.1 + 0.22 * len(names), width=3.6)
    for i, (panel, measure) in enumerate(zip(axes, measures, strict=True)):
        scale = shown(measure, lang)
        rows = table[table["measure"] == measure].set_index("what").reindex(list(names))
        _rows(panel, rows.astype(dict.fromkeys(("difference", "low", "high"), float)), scale.factor)
        panel.axvline(0.0, color=INK, linewidth=0.8)
        panel.set_yticks(range(len(names)), names if i % min(3, len(measures)) == 0 else [""] * len(names))
        panel.set_ylim(len(names) - 0.5, -0.5)
        panel.locator_params(axis="x", nbins=5)
        panel.set_xlabel(folded(scale.change_unit))
        title(panel, measure, lang)
    figure.suptitle(WORDS[lang], x=0.01, ha="left", fontsize=9.5)
    return figure


def _rows(panel: Any, rows: pd.DataFrame, factor: float) -> None:
    for at, (row, (_, look)) in enumerate(zip(rows.itertuples(), looks(rows.index.tolist()), strict=True)):
        middle, low, high = (factor * float(getattr(row, n)) for n in ("difference", "low", "high"))
        look = {**look, "linestyle": "none"}
        panel.plot([low, high], [at, at], color=look["color"], linewidth=1.6)
        panel.plot([middle], [at], markersize=4.5, **look)
