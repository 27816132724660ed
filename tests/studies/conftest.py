"""Made-up results of a study whose answer is known: what sinking does is written into them."""

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from experiments.statistics.results import Results

ARMS = {"sinking": ({"name": "sink"}, {"name": "match"})}
DOSES, MUS, METHODS = (0.0, 2.0, 5.0, 10.0, 20.0), (0.0, 0.3, 0.7, 1.0), ("none", "random", "skill_time_wish")
BEND = 8.0
"""Doses beyond it add nothing."""
TURN = 0.5
"""Value of mu at which residents' own hours neither rise nor fall."""
FIT = {"none": 0.0, "random": 0.5, "skill_time_wish": 1.0}


def rows(
    seeds: int = 6,
    doses: Sequence[float] = DOSES,
    mus: Sequence[float] = MUS,
    methods: Sequence[str] = METHODS,
    noise: float = 1e-4,
) -> pd.DataFrame:
    """One row a run, as a store gives it: seeds differ by far more than what the policies do."""
    draws = np.random.default_rng(3)
    luck = draws.normal(0.0, 0.01, seeds)
    listed = []
    for point, (mu, method, dose) in enumerate(itertools.product(mus, methods, doses)):
        for arm, seed in itertools.product(("baseline", "sinking"), range(seeds)):
            row = {"run": f"{point} {arm} {seed}", "point": point, "arm": arm, "seed": seed, "status": "done"}
            row |= {"error": "", "mu": mu, "match_method": method, "sink_per1000": dose}
            on = float(arm == "sinking")
            listed.append(row | _measures(on * dose, FIT[method], mu, luck[seed], draws.normal(0, noise, 8)))
    return pd.DataFrame(listed)


def _measures(dose: float, fit: float, mu: float, luck: float, errors: np.ndarray) -> dict[str, float]:
    """engaged_share rises by a point at full dose and fit; own hours by .1 (1 - mu/TURN)."""
    done = min(dose, BEND) / BEND * fit
    e = iter(errors)
    return {
        "engaged_share": 0.1 + luck + 0.01 * done + next(e),
        "acts_spontaneous": 2.5 + luck + 0.02 * (1.0 - mu / TURN) * done + next(e),
        "self_reliance": 0.4 - 0.05 * done + next(e),
        "resident_matter_hours": 2.0 + 2.0 * luck + 0.1 * (1.0 - mu / TURN) * done + next(e),
        "resolved_without_residents": 0.68 + 0.03 * done + next(e),
        "true_resolution": 0.55 + 0.08 * done + next(e),
        "members_matched": 60.0 + 300.0 * done + next(e),
        "members_not_serving": 0.9 - 0.4 * done + next(e),
        "cost_hours": 1700.0 * done + dose,
        "cost_yuan": 70.0 * done + 0.5 * dose,
    }


@pytest.fixture
def made_up():
    """Makes results: `made_up(seeds=4, mus=[0.3])`."""

    def make(**changes):
        return Results.of(rows(**changes), ARMS)

    return make


@pytest.fixture
def made_up_rows():
    """Makes the rows that results are read from."""
    return rows
