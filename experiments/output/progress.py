"""A progress bar on standard error, for people who wait in front of a terminal."""

import sys
import time
from types import TracebackType
from typing import Self

from linli.model.systems import NO_SYSTEMS, Systems

REFRESH = 0.1
"""Seconds between updates: a day of a small place takes less."""


class Progress:
    """Counts days done, or other units. Silent unless standard error is a terminal; leaves nothing behind
    on it."""

    def __init__(self, what: str, unit: str = "days") -> None:
        self.done = 0
        self._total = -1
        self._next = 0.0
        self._bar = _bar(unit) if sys.stderr.isatty() else None
        self._task = self._bar.add_task(what, total=None) if self._bar else None

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def expect(self, what: str, total: int, done: int = 0) -> None:
        """What is being done from now on, how many units it takes, and how many are done already."""
        self.done, self._total = done, total
        if self._bar and self._task is not None:
            self._bar.reset(self._task, total=total, description=what, completed=done)

    def tick(self) -> None:
        """One more is done."""
        self.reach(self.done + 1)

    def reach(self, done: int) -> None:
        """So many are done."""
        self.done = done
        if self._bar and self._task is not None and (time.monotonic() >= self._next or done == self._total):
            self._next = time.monotonic() + REFRESH
            self._bar.update(self._task, completed=done)

    def say(self, message: str) -> None:
        """A line on standard error, above the bar if there is one."""
        if self._bar:
            self._bar.console.print(f"linli: {message}", soft_wrap=True)
        else:
            print("linli:", message, file=sys.stderr)


def compile_first(progress: Progress, systems: Systems = NO_SYSTEMS) -> None:
    """Compile what has not been compiled on this machine yet, and say so: it takes a while.

    systems: those of the policies to come; the runs without policies, beside them, have none.
    """
    from linli.model.array.compiling import compile_all, is_compiled

    for needed in sorted({False, bool(systems)}):
        if not is_compiled(needed):
            which = " of further systems" if needed else ""
            progress.say(f"compiling the rules{which}, once for this version of linli (about half a minute)")
            compile_all(needed)


def _bar(unit: str):  # type: ignore[no-untyped-def]
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class Rate(TextColumn):
        """How many a second, of late."""

        def render(self, task):  # type: ignore[no-untyped-def]
            return Text(f"{task.speed:,.1f}/s" if task.speed else "", style="progress.data.speed")

    return Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        Rate(""),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=Console(stderr=True, markup=False, highlight=False),
        transient=True,
    )
