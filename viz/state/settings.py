"""What a page simulates: place, seed, days, policies and changed parameters; checked when it is made."""

import dataclasses
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linli.agents.chance import MAX_SEED
from linli.model.errors import InputError, count_of, unknown
from linli.model.parameters import checked
from linli.model.policies import Policy, from_table, to_table
from linli.model.policies.sink import Sink
from linli.model.scenario import Scenario, load, names, with_policies
from linli.model.zoom import community_scenario

MOST_DAYS = 3_650
"""Days after the burn-in that a page plays: ten years [days]."""

MOST_POLICIES = 12
"""Policies on one timeline."""


ALTERNATIVES = {Sink.name: ("headcount", "per1000")}
"""Options of which a policy takes one: setting it unsets the others."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the two worlds depend on. community: the number of one community of a city; parameters:
    those that differ from the scenario's, by name.

    Raises InputError when it cannot be: what is made can be run.
    """

    scenario: str = "donghu"
    community: int | None = None
    seed: int = 1
    days: int = 365
    policies: tuple[Policy, ...] = ()
    parameters: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", count_of("days", self.days, 1, MOST_DAYS))
        object.__setattr__(self, "seed", count_of("seed", self.seed, 0, MAX_SEED))
        if len(self.policies) > MOST_POLICIES:
            raise InputError(f"{len(self.policies)} policies are more than the {MOST_POLICIES} that fit here")
        if self.community is not None and load_named(self.scenario).place.communities == 1:
            raise InputError(f"{self.scenario} is one community: it has none with a number")
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

    @property
    def is_city(self) -> bool:
        """Whether these are many communities: too many to stand on one map of residents."""
        return self.community is None and load_named(self.scenario).place.communities > 1

    @cached_property
    def baseline(self) -> Scenario:
        """The scenario of the world as it is."""
        return self._local(self.everywhere)

    @cached_property
    def treated(self) -> Scenario:
        """The scenario of the world with the policies."""
        return self._local(with_policies(self.everywhere, self.policies))

    @property
    def added(self) -> tuple[Policy, ...]:
        """The policies as they act here: a community of a city has its part of a head-count."""
        return self.treated.policies[len(self.baseline.policies) :]

    @cached_property
    def everywhere(self) -> Scenario:
        """The baseline of the whole city; of a place that is no city, its baseline."""
        named = load_named(self.scenario)
        return named.but(seed=self.seed, days=self.days, parameters=dict(self.parameters))

    def _local(self, scenario: Scenario) -> Scenario:
        return scenario if self.community is None else community_scenario(scenario, self.community)

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
        place = self.everywhere.whole
        posts = self.baseline.parameters.posts * place.compounds
        return Sink(headcount=min(2 * place.sunk_members or posts, posts))

    def with_option(self, at: int, **options: Any) -> "Settings":
        """Options of one policy changed."""
        listed = list(self.policies)
        changed = _empty_means_none(listed[at], options)
        given = {name for name, value in changed.items() if value is not None}
        for one, other in itertools.permutations(ALTERNATIVES.get(listed[at].name, ()), 2):
            if one in given and other not in given:
                changed[other] = None
        listed[at] = from_table({**to_table(listed[at]), **changed})
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
