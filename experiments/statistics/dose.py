"""Dose and response: curves, what one more unit of dose adds, and where that changes."""

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from linli.experiments.statistics.bend import bend
from linli.experiments.statistics.means import half_width
from linli.experiments.statistics.paired import paired
from linli.experiments.statistics.pairs import Pairs
from linli.experiments.statistics.results import Results, conditions, policy_of, side_by_side

FEWEST, MOST = 3, 12
"""Levels that make a curve; a factor with more was sampled, not stepped."""


def doses(results: Results) -> list[str]:
    """Numeric factors with enough levels for a curve, those of policies first."""
    numeric = [name for name in results.varied if results.is_numeric(name)]
    stepped = [name for name in numeric if FEWEST <= len(results.levels(name)) <= MOST]
    return sorted(stepped, key=lambda name: policy_of(name) is None)


def sampled(results: Results) -> list[str]:
    """Numeric factors that were sampled."""
    return [name for name in results.varied if results.is_numeric(name) and len(results.levels(name)) > MOST]


def by_seed(results: Results, dose: str, measures: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Measures by seed (rows) and dose (columns), averaged over conditions that have every dose and seed."""
    return side_by_side(results.keyed(measures), [dose], measures)


def split(results: Results, by: Sequence[str]) -> Iterator[tuple[dict[str, Any], Results]]:
    """Runs of the arms in groups of equal values of some columns."""
    treated = results.treated
    numbers = conditions(treated.frame, by)
    for number in numbers.unique():
        group = treated.where(numbers == number)
        yield {name: group.frame[name].iloc[0] for name in by}, group


def curves(
    results: Results, dose: str, measures: Sequence[str], by: Sequence[str] = ("arm",)
) -> pd.DataFrame:
    """The mean response at each dose, its interval over seeds, and the difference from the lowest dose."""
    rows = []
    for keys, group in split(results, by):
        for measure, table in by_seed(group, dose, measures).items():
            for level in table:
                values, lowest = table[level], table.iloc[:, 0]
                half = half_width(float(values.std()), len(values))
                mean = float(values.mean())
                row = {dose: level, "measure": measure, "mean": mean, "low": mean - half, "high": mean + half}
                change = paired(lowest, values)
                row |= {"difference": change.difference, "difference_low": change.low}
                rows.append({**keys, **row, "difference_high": change.high, "runs": change.runs})
    return pd.DataFrame(rows)


def marginal(
    results: Results, dose: str, measures: Sequence[str], by: Sequence[str] = ("arm",)
) -> pd.DataFrame:
    """What one more unit of dose adds between neighbouring doses, paired by seed."""
    rows = []
    for keys, group in split(results, by):
        for measure, table in by_seed(group, dose, measures).items():
            for a, b in pairwise(results.levels(dose)):
                if not {a, b} <= set(table):
                    continue
                effect = paired(table[a] / (b - a), table[b] / (b - a))
                row = {"measure": measure, "from": a, "to": b, "slope": effect.difference}
                rows.append({**keys, **row, "low": effect.low, "high": effect.high, "runs": effect.runs})
    return pd.DataFrame(rows)


def bends(results: Results, dose: str, measures: Sequence[str], by: Sequence[str] = ("arm",)) -> pd.DataFrame:
    """Where each response bends, if there are doses enough to tell."""
    rows = []
    for keys, group in split(results, by):
        for measure, table in by_seed(group, dose, measures).items():
            found = bend(table.columns.to_numpy(dtype=float), table.to_numpy()) if len(table) else None
            if found is not None:
                row = {**keys, "dose": dose, "measure": measure, **dataclasses.asdict(found)}
                rows.append({**row, "is_clear": found.is_clear, "runs": len(table)})
    return pd.DataFrame(rows)


def binned(pairs: Pairs, factor: str, measures: Sequence[str], bins: int = 8) -> pd.DataFrame:
    """Effects along a sampled factor, in bins of as many points each: mean, interval over points.

    A point's effect is its mean over seeds; a bin holds points that differ in all other factors too.
    """
    rows = []
    table = pairs.differences[list(measures)].assign(at=pairs.keys[factor])
    others = [str(name) for name in pairs.keys if name != "seed"]
    points = table.groupby(conditions(pairs.keys, others)).mean()
    parts = pd.qcut(points["at"], min(bins, len(points)), labels=False, duplicates="drop")
    for _, part in points.groupby(parts):
        for measure in measures:
            values = part[measure].dropna()
            mean, half = float(values.mean()), half_width(float(values.std()), len(values))
            row = {factor: float(part["at"].mean()), "measure": measure, "difference": mean}
            rows.append({**row, "low": mean - half, "high": mean + half, "points": len(values)})
    return pd.DataFrame(rows)
