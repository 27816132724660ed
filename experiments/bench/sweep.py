"""What the harness of sweeps costs, what a second worker brings, and runs a second against `mesa.batch_run`.

    python -m linli.experiments.bench.sweep [--scenario donghu] [--days 365] [--seeds 8] [--jobs 2]
        [--without-mesa]

Every ratio is of times taken in the same call, one after the other, so that a slow or a busy machine shows
in the seconds and less in the ratios. Nothing is asserted.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from time import perf_counter
from typing import Any

import mesa
import pandas as pd

from linli.experiments.runner.family import Family, Made, make_all
from linli.experiments.runner.ledger import Ledger
from linli.experiments.runner.plan import Plan
from linli.experiments.runner.pool import Here, Pool, Workers
from linli.experiments.runner.schedule import Shard, rounds
from linli.experiments.runner.sweep import Sweep
from linli.experiments.store import Store
from linli.experiments.store.manifest import manifest_of
from linli.experiments.study import from_toml
from linli.model.community import Community
from linli.model.scenario import to_toml

STUDY = """
name = "benchmark"
scenario = "{scenario}"
days = {days}
burn_in = {days}
seeds = {seeds}
factors = {{ mu = [0, 0.3] }}
[[arms]]
name = "match"
policies = ["match"]
[[arms]]
name = "council"
policies = ["council"]
"""
AT_THE_END = ("engaged_share", "active_in_year", "volunteers_registered", "trust", "efficacy", "backlog")
"""Measures of a run's last day, which is what `mesa.batch_run` collects."""


def seconds_of(work: Callable[[], object]) -> float:
    """How long it takes [s]."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def sweep(plan: Plan, pool: Pool) -> pd.DataFrame:
    """The study in a new folder. Returns its table."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.make(Path(folder) / "study", manifest_of(plan.study, plan.points))
        Sweep(plan, store, pool, Ledger(plan), Shard(), lambda _: None).run()
        return store.read()


def plain(plan: Plan) -> None:
    """The same runs in a plain loop: no store, no schedule."""
    scenario = to_toml(plan.study.scenario)
    for piece in next(rounds(plan, Ledger(plan), Shard(), 1)).pieces(1):
        runs = tuple(("", variant.policies) for variant in piece.variants)
        seed = piece.group.seed + piece.seed
        family = Family(scenario, piece.group.parameters, seed, plan.study.engine, runs)
        make_all((family,))


class Instant(Here):
    """Runs that take no time: what is left is the harness."""

    def submit(self, function: Callable[..., Any], *task: Any) -> Future[Any]:
        """Made-up results of the right shape."""
        measures = dict.fromkeys(("engaged_share", "trust"), 0.5)
        done: Future[Any] = Future()
        done.set_result([Made(run, "", 0.1, measures) for family in task[0] for run, _ in family.runs])
        return done


def batch_run(plan: Plan, jobs: int) -> pd.DataFrame:
    """The same study as users of Mesa run one: full factorial, every run with its own burn-in."""
    policies = ["", *(arm.policies[0]["name"] for arm in plan.study.arms)]
    scenario = plan.study.scenario
    rows = mesa.batch_run(
        Community,
        {"scenario": scenario, "policies": policies, "mu": [0.0, 0.3]},
        rng=range(1, plan.study.seeds.count + 1),
        max_steps=scenario.burn_in + scenario.days,
        number_processes=jobs,
        display_progress=False,
    )
    return pd.DataFrame(rows)


def same(ours: pd.DataFrame, theirs: pd.DataFrame) -> bool:
    """Whether both tables hold the same numbers, to the last bit."""
    theirs = theirs.assign(arm=theirs["policies"].replace("", "baseline"))
    seed = "rng" if "rng" in theirs else "seed"
    keys = ["mu", "arm", "seed"]
    left = ours.set_index(keys)[list(AT_THE_END)].sort_index()
    right = theirs.rename(columns={seed: "seed"}).set_index(keys)[list(AT_THE_END)].sort_index()
    return left.equals(right.astype(left.dtypes.to_dict()))


def main() -> None:
    """Take the times and print them."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--scenario", default="donghu")
    options.add_argument("--days", type=int, default=365)
    options.add_argument("--seeds", type=int, default=8)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--without-mesa", action="store_true")
    given = options.parse_args()
    plan = Plan(from_toml(STUDY.format(scenario=given.scenario, days=given.days, seeds=given.seeds)))
    runs = 6 * given.seeds

    plain(plan)  # loads what is compiled
    loops = [(seconds_of(lambda: plain(plan)), seconds_of(lambda: sweep(plan, Here()))) for _ in range(3)]
    loop, swept = min(a for a, _ in loops), min(b for _, b in loops)
    harness = seconds_of(lambda: sweep(plan, Instant()))
    print(f"{given.scenario}, {given.days} days after as many of burn-in, {runs} runs")
    print(f"{os.cpu_count()} processors here")
    print(f"plain loop, one process       {loop:8.2f} s   {loop / runs:8.4f} s a run")
    print(f"sweep, one process            {swept:8.2f} s   overhead {100 * (swept / loop - 1):5.1f} %")
    print(f"harness alone                 {harness:8.2f} s   {100 * harness / loop:5.1f} % of the plain loop")

    times = {}
    for jobs in (1, given.jobs):
        with Workers(jobs) as pool:
            begin = perf_counter()
            sweep(plan, pool)  # starts the processes and loads what is compiled
            started = perf_counter() - begin
            sweep(plan, pool)
            times[jobs] = perf_counter() - begin - started
        print(f"sweep, {jobs} workers              {times[jobs]:8.2f} s   {started:8.2f} s with their start")
    print(f"{given.jobs} workers against one         {times[1] / times[given.jobs]:8.2f} times")
    if given.without_mesa:
        return
    ours = sweep(plan, Here())
    begin = perf_counter()
    theirs = batch_run(plan, given.jobs)
    mesa_seconds = perf_counter() - begin
    print(
        f"mesa.batch_run, {given.jobs} processes   {mesa_seconds:8.2f} s   {runs / mesa_seconds:8.2f} runs/s"
    )
    per_second = runs / times[given.jobs]
    print(f"sweep, {given.jobs} workers              {times[given.jobs]:8.2f} s   {per_second:8.2f} runs/s")
    print(f"ratio                         {mesa_seconds / times[given.jobs]:8.1f} times")
    print(f"same results                  {same(ours, theirs)}")


if __name__ == "__main__":
    main()
