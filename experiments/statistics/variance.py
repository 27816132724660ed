"""Which parameters matter: Morris' elementary effects, and Sobol' indices. Computed by SALib.

Points come from `experiments.study.design` on the unit cube, so an effect is that of going from one end of a
parameter's range to the other.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linli.experiments.output.extras import library
from linli.experiments.statistics.paired import CONFIDENCE
from linli.experiments.study.design import MORRIS_LEVELS, unit_problem
from linli.model.errors import InputError

RESAMPLES = 1000
"""Bootstrap samples for an interval."""
INERT = 0.05
"""A parameter whose effect is below this share of the largest one is called inert."""

Array = NDArray[np.float64]


def screening(names: Sequence[str], points: Array, values: Array, seed: int) -> pd.DataFrame:
    """Elementary effects of each parameter, the largest first.

    mu_star: mean of their absolute values, with the half width of its interval; sigma: their spread (other
    parameters matter for this one, or it is not linear); inert: whether mu_star is next to nothing.
    Source: Morris 1991; Campolongo et al. 2007. points: on the unit cube; seed: 1 or more.
    """
    _varies(values)
    analyze = library("SALib.analyze.morris", "screening").analyze
    found = analyze(
        unit_problem(list(names)),
        points,
        values,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        num_levels=MORRIS_LEVELS,
        seed=_seeded(seed),
    )
    columns = {"parameter": list(names), "mu_star": found["mu_star"], "half": found["mu_star_conf"]}
    table = pd.DataFrame({**columns, "mu": found["mu"], "sigma": found["sigma"]})
    table = table.sort_values("mu_star", ascending=False, kind="stable").reset_index(drop=True)
    return table.assign(inert=table["mu_star"] < INERT * table["mu_star"].max())


def indices(names: Sequence[str], values: Array, seed: int) -> pd.DataFrame:
    """Sobol' indices of each parameter, the largest total first, with half widths of their intervals.

    total: share of the variance that would be left if all else were known; first: share that goes if the
    parameter alone were known. Source: Saltelli et al. 2010. values: in the order of the design; seed: 1 or
    more.
    """
    _varies(values)
    analyze = library("SALib.analyze.sobol", "Sobol' indices").analyze
    found = analyze(
        unit_problem(list(names)),
        values,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        seed=_seeded(seed),
    )
    columns = {"parameter": list(names), "total": found["ST"], "total_half": found["ST_conf"]}
    table = pd.DataFrame({**columns, "first": found["S1"], "first_half": found["S1_conf"]})
    return table.sort_values("total", ascending=False, kind="stable").reset_index(drop=True)


def _seeded(seed: int) -> int:
    """SALib takes a seed of 0 for none."""
    if seed < 1:
        raise InputError(f"the seed of an analysis must be 1 or more, not {seed}")
    return seed


def _varies(values: Array) -> None:
    if not np.ptp(values) > 0.0:
        raise InputError("the response is the same at every point: no parameter moves it")
