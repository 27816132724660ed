"""Paired comparison of two arms: what a policy changed, run by run, under the same luck.

Both arms of a run have the same people and the same draws, so the difference of a run is the policy's doing;
runs with different seeds are independent. The interval is Student's t of the paired differences.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

CONFIDENCE = 0.95
NINE_OF_TEN = (0.05, 0.95)
"""Between these quantiles lie nine of ten runs, or worlds."""


def nine_of_ten(values: "NDArray[np.floating[Any]] | pd.Series[float]") -> tuple[float, float, float]:
    """Where nine of ten begin, the middle one, and where they end; of the values that are known."""
    low, middle, high = pd.Series(values).quantile([NINE_OF_TEN[0], 0.5, NINE_OF_TEN[1]]).tolist()
    return low, middle, high


@dataclass(frozen=True)
class Effect:
    """A measure in both arms. difference: mean of policy - baseline; low, high: its interval.

    runs: those in which both arms have a value; the means are over them. None: not defined.
    """

    baseline: float | None
    policy: float | None
    difference: float | None
    low: float | None
    high: float | None
    runs: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.low is not None and self.high is not None and (self.low > 0.0 or self.high < 0.0)

    @property
    def is_clear_gain(self) -> bool:
        """Whether the whole interval lies above 0."""
        return self.low is not None and self.low > 0.0


@dataclass(frozen=True)
class CostPerEngaged:
    """What one more engaged resident costs. yuan, hours: a year, for each; additional: how many more; reason:
    why the cost is not defined, None if it is."""

    yuan: float | None
    hours: float | None
    additional: float | None
    reason: str | None


def paired(baseline: ArrayLike, policy: ArrayLike) -> Effect:
    """The effect on one measure, from its values in each run (nan where a run has none)."""
    before, after = np.asarray(baseline, dtype=float), np.asarray(policy, dtype=float)
    both = ~(np.isnan(before) | np.isnan(after))
    before, after = before[both], after[both]
    runs = int(both.sum())
    if runs == 0:
        return Effect(None, None, None, None, None, 0)
    differences = after - before
    mean = float(differences.mean())
    low = high = None
    if runs > 1:
        from scipy.special import stdtrit  # Student's quantile; a single run does without scipy

        half = float(stdtrit(runs - 1, 0.5 + CONFIDENCE / 2.0) * differences.std(ddof=1) / np.sqrt(runs))
        low, high = mean - half, mean + half
    return Effect(float(before.mean()), float(after.mean()), mean, low, high, runs)


def effects(
    baseline: Sequence[Mapping[str, float]], policy: Sequence[Mapping[str, float]]
) -> dict[str, Effect]:
    """The effect on every measure, from the measures of each run."""
    return {
        name: paired([run[name] for run in baseline], [run[name] for run in policy]) for name in baseline[0]
    }


def cost_per_engaged(
    on: Mapping[str, Effect], residents: Sequence[int], adults: Sequence[int]
) -> CostPerEngaged:
    """Difference of yearly cost over the additional engaged residents at the end of the run.

    on: effects; residents, adults: counts in each run. Not defined unless engagement clearly rose: a ratio to
    a difference that may be 0 means nothing.
    """
    engaged, yuan, hours = on["engaged_share"], on["cost_yuan"], on["cost_hours"]
    if engaged.difference is None or yuan.difference is None or hours.difference is None:
        return CostPerEngaged(None, None, None, "engagement or cost is not defined in these runs")
    people, grown = float(np.mean(residents)), float(np.mean(adults))
    additional = engaged.difference * grown
    if engaged.low is None:
        return CostPerEngaged(None, None, additional, "a single run has no interval: use more runs")
    if not engaged.is_clear_gain:
        why = (
            "fell"
            if engaged.is_clear
            else "did not clearly change: the interval of the difference includes 0"
        )
        return CostPerEngaged(None, None, additional, f"the engaged share {why}")
    return CostPerEngaged(
        yuan=yuan.difference * people / additional,
        hours=hours.difference * people / 1000.0 / additional,
        additional=additional,
        reason=None,
    )
