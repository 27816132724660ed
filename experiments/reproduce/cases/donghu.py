"""Donghu's second year beside the evidence: what the README, the ODD and the ensemble say of it.

Every figure of the evidence, as the default world gives it (means of seeds 1 to 3) and as worlds of the
ensemble do, each under a seed of its own that it was not found with. What is pinned is the model's own
number. Whether it hits the evidence is another question: the table says that too, misses included.
"""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.calibration.beside import worlds_of
from linli.experiments.evidence import FOLDER as EVIDENCE
from linli.experiments.evidence import evidence
from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.output.labels import label_of
from linli.experiments.reproduce.case import Case
from linli.experiments.statistics.paired import nine_of_ten
from linli.experiments.worlds import FOLDER as WORLDS_FOLDER
from linli.experiments.worlds import worlds
from linli.model.city import City
from linli.model.scenario import Scenario, load
from linli.model.text import Text

PLACE = "donghu"
SEEDS = (1, 2, 3)
WORLDS, FIRST_SEED = 30, 10_001
"""Of the ensemble, and a seed that no world was found with."""


def _lived(scenario: Scenario) -> dict[str, float]:
    return City(scenario).run().measures()


def table() -> pd.DataFrame:
    """A row a figure: target, band, the default world, the middle of the worlds, how many hit the band."""
    place = load(PLACE)
    default = pd.DataFrame([_lived(place.but(seed=seed)) for seed in SEEDS])
    ensemble = worlds_of(place.but(seed=FIRST_SEED), worlds(PLACE).first(WORLDS))
    over = pd.DataFrame([_lived(scenario) for scenario in ensemble])
    rows = []
    for figure in evidence(PLACE):
        name, of = figure.measure, over[figure.measure]
        least, middle, most = nine_of_ten(of)
        rows.append(
            {
                "measure": name, "use": figure.use, "target": figure.target, "low": figure.low,
                "high": figure.high, "default": float(default[name].mean()), "middle": middle,
                "least": least, "most": most, "worlds": len(of),
                "inside": sum(figure.holds(value) for value in of), "source": figure.source,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def found(rows: pd.DataFrame) -> dict[str, float]:
    """Each figure of the default world, and in how many worlds it lies in its band."""
    of = rows.set_index("measure")
    default = {str(name): float(value) for name, value in of["default"].items()}
    return {**default, **{f"{name}_worlds": float(value) for name, value in of["inside"].items()}}


BAND = Text("band of the evidence", "证据区间")
DEFAULT = Text("default world, mean of {n} seeds", "默认世界，{n}个种子的均值")
OVER = Text("{n} worlds: middle, nine of ten", "{n}个世界：居中值与九成范围")
ACROSS = Text("from the lower (0) to the upper edge of the band (1)", "从区间下限（0）到上限（1）")


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """Every figure in the scale of its band."""
    figure, (panel,) = panels(1, width=6.4, height=3.6)
    width = rows["high"] - rows["low"]

    def placed(column: str) -> np.ndarray:
        return ((rows[column] - rows["low"]) / width).to_numpy()

    y = np.arange(len(rows))[::-1]
    panel.barh(y, 1.0, height=0.7, color=COLOURS[5], alpha=0.3, label=BAND.said(lang))
    least, middle, most = (placed(column) for column in ("least", "middle", "most"))
    panel.errorbar(
        middle, y, xerr=[middle - least, most - middle], fmt="o", color=COLOURS[0], markersize=4,
        label=OVER.said(lang).format(n=int(rows["worlds"].max())),
    )  # fmt: skip
    label = DEFAULT.said(lang).format(n=len(SEEDS))
    panel.plot(placed("default"), y, "D", color=COLOURS[1], markersize=4, label=label)
    panel.set_yticks(y, [label_of(name, lang) for name in rows["measure"]], fontsize=6.5)
    panel.set_xlabel(ACROSS.said(lang))
    figure.legend(loc="outside lower center", ncols=1, fontsize=7)
    return figure


CASE = Case(
    name="donghu",
    title=Text("Donghu beside the evidence", "东湖与证据对照"),
    about=Text(
        "The published numbers of the default world and of worlds that fit. Reproduced means that the model "
        "still gives them; where they miss the evidence, the table shows the miss.",
        "默认世界与各符合世界的已发布数字。“已重现”指模型仍给出这些数字；未达证据之处，表中照实列出。",
    ),
    source="README, How well it fits; experiments/evidence/donghu.toml",
    table=table,
    found=found,
    draw=draw,
    scenario=lambda: load(PLACE),
    rests_on=(WORLDS_FOLDER / f"{PLACE}.csv", EVIDENCE / f"{PLACE}.toml"),
)
