"""Who turns the days over while a visitor watches: one thread a visitor, outside the event loop.

The page says what it wishes to see, as often as it likes; the stage works towards the newest wish and drops
older ones. It ends when it is closed, in the middle of a town if need be.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from linli.viz.state.settings import Settings
from linli.viz.worlds import Frame, Pair
from linli.viz.worlds.background import SPARE, Background, Cancelled, turn

FRAMES = 20
"""Pictures a second while playing, at most."""

AHEAD = 1
"""Pictures that may be on their way to the browser while the next one is made."""

_AT_ONCE = threading.Semaphore(SPARE)
"""Towns that all visitors together have in the making."""

PATIENCE = 1.0
"""So long a picture is waited for that the browser does not say it has drawn [s]."""


@dataclass(frozen=True)
class Wish:
    """What the page wants to see. jump: differs from the last wish's when the day is to be gone to."""

    settings: Settings
    day: int
    jump: int = 0
    playing: bool = False
    speed: int = 5


@dataclass(frozen=True, eq=False)
class Shown:
    """What is on the page: a day of both worlds. moment: counts what was shown."""

    pair: Pair
    day: int
    before: Frame
    after: Frame
    moment: int = 0

    @property
    def settings(self) -> Settings:
        """The settings that gave it."""
        return self.pair.settings


class Stage(Background):
    """Shows the days of two worlds.

    show: gets each day; busy: is told how far the making of a town has come (None: done); failed: gets what
    went wrong, in words. All three are called from the stage's own thread.
    """

    def __init__(
        self,
        show: Callable[[Shown], None],
        busy: Callable[[float | None], None],
        failed: Callable[[str], None],
        ended: Callable[[int], None],
    ) -> None:
        super().__init__("stage", failed)
        self._show, self._busy, self._ended = show, busy, ended
        self._news = threading.Condition()
        self._wish: Wish | None = None
        self._shown: Shown | None = None
        self._seen = -1
        self._due = 0.0
        self._begin()

    def wish(self, wish: Wish) -> None:
        """What is to be seen from now on."""
        with self._news:
            self._wish = wish
            self._news.notify()

    def seen(self, moment: int) -> None:
        """A moment is on the visitor's screen: the next one may be sent."""
        with self._news:
            self._seen = moment
            self._news.notify()

    def close(self) -> None:
        """End the work; does not wait for it."""
        with self._news:
            self.cancel()
            self._news.notify()

    @property
    def _closed(self) -> bool:
        return self._cancelled.is_set()

    # in the thread ------------------------------------------------------------------------------------

    def _work(self) -> None:
        done: Wish | None = None
        while True:
            with self._news:
                while (
                    not self._closed and (self._wish is None or self._wish == done) and not self._plays(done)
                ):
                    self._news.wait()
                if self._closed:
                    return
                wish = self._wish
            assert wish is not None
            try:
                if wish != done:
                    self._turn_to(wish, done)
                else:
                    self._play_on(wish)
                done = wish
            except Cancelled:
                continue
            except Exception as error:  # a town that cannot be run must not end the page
                done = wish
                self._busy(None)
                self._failed(str(error))

    def _plays(self, done: Wish | None) -> bool:
        shown = self._shown
        if done is None or not done.playing or shown is None or shown.settings != done.settings:
            return False
        return shown.day < done.settings.days

    def _turn_to(self, wish: Wish, done: Wish | None) -> None:
        """A new wish: another town, another day, or another pace."""
        other_town = self._shown is None or self._shown.settings != wish.settings
        if other_town:
            pair = self._build(wish)
            self._present(pair, wish.day)
        elif done is None or (wish.day, wish.jump) != (done.day, done.jump):
            assert self._shown is not None
            self._present(self._shown.pair, wish.day)

    def _build(self, wish: Wish) -> Pair:
        def go_on(share: float) -> bool:
            self._busy(share)
            return not self._closed and (self._wish is None or self._wish.settings == wish.settings)

        def wait() -> None:
            if not go_on(0.0):
                raise Cancelled

        try:
            with turn(_AT_ONCE, wait):
                return Pair.build(wish.settings, go_on)
        finally:
            self._busy(None)

    def _play_on(self, wish: Wish) -> None:
        """The next picture while playing, at the pace wished for."""
        assert self._shown is not None
        started = time.perf_counter()
        step = max(1, round(wish.speed / FRAMES))
        day = min(self._shown.day + step, wish.settings.days)
        if day > self._shown.day:
            self._present(self._shown.pair, day)
        if day >= wish.settings.days:
            self._ended(day)
        # a picture that was late is made up for, but only one
        pause = step / wish.speed
        self._due = max(self._due, started - pause) + pause
        self._rest(wish, self._due)

    def _rest(self, wish: Wish, until: float) -> None:
        """Wait for the next picture's time, and for the browser to have kept up (but not for ever)."""
        assert self._shown is not None
        moment, patience = self._shown.moment - AHEAD, time.perf_counter() + PATIENCE
        with self._news:
            while not self._closed and self._wish == wish:
                now = time.perf_counter()
                end = until if self._seen >= moment else max(until, patience)
                if now >= end:
                    return
                self._news.wait(end - now)

    def _present(self, pair: Pair, day: int) -> None:
        before, after = pair.frames(day)
        moment = 0 if self._shown is None else self._shown.moment + 1
        self._shown = Shown(pair, day, before, after, moment)
        self._show(self._shown)
