"""Members race between being matched to a post and drifting away.

R0 members stand on a register and drift off at delta a day, without a way back; workers match c a day. Then
dR/dt = -delta R - c, and (c/delta) ln(1 + R0 delta/c) members are matched before the register is empty.
Workers do not match at weekends, so a rate on working days is five sevenths of it in the mean.
"""

import math
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.agents.rules.work_time import is_workday
from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case, main
from linli.model.city import City
from linli.model.parameters import parameters
from linli.model.scenario import Scenario, load

REGISTER, DELTA = 500, 1 / 90
RATES = (1, 2, 4, 5, 8, 10)
"""Matches on a working day."""
SEEDS = range(1, 9)
LONG = 400
"""Days after which the register is empty at every rate."""
MINUTES = 240
"""A worker's free time on a working day, all of it for matching."""
EXACT = {2: 239.2, 5: 336.2, 10: 397.6}
"""As the formula gives them for so many a day, every day."""


def formula(c: float) -> float:
    """Matched in the end, in continuous time. c: matches a day."""
    return (c / DELTA) * math.log(1.0 + REGISTER * DELTA / c)


def in_days(c: int) -> float:
    """The same in whole days with weekends: members drift, then c are matched; the expected total."""
    idle, total, day = float(REGISTER), 0.0, 0
    while idle > 1e-9:
        idle *= 1.0 - DELTA
        matched = min(float(c), idle) if is_workday(day) else 0.0
        total, idle, day = total + matched, idle - matched, day + 1
    return total


def world(c: int) -> Scenario:
    """A small place with the register and a worker who has time for c matches on a working day."""
    lane = load("lane")
    place = replace(
        lane.place, managed_members=0, serving_members=0, sunk_members=REGISTER, workers=1, grids=1
    )
    chosen = parameters(
        delta_I=DELTA, delta_R=0, delta_M=0, delta_q=0, moves=0, posts=200, a0=0.5, c_m=MINUTES / 60 / c
    )
    return lane.but(place=place, parameters=chosen, burn_in=0, days=LONG)


def simulated(c: int) -> list[float]:
    """Members in posts in the end, in each run."""
    settings = world(c)
    runs = [City(settings, policies="match:method=random,share=1", rng=seed).run() for seed in SEEDS]
    return [run.measures()["members_matched"] for run in runs]


def table() -> pd.DataFrame:
    """By rate: the formula for every day, for five days a week, in whole days, and the model."""
    rows = []
    for c in RATES:
        runs = simulated(c)
        expected = in_days(c)
        share = expected / REGISTER
        # a run's variance is below that of as many independent fates
        error = math.sqrt(REGISTER * share * (1.0 - share) / len(runs))
        said = c not in EXACT or abs(formula(c) - EXACT[c]) < 0.06
        mean = float(np.mean(runs))
        row = {"matches a day": c, "every day": formula(c), "on working days": formula(5 * c / 7)}
        row |= {"whole days": expected, "model": mean, "error": error}
        rows.append({**row, "agrees": said and abs(mean - expected) < 4.0 * error})
    return pd.DataFrame(rows)


def draw(rows: pd.DataFrame) -> Figure:
    """Matched in the end by the rate of matching."""
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    rates = np.linspace(0.2, 11.0, 100)
    label = "formula, five days a week"
    panel.plot(rates, [formula(5 * c / 7) for c in rates], color=COLOURS[0], linewidth=1.6, label=label)
    label = f"model, mean of {len(SEEDS)} runs"
    panel.errorbar(
        rows["matches a day"], rows["model"], yerr=2 * rows["error"], fmt="s", color=COLOURS[1], label=label
    )
    panel.axhline(REGISTER, color=COLOURS[2], linestyle=":", label="on the register")
    panel.set_ylim(0.0, REGISTER * 1.05)
    panel.set_xlabel("matches on a working day")
    panel.set_ylabel("matched in the end")
    panel.legend(loc="lower right")
    return figure


CASE = Case("matching_race", "Matched before they drift away", "exact; see model/ODD.md", table, draw)

if __name__ == "__main__":
    main([CASE], sys.argv[1:])
