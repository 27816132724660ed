"""Work that goes on in a thread of its own while a visitor looks on."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SPARE = max(1, (os.cpu_count() or 2) - 1)
"""Processors for work in the background; one is left to the page."""


class Cancelled(Exception):
    """The work was cancelled."""


class Background:
    """A thread that does `_work`, can be cancelled and tells what goes wrong.

    failed: told the message of an error, since a thread has nobody else to tell. The thread begins with
    `_begin`, when whoever inherits is made in full.
    """

    def __init__(self, name: str, failed: Callable[[str], None]) -> None:
        self._failed = failed
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"linli-{name}", daemon=True)

    def _begin(self) -> None:
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon; what was reached is told once more."""
        self._cancelled.set()

    def join(self, seconds: float) -> bool:
        """Wait for the end; whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    # in the thread ------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._work()
        except Cancelled:
            pass
        except Exception as error:  # told on the page
            self._failed(str(error))
        self._over()

    def _work(self) -> None:
        """All there is to do."""
        raise NotImplementedError

    def _over(self) -> None:
        """At the end, however it came."""

    def _check(self) -> None:
        """Raise Cancelled if the work was cancelled."""
        if self._cancelled.is_set():
            raise Cancelled


@contextmanager
def turn(places: threading.Semaphore, check: Callable[[], object]) -> Iterator[None]:
    """One's turn, where all visitors together have so many places. check: raises when the work is cancelled
    while it waits."""
    while not places.acquire(timeout=0.1):
        check()
    try:
        yield
    finally:
        places.release()
