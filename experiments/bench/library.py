"""What a call of `linli.simulate` costs beside the run in it: reading the scenario, settling, measuring."""

from typing import Any

from linli.experiments.bench.sizes import Sizes
from linli.experiments.bench.timing import Arms, best_of, say
from linli.experiments.library.simulated import simulate
from linli.model.city import City

PLACE = "lane"
"""A place so small that what surrounds a run shows."""


def measure(sizes: Sizes) -> dict[str, Any]:
    """Time a call by name, every round with another seed, and the days of the same run alone. One thread."""
    simulate(PLACE)
    say(f"{PLACE}: a call of simulate and its run alone, {sizes.calls} times")
    seeds = iter(range(1, sizes.calls + 1))

    def arms() -> Arms:
        seed = next(seeds)
        return {"call": lambda: simulate(PLACE, seed=seed), "run": City(PLACE, rng=seed).run}

    best = best_of(sizes.calls, arms)
    return {
        "call_ms": 1e3 * best["call"],
        "run_ms": 1e3 * best["run"],
        "ratio": best["call"] / best["run"],
    }
