"""Search for worlds that meet the evidence: points all over the ranges, then waves around the nearest ones.

Population Monte Carlo without weights: each wave moves the nearest quarter of all points so far by twice
their spread. What is found depends on the seed alone, not on the number of processes. `n_bar`, the usual
need in sight, is each world's own: it is measured in a run of its own before the world is judged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import qmc

from linli.experiments.calibration.beside import lived
from linli.experiments.evidence import Evidence, distance
from linli.experiments.output.progress import Progress
from linli.experiments.runner.pool import in_parallel
from linli.experiments.study.factors import Factor
from linli.model.errors import InputError
from linli.model.scenario import Scenario

FREE = (
    *("theta_mean=-9:-5", "sigma=2.5:4.5", "lambda0=0.03:0.15", "R=0:14", "rest_motive=0:1", "b_h=0:2"),
    *("s0=0.1:0.8", "theta_v=-3:0.5", "rho_v=0.01:0.15", "bout_median=1:3"),
)
"""What the evidence bears on, with its range."""

KEPT = 4
"""One in so many points is moved on."""
SPREAD = 2.0
"""Covariance of the moves, in that of the points that are moved (Beaumont et al. 2009)."""
NEED = "need_in_sight"


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is asked. scenario: with days and burn-in; free: what may move; targets: what it is judged by;
    points: a wave; waves: of them; runs: seeds each point is judged on, from the scenario's on."""

    scenario: Scenario
    free: tuple[Factor, ...]
    targets: tuple[Evidence, ...]
    points: int
    waves: int
    runs: int
    engine: str = "array"

    @property
    def days(self) -> int:
        """Days that are lived in all."""
        each = self.scenario.burn_in + self.scenario.days
        return self.waves * self.points * (self.runs + 1) * each


def parameters_only(factors: Sequence[Factor]) -> tuple[Factor, ...]:
    """Factors that can move in a world without policies. Raises InputError for an option of a policy."""
    for factor in factors:
        if factor.policy is not None:
            raise InputError(f"--free {factor.key}: a world has no policy; name a parameter")
    return tuple(factors)


def calibrate(search: Search, jobs: int, progress: Progress) -> pd.DataFrame:
    """Every point that was tried, nearest first: wave, parameters, n_bar, measures, and `distance`, which is
    at most 1 where all targets lie inside their bands."""
    random = np.random.default_rng(search.scenario.seed)
    unit = qmc.LatinHypercube(len(search.free), rng=random).random(search.points)
    progress.expect("worlds", search.days)
    tried: list[pd.DataFrame] = []
    for wave in range(search.waves):
        tried.append(
            _judged(search, wave, unit, jobs, partial(_reach, progress, wave * search.days // search.waves))
        )
        unit = _moved(pd.concat(tried), search, random)
    return pd.concat(tried).sort_values("distance", kind="stable").reset_index(drop=True)


def _reach(progress: Progress, before: int, days: int) -> None:
    progress.reach(before + days)


def _judged(
    search: Search, wave: int, unit: NDArray[np.float64], jobs: int, reached: Callable[[int], None]
) -> pd.DataFrame:
    points = [{f.name: f.at(u) for f, u in zip(search.free, row, strict=True)} for row in unit.tolist()]
    rows = in_parallel(partial(_world, search=search), points, jobs, reached)
    units = pd.DataFrame(unit, columns=[f"u_{f.name}" for f in search.free])
    return pd.concat([units, pd.DataFrame(rows)], axis=1).assign(wave=wave)


def _world(point: Mapping[str, Any], tick: Callable[[], None], search: Search) -> dict[str, Any]:
    """A point with its measures, means over seeds, and its distance from the evidence."""
    need = lived(search.scenario.but(parameters=point), tick, search.engine)[NEED]
    world = {**point, "n_bar": round(max(need, 0.1), 3)}
    settings = search.scenario.but(parameters=world)
    seeds = [settings.but(seed=settings.seed + run) for run in range(search.runs)]
    runs = [lived(scenario, tick, search.engine) for scenario in seeds]
    shown = {name: float(np.mean([m[name] for m in runs])) for name in runs[0]}
    return {**world, **shown, "distance": distance(shown, search.targets)}


def _moved(tried: pd.DataFrame, search: Search, random: np.random.Generator) -> NDArray[np.float64]:
    """The next wave: near points moved on, drawn anew where they would leave a range."""
    units = tried[[f"u_{f.name}" for f in search.free]].to_numpy()
    near = units[np.argsort(tried["distance"].to_numpy(), kind="stable")[: max(2, len(tried) // KEPT)]]
    spread = SPREAD * np.atleast_2d(np.cov(near, rowvar=False)) + 1e-9 * np.eye(units.shape[1])
    factor = np.linalg.cholesky(spread)
    made: list[NDArray[np.float64]] = []
    while len(made) < search.points:
        point = near[random.integers(len(near))] + factor @ random.standard_normal(units.shape[1])
        if ((point >= 0.0) & (point <= 1.0)).all():
            made.append(point)
    return np.array(made)


def fitting(tried: pd.DataFrame) -> pd.DataFrame:
    """The worlds in which every target lies inside its band, nearest first."""
    return tried[tried["distance"] <= 1.0]


def steadiest(tried: pd.DataFrame, free: Sequence[Factor]) -> dict[str, Any] | None:
    """Of the worlds that fit, the one nearest to their middle: what stands for them; None if none fits."""
    fit = fitting(tried)
    if fit.empty:
        return None
    units = fit[[f"u_{f.name}" for f in free]].to_numpy()
    away = ((units - np.median(units, axis=0)) ** 2).sum(axis=1)
    return dict(fit.iloc[int(away.argmin())])
