"""The fan of worlds: what a policy wakes less what it replaces, year by year, a line a world."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.figures.style import COLOURS, INK, band, folded, panels
from linli.experiments.statistics.paired import NINE_OF_TEN
from linli.model.text import Text

NARROW = 18
"""Characters of a year's name in a line."""
MIDDLE = Text("middle world", "居中的世界")
NINE = Text("nine of ten worlds", "九成世界")


def draw(years: Mapping[str, "pd.Series[float]"], what: str, lang: str) -> Figure:
    """years: by what they are called, the effect of each world; what: its label."""
    figure, (panel,) = panels(1, width=4.6, height=3.6)
    onto(panel, years, what, lang)
    return figure


def onto(panel: Any, years: Mapping[str, "pd.Series[float]"], what: str, lang: str) -> None:
    """The same in a panel of a figure."""
    table = pd.DataFrame(years)
    across = list(range(len(table.columns)))
    for _, world in table.iterrows():
        colour = COLOURS[0] if world.iloc[0] > 0.0 else COLOURS[1]
        panel.plot(across, world, color=colour, alpha=0.45, linewidth=0.8)
    low, high = (table.quantile(q) for q in NINE_OF_TEN)
    band(panel, across, low, high, INK)
    panel.plot([], [], color=INK, alpha=0.18, linewidth=6, label=NINE.said(lang))
    panel.plot(across, table.median(), "o-", color=INK, linewidth=2, markersize=4, label=MIDDLE.said(lang))
    panel.axhline(0.0, color=INK, linewidth=0.8, linestyle=":")
    panel.set_xticks(across, ["\n".join(wrap(str(name), NARROW)) for name in table])
    panel.set_ylabel(folded(what))
    panel.legend(loc="best")
