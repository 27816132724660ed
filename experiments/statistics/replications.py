"""How many runs it takes: for a stated effect, and until the spread stands still."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import nctdtr, stdtrit

from linli.experiments.statistics.paired import CONFIDENCE
from linli.experiments.statistics.pairs import Pairs

POWER = 0.8
"""Probability to see an effect that is there."""
MOST = 10_000_000
"""Beyond so many runs no number is given."""
STABLE = 0.01
"""How little the coefficient of variation may still move (the criterion E of Lee et al. 2015)."""


def power(effect: float, sd: float, runs: int) -> float:
    """Probability that the interval of the paired differences lies on the effect's side of 0.

    effect, sd: of the differences.
    """
    if runs < 2:
        return 0.0
    limit, shift = stdtrit(runs - 1, 0.5 + CONFIDENCE / 2.0), abs(effect) / sd * np.sqrt(runs)
    return float(1.0 - nctdtr(runs - 1, shift, limit))


def runs_needed(effect: float, sd: float, wanted: float = POWER) -> int | None:
    """The smallest number of pairs that sees an effect with the wanted power; None if more than `MOST`."""
    if effect == 0.0 or not np.isfinite(sd):
        return None
    if sd == 0.0:
        return 2
    enough = 2
    while power(effect, sd, enough) < wanted:
        enough *= 2
        if enough > MOST:
            return None
    few = enough // 2
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if power(effect, sd, middle) >= wanted else (middle, enough)
    return enough


@dataclass(frozen=True)
class Spread:
    """What common random numbers save. sd: of the paired differences; apart: of the differences that
    independent runs would have; None where fewer than two runs are there."""

    sd: float | None
    apart: float | None


def spread(pairs: Pairs, measure: str) -> Spread:
    """How much pairs of one condition scatter, from seed to seed, pooled over conditions."""
    names = [name for name in pairs.keys if name != "seed"]
    table = pairs.keys.assign(before=pairs.before[measure], after=pairs.after[measure])
    table["change"] = table["after"] - table["before"]
    groups = table.groupby(names, dropna=False)[["before", "after", "change"]]
    weights = groups.count()["change"] - 1
    variances = groups.var()[weights > 0]
    if variances.empty:
        return Spread(None, None)
    pooled = variances.mul(weights[weights > 0], axis=0).sum() / weights[weights > 0].sum()
    return Spread(float(np.sqrt(pooled["change"])), float(np.sqrt(pooled["before"] + pooled["after"])))


def replications(pairs: Pairs, measures: Sequence[str], stated: dict[str, float]) -> pd.DataFrame:
    """For each measure: the effect to be seen, and how many runs that takes, paired and not.

    stated: effects by measure; the others are to be seen from a twentieth of the baseline's mean on.
    """
    rows = []
    for measure in measures:
        found, usual = spread(pairs, measure), float(pairs.before[measure].mean())
        effect = stated.get(measure, abs(usual) / 20.0)
        sd, apart = (np.nan if value is None else value for value in (found.sd, found.apart))
        row = {"measure": measure, "baseline": usual, "effect": effect, "sd_paired": sd, "sd_apart": apart}
        row |= {"runs_paired": runs_needed(effect, sd), "runs_apart": runs_needed(effect, apart)}
        rows.append({**row, "saved": (apart / sd) ** 2 if sd else np.nan})
    table = pd.DataFrame(rows)
    counts = ["runs_paired", "runs_apart"]
    return table.astype(dict.fromkeys(counts, "Int64"))


def variation(values: ArrayLike) -> NDArray[np.float64]:
    """The coefficient of variation of the first 2, 3, ... runs; nan where they differ and their mean is 0."""
    x = np.asarray(values, dtype=float)
    n = np.arange(1, len(x) + 1)
    mean = np.cumsum(x) / n
    # about the overall mean: sums of squares of values far from 0 would lose their figures
    centred = x - x.mean() if len(x) else x
    squares = np.cumsum(centred**2) - n * (np.cumsum(centred) / n) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        sd = np.sqrt(np.maximum(squares, 0.0) / (n - 1))
        found = np.where(mean == 0.0, np.where(sd == 0.0, 0.0, np.nan), sd / np.abs(mean))
    return found[1:]


def runs_until_stable(values: ArrayLike, within: float = STABLE) -> int | None:
    """The smallest n whose coefficient of variation differs from that of any more runs by less than `within`.

    None if it is still moving at the last run, or if there is none to compare with. Source: Lee et al. 2015,
    "The complexities of agent-based modeling output analysis", JASSS 18(4)4.
    """
    found = variation(values)
    if len(found) < 2 or np.isnan(found).any():
        return None
    later_low = np.minimum.accumulate(found[::-1])[::-1]
    later_high = np.maximum.accumulate(found[::-1])[::-1]
    stable = (found - later_low < within) & (later_high - found < within)
    first = int(np.argmax(stable))
    return first + 2 if first < len(found) - 1 else None
