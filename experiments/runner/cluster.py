"""A Dask cluster as workers: `dask scheduler` and `dask worker` somewhere, linli installed there too."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from linli.experiments.runner.pool import RunFailed
from linli.model.errors import InputError
from linli.model.extensions import Extension, also, loaded

CONNECT_SECONDS = 20


class Cluster:
    """The workers of a Dask scheduler, through the interface of `experiments.runner.pool.Pool`.

    say: told what a user who waits should know. Dask itself hands the task of a worker that died to another
    one, three times. Raises InputError if there is no scheduler at the address or the extra that brings
    Dask is not installed.
    """

    def __init__(self, address: str, say: Callable[[str], None]) -> None:
        try:
            from distributed import Client
            from distributed.scheduler import KilledWorker
        except ModuleNotFoundError:
            raise InputError("--dask needs Dask: install linli with its extra 'study'") from None
        # it would report a lost connection with a traceback; what matters is said once, by us
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        try:
            _check_address(address)
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise InputError(f"--dask {address}: no scheduler answers there ({error})") from None
        self._address = address
        self.lost: tuple[type[BaseException], ...] = (KilledWorker,)
        self._pool = self._client.get_executor(pure=False)
        if not self._client.nthreads():
            say(f"{address} has no workers yet: waiting for the first (dask worker {address})")

    @property
    def jobs(self) -> int:
        """Threads of all workers that are there now: a cluster may grow and shrink."""
        try:
            return max(1, sum(self._client.nthreads().values()))
        except OSError:
            raise RunFailed(f"the scheduler at {self._address} is gone") from None

    @property
    def ahead(self) -> int:
        """Two tasks a thread, so that none waits for the next."""
        return 2 * self.jobs

    def submit[R](self, function: Callable[..., R], *task: Any) -> Future[R]:
        """Hand out a task, with the code that the user brought to this process."""
        return self._pool.submit(_with, loaded(), function, *task)

    def restart(self) -> None:
        """The scheduler sees to its workers."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError, CancelledError):  # the scheduler may be gone
            self._pool.shutdown(wait=kind is None)
        self._client.close()


def _check_address(address: str) -> None:
    """Raises ValueError for what is no address: a client that finds out by itself takes a minute to end."""
    from distributed.comm.addressing import parse_address, parse_host_port
    from distributed.comm.registry import get_backend

    scheme, where = parse_address(address)
    get_backend(scheme)
    if scheme in ("tcp", "tls", "ws", "wss"):
        parse_host_port(where)


def _with[R](brought: Sequence[Extension], function: Callable[..., R], *task: Any) -> R:
    """On a worker: the task, once what it needs is there."""
    also(brought)
    return function(*task)
