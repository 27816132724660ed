"""Brock & Durlauf 2001, "Discrete choice with social interactions", Review of Economic Studies 68(2).

In a crowd where everybody is pulled by the share that acted yesterday, p = logistic(h + J p). Up to J = 4
there is one solution; beyond it there may be three, of which the middle one does not last: where a crowd ends
depends on where it began.
"""

import sys

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy.optimize import brentq

from linli.agents.traits import NEVER
from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case, main
from linli.model.theory import theory_world

CROWD, DAYS, SETTLING = 160, 90, 30
PUBLISHED = {(6.0, -3.0): (0.07072, 0.92928), (5.0, -2.5): (0.14479, 0.85521)}
"""Stable solutions: the lower and the upper one."""
SWEEP = (-3.7, -3.2, -2.8, -2.3)
"""Values of h at J = 6; between the edges of the window there are two stable solutions."""
EDGES = (-3.4151, -2.5849)
"""Of that window, as published."""


def solutions(h: float, J: float) -> list[float]:
    """All p with p = logistic(h + J p), from the changes of sign on a fine grid."""

    def gap(p: float) -> float:
        return float(1.0 / (1.0 + np.exp(-(h + J * p))) - p)

    grid = np.linspace(0.0, 1.0, 20_001)
    values = 1.0 / (1.0 + np.exp(-(h + J * grid))) - grid
    crossings = np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) <= 0)
    roots = [float(brentq(gap, grid[i], grid[i + 1], xtol=1e-13)) for i in crossings]
    return [p for i, p in enumerate(roots) if i == 0 or p - roots[i - 1] > 1e-9]


def edges(J: float) -> tuple[float, float]:
    """The window of h with two stable solutions: where J p (1 - p) = 1. J: above 4."""
    p = (1.0 - np.sqrt(1.0 - 4.0 / J)) / 2.0
    low, high = sorted(float(np.log(q / (1.0 - q)) - J * q) for q in (p, 1.0 - p))
    return low, high


def lasting(h: float, J: float, start: float) -> float:
    """Where a crowd without end goes from a start: the mean-field map, repeated."""
    p = start
    for _ in range(100_000):
        p = 1.0 / (1.0 + np.exp(-(h + J * p)))
    return float(p)


def settled(h: float, J: float, start: float, seed: int = 1) -> tuple[float, float]:
    """Mean share acting of a crowd that began with a share active, and the standard error of that mean."""
    began = np.where(np.arange(CROWD) < round(start * CROWD), -1, NEVER)
    graph = nx.complete_graph(CROWD)
    world = theory_world(graph, theta=h, J=J, last_acted=began, days=DAYS, seed=seed)
    shares = []
    for day in range(DAYS):
        world.step()
        shares.append(float((world.columns()["last_acted"] == day).mean()))
    kept = np.array(shares[SETTLING:])
    p = float(kept.mean())
    slope = min(J * p * (1.0 - p), 0.95)
    error = np.sqrt(p * (1.0 - p) / CROWD / len(kept)) / (1.0 - slope)
    return p, float(error)


def table() -> pd.DataFrame:
    """Published solutions, and where crowds end that began with nobody and with everybody."""
    rows = []
    for (J, h), published in PUBLISHED.items():
        exact = solutions(h, J)
        for start, p, said in zip((0.0, 1.0), (exact[0], exact[-1]), published, strict=True):
            rows.append(_row(J, h, start, p, said))
    for h in SWEEP:
        rows += [_row(6.0, h, start, lasting(h, 6.0, start), np.nan) for start in (0.0, 1.0)]
    return pd.DataFrame(rows)


def _row(J: float, h: float, start: float, exact: float, published: float) -> dict[str, object]:
    share, error = settled(h, J, start)
    near = abs(share - exact) < 4.0 * error + 0.01
    said = bool(np.isnan(published)) or abs(exact - published) < 5e-6
    row = {"J": J, "h": h, "start": start, "published": published, "exact": exact}
    return {**row, "model": share, "error": error, "agrees": near and said}


def draw(rows: pd.DataFrame) -> Figure:
    """Solutions at J = 6 by h, and where crowds ended."""
    figure, (panel,) = panels(1, width=4.6, height=3.2)
    p = np.linspace(0.005, 0.995, 400)
    h = np.log(p / (1.0 - p)) - 6.0 * p
    lasts = 6.0 * p * (1.0 - p) < 1.0
    low, high = p < 0.5, p >= 0.5
    for part, label in ((lasts & low, "stable"), (lasts & high, None)):
        panel.plot(h[part], p[part], color=COLOURS[0], linewidth=1.8, label=label)
    panel.plot(h[~lasts], p[~lasts], color=COLOURS[0], linewidth=1.2, linestyle=":", label="does not last")
    at_six = rows[rows["J"] == 6.0]
    for start, marker, colour in ((0.0, "^", COLOURS[1]), (1.0, "v", COLOURS[2])):
        ended = at_six[at_six["start"] == start]
        word = "everybody" if start else "nobody"
        panel.plot(ended["h"], ended["model"], marker, color=colour, label=f"model, from {word}")
    for edge in edges(6.0):
        panel.axvline(edge, color=COLOURS[3], linestyle="-.", linewidth=0.8)
    panel.set_xlim(-4.0, -2.0)
    panel.set_xlabel("private motive h (J = 6)")
    panel.set_ylabel("share that acts")
    panel.legend(loc="center left", bbox_to_anchor=(0.0, 0.55))
    return figure


CASE = Case("social_interaction", "Two stable states of a crowd", "Brock & Durlauf 2001", table, draw)

if __name__ == "__main__":
    main([CASE], sys.argv[1:])
