"""Designs: which points of the factors' space a study visits.

`full` takes every combination of lists (the last factor changes fastest), `list` the points as they are
written; the others come from libraries, seeded: `latin_hypercube` (scipy.stats.qmc), `sobol` (Saltelli's
extension of Sobol' sequences, SALib; N * (factors + 2) points) and `morris` (trajectories for screening,
SALib; N * (factors + 1) points).
"""

import importlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.experiments.study.factors import Factor, Value, value_of
from linli.model.errors import InputError, count_of, unknown

KINDS = ("full", "list", "latin_hypercube", "sobol", "morris")
SAMPLED = ("latin_hypercube", "sobol", "morris")
MAX_POINTS = 1_000_000
MORRIS_LEVELS = 4


@dataclass(frozen=True)
class Design:
    """How points are chosen.

    n: points of a Latin hypercube, base samples of Sobol' (a power of 2), trajectories of Morris; not used
    by the others. seed: of the sampling, 1 or more. given: the points of a list.
    """

    kind: str = "full"
    n: int = 0
    seed: int = 1
    given: tuple[Mapping[str, Any], ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise unknown("design", self.kind, KINDS)
        # 0 means "no seed" in parts of SALib
        object.__setattr__(self, "seed", count_of("design.seed", self.seed, 1, 2**31 - 1))
        if self.kind in SAMPLED:
            object.__setattr__(self, "n", count_of("design.n", self.n, 2, MAX_POINTS))
        elif self.n:
            raise InputError(f"design.n has no meaning for a {self.kind} design")
        if self.kind == "sobol" and self.n & (self.n - 1):
            raise InputError(f"design.n = {self.n}: Sobol' samples need a power of 2")

    def as_data(self) -> dict[str, Any]:
        """For the manifest."""
        sampled = {"n": self.n, "seed": self.seed} if self.kind in SAMPLED else {}
        return {"kind": self.kind, **sampled}

    def points(self, factors: Sequence[Factor]) -> list[tuple[Value, ...]]:
        """Every point, in order: one value for each factor. Without factors there is one point."""
        if not factors:
            return [()]
        if self.kind == "list":
            points = [tuple(value_of(f.key, point[f.key]) for f in factors) for point in self.given]
            return _distinct(points)
        if self.kind == "full":
            grids = [f.grid for f in factors]
            _few_enough(int(np.prod([float(len(grid)) for grid in grids])))
            return list(itertools.product(*grids))
        u = self.unit_samples(len(factors)).tolist()
        return [tuple(f.at(x) for f, x in zip(factors, row, strict=True)) for row in u]

    def unit_samples(self, factors: int) -> NDArray[np.float64]:
        """The sampled points in the unit cube, before factors give them values. Shape: points, factors."""
        if self.kind == "latin_hypercube":
            from scipy.stats import qmc

            _few_enough(self.n)
            return qmc.LatinHypercube(factors, rng=np.random.default_rng(self.seed)).random(self.n)
        problem = unit_problem([f"x{i}" for i in range(factors)])
        sample = _salib(self.kind).sample
        if self.kind == "sobol":
            _few_enough(self.n * (factors + 2))
            return sample(problem, self.n, calc_second_order=False, seed=self.seed)
        _few_enough(self.n * (factors + 1))
        return sample(problem, self.n, num_levels=MORRIS_LEVELS, seed=self.seed)


def unit_problem(names: Sequence[str]) -> dict[str, Any]:
    """What SALib calls a problem: factors on the unit cube, as `Design.unit_samples` gives them."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _few_enough(points: int) -> None:
    if points > MAX_POINTS:
        raise InputError(f"the design has {points:,} points; {MAX_POINTS:,} are the most")


def _distinct(points: list[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    seen: dict[tuple[Value, ...], int] = {}
    for number, point in enumerate(points, 1):
        if seen.setdefault(point, number) != number:
            raise InputError(f"point {number} is the same as point {seen[point]}")
    return points


def _salib(part: str) -> Any:
    try:
        return importlib.import_module(f"SALib.sample.{part}")
    except ModuleNotFoundError:
        raise InputError(f"a {part} design needs SALib: install linli with its extra 'study'") from None
