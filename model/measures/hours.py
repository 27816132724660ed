"""How unequally people give their time: a histogram of minutes given since the year began.

Kept while people act, so that shares of the most active need no sorting; whole numbers only.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linli.agents.compiled import loop

BIN = 10
"""Width of a bin [minutes]."""
BINS = 4000
"""The last bin holds everything above 39,990 minutes a year."""


class HoursGiven:
    """Counts of adults, and the minutes they gave, by minutes given."""

    def __init__(self, adults: int) -> None:
        self.people: NDArray[np.int64] = np.zeros(BINS, dtype=np.int64)
        self.minutes: NDArray[np.int64] = np.zeros(BINS, dtype=np.int64)
        self.people[0] = adults

    @classmethod
    def of(cls, minutes: ArrayLike) -> "HoursGiven":
        """Of adults by what each of them has given this year [minutes]."""
        given = np.asarray(minutes, dtype=np.int64)
        bins = np.minimum(given // BIN, BINS - 1)
        hours = cls(0)
        hours.people[:] = np.bincount(bins, minlength=BINS)
        np.add.at(hours.minutes, bins, given)
        return hours

    def move(self, before: int, after: int, person: bool = True) -> None:
        """Somebody's minutes of the year changed. person: whether they count (adults do)."""
        if not person:
            return
        low, high = min(before // BIN, BINS - 1), min(after // BIN, BINS - 1)
        self.people[low] -= 1
        self.minutes[low] -= before
        self.people[high] += 1
        self.minutes[high] += after

    def new_year(self) -> None:
        """Everybody starts again from zero."""
        adults = int(self.people.sum())
        self.people[:] = 0
        self.minutes[:] = 0
        self.people[0] = adults

    def top_share(self, share: float) -> float:
        """Share of all minutes given by the most active `share` of adults; nan when nobody gave any."""
        return float(top_share(self.people, self.minutes, share))

    def gini(self) -> float:
        """Gini coefficient of minutes given, zeros included; nan when nobody gave any."""
        return float(gini(self.people, self.minutes))

    def days(self, people: NDArray[Any], minutes: NDArray[Any]) -> list["Shares"]:
        """How unequal it is after each of some days. people, minutes: changes, shape (days, BINS)."""
        after = _shares_of_days(self.people, self.minutes, people, minutes)
        return [Shares(*day) for day in after.tolist()]

    def shares(self) -> "Shares":
        """How unequal it is today."""
        filled = int(np.flatnonzero(self.people)[-1]) + 1  # nobody is in the bins above
        people, minutes = self.people[:filled], self.minutes[:filled]
        top_1, top_7, top_10 = (top_share(people, minutes, share) for share in (0.01, 0.07, 0.10))
        return Shares(top_1, top_7, top_10, gini(people, minutes))


class Shares(NamedTuple):
    """How unequally this year's minutes are given: shares of the most active adults, and the Gini coefficient
    (zeros included); nan while nobody has given any."""

    top_1: float
    top_7: float
    top_10: float
    gini: float


NO_SHARES = Shares(*[float("nan")] * 4)
"""Of a run that no day has passed of."""


@loop
def _totals(people, minutes):
    """All minutes given, and everybody."""
    given, everybody = 0, 0
    for b in range(len(people)):
        given += minutes[b]
        everybody += people[b]
    return given, everybody


@loop
def top_share(people, minutes, share):
    """Share of all minutes given by the most active `share` of people.

    people, minutes: histogram by minutes given, ascending. Inside a bin people count as equal.
    """
    given, everybody = _totals(people, minutes)
    if given == 0:
        return np.nan
    wanted = share * everybody
    counted, theirs = 0, 0
    for b in range(len(people) - 1, -1, -1):
        if people[b] > 0 and counted + people[b] >= wanted:
            return (theirs + minutes[b] * ((wanted - counted) / people[b])) / given
        counted += people[b]
        theirs += minutes[b]
    return 1.0


@loop
def _shares_of_days(people, minutes, more_people, more_minutes):
    """Add the changes of some days; the four shares after each. Shape: days, 4."""
    shares = np.empty((len(more_people), 4))
    for t in range(len(more_people)):
        filled = 0
        for b in range(BINS):
            people[b] += more_people[t, b]
            minutes[b] += more_minutes[t, b]
            if people[b] > 0:
                filled = b + 1
        for k, share in enumerate((0.01, 0.07, 0.10)):
            shares[t, k] = top_share(people[:filled], minutes[:filled], share)
        shares[t, 3] = gini(people[:filled], minutes[:filled])
    return shares


@loop
def gini(people, minutes):
    """Gini coefficient of minutes given: one minus twice the area under the Lorenz curve."""
    given, everybody = _totals(people, minutes)
    if given == 0:
        return np.nan
    area, below = 0.0, 0
    for b in range(len(people)):
        area += people[b] / everybody * ((2 * below + minutes[b]) / given)
        below += minutes[b]
    return 1.0 - area
