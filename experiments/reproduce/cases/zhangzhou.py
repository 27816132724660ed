"""Zhangzhou: 98.5 % closed on the record of a grid platform, and what was truly resolved?

The source counts 292,289 certified users of the platform, 75,307 events that they reported (over what time it
does not say) and 74,184 that were closed. It does not say what closing meant. Here whole communities live a
year with and without a platform, from the same people and with the same luck, in worlds that draw anew what
nobody measured: how much of what is overdue is closed on paper, how platforms and appraisals press, and what
departments can do. A platform's own record knows only reports that came over it: so beside the reach that was
counted stand arms in which everybody reports over it, which is what such a record would look like. All
of it is the model's answer to a what-if, and no estimate of what happened.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from linli.experiments.figures.style import COLOURS, panels
from linli.experiments.reproduce.case import Case
from linli.experiments.reproduce.unknown import worlds_over
from linli.experiments.statistics.paired import nine_of_ten
from linli.model.city import City
from linli.model.scenario import Scenario, load
from linli.model.text import Text

USERS, REPORTS, CLOSED = 292_289, 75_307, 74_184
"""What the source counts."""
COMMUNITIES = 6
WORLDS = 20
SEED = 985

UNKNOWN = {
    "theta_v": (-3.0, -1.0),
    "platform_ease": (0.0, 2.0),
    "psi": (0.2, 0.9),
    "platform_pressure": (0.5, 1.0),
    "judged": (0.2, 1.0),
    "c_record": (0.0, 1.0),
    "needs_department": (0.2, 0.9),
    "hindered": (0.0, 0.6),
    "bounce": (0.1, 0.8),
    "handover_days": (1, 6),
    "department_work": (0.5, 6.0),
}
"""Nobody measured these: a world draws each of them evenly from its range."""

NONE, COUNTED, EVERYBODY, JUDGED, ROUTED = "none", "counted", "everybody", "judged", "routed"
REACH = "platform:coverage={reach}"
ARMS = {
    NONE: ("", Text("no platform", "无平台")),
    COUNTED: (REACH, Text("its users, as counted", "已认证用户")),
    EVERYBODY: ("platform:coverage=1", Text("everybody uses it", "人人使用")),
    JUDGED: ("platform:coverage=1; appraise:by=record", Text("and all are judged by it", "且以其考核")),
    ROUTED: ("platform:coverage=1,routing=1,deadline=20", Text("it routes, with time", "引导派单、期限宽")),
}
"""Each arm's policies, and what it is called."""

OUTCOMES = {
    "recorded_closure": Text("closed on the record", "账面办结"),
    "true_resolution": Text("truly resolved", "真实解决"),
    "matters_reported": Text("reports per resident and year", "每人每年反映数"),
    "days_to_department": Text("days until a department has it", "到达部门的天数"),
}


def place() -> Scenario:
    """A few communities of the scenario without its platform, which the arms bring."""
    scenario = load("zhangzhou")
    policies = tuple(one for one in scenario.policies if one.name != "platform")
    return scenario.but(place=replace(scenario.place, sampled=COMMUNITIES), policies=policies)


def reach() -> float:
    """Users among residents."""
    return USERS / load("zhangzhou").place.residents


def worlds() -> list[dict[str, float]]:
    """What is unknown, in each world."""
    return worlds_over(UNKNOWN, WORLDS, SEED)


def lives() -> pd.DataFrame:
    """World by world, and arm by arm, what came out in the year: arms share the time before it."""
    rows = []
    for number, values in enumerate(worlds()):
        chosen = place().but(seed=SEED + number, parameters=values)
        before = City(chosen).run_to(chosen.burn_in)
        for arm, (policies, _) in ARMS.items():
            measured = before.branch(policies.format(reach=reach())).run().measures()
            rows.append({"world": number, "arm": arm, **{name: measured[name] for name in OUTCOMES}})
    return pd.DataFrame(rows)


def table() -> pd.DataFrame:
    """Of each arm and outcome the middle world and where nine of ten lie, and the same of what the platform
    changed, world by world."""
    lived = lives().set_index(["arm", "world"])
    listed = []
    for arm in ARMS:
        for name in OUTCOMES:
            mine, without = lived.loc[arm][name], lived.loc[NONE][name]
            row: dict[str, object] = {"arm": arm, "outcome": name, **_band("", mine)}
            listed.append({**row, **_band("change ", mine - without)})
    rows = pd.DataFrame(listed)
    return rows.assign(possible=_is_possible(lived))


def _band(of: str, values: "pd.Series[float]") -> dict[str, float]:
    least, middle, most = nine_of_ten(values)
    return {f"{of}low": least, f"{of}middle": middle, f"{of}high": most}


def _is_possible(lived: pd.DataFrame) -> bool:
    """Whether in every world the record shows at least what was truly resolved."""
    return bool((lived["recorded_closure"] >= lived["true_resolution"]).all())


def found(rows: pd.DataFrame) -> dict[str, float]:
    """Where the recorded closure of the source lies among the worlds of the arms, what was truly resolved
    there, and what the platform did to reporting."""
    of = rows.set_index(["arm", "outcome"])
    said = CLOSED / REPORTS
    added = of["change middle"][COUNTED, "matters_reported"]
    return {
        "possible": float(rows["possible"].all()),
        **{f"said_{arm}": _lies_within(of, arm, said) for arm in (COUNTED, EVERYBODY, JUDGED)},
        "recorded": float(of["middle"][JUDGED, "recorded_closure"]),
        "resolved": float(of["middle"][JUDGED, "true_resolution"]),
        "recorded_change": float(of["change middle"][JUDGED, "recorded_closure"]),
        "resolved_change": float(of["change middle"][JUDGED, "true_resolution"]),
        "routed_change": float(of["change middle"][ROUTED, "true_resolution"]),
        "more_reports": float(of["change middle"][EVERYBODY, "matters_reported"]),
        "more_by_a_user": float(added / reach()),
    }


def _lies_within(of: pd.DataFrame, arm: str, said: float) -> float:
    low, high = (float(of[end][arm, "recorded_closure"]) for end in ("low", "high"))
    return float(low <= said <= high)


def draw(rows: pd.DataFrame, lang: str) -> Figure:
    """What the record shows beside what was resolved, and what was reported, arm by arm."""
    figure, axes = panels(2, width=7.2, height=3.2)
    of = rows.set_index(["arm", "outcome"])
    at = np.arange(len(ARMS))
    shown = ((axes[0], "recorded_closure"), (axes[0], "true_resolution"), (axes[1], "matters_reported"))
    for (panel, name), colour in zip(shown, COLOURS, strict=False):
        low, middle, high = (
            np.array([of[end][arm, name] for arm in ARMS]) for end in ("low", "middle", "high")
        )
        panel.errorbar(
            at, middle, yerr=[middle - low, high - middle], fmt="o", color=colour, capsize=4,
            label=OUTCOMES[name].said(lang),
        )  # fmt: skip
    axes[0].axhline(CLOSED / REPORTS, color=COLOURS[3], linestyle=":")
    for panel in axes:
        panel.set_xticks(at, [label.said(lang) for _, label in ARMS.values()], rotation=30, ha="right")
        panel.set_ylim(bottom=0.0)
        panel.legend(loc="lower right", fontsize=7)
    return figure


CASE = Case(
    name="zhangzhou",
    title=Text("Zhangzhou: 98.5 % closed on the record", "漳州：账面办结率98.5%"),
    about=Text(
        "What a platform's record shows and what was truly resolved, over worlds that draw what nobody "
        "measured; and what the platform does to reporting.",
        "在未经测量之量逐一抽取的各个世界中，平台台账所示与真实解决之间的差别；以及平台对反映事务的影响。",
    ),
    source="Governance and self-management as two drives: grassroots governance in Zhangzhou (a claim)",
    table=table,
    found=found,
    draw=draw,
    scenario=lambda: load("zhangzhou"),
    is_long=True,
)
