"""How many seeds each point of a study gets: so many, or until the paired interval is narrow enough."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linli.agents.chance import MAX_SEED
from linli.model.attribution.measures import EVERY
from linli.model.errors import InputError, count_of, number_of, only, table_of, word_of

MOST = 100_000
GROWTH = 1.5
"""Where the interval is still too wide, so many times the seeds: few looks at the data keep the interval
honest."""


@dataclass(frozen=True)
class Until:
    """A point gets more seeds until the interval of the paired difference of `measure`, policy arm minus
    baseline, is at most +- half_width in every arm. at_least, at_most: bounds on the number of seeds."""

    measure: str
    half_width: float
    at_least: int = 8
    at_most: int = 64

    def __post_init__(self) -> None:
        word_of("measure in seeds.until", self.measure, EVERY)
        number_of("seeds.until.half_width", self.half_width, 1e-300, 1e300)
        count_of("seeds.until.at_least", self.at_least, 2, MOST)
        count_of("seeds.until.at_most", self.at_most, self.at_least, MOST)


@dataclass(frozen=True)
class Seeds:
    """Seeds first, first + 1, ... of every point. count: how many, where `until` does not say."""

    first: int = 1
    count: int = 1
    until: Until | None = None

    @classmethod
    def read(cls, given: object) -> "Seeds":
        """As a study writes it: a number, or a table with count or until."""
        if not isinstance(given, Mapping):
            return cls._checked(1, given, None)
        only(given, "entry of seeds", ("first", "count", "until"))
        if ("count" in given) == ("until" in given):
            raise InputError("seeds: give either a count, or until = { measure = ..., half_width = ... }")
        return cls._checked(given.get("first", 1), given.get("count", 1), given.get("until"))

    @classmethod
    def _checked(cls, first: object, count: object, until: object) -> "Seeds":
        rule = None if until is None else _until(until)
        seeds = cls(count_of("seeds.first", first, 0, MAX_SEED), count_of("seeds", count, 1, MOST), rule)
        if seeds.first > MAX_SEED - seeds.most + 1:
            raise InputError(f"seed {seeds.first} is too large: {seeds.most} seeds count up from it")
        return seeds

    @property
    def least(self) -> int:
        """Seeds that every point gets."""
        return self.until.at_least if self.until else self.count

    @property
    def most(self) -> int:
        """Seeds that a point can get."""
        return self.until.at_most if self.until else self.count

    def more(self, seeds: int) -> int:
        """How many seeds a point gets next that had so many and needs more."""
        return min(self.most, max(seeds + 1, int(seeds * GROWTH)))

    def as_data(self) -> dict[str, Any]:
        """For the manifest."""
        if self.until is None:
            return {"first": self.first, "count": self.count}
        return {"first": self.first, "until": dict(vars(self.until))}


def _until(given: object) -> Until:
    rule = table_of(
        given, "seeds.until must be a table such as { measure = ..., half_width = ..., at_most = ... }"
    )
    only(rule, "entry of seeds.until", ("measure", "half_width", "at_least", "at_most"))
    for name in ("measure", "half_width"):
        if name not in rule:
            raise InputError(f"seeds.until needs {name}")
    return Until(**rule)
