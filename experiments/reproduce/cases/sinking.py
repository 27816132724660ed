"""Sinking: more members do not fill more posts, and what the city's head-count wakes or replaces by world.

Workers match c members on a working day and no more, so D working days see c D members matched at most,
however many are on the register. Below that bound those who drift away are missing.

Of the study `sinking` the first worlds are lived again: what is woken less what is replaced in the first
year, as published in the README with all of its worlds.
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
from linli.experiments.study import FOLDER as STUDIES
from linli.experiments.study import load as study_of
from linli.experiments.study.worlds import first_seed
from linli.experiments.worlds import FOLDER as ENSEMBLES
from linli.model.attribution.channels import CHANNELS, NEED, REPLACED, WOKEN
from linli.model.attribution.lockstep import Lockstep
from linli.model.city import City
from linli.model.measures.spans import YEAR
from linli.model.text import Text

HEADCOUNTS = (25, 50, 100, 200, 400, 800)
RATE, DAYS = 2, 182
SEEDS = range(1, 5)
STUDY = "sinking"
WORLDS = 3
"""Of the study."""
POLICIES = "sink:per1000={dose},end=730; match:end=730"


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


def in_worlds() -> list[dict[str, float]]:
    """What the city's head-count wakes less what it replaces in the first year, a row a world [acts per 1000
    adults and day]."""
    study = study_of(STUDY, str(WORLDS))
    dose = min(study.named["sink_per1000"])
    rows = []
    for number, world in enumerate(study.worlds):
        seed = first_seed(study.seeds.first, number)
        start = City(study.scenario.but(seed=seed, parameters=world)).run_to(study.scenario.burn_in)
        without, with_ = (_first_year(start, per1000) for per1000 in (0.0, dose))
        rows.append({"world": number, "woken less replaced": with_ - without})
    return rows


def _first_year(start: City, per1000: float) -> float:
    """Woken less replaced against nothing done."""
    pair = Lockstep(start.branch(()), POLICIES.format(dose=per1000)).run(YEAR)
    acts, adults = pair.result().total("acts"), pair.worlds[1].totals.adults
    return (
        1000.0 * sum(acts[c.name] for c in CHANNELS if c.group in (WOKEN, REPLACED, NEED)) / (adults * YEAR)
    )


def table() -> pd.DataFrame:
    """By head-count: the bound, what is expected, the model, and the share that serves; then world by
    world."""
    rows: list[dict[str, float]] = []
    for headcount in HEADCOUNTS:
        runs = simulated(headcount)
        mean, awaited = float(np.mean(runs)), expected(headcount)
        share = min(1.0, awaited / headcount)
        error = float(np.sqrt(headcount * share * (1.0 - share) / len(runs)))
        row = {"head-count": headcount, "bound": bound(), "expected": awaited, "model": mean}
        rows.append({**row, "most": max(runs), "serving": mean / headcount, "error": error})
    return pd.DataFrame([*rows, *in_worlds()])


def found(rows: pd.DataFrame) -> dict[str, float]:
    """The bound, whether any run breaks it, who serves of a hundred and of eight hundred, and what is woken
    less what is replaced in each world."""
    net = rows.dropna(subset="world").set_index("world")["woken less replaced"]
    of = rows.dropna(subset="head-count").set_index("head-count")
    gaps = ((of["model"] - of["expected"]).abs() - 0.5).clip(lower=0.0) / of["error"].clip(lower=1e-9)
    return {
        "bound": float(bound()),
        "beyond": float((of["most"] > of["bound"]).sum()),
        "at_100": float(of["model"][100]),
        "at_800": float(of["model"][800]),
        "serving_100": float(of["serving"][100]),
        "serving_800": float(of["serving"][800]),
        "any_headcount": float(gaps.max()),
        **{f"world_{number}": float(net[number]) for number in range(WORLDS)},
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
    title=Text("Sinking: head-count saturates, and worlds part", "下沉：人数会饱和，世界有分歧"),
    about=Text(
        "Sinking more members fills no more posts once workers have no more time to match them: the more "
        "there are on the register, the smaller the share that serves. And whether it wakes or replaces "
        "differs between worlds that fit the evidence equally well.",
        "社区工作者没有更多时间匹配时，下沉更多党员也填不了更多岗位：在册越多，在岗比例越低。"
        "而唤起还是替代，在同样符合证据的世界之间并不一致。",
    ),
    source="exact, model/ODD.md, section 7; README, What you see",
    table=table,
    found=found,
    draw=draw,
    scenario=lambda: race(0, RATE, DAYS),
    rests_on=(Path(matching_race.__file__), STUDIES / f"{STUDY}.toml", ENSEMBLES / "donghu.csv"),
)
