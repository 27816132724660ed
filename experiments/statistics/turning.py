"""Where an effect changes its sign along an uncertain parameter."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from linli.experiments.statistics.means import half_width
from linli.experiments.statistics.pairs import Pairs
from linli.experiments.statistics.results import side_by_side

STEPS = 400
"""Places between the lowest and the highest value at which the effect is looked at."""


@dataclass(frozen=True)
class Turn:
    """An effect along a parameter. at: where its mean is zero, None if it never is in the range studied;
    low, high: where the interval of the effect includes zero, None if it nowhere does; open_low, open_high:
    whether that stretch ends only because the range does; first, last: signs (-1, 0, 1) of what is clear at
    both ends."""

    at: float | None
    low: float | None
    high: float | None
    open_low: bool
    open_high: bool
    first: int
    last: int


def turn(values: ArrayLike, effects: ArrayLike) -> Turn:
    """Where an effect turns; between the values studied it is taken as straight, seed by seed.

    values: of the parameter, ascending, shape (levels,); effects: shape (seeds, levels), complete. The
    stretch holds every value at which the paired effect is not clearly different from zero. If there are
    several zeros, the first is given.
    """
    x, y = np.asarray(values, dtype=float), np.atleast_2d(np.asarray(effects, dtype=float))
    places = np.linspace(x[0], x[-1], STEPS + 1)
    curves = np.array([np.interp(places, x, row) for row in y])
    mean = curves.mean(axis=0)
    sd = curves.std(axis=0, ddof=1) if len(y) > 1 else np.full(len(places), np.nan)
    half = np.array([half_width(float(s), len(y)) for s in sd])
    unclear = ~(np.abs(mean) > half)
    inside = np.flatnonzero(unclear)
    return Turn(
        at=_zero(places, mean),
        low=float(places[max(inside[0] - 1, 0)]) if len(inside) else None,
        high=float(places[min(inside[-1] + 1, STEPS)]) if len(inside) else None,
        open_low=bool(unclear[0]),
        open_high=bool(unclear[-1]),
        first=0 if unclear[0] else int(np.sign(mean[0])),
        last=0 if unclear[-1] else int(np.sign(mean[-1])),
    )


def _zero(places: NDArray[np.float64], mean: NDArray[np.float64]) -> float | None:
    """The first change of sign of a curve, by straight lines between places."""
    changes = np.flatnonzero(np.sign(mean[:-1]) * np.sign(mean[1:]) <= 0)
    if len(changes) == 0 or not mean.any():
        return None
    i = int(changes[0])
    rise = mean[i + 1] - mean[i]
    step = -mean[i] / rise if rise else 0.0
    return float(places[i] + step * (places[i + 1] - places[i]))


def turns(
    pairs: Pairs, parameter: str, measures: Sequence[str], by: Sequence[str] = ("arm",)
) -> pd.DataFrame:
    """Where the effect on each measure turns along a parameter, in each group of pairs."""
    rows = []
    for keys, group in pairs.groups(by):
        for measure in measures:
            table = effects_by_seed(group, parameter, measure)
            if table.shape[1] > 1 and len(table):
                found = turn(table.columns.to_numpy(dtype=float), table.to_numpy())
                row = {**keys, "parameter": parameter, "measure": measure}
                rows.append({**row, **dataclasses.asdict(found), "runs": len(table)})
    return pd.DataFrame(rows)


def effects_by_seed(pairs: Pairs, parameter: str, measure: str) -> pd.DataFrame:
    """Effects by seed (rows) and value of a parameter (columns), over conditions that have every value."""
    table = pairs.keys.assign(effect=pairs.after[measure] - pairs.before[measure])
    return side_by_side(table, [parameter], ["effect"])["effect"]
