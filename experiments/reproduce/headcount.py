"""Sinking more members does not fill more posts once workers have no more time to match them.

Workers match c members on a working day and no more, so D working days see c D members matched at most,
however many are on the register. Below that bound those who drift away are missing.
"""

import sys
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.agents.rules.work_time import is_workday
from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case, main
from linli.experiments.reproduce.matching_race import DELTA, MINUTES
from linli.model.city import City
from linli.model.parameters import parameters
from linli.model.scenario import load

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
    lane = load("lane")
    place = replace(lane.place, managed_members=0, serving_members=0, sunk_members=0, workers=1, grids=1)
    chosen = parameters(
        delta_I=DELTA, delta_R=0, delta_M=0, delta_q=0, moves=0, posts=200, a0=0.5, c_m=MINUTES / 60 / RATE
    )
    settings = lane.but(place=place, parameters=chosen, burn_in=0, days=DAYS)
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
        near = abs(mean - awaited) <= 4.0 * error + 0.5
        row = {"head-count": headcount, "bound": bound(), "expected": awaited, "model": mean}
        rows.append({**row, "serving": mean / headcount, "agrees": near and max(runs) <= bound()})
    return pd.DataFrame(rows)


def draw(rows: pd.DataFrame) -> Figure:
    """Members in posts by head-count."""
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    counts = np.linspace(0, HEADCOUNTS[-1], 120)
    panel.plot(counts, [expected(int(n)) for n in counts], color=COLOURS[0], linewidth=1.6, label="expected")
    panel.plot(rows["head-count"], rows["model"], "s", color=COLOURS[1], label="model")
    panel.axhline(bound(), color=COLOURS[2], linestyle=":", label="time for matching")
    panel.set_xlabel("members on the register")
    panel.set_ylabel(f"in posts after {DAYS} days")
    panel.legend(loc="center right")
    return figure


CASE = Case("headcount", "Head-count saturates", "exact; see model/ODD.md", table, draw)

if __name__ == "__main__":
    main([CASE], sys.argv[1:])
