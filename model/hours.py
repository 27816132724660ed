"""How unequally people give their time: a histogram of minutes given since the year began.

Kept while people act, so that shares of the most active need no sorting; whole numbers only.
"""

import numpy as np
from numpy.typing import NDArray

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

    def copy(self) -> "HoursGiven":
        """A copy that later days do not change."""
        twin = HoursGiven(0)
        twin.people, twin.minutes = self.people.copy(), self.minutes.copy()
        return twin

    def top_share(self, share: float) -> float:
        """Share of all minutes given by the most active `share` of adults; nan when nobody gave any."""
        total = int(self.minutes.sum())
        if total == 0:
            return float("nan")
        wanted = share * float(self.people.sum())
        people = np.concatenate([[0.0], np.cumsum(self.people[::-1])])
        minutes = np.concatenate([[0.0], np.cumsum(self.minutes[::-1])])
        return float(np.interp(wanted, people, minutes)) / total

    def gini(self) -> float:
        """Gini coefficient of minutes given, zeros included; nan when nobody gave any."""
        total = int(self.minutes.sum())
        if total == 0:
            return float("nan")
        people = self.people / self.people.sum()
        below = np.concatenate([[0.0], np.cumsum(self.minutes) / total])
        return float(1.0 - np.sum(people * (below[1:] + below[:-1])))
