"""Rewards that crowd out: while paid, after the pay, and why a little may be less than nothing.

Deci 1971, "Effects of externally mediated rewards on intrinsic motivation"; Gneezy & Rustichini 2000, "Pay
enough or don't pay at all"; Frey & Jegen 2001, "Motivation crowding theory". That one is paid wears the
motive, however little it is. In the model, with a share w worn of the motive,

    p = logistic(theta + b_r r / 10 - b_w w),

and where wear is slow, w is the mean of a linear filter: w = p eta / (1 - (1 - delta) (1 - p eta)). So the
share acting while paid is a root of one equation, and when the pay has ended it comes back as w fades.
Sizes are those chosen here: no experiment on residents gives them. The patterns are the published ones.
"""

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy.optimize import brentq

from linli.agents.rules.participation import probability
from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case
from linli.model.measures.record import COLUMNS
from linli.model.text import Text
from linli.model.theory import theory_world

PEOPLE = 300
THETA, B_R, B_W, SPEED = -0.5, 0.5, 2.0, 0.02
"""Motive, pull of ten yuan, weight of a motive worn out, and how fast it wears and fades [1/day]."""
PAYS = (0.0, 3.0, 10.0, 50.0)
"""Yuan an act is worth."""
LITTLE, MUCH = 3.0, 50.0
PAID, AFTER = 300, 300
LOOKED_AT = 100
"""Days at the end of either that are looked at."""
SOON = 15
"""Days right after the end of the pay."""


def while_paid(pay: float) -> float:
    """The share that acts in the long run."""
    if pay == 0.0:
        return float(probability(THETA))

    def gap(p: float) -> float:
        worn = p * SPEED / (1.0 - (1.0 - SPEED) * (1.0 - p * SPEED))
        return float(probability(THETA + B_R * pay / 10.0 - B_W * worn)) - p

    return float(brentq(gap, 0.0, 1.0, xtol=1e-12))


def acting(pay: float) -> np.ndarray:
    """The share that acts, day by day: paid for PAID days, then no more. Shape: days."""
    ring, days = nx.circulant_graph(PEOPLE, [1]), PAID + AFTER
    world = theory_world(ring, theta=THETA, days=days, b_h=0.0, b_r=B_R, b_w=B_W, eta_w=SPEED, delta_w=SPEED)
    paid = world.branch(f"reward:points={pay:g},end={PAID}") if pay else world
    at = COLUMNS.index("acts_spontaneous")
    return np.array([record[at] for record in paid.run().records]) / PEOPLE


def table() -> pd.DataFrame:
    """By pay: the share acting while paid, right after and long after, and what the equation gives."""
    rows = []
    for pay in PAYS:
        shares = acting(pay)
        rows.append(
            {
                "pay": pay,
                "exact": while_paid(pay),
                "paid": shares[PAID - LOOKED_AT : PAID].mean(),
                "soon after": shares[PAID : PAID + SOON].mean(),
                "long after": shares[-LOOKED_AT:].mean(),
            }
        )
    return pd.DataFrame(rows)


def found(rows: pd.DataFrame) -> dict[str, float]:
    """Little and much against nothing, what is left after the pay, and the worst of all pays."""
    of = rows.set_index("pay")
    unpaid = float(of["paid"][0.0])
    return {
        "unpaid": unpaid,
        "little": float(of["paid"][LITTLE]),
        "much": float(of["paid"][MUCH]),
        "little_is_less": float(of["paid"][LITTLE] < unpaid),
        "much_is_more": float(of["paid"][MUCH] > unpaid),
        "less_after": float((of["soon after"].drop(0.0) < unpaid - 0.05).all()),
        "comes_back": float((of["long after"] - unpaid).abs().max()),
        "any_pay": float((of["paid"] - of["exact"]).abs().max()),
    }


EXACT = Text("fixed point, while paid", "不动点，付酬期间")
KINDS = {
    "paid": Text("model, while paid", "模型，付酬期间"),
    "soon after": Text("model, {n} days after", "模型，停酬后{n}天"),
    "long after": Text("model, long after", "模型，停酬很久之后"),
}
NOTHING = Text("without pay", "不付酬")
ACROSS = Text("pay for an act [yuan]", "每次参与的报酬[元]")
UP = Text("share that acts", "参与的比例")


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """The share acting by pay: while it lasts, and after."""
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    pays = np.linspace(0.05, PAYS[-1], 150)
    panel.plot(pays, [while_paid(pay) for pay in pays], color=COLOURS[0], label=EXACT.said(lang))
    markers = (("s", COLOURS[1]), ("v", COLOURS[3]), ("o", COLOURS[2]))
    for (name, label), (marker, colour) in zip(KINDS.items(), markers, strict=True):
        panel.plot(rows["pay"], rows[name], marker, color=colour, label=label.said(lang).format(n=SOON))
    panel.axhline(float(probability(THETA)), color=COLOURS[4], linestyle=":", label=NOTHING.said(lang))
    panel.set_xlabel(ACROSS.said(lang))
    panel.set_ylabel(UP.said(lang))
    panel.legend(loc="upper left", fontsize=7)
    return figure


CASE = Case(
    name="crowding-out",
    title=Text("Pay enough, or do not pay at all", "要么给足，要么不给"),
    about=Text(
        "A little pay brings fewer acts than none, much pay brings more; when it ends, fewer act than before "
        "there was any, and they come back slowly.",
        "少给报酬，参与反少于不给；给得多则增加；停发之后，参与低于从未给过之时，并缓慢恢复。",
    ),
    source="Deci 1971; Gneezy & Rustichini 2000, Quarterly Journal of Economics 115(3); Frey & Jegen 2001",
    table=table,
    found=found,
    draw=draw,
)
