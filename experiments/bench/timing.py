"""Taking the time of several arms on a machine that has other things to do, too."""

import sys
from collections.abc import Callable, Mapping
from time import perf_counter

Arms = Mapping[str, Callable[[], object]]
"""The work of each arm. Whatever is not to be timed is done before."""


def seconds(work: Callable[[], object]) -> float:
    """How long it takes [s]."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def best_of(rounds: int, arms: Callable[[], Arms]) -> dict[str, float]:
    """The shortest time of each arm [s]: what others do on the machine can only lengthen it.

    arms: prepares the arms of a round. Every round takes all of them, one forth, the next one back, so that
    a slow moment or a warm cache favours nobody.
    """
    times: dict[str, list[float]] = {}
    for number in range(rounds):
        prepared = list(arms().items())
        for name, work in prepared if number % 2 == 0 else reversed(prepared):
            times.setdefault(name, []).append(seconds(work))
    return {name: min(taken) for name, taken in times.items()}


def say(message: str) -> None:
    """What is being done, on standard error."""
    print(f"linli: bench: {message}", file=sys.stderr, flush=True)
