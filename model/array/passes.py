"""Passes: a few days of every community, shared out among threads.

Threads take communities in small lots as they come free; what each of them tallies is whole numbers, so the
sums do not depend on who did what.
"""

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from linli.agents.traits import SPECIALITIES
from linli.model.array.day import EVENING, MORNING, run_pass
from linli.model.array.tables.columns import RECORD, SO_FAR, Days, Lived, Scratch, Tally, World, records
from linli.model.attribution.seen import compared
from linli.model.measures.hours import BINS
from linli.model.measures.spans import MAX_DURATION

LOT = 60_000
"""Residents in a lot, about: small enough to share out evenly and to show progress."""


NOTHING = compared(0, 0)
"""What a pass compares that lives one run alone."""


class QueueFull(RuntimeError):
    """A community has more unfinished matters than there is room for: the state is unusable."""

    is_explained = True

    @classmethod
    def at(cls, w: World, c: int) -> "QueueFull":
        """In the community at place c of the tables."""
        return cls(
            f"community {w.com['number'][c]} has more unfinished matters than there is room for: "
            "arrivals are too high or deadlines too long for this place"
        )


class Crew:
    """Threads with their scratch lists, which are made once and serve every pass of a city."""

    def __init__(self, w: World, threads: int) -> None:
        self.lots = _lots(w)
        self.threads = max(1, min(threads, len(self.lots)))
        self._scratch = [scratch_for(w) for _ in range(self.threads)]

    def live(self, of: Days, done: Callable[[int, int], None] | None = None) -> list[Tally]:
        """All communities live through the days of a pass. Returns what each thread tallied.

        done: told the lots that are through, and how many there are. Raises QueueFull.
        """
        days = len(of.levers)
        lots, lock, through = iter(self.lots), threading.Lock(), 0
        tallies = [tally_for(days) for _ in range(self.threads)]
        lived = [Lived(of, *own) for own in zip(tallies, self._scratch, strict=True)]

        def work(thread: int) -> int:
            nonlocal through
            while True:
                with lock:
                    lot = next(lots, None)
                if lot is None:
                    return 0
                one = lived[thread]
                full: int = run_pass(one, one, 1, 0, days, *lot, MORNING, EVENING, NOTHING)
                if full:
                    return full
                with lock:
                    through += 1
                    if done:
                        done(through, len(self.lots))

        if self.threads == 1:
            full = work(0)
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                full = max(pool.map(work, range(self.threads)))
        if full:
            raise QueueFull.at(of.w, full - 1)
        return tallies


def _lots(w: World) -> list[tuple[int, int]]:
    """Communities in lots of about the same number of residents."""
    starts = w.com["resident"]
    number = max(1, int(starts[-1]) // LOT)
    cuts = np.unique(np.searchsorted(starts, np.linspace(0, starts[-1], number + 1))).tolist()
    return list(itertools.pairwise(cuts))


def tally_for(days: int) -> Tally:
    """An empty tally of some days."""
    return Tally(
        rows=np.zeros(days, dtype=records(RECORD)),
        people=np.zeros((days, BINS), dtype=np.int32),
        minutes=np.zeros((days, BINS), dtype=np.int32),
        durations=np.zeros((days, MAX_DURATION), dtype=np.int64),
    )


MORE_THAN_ALL = 64
"""At most one household in 365 moves on the mean of a day: however small a place and bad its luck, so many
more than there are do not."""


def most_of(w: World, name: str) -> int:
    """One more than the largest community has of something that the communities divide."""
    return int(np.diff(w.com[name]).max(initial=0)) + 1


def scratch_for(w: World) -> Scratch:
    """Lists of one thread, long enough for the largest community."""
    people, slots, members = (most_of(w, name) for name in ("resident", "slot", "member"))
    return Scratch(
        so_far=np.zeros(1, dtype=records(SO_FAR)),
        deciding=np.zeros(people, dtype=np.int32),
        reason=np.zeros(people, dtype=np.int32),
        u_occasion=np.zeros(people, dtype=np.float64),
        u_acts=np.zeros(people, dtype=np.float64),
        u_next=np.zeros(people, dtype=np.float64),
        asked=np.zeros(people, dtype=np.int32),
        acting=np.zeros(people, dtype=np.int32),
        meeting=np.zeros(people, dtype=np.bool_),
        sight=np.zeros(most_of(w, "building"), dtype=np.int64),
        bout=np.zeros(people, dtype=np.int32),
        on_matters=np.zeros(people, dtype=np.int32),
        worked_on=np.zeros(people, dtype=np.int32),
        beside=np.zeros(people, dtype=np.int32),
        company=np.zeros(people, dtype=np.int32),
        place=np.zeros(people, dtype=np.float64),
        u_meets=np.zeros(people, dtype=np.float64),
        efficacy_from=np.zeros((0, 2)),
        learner=np.zeros(people + 8 * slots, dtype=np.int32),
        outcome=np.zeros(people + 8 * slots, dtype=np.float64),
        news=np.zeros(slots, dtype=np.int32),
        leader=np.zeros(people, dtype=np.int32),
        need=np.zeros(len(SPECIALITIES), dtype=np.int64),
        hired=np.zeros(most_of(w, "organisation"), dtype=np.int32),
        fields=np.zeros((len(SPECIALITIES), 2), dtype=np.int64),
        rooms=np.zeros(most_of(w, "compound"), dtype=np.bool_),
        idle=np.zeros(members, dtype=np.int32),
        u_drifts=np.zeros(members + 3, dtype=np.float64),
        order=np.zeros(slots, dtype=np.int32),
        leaving=np.zeros(most_of(w, "household") + MORE_THAN_ALL, dtype=np.int64),
    )
