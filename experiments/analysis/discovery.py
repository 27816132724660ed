"""What `linli discover` does: under which uncertain conditions do the policies of an arm raise a measure, and
under which do they lower it? By default the measure is residents' own hours on matters."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from linli.experiments.statistics.boxes import FEWEST, Box, cart, prim
from linli.experiments.statistics.pairs import against_baseline
from linli.experiments.statistics.results import Results
from linli.model.errors import InputError, unknown

MEASURE = "resident_matter_hours"
RAISES, LOWERS, UNCLEAR = 1, -1, 0
NORMAL = 1.959963984540054
"""Quantile of the normal distribution: the spread is pooled over many points."""


@dataclass(frozen=True, eq=False)
class Discovery:
    """Boxes of one arm and measure.

    points: a row a point, with its factors, effect and class (1 raises, -1 lowers, 0 unclear); half: half
    width of the interval of a point's effect, 0 if a single seed leaves it open; raises, lowers: boxes by
    PRIM, None where there is none; leaves: of a classification tree, each with the share of every class.
    """

    arm: str
    measure: str
    factors: tuple[str, ...]
    points: pd.DataFrame
    half: float
    raises: Box | None
    lowers: Box | None
    leaves: list[tuple[Box, dict[int, float]]]

    def share(self, what: int) -> float:
        """The share of points of a class."""
        return float((self.points["class"] == what).mean())


def discover(results: Results, measure: str = MEASURE, arm: str | None = None) -> Discovery:
    """Boxes for one arm. Raises InputError for names that are not there and for too few points."""
    if measure not in results.measures:
        raise unknown("measure of this study", measure, results.measures)
    arm = _one_arm(results, arm)
    pairs = against_baseline(results)
    pairs = pairs.where(pairs.keys["arm"] == arm)
    factors = tuple(name for name in results.varied if pairs.keys[name].nunique() > 1)
    if not factors:
        raise InputError(f"nothing varies in arm {arm}: discovery needs a study with factors")
    table = pairs.keys[list(factors)].assign(point=pairs.points, effect=pairs.differences[measure])
    points, half = _points(table.dropna(subset=["effect"]), factors)
    return boxes_among(points, factors, half, arm, measure)


def boxes_among(
    points: pd.DataFrame, factors: tuple[str, ...], half: float, arm: str, measure: str
) -> Discovery:
    """Boxes among points that have their factors, effect and class."""
    if len(points) < FEWEST:
        raise InputError(f"{len(points)} points are too few to find boxes in: {FEWEST} at least")
    kinds = points["class"].to_numpy()
    x = points[list(factors)]
    return Discovery(
        arm=arm,
        measure=measure,
        factors=factors,
        points=points,
        half=half,
        raises=prim(x, kinds == RAISES),
        lowers=prim(x, kinds == LOWERS),
        leaves=cart(x, kinds),
    )


def _one_arm(results: Results, arm: str | None) -> str:
    if not results.has_baseline:
        raise InputError("discovery compares an arm with the baseline: this study has no arms")
    if arm is None and len(results.arms) > 1:
        raise InputError(f"this study has several arms: add --arm, one of {', '.join(results.arms)}")
    if arm is not None and arm not in results.arms:
        raise unknown("arm", arm, results.arms)
    return arm or results.arms[0]


def _points(table: pd.DataFrame, factors: tuple[str, ...]) -> tuple[pd.DataFrame, float]:
    """Effects by point, and how far an effect must lie from zero to be clear."""
    by = table.groupby("point")
    points = by[list(factors)].first().assign(effect=by["effect"].mean(), runs=by["effect"].count())
    free = int((points["runs"] - 1).sum())
    if free:
        centred = table["effect"] - by["effect"].transform("mean")
        sd = float(np.sqrt((centred**2).sum() / free))
        half = NORMAL * sd / np.sqrt(points["runs"])
    else:
        half = pd.Series(0.0, index=points.index)
    kinds = (points["effect"] > half).astype(int) - (points["effect"] < -half).astype(int)
    return points.assign(**{"class": kinds}).reset_index(), float(half.mean())
