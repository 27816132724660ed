"""Means with intervals."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import stdtrit  # Student's quantile; scipy.stats would take two seconds to import

from experiments.comparison import CONFIDENCE
from experiments.statistics.results import Results


def half_width(sd: float, runs: int) -> float:
    """Half of Student's interval of a mean; nan for a single run."""
    if runs < 2:
        return float("nan")
    return float(stdtrit(runs - 1, 0.5 + CONFIDENCE / 2.0) * sd / np.sqrt(runs))


def means(results: Results, measures: Sequence[str]) -> pd.DataFrame:
    """Each measure in each arm and condition: mean, interval, standard deviation, runs."""
    by = ["arm", *results.varied]
    tidy = results.distinct[[*by, *measures]].melt(id_vars=by, var_name="measure")
    table = (
        tidy.groupby([*by, "measure"], dropna=False, sort=False)["value"]
        .agg(mean="mean", sd="std", runs="count")
        .reset_index()
    )
    half = [half_width(sd, runs) for sd, runs in zip(table["sd"], table["runs"], strict=True)]
    table["low"], table["high"] = table["mean"] - half, table["mean"] + half
    return table[[*by, "measure", "mean", "low", "high", "sd", "runs"]]
