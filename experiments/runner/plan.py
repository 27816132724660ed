"""What is to be run: families of runs that share people, luck and burn-in.

A run is known by a hash of everything it depends on. Runs with the same parameters and seed branch from one
burn-in, so they are made together; points that differ only in options of policies share their baseline. A
study over worlds has every point of its design in each world.
"""

import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from linli.experiments.store.manifest import digest, run_id
from linli.experiments.study import Arm, Study
from linli.experiments.study.factors import Factor, Value
from linli.experiments.study.worlds import first_seed
from linli.model.errors import InputError
from linli.model.policies import from_table, to_table
from linli.model.scenario import to_toml

VARIANTS_HELD = 1024
"""Groups whose variants are kept at hand: a bound on memory for studies of many points."""
Tables = tuple[dict[str, Any], ...]
Place = tuple[int, int]
"""A point and the number of an arm (0: baseline): where in the table a run stands."""


@dataclass(frozen=True)
class Variant:
    """Policies that a family is run with, and where in the table that run stands, for every seed of it."""

    policies: Tables
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Group:
    """Points with the same parameters. parameters: those that differ from the scenario's; seed: their
    first."""

    number: int
    points: tuple[int, ...]
    parameters: dict[str, Value]
    seed: int


class Plan:
    """All runs of a study. points: of its design, in each world, with the values that the table holds: the
    world's number if there are worlds, then those of the factors; groups: the points by their parameters."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.points = points_of(study)
        self.arms = (Arm("baseline"), *study.arms)
        self.groups = self._groups()
        self._scenario = digest(to_toml(study.scenario.but(seed=0)))
        self.variants = lru_cache(maxsize=VARIANTS_HELD)(self._variants)

    def _groups(self) -> list[Group]:
        names = [f for f in self.study.factors if f.policy is None]
        points: dict[tuple[Value, ...], list[int]] = {}
        for number in range(len(self.points)):
            at = self.at(number)
            points.setdefault((self.world(number), *(at[f] for f in names)), []).append(number)
        return [
            Group(number, tuple(members), self._parameters(members[0]), self.first_seed(members[0]))
            for number, members in enumerate(points.values())
        ]

    def _parameters(self, point: int) -> dict[str, Value]:
        own = {f.target: value for f, value in self.at(point).items() if f.policy is None}
        return {**self.study.worlds[self.world(point)], **own} if self.study.worlds else own

    def at(self, point: int) -> dict[Factor, Value]:
        """The values of the factors at a point."""
        values = self.points[point][1:] if self.study.worlds else self.points[point]
        return dict(zip(self.study.factors, values, strict=True))

    def world(self, point: int) -> int:
        """The number of a point's world, 0 where there are none."""
        return int(self.points[point][0]) if self.study.worlds else 0

    def first_seed(self, point: int) -> int:
        """The first seed of a point."""
        return first_seed(self.study.seeds.first, self.world(point))

    def _variants(self, number: int) -> tuple[Variant, ...]:
        """The different runs that every seed of a group needs."""
        found: dict[str, tuple[Tables, list[Place]]] = {}
        for point in self.groups[number].points:
            values = self.at(point)
            for number_of_arm, arm in enumerate(self.arms):
                policies = _settled(arm.at(values))
                found.setdefault(str(policies), (policies, []))[1].append((point, number_of_arm))
        return tuple(Variant(policies, tuple(places)) for policies, places in found.values())

    def run_id(self, group: Group, seed: int, variant: Variant) -> str:
        """The hash of all that a run depends on."""
        return run_id(self._scenario, group.parameters, seed, variant.policies)


def points_of(study: Study) -> list[tuple[Value, ...]]:
    """The points of a study: see `Plan`."""
    points = study.design.points(study.factors)
    if not study.worlds:
        return points
    return [(world, *point) for world, point in itertools.product(range(len(study.worlds)), points)]


def _settled(tables: Tables) -> Tables:
    """Policies in the one form that equal policies share. Those that cannot be stay as they are: their run
    fails and says why."""
    try:
        return tuple(to_table(from_table(table)) for table in tables)
    except InputError:
        return tables
