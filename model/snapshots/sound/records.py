"""Whether records that come from a file are those of the days before a morning."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.model.array.tables.columns import World
from linli.model.measures.hours import BINS, HoursGiven
from linli.model.measures.record import COLUMNS
from linli.model.measures.spans import MAX_DURATION
from linli.model.snapshots.sound.people import within

SHAPES = {"rows": len(COLUMNS), "durations": MAX_DURATION, "shares": 4}
"""How many numbers a day has."""


def check(arrays: Mapping[str, NDArray[Any]], w: World, day: int) -> None:
    """A ValueError unless days, durations, shares and hours given are those of a city's records."""
    rows, durations, shares = (arrays[name] for name in SHAPES)
    if not (
        all(arrays[name].shape == (day, length) for name, length in SHAPES.items())
        and all(arrays[name].dtype == np.int64 for name in ("rows", "durations"))
        and shares.dtype == np.float64
        and np.array_equal(rows[:, COLUMNS.index("day")], np.arange(day))
        and within(rows, 0, np.iinfo(np.int64).max)
        and within(durations, 0, np.iinfo(np.int64).max)
        and np.array_equal(durations.sum(axis=1), rows[:, COLUMNS.index("resolved")])
        and _are_shares(shares)
        and _hours(arrays, w)
    ):
        raise ValueError("the records do not fit the tables")


def _are_shares(shares: NDArray[Any]) -> bool:
    """Each day four shares; none as long as nobody has given any time."""
    none = np.isnan(shares)
    given = shares[~none.any(axis=1)]
    return bool((none.any(axis=1) == none.all(axis=1)).all()) and within(given, -1e-9, 1 + 1e-9)


def _hours(arrays: Mapping[str, NDArray[Any]], w: World) -> bool:
    """Whether the histogram is that of the minutes that adults have given this year."""
    com = w.com[:-1]
    grown = [w.adults[a : a + n] for a, n in zip(com["resident"], com["adults"], strict=True)]
    counted = HoursGiven.of(w.life["minutes_year"][np.concatenate(grown)])
    return all(
        arrays[f"hours.{name}"].dtype == np.int64
        and arrays[f"hours.{name}"].shape == (BINS,)
        and np.array_equal(arrays[f"hours.{name}"], getattr(counted, name))
        for name in ("people", "minutes")
    )
