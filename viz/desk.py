"""One visitor's desk: the page's state, the stage that shows days, and the repeats in the background."""

from dataclasses import dataclass

import solara

from viz.repeats import Repeated, Repeats
from viz.stage import Shown, Stage, Wish
from viz.state import Action, Complain, Page, Play, reduce


@dataclass(frozen=True)
class Progress:
    """How far the making of a town has come, 0 .. 1."""

    share: float


class Desk:
    """Wires state to work. `do` is the only way in; what is drawn reads `page`, `shown`, `busy`, `repeated`."""

    def __init__(self, page: Page) -> None:
        self.page = solara.reactive(page)
        self.shown: solara.Reactive[Shown | None] = solara.reactive(None)
        self.busy: solara.Reactive[Progress | None] = solara.reactive(None)
        self.repeated: solara.Reactive[Repeated | None] = solara.reactive(None)
        self._repeats: Repeats | None = None
        self._stage = Stage(self._show, self._told, self._failed, self._ended)
        self._wish()

    def do(self, action: Action) -> None:
        """An action of the visitor."""
        before = self.page.value
        self.page.set(reduce(before, action))
        if self.page.value != before:
            self._wish()

    def close(self) -> None:
        """The visitor has gone: all work ends."""
        self._stage.close()
        if self._repeats is not None:
            self._repeats.cancel()

    def _wish(self) -> None:
        page = self.page.value
        self._stage.wish(Wish(page.settings, page.day, page.jumps, page.playing, page.speed))

    def _show(self, shown: Shown) -> None:
        self.shown.set(shown)

    def _told(self, share: float | None) -> None:
        self.busy.set(None if share is None else Progress(share))

    def _failed(self, problem: str) -> None:
        self.do(Complain(problem))

    def _ended(self, day: int) -> None:
        self.do(Play(False, day))
