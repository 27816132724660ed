"""What is known in kind and not in figures: patterns that a run shows or does not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.agents.traits import CHILD, TENURES
from linli.model.engines import Engine
from linli.model.parameters import Parameters, beyond_range
from linli.model.text import Text

NEVER_CALLED, NO_VISIT = 1_000_000, 100_000.0
"""Days between calls, and hours of a visit, that nobody lives to see the end of."""


@dataclass(frozen=True)
class Pattern:
    """A number that a run gives, and on which side it must fall. shows: of the run and of its twin in which
    nobody asks; low, high: the band; source: a title."""

    name: str
    label: Text
    low: float
    high: float
    source: str
    shows: Callable[[Engine, Engine], float]

    def holds(self, value: float) -> bool:
        """Whether a value shows the pattern."""
        return self.low <= value <= self.high


def nobody_asks(parameters: Parameters) -> Parameters:
    """The world in which nobody hears an ask: neighbours do not ask, nobody is called, and whoever goes out
    to ask reaches no door. All other hours are as they were."""
    return beyond_range(parameters, peer_ask=0.0, c_ask=NO_VISIT, call_every=NEVER_CALLED)


def _adults(run: Engine) -> dict[str, NDArray[Any]]:
    columns = run.columns()
    adult = columns["age"] != CHILD
    return {name: values[adult] for name, values in columns.items()}


def _efficacy(run: Engine, _: Engine) -> float:
    people = _adults(run)
    gave = people["minutes_year"] > 0
    return _difference(people["efficacy"], gave)


def _difference(values: NDArray[Any], among: NDArray[np.bool_]) -> float:
    if among.all() or not among.any():
        return float("nan")
    return float(values[among].mean() - values[~among].mean())


def _active_of_registered(run: Engine, _: Engine) -> float:
    return run.measures()["volunteers_active"]


def _owners_in_vain(run: Engine, _: Engine) -> float:
    people = _adults(run)
    return _difference(people["unheard"], people["tenure"] == TENURES.index("owner"))


def _caused_by_asking(run: Engine, unasked: Engine) -> float:
    with_asks, without = run.measures(), unasked.measures()
    if not with_asks["acts_asked"]:
        return float("nan")
    all_acts = with_asks["acts_asked"] + with_asks["acts_spontaneous"]
    return (all_acts - without["acts_spontaneous"] - without["acts_asked"]) / with_asks["acts_asked"]


PATTERNS = (
    Pattern(
        "efficacy_of_the_active",
        Text("Efficacy of those who gave time this year, above that of others", "当年参与者的效能感高出他人"),
        0.0,
        1.0,
        "Collins, Neal & Neal 2014: whoever takes part more feels more able",
        _efficacy,
    ),
    Pattern(
        "active_of_the_registered",
        Text("Registered volunteers who acted in the last quarter", "近一季有行动的注册志愿者占比"),
        0.0,
        0.9,
        "Donghu and Chengdu in the epidemic: registration is not activity",
        _active_of_registered,
    ),
    Pattern(
        "owners_in_vain",
        Text("Own matters reported in vain in a row: owners above tenants", "连续反映未果次数：业主高出租户"),
        0.0,
        100.0,
        "Fischel 2001: owners have a stake and report more",
        _owners_in_vain,
    ),
    Pattern(
        "caused_by_asking",
        Text("Acts that asking causes, for each act of somebody asked", "每件受邀参与中由邀请引起的参与"),
        0.0,
        1.0,
        "Verba, Schlozman & Brady 1995: those are asked who would act",
        _caused_by_asking,
    ),
)
