"""Sensitivity as a picture: elementary effects on the left, shares of the variance on the right."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.figures.style import COLOURS, INK, panels
from linli.experiments.output.labels import shown

WORDS = {
    "en": {
        "screen": "Screening (Morris)",
        "mu_star": "mean absolute effect",
        "sigma": "spread of effects",
        "share": "Shares of the variance (Sobol')",
        "first": "alone",
        "total": "with all its interactions",
    },
    "zh": {
        "screen": "筛选（Morris）",
        "mu_star": "平均绝对效应",
        "sigma": "效应的离散度",
        "share": "方差份额（Sobol'）",
        "first": "单独",
        "total": "含全部交互作用",
    },
}
NAMED = 10
"""Parameters named in the left panel, the most influential ones: more would lie over each other."""


def draw(screened: pd.DataFrame, shared: pd.DataFrame, measure: str, lang: str) -> Figure:
    """screened, shared: as `experiments.statistics.variance` makes them."""
    figure, (left, right) = panels(2, columns=2, height=2.2 + 0.16 * len(shared), width=4.2)
    _screen(left, screened, measure, lang)
    _shares(right, shared, lang)
    return figure


def _screen(panel: Any, rows: pd.DataFrame, measure: str, lang: str) -> None:
    words, scale = WORDS[lang], shown(measure, lang)
    x, y = scale.factor * rows["mu_star"], scale.factor * rows["sigma"]
    panel.errorbar(
        x, y, xerr=scale.factor * rows["half"], fmt="o", markersize=4, color=COLOURS[0], elinewidth=0.8
    )
    for i in range(min(NAMED, len(rows))):
        panel.annotate(rows["parameter"][i], (x[i], y[i]), xytext=(3, 3), textcoords="offset points")
    panel.set_xlabel(f"{words['mu_star']} [{scale.change_unit}]")
    panel.set_ylabel(f"{words['sigma']} [{scale.change_unit}]")
    panel.set_title(words["screen"], loc="left")
    panel.set_xlim(left=0.0)
    panel.set_ylim(bottom=0.0)


def _shares(panel: Any, rows: pd.DataFrame, lang: str) -> None:
    words = WORDS[lang]
    for name, shift, colour in (("total", -0.18, COLOURS[1]), ("first", 0.18, COLOURS[0])):
        at = [i + shift for i in range(len(rows))]
        panel.barh(at, rows[name].clip(lower=0.0), height=0.34, color=colour, label=words[name])
        panel.errorbar(rows[name], at, xerr=rows[f"{name}_half"], fmt="none", color=INK, elinewidth=0.9)
    panel.set_yticks(range(len(rows)), rows["parameter"])
    panel.invert_yaxis()
    panel.set_xlim(left=min(0.0, float((rows["first"] - rows["first_half"]).min())))
    panel.set_title(words["share"], loc="left")
    panel.legend(loc="lower right")
