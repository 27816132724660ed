"""Both engines on the same place: nanoseconds a resident-day, and their ratio."""

from typing import Any

from linli.experiments.bench.sizes import Sizes
from linli.experiments.bench.timing import Arms, best_of, say
from linli.model.city import City
from linli.model.community import Community


def warm_up(sizes: Sizes) -> None:
    """Load or compile what both engines run."""
    for engine in (Community, City):
        engine(sizes.of("lane")).run_to(5)


def measure(sizes: Sizes) -> dict[str, Any]:
    """Time a year of each engine; building the place is not part of it. One thread."""
    warm_up(sizes)
    say(f"{sizes.place}: {sizes.days} days on each engine, {sizes.rounds} times")
    place = sizes.of(sizes.place)
    residents = Community(place).totals.residents

    def arms() -> Arms:
        mesa, array = Community(place), City(place)
        return {"mesa": lambda: mesa.run_to(sizes.days), "array": lambda: array.run_to(sizes.days)}

    best = best_of(sizes.rounds, arms)
    resident_days = residents * sizes.days
    return {
        "mesa_ns": 1e9 * best["mesa"] / resident_days,
        "array_ns": 1e9 * best["array"] / resident_days,
        "ratio": best["mesa"] / best["array"],
        "mesa_year_s": 365 / sizes.days * best["mesa"],
        "array_year_s": 365 / sizes.days * best["array"],
    }
