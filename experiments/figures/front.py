"""Mixes of policies by cost and engagement, with the front that no other beats."""

import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.figures.style import COLOURS, INK, panels
from linli.experiments.output.labels import shown

WORDS = {
    "en": {
        "x": "cost",
        "y": "engagement: change",
        "colour": "true resolution: change",
        "front": "front, on fresh seeds",
        "budget": "budget",
        "tried": "tried",
    },
    "zh": {
        "x": "成本",
        "y": "参与率的变化",
        "colour": "真实解决率的变化",
        "front": "前沿（新种子）",
        "budget": "预算",
        "tried": "尝试过的组合",
    },
}


def draw(trials: pd.DataFrame, front: pd.DataFrame, budget: float, lang: str) -> Figure:
    """trials, front: as `experiments.analysis.optimisation` makes them."""
    words, share, yuan = WORDS[lang], shown("engaged_share", lang), shown("cost_yuan", lang)
    figure, (panel,) = panels(1, width=5.6, height=3.8)
    dots = panel.scatter(
        trials["cost_yuan"],
        share.factor * trials["engaged_share"],
        c=share.factor * trials["true_resolution"],
        cmap="cividis",
        s=18,
        label=words["tried"],
    )
    middle = share.factor * front["engaged_share"]
    ends = [middle - share.factor * front["engaged_share_low"].astype(float)]
    ends.append(share.factor * front["engaged_share_high"].astype(float) - middle)
    panel.errorbar(
        front["cost_yuan"],
        middle,
        yerr=ends,
        fmt="D",
        color=COLOURS[1],
        markersize=5,
        elinewidth=1.0,
        label=words["front"],
    )
    panel.axvline(budget, color=INK, linestyle=":", linewidth=1.2, label=words["budget"])
    panel.set_xlabel(f"{words['x']} [{yuan.unit}]")
    panel.set_ylabel(f"{words['y']} [{share.change_unit}]")
    figure.colorbar(dots, ax=panel, label=f"{words['colour']} [{share.change_unit}]")
    figure.legend(loc="outside lower center", ncols=3)
    return figure
