"""The answer as a picture: engagement and residents' own hours, by dose and along what is uncertain."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.answer.question import Question
from linli.experiments.figures.doses import dose_panel
from linli.experiments.figures.style import below, looks, panels
from linli.experiments.figures.turning import along_panel
from linli.experiments.output.labels import label_of, level_of
from linli.experiments.statistics import dose as doses
from linli.experiments.statistics.pairs import Pairs

MEASURES = ("engaged_share", "resident_matter_hours")
"""How many take part, and how much residents do themselves."""


def draw(q: Question, lang: str) -> Figure | None:
    """Up to four panels; None if the study has neither doses nor steps of an uncertain parameter."""
    measures = [name for name in MEASURES if name in q.results.measures] or list(q.results.measures[:2])
    stepped = q.dose is not None and not isinstance(q.low, str) and q.dose in doses.doses(q.results)
    rows = [stepped, bool(q.parameters)]
    if not any(rows):
        return None
    figure, axes = panels(len(measures) * sum(rows), columns=len(measures), width=4.0)
    if stepped:
        _doses(q, axes[: len(measures)], measures, lang)
    if q.parameters:
        _parameters(q, axes[-len(measures) :], measures, lang)
    handles, labels = axes[0].get_legend_handles_labels()
    if len(labels) > 1:
        figure.legend(handles, labels, loc="outside lower center", ncols=min(4, len(labels)))
    return figure


def _by(q: Question) -> str:
    return q.match or "arm"


def _doses(q: Question, axes: Any, measures: list[str], lang: str) -> None:
    runs, by = q.runs_at_focus(_by(q)), _by(q)
    curves = doses.curves(runs, str(q.dose), measures, [by])
    bends = doses.bends(runs, str(q.dose), measures, [by])
    for panel, measure in zip(axes, measures, strict=True):
        dose_panel(panel, curves, bends, str(q.dose), by, measure, lang)
    below(axes, label_of(str(q.dose), lang))


def _parameters(q: Question, axes: Any, measures: list[str], lang: str) -> None:
    name = q.parameters[0]
    pairs = q.at_focus(name, *([q.match] if q.match else []))
    lines = _lines(q, pairs, name, measures, lang)
    for panel, measure in zip(axes, measures, strict=True):
        along_panel(panel, lines, dict(looks(list(lines))), name, measure, lang)
    below(axes, label_of(name, lang))


def _lines(q: Question, pairs: Pairs, name: str, measures: list[str], lang: str) -> dict[str, pd.DataFrame]:
    if q.match is None:
        return {"": pairs.effects(measures, [name])}
    table = pairs.effects(measures, [q.match, name])
    return {
        level_of(q.match, level, lang): table[table[q.match] == level] for level in q.results.levels(q.match)
    }
