"""Means with intervals."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import stdtrit  # Student's quantile; scipy.stats would take two seconds to import

from linli.experiments.statistics.paired import CONFIDENCE
from linli.experiments.statistics.results import Results


def half_width(sd: float, runs: int) -> float:
    """Half of Student's interval of a mean; nan for a single run."""
    return float(half_widths(np.array([sd]), np.array([runs]))[0])


def half_widths(sd: ArrayLike, runs: ArrayLike) -> Any:
    """The same for many means."""
    n = np.asarray(runs, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = stdtrit(n - 1.0, 0.5 + CONFIDENCE / 2.0) * np.asarray(sd, dtype=float) / np.sqrt(n)
    return np.where(n > 1, half, np.nan)


def means(results: Results, measures: Sequence[str]) -> pd.DataFrame:
    """Each measure in each arm and condition: mean, interval, standard deviation, runs."""
    by = ["arm", *results.varied]
    tidy = results.distinct[[*by, *measures]].melt(id_vars=by, var_name="measure")
    table = (
        tidy.groupby([*by, "measure"], dropna=False, sort=False)["value"]
        .agg(mean="mean", sd="std", runs="count")
        .reset_index()
    )
    half = half_widths(table["sd"], table["runs"])
    table["low"], table["high"] = table["mean"] - half, table["mean"] + half
    return table[[*by, "measure", "mean", "low", "high", "sd", "runs"]]
