"""Brock & Durlauf 2001, "Discrete choice with social interactions", Review of Economic Studies 68(2).

In a crowd where everybody is pulled by the share that acted yesterday, p = logistic(h + J p). Up to J = 4
there is one solution; beyond it there may be three, of which the middle one does not last: where a crowd ends
depends on where it began.
"""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy.optimize import brentq

from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case
from linli.model import theory
from linli.model.text import Text

CROWD, DAYS, SETTLING = 20_000, 150, 50
PUBLISHED = ((6.0, -3.0), (5.0, -2.5))
"""J and h."""
SWEEP = (-3.7, -3.2, -2.8, -2.3)
"""Values of h at J = 6; between the edges of the window there are two stable solutions."""


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


def settled(h: float, J: float, start: float) -> float:
    """Mean share acting of a crowd that began with nobody (0) or everybody (1)."""
    active = np.full(CROWD, bool(start))
    rule = theory.SocialInteraction(theta=h, J=J)
    shares = theory.contagion(theory.complete(CROWD), rule, active=active).run(DAYS) / CROWD
    return float(shares[SETTLING:].mean())


def table() -> pd.DataFrame:
    """Where crowds end that began with nobody and with everybody, beside the solution that is theirs."""
    rows = []
    for J, h in (*PUBLISHED, *((6.0, h) for h in SWEEP)):
        exact = solutions(h, J)
        for start, p in ((0.0, exact[0]), (1.0, exact[-1])):
            rows.append({"J": J, "h": h, "start": start, "exact": p, "model": settled(h, J, start)})
    return pd.DataFrame(rows)


def found(rows: pd.DataFrame) -> dict[str, float]:
    """The stable solutions, the window, and the worst of all crowds."""
    of = rows.set_index(["J", "h", "start"])["model"]
    low, high = edges(6.0)
    ended = {
        f"{name}_{J:g}": float(of[J, h, start])
        for J, h in PUBLISHED
        for name, start in (("lower", 0.0), ("upper", 1.0))
    }
    return {
        **ended,
        "edge_low": low,
        "edge_high": high,
        "solutions_below_4": float(len(solutions(-2.0, 3.9))),
        "any_crowd": float((rows["model"] - rows["exact"]).abs().max()),
    }


STABLE = Text("stable", "稳定")
NOT_STABLE = Text("does not last", "不能持久")
FROM = (
    Text("model, from nobody", "模型，从无人参与开始"),
    Text("model, from everybody", "模型，从全体参与开始"),
)
ACROSS = Text("private motive h (J = 6)", "个人动机h（J = 6）")
UP = Text("share that acts", "参与的比例")


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """Solutions at J = 6 by h, and where crowds ended."""
    figure, (panel,) = panels(1, width=4.6, height=3.2)
    p = np.linspace(0.005, 0.995, 400)
    h = np.log(p / (1.0 - p)) - 6.0 * p
    lasts = 6.0 * p * (1.0 - p) < 1.0
    low, high = p < 0.5, p >= 0.5
    for part, label in ((lasts & low, STABLE.said(lang)), (lasts & high, None)):
        panel.plot(h[part], p[part], color=COLOURS[0], linewidth=1.8, label=label)
    label = NOT_STABLE.said(lang)
    panel.plot(h[~lasts], p[~lasts], color=COLOURS[0], linewidth=1.2, linestyle=":", label=label)
    at_six = rows[rows["J"] == 6.0]
    for start, marker, colour in ((0, "^", COLOURS[1]), (1, "v", COLOURS[2])):
        ended = at_six[at_six["start"] == start]
        panel.plot(ended["h"], ended["model"], marker, color=colour, label=FROM[start].said(lang))
    for edge in edges(6.0):
        panel.axvline(edge, color=COLOURS[3], linestyle="-.", linewidth=0.8)
    panel.set_xlim(-4.0, -2.0)
    panel.set_xlabel(ACROSS.said(lang))
    panel.set_ylabel(UP.said(lang))
    panel.legend(loc="center left", bbox_to_anchor=(0.0, 0.55))
    return figure


CASE = Case(
    name="brock-durlauf",
    title=Text("Two stable states of a crowd", "人群的两个稳定状态"),
    about=Text(
        "Where neighbours pull strongly, the same crowd stays quiet or active for ever, depending on where "
        "it began.",
        "邻里牵引足够强时，同一人群会一直沉寂或一直活跃，取决于它从何处开始。",
    ),
    source="Brock & Durlauf 2001, Review of Economic Studies 68(2)",
    table=table,
    found=found,
    draw=draw,
)
