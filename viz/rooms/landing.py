"""The question that the page is about, and three ways in: a bet, four towns, or one of one's own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import solara

from linli.model.policies import from_text
from linli.viz.controls.elements import box
from linli.viz.state import Choose, Tell
from linli.viz.state.desk import Desk
from linli.viz.state.settings import Settings
from linli.viz.tour.card import begin
from linli.viz.words import say

PLACE, YEAR = "donghu", 365


@dataclass(frozen=True)
class Town:
    """One of four towns to look at. name: its word; policies, assumptions: what is set."""

    name: str
    policies: tuple[str, ...]
    assumptions: tuple[tuple[str, float], ...] = ()

    def settings(self) -> Settings:
        """A year of Donghu with it."""
        return Settings.of(
            PLACE,
            days=YEAR,
            policies=tuple(from_text(text) for text in self.policies),
            parameters=self.assumptions,
        )


ROOM = (("posts", 48),)
"""Four times as many members need as many more posts, in both worlds: the policy is refused otherwise."""

TOWNS = (
    Town("registered", ("sink:headcount=2000",), ROOM),
    Town("matched", ("match",)),
    Town("relieved", ("match", "relieve")),
    Town("fourfold", ("sink:headcount=2000", "match", "relieve"), ROOM),
)
"""Members who are only registered; matched to posts; matched, with workers relieved; four times as many."""


@solara.component
def Landing(desk: Desk, build: Callable[[], None]) -> None:
    """The question over the maps. build: shows the settings."""
    page = desk.page.value
    lang = page.lang
    choosing, choose = solara.use_state(False)
    with box("section", "landing", **{"aria-label": say("question", lang)}):
        box("p", "the-question", say("question", lang))
        with box("div", "ways"):
            _Way(say("way_bet", lang), "mdi-compass-outline", lambda: begin(desk), "bet", first=True)
            _Way(
                say("way_towns", lang),
                "mdi-home-group",
                lambda: choose(not choosing),
                "four",
                pressed=choosing,
            )
            _Way(say("way_build", lang), "mdi-tune", build, "build")
        if choosing:
            with box("div", "towns", role="group", **{"aria-label": say("way_towns", lang)}):
                for town in TOWNS:
                    settings = town.settings()
                    _Way(
                        say(f"town_{town.name}", lang), "", partial(_visit, desk, settings),
                        town.name, pressed=page.settings == settings,
                    ).key(town.name)  # fmt: skip


def _visit(desk: Desk, settings: Settings) -> None:
    """A town on the last day of its year."""
    desk.do(Tell(None, settings, settings.days))
    desk.do(Choose("panel", "difference"))


@solara.component
def _Way(
    label: str,
    icon: str,
    on_click: Callable[[], None],
    name: str,
    first: bool = False,
    pressed: bool | None = None,
) -> None:
    """A way in."""
    attributes = {} if pressed is None else {"aria-pressed": str(pressed).lower()}
    solara.Button(
        label, icon_name=icon or None, on_click=on_click, small=True, outlined=not first, depressed=True,
        color="primary" if first else None, classes=["way", name, *(["chosen"] if pressed else [])],
        attributes=attributes,
    )  # fmt: skip
