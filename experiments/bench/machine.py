"""What the memory of this machine can do, and what that means for our loops."""

from typing import Any

import numpy as np

from linli.agents.compiled import loop_in_place
from linli.experiments.bench.contagion import ours, workload
from linli.experiments.bench.sizes import Sizes
from linli.experiments.bench.timing import best_of, say

ROUNDS = 5
ELEMENT = 3 * 8
"""Bytes that a step of the triad moves: two numbers read, one written."""


@loop_in_place
def triad(a: Any, b: Any, c: Any, s: float) -> None:
    """a = b + s * c (McCalpin 1995, STREAM)."""
    for i in range(len(a)):
        a[i] = b[i] + s * c[i]


def measure(sizes: Sizes) -> dict[str, Any]:
    """Bandwidth of the triad on one thread [GB/s] and the floor of the contagion loop [ns an agent and step].

    The floor is the time to move the bytes that the loop cannot avoid, if nothing else cost anything.
    """
    say(f"the machine: triad over three arrays of {8e-6 * sizes.triad:,.0f} MB")
    a, b, c = np.zeros(sizes.triad), np.ones(sizes.triad), np.ones(sizes.triad)
    triad(a, b, c, 2.0)
    best = best_of(ROUNDS, lambda: {"triad": lambda: triad(a, b, c, 3.0)})
    bandwidth = ELEMENT * sizes.triad / best["triad"] / 1e9
    return {"triad_gbs": bandwidth, "floor_ns": bytes_moved() / bandwidth}


def bytes_moved(people: int = 20_000, days: int = 40) -> float:
    """Bytes an agent and step that the contagion loop cannot avoid to move, mean of some days."""
    crowd = ours(*workload(people), threads=1)
    return _bytes(crowd, float(crowd.run(days).mean()) / people)


def _bytes(crowd: Any, acting: float) -> float:
    """crowd: as compiled columns; acting: share of agents who act, read their ties, and change their own
    fatigue and last act."""
    w, own = crowd.crowd, crowd.own
    mind = own.fatigue.itemsize + own.last_acted.itemsize
    read = own.theta.itemsize + mind + w.degree.itemsize + w.told.itemsize + w.tie_start.itemsize
    written = w.active.itemsize + w.told.itemsize
    return read + written + acting * (mind + float(w.degree.mean()) * w.ties.itemsize)
