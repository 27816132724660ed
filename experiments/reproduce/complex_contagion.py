"""Centola & Macy 2007, "Complex contagions and the weakness of long ties", American Journal of Sociology 113.

On a ring where everybody knows two on either side, what needs two active neighbours moves by one person a
side and day; what needs three does not move at all.
"""

import sys

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.agents.traits import NEVER
from linli.experiments.figures.style import looks, panels
from linli.experiments.reproduce.case import Case, main
from linli.model.theory import theory_world

RING, STEEP = 60, 1e5
DAYS = (1, 2, 3, 5, 8, 12, 16, 20, 25)
SEEDS = (30, 31)


def active(threshold: int) -> list[int]:
    """How many are active after each of the days, the two seeds included. threshold: active neighbours it
    takes."""
    began = np.full(RING, NEVER)
    began[list(SEEDS)] = -1
    ring = nx.circulant_graph(RING, [1, 2])
    theta = -STEEP * (threshold - 0.5) / 4
    world = theory_world(ring, theta=theta, J=STEEP, W=20_000, last_acted=began, days=DAYS[-1])
    counts = []
    for day in DAYS:
        world.run_to(day)
        counts.append(int((world.columns()["last_acted"] > NEVER).sum()))
    return counts


def table() -> pd.DataFrame:
    """Active after some days for thresholds of one, two and three."""
    rows = []
    # one neighbour is enough: two people a side and day; two: one; three: none
    for threshold, speed in ((1, 2), (2, 1), (3, 0)):
        for day, count in zip(DAYS, active(threshold), strict=True):
            exact = min(RING, 2 + 2 * speed * day)
            rows.append({"threshold": threshold, "day": day, "exact": exact, "model": count})
    made = pd.DataFrame(rows)
    return made.assign(agrees=made["exact"] == made["model"])


def draw(rows: pd.DataFrame) -> Figure:
    """Active people by day."""
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    for threshold, look in looks([1, 2, 3]):
        part = rows[rows["threshold"] == threshold]
        panel.plot(part["day"], part["model"], markersize=4, label=f"threshold {threshold}", **look)
    panel.set_xlabel("day")
    panel.set_ylabel(f"active, of {RING}")
    panel.legend(loc="center right")
    return figure


CASE = Case("complex_contagion", "Complex contagion on a ring", "Centola & Macy 2007", table, draw)

if __name__ == "__main__":
    main([CASE], sys.argv[1:])
