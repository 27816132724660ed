"""Progress on standard error, for people who wait: a bar on a terminal, one line that changes in a
notebook."""

import os
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from linli.model.reading import printable
from linli.model.systems import NO_SYSTEMS, Systems

REFRESH = 0.1
"""Seconds between updates: a day of a small place takes less."""


def in_notebook() -> bool:
    """Whether a notebook shows what is written: it runs commands with `!`, as if on a terminal that it is
    not."""
    return "JPY_PARENT_PID" in os.environ


class Line:
    """One line that is written over, a few times a run: a carriage return is all that every notebook
    knows."""

    STEPS = 10

    def __init__(self, unit: str) -> None:
        self.unit, self.what, self.total, self.step = unit, "", 0, -1

    def begin(self, what: str, total: int) -> None:
        """What is being done from now on, and how many units it takes."""
        self.end()
        self.what, self.total = what, total

    def show(self, done: int) -> None:
        """So many are done: written at every tenth."""
        step = done * self.STEPS // self.total if self.total > 0 else 0
        if step != self.step:
            self.step = step
            said = f"\rlinli: {printable(self.what)}: {done:,} of {self.total:,} {self.unit}"
            print(said, end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """The line stays, and the next thing stands below it."""
        if self.step >= 0:
            print(file=sys.stderr)
        self.step = -1


class Progress:
    """Counts days done, or other units. Silent unless standard error is a terminal or a notebook's cell;
    leaves nothing behind on a terminal."""

    def __init__(self, what: str, unit: str = "days") -> None:
        self.done = 0
        self._total = -1
        self._next = 0.0
        self._line = Line(unit) if in_notebook() else None
        self._bar = _bar(unit) if not self._line and sys.stderr.isatty() else None
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
        if self._line:
            self._line.end()

    def expect(self, what: str, total: int, done: int = 0) -> None:
        """What is being done from now on, how many units it takes, and how many are done already."""
        self.done, self._total = done, total
        if self._line:
            self._line.begin(what, total)
        if self._bar and self._task is not None:
            self._bar.reset(self._task, total=total, description=what, completed=done)

    def tick(self) -> None:
        """One more is done."""
        self.reach(self.done + 1)

    def reach(self, done: int) -> None:
        """So many are done."""
        self.done = done
        if self._line:
            self._line.show(done)
        if self._bar and self._task is not None and (time.monotonic() >= self._next or done == self._total):
            self._next = time.monotonic() + REFRESH
            self._bar.update(self._task, completed=done)

    def say(self, message: str) -> None:
        """A line on standard error, above the bar if there is one."""
        if self._bar:
            self._bar.console.print(f"linli: {printable(message)}", soft_wrap=True)
        else:
            if self._line:
                self._line.end()
            said(message)


def said(message: str) -> None:
    """A line on standard error."""
    print(f"linli: {printable(message)}", file=sys.stderr)


def compile_first(say: Callable[[str], None], systems: Systems = NO_SYSTEMS) -> None:
    """Compile what has not been compiled on this machine yet, and say so: it takes a while.

    say: told so; systems: those of the policies to come; the runs without policies, beside them, have none.
    """
    from linli.model.array.compiling import compile_all, is_compiled

    for needed in sorted({False, bool(systems)}):
        if not is_compiled(needed):
            which = " of further systems" if needed else ""
            say(f"compiling the rules{which}, once for this version of linli (about half a minute)")
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
