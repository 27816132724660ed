"""Chengdu 2020: every household three times within eleven days, and what if nothing had been built before?

The source counts 380,000 people, eleven days, three rounds and 8.75 million households, and credits what
three years of ordinary building had left. Whole communities of Chengdu live through three years with it
(members sunk and matched, councils, registration) and through three years without it, from the same first
morning and with the same luck; then the emergency comes to both. How long a door takes, how often it stays
closed, whom one worker can lead and who turns out nobody measured: so all of it is drawn anew for each of
some worlds, and what comes out is a band. Both are the model's answer to a what-if, and no estimate of what
happened.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.agents.rules.learning import QUANTUM
from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case
from linli.experiments.reproduce.unknown import worlds_over
from linli.model.city import City
from linli.model.measures import MEASURES, Window
from linli.model.measures.record import COLUMNS
from linli.model.parameters import parameters
from linli.model.scenario import Scenario, load
from linli.model.text import Text

BUILDING = 3 * 365
"""Days between the first morning of building and the emergency."""
DAYS, ROUNDS, PEOPLE = 11, 3, 380_000
"""What the source says."""
AFTERWARDS = 365
COMMUNITIES = 12
WORLDS = 16
SEED = 2020

UNKNOWN = {
    "c_door": (0.08, 0.33),
    "r_door": (0.5, 0.9),
    "door_tries": (1, 4),
    "visit_hours": (2.0, 8.0),
    "span": (5, 40),
    "urgent": (0.1, 0.4),
    "staff": (5.0, 30.0),
    "idle_come": (0.0, 1.0),
    "rally": (-3.0, 3.0),
    "rally_register": (0.0, 2.0),
}
"""Nobody measured these: a world draws each of them evenly from its range."""

BUILT = "sink:per1000=6.19; match; council:power=.5; drive:share=.09"
"""130,000 members sunk, councils, and 1.9 million of 21 million residents on the register."""
WITH, WITHOUT = "built up", "not built up"
LATE = 60
"""A figure shows no later day."""
LIMITS = {"finished": (0.0, 1.0), "visits": (0.0, ROUNDS), "day": (ROUNDS, np.inf), "tries": (1.0, np.inf)}
SHOWN = (
    ("visits", Text("visits to a household in {n} days", "{n}天内每户被访次数"), ROUNDS),
    ("day", Text("day on which the last round is done", "最后一轮完成之日"), DAYS),
)
"""What the figure shows, and what the source says of it."""


def city(values: dict[str, float], seed: int) -> Scenario:
    """Whole communities of Chengdu on the first morning of building: no member is sunk yet, and the register
    of volunteers is empty."""
    scenario = load("chengdu-2020")
    place = replace(scenario.place, sunk_members=0, volunteers=0, from_drives=0.0, sampled=COMMUNITIES)
    chosen = parameters({"n_bar": scenario.parameters.n_bar, **values})
    days = BUILDING + DAYS + AFTERWARDS
    return scenario.but(place=place, parameters=chosen, policies=(), burn_in=0, days=days, seed=seed)


def worlds() -> list[dict[str, float]]:
    """What is unknown, in each world."""
    return worlds_over(UNKNOWN, WORLDS, SEED)


def lived(values: dict[str, float], seed: int, built: bool) -> dict[str, float]:
    """One arm of one world: the emergency, and what it left behind, beside the same days without it."""
    calm = City(city(values, seed), policies=BUILT if built else "").run_to(BUILDING)
    call = f"emergency:start={BUILDING},rounds={ROUNDS},days={DAYS}"
    run = calm.branch(call).run()
    calm.run()
    during = run.window(BUILDING, BUILDING + DAYS)
    scale = load("chengdu-2020").place.residents / run.totals.residents
    return {
        "finished": during.last("households_finished") / run.totals.households,
        "visits": MEASURES["households_visited"].of(during),
        "day": MEASURES["days_to_finish"].of(run.window(BUILDING)),
        "people": scale * (_most(during, "visitors") + run.totals.workers),
        "idle": scale * _most(during, "visitors_idle"),
        "turned out": MEASURES["turned_out"].of(during) / ROUNDS,
        "tries": MEASURES["tries_at_doors"].of(during),
        **{f"{name}, {when}": after - before for name, when, before, after in _left(calm, run)},
    }


def _most(during: Window, name: str) -> int:
    """On the day on which it is most."""
    return int(during.rows[:, COLUMNS.index(name)].max())


def _left(calm: City, run: City) -> list[tuple[str, str, float, float]]:
    """What is measured a month and a year afterwards, without the emergency and with it."""
    found = []
    for when, after in (("a month later", 30), ("a year later", AFTERWARDS)):
        end = BUILDING + DAYS + after
        for name in ("active_in_quarter", "made_ties", "trust"):
            without, with_it = (_at(world, name, end) for world in (calm, run))
            found.append((name, when, without, with_it))
    return found


def _at(world: City, name: str, end: int) -> float:
    """A stock on the evening before a day, for each adult."""
    column = "trust_quanta" if name == "trust" else name
    return world.window(0, end).last(column) / world.totals.adults / (QUANTUM if name == "trust" else 1)


def lives() -> pd.DataFrame:
    """World by world, what came of each arm."""
    rows = []
    for number, values in enumerate(worlds()):
        for arm, built in ((WITH, True), (WITHOUT, False)):
            rows.append({"world": number, "arm": arm, **lived(values, SEED + number, built), **values})
    return pd.DataFrame(rows)


def table() -> pd.DataFrame:
    """What came out, in the middle world and where nine of ten lie: with three years of building, without
    them, and what they changed, world by world."""
    rows = lives()
    arms = [rows[rows["arm"] == arm].set_index("world") for arm in (WITH, WITHOUT)]
    outcomes = [str(name) for name in arms[0] if name not in ("arm", *UNKNOWN)]
    listed = []
    for name in outcomes:
        built, bare = (arm[name].astype(float) for arm in arms)
        row: dict[str, object] = {"outcome": name, **_band(WITH, built), **_band(WITHOUT, bare)}
        row |= _band("difference", built - bare)
        listed.append({**row, "possible": _can_be(name, built) and _can_be(name, bare)})
    return pd.DataFrame(listed)


def _band(of: str, values: "pd.Series[float]") -> dict[str, float]:
    """The middle and the ends of nine of ten; a world that never finishes comes last."""
    late = values.fillna(np.inf).sort_values().to_numpy()
    low, middle, high = (late[int(share * (len(late) - 1) + 0.5)] for share in (0.05, 0.5, 0.95))
    return {of: float(middle), f"{of}, low": float(low), f"{of}, high": float(high)}


def _can_be(name: str, values: "pd.Series[float]") -> bool:
    """Whether no world breaks what holds in each: no more visits than rounds, no fewer days than rounds, no
    door opened before it is tried."""
    low, high = LIMITS.get(name, (-np.inf, np.inf))
    return bool((values.dropna() >= low).all() and (values.dropna() <= high).all())


def found(rows: pd.DataFrame) -> dict[str, float]:
    """Whether what the source says lies where nine of ten worlds do, and what three years of building did to
    the middle world's day."""
    of = rows.set_index("outcome")
    return {
        "possible": float(of["possible"].all()),
        "eleven_days": _lies_within(of, "day", DAYS),
        "three_visits": _lies_within(of, "visits", ROUNDS),
        "people": _lies_within(of, "people", PEOPLE),
        "building": float(of["difference"]["day"]),
    }


def _lies_within(of: pd.DataFrame, name: str, said: float) -> float:
    low, high = (float(of[f"{WITH}, {end}"][name]) for end in ("low", "high"))
    return float(low <= said <= high)


ARMS = {WITH: Text("built up", "有三年建设"), WITHOUT: Text("not built up", "无三年建设")}


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """Visits to each household within the days promised, and the day of finishing, by arm."""
    figure, axes = panels(2, width=7.2, height=2.6)
    of = rows.set_index("outcome")
    for panel, (name, said, target) in zip(axes, SHOWN, strict=True):
        for at, arm in enumerate(ARMS):
            low, middle, high = (float(of[f"{arm}{end}"][name]) for end in (", low", "", ", high"))
            ends = [[middle - low], [min(high, LATE) - middle]]
            panel.errorbar([at], [middle], yerr=ends, fmt="o", color=COLOURS[at], capsize=4)
        panel.axhline(target, color=COLOURS[2], linestyle=":")
        panel.set_xticks([0, 1], [arm.said(lang) for arm in ARMS.values()])
        panel.set_xlim(-0.6, 1.6)
        panel.set_ylabel(said.said(lang).format(n=DAYS))
    return figure


CASE = Case(
    name="emergency",
    title=Text(
        "Chengdu 2020: every household three times within eleven days", "成都2020：十一天内三轮走访每户"
    ),
    about=Text(
        "Whether whoever turns out can knock at every door three times within eleven days, over worlds that "
        "draw what nobody measured; and what three years of building before it change.",
        "在未经测量之量逐一抽取的各个世界中，出动者能否在十一天内三次走访每户；此前三年建设改变了什么。",
    ),
    source="Chengdu in the 2020 epidemic (a claim of the city's report); see model/ODD.md, emergency",
    table=table,
    found=found,
    draw=draw,
    scenario=lambda: load("chengdu-2020"),
    is_long=True,
)
