"""Whether two factors do more together, or less, than each alone: differences of differences."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from linli.experiments.statistics.dose import MOST
from linli.experiments.statistics.paired import paired
from linli.experiments.statistics.results import Results, side_by_side

COLUMNS = (
    *("measure", "first", "first_level", "second", "second_level", "alone", "together"),
    *("interaction", "low", "high", "runs"),
)


def interactions(results: Results, measures: Sequence[str]) -> pd.DataFrame:
    """All pairs of factors: each at its highest level against its lowest (words: each against the plainest).

    alone: what the first does with the second at its lowest; together: what it does with the second at the
    level named; interaction: together - alone, averaged over all else within a seed, interval over seeds.
    """
    stepped = [name for name in results.factors if 2 <= len(results.levels(name)) <= MOST]
    rows: list[dict[str, Any]] = []
    for first, second in combinations(stepped, 2):
        for a in _against(results, first):
            for b in _against(results, second):
                rows += _rows(results, (first, *a), (second, *b), measures)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _against(results: Results, factor: str) -> list[tuple[Any, Any]]:
    """Pairs of levels: a number's lowest and highest, a word's plainest and each other."""
    levels = results.levels(factor)
    if results.is_numeric(factor):
        return [(levels[0], levels[-1])]
    return [(levels[0], level) for level in levels[1:]]


def corners(
    results: Results, first: tuple[str, Any, Any], second: tuple[str, Any, Any], measures: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Measures at the four corners by seed. Columns: 00, 10 (the first factor is high), 01, 11."""
    (a, a0, a1), (b, b0, b1) = first, second
    frame = results.keyed(measures)
    inside = frame[frame[a].isin([a0, a1]) & frame[b].isin([b0, b1])]
    corner = (inside[a] == a1).astype(int).astype(str) + (inside[b] == b1).astype(int).astype(str)
    tables = side_by_side(inside.assign(corner=corner), ["corner"], measures, but=(a, b))
    names = ["00", "10", "01", "11"]
    # a study that is not crossed may lack a corner: then there is nothing to compare
    return {name: table.reindex(columns=names).dropna() for name, table in tables.items()}


def _rows(
    results: Results, first: tuple[str, Any, Any], second: tuple[str, Any, Any], measures: Sequence[str]
) -> list[dict[str, Any]]:
    rows = []
    for measure, at in corners(results, first, second, measures).items():
        if at.empty:
            continue
        alone, together = at["10"] - at["00"], at["11"] - at["01"]
        effect = paired(alone, together)
        row = {"measure": measure, "first": first[0], "first_level": first[2]}
        row |= {"second": second[0], "second_level": second[2]}
        row |= {"alone": effect.baseline, "together": effect.policy, "interaction": effect.difference}
        rows.append({**row, "low": effect.low, "high": effect.high, "runs": effect.runs})
    return rows
