"""How long a Donghu year takes on the Mesa engine, and where the time goes.

    python -m linli.experiments.bench.donghu_year [--days 365] [--policies "match; relieve"]

Prints seconds, nanoseconds a resident and day, and the share of each phase of the day, the last two from the
same run, so that a slow machine shows in the seconds and not in the shares. Nothing is asserted.
"""

import argparse
from collections import defaultdict
from time import perf_counter

from linli.model import day
from linli.model.community import Community


def timed(spent: dict[str, float], phase: day.Phase) -> day.Phase:
    """The same phase, with its time added to `spent` [s]."""

    def run(community: Community) -> None:
        begin = perf_counter()
        phase(community)
        spent[phase.__name__] += perf_counter() - begin

    return run


def seconds_of_days(community: Community, days: int) -> float:
    """How long a community takes for so many more days [s]."""
    begin = perf_counter()
    for _ in range(days):
        community.step()
    return perf_counter() - begin


def main() -> None:
    """Warm up, take the time of a plain run, then of its phases."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--scenario", default="donghu")
    options.add_argument("--days", type=int, default=365)
    options.add_argument("--policies", default="")
    given = options.parse_args()

    begin = perf_counter()
    community = Community(given.scenario, policies=given.policies)
    build = perf_counter() - begin
    warm_up = seconds_of_days(community, 14)

    plain = Community(given.scenario, policies=given.policies)
    total = seconds_of_days(plain, given.days)
    resident_days = len(plain.residents) * given.days

    spent: dict[str, float] = defaultdict(float)
    phases = day.DAY
    day.DAY = tuple(timed(spent, phase) for phase in phases)
    try:
        watched = Community(given.scenario, policies=given.policies)
        watched_total = seconds_of_days(watched, given.days)
    finally:
        day.DAY = phases

    print(f"{given.scenario}: {len(plain.residents):,} residents, {given.days} days")
    print(f"policies: {given.policies or 'none'}")
    print(f"building the community  {build:8.2f} s   (compiling or loading compiled code included)")
    print(f"warm-up, 14 days        {warm_up:8.2f} s")
    print(
        f"run                     {total:8.2f} s   {1e9 * total / resident_days:8.0f} ns a resident and day"
    )
    print("share of each phase:")
    for name in (phase.__name__ for phase in phases):
        print(f"  {name:<24}{100 * spent[name] / watched_total:6.1f} %")
    rest = watched_total - sum(spent.values())
    print(f"  {'everything else':<24}{100 * rest / watched_total:6.1f} %")


if __name__ == "__main__":
    main()
