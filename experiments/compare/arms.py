"""The arms of a comparison as tables: day by day, and as measures."""

from collections.abc import Sequence

import pandas as pd

from linli.experiments.compare.runs import Outcome, Pair
from linli.model.attribution.measures import EVERY


def daily_of(pairs: Sequence[Pair]) -> pd.DataFrame:
    """Every arm of every run day by day, tidy: run, arm, then the columns of `Community.daily`."""
    return pd.concat([_daily(r, arm, outcome) for r, arm, outcome in _arms(pairs)], ignore_index=True)


def measures_of(pairs: Sequence[Pair]) -> pd.DataFrame:
    """Every measure of every arm of every run: run, arm, measure, unit, value."""
    return pd.concat([_measures(r, arm, outcome) for r, arm, outcome in _arms(pairs)], ignore_index=True)


def _arms(pairs: Sequence[Pair]) -> list[tuple[int, str, Outcome]]:
    return [
        (r, arm, outcome)
        for r, pair in enumerate(pairs)
        for arm, outcome in (("baseline", pair.baseline), ("policy", pair.policy))
    ]


def _daily(run: int, arm: str, outcome: Outcome) -> pd.DataFrame:
    assert outcome.daily is not None
    daily = outcome.daily.copy()
    daily.insert(0, "run", run)
    daily.insert(1, "arm", arm)
    return daily


def _measures(run: int, arm: str, outcome: Outcome) -> pd.DataFrame:
    names = list(outcome.measures)
    columns = {
        "measure": names,
        "unit": [EVERY[n].unit for n in names],
        "value": list(outcome.measures.values()),
    }
    return pd.DataFrame({"run": run, "arm": arm, **columns})
