"""Does a resident-day cost the same in a small city and in a large one? One thread."""

from dataclasses import replace
from typing import Any

from linli.experiments.bench.sizes import Sizes
from linli.experiments.bench.timing import best_of, say
from linli.model.city import City
from linli.model.scenario import load


def measure(sizes: Sizes) -> list[dict[str, Any]]:
    """Nanoseconds a resident-day with so many of the communities, small and large ones as in the city."""
    City("lane").run_to(5)  # loads what is compiled
    return [_measure(sizes, communities) for communities in sizes.communities]


def _measure(sizes: Sizes, communities: int | None) -> dict[str, Any]:
    say(f"{sizes.city}: {communities or 'all'} communities, {sizes.scaling_days} days")
    settings = load(sizes.city)
    if communities is not None:
        settings = settings.but(place=replace(settings.place, sampled=communities))
    city = City(settings)
    city.run_to(5)
    best = best_of(sizes.rounds, lambda: {"run": lambda: city.run_to(city.day + sizes.scaling_days)})
    residents = city.totals.residents
    return {"residents": residents, "ns": 1e9 * best["run"] / (residents * sizes.scaling_days)}
