"""Work in several processes. Which process does which task, and when, changes no result."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Protocol, Self

from linli.model.errors import InputError
from linli.model.extensions import Extension, also, loaded

POLL = 0.2
"""Seconds between two looks at how far the workers are."""


class RunFailed(Exception):
    """A run came to no end; the message says which one and why."""

    is_explained = True


class Pool(Protocol):
    """Whoever does tasks: this process, others on this machine, or a cluster.

    jobs: tasks done at a time; ahead: tasks handed out at most; lost: what a task's future raises when its
    worker died under it, which says nothing about the task yet.
    """

    lost: tuple[type[BaseException], ...]

    @property
    def jobs(self) -> int: ...  # noqa: D102
    @property
    def ahead(self) -> int: ...  # noqa: D102
    def submit[R](self, function: Callable[..., R], *task: Any) -> Future[R]: ...  # noqa: D102
    def restart(self) -> None: ...  # noqa: D102


class Here:
    """This process does every task at once, when it is handed out."""

    lost: tuple[type[BaseException], ...] = ()
    jobs = ahead = 1

    def submit[R](self, function: Callable[..., R], *task: Any) -> Future[R]:
        """Do it now. What it raises comes out of the future; an interruption comes out here."""
        done: Future[R] = Future()
        try:
            done.set_result(function(*task))
        except Exception as error:
            done.set_exception(error)
        return done

    def restart(self) -> None:
        """Nothing to do."""


class Workers:
    """Worker processes that end when this one does, however it does, and leave Ctrl-C to it.

    counter: a number in shared memory that tasks can add to. Left by an error, it ends the processes at once.
    """

    lost: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.ahead = 2 * jobs
        self._context = multiprocessing.get_context("spawn")
        self.counter = self._context.Value("q", 0)
        self._others = set(multiprocessing.active_children())
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.jobs, self._context, _set_up, (self.counter, loaded()))

    def submit[R](self, function: Callable[..., R], *task: Any) -> Future[R]:
        """Hand out a task. If a worker has died, the future says so: BrokenProcessPool."""
        try:
            with _interrupts_wait():  # a worker may be started here
                return self._pool.submit(function, *task)
        except BrokenProcessPool as error:
            lost: Future[R] = Future()
            lost.set_exception(error)
            return lost

    def restart(self) -> None:
        """New processes in place of those that a dead one took with it."""
        self._pool.shutdown(cancel_futures=True)
        self._pool = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            for child in set(multiprocessing.active_children()) - self._others:
                child.terminate()
        self._pool.shutdown(cancel_futures=kind is not None)


def in_parallel[T, R](
    function: Callable[[T, Callable[[], None]], R],
    tasks: Sequence[T],
    jobs: int,
    reached: Callable[[int], None],
) -> list[R]:
    """Do every task, in the order given; `function(task, tick)` calls tick after each day.

    jobs: worker processes, or 1 to stay in this one; reached: told the number of days done so far.
    Raises InputError as the task did, RunFailed for anything else that happens in a worker.
    """
    if jobs <= 1:
        return _in_turn(function, tasks, reached)
    with Workers(jobs) as workers:
        futures = [workers.submit(_work, function, task) for task in tasks]
        # read without its lock: a worker that was killed may hold it for ever
        _wait(futures, lambda: reached(workers.counter.get_obj().value))
    return [future.result() for future in futures]


def _in_turn(function: Callable[..., Any], tasks: Sequence[Any], reached: Callable[[int], None]) -> list[Any]:
    days = 0

    def tick() -> None:
        nonlocal days
        days += 1
        reached(days)

    return [function(task, tick) for task in tasks]


def _wait(futures: Sequence[Future[Any]], look: Callable[[], None]) -> None:
    """Until all are done; a task that fails ends the waiting with its error."""
    pending = set(futures)
    while pending:
        done, pending = wait(pending, POLL, FIRST_EXCEPTION)
        look()
        for number, future in enumerate(futures, 1):
            error = future.exception() if future in done else None
            if error is not None:
                raise _explained(error, number, len(futures)) from error


def _explained(error: BaseException, number: int, of: int) -> Exception:
    if isinstance(error, InputError):
        return error
    if isinstance(error, BrokenProcessPool):
        return RunFailed(
            "a worker process ended before its run did (killed, or out of memory?); try fewer --jobs"
        )
    what = f"{type(error).__name__}: {error}"
    return RunFailed(f"run {number} of {of} failed in its worker process: {what} (--jobs 1 shows where)")


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; only this one shall answer it.

    What is started meanwhile inherits the blocked signal and keeps it blocked; here it comes a moment later.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# inside a worker -----------------------------------------------------------------------------------------

_counter: Any = None


def _set_up(counter: Any, brought: Sequence[Extension]) -> None:
    """Share the count of days, and the code that the user brought; end when the process that asked for the
    work has ended, however it did."""
    global _counter
    _counter = counter
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    also(brought)


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _tick() -> None:
    with _counter.get_lock():
        _counter.value += 1


def _work(function: Callable[..., Any], task: Any) -> Any:
    return function(task, _tick)
