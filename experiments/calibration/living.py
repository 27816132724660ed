"""Who lives the worlds that a calibration asks for: processes of this machine, or a cluster."""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from typing import Any

import pandas as pd

from linli.agents.compiled import SOURCE_HASH
from linli.experiments.calibration.lived import live_all
from linli.experiments.calibration.record import NUMBER, Record
from linli.experiments.runner.pool import POLL, Pool, RunFailed
from linli.model.scenario import Scenario

BATCH = 4
"""Worlds handed out, and kept, at once: a kill costs no more than these, a process."""

Row = dict[str, Any]


class Living:
    """Numbers worlds as they are asked for, and lives those that the record does not hold.

    look: told how many worlds of those asked for are there. Each world has a seed of its own, the scenario's
    plus its number, so that what is found hangs on nobody's luck.
    """

    def __init__(
        self, scenario: Scenario, engine: str, record: Record, pool: Pool, look: Callable[[int], None]
    ) -> None:
        self.scenario, self.engine = scenario, engine
        self.record, self.pool, self.look = record, pool, look
        self.asked = 0

    def live(self, points: pd.DataFrame) -> pd.DataFrame:
        """Parameters, n_bar, seed and measures of every point. points: with n_bar as a first guess."""
        numbers = range(self.asked, self.asked + len(points))
        self.asked += len(points)
        seeded = points.assign(seed=[self.scenario.seed + n for n in numbers])
        rows: list[Row] = [{str(k): v for k, v in row.items()} for row in seeded.to_dict("records")]
        missing = [n for n in numbers if n not in self.record.rows]
        done = len(points) - len(missing)
        self.look(done)
        batches = [missing[at : at + BATCH] for at in range(0, len(missing), BATCH)]
        waiting: dict[Future[list[Row]], list[int]] = {}
        while batches or waiting:
            while batches and len(waiting) < self.pool.ahead:
                batch = batches.pop(0)
                worlds = [rows[n - numbers.start] for n in batch]
                waiting[self.pool.submit(live_all, self.scenario, self.engine, worlds, SOURCE_HASH)] = batch
            finished, _ = wait(waiting, POLL, FIRST_COMPLETED)
            for future in finished:
                batch = waiting.pop(future)
                found = self._result(future)
                self.record.add(
                    [
                        {NUMBER: n, **rows[n - numbers.start], **one}
                        for n, one in zip(batch, found, strict=True)
                    ]
                )
                done += len(batch)
            self.look(done)
        return self.record.table(numbers)

    def _result(self, future: Future[list[Row]]) -> list[Row]:
        try:
            return future.result()
        except self.pool.lost:
            raise RunFailed(
                "a worker process ended before its worlds were lived (killed, or out of memory?); "
                "the same command with the same --out goes on from what is there"
            ) from None
        except CancelledError:
            raise RunFailed("the work was dropped: the scheduler of the cluster may be gone") from None
        except Exception as error:
            if getattr(error, "is_explained", False) or type(error).__name__ == "InputError":
                raise
            raise RunFailed(f"a world failed: {type(error).__name__}: {error}") from error
