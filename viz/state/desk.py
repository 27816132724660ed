"""One visitor's desk: the page's state, the stage that shows days, and what works in the background."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import solara

from linli.model.attribution.result import Attribution
from linli.model.errors import InputError
from linli.viz.state import Action, Complain, Page, Play, reduce
from linli.viz.state.acting import can_act
from linli.viz.state.settings import Settings
from linli.viz.worlds.account import Account, Accounting, Question
from linli.viz.worlds.city import CityRun, CityShown
from linli.viz.worlds.repeats import CROWD, Repeated, Repeats, going
from linli.viz.worlds.stage import Shown, Stage, Wish

MOST_ACCOUNTS = 4
"""Settings of which it is remembered what differed."""

CHART_EVERY = 2.0
"""Seconds between two states of the charts while playing [s]. To draw them anew takes a tenth of a second, in
which the maps stand still."""


@dataclass(frozen=True)
class Progress:
    """How far the making of a town has come, 0 .. 1."""

    share: float


class Desk:
    """Wires state to work. `do` is the way in; what is drawn reads the reactive fields.

    shown: the day on the maps, which stands still while playing; latest: the newest day, which `screens` draw
    by themselves while playing (to draw the page anew for each would be too slow); charted: the day of the
    charts, which follow more slowly; busy: while a town is made; repeated: the newest repeats; older: the
    last ones with an interval, of other settings perhaps; account: which acts differ between the worlds, and
    by what; accounts: the same of the last few settings; city: how far the city has come.
    """

    def __init__(self, page: Page) -> None:
        self.page = solara.Reactive(page)
        self.shown: solara.Reactive[Shown | None] = solara.Reactive(None)
        self.charted: solara.Reactive[Shown | None] = solara.Reactive(None)
        self.busy: solara.Reactive[Progress | None] = solara.Reactive(None)
        self.repeated: solara.Reactive[Repeated | None] = solara.Reactive(None)
        self.older: solara.Reactive[Repeated | None] = solara.Reactive(None)
        self.account: solara.Reactive[Account | None] = solara.Reactive(None)
        self.accounts: dict[Settings, Attribution] = {}
        self.city: solara.Reactive[CityShown | None] = solara.Reactive(None)
        self._accounting: Accounting | None = None
        self._asking = threading.Lock()
        self._city_run: CityRun | None = None
        self.latest: Shown | None = None
        self.screens: dict[str, Callable[[Shown], None]] = {}
        self._repeats: Repeats | None = None
        self._repeats_of: Settings | None = None
        self._charted_at = 0.0
        self._closed = False
        self._stage: Stage | None = None

    def begin(self) -> Callable[[], None]:
        """Begin to work, once the page stands: what works reports to what is drawn. Returns what ends it."""
        self._stage = Stage(self._show, self._told, self._failed, self._ended)
        self._wish()
        return self.close

    def do(self, action: Action) -> None:
        """An action of the visitor."""
        before = self.page.value
        self.page.set(reduce(before, action))
        if self.page.value != before:
            self._wish()
            self._settle()

    @property
    def day(self) -> int:
        """The day on the screen."""
        return self.page.value.day if self.latest is None else self.latest.day

    @property
    def aim(self) -> int:
        """The day that was asked for last: whoever clicks twice need not wait for the first day."""
        return self.day if self.page.value.playing else self.page.value.day

    def watch(self, name: str, draw: Callable[[Shown], None]) -> Callable[[], None]:
        """Add a screen that draws the days while playing. Returns what takes it away again."""
        self.screens[name] = draw

        def leave() -> None:
            if self.screens.get(name) is draw:  # another one may hang there by now
                del self.screens[name]

        return leave

    def redraw(self, name: str) -> None:
        """Draw the newest day on a screen, if there are both."""
        draw = self.screens.get(name)
        if draw is not None and self.latest is not None:
            draw(self.latest)

    def seen(self, moment: int) -> None:
        """The maps show a moment."""
        if self._stage is not None:
            self._stage.seen(moment)

    def close(self) -> None:
        """The visitor has gone: all work ends."""
        self._closed = True
        if self._stage is not None:
            self._stage.close()
        self.cancel_repeats()
        self.cancel_city()
        if self._accounting is not None:
            self._accounting.cancel()

    def cancel_repeats(self) -> None:
        """No more repeats; those that are done stay."""
        if self._repeats is not None:
            self._repeats.cancel()

    def repeat(self) -> None:
        """Repeat the comparison under other luck, with the settings that are shown."""
        self.cancel_repeats()
        shown = self.shown.value
        if shown is None or self._closed or not shown.settings.policies:
            return
        self._repeats_of = shown.settings
        self._repeats = Repeats(
            shown.settings, self._tell, self._failed, gently=lambda: self.page.peek().playing
        )

    def _repeat_unasked(self, settings: Settings) -> None:
        """Begin, where there is something to find and no crowd waits for its own."""
        self.cancel_repeats()
        if can_act(settings) and going() < CROWD:
            self.repeat()

    def city_settings(self) -> Settings:
        """The city in its room, with the seed, days, policies and assumptions of the page."""
        page = self.page.value
        mine = page.settings
        return Settings.of(
            page.city, seed=mine.seed, days=mine.days, policies=mine.policies, parameters=mine.parameters
        )

    def run_city(self) -> None:
        """Run the city in its room, both worlds."""
        self.cancel_city()
        try:
            self._city_run = CityRun(self.city_settings(), self._tell_city, self._failed)
        except InputError as error:
            self._failed(str(error))

    def cancel_city(self) -> None:
        """The city goes no further; what it reached stays."""
        if self._city_run is not None:
            self._city_run.cancel()

    # called by the stage and the repeats, from their threads --------------------------------------------

    def _wish(self) -> None:
        page = self.page.value
        if self._stage is not None:
            self._stage.wish(Wish(page.settings, page.day, page.jumps, page.playing, page.speed))

    def _show(self, shown: Shown) -> None:
        before, self.latest = self.latest, shown
        same_town = before is not None and before.pair is shown.pair
        if self.page.value.playing and same_town:
            for draw in list(self.screens.values()):
                draw(shown)
            self._chart()
        else:
            self._settle()
        if shown.settings != self._repeats_of and self.page.value.step is None:
            self._repeat_unasked(shown.settings)

    def _settle(self) -> None:
        """The page shows the newest day, and so do the charts."""
        if not self.page.value.playing:
            self.shown.set(self.latest)
            self.charted.set(self.latest)
        elif self.shown.value is None or (self.latest and self.shown.value.pair is not self.latest.pair):
            self.shown.set(self.latest)
        self._ask()

    def _chart(self) -> None:
        """Charts follow the maps, but not at every picture."""
        now = time.monotonic()
        if now - self._charted_at > CHART_EVERY:
            self._charted_at = now
            self.charted.set(self.latest)
            self._ask()

    def _ask(self) -> None:
        """The account goes as far as the charts; without policies there is none but for who was picked."""
        page, charted = self.page.value, self.charted.value
        if charted is None or self._closed or not (charted.settings.policies or page.resident is not None):
            return
        picked = page.resident
        if picked is not None and picked >= len(charted.pair.town.people):
            picked = None
        with self._asking:
            if self._accounting is None or self._accounting.pair is not charted.pair:
                if self._accounting is not None:
                    self._accounting.cancel()
                self._accounting = Accounting(
                    charted.pair, self._tell_account, self._failed, gently=lambda: self.page.peek().playing
                )
            self._accounting.ask(Question(charted.day, picked, page.occasion))

    def _told(self, share: float | None) -> None:
        self.busy.set(None if share is None else Progress(share))

    def _tell(self, repeated: Repeated) -> None:
        if repeated.settings != self._repeats_of:
            return
        self.repeated.set(repeated)
        if repeated.runs > 1:
            self.older.set(repeated)

    def _tell_account(self, account: Account) -> None:
        charted = self.charted.peek()
        if charted is None or account.pair is not charted.pair:
            return
        self.accounts.pop(account.pair.settings, None)
        self.accounts[account.pair.settings] = account.difference
        while len(self.accounts) > MOST_ACCOUNTS:
            self.accounts.pop(next(iter(self.accounts)))
        self.account.set(account)

    def _tell_city(self, shown: CityShown) -> None:
        newest = self._city_run is None or shown.settings == self.city_settings() or not shown.going
        if newest:
            self.city.set(shown)

    def _failed(self, problem: str) -> None:
        self.do(Complain(problem))

    def _ended(self, day: int) -> None:
        self.do(Play(False, day))
