"""Policies: one a file, each with who, when, change, cost and its way to fail. They stack on one timeline."""

import dataclasses
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from linli.model.errors import InputError, unknown
from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies import own
from linli.model.policies.appraise import Appraise
from linli.model.policies.ask import Ask
from linli.model.policies.branch import Branch
from linli.model.policies.committees import Committees
from linli.model.policies.contest import Contest
from linli.model.policies.council import Council
from linli.model.policies.drive import Drive
from linli.model.policies.emergency import Emergency
from linli.model.policies.fund import Fund
from linli.model.policies.joint import Joint
from linli.model.policies.levers import Levers
from linli.model.policies.match import Match
from linli.model.policies.platform import Platform
from linli.model.policies.policy import Cost, Policy
from linli.model.policies.property import Property
from linli.model.policies.relieve import Relieve
from linli.model.policies.reward import Reward
from linli.model.policies.sink import Sink
from linli.model.policies.social import Social
from linli.model.policies.teach import Teach
from linli.model.policies.units import Units
from linli.model.systems import Systems

_LISTED: tuple[type[Policy], ...] = (
    *(Sink, Match, Branch, Relieve, Council, Property, Platform, Ask, Drive),
    *(Social, Appraise, Fund, Committees, Reward, Contest, Teach, Units, Emergency, Joint),
)

POLICIES: dict[str, type[Policy]] = {policy.name: policy for policy in _LISTED}
"""Every policy by the name it has on the command line and in scenario files."""

ALL_SYSTEMS: Systems = frozenset(policy.system for policy in POLICIES.values() if policy.system)
"""Every system that some policy can bring."""

__all__ = [
    "ALL_SYSTEMS",
    "POLICIES",
    "Cost",
    "Policy",
    "from_table",
    "from_text",
    "levers_on",
    "policies_from",
    "price",
    "to_table",
    "to_text",
]


def levers_on(day: int, policies: Sequence[Policy], sunk: int, p: Parameters, place: Any) -> Levers:
    """Where the levers stand on a day: a pure function of the day and the policies.

    day: counted from the end of the burn-in (negative inside it); sunk: members sunk here to begin with.
    """
    levers = Levers(sunk=sunk, hours=p.member_hours, deadline=p.deadline, s_match=p.s_match)
    for policy in policies:
        level = policy.level(day)
        if level > 0.0 and own.is_own(policy):
            own.change(policy, levers, level, place)
        elif level > 0.0:
            policy.change(levers, level, place)
    return levers


def from_table(values: Mapping[str, Any]) -> Policy:
    """A policy from a table with its `name` and options, as in a scenario file."""
    options = dict(values)
    name = options.pop("name", None)
    if not isinstance(name, str):
        raise InputError(f"a policy needs a name: one of {', '.join(sorted(POLICIES))}")
    if name not in POLICIES:
        raise unknown("policy", name, POLICIES)
    valid = {f.name for f in dataclasses.fields(POLICIES[name])}
    for option in options:
        if option not in valid:
            raise unknown(f"option of policy {name}", str(option), valid)
    return POLICIES[name](**options)


def to_table(policy: Policy) -> dict[str, Any]:
    """The inverse of `from_table`: only what differs from the defaults."""
    table: dict[str, Any] = {"name": policy.name}
    for f in dataclasses.fields(policy):
        value = getattr(policy, f.name)
        if value != f.default:
            table[f.name] = value
    return table


def from_text(text: str) -> Policy:
    """A policy as typed on the command line: `name` or `name:option=value,option=value`."""
    name, _, rest = text.partition(":")
    options: dict[str, Any] = {}
    for part in filter(None, (piece.strip() for piece in rest.split(","))):
        option, equals, value = part.partition("=")
        if not equals:
            raise InputError(f"policy '{text}': write option=value, not '{part}'")
        if option.strip() in options or option.strip() == "name":
            raise InputError(f"policy '{text}': '{option.strip()}' is given twice or is not an option")
        options[option.strip()] = value.strip()
    return from_table({"name": name.strip(), **options})


def to_text(policy: Policy) -> str:
    """The inverse of `from_text`."""
    options = ",".join(f"{k}={v}" for k, v in to_table(policy).items() if k != "name")
    return f"{policy.name}:{options}" if options else policy.name


def policies_from(given: str | Sequence[Policy | str]) -> list[Policy]:
    """Policies from objects, or from text with `;` between them."""
    parts = given.split(";") if isinstance(given, str) else given
    listed: list[Policy] = []
    for part in parts:
        if isinstance(part, Policy):
            listed.append(part)
        elif part.strip():
            listed.append(from_text(part.strip()))
    return listed


def price(
    policies: Sequence[Policy], day: int, levers: Levers, today: Record, place: Any, p: Parameters
) -> tuple[int, int]:
    """What the policies in force took on a day: time [minutes] and money [fen], in whole numbers.

    A kind of policy is paid for once, however often it is stacked: its cost follows from what happened today.
    """
    in_force = {policy.name: policy for policy in policies if policy.level(day) > 0.0}
    minutes = fen = 0
    for policy in in_force.values():
        priced = partial(own.cost, policy) if own.is_own(policy) else policy.cost
        cost = priced(levers, policy.level(day), today, place, p)
        minutes += int(cost.minutes + 0.5)
        fen += int(cost.yuan * 100.0 + 0.5)
    return minutes, fen
