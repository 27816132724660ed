"""What a page simulates: place, seed, days, policies and changed parameters; checked when it is made."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agents.chance import MAX_SEED
from model.errors import InputError, count_of, unknown
from model.parameters import checked, table
from model.policies import POLICIES, Policy, from_table, to_table
from model.policies.sink import Sink
from model.scenario import Scenario, load, names, with_policies

MOST_DAYS = 3_650
"""Days after the burn-in that a page plays: ten years [days]."""

MOST_POLICIES = 12
"""Policies on one timeline."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the two worlds depend on. parameters: those that differ from the scenario's, by name.

    Raises InputError when it cannot be: what is made can be run.
    """

    scenario: str = "donghu"
    seed: int = 1
    days: int = 365
    policies: tuple[Policy, ...] = ()
    parameters: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", count_of("days", self.days, 1, MOST_DAYS))
        object.__setattr__(self, "seed", count_of("seed", self.seed, 0, MAX_SEED))
        if len(self.policies) > MOST_POLICIES:
            raise InputError(f"{len(self.policies)} policies are more than the {MOST_POLICIES} that fit here")
        values = {name: checked(name, value) for name, value in dict(self.parameters).items()}
        own = load_named(self.scenario).parameters
        kept = {name: value for name, value in values.items() if value != getattr(own, name)}
        object.__setattr__(self, "parameters", tuple(sorted(kept.items())))
        self.treated  # noqa: B018  an InputError now, rather than when it is run

    @classmethod
    def of(cls, scenario: str, **changes: Any) -> "Settings":
        """The settings of a scenario, with some of them changed."""
        named = load_named(scenario)
        own: dict[str, Any] = {"seed": named.seed, "days": min(named.days, MOST_DAYS)}
        return cls(scenario=scenario, **{**own, **changes})

    @cached_property
    def baseline(self) -> Scenario:
        """The scenario of the world as it is."""
        named = load_named(self.scenario)
        return named.but(seed=self.seed, days=self.days, parameters=dict(self.parameters))

    @cached_property
    def treated(self) -> Scenario:
        """The scenario of the world with the policies."""
        return with_policies(self.baseline, self.policies)

    def but(self, **changes: Any) -> "Settings":
        """The same settings with some of them changed."""
        return dataclasses.replace(self, **changes)

    def value_of(self, name: str) -> float:
        """A parameter's value here, changed or not."""
        return float(getattr(self.baseline.parameters, name))

    def with_parameter(self, name: str, value: object) -> "Settings":
        """A parameter set to a value."""
        return self.but(parameters=tuple({**dict(self.parameters), name: checked(name, value)}.items()))

    def without_parameter(self, name: str) -> "Settings":
        """A parameter back at the scenario's value."""
        return self.but(parameters=tuple((n, v) for n, v in self.parameters if n != name))

    def with_policy(self, name: str, **options: Any) -> "Settings":
        """A policy added, with its defaults."""
        policy = from_table({"name": name, **options}) if options else self.usual(name)
        return self.but(policies=(*self.policies, policy))

    def usual(self, name: str) -> Policy:
        """A policy to begin with. Sinking needs a head-count: twice those already there, if posts allow."""
        if name != Sink.name:
            return from_table({"name": name})
        place = self.baseline.place
        posts = self.baseline.parameters.posts * place.compounds
        return Sink(headcount=min(2 * place.sunk_members or posts, posts))

    def with_option(self, at: int, **options: Any) -> "Settings":
        """Options of one policy changed."""
        listed = list(self.policies)
        listed[at] = from_table({**to_table(listed[at]), **_empty_means_none(listed[at], options)})
        return self.but(policies=tuple(listed))

    def without_policy(self, at: int) -> "Settings":
        """One policy removed."""
        return self.but(policies=(*self.policies[:at], *self.policies[at + 1 :]))


def _empty_means_none(policy: Policy, options: Mapping[str, Any]) -> dict[str, Any]:
    """An emptied field of an option that may be unset says: unset."""
    unset = {f.name for f in dataclasses.fields(policy) if f.default is None}
    return {name: None if value == "" and name in unset else value for name, value in options.items()}


def load_named(name: str) -> Scenario:
    """A scenario that comes with linli. A page reads no other files for it, whatever a link says."""
    if name not in names():
        raise unknown("scenario", name, names())
    return load(name)


def parameter_names() -> list[str]:
    """Every parameter, in the order of the table."""
    return list(table())


def policy_names() -> list[str]:
    """Every policy, in the order of the table."""
    return list(POLICIES)
