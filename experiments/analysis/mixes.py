"""Mixes of policies that an optimisation may choose: each policy on or off, each of its options in steps."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linli.model.errors import InputError, unknown
from linli.model.policies import POLICIES, Policy, from_table, to_text
from linli.model.scenario import Scenario

TIMELINE = ("start", "end", "ramp")
STEPS = 20
"""Values of a number between its bounds: a mix that differs by less is the same advice."""


@dataclass(frozen=True)
class Lever:
    """An option that can be chosen. choices: words, or empty for a number between low and high."""

    policy: str
    option: str
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 0.0
    whole: bool = False

    @property
    def name(self) -> str:
        """`match.method`."""
        return f"{self.policy}.{self.option}"

    @property
    def step(self) -> float:
        """Between two values."""
        step = (self.high - self.low) / STEPS
        return float(max(1, round(step))) if self.whole else step


def levers(scenario: Scenario, policies: Sequence[str] | None) -> list[Lever]:
    """What can be chosen in a place. policies: their names, all of them if none is given."""
    for name in policies or ():
        if name not in POLICIES:
            raise unknown("policy", name, POLICIES)
    chosen = list(dict.fromkeys(policies or POLICIES))
    found = [lever for name in chosen for lever in _of_policy(name, scenario)]
    return found


def _of_policy(name: str, scenario: Scenario) -> list[Lever]:
    listed = []
    for f in dataclasses.fields(POLICIES[name]):
        about = f.metadata
        if f.name in TIMELINE:
            continue
        if "choices" in about:
            words = tuple(word for word in about["choices"] if word != "none")
            listed.append(Lever(name, f.name, words))
        elif f.default is not None:
            low, high = float(about["low"]), float(about["high"])
            if low == 0.0 and name != "sink":
                low = high / STEPS  # nothing of a policy is the policy switched off
            if f.name == "deadline":
                # a platform holds people to deadlines: a longer one only hides what is left undone
                high = float(scenario.parameters.deadline)
            listed.append(Lever(name, f.name, (), low, high, bool(about["whole"])))
    if name == "sink":
        listed.append(Lever(name, "per1000", (), 0.0, most_sunk(scenario)))
    return listed


def most_sunk(scenario: Scenario) -> float:
    """Sunk members for 1000 residents that there are posts for."""
    posts = scenario.parameters.posts * scenario.place.compounds
    return float(int(1000.0 * posts / scenario.place.residents))


def mix_of(on: Mapping[str, bool], values: Mapping[str, Any], listed: Sequence[Lever]) -> tuple[Policy, ...]:
    """The policies that are on, with their options. values: by the names of levers."""
    tables: dict[str, dict[str, Any]] = {name: {"name": name} for name, there in on.items() if there}
    for lever in listed:
        if lever.policy in tables:
            value = values[lever.name]
            tables[lever.policy][lever.option] = round(value, 6) if isinstance(value, float) else value
    return tuple(from_table(table) for table in tables.values())


def text_of(mix: Sequence[Policy]) -> str:
    """A mix as one types it, by which it is known; empty for none."""
    return "; ".join(to_text(policy) for policy in mix)


def checked_budget(value: str | float, option: str = "--budget") -> float:
    """A budget in yuan for each resident and year."""
    from linli.model.errors import number_of

    budget = number_of(option, value, 0.0, 1e9)
    if budget <= 0.0:
        raise InputError(f"{option} must be more than 0 yuan for each resident and year")
    return budget
