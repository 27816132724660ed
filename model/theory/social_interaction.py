"""Contagion: everybody decides every day, and looks at nothing but the neighbours and the own tiredness.

The rule of participation at its barest, by which simulators of this kind are compared: no occasions, no asks,
no matters. A day is synchronous: all decide from what was so yesterday,

    p = 1 / (1 + exp(-(motive + J * share - fatigue))),    fatigue <- (1 - delta_F) * fatigue + phi * active

where share is the share of one's ties who were active yesterday (Brock & Durlauf 2001).

As in `model.array.ties`, those who act tell their ties, instead of everybody looking at all of theirs: most
people do not act on a day. People are taken in blocks that stay in the cache, and each question is put to a
whole block before the next one, in loops that compile to vector instructions.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agents.chance import draws, key
from agents.compiled import loop, loop_in_place, part
from agents.decision import OCCASION
from agents.rules.learning import fatigue_after
from agents.rules.participation import active_share, appeal, takes_part
from model.errors import count_of
from model.network import Network

BLOCK = 1024
"""People who are taken together; a multiple of four, since one draw serves four people."""
BINS = 1024
"""Draws are sorted into so many bins before the rule is asked."""


class Crowd(NamedTuple):
    """Everybody, as columns.

    motive, fatigue: utilities [-]; active: acted on the last day; ties of i:
    `ties[tie_start[i]:tie_start[i + 1]]`; seen: how many ties were active, as each thread told it, for even
    and for odd days, shape (2, threads, people).
    """

    motive: NDArray[np.float64]
    fatigue: NDArray[np.float64]
    active: NDArray[np.bool_]
    degree: NDArray[Any]
    tie_start: NDArray[np.uint32]
    ties: NDArray[np.uint32]
    seen: NDArray[Any]


class Scratch(NamedTuple):
    """A block at work; each thread has its own. least: see `least_appeals`."""

    u: NDArray[np.float64]
    appeal: NDArray[np.float64]
    seen: NDArray[Any]
    acting: NDArray[np.uint32]
    touched: NDArray[np.uint32]
    least: NDArray[np.float64]


class Contagion:
    """People who decide every day whether to take part, as their neighbours do.

    motive: what speaks for acting by itself, a utility [-], shape people; network: who is tied to whom; J:
    pull of active neighbours [-]; phi: fatigue from an act [-]; delta_F: fatigue lost in a day [1/day]; seed:
    of all draws; threads: how many share the people out (the result does not depend on it). Nobody is active
    or tired at first. Raises InputError if the network does not fit or there is no thread.
    """

    def __init__(
        self,
        motive: ArrayLike,
        network: Network,
        *,
        J: float = 4.0,
        phi: float = 0.2,
        delta_F: float = 0.1,
        seed: int = 0,
        threads: int = 1,
    ) -> None:
        own = np.array(motive, dtype=np.float64)
        people = len(own)
        network.check(people)
        self.J, self.phi, self.left, self.seed, self.day = J, phi, 1.0 - delta_F, seed, 0
        self._blocks = _shared_out(people, count_of("threads", threads, 1))
        count = np.min_scalar_type(network.degrees.max())  # no smaller type could hold what people see
        self.crowd = Crowd(
            own,
            np.zeros(people),
            np.zeros(people, dtype=np.bool_),
            network.degrees.astype(count),
            network.start.astype(np.uint32),
            np.append(network.ties, 0).astype(np.uint32),  # the last row has a neighbour, too: see `_tell`
            np.zeros((2, len(self._blocks), people), dtype=count),
        )
        least = least_appeals(BINS)
        self._scratch = [_scratch(count, least) for _ in self._blocks]

    def run(self, days: int) -> NDArray[np.int64]:
        """Live through some days. Returns how many acted on each."""
        acting = np.zeros(days, dtype=np.int64)
        others = range(1, len(self._blocks))
        with ThreadPoolExecutor(max(1, len(others))) as pool:
            for t in range(days):
                elsewhere = [pool.submit(self._live, thread) for thread in others]
                acting[t] = self._live(0) + sum(done.result() for done in elsewhere)
                self.day += 1
        return acting

    def _live(self, thread: int) -> int:
        first, last = self._blocks[thread]
        return decide_and_tell(
            self.crowd, self.J, self.phi, self.left, self.seed, self.day, first, last, thread,
            self._scratch[thread],
        )  # fmt: skip


def _shared_out(people: int, threads: int) -> list[tuple[int, int]]:
    """Ranges of people, one a thread, whole blocks but for the last."""
    blocks = -(-people // BLOCK)
    cuts = [min(people, BLOCK * (blocks * t // threads)) for t in range(threads + 1)]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def _scratch(count: np.dtype[Any], least: NDArray[np.float64]) -> Scratch:
    return Scratch(
        np.zeros(BLOCK),
        np.zeros(BLOCK),
        np.zeros(BLOCK, dtype=count),
        np.zeros(BLOCK + 1, dtype=np.uint32),
        np.zeros(2 * BLOCK, dtype=np.uint32),
        least,
    )


@loop
def least_appeals(bins):
    """For each bin of draws, an appeal that is too low for everybody whose draw falls into it.

    Found from the rule by bisection at the smallest draw of the bin, because who draws more needs more
    appeal; a little less, so that the last bit of exp cannot matter. Shape: bins.
    """
    least = np.empty(bins)
    for k in range(bins):
        too_low, enough = -1000.0, 1000.0
        for _ in range(60):
            middle = 0.5 * (too_low + enough)
            if takes_part(middle, k / bins):
                enough = middle
            else:
                too_low = middle
        least[k] = too_low - 1e-9
    return least


def luck(seed: int, day: int, people: int) -> NDArray[np.float64]:
    """The draws that decide a day of `Contagion`. Shape: people."""
    u = np.empty(4 * -(-people // 4))
    _all_draws(seed, day, u)
    return u[:people]


@loop_in_place
def _all_draws(seed, day, u):
    _draw(seed, 0, day, u)


@loop_in_place
def decide_and_tell(w, J, phi, left, seed, day, first, last, thread, s):
    """The people first .. last-1 live through a day. Returns how many act.

    They read what was told yesterday and tell into the page of tomorrow, each thread into one of its own, so
    threads need to wait for each other only at the end of a day.
    """
    today, tomorrow = w.seen[day % 2], w.seen[(day + 1) % 2, thread]
    total = 0
    for base in range(first, last, BLOCK):
        end = min(base + BLOCK, last)
        _draw(seed, base // 4, day, s.u)
        _look(today, base, end, s.seen)
        _weigh(w.motive[base:end], w.fatigue[base:end], w.degree[base:end], J, s.seen, s.appeal)
        n = _decide(s, end - base)
        _tire(w.fatigue[base:end], w.active[base:end], left, phi, s.acting, n)
        _tell(w.tie_start[base : end + 1], w.ties, s, n, tomorrow)
        total += n
    return total


@part
def _draw(seed, first, day, u):
    """A uniform for everybody in a block that begins with person 4 * first: four people share a draw."""
    for k in range(len(u) // 4):
        a, b, c, d = draws(seed, key(0, first + k), day, OCCASION, 0)
        u[4 * k], u[4 * k + 1], u[4 * k + 2], u[4 * k + 3] = a, b, c, d


@part
def _look(today, base, end, seen):
    """How many ties were active, by what all threads told; their pages are blank again."""
    seen[:] = 0
    for thread in range(len(today)):
        page = today[thread][base:end]
        for j in range(len(page)):
            seen[j] += page[j]
        page[:] = 0


@part
def _weigh(motive, fatigue, degree, J, seen, appeals):
    """What speaks for acting, for everybody in a block: nobody is asked or serves, feelings are neutral."""
    for j in range(len(motive)):
        share = active_share(seen[j], 0, degree[j], 1.0)
        appeals[j] = appeal(motive[j], J, share, 0.0, 0.0, 0.5, 0.0, 0.5, fatigue[j])


@part
def _decide(s, people):
    """Who acts, in `s.acting`; returns how many. Only those are asked whose draw leaves it open."""
    possible = 0
    for j in range(people):
        s.acting[possible] = j
        possible += s.appeal[j] > s.least[np.uint32(s.u[j] * BINS)]
    n = 0
    for at in range(possible):
        j = s.acting[at]
        s.acting[n] = j
        n += takes_part(s.appeal[j], s.u[j])
    return n


@part
def _tire(fatigue, active, left, phi, acting, n):
    """A day of rest for everybody, then the act of those who act; everything in vectors but the few acts."""
    for j in range(len(fatigue)):
        fatigue[j] *= left
    active[:] = False
    for at in range(n):
        j = acting[at]
        fatigue[j] = fatigue_after(fatigue[j], 1.0, phi, False)
        active[j] = True


@part
def _tell(tie_start, ties, s, n, tomorrow):
    """Those who act tell their ties."""
    for at in range(n):  # touch all rows first: to wait for many at once is shorter
        j = s.acting[at]
        s.touched[2 * at] = ties[tie_start[j]]
        s.touched[2 * at + 1] = ties[tie_start[j + 1]]
    for at in range(n):
        j = s.acting[at]
        for t in range(tie_start[j], tie_start[j + 1]):
            tomorrow[ties[t]] += 1
