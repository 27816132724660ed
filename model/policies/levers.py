"""What policies can move: today's position of every lever."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True)
class Levers:
    """The levers of one day. Policies move them; rules and phases read them.

    sunk: members sunk here; hours: a serving member's weekly session [h]; accountability, relief, council,
    joint_control, coverage: [0, 1]; matching: a method of `agents.rules.matching`; ask: a strategy of
    `model.policies.ask`; s_match: share of workers' free time for matching; deadline: from report to closing
    [days]; register: share of residents that drives put on the register of volunteers; services: spent on
    services of social organisations [yuan per resident and year]; service_price: [yuan/h]; mobilise: share of
    the hours bought that goes to asking and leading; points: what an act is rewarded with [yuan]; allowance:
    of active volunteers and serving members [yuan/month]; contest: share of compounds that compete in sorting
    waste, contest_every: months apart, contest_best: share of them that is honoured; taught: share of
    children who learn to sort; decides: how far the council's power reaches to what organised forces do
    [0, 1]; order, appraisal: by whom, residents 1 or the record -1, see `agents.rules.order` and
    `agents.rules.appraisal`; fund: paid into the community's fund [yuan per resident and year]; democratic:
    weight of residents in what it is spent on; account: whether the community has one (0 or 1); committees:
    share of compounds with an owners' committee; committee_account: whether these have one (0 or 1);
    branches: share of sunk members in branches; branch_size: members a branch;
    units: share linked of the units that are not yet; units_serve: share of linked ones that keep their word;
    rounds: visits to every household in an emergency (0: there is none); emergency_days: promised for all;
    complete: share of households with which a round is done; coordination: of departments by a joint body;
    pooled: whether a street shares out their time once a week by what waits (0 or 1); routing: share of
    bounces between them that a platform saves its users.
    """

    sunk: int
    hours: float
    deadline: int
    s_match: float
    accountability: float = 0.0
    matching: int = 0
    relief: float = 0.0
    council: float = 0.0
    joint_control: float = 0.0
    coverage: float = 0.0
    ask: int = 0
    register: float = 0.0
    services: float = 0.0
    service_price: float = 0.0
    mobilise: float = 0.0
    points: float = 0.0
    allowance: float = 0.0
    contest: float = 0.0
    contest_every: int = 1
    contest_best: float = 0.0
    taught: float = 0.0
    decides: float = 0.0
    order: float = 0.0
    appraisal: float = 0.0
    fund: float = 0.0
    democratic: float = 0.0
    account: int = 0
    committees: float = 0.0
    committee_account: int = 0
    branches: float = 0.0
    branch_size: int = 1
    units: float = 0.0
    units_serve: float = 0.0
    rounds: int = 0
    emergency_days: int = 0
    complete: float = 0.0
    coordination: float = 0.0
    pooled: int = 0
    routing: float = 0.0


BOUNDS: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys((f.name for f in dataclasses.fields(Levers)), (0.0, 1.0)),
    "sunk": (0, 10_000_000),
    "hours": (0.0, 168.0),
    "deadline": (1, 1_000),
    "matching": (0, 3),
    "ask": (0, 5),
    **dict.fromkeys(("services", "service_price", "points", "allowance", "fund"), (0.0, 1_000_000.0)),
    **dict.fromkeys(("contest_every", "branch_size"), (1, 100_000)),
    **dict.fromkeys(("order", "appraisal"), (-1.0, 1.0)),
}
"""How far each lever goes: what reads them does not look again."""

SYSTEM_OF: Mapping[str, str] = {
    **dict.fromkeys(("order", "appraisal", "decides"), "order"),
    **dict.fromkeys(("branches", "branch_size"), "branches"),
    **dict.fromkeys(("committees", "committee_account"), "committees"),
    **dict.fromkeys(("contest", "contest_every", "contest_best", "taught"), "sorting"),
    **dict.fromkeys(("fund", "democratic", "account"), "fund"),
    **dict.fromkeys(("points", "allowance"), "rewards"),
    **dict.fromkeys(("services", "service_price", "mobilise"), "organisations"),
    **dict.fromkeys(("units", "units_serve"), "units"),
}
"""Levers that are read only where a system acts, and which: see `linli.model.systems`."""


def toward(value: float, target: float, level: float) -> float:
    """A lever on its way: at level 0 where earlier policies left it (to the bit), at level 1 on target."""
    if level <= 0.0:
        return value
    return target if level >= 1.0 else value + level * (target - value)


def toward_counts(values: NDArray[Any], targets: NDArray[Any], level: float) -> NDArray[np.int64]:
    """`toward_count` for many: how many members each community has on its way to its head-count."""
    way = targets if level >= 1.0 else values + level * (targets - values)
    return (way + 0.5).astype(np.int64)


def toward_count(value: int, target: int, level: float) -> int:
    """The same for a lever that counts: rounded, so that smaller head-counts are nested in larger ones."""
    return int(toward(float(value), float(target), level) + 0.5)
