"""A study that a command made up itself, run into a folder as `linli sweep` would: resumable."""

from pathlib import Path

from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import fill, local_pool, opened
from linli.experiments.runner.plan import Plan
from linli.experiments.store import Store
from linli.experiments.store.manifest import manifest_of
from linli.experiments.study import Study
from linli.model.errors import InputError


def made(study: Study, folder: Path, jobs: int, progress: Progress) -> Store:
    """Make what the folder does not hold yet.

    Raises InputError if the folder holds other runs, or if a run failed: the designs that ask for this need
    every point.
    """
    plan = Plan(study)
    store = Store.make(folder, manifest_of(study, plan.points))
    with local_pool(jobs) as pool:
        fill(plan, store, opened(plan, store, progress), pool, progress)
    _no_failures(store)
    return store


def _no_failures(store: Store) -> None:
    runs = store.read()
    failed = runs[runs["status"] == "failed"]
    if len(failed):
        raise InputError(
            f"{len(failed)} of {len(runs)} runs in {store.folder} failed, the first with: "
            f"{failed['error'].iloc[0]}; leave that parameter out or narrow its range, with another --out"
        )
