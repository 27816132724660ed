"""A scenario: a place, its parameters, the policies of its ordinary days, how long, and the seed.

Scenarios are TOML files in which every figure of the place carries its source. A scenario written out and
read back gives the same run.
"""

import dataclasses
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import tomli_w

from linli.agents.chance import MAX_SEED
from linli.model.errors import InputError, count_of, only, unknown
from linli.model.parameters import Parameters, parameters, table
from linli.model.place import Place
from linli.model.place.communities import communities_of, whole
from linli.model.policies import Policy, from_table, policies_from, to_table
from linli.model.reading import toml_of, toml_text

FOLDER = Path(__file__).resolve().parent / "scenarios"

Seeding = int | np.integer | np.random.Generator | np.random.SeedSequence | None | Literal["scenario"]
"""What a run may be given as its seed: see `seed_of`."""
OWN_SEED: Literal["scenario"] = "scenario"


@dataclass(frozen=True, kw_only=True, repr=False)
class Scenario:
    """Everything a run depends on. days and burn_in in days; seed 0 .. 2**63-1.

    The policies act on days counted from the end of the burn-in, which every arm of a comparison shares.
    """

    name: str
    place: Place
    parameters: Parameters = field(default_factory=Parameters)
    policies: tuple[Policy, ...] = ()
    days: int = 365
    burn_in: int = 0
    seed: int = 1
    title: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", count_of("days", self.days, 1, 36_500))
        object.__setattr__(self, "burn_in", count_of("burn_in", self.burn_in, 0, 36_500))
        object.__setattr__(self, "seed", count_of("seed", self.seed, 0, MAX_SEED))
        object.__setattr__(self, "policies", tuple(self.policies))
        self._check_posts()
        for policy in self.policies:
            policy.check(self.whole, self.parameters)

    def __repr__(self) -> str:
        of = f"{self.place.communities:,} communities" if self.place.communities > 1 else "one community"
        return (
            f"<Scenario {self.name}: {self.place.residents:,} residents, {of}, {self.days} days after a "
            f"burn-in of {self.burn_in}, seed {self.seed}>"
        )

    def _repr_html_(self) -> str:
        from linli.model.cards import scenario_card

        return scenario_card(self)

    def _check_posts(self) -> None:
        """Members who serve for good have a post each, in every community."""
        for number, place in communities_of(self.place):
            posts = self.parameters.posts * place.compounds
            if place.serving_members > posts:
                where = f" of community {number}" if self.place.communities > 1 else ""
                raise InputError(
                    f"place.serving_members = {place.serving_members}{where}: more members than the {posts} "
                    f"posts ({self.parameters.posts} a compound); raise the parameter posts"
                )

    @property
    def whole(self) -> Place:
        """What is simulated, taken together: the place itself, or the sampled communities of a city."""
        return whole(self.place)

    def but(self, **changes: Any) -> "Scenario":
        """The same scenario with some fields changed; `parameters` may be a mapping of changes."""
        values = changes.get("parameters")
        if isinstance(values, Mapping):
            changed = {**dataclasses.asdict(self.parameters)}
            kept = {name: value for name, value in changed.items() if name not in values}
            checked = dataclasses.asdict(parameters(values))
            changes["parameters"] = Parameters(**{**checked, **kept})
        return dataclasses.replace(self, **changes)


def names() -> list[str]:
    """The scenarios that come with linli."""
    return sorted(file.stem for file in FOLDER.glob("*.toml"))


def load(name_or_file: str | Path) -> Scenario:
    """A scenario by its name, or from a TOML file of one's own."""
    text = str(name_or_file)
    file = Path(text) if text.endswith(".toml") else FOLDER / f"{text}.toml"
    if not text.endswith(".toml") and not (Path(text).name == text and os.path.isfile(file)):
        raise unknown("scenario", text, [*names(), "a path to a .toml file"])
    text = toml_text(file, f"scenario {file}")
    try:
        return from_toml(text)
    except InputError as error:
        raise InputError(f"scenario {file.name}: {error}") from None


@lru_cache(maxsize=256)
def from_toml(text: str) -> Scenario:
    """Read a scenario; unknown names anywhere are an InputError that lists the valid ones.

    A text that was read before is not read again: thousands of runs begin with the same one.
    """
    data = toml_of(text)
    only(data, "entry", {f.name for f in dataclasses.fields(Scenario)})
    if not isinstance(data.get("name"), str):
        raise InputError('a scenario needs a name = "..."')
    figures = data.get("place")
    if not isinstance(figures, dict):
        raise InputError("a scenario needs a [place] with its figures")
    place, sources = _read_place(figures)
    given = data.get("parameters", {})
    if not isinstance(given, dict):
        raise InputError("[parameters] must be a table of name = value")
    changed = parameters(given)
    listed = data.get("policies", [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise InputError("policies must be written as [[policies]] tables")
    return Scenario(
        name=data["name"],
        title=str(data.get("title", "")),
        place=place,
        sources=sources,
        parameters=changed,
        policies=tuple(from_table(entry) for entry in listed),
        **{key: data[key] for key in ("days", "burn_in", "seed") if key in data},
    )


def _read_place(figures: Mapping[str, Any]) -> tuple[Place, dict[str, str]]:
    """A place from tables of value and source (a bare value is allowed, its source then unknown)."""
    valid = {f.name: f for f in dataclasses.fields(Place)}
    only(figures, "figure in [place]", set(valid))
    values, sources = {}, {}
    for name, figure in figures.items():
        if isinstance(figure, dict):
            only(figure, f"entry of place.{name}", {"value", "source"})
            if "value" not in figure:
                raise InputError(f"place.{name} needs a value")
            values[name] = figure["value"]
            if "source" in figure:
                sources[name] = str(figure["source"])
        else:
            values[name] = figure
    missing = [n for n, f in valid.items() if n not in values and f.default is dataclasses.MISSING]
    if missing:
        raise InputError(f"[place] lacks {', '.join(missing)}")
    return Place(**values), sources


def to_toml(scenario: Scenario) -> str:
    """Write a scenario so that `from_toml` gives the same one back: every parameter stands in it."""
    place = {
        name: {"value": value, **({"source": scenario.sources[name]} if name in scenario.sources else {})}
        for name, value in dataclasses.asdict(scenario.place).items()
    }
    data: dict[str, Any] = {
        "name": scenario.name,
        "title": scenario.title,
        "days": scenario.days,
        "burn_in": scenario.burn_in,
        "seed": scenario.seed,
        "parameters": {name: getattr(scenario.parameters, name) for name in table()},
        "place": place,
        "policies": [to_table(policy) for policy in scenario.policies],
    }
    return tomli_w.dumps(data)


def with_policies(scenario: Scenario, policies: Sequence[Policy]) -> Scenario:
    """The scenario with policies added to those of its ordinary days."""
    return scenario.but(policies=(*scenario.policies, *policies))


def branched(scenario: Scenario, policies: Sequence[Policy], day: int) -> Scenario:
    """A scenario that goes on with further policies from a day on, counted from the first day of the run.

    Raises InputError for a policy that should have acted before.
    """
    today = day - scenario.burn_in
    for policy in policies:
        if policy.start < today:
            raise InputError(
                f"policy {policy.name}: start={policy.start} lies before the branch at day {today}"
            )
    return with_policies(scenario, policies)


def settings_of(
    scenario: str | Scenario,
    policies: str | Sequence[Policy | str],
    rng: Seeding,
    changed: Mapping[str, float],
) -> Scenario:
    """A scenario as an engine is asked for it: by name, file or object, with policies, a seed and parameters.

    All changes are made at once, because whether a policy fits may depend on a parameter.
    """
    if not isinstance(scenario, str | Path | Scenario):
        raise InputError(
            f"a scenario is a name, a file or a Scenario of linli, not a {type(scenario).__name__}; its "
            "parameters are keywords"
        )
    if "seed" in changed:
        raise InputError("the seed of a run is given as rng=, as Mesa has it")
    settings = scenario if isinstance(scenario, Scenario) else load(scenario)
    changes: dict[str, Any] = {"policies": (*settings.policies, *policies_from(policies))}
    if changed:
        changes["parameters"] = changed
    seed = seed_of(rng)
    if seed is not None:
        changes["seed"] = seed
    return settings.but(**changes)


def seed_of(rng: Seeding) -> int | None:
    """A seed as Mesa takes it: a whole number; a generator or a sequence of numpy, of which one is drawn;
    None for a fresh one, as in `mesa.batch_run(..., rng=[None] * 5)`. Here, None stands for the scenario's
    own.

    Raises InputError for anything else.
    """
    if isinstance(rng, str):
        if rng == OWN_SEED:
            return None
        raise InputError(f"rng must be a whole number, a numpy generator or None, not {rng!r}")
    if rng is None:
        return secrets.randbelow(MAX_SEED + 1)
    if isinstance(rng, np.random.SeedSequence):
        return int(rng.generate_state(1, np.uint64)[0]) & MAX_SEED
    if isinstance(rng, np.random.Generator):
        return int(rng.integers(MAX_SEED, endpoint=True))
    return count_of("rng", rng, 0, MAX_SEED)
