"""Systems: what acts in a community only where a policy brings it.

A policy that needs one names it (`system` of `linli.model.policies.policy.Policy`). Where no policy does, no
table has a row for it, and nothing of it is compiled or run.
"""

from collections.abc import Iterable
from typing import Protocol

Systems = frozenset[str]

NO_SYSTEMS: Systems = frozenset()


class Needs(Protocol):
    """A policy, as far as it matters here."""

    @property
    def needs(self) -> str: ...  # noqa: D102


def systems_of(policies: Iterable[Needs]) -> Systems:
    """The systems that policies need."""
    return frozenset(policy.needs for policy in policies if policy.needs)
