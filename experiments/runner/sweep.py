"""Running a study: hand out families of runs, keep what comes back, and survive whatever happens meanwhile.

Run ids, rows and rounds do not depend on who makes which run when: a study that was stopped and resumed,
made by a cluster or in shards ends in the same table.
"""

import itertools
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, replace

from linli.experiments.runner.family import Family, Made, make_all
from linli.experiments.runner.ledger import Ledger
from linli.experiments.runner.plan import Plan, Variant
from linli.experiments.runner.pool import POLL, Pool, RunFailed
from linli.experiments.runner.schedule import PIECES_A_JOB, Piece, Round, Shard, rounds
from linli.experiments.runner.writer import Stand, Writer
from linli.experiments.store import Store
from linli.model.scenario import to_toml

BATCH_SECONDS = 2.0
"""Work that is handed out at once: short runs come in batches, so that handing out costs next to nothing."""
MOST_IN_BATCH = 500
LOST = "the worker process ended before the run did (killed, or out of memory)"

Batch = tuple[Piece, ...]


@dataclass
class Count:
    """How far a study is, in runs of this shard: all; those in the folder at the start; made since then; of
    these made, those that failed and those not yet written."""

    runs: int = 0
    before: int = 0
    made: int = 0
    failed: int = 0
    held: int = 0

    @property
    def there(self) -> int:
        """Runs that are done, in the folder or about to be."""
        return self.before + self.made

    @property
    def kept(self) -> int:
        """Runs that are in the folder."""
        return self.there - self.held


class CannotWrite(Exception):
    """The folder takes no more; the message says how much it holds."""

    is_explained = True


class Sweep:
    """Makes the runs of a study that its store does not hold yet.

    look: called whenever something came back, to show how far it is.
    """

    def __init__(
        self,
        plan: Plan,
        store: Store,
        pool: Pool,
        ledger: Ledger,
        shard: Shard,
        look: Callable[[Count], None],
    ) -> None:
        self.plan, self.store, self.pool, self.ledger, self.shard = plan, store, pool, ledger, shard
        self.look = look
        self.count = Count()
        self._writer = Writer(store)
        self._scenario = to_toml(plan.study.scenario)
        self._waiting: dict[Future[list[Made]], Batch] = {}
        self._suspects: deque[Batch] = deque()
        self._seconds, self._runs = 0.0, 0

    def run(self) -> Count:
        """Until every run is in the store. Whatever ends it early, what has come back is written first."""
        try:
            for one in rounds(self.plan, self.ledger, self.shard, self.pool.jobs):
                self._round(one)
        except CannotWrite:
            raise  # there is no use in writing again
        except BaseException:
            self._flush()
            raise
        self._flush()
        return self.count

    def _round(self, one: Round) -> None:
        families, missing, runs = one.count()
        self.count.runs += runs
        self.count.before += runs - missing
        self.look(self.count)
        batches = self._batches(one.pieces(families), missing)
        more = True
        while more or self._waiting or self._suspects:
            if not self._suspects:
                more = self._hand_out(batches)
            elif not self._waiting:
                self._try_suspects()
            self._collect()

    # handing out --------------------------------------------------------------------------------------

    def _hand_out(self, batches: Iterator[Batch]) -> bool:
        """Keep the workers busy. Whether there may be more."""
        while len(self._waiting) < self.pool.ahead:
            batch = next(batches, None)
            if batch is None:
                return False
            self._waiting[self._submit(batch)] = batch
        return True

    def _batches(self, pieces: Iterator[Piece], left: int) -> Iterator[Batch]:
        """Pieces put together to about BATCH_SECONDS of work, as far as the runs so far tell; smaller ones
        towards the end, so that all workers end together. left: runs in all pieces."""
        batch: list[Piece] = []
        size, most = 0, self._most_in_batch(left)
        for piece in pieces:
            batch.append(piece)
            size += len(piece.variants)
            each = self._seconds / self._runs if self._runs else BATCH_SECONDS
            if size * each >= BATCH_SECONDS or size >= most:
                yield tuple(batch)
                left -= size
                batch, size, most = [], 0, self._most_in_batch(left)
        if batch:
            yield tuple(batch)

    def _most_in_batch(self, left: int) -> float:
        return min(MOST_IN_BATCH, left / (PIECES_A_JOB * self.pool.jobs))

    def _submit(self, batch: Batch) -> Future[list[Made]]:
        return self.pool.submit(make_all, tuple(self._family(piece) for piece in batch))

    def _family(self, piece: Piece) -> Family:
        seed = piece.group.seed + piece.seed
        runs = tuple((self.plan.run_id(piece.group, seed, v), v.policies) for v in piece.variants)
        study = self.plan.study
        parameters = piece.group.parameters
        return Family(
            self._scenario, parameters, seed, study.engine, runs, study.keep, study.attribution, study.stop
        )

    # taking back --------------------------------------------------------------------------------------

    def _collect(self) -> None:
        """Wait until something comes back, and keep it."""
        finished, _ = wait(self._waiting, POLL, FIRST_COMPLETED)
        for future in finished:
            batch = self._waiting.pop(future)
            try:
                self._keep(batch, self._result(future))
            except self.pool.lost:
                self._suspects.append(batch)
        if self._writer.is_due:
            self._flush()
        self.look(self.count)

    def _result(self, future: Future[list[Made]]) -> list[Made]:
        try:
            return future.result()
        except self.pool.lost:
            raise
        except CancelledError:
            raise RunFailed("the work was dropped: the scheduler of the cluster may be gone") from None
        except Exception as error:
            if getattr(error, "is_explained", False):
                raise
            raise RunFailed(f"a worker failed: {type(error).__name__}: {error}") from error

    def _keep(self, batch: Batch, made: list[Made]) -> None:
        results = iter(made)
        until = self.plan.study.seeds.until
        for piece in batch:
            ours = list(itertools.islice(results, len(piece.variants)))
            seed = piece.group.seed + piece.seed
            for variant, one in zip(piece.variants, ours, strict=True):
                self._writer.take(one, seed, self._stands(variant))
                value = one.measures.get(until.measure) if until else None
                for place in variant.places:
                    self.ledger.mark(place, piece.seed, bool(one.error), value)
        self.count.made += len(made)
        self.count.held += len(made)
        self.count.failed += sum(bool(one.error) for one in made)
        self._runs += len(made)
        self._seconds += sum(one.seconds for one in made)

    def _stands(self, variant: Variant) -> list[Stand]:
        arms, points = self.plan.arms, self.plan.points
        return [(point, arms[arm].name, points[point]) for point, arm in variant.places]

    def _flush(self) -> None:
        try:
            self._writer.flush()
        except OSError as error:
            kept = f"{self.count.kept:,} of {self.count.runs:,} runs are kept there"
            why = error.strerror or error
            raise CannotWrite(
                f"{self.store.folder}: {why}; {kept}, and the same command goes on from them"
            ) from None
        self.count.held = 0

    # workers that died --------------------------------------------------------------------------------

    def _try_suspects(self) -> None:
        """A worker died, and took the others' work with it: make each batch by itself to see whose fault it
        was.

        A batch that kills its worker again is tried run by run; a run that does so is a run that failed.
        """
        self.pool.restart()
        batch = self._suspects.popleft()
        try:
            self._keep(batch, self._result(self._submit(batch)))
        except self.pool.lost:
            singles = _singly(batch)
            if len(singles) > 1:
                self._suspects.extendleft(reversed(singles))
            else:
                self._keep(batch, [Made(self._family(batch[0]).runs[0][0], LOST, 0.0)])


def _singly(batch: Batch) -> list[Batch]:
    """Every run of a batch as a batch of its own."""
    return [(replace(piece, variants=(variant,)),) for piece in batch for variant in piece.variants]
