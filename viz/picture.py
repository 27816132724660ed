"""The picture of the README: `python -m linli.viz.picture OUT.svg [RUNS]`.

Left, the engaged share of Donghu day by day, with members matched to posts and without. Right, the acts that
are in one of these worlds only, added up, by what differed first for whoever acts: woken, asked, replaced and
displaced (`linli attribute`). Needs matplotlib: the dependency group `figures`, which the development
environment has.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.compare.runs import Outcome, Task, run_pair
from linli.experiments.statistics.paired import paired
from linli.model.attribution.channels import ASKED, DISPLACED, REPLACED, WOKEN
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.result import Attribution
from linli.model.city import City
from linli.model.files import write_whole
from linli.model.policies import from_text
from linli.model.scenario import load

FIRST_DAY, LAST_DAY = -60, 365
STEP = 5
"""Every so many days a point is drawn."""
# colours of Okabe & Ito, told apart by colour-blind readers; in black and white the line styles tell
INK, BLUE, ORANGE, GREEN, GREY = "#333333", "#0072B2", "#D55E00", "#009E73", "#777777"
STYLES = {WOKEN: (GREEN, "-"), ASKED: (BLUE, "--"), DISPLACED: (GREY, ":"), REPLACED: (ORANGE, "-.")}
"""The groups that are drawn, in the order of the legend."""


@dataclass(frozen=True)
class Run:
    """Both worlds under one seed. engaged: share of adults, a row a day from `FIRST_DAY` on, without and with
    matching; groups: a row every `STEP` days, acts per 1000 adults so far by group."""

    engaged: pd.DataFrame
    groups: pd.DataFrame


def run(seed: int) -> Run:
    """Both worlds side by side for a year."""
    scenario = load("donghu").but(seed=seed, days=LAST_DAY)
    pair = run_pair(Task(scenario, (from_text("match"),), daily=True), lambda: None)
    daily = {"without": _engaged(pair.baseline), "with": _engaged(pair.policy)}
    city = City(scenario)
    city.run_to(scenario.burn_in)
    difference = Lockstep(city, "match").run(LAST_DAY).result()
    return Run(pd.DataFrame(daily), added_up(difference, pair.baseline.adults))


def _engaged(arm: Outcome) -> pd.Series:
    table = arm.daily
    assert table is not None
    rows = table[(table["measure"] == "engaged_share") & (table["day"] >= FIRST_DAY)]
    return rows.set_index("day")["value"]


def added_up(difference: Attribution, adults: int) -> pd.DataFrame:
    """Acts per 1000 adults by group, from the first day up to every `STEP`th one."""
    days = range(0, len(difference.acts) + 1, STEP)
    rows = [difference.between(0, day).by_group() for day in days]
    return pd.DataFrame(rows, index=pd.Index(days, name="day"))[list(STYLES)] * 1000.0 / adults


def draw(runs: list[Run]) -> Figure:
    """The picture of some runs."""
    figure = Figure(figsize=(9.0, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    for arm, colour, line, label in (
        ("with", BLUE, "-", "members matched to posts"),
        ("without", INK, "--", "as it is"),
    ):
        _range(left, pd.concat([100.0 * one.engaged[arm] for one in runs], axis=1), colour, line, label)
    left.set_title("Adults who took part in the last 30 days", loc="left", fontsize=10)
    left.set_ylabel("% of adults")
    for group in STYLES:
        _difference(right, pd.concat([one.groups[group] for one in runs], axis=1), group)
    right.axhline(0.0, color=INK, linewidth=0.8)
    right.set_title("Acts in one world only, by what differed first", loc="left", fontsize=10)
    right.set_ylabel("acts per 1000 adults, added up")
    for panel, begin in ((left, FIRST_DAY), (right, 0)):
        panel.set_xlabel("day (0: matching begins)")
        panel.set_xlim(begin, LAST_DAY)
        panel.spines[["top", "right"]].set_visible(False)
    left.axvline(0.0, color=INK, linewidth=0.8, linestyle=":")
    left.set_ylim(bottom=0.0)
    left.legend(frameon=False, fontsize=8.5, loc="lower right")
    right.legend(frameon=False, fontsize=8.5, loc="upper left")
    return figure


def _range(panel: Any, runs: pd.DataFrame, colour: str, line: str, label: str) -> None:
    """The mean of the runs, and the range of all of them."""
    runs = runs[STEP - 1 :: STEP]
    panel.fill_between(runs.index, runs.min(axis=1), runs.max(axis=1), color=colour, alpha=0.2, linewidth=0)
    panel.plot(runs.index, runs.mean(axis=1), color=colour, linestyle=line, linewidth=1.8, label=label)


def _difference(panel: Any, runs: pd.DataFrame, group: str) -> None:
    """The mean of the runs and its 95 % interval, day by day."""
    colour, line = STYLES[group]
    days = [paired(np.zeros(len(of)), of) for of in runs.to_numpy()]
    low, high, mean = (
        np.array([getattr(day, part) for day in days]) for part in ("low", "high", "difference")
    )
    panel.fill_between(runs.index, low, high, color=colour, alpha=0.15, linewidth=0)
    panel.plot(runs.index, mean, color=colour, linestyle=line, linewidth=1.8, label=group)


def main(arguments: list[str]) -> None:
    """Run, draw, write. arguments: the file (its ending decides the format), and the number of runs."""
    runs = int(arguments[1]) if len(arguments) > 1 else 8
    if not arguments or runs < 2:
        sys.exit("usage: python -m linli.viz.picture OUT.svg [RUNS], with two runs or more")
    lived = [run(seed) for seed in range(1, runs + 1)]
    file = Path(arguments[0])
    metadata: dict[str, Any] = {"Date": None} if file.suffix == ".svg" else {}
    with mpl.rc_context({"svg.hashsalt": "linli"}):
        picture = draw(lived)
        write_whole(file, lambda path: picture.savefig(path, dpi=150, metadata=metadata, facecolor="white"))


if __name__ == "__main__":
    main(sys.argv[1:])
