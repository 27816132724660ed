"""The page: who stands where. What happens stands in `viz.state`, who works in `viz.state.desk`."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import solara
import solara.lab

from linli.viz.controls import Controls
from linli.viz.controls.elements import box, button
from linli.viz.controls.transport import Transport
from linli.viz.frame.header import Header
from linli.viz.panels.across import AcrossWorlds
from linli.viz.panels.difference import Difference
from linli.viz.panels.in_sight import InSight
from linli.viz.panels.measures import Measures
from linli.viz.panels.whom import Whom
from linli.viz.panels.why import Why
from linli.viz.rooms.city import CityRoom
from linli.viz.rooms.landing import Landing
from linli.viz.rooms.studies import Studies
from linli.viz.rooms.town import Colours, Worlds
from linli.viz.state import PANELS, Choose, Dismiss, Reset
from linli.viz.state.desk import Desk
from linli.viz.state.link import decode
from linli.viz.tour.card import Story
from linli.viz.words import say

STYLE = Path(__file__).with_name("page.css")
LOG = logging.getLogger(__name__)


@solara.component
def Layout(children: list[Any]) -> Any:
    """Nothing around the page."""
    return box("div", "", *children)


@solara.component
def Page() -> None:
    """One visitor's page, and what is shown when drawing it went wrong."""
    query = solara.use_router().search or ""
    desk = solara.use_memo(lambda: opened(query), [])
    solara.use_effect(desk.begin, [])
    dark = solara.lab.use_dark_effective()
    error, forget = solara.use_exception()
    solara.Style(STYLE)
    with box("div", "linli", lang=desk.page.value.lang):
        if error is None:
            Rooms(desk, dark)
        else:
            Broken(desk, error, forget)


@solara.component
def Broken(desk: Desk, error: BaseException, forget: Callable[[], None]) -> None:
    """Something could not be drawn: say so, and offer to begin again."""
    solara.use_effect(lambda: LOG.error("the page could not be drawn", exc_info=error), [error])
    lang = desk.page.value.lang

    def afresh() -> None:
        desk.do(Reset())
        desk.do(Choose("room", "town"))
        forget()

    with box("div", "problem", role="alert"):
        box("span", "", say("broken", lang, why=f"{type(error).__name__}: {error}"[:200]))
        button(say("reset", lang), afresh, "mdi-restore")


@solara.component
def Rooms(desk: Desk, dark: bool) -> None:
    """The header, and the room that is open."""
    page = desk.page.value
    wished, form = solara.use_state(cast(bool | None, None))
    formed = page.room == "city" if wished is None else wished  # a city is nothing without its settings
    Header(desk, dark, formed, form)
    if page.problem and not (page.problem_at and formed):
        Problem(desk)
    if page.room == "studies":
        with box("div", "body wide").key("wide"), box("main", "main"):
            Studies(desk, dark)
        return
    with box("div", "body formed" if formed else "body").key("with a form"):
        if formed:
            label = say("show_controls", page.lang)
            with box("aside", "side wished" if wished else "side", **{"aria-label": label}).key("side"):
                Controls(desk)
        with box("main", "main").key("main"):
            if page.room == "city":
                CityRoom(desk, dark)
            else:
                Neighbourhood(desk, dark, formed, form)


def opened(query: str) -> Desk:
    """The desk of a visitor who came by a link, or without one."""
    page, problems = decode(query)
    if problems:
        few = [problem[:200] for problem in problems[:4]]
        page = page.but(problem=f"{say('bad_link', page.lang)}: {'; '.join(few)}")
    return Desk(page)


@solara.component
def Problem(desk: Desk) -> None:
    """What could not be done, until it is dismissed."""
    page = desk.page.value
    with box("div", "problem", role="alert"):
        box("span", "", page.problem)
        button(say("close", page.lang), lambda: desk.do(Dismiss()), "mdi-close", only_icon=True)


@solara.component
def Neighbourhood(desk: Desk, dark: bool, formed: bool, form: Callable[[bool], None]) -> None:
    """Two worlds side by side, and beside them or below what the policies change."""
    page = desk.page.value
    if page.step is not None:
        Story(desk)
    elif not formed:
        Landing(desk, lambda: form(True))
    with box("div", "scene").key("scene"):
        with box("div", "stage"):
            with box("section", "card time"):
                Transport(desk)
            with box("section", "card maps"):
                Colours(desk)
                Worlds(desk, dark)
            InSight(desk)
        with box("section", "card panel", **{"aria-label": say("results", page.lang)}):
            with box("div", "tabs", role="tablist", **{"aria-label": say("results", page.lang)}):
                for panel in PANELS:
                    Tab(
                        say(panel, page.lang), page.panel == panel,
                        lambda panel=panel: desk.do(Choose("panel", panel)),
                    ).key(panel)  # fmt: skip
            if page.panel == "difference":
                Difference(desk, dark)
            elif page.panel == "measures":
                Measures(desk)
            elif page.panel == "whom":
                Whom(desk, dark)
            elif page.panel == "worlds":
                AcrossWorlds(desk, dark)
            else:
                Why(desk, dark)


@solara.component
def Tab(label: str, chosen: bool, on_click: Callable[[], None]) -> Any:
    """One of several panels."""
    return solara.Button(
        label,
        on_click=on_click,
        text=True,
        small=True,
        classes=["tab", *(["chosen"] if chosen else [])],
        attributes={"aria-selected": str(chosen).lower(), "role": "tab"},
    )
