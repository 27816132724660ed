"""Who is infected by neighbours, recovers and can be infected again: the threshold and the share at rest.

Pastor-Satorras & Vespignani 2001, "Epidemic spreading in scale-free networks", Physical Review Letters 86;
the logistic epidemic is older (Kermack & McKendrick 1932; Hethcote 1989). In a crowd where everybody meets
everybody and days are short, the share infected at rest is 1 - delta / (beta N), and nobody where that is
below zero. In steps of a day,

    delta i = (1 - i) (1 - (1 - beta)**(i N)).
"""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy.optimize import brentq

from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case
from linli.model import theory
from linli.model.text import Text

CROWD = 20_000
RATIOS = (0.5, 0.8, 1.25, 1.5, 2.0, 3.0, 4.0)
"""beta N over delta."""
SHORT, LONG = 0.02, 0.2
"""delta [1/day]: days that are short beside it, and days that are not."""
LIVES = 60
"""Mean lengths of an infection that a crowd is lived through; the second half is looked at."""


def at_rest(contacts: float, delta: float) -> float:
    """The share infected in a large crowd, in steps of a day; 0 below the threshold. contacts: beta N."""
    beta = contacts / CROWD

    def gap(i: float) -> float:
        return float((1.0 - i) * (1.0 - (1.0 - beta) ** (i * CROWD)) - delta * i)

    return float(brentq(gap, 1e-6, 1.0, xtol=1e-14)) if contacts > delta else 0.0


def endured(contacts: float, delta: float) -> float:
    """The mean share infected in the second half of a run that began with a half."""
    days = round(LIVES / delta)
    rule = theory.SIS(contacts / CROWD, delta)
    counts = theory.contagion(theory.complete(CROWD), rule, active=range(CROWD // 2)).run(days)
    return float(counts[days // 2 :].mean() / CROWD)


def table() -> pd.DataFrame:
    """The share infected at rest by ratio, for short and for longer days."""
    rows = []
    for delta in (SHORT, LONG):
        for ratio in RATIOS:
            exact = at_rest(ratio * delta, delta)
            row = {"delta": delta, "ratio": ratio, "short days": max(0.0, 1.0 - 1.0 / ratio), "exact": exact}
            rows.append({**row, "model": endured(ratio * delta, delta)})
    return pd.DataFrame(rows)


def found(rows: pd.DataFrame) -> dict[str, float]:
    """Both sides of the threshold, the share at rest, and the worst of all crowds."""
    of = rows.set_index(["delta", "ratio"])["model"]
    return {
        "below": float(of[SHORT, 0.5]),
        "above": float(of[SHORT, 2.0]),
        "far_above": float(of[SHORT, 4.0]),
        "any_crowd": float((rows["model"] - rows["exact"]).abs().max()),
    }


FORMULA = Text("1 − delta / (beta N)", "1 − delta / (beta N)")
STEPS = Text("in steps of a day, delta = {delta}", "以天为步长，delta = {delta}")
MODEL = Text("model, delta = {delta}", "模型，delta = {delta}")
ACROSS = Text("beta N / delta", "beta N / delta")
UP = Text("share infected at rest", "稳态感染比例")


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """The share at rest by beta N / delta."""
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    ratios = np.linspace(0.3, 4.2, 120)
    limit = np.maximum(0.0, 1.0 - 1.0 / ratios)
    panel.plot(ratios, limit, color=COLOURS[0], linewidth=1.6, label=FORMULA.said(lang))
    exact = [at_rest(ratio * LONG, LONG) for ratio in ratios]
    label = STEPS.said(lang).format(delta=LONG)
    panel.plot(ratios, exact, color=COLOURS[2], linestyle="--", linewidth=1.2, label=label)
    for delta, marker, colour in ((SHORT, "s", COLOURS[1]), (LONG, "^", COLOURS[3])):
        part = rows[rows["delta"] == delta]
        label = MODEL.said(lang).format(delta=delta)
        panel.plot(part["ratio"], part["model"], marker, color=colour, label=label)
    panel.set_xlabel(ACROSS.said(lang))
    panel.set_ylabel(UP.said(lang))
    panel.legend(loc="lower right")
    return figure


CASE = Case(
    name="sis",
    title=Text("The epidemic threshold", "流行阈值"),
    about=Text(
        "An infection dies out where one infected infects less than one other; above that it stays, at a "
        "share that the ratio alone decides while days are short.",
        "一名感染者感染不足一人时流行消亡；高于此则长存，步长足够短时其比例只取决于该比值。",
    ),
    source="Pastor-Satorras & Vespignani 2001, Physical Review Letters 86(14); exact",
    table=table,
    found=found,
    draw=draw,
)
