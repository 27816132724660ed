"""Members race between being matched to a post and drifting away.

R0 members stand on a register and drift off at delta a day, without a way back; workers match c a day. Then
dR/dt = -delta R - c, and (c/delta) ln(1 + R0 delta/c) members are matched before the register is empty.
Workers do not match at weekends, so a rate on working days is five sevenths of it in the mean.
"""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.agents.rules.work_time import is_workday
from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case
from linli.model.city import City
from linli.model.parameters import parameters
from linli.model.scenario import Scenario, load
from linli.model.text import Text

REGISTER, DELTA = 500, 1 / 90
RATES = (1, 2, 4, 5, 8, 10)
"""Matches on a working day."""
NAMED = (2, 5, 10)
"""Those whose number is stated."""
SEEDS = range(1, 9)
LONG = 400
"""Days after which the register is empty at every rate."""
MINUTES = 240
"""A worker's free time on a working day, all of it for matching."""


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


def race(register: int, c: float, days: int) -> Scenario:
    """A small place with a register and one worker who has time for c matches on a working day; whoever
    drifts away does not come back."""
    lane = load("lane")
    place = replace(
        lane.place, managed_members=0, serving_members=0, sunk_members=register, workers=1, grids=1
    )
    chosen = parameters(
        delta_I=DELTA, delta_R=0, delta_M=0, delta_q=0, moves=0, posts=200, a0=0.5, c_m=MINUTES / 60 / c
    )
    return lane.but(place=place, parameters=chosen, burn_in=0, days=days)


def simulated(c: int) -> list[float]:
    """Members in posts in the end, in each run."""
    settings = race(REGISTER, c, LONG)
    runs = [City(settings, policies="match:method=random,share=1", rng=seed).run() for seed in SEEDS]
    return [run.measures()["members_matched"] for run in runs]


def table() -> pd.DataFrame:
    """By rate: the formula for every day, for five days a week, in whole days, and the model."""
    rows = []
    for c in RATES:
        runs, expected = simulated(c), in_days(c)
        share = expected / REGISTER
        # a run's variance is below that of as many independent fates
        error = math.sqrt(REGISTER * share * (1.0 - share) / len(runs))
        row = {"matches a day": c, "every day": formula(c), "on working days": formula(5 * c / 7)}
        rows.append({**row, "whole days": expected, "model": float(np.mean(runs)), "error": error})
    return pd.DataFrame(rows)


def found(rows: pd.DataFrame) -> dict[str, float]:
    """The formula and the model at the rates that are stated, and the worst of all rates in errors."""
    of = rows.set_index("matches a day")
    gaps = (of["model"] - of["whole days"]).abs() / of["error"]
    stated = {f"formula_{c}": float(of["every day"][c]) for c in NAMED}
    lived = {f"model_{c}": float(of["model"][c]) for c in NAMED}
    return {**stated, **lived, "any_rate": float(gaps.max())}


FORMULA = Text("formula, five days a week", "公式，每周五天")
MODEL = Text("model, mean of {n} runs", "模型，{n}次运行的均值")
REGISTERED = Text("on the register", "在册人数")
ACROSS = Text("matches on a working day", "每个工作日匹配数")
UP = Text("matched in the end", "最终匹配人数")


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """Matched in the end by the rate of matching."""
    figure, (panel,) = panels(1, width=4.6, height=3.0)
    rates = np.linspace(0.2, 11.0, 100)
    exact = [formula(5 * c / 7) for c in rates]
    panel.plot(rates, exact, color=COLOURS[0], linewidth=1.6, label=FORMULA.said(lang))
    x, y, error = rows["matches a day"], rows["model"], 2 * rows["error"]
    label = MODEL.said(lang).format(n=len(SEEDS))
    panel.errorbar(x, y, yerr=error, fmt="s", color=COLOURS[1], label=label)
    panel.axhline(REGISTER, color=COLOURS[2], linestyle=":", label=REGISTERED.said(lang))
    panel.set_ylim(0.0, REGISTER * 1.05)
    panel.set_xlabel(ACROSS.said(lang))
    panel.set_ylabel(UP.said(lang))
    panel.legend(loc="lower right")
    return figure


CASE = Case(
    name="matching-race",
    title=Text("Matched before they drift away", "在流失之前匹配"),
    about=Text(
        "Members on a register drift away while they wait for a post, so how many ever serve depends on how "
        "fast they are matched, not on how many are registered.",
        "在册党员等待岗位时会流失，因此最终有多少人服务取决于匹配的快慢，而非登记的多少。",
    ),
    source="exact; model/ODD.md, section 7",
    table=table,
    found=found,
    draw=draw,
    scenario=lambda: race(REGISTER, 5, LONG),
)
