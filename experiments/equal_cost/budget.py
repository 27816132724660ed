"""The size at which each policy costs a budget, found by runs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from linli.experiments.analysis.mixes import text_of
from linli.experiments.analysis.trials import Trials
from linli.experiments.equal_cost.sizes import Package
from linli.experiments.output.progress import Progress
from linli.experiments.runner.pool import Pool
from linli.model.errors import InputError
from linli.model.policies import from_table
from linli.model.scenario import Scenario

SEEDS = 2
"""Runs that tell what a size costs: costs hardly depend on luck."""

ROUNDS = 9
"""Sizes that are tried of each policy, at most."""

NEAR = 0.02
"""A cost so near to the budget, as a share of it, is the budget."""


LEAST = 0.001
"""Nothing smaller is tried."""


@dataclass(frozen=True)
class Scaled:
    """A package at the size that was found. size: share of the most there is room for; cost: what it takes
    at that size [yuan per resident and year]; tables: its policies."""

    package: Package
    size: float
    cost: float
    tables: tuple[dict[str, Any], ...]

    def meets(self, budget: float) -> bool:
        """Whether it costs the budget."""
        return abs(self.cost - budget) <= NEAR * budget


@dataclass(frozen=True)
class _Search:
    """Where the size is looked for. low, high: sizes that cost less and more than the budget, cost_low and
    cost_high; tried: the size to try next (None: found)."""

    package: Package
    low: float = 0.0
    cost_low: float = 0.0
    high: float = 1.0
    cost_high: float = np.inf
    tried: float | None = 1.0
    best: float = 1.0
    best_cost: float = np.nan

    def told(self, cost: float, budget: float) -> "_Search":
        """What the size that was tried costs."""
        assert self.tried is not None
        size = self.tried
        nearer = np.isnan(self.best_cost) or abs(cost - budget) < abs(self.best_cost - budget)
        found = replace(self, best=size, best_cost=cost) if nearer else self
        # no more of it fits here, or no less of it is anything
        ends = (size == 1.0 and cost <= budget) or (size <= LEAST and cost > budget)
        if not self.package.is_scaled or ends or abs(cost - budget) <= NEAR * budget:
            return replace(found, tried=None)
        if cost > budget:
            found = replace(found, high=size, cost_high=cost)
        else:
            found = replace(found, low=size, cost_low=cost)
        return replace(found, tried=found._between(budget))

    def _between(self, budget: float) -> float:
        """Where the straight line between the ends meets the budget, but well inside them."""
        share = (budget - self.cost_low) / (self.cost_high - self.cost_low)
        return max(LEAST, self.low + min(0.95, max(0.05, share)) * (self.high - self.low))


def scaled(
    packages: Sequence[Package],
    scenario: Scenario,
    budget: float,
    folder: Path,
    pool: Pool,
    progress: Progress,
) -> list[Scaled]:
    """Each package at the size nearest to the budget. scenario: with the days for which policies act; budget:
    [yuan per resident and year]; folder: where the runs are kept: the same call goes on from there.

    A package that costs less even at its largest size stays there, and one without a size stays as it is.
    """
    trials, searches = Trials(scenario, folder, progress), [_Search(package) for package in packages]
    seeds = range(scenario.seed, scenario.seed + SEEDS)
    progress.expect("sizes", ROUNDS * len(packages))
    for number in range(ROUNDS):
        open_ = [search for search in searches if search.tried is not None]
        mixes = {search.package.name: _mix(search, scenario) for search in open_}
        trials.make(list(mixes.values()), seeds, pool)
        costs = {name: _cost(trials, mix, seeds) for name, mix in mixes.items()}
        searches = [
            search.told(costs[search.package.name], budget) if search.tried is not None else search
            for search in searches
        ]
        progress.reach((number + 1) * len(packages))
    return [Scaled(s.package, s.best, float(s.best_cost), s.package.at(s.best, scenario)) for s in searches]


def _mix(search: _Search, scenario: Scenario) -> str:
    assert search.tried is not None
    return text_of([from_table(table) for table in search.package.at(search.tried, scenario)])


def _cost(trials: Trials, mix: str, seeds: range) -> float:
    """What a mix takes beyond the baseline [yuan per resident and year]."""
    if why := trials.error_of(mix, seeds):
        raise InputError(f"{mix}: {why}")
    without, treated = trials.pairs(mix, seeds, "cost_yuan")
    return float(np.mean(treated) - np.mean(without))
