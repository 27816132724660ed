"""The coefficient of variation against the number of runs, a line for each condition."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from linli.experiments.figures.style import COLOURS, panels, title
from linli.experiments.statistics.replications import variation
from linli.experiments.statistics.results import Results

WORDS = {
    "en": ("runs", "coefficient of variation"),
    "zh": ("运行次数", "变异系数"),
}
LINES = 40
"""Conditions drawn, evenly picked: more would only blacken the panel."""


def variation_by_runs(results: Results, measures: Sequence[str], lang: str) -> Figure:
    """One panel for each measure."""
    figure, axes = panels(len(measures))
    by = results.distinct.groupby(["arm", *results.varied], dropna=False, sort=False)
    groups = [group.sort_values("seed") for _, group in by]
    picked = [groups[i] for i in np.unique(np.linspace(0, len(groups) - 1, LINES).astype(int))]
    for panel, measure in zip(axes, measures, strict=True):
        for group in picked:
            found = variation(group[measure].dropna().to_numpy())
            panel.plot(np.arange(2, len(found) + 2), found, color=COLOURS[0], linewidth=0.8, alpha=0.5)
        panel.set_xlabel(WORDS[lang][0])
        panel.set_ylabel(WORDS[lang][1])
        panel.set_ylim(bottom=0.0)
        panel.xaxis.set_major_locator(MaxNLocator(integer=True))
        title(panel, measure, lang)
    return figure
