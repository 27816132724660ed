"""How long a study will take and how much room it needs, before it runs."""

import time
from typing import Any

import numpy as np

from linli.experiments.runner.ledger import Ledger
from linli.experiments.runner.plan import Plan
from linli.experiments.runner.schedule import Shard, rounds
from linli.model.engines import engine_of
from linli.model.policies import from_table
from linli.model.scenario import Scenario, with_policies

ENOUGH = 1.0
"""Seconds of simulation that tell how long a day takes."""
SIDE_BY_SIDE = 3.0
"""A run beside its baseline takes about so many times the days of one alone."""
BYTES_A_NUMBER = 9
BYTES_A_ROW = 60
"""About what Parquet makes of a row of different numbers, compressed."""


def estimate(plan: Plan, manifest: dict[str, Any], shard: Shard, jobs: int) -> dict[str, Any]:
    """Runs, seconds and bytes of a study made from nothing; of the least that intervals can ask for."""
    families, runs, _ = next(rounds(plan, Ledger(plan), shard, jobs)).count()
    scenario, seeds = plan.study.scenario, plan.study.seeds
    building, day = _times(plan)
    each = day * scenario.days * _times_as_long(plan)
    rows = len(plan.points) * len(plan.arms) * seeds.least // shard.of
    return {
        "study": plan.study.name,
        "title": plan.study.title,
        "points": len(plan.points),
        "arms": [arm.name for arm in plan.arms],
        "seeds": seeds.least,
        "seeds_at_most": seeds.most,
        "runs": runs,
        "burn_ins": families,
        "seconds_a_run": each,
        "jobs": jobs,
        "seconds": (families * (building + day * scenario.burn_in) + runs * each) / jobs,
        "rows": rows,
        "bytes": rows * row_bytes(manifest),
    }


def row_bytes(manifest: dict[str, Any]) -> int:
    """About how many bytes of disk a row of `runs` takes, with what is kept beside it."""
    days = manifest["days"] + manifest["burn_in"]
    numbers = len(manifest["measures"]) + len(manifest["keep"]["daily"]) * days
    return BYTES_A_ROW + BYTES_A_NUMBER * numbers


def _times_as_long(plan: Plan) -> float:
    """How many times the days of a run take, over all arms: those beside their baseline take longer."""
    treated = len(plan.arms) - 1
    return (1.0 + treated * SIDE_BY_SIDE) / (1.0 + treated) if plan.study.attribution else 1.0


def _times(plan: Plan) -> tuple[float, float]:
    """Seconds to make the people of the scenario, and of a day, policies of the arms included."""
    scenario = plan.study.scenario.but(burn_in=0)
    middle = plan.at(len(plan.points) // 2)
    treated = [with_policies(scenario, [from_table(table) for table in arm.at(middle)]) for arm in plan.arms]
    _time(plan.study.engine, scenario, 1)  # compiles, or loads what is compiled
    times = [_time(plan.study.engine, arm, ENOUGH / len(treated)) for arm in treated]
    building, day = np.mean(times, axis=0).tolist()
    return building, day


def _time(engine: str, scenario: Scenario, enough: float) -> tuple[float, float]:
    """Seconds to build and seconds a day, from as many days as fit into `enough` seconds."""
    begin = time.perf_counter()
    run = engine_of(engine)(scenario)
    built = time.perf_counter()
    days = 1
    while days <= scenario.days and time.perf_counter() - built < enough:
        run.run_to(days)
        days *= 2
    return built - begin, (time.perf_counter() - built) / max(1, run.day)
