"""A Dask cluster as workers: `dask scheduler` and `dask worker` somewhere, linli installed there too."""

from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self

from model.errors import InputError

CONNECT_SECONDS = 20


class Cluster:
    """The workers of a Dask scheduler, through the interface of `experiments.workers.Pool`.

    Dask itself hands the task of a worker that died to another one, three times. Raises InputError if there
    is no scheduler at the address or the extra that brings Dask is not installed.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
            from distributed.scheduler import KilledWorker
        except ModuleNotFoundError:
            raise InputError("--dask needs Dask: install linli with its extra 'study'") from None
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise InputError(f"--dask {address}: no scheduler answers there ({error})") from None
        self.lost: tuple[type[BaseException], ...] = (KilledWorker,)
        self._pool = self._client.get_executor(pure=False)

    @property
    def jobs(self) -> int:
        """Threads of all workers that are there now: a cluster may grow and shrink."""
        return max(1, sum(self._client.nthreads().values()))

    @property
    def ahead(self) -> int:
        """Two tasks a thread, so that none waits for the next."""
        return 2 * self.jobs

    def submit[R](self, function: Callable[..., R], *task: Any) -> Future[R]:
        """Hand out a task."""
        return self._pool.submit(function, *task)

    def restart(self) -> None:
        """The scheduler sees to its workers."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=kind is None)
        self._client.close()
