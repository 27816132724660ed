"""Whether enough runs were made: the coefficient of variation, condition by condition."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from linli.experiments.statistics.replications import runs_until_stable, variation
from linli.experiments.statistics.results import Results


def stability(results: Results, measures: Sequence[str]) -> pd.DataFrame:
    """For each measure: over all conditions, the largest coefficient of variation and the most runs until it
    stands still (Lee et al. 2015 ask for all measures and conditions); nothing while one still moves."""
    groups = results.distinct.groupby(["arm", *results.varied], dropna=False, sort=False)
    rows = []
    for measure in measures:
        series = [group.sort_values("seed")[measure].dropna().to_numpy() for _, group in groups]
        needed = [runs_until_stable(values) for values in series]
        largest = [variation(values)[-1] for values in series if len(values) > 1]
        moving = sum(n is None for n in needed)
        rows.append(
            {
                "measure": measure,
                "runs": min(len(values) for values in series),
                "variation": np.nanmax(largest) if np.isfinite(largest).any() else np.nan,
                "stable_from": None if moving else max(n for n in needed if n is not None),
                "conditions": len(series),
                "still_moving": moving,
            }
        )
    return pd.DataFrame(rows).astype({"stable_from": "Int64"})
