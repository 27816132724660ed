"""What the evidence says about every parameter, and what it leaves open."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.stats import kstest, spearmanr

from linli.experiments.calibration.emulator import Array
from linli.experiments.calibration.lived import NEED
from linli.experiments.calibration.search import QUANTILES, Search

SURE = 0.01
"""A posterior counts as another distribution than the prior, and a pair as traded off, if chance alone would
show as much in one of so many calibrations (over all parameters, or pairs, together)."""


@dataclass(frozen=True)
class Marginal:
    """One parameter. low, high: the prior; middle, least, most: median and 90 % interval of the worlds;
    narrowed: by how much their standard deviation is less than the prior's (negative: wider); identified:
    whether the worlds differ from the prior by more than chance."""

    name: str
    low: float
    high: float
    middle: float
    least: float
    most: float
    narrowed: float
    identified: bool


@dataclass(frozen=True)
class Pair:
    """Two parameters that trade off: where one is high the other is low (rank correlation below zero), or
    high too."""

    one: str
    other: str
    correlation: float


@dataclass(frozen=True, eq=False)
class Identified:
    """All that the evidence says: of each parameter, of pairs, and where figures lie in their bands."""

    parameters: list[Marginal]
    pairs: list[Pair]
    figures: pd.DataFrame


def identified(search: Search, worlds: pd.DataFrame) -> Identified:
    """From worlds that fit, of which there are some."""
    return Identified(marginals(search, worlds), pairs(search, worlds), met(search, worlds))


def marginals(search: Search, worlds: pd.DataFrame) -> list[Marginal]:
    """Of every free parameter, the most narrowed first."""
    unit = search.prior.unit(worlds)
    found = [
        marginal(factor.name, factor.low, factor.high, worlds[factor.name], unit[:, column], unit.shape[1])
        for column, factor in enumerate(search.prior.factors)
    ]
    return sorted(found, key=lambda one: -one.narrowed)


def marginal(name: str, low: float, high: float, values: pd.Series, unit: Array, of: int) -> Marginal:
    """Of one parameter. values: of each world; unit: the same in the prior's range as 0 to 1; of: so many are
    looked at together."""
    least, middle, most = (float(v) for v in np.quantile(values, QUANTILES))
    whole = values.dtype.kind == "i"
    # values of a whole number are spread over its part of the range, as the prior's are
    parts = (np.arange(len(unit)) + 0.5) / len(unit)
    spread = (unit * (high - low) + parts) / (high - low + 1.0) if whole else unit
    surprise = kstest(spread, "uniform").pvalue
    narrowed = 1.0 - float(np.std(spread)) * np.sqrt(12.0)
    return Marginal(name, low, high, middle, least, most, narrowed, bool(surprise < SURE / of))


def pairs(search: Search, worlds: pd.DataFrame) -> list[Pair]:
    """Pairs of parameters that trade off, n_bar's aside, the strongest first."""
    names = search.prior.names
    among = list(combinations(names, 2))
    found = []
    for one, other in among:
        correlation, surprise = spearmanr(worlds[one], worlds[other])
        if surprise < SURE / len(among):
            found.append(Pair(one, other, float(correlation)))
    return sorted(found, key=lambda pair: -abs(pair.correlation))


def met(search: Search, worlds: pd.DataFrame) -> pd.DataFrame:
    """Every figure worlds were judged by, beside where they lie in its band, and the usual need."""
    names = [*(f.measure for f in search.targets), NEED]
    quantiles = worlds[names].quantile([*QUANTILES]).T
    return quantiles.set_axis(["least", "middle", "most"], axis=1).rename_axis("measure").reset_index()
