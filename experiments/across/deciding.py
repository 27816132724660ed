"""Which assumptions decide: what each does to the effect, over worlds that all fit the evidence."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import spearmanr

from linli.experiments.across.explained import FEWEST, Share, share
from linli.experiments.statistics.paired import CONFIDENCE
from linli.model.errors import InputError

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Deciding:
    """A parameter. rank: rank correlation with the effect over worlds, inside low .. high; first: the share
    of the variance of effects that would go if it were known, with what goes along with it in these worlds;
    is_clear: whether the correlation is more than the largest of so many would be by chance."""

    parameter: str
    rank: float
    low: float
    high: float
    first: Share
    is_clear: bool


def deciding(parameters: pd.DataFrame, effect: ArrayLike) -> list[Deciding]:
    """Every parameter that differs between worlds, those first that decide most.

    parameters: a row a world; effect: of each. Raises InputError for too few worlds.
    """
    y = np.asarray(effect, dtype=float)
    known = ~np.isnan(y)
    if int(known.sum()) < FEWEST:
        raise InputError(f"{int(known.sum())} worlds are too few to tell what decides: {FEWEST} at least")
    x, y = parameters[known], y[known]
    varied = [str(name) for name in x if x[name].nunique() > 1]
    found = [_one(name, x[name].to_numpy(float), y, len(varied)) for name in varied]
    return sorted(found, key=lambda one: -max(one.first.share, one.rank**2))


def _one(name: str, x: Array, y: Array, among: int) -> Deciding:
    rank = float(spearmanr(x, y).statistic) if np.ptp(y) > 0.0 else 0.0
    n, r = len(y), float(np.clip(rank, -0.999, 0.999))
    # Fisher's z of a rank correlation; its error after Bonett & Wright 2000
    error = float(np.sqrt((1.0 + r * r / 2.0) / (n - 3)))
    z = float(ndtri(0.5 + CONFIDENCE / 2.0))
    low, high = (float(np.tanh(np.arctanh(r) + side * z * error)) for side in (-1.0, 1.0))
    surely = float(ndtri(1.0 - (1.0 - CONFIDENCE) / 2.0 / among))
    return Deciding(name, rank, low, high, share(x, y), abs(np.arctanh(r)) > surely / np.sqrt(n - 3))
