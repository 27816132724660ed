"""Runs in several processes. Which process does which run, and when, changes no result."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from model.errors import InputError

POLL = 0.2
"""Seconds between two looks at how far the workers are."""


class RunFailed(Exception):
    """A run came to no end; the message says which one and why."""

    is_explained = True


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
    context = multiprocessing.get_context("spawn")
    counter = context.Value("q", 0)
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, context, _set_up, (counter,))
    try:
        with _children_ignore_interrupts():
            futures = [pool.submit(_work, function, task) for task in tasks]
        # read without its lock: a worker that was killed may hold it for ever
        _wait(futures, lambda: reached(counter.get_obj().value))
    except BaseException:
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()
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
def _children_ignore_interrupts() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; only this one shall answer it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# inside a worker -----------------------------------------------------------------------------------------

_counter: Any = None


def _set_up(counter: Any) -> None:
    """Share the count of days; end when the process that asked for the work has ended, however it did."""
    global _counter
    _counter = counter
    threading.Thread(target=_follow_parent, daemon=True).start()


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
