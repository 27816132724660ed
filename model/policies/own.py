"""Policies of one's own: what they answer is looked at before a day is lived by it.

Compiled loops read levers without looking again, so that a lever beyond its bounds would be read as something
else; and one that only a system reads would move nothing without that system.
"""

import dataclasses
import math
import traceback
from collections.abc import Callable
from typing import Any

from linli.model.errors import InputError
from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import BOUNDS, SYSTEM_OF, Levers
from linli.model.policies.policy import Cost, Policy

_HERE = __name__.rpartition(".")[0]
_WHOLE = frozenset(f.name for f in dataclasses.fields(Levers) if f.type in (int, "int"))
MOST = 1e12
"""A day's minutes or yuan are less."""


def is_own(policy: Policy) -> bool:
    """Whether a policy is somebody's own, and none that comes with linli."""
    return not type(policy).__module__.startswith(_HERE)


def change(policy: Policy, levers: Levers, level: float, place: Any) -> None:
    """Let it move levers. Raises InputError for what cannot be, with the line of its code that failed."""
    before = dataclasses.replace(levers)
    answered(f"policy {policy.name}", lambda: policy.change(levers, level, place))
    for name, (low, high) in BOUNDS.items():
        value = getattr(levers, name)
        if value != getattr(before, name):
            _check(policy, name, value, low, high)


def _check(policy: Policy, name: str, value: Any, low: float, high: float) -> None:
    kinds: Any = int if name in _WHOLE else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:
        of = "whole numbers " if name in _WHOLE else ""
        raise InputError(
            f"policy {policy.name} sets the lever {name} to {value!r}: it takes {of}{low:g} to {high:g}"
        )
    if name == "sunk" and policy.shared != "sunk":
        raise InputError(
            f"policy {policy.name} moves the lever sunk, which a city shares out: make it a subclass of "
            "linli.model.policies.sink.Sink"
        )
    if name in SYSTEM_OF and policy.needs != SYSTEM_OF[name]:
        raise InputError(
            f"policy {policy.name} moves the lever {name}, which acts only in the system {SYSTEM_OF[name]}: "
            f'give its class system = "{SYSTEM_OF[name]}"'
        )


def cost(policy: Policy, levers: Levers, level: float, today: Record, place: Any, p: Parameters) -> Cost:
    """What it says that it took. Raises InputError for what is no cost."""
    found = answered(f"policy {policy.name}", lambda: policy.cost(levers, level, today, place, p))
    if not isinstance(found, Cost):
        raise InputError(f"policy {policy.name}: cost must return a Cost(minutes, yuan), not {found!r}")
    for what, value in (("minutes", found.minutes), ("yuan", found.yuan)):
        if not (math.isfinite(value) and abs(value) < MOST):
            raise InputError(f"policy {policy.name}: its cost has {value} {what}")
    return found


def answered(what: str, ask: Callable[[], Any]) -> Any:
    """What somebody's own code answers. Where it fails, an InputError says in which line of it."""
    try:
        return ask()
    except InputError:
        raise
    except (Exception, SystemExit) as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{last.filename}, line {last.lineno}"
        raise InputError(f"{what} ({where}): {type(error).__name__}: {error}") from error
