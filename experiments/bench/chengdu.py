"""The whole city: seconds and memory to build it, for a day and for a year."""

import os
import resource
import sys
from time import process_time
from typing import Any

from linli.experiments.bench.sizes import Sizes
from linli.experiments.bench.timing import say, seconds
from linli.model.city import City


def processors() -> int:
    """As many threads as there are processors."""
    return os.cpu_count() or 1


def measure(sizes: Sizes) -> dict[str, Any]:
    """Build it, run one day, then a year, on all processors. Run this in a process of its own."""
    City(sizes.of("lane"), threads=processors()).run_to(5)  # loads what is compiled
    say(f"{sizes.city}: building it, then {sizes.city_days} days on {processors()} threads")
    cities: list[City] = []
    settings = sizes.of(sizes.city)
    settings = settings.but(days=max(settings.days, 1 + sizes.city_days))
    build = seconds(lambda: cities.append(City(settings, threads=processors())))
    city = cities[0]
    day = seconds(lambda: city.run_to(1))
    cpu = process_time()
    year = seconds(lambda: city.run_to(1 + sizes.city_days))
    cpu = process_time() - cpu
    to_a_year = 365 / sizes.city_days
    return {
        "residents": city.totals.residents,
        "build_s": build,
        "day_s": day,
        "year_s": to_a_year * year,
        "cpu_year_s": to_a_year * cpu,
        "peak_gb": peak_memory(),
    }


def peak_memory() -> float:
    """The most memory that this process has held [GB]."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
