"""Systems: what acts in a community only where a policy or a figure of the place brings it.

A policy that needs one names it (`system` of `linli.model.policies.policy.Policy`); departments are there
where the place says that they have hours for it. Where neither does, no table has a row for it, and nothing
of it is compiled or run.
"""

from collections.abc import Iterable
from typing import Protocol

Systems = frozenset[str]

NO_SYSTEMS: Systems = frozenset()

DEPARTMENTS = "departments"
"""The system that `department_hours` of a place brings."""


class Needs(Protocol):
    """A policy, as far as it matters here."""

    @property
    def needs(self) -> str: ...  # noqa: D102


class Brings(Protocol):
    """A place, as far as it matters here."""

    @property
    def department_hours(self) -> int: ...  # noqa: D102


def systems_of(policies: Iterable[Needs], place: Brings | None = None) -> Systems:
    """The systems that policies need, and those that a place brings."""
    needed = frozenset(policy.needs for policy in policies if policy.needs)
    return needed | {DEPARTMENTS} if place is not None and place.department_hours > 0 else needed
