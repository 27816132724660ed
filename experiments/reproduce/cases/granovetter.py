"""Granovetter 1978, "Threshold models of collective behavior", American Journal of Sociology 83(6).

Everybody sees everybody; a person acts once enough others do. Thresholds 0, 1, 2, ..., 99 draw all in; raise
the 1 to 2 and only the first acts. With normal thresholds of mean .25, a hair's breadth of dispersion tips
the crowd from a twentieth to all.
"""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.stats import norm

from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case
from linli.model import theory
from linli.model.text import Text

CROWD = 20_000
MEAN = 0.25
SPREADS = (0.08, 0.11, 0.115, 0.12, 0.122, 0.123, 0.13, 0.15, 0.2)
DAYS = 2_000
"""Long enough for a crowd that creeps through a narrow gap."""
UNIFORM = "uniform"
RAISED = "raised"
NORMAL = "normal"


def acting(thresholds: NDArray[np.float64], days: int) -> int:
    """How many act in the end. thresholds: others who must have acted before [count]."""
    crowd = theory.contagion(theory.complete(len(thresholds)), theory.Thresholds(count=thresholds))
    return int(crowd.run(days)[-1])


def large_crowd(spread: float) -> float:
    """The share that acts in the end in a crowd without end: where F(x) = x, coming from nobody."""
    share, before = 0.0, -1.0
    while abs(share - before) > 1e-12:
        share, before = float(norm.cdf(share, MEAN, spread)), share
    return share


def table() -> pd.DataFrame:
    """Share that acts in the end: of a hundred, and of large crowds with normal thresholds."""
    steps = np.arange(100.0)
    raised = np.where(steps == 1.0, 2.0, steps)
    rows = [
        {"thresholds": name, "sd": np.nan, "exact": np.nan, "model": acting(given, 101) / 100}
        for name, given in ((UNIFORM, steps), (RAISED, raised))
    ]
    middle = (np.arange(CROWD) + 0.5) / CROWD
    for spread in SPREADS:
        share = acting(norm.ppf(middle, MEAN, spread) * (CROWD - 1), DAYS) / CROWD
        rows.append({"thresholds": NORMAL, "sd": spread, "exact": large_crowd(spread), "model": share})
    return pd.DataFrame(rows)


def found(rows: pd.DataFrame) -> dict[str, float]:
    """How many of a hundred riot, the tipping crowd on either side, and the worst of all spreads."""
    of = rows.set_index("thresholds")["model"]
    normal = rows[rows["thresholds"] == NORMAL].set_index("sd")
    return {
        "uniform": 100 * float(of[UNIFORM]),
        "raised": 100 * float(of[RAISED]),
        "before_the_tip": float(normal["model"][0.122]),
        "behind_the_tip": float(normal["model"][0.123]),
        "any_spread": float((normal["model"] - normal["exact"]).abs().max()),
    }


ENDLESS = Text("crowd without end", "无限大的人群")
MODEL = Text("model, {n:,} people", "模型，{n:,}人")
ACROSS = Text("standard deviation of thresholds (mean .25)", "门槛的标准差（均值0.25）")
UP = Text("share that acts in the end", "最终参与的比例")


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """Share that acts in the end by the dispersion of thresholds."""
    normal = rows[rows["thresholds"] == NORMAL]
    spreads = np.linspace(0.06, 0.22, 161)
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    exact = [large_crowd(s) for s in spreads]
    panel.plot(spreads, exact, color=COLOURS[0], linewidth=1.6, label=ENDLESS.said(lang))
    panel.plot(normal["sd"], normal["model"], "s", color=COLOURS[1], label=MODEL.said(lang).format(n=CROWD))
    panel.set_xlabel(ACROSS.said(lang))
    panel.set_ylabel(UP.said(lang))
    panel.legend(loc="center right")
    return figure


CASE = Case(
    name="granovetter",
    title=Text("Thresholds of collective behaviour", "集体行为的门槛"),
    about=Text(
        "Crowds that are almost the same end far apart: one raised threshold, or a thousandth more of "
        "dispersion, decides between one, a twentieth and all.",
        "几乎相同的人群结局迥异：抬高一人的门槛，或让离散度增加千分之一，便决定了是一人、二十分之一还是全体参与。",
    ),
    source="Granovetter 1978, American Journal of Sociology 83(6)",
    table=table,
    found=found,
    draw=draw,
)
