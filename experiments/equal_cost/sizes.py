"""How much of a policy there is: its size, as a share of the most that a place has room for."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from linli.experiments.analysis.mixes import most_sunk
from linli.model.errors import InputError
from linli.model.policies import POLICIES, Policy, policies_from, to_table
from linli.model.scenario import Scenario

TOGETHER = {"sink": "match"}
"""Policies that would stand idle without another one: they are compared beside it."""


@dataclass(frozen=True)
class Package:
    """Policies that are scaled together. name: for people; policies: as they were given."""

    name: str
    policies: tuple[Policy, ...]

    @property
    def is_scaled(self) -> bool:
        """Whether any of them has a size."""
        return any(policy.sized_by for policy in self.policies)

    def at(self, size: float, scenario: Scenario, end: int | None = None) -> tuple[dict[str, Any], ...]:
        """The policies at a size, as tables. size: share of the most there is room for, (0, 1]; end: the day
        on which they end."""
        return tuple(
            {**to_table(policy), **_sized(policy, size, scenario), **({} if end is None else {"end": end})}
            for policy in self.policies
        )


def packages(texts: Sequence[str]) -> list[Package]:
    """What is compared: each text is one package, policies in it with `;` between them; without any text,
    every policy. Raises InputError for what cannot be compared."""
    given = [tuple(policies_from(text)) for text in texts] or [_alone(name) for name in POLICIES]
    found = []
    for policies in given:
        if not policies:
            raise InputError("--policy is empty: name one policy, or several with ; between them")
        for policy in policies:
            if policy.end is not None or policy.start > 0 or policy.ramp > 0:
                raise InputError(
                    f"policy {policy.name}: at equal cost all act from the first day to the last: "
                    "leave out start, end and ramp"
                )
        found.append(Package(" + ".join(policy.name for policy in policies), policies))
    names = [package.name for package in found]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{name} is compared with itself: give each --policy once")
    if len(found) < 2:
        raise InputError("a comparison at equal cost needs two policies or more")
    return found


def _alone(name: str) -> tuple[Policy, ...]:
    """A policy with its defaults, and what it needs beside it."""
    first = POLICIES[name](per1000=1.0) if name == "sink" else POLICIES[name]()  # type: ignore[call-arg]
    other = TOGETHER.get(name)
    return (first, POLICIES[other]()) if other else (first,)


def _sized(policy: Policy, size: float, scenario: Scenario) -> dict[str, Any]:
    """The option that says how much there is, at a size."""
    if not policy.sized_by:
        return {}
    if policy.name == "sink":
        # those who are there already are part of a head-count, and cost nothing more
        there = 1000.0 * scenario.whole.sunk_members / scenario.whole.residents
        return {policy.sized_by: round(there + size * (most_sunk(scenario) - there), 3)}
    about = next(f for f in dataclasses.fields(policy) if f.name == policy.sized_by).metadata
    value = size * float(about["high"])
    return {policy.sized_by: max(1, round(value)) if about["whole"] else round(value, 4)}
