"""Which rows of a study's table are there already, and the one measure that decides about more seeds."""

import numpy as np
import pyarrow.parquet as parquet

from linli.experiments.runner.plan import Place, Plan
from linli.experiments.statistics.paired import paired
from linli.experiments.store.chunks import Chunk


class Ledger:
    """A mark for each (point, arm, seed); a few bytes a row, whatever a run leaves behind.

    retry: rows of runs that failed count as not there.
    """

    def __init__(self, plan: Plan, *, retry: bool = False) -> None:
        self.seeds, self._first_seed = plan.study.seeds, plan.first_seed
        self.retry = retry
        shape = (len(plan.points), len(plan.arms), self.seeds.most)
        self.done = np.zeros(shape, dtype=np.bool_)
        self.failed = np.zeros(shape, dtype=np.bool_)
        self._values = np.full(shape, np.nan) if self.seeds.until else None
        self._arms = {arm.name: number for number, arm in enumerate(plan.arms)}

    def read(self, chunks: list[Chunk]) -> None:
        """Mark the rows of chunks."""
        until = self.seeds.until
        wanted = ["point", "arm", "seed", "status", *([until.measure] if until else [])]
        for chunk in chunks:
            columns = parquet.read_table(chunk.path, columns=wanted).to_pydict()
            values = columns[until.measure] if until else [None] * len(columns["seed"])
            for point, arm, seed, status, value in zip(
                *(columns[name] for name in ("point", "arm", "seed", "status")), values, strict=True
            ):
                if status == "done" or not self.retry:
                    seeds_before = seed - self._first_seed(point)
                    self.mark((point, self._arms[arm]), seeds_before, status == "failed", value)

    def mark(self, place: Place, seed: int, failed: bool, value: float | None) -> None:
        """A row is there. seed: counted from 0; value: of the measure that decides about more seeds."""
        self.done[*place, seed] = True
        self.failed[*place, seed] = failed
        if self._values is not None and value is not None:
            self._values[*place, seed] = value

    @property
    def missing(self) -> int:
        """Rows of the least that every point gets that are not there."""
        return int((~self.done[:, :, : self.seeds.least]).sum())

    def has(self, places: tuple[Place, ...], seed: int) -> bool:
        """Whether all these rows are there."""
        return all(self.done[*place, seed] for place in places)

    def is_wide(self, point: int, seeds: int) -> bool:
        """Whether a point needs more seeds than these: the paired interval of an arm is too wide or not
        known."""
        assert self.seeds.until is not None
        assert self._values is not None
        values = self._values[point, :, :seeds]  # in the order of seeds, so that no order of work can show
        effects = [paired(values[0], arm) for arm in values[1:]]
        half = [np.inf if e.low is None or e.difference is None else e.difference - e.low for e in effects]
        return any(h > self.seeds.until.half_width for h in half)
