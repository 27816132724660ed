"""Diekmann 1985, "Volunteer's dilemma", Journal of Conflict Resolution 29(4).

Each of n would rather have somebody else report what bothers all of them. In the mixed equilibrium one
reports with 1 - (c/b)^(1/(n-1)), so that the more are affected, the less likely it is that anybody does.
"""

import sys

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.agents.rules.voice import is_voiced, volunteers_alone
from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case, main

COST = 0.25
"""Cost of reporting over its benefit."""
SIZES = (2, 3, 5, 10, 20, 50, 100)
PUBLISHED = {2: (0.75, 0.9375), 10: (0.14276, 0.78569)}


def table() -> pd.DataFrame:
    """One of n, and anybody of n: the equilibrium condition solved, and the model's rules."""
    rows = []
    for n in SIZES:
        said = PUBLISHED.get(n, (np.nan, np.nan))
        # nobody gains by changing: all others stay silent with probability c/b
        silent = COST ** (1.0 / (n - 1))
        one, anybody = volunteers_alone(COST, n), is_voiced(1.0 - COST, n)
        near = abs(one - (1.0 - silent)) < 1e-12 and abs(anybody - (1.0 - silent**n)) < 1e-12
        given = np.isnan(said[0]) or np.allclose(said, (one, anybody), atol=5e-6)
        row = {"n": n, "published one": said[0], "one": one, "published anybody": said[1]}
        rows.append({**row, "anybody": anybody, "agrees": bool(near and given)})
    return pd.DataFrame(rows)


def draw(rows: pd.DataFrame) -> Figure:
    """Both probabilities by the number of those affected."""
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    panel.semilogx(rows["n"], rows["anybody"], "o-", color=COLOURS[0], label="anybody reports")
    panel.semilogx(rows["n"], rows["one"], "s--", color=COLOURS[1], label="a given person reports")
    panel.axhline(1.0 - COST, color=COLOURS[2], linestyle=":", label="one alone")
    panel.set_xlabel(f"people affected (cost/benefit {COST})")
    panel.set_ylabel("probability")
    panel.set_ylim(0.0, 1.0)
    panel.legend(loc="center right")
    return figure


CASE = Case("volunteers_dilemma", "The volunteer's dilemma of reporting", "Diekmann 1985", table, draw)

if __name__ == "__main__":
    main([CASE], sys.argv[1:])
