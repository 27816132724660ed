"""Diekmann 1985, "Volunteer's dilemma", Journal of Conflict Resolution 29(4).

Each of n would rather have somebody else report what bothers all of them. In the mixed equilibrium one
reports with 1 - (c/b)^(1/(n-1)), so that the more are affected, the less likely it is that anybody does.
"""

import pandas as pd
from matplotlib.figure import Figure

from linli.agents.rules.voice import is_voiced, volunteers_alone
from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case
from linli.model.text import Text

COST = 0.25
"""Cost of reporting over its benefit."""
SIZES = (2, 3, 5, 10, 20, 50, 100)


def table() -> pd.DataFrame:
    """One of n, and anybody of n: the equilibrium condition solved, and the model's rules."""
    rows = []
    for n in SIZES:
        silent = COST ** (1.0 / (n - 1))  # nobody gains by changing: all others stay silent with c/b
        rows.append(
            {
                "n": n,
                "exact one": 1.0 - silent,
                "one": volunteers_alone(COST, n),
                "exact anybody": 1.0 - silent**n,
                "anybody": is_voiced(1.0 - COST, n),
            }
        )
    return pd.DataFrame(rows)


def found(rows: pd.DataFrame) -> dict[str, float]:
    """Two and ten, the worst of all, and the paradox."""
    of = rows.set_index("n")
    gaps = pd.concat([of["one"] - of["exact one"], of["anybody"] - of["exact anybody"]])
    return {
        "one_2": float(of["one"][2]),
        "anybody_2": float(of["anybody"][2]),
        "one_10": float(of["one"][10]),
        "anybody_10": float(of["anybody"][10]),
        "any_size": float(gaps.abs().max()),
        "falls": float((of["anybody"].diff().dropna() < 0.0).all()),
    }


ANYBODY = Text("anybody reports", "有人上报")
ONE = Text("a given person reports", "某个人上报")
ALONE = Text("one alone", "只有一人受影响")
ACROSS = Text("people affected (cost/benefit {cost})", "受影响人数（成本/收益{cost}）")
UP = Text("probability", "概率")


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """Both probabilities by the number of those affected."""
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    panel.semilogx(rows["n"], rows["anybody"], "o-", color=COLOURS[0], label=ANYBODY.said(lang))
    panel.semilogx(rows["n"], rows["one"], "s--", color=COLOURS[1], label=ONE.said(lang))
    panel.axhline(1.0 - COST, color=COLOURS[2], linestyle=":", label=ALONE.said(lang))
    panel.set_xlabel(ACROSS.said(lang).format(cost=COST))
    panel.set_ylabel(UP.said(lang))
    panel.set_ylim(0.0, 1.0)
    panel.legend(loc="center right")
    return figure


CASE = Case(
    name="volunteers-dilemma",
    title=Text("The volunteer's dilemma of reporting", "上报中的志愿者困境"),
    about=Text(
        "The more people are affected by the same matter, the less likely it is that anybody reports it.",
        "受同一事务影响的人越多，有人上报的可能性反而越小。",
    ),
    source="Diekmann 1985, Journal of Conflict Resolution 29(4)",
    table=table,
    found=found,
    draw=draw,
)
