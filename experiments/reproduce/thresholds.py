"""Granovetter 1978, "Threshold models of collective behavior", American Journal of Sociology 83(6).

Everybody sees everybody; a person acts once enough others do. Thresholds 0, 1, 2, ..., 99 draw all in; raise
the 1 to 2 and only the first acts. With normal thresholds of mean .25, a hair's breadth of dispersion tips
the crowd from a twentieth to all.
"""

import sys

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.stats import norm

from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case, main
from linli.model.theory import theory_world

STEEP = 1e6
"""A pull so strong that acting is a step of the share of others who act."""
FOR_EVER = 20_000
CROWD = 200
MEAN = 0.25
SPREADS = (0.08, 0.11, 0.115, 0.122, 0.123, 0.13, 0.15, 0.2)
PUBLISHED = {0.122: 0.0548, 0.123: 1.0}


def acting(thresholds: NDArray[np.float64], days: int) -> int:
    """How many act in the end. thresholds: others who must have acted before [count]."""
    n = len(thresholds)
    theta = -STEEP * (thresholds - 0.5) / (n - 1)
    world = theory_world(nx.complete_graph(n), theta=theta, J=STEEP, W=FOR_EVER, days=days).run()
    return int((world.columns()["last_acted"] >= 0).sum())


def large_crowd(spread: float) -> float:
    """The share that acts in the end in a crowd without end: where F(x) = x, coming from nobody."""
    share, before = 0.0, -1.0
    while abs(share - before) > 1e-12:
        share, before = float(norm.cdf(share, MEAN, spread)), share
    return share


def counted(thresholds: NDArray[np.float64]) -> int:
    """The same crowd counted wave by wave, without the model."""
    active = np.zeros(len(thresholds), dtype=bool)
    for _ in thresholds:
        active |= active.sum() - active >= thresholds - 0.5
    return int(active.sum())


def table() -> pd.DataFrame:
    """Uniform thresholds in numbers of people, normal ones in shares."""
    steps = np.arange(100.0)
    raised = np.where(steps == 1.0, 2.0, steps)
    rows = []
    for name, thresholds, published in (("0, 1, 2, ..., 99", steps, 100), ("0, 2, 2, 3, ..., 99", raised, 1)):
        found = acting(thresholds, 101)
        row = {"thresholds": name, "sd": np.nan, "large crowd": np.nan, "published": published / 100}
        rows.append({**row, "counted": counted(thresholds) / 100, "model": found / 100})
    for spread in SPREADS:
        thresholds = norm.ppf((np.arange(CROWD) + 0.5) / CROWD, MEAN, spread) * (CROWD - 1)
        row = {"thresholds": "normal", "sd": spread, "large crowd": large_crowd(spread)}
        row["published"] = PUBLISHED.get(spread, np.nan)
        rows.append({**row, "counted": counted(thresholds) / CROWD, "model": acting(thresholds, 80) / CROWD})
    made = pd.DataFrame(rows)
    said = made["published"].isna() | made["large crowd"].isna()
    near = said | ((made["published"] - made["large crowd"]).abs() < 5e-4)
    return made.assign(agrees=(made["model"] == made["counted"]) & near)


def draw(rows: pd.DataFrame) -> Figure:
    """Share that acts in the end by the dispersion of thresholds."""
    normal = rows[rows["thresholds"] == "normal"]
    spreads = np.linspace(0.06, 0.22, 161)
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    label = "crowd without end"
    panel.plot(spreads, [large_crowd(s) for s in spreads], color=COLOURS[0], linewidth=1.6, label=label)
    panel.plot(normal["sd"], normal["model"], "s", color=COLOURS[1], label=f"model, {CROWD} people")
    panel.set_xlabel("standard deviation of thresholds (mean .25)")
    panel.set_ylabel("share that acts in the end")
    panel.legend(loc="center right")
    return figure


CASE = Case("thresholds", "Thresholds of collective behaviour", "Granovetter 1978", table, draw)

if __name__ == "__main__":
    main([CASE], sys.argv[1:])
