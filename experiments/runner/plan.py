"""What is to be run: families of runs that share people, luck and burn-in.

A run is known by a hash of everything it depends on. Runs with the same parameters and seed branch from one
burn-in, so they are made together; points that differ only in options of policies share their baseline.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from linli.experiments.store.manifest import digest, run_id
from linli.experiments.study import Arm, Study
from linli.experiments.study.factors import Value
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
    """Points with the same parameters. parameters: those that differ from the scenario's."""

    number: int
    points: tuple[int, ...]
    parameters: dict[str, Value]


class Plan:
    """All runs of a study. points: of its design; groups: the points by their parameters."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.points = study.design.points(study.factors)
        self.arms = (Arm("baseline"), *study.arms)
        self.groups = self._groups()
        self._scenario = digest(to_toml(study.scenario.but(seed=0)))
        self.variants = lru_cache(maxsize=VARIANTS_HELD)(self._variants)

    def _groups(self) -> list[Group]:
        at = [i for i, f in enumerate(self.study.factors) if f.policy is None]
        points: dict[tuple[Value, ...], list[int]] = {}
        for number, point in enumerate(self.points):
            points.setdefault(tuple(point[i] for i in at), []).append(number)
        names = [self.study.factors[i].target for i in at]
        return [
            Group(number, tuple(members), dict(zip(names, values, strict=True)))
            for number, (values, members) in enumerate(points.items())
        ]

    def _variants(self, number: int) -> tuple[Variant, ...]:
        """The different runs that every seed of a group needs."""
        found: dict[str, tuple[Tables, list[Place]]] = {}
        for point in self.groups[number].points:
            values = dict(zip(self.study.factors, self.points[point], strict=True))
            for number_of_arm, arm in enumerate(self.arms):
                policies = _settled(arm.at(values))
                found.setdefault(str(policies), (policies, []))[1].append((point, number_of_arm))
        return tuple(Variant(policies, tuple(places)) for policies, places in found.values())

    def run_id(self, group: Group, seed: int, variant: Variant) -> str:
        """The hash of all that a run depends on."""
        return run_id(self._scenario, group.parameters, seed, variant.policies)


def _settled(tables: Tables) -> Tables:
    """Policies in the one form that equal policies share. Those that cannot be stay as they are: their run
    fails and says why."""
    try:
        return tuple(to_table(from_table(table)) for table in tables)
    except InputError:
        return tables
