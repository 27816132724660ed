"""From a request, or a study that a command made up itself, to a folder of results: resumable."""

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linli.experiments.output import check_folder
from linli.experiments.output.progress import Progress, compile_first
from linli.experiments.runner.estimate import estimate, row_bytes
from linli.experiments.runner.ledger import Ledger
from linli.experiments.runner.plan import Plan
from linli.experiments.runner.pool import Here, Pool, RunFailed, Workers
from linli.experiments.runner.schedule import Shard
from linli.experiments.runner.sweep import Count, Sweep
from linli.experiments.store import MANIFEST, Store
from linli.experiments.store.chunks import Chunk
from linli.experiments.store.manifest import difference, manifest_of
from linli.experiments.study import Study, load
from linli.model.engines import checked_engine
from linli.model.errors import InputError, count_of
from linli.model.policies import POLICIES, from_table
from linli.model.systems import Systems, systems_of

RESULTS = Path("results")
WHOLE = Shard()


@dataclass(frozen=True)
class Where:
    """Who makes runs: so many processes of this machine, or a Dask cluster (the address of its scheduler)."""

    processes: int
    dask: str | None

    @classmethod
    def read(cls, jobs: str | int | None, dask: str | None) -> "Where":
        """From the options of a command. Raises InputError where they do not go together."""
        if jobs is not None and dask is not None:
            raise InputError("--jobs is about processes of this machine: leave it out with --dask")
        return cls(processors(jobs), dask)

    def pool(self, say: Callable[[str], None]) -> AbstractContextManager[Pool]:
        """Those who work. say: told what happens to a cluster."""
        if self.dask is None:
            return local_pool(self.processes)
        from linli.experiments.runner.cluster import Cluster

        return Cluster(self.dask, say)


@dataclass
class Sweeping:
    """Arguments and options of the command. study: its name or file, or the study itself; engine, worlds:
    None for those of the study. Raises InputError for what cannot be."""

    study: str | Study
    out: Path | None = None
    jobs: str | None = None
    dask: str | None = None
    shard: str = "1/1"
    apart: bool = False
    retry: bool = False
    engine: str | None = None
    worlds: str | None = None

    def __post_init__(self) -> None:
        self.where = Where.read(self.jobs, self.dask)
        self.part = Shard.read(self.shard)
        study = self.study if isinstance(self.study, Study) else load(self.study, self.worlds)
        if self.engine is not None:
            study = replace(study, engine=checked_engine(self.engine))
        self.plan = Plan(study)
        self.manifest = manifest_of(self.plan.study, self.plan.points)

    def folder(self) -> Path:
        """Where the runs go."""
        folder = self.out or RESULTS / self.plan.study.name
        if self.apart and (folder / MANIFEST).exists() and difference(Store(folder).manifest, self.manifest):
            return folder.with_name(f"{folder.name}-{self.manifest['identity'][:8]}")
        return folder

    def estimate(self) -> dict[str, Any]:
        """What --dry-run shows, after a look at what the run will need. Nothing is written."""
        folder = self._ready()
        with self.where.pool(lambda _: None) if self.dask is not None else nullcontext():
            here = estimate(self.plan, self.manifest, self.part, self.where.processes)
            return {"folder": str(folder), **here}

    def _ready(self) -> Path:
        """The folder, if the runs can go there. InputError if it holds other runs or cannot be written to."""
        folder = self.folder()
        check_folder(folder)
        if (folder / MANIFEST).exists():
            Store(folder).refuse_other(self.manifest)
        return folder

    def run(self, progress: Progress) -> dict[str, Any]:
        """Make what the folder does not hold yet."""
        folder = self._ready()
        with self.where.pool(progress.say) as pool:  # before anything is written: there may be no scheduler
            store = Store.make(folder, self.manifest)
            ledger = opened(self.plan, store, progress, retry=self.retry)
            count = fill(self.plan, store, ledger, pool, progress, self.part)
        return {"folder": str(store.folder), **vars(count)}


def made(study: Study, folder: Path, jobs: int, progress: Progress) -> Store:
    """A study that a command made up itself, in a folder: what that does not hold yet is made now.

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


def local_pool(jobs: int) -> AbstractContextManager[Pool]:
    """So many processes of this machine, or this one."""
    return Workers(jobs) if jobs > 1 else nullcontext(Here())


def opened(plan: Plan, store: Store, progress: Progress, *, retry: bool = False) -> Ledger:
    """What is in the folder, after its faulty chunks have been moved out of the way."""
    chunks = usable(store, progress)
    ledger = Ledger(plan, retry=retry)
    ledger.read(chunks)
    return ledger


def usable(store: Store, progress: Progress) -> list[Chunk]:
    """The chunks of a folder that can be used; the others are moved out of the way, and their runs are made
    again."""
    chunks, faults = store.survey()
    for fault in faults:
        progress.say(f"{store.folder}/{fault}; moved to rejected, its runs are made again")
    store.reject(faults)
    return chunks


def fill(
    plan: Plan, store: Store, ledger: Ledger, pool: Pool, progress: Progress, part: Shard = WHOLE
) -> Count:
    """Make the runs that are not in the ledger, and say what a user who waits should know."""
    needed = ledger.missing * row_bytes(store.manifest) // part.of
    free = shutil.disk_usage(store.folder).free
    if needed > free:
        progress.say(f"{store.folder} may become full: about {needed:,} bytes to come, {free:,} free")
    compile_first(progress.say, systems_of_study(plan.study))
    sweep = Sweep(plan, store, pool, ledger, part, _shown(progress, plan.study.name))
    with _terminated_like_interrupted():
        try:
            return sweep.run()
        except (KeyboardInterrupt, RunFailed):
            kept = f"{sweep.count.kept:,} of {sweep.count.runs:,} runs are in {store.folder}"
            progress.say(f"stopped: {kept}; the same command goes on from there")
            raise


def systems_of_study(study: Study) -> Systems:
    """What acts in some run of a study: a policy with an option that is a factor brings all that it can."""
    tables = [table for arm in study.arms for table in arm.policies]
    varied = {f.policy for f in study.factors}
    fixed = (from_table(table) for table in tables if table["name"] not in varied)
    settled = systems_of(fixed, study.scenario.place)
    return settled | {POLICIES[name].system for name in varied if name} - {""}


def processors(jobs: int | str | None) -> int:
    """How many worker processes to use: so many, or one a processor that this process may use."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return count_of("--jobs", jobs or here or 1, 1, 1024)


def _shown(progress: Progress, name: str) -> Any:
    """What shows the progress of a sweep."""
    shown = [-1]

    def look(count: Count) -> None:
        if count.runs != shown[0]:
            shown[0] = count.runs
            progress.expect(name, count.runs, count.there)
        progress.reach(count.there)

    return look


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """Batch systems end a job with SIGTERM: what has come back is written then, too."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
