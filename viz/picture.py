"""The picture of the README: `python -m linli.viz.picture OUT.svg [RUNS]`.

Left, the engaged share of Donghu day by day, with members matched to posts and without. Right, what matching
changes in the acts that nobody asked for, under three assumptions on how strongly people follow
neighbours who take part (J). Needs matplotlib: the dependency group `figures`, which the development
environment has.
"""

import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.compare.runs import Task, run_pair
from linli.experiments.statistics.paired import paired
from linli.model.files import write_whole
from linli.model.policies import from_text
from linli.model.scenario import load

FIRST_DAY, LAST_DAY = -60, 365
STEP = 5
"""Every so many days a point is drawn."""
PULLS = (0.0, 3.0, 6.0)
"""J, the pull of active neighbours: none, the usual one, and the highest."""
# colours of Okabe & Ito, told apart by colour-blind readers; in black and white the line styles tell
INK, BLUE, ORANGE, GREEN = "#333333", "#0072B2", "#D55E00", "#009E73"
STYLES = {0.0: (ORANGE, "-."), 3.0: (BLUE, "-"), 6.0: (GREEN, "--")}


def series(pull: float, runs: int) -> pd.DataFrame:
    """Measures day by day, both arms of each run. Columns: measure, day, run, baseline, policy."""
    scenario = load("donghu").but(parameters={"J": pull}, days=LAST_DAY)
    tables = []
    for seed in range(1, runs + 1):
        task = Task(scenario.but(seed=seed), (from_text("match"),), daily=True, engine="array")
        pair = run_pair(task, lambda: None)
        both = {"baseline": pair.baseline.daily, "policy": pair.policy.daily}
        keyed = {arm: daily.set_index(["measure", "day"])["value"] for arm, daily in both.items()}  # type: ignore[union-attr]
        tables.append(pd.DataFrame(keyed).assign(run=seed).reset_index())
    return pd.concat(tables)


def arms(table: pd.DataFrame, measure: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A measure without and with matching. Rows: days from `FIRST_DAY` on; columns: runs."""
    rows = table[(table["measure"] == measure) & (table["day"] >= FIRST_DAY)]
    before, after = (rows.pivot(index="day", columns="run", values=arm) for arm in ("baseline", "policy"))
    return before, after


def draw(results: dict[float, pd.DataFrame]) -> Figure:
    """The picture of what `series` gave, by J."""
    figure = Figure(figsize=(9.0, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    without, with_matching = arms(results[PULLS[1]], "engaged_share")
    _range(left, 100.0 * with_matching, BLUE, "-", "members matched to posts")
    _range(left, 100.0 * without, INK, "--", "as it is")
    left.set_title("Adults who took part in the last 30 days", loc="left", fontsize=10)
    left.set_ylabel("% of adults")
    for pull, table in results.items():
        before, after = (arm.cumsum() for arm in arms(table, "acts_spontaneous"))
        _difference(right, before, after, pull)
    right.axhline(0.0, color=INK, linewidth=0.8)
    right.set_title("Acts that nobody asked for: difference, added up", loc="left", fontsize=10)
    right.set_ylabel("acts per 1000 adults")
    for panel in (left, right):
        panel.axvline(0.0, color=INK, linewidth=0.8, linestyle=":")
        panel.set_xlabel("day (0: matching begins)")
        panel.set_xlim(FIRST_DAY, LAST_DAY)
        panel.spines[["top", "right"]].set_visible(False)
    left.set_ylim(bottom=0.0)
    left.legend(frameon=False, fontsize=8.5, loc="lower right")
    head = "pull of active neighbours:"
    right.legend(title=head, frameon=False, fontsize=8.5, title_fontsize=8.5, loc="upper left")
    return figure


def _range(panel: Any, runs: pd.DataFrame, colour: str, line: str, label: str) -> None:
    """The mean of the runs, and the range of all of them."""
    runs = runs[STEP - 1 :: STEP]
    panel.fill_between(runs.index, runs.min(axis=1), runs.max(axis=1), color=colour, alpha=0.2, linewidth=0)
    panel.plot(runs.index, runs.mean(axis=1), color=colour, linestyle=line, linewidth=1.8, label=label)


def _difference(panel: Any, before: pd.DataFrame, after: pd.DataFrame, pull: float) -> None:
    """The mean paired difference and its 95 % interval, day by day."""
    colour, line = STYLES[pull]
    before, after = before[STEP - 1 :: STEP], after[STEP - 1 :: STEP]
    days = [paired(b, a) for b, a in zip(before.to_numpy(), after.to_numpy(), strict=True)]
    low, high, mean = (
        np.array([getattr(day, part) for day in days]) for part in ("low", "high", "difference")
    )
    panel.fill_between(before.index, low, high, color=colour, alpha=0.15, linewidth=0)
    panel.plot(before.index, mean, color=colour, linestyle=line, linewidth=1.8, label=f"J = {pull:g}")


def main(arguments: list[str]) -> None:
    """Run, draw, write. arguments: the file (its ending decides the format), and the number of runs."""
    runs = int(arguments[1]) if len(arguments) > 1 else 8
    if not arguments or runs < 2:
        sys.exit("usage: python -m linli.viz.picture OUT.svg [RUNS], with two runs or more")
    results = {pull: series(pull, runs) for pull in PULLS}
    file = Path(arguments[0])
    metadata: dict[str, Any] = {"Date": None} if file.suffix == ".svg" else {}
    with mpl.rc_context({"svg.hashsalt": "linli"}):
        picture = draw(results)
        write_whole(file, lambda path: picture.savefig(path, dpi=150, metadata=metadata, facecolor="white"))


if __name__ == "__main__":
    main(sys.argv[1:])
