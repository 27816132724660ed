"""Sinking more members does not fill more posts once workers have no more time to match them.

Workers match c members on a working day and no more, so D working days see c D members matched at most,
however many are on the register. Below that bound those who drift away are missing.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.agents.rules.work_time import is_workday
from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case
from linli.experiments.reproduce.cases import matching_race
from linli.experiments.reproduce.cases.matching_race import DELTA, race
from linli.model.city import City
from linli.model.text import Text

HEADCOUNTS = (25, 50, 100, 200, 400, 800)
RATE, DAYS = 2, 182
SEEDS = range(1, 5)


def expected(headcount: int) -> float:
    """Members in posts in the end: drift, then matches on working days."""
    idle, total = float(headcount), 0.0
    for day in range(DAYS):
        idle *= 1.0 - DELTA
        matched = min(float(RATE), idle) if is_workday(day) else 0.0
        total, idle = total + matched, idle - matched
    return total


def bound() -> int:
    """Matches that the working days have time for."""
    return RATE * sum(is_workday(day) for day in range(DAYS))


def simulated(headcount: int) -> list[float]:
    """Members in posts in the end, in each run."""
    settings = race(0, RATE, DAYS)
    policies = f"sink:headcount={headcount}; match:method=random,share=1"
    runs = [City(settings, policies=policies, rng=seed).run() for seed in SEEDS]
    return [run.measures()["members_matched"] for run in runs]


def table() -> pd.DataFrame:
    """By head-count: the bound, what is expected, the model, and the share that serves."""
    rows = []
    for headcount in HEADCOUNTS:
        runs = simulated(headcount)
        mean, awaited = float(np.mean(runs)), expected(headcount)
        share = min(1.0, awaited / headcount)
        error = float(np.sqrt(headcount * share * (1.0 - share) / len(runs)))
        row = {"head-count": headcount, "bound": bound(), "expected": awaited, "model": mean}
        rows.append({**row, "most": max(runs), "serving": mean / headcount, "error": error})
    return pd.DataFrame(rows)


def found(rows: pd.DataFrame) -> dict[str, float]:
    """The bound, whether any run breaks it, what four times and eight times the members add, and the share
    that serves."""
    of = rows.set_index("head-count")
    gaps = ((of["model"] - of["expected"]).abs() - 0.5).clip(lower=0.0) / of["error"].clip(lower=1e-9)
    return {
        "bound": float(bound()),
        "beyond": float((rows["most"] > rows["bound"]).sum()),
        "at_100": float(of["model"][100]),
        "at_800": float(of["model"][800]),
        "serving_100": float(of["serving"][100]),
        "serving_800": float(of["serving"][800]),
        "any_headcount": float(gaps.max()),
    }


EXPECTED = Text("expected", "预期")
MODEL = Text("model", "模型")
TIME = Text("time for matching", "匹配时间的上限")
ACROSS = Text("members on the register", "在册党员")
UP = Text("in posts after {days} days", "{days}天后在岗人数")


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """Members in posts by head-count."""
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    counts = np.linspace(0, HEADCOUNTS[-1], 120)
    exact = [expected(int(n)) for n in counts]
    panel.plot(counts, exact, color=COLOURS[0], linewidth=1.6, label=EXPECTED.said(lang))
    panel.plot(rows["head-count"], rows["model"], "s", color=COLOURS[1], label=MODEL.said(lang))
    panel.axhline(bound(), color=COLOURS[2], linestyle=":", label=TIME.said(lang))
    panel.set_xlabel(ACROSS.said(lang))
    panel.set_ylabel(UP.said(lang).format(days=DAYS))
    panel.legend(loc="center right")
    return figure


CASE = Case(
    name="sinking",
    title=Text("Head-count saturates", "人数会饱和"),
    about=Text(
        "Sinking more members fills no more posts once workers have no more time to match them: the more "
        "there are on the register, the smaller the share that serves.",
        "社区工作者没有更多时间匹配时，下沉更多党员也填不了更多岗位：在册越多，在岗比例越低。",
    ),
    source="exact; model/ODD.md, section 7",
    table=table,
    found=found,
    draw=draw,
    scenario=lambda: race(0, RATE, DAYS),
    rests_on=(Path(matching_race.__file__),),
)
