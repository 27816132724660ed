"""What all kinds of contagion have in common: a crowd in blocks, who looks at ties and who tells them.

As in `model.array.phases.ties`, those who change tell their ties, instead of everybody looking at all of
theirs: most people do not change on a day. People are taken in blocks that stay in the cache, and each
question is put to a whole block before the next one, in loops that compile to vector instructions.

What is told on a day is read on the next, from a page of its own for every thread: so threads need to wait
for each other only at the end of a day, and the result does not depend on their number.
"""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linli.agents.chance import draws, key
from linli.agents.compiled import loop, part
from linli.model.errors import InputError
from linli.model.network import Network
from linli.model.theory.ties import Ties

BLOCK = 1024
"""People who are taken together."""
MOST_TIES = 2**32 - 1
"""Entries of rows are counted by 32 bits."""


class Crowd(NamedTuple):
    """Everybody, and who is tied to whom.

    active: on the last day; everybody: whether all are tied to all, then without rows of ties; ties of i:
    `ties[tie_start[i]:tie_start[i + 1]]`, degree of them; told: what changed among the ties, as each thread
    told it for even and for odd days, shape (2, threads, people).
    """

    active: NDArray[np.bool_]
    everybody: bool
    degree: NDArray[Any]
    tie_start: NDArray[np.uint32]
    ties: NDArray[np.uint32]
    told: NDArray[Any]


class Scratch(NamedTuple):
    """A block at work; each thread has its own. who, other: numbers inside the block."""

    u: NDArray[np.float64]
    appeal: NDArray[np.float64]
    seen: NDArray[Any]
    who: NDArray[np.uint32]
    other: NDArray[np.uint32]
    touched: NDArray[np.uint32]


def count_type(ties: Ties) -> np.dtype[Any]:
    """The smallest signed type that holds how many of one's ties are active, or cease to be."""
    most = int(ties.degrees.max()) if isinstance(ties, Network) else len(ties) - 1
    return np.min_scalar_type(-most - 1)


def crowd_of(ties: Ties, active: NDArray[np.bool_], threads: int) -> Crowd:
    """A crowd whose ties have been told who is active at first."""
    count, people = count_type(ties), len(ties)
    if not isinstance(ties, Network):
        nobody, nothing = np.zeros((2, threads, 0), dtype=count), np.zeros(1, dtype=np.uint32)
        degree = np.full(people, people - 1, dtype=count)
        return Crowd(active.copy(), True, degree, nothing, nothing, nobody)
    if len(ties.ties) > MOST_TIES:
        raise InputError(f"the network has {len(ties.ties)} entries: a contagion runs on {MOST_TIES} at most")
    told = np.zeros((2, threads, people), dtype=count)
    start, rows = ties.start.astype(np.uint32), ties.ties.view(np.uint32)
    _tell_all(active, start, rows, told[0, 0])
    return Crowd(active.copy(), False, ties.degrees.astype(count), start, rows, told)


@loop
def _tell_all(active, start, ties, seen):
    """Count for everybody how many ties are active."""
    for i in range(len(active)):
        if active[i]:
            for t in range(start[i], start[i + 1]):
                seen[ties[t]] += 1


def crowd_bytes(ties: Ties, threads: int) -> int:
    """Memory that a crowd takes beside its network, of whatever kind its contagion is [bytes]."""
    count, rows = count_type(ties).itemsize, isinstance(ties, Network)
    columns = 8 + 8 + 4  # motive, fatigue and last act; thresholds and infections take less
    return len(ties) * (1 + columns + 2 * count + (4 + 2 * threads * count if rows else 0))


def scratch_for(crowd: Crowd) -> Scratch:
    """Room for a block. Each thread needs its own."""
    return Scratch(
        np.zeros(BLOCK),
        np.zeros(BLOCK),
        np.zeros(BLOCK, dtype=crowd.told.dtype),
        np.zeros(BLOCK + 1, dtype=np.uint32),
        np.zeros(BLOCK + 1, dtype=np.uint32),
        np.zeros(2 * BLOCK, dtype=np.uint32),
    )


def shared_out(people: int, threads: int) -> list[tuple[int, int]]:
    """Ranges of people, one a thread, whole blocks but for the last."""
    blocks = -(-people // BLOCK)
    cuts = [min(people, BLOCK * (blocks * t // threads)) for t in range(threads + 1)]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


@part
def draw_block(seed, base, end, day, decision, word, u):
    """A uniform for each of the people base .. end-1: a word of the draw that decides for this person."""
    for j in range(end - base):
        u[j] = draws(seed, key(0, base + j), day, decision, 0)[word]


@part
def look(w, day, base, end, active_before, seen):
    """Add to `seen` what the ties of a block told since yesterday; their pages are blank again.

    Where everybody is tied to everybody, seen is who was active but for oneself.
    active_before: active on the last day, in the whole crowd [count].
    """
    if w.everybody:
        for j in range(end - base):
            seen[j] = active_before - w.active[base + j]
        return
    today = w.told[day % 2]
    for thread in range(len(today)):
        page = today[thread][base:end]
        for j in range(len(page)):
            seen[j] += page[j]
        page[:] = 0


@part
def tell(w, day, thread, base, who, n, touched, change):
    """The first n of `who` tell their ties that one more (1) or one less (-1) of them is active."""
    if w.everybody:
        return
    tomorrow = w.told[(day + 1) % 2, thread]
    start, ties, last = w.tie_start[base:], w.ties, len(w.ties) - 1
    for at in range(n):  # touch all rows first: to wait for many at once is shorter
        j = who[at]
        touched[2 * at] = ties[min(start[j], last)]
        touched[2 * at + 1] = ties[min(start[j + 1], last)]
    for at in range(n):
        j = who[at]
        for t in range(start[j], start[j + 1]):
            tomorrow[ties[t]] += change
