"""A study that a command made up itself, run into a folder as `linli sweep` would: resumable."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from experiments.ledger import Ledger
from experiments.manifest import manifest_of
from experiments.plan import Plan
from experiments.progress import Progress
from experiments.schedule import Shard
from experiments.store import Store
from experiments.study import Study
from experiments.sweep import Count, Sweep
from experiments.workers import Here, Pool, Workers
from model.errors import InputError


def made(study: Study, folder: Path, jobs: int, progress: Progress) -> Store:
    """Make what the folder does not hold yet.

    Raises InputError if the folder holds other runs, or if a run failed: the designs that ask for this need
    every point.
    """
    plan = Plan(study)
    store = Store.make(folder, manifest_of(study, plan.points))
    chunks, faults = store.survey()
    store.reject(faults)
    ledger = Ledger(plan)
    ledger.read(chunks)

    def look(count: Count) -> None:
        progress.expect(study.name, count.runs, count.there)

    with _pool(jobs) as pool:
        Sweep(plan, store, pool, ledger, Shard.read("1/1"), look).run()
    _no_failures(store)
    return store


def _pool(jobs: int) -> AbstractContextManager[Pool]:
    return Workers(jobs) if jobs > 1 else nullcontext(Here())


def _no_failures(store: Store) -> None:
    runs = store.read()
    failed = runs[runs["status"] == "failed"]
    if len(failed):
        raise InputError(
            f"{len(failed)} of {len(runs)} runs in {store.folder} failed, the first with: "
            f"{failed['error'].iloc[0]}; leave that parameter out or narrow its range, with another --out"
        )
