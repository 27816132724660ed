"""The page: who stands where. What happens stands in `viz.state`, who works in `viz.state.desk`."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import solara
import solara.lab
import traitlets

from linli.viz.controls import Controls
from linli.viz.controls.elements import box, button
from linli.viz.controls.transport import Transport
from linli.viz.panels.difference import Difference
from linli.viz.panels.measures import Measures
from linli.viz.panels.why import Why
from linli.viz.rooms.city import CityRoom
from linli.viz.rooms.studies import Studies
from linli.viz.rooms.town import Colours, Worlds
from linli.viz.state import PANELS, ROOMS, Choose, Dismiss, Reset
from linli.viz.state.desk import Desk
from linli.viz.state.link import decode, encode
from linli.viz.tour.card import Story, begin
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
    drawer, show_drawer = solara.use_state(False)
    Header(desk, dark, lambda: show_drawer(not drawer))
    if page.problem:
        Problem(desk)
    if page.room == "studies":
        with box("div", "body wide"), box("main", "main"):
            Studies(desk, dark)
        return
    with box("div", "body"):
        label = say("show_controls", page.lang)
        with box("aside", "side open" if drawer else "side", **{"aria-label": label}):
            Controls(desk)
        with box("main", "main"):
            if page.room == "city":
                CityRoom(desk, dark)
            else:
                Neighbourhood(desk, dark)


def opened(query: str) -> Desk:
    """The desk of a visitor who came by a link, or without one."""
    page, problems = decode(query)
    if problems:
        few = [problem[:200] for problem in problems[:4]]
        page = page.but(problem=f"{say('bad_link', page.lang)}: {'; '.join(few)}")
    return Desk(page)


class Clipboard(anywidget.AnyWidget):
    """Puts a link to this page into the clipboard, where the browser allows it."""

    _esm = """
    export default { render({ model, el }) {
      el.classList.add("linli-clipboard");
      model.on("change:query", () => {
        const link = location.origin + location.pathname + "?" + model.get("query");
        navigator.clipboard?.writeText(link).catch(() => {});
      });
    } };
    """
    query = traitlets.Unicode("").tag(sync=True)


@solara.component
def Share(desk: Desk) -> None:
    """The link that reproduces this page, into the address bar and the clipboard."""
    lang = desk.page.value.lang
    router = solara.use_router()
    query, set_query = solara.use_state("")

    def share() -> None:
        made = encode(desk.page.value, desk.day)
        router.push(f"/?{made}")
        set_query(made)

    with box("div", "share", title=say("link_help", lang)):
        Clipboard.element(query=query)
        button(say("copied" if query else "link", lang), share, "mdi-link-variant", classes="copy")


@solara.component
def Header(desk: Desk, dark: bool, toggle_drawer: Any) -> None:
    """The title, the rooms, and what belongs to the whole page."""
    page = desk.page.value
    lang = page.lang
    with box("header", "bar"):
        button(say("show_controls", lang), toggle_drawer, "mdi-tune", classes="drawer", only_icon=True)
        with box("div", "title"):
            box("h1", "", say("title", lang))
            box("p", "", say("subtitle", lang))
        with box("nav", "rooms"):
            for room in ROOMS:
                Tab(say(room, lang), page.room == room, lambda room=room: desk.do(Choose("room", room))).key(
                    room
                )
        box("span", "space")
        button(say("tour", lang), lambda: begin(desk), "mdi-compass-outline", classes="tour")
        Share(desk)
        other = "en" if lang == "zh" else "zh"
        button(
            "中文" if other == "zh" else "English", lambda: desk.do(Choose("lang", other)), "mdi-translate"
        )
        button(
            say("to_light" if dark else "to_dark", lang),
            lambda: setattr(solara.lab.theme, "dark", not dark),
            "mdi-weather-sunny" if dark else "mdi-weather-night",
            only_icon=True,
        )


@solara.component
def Problem(desk: Desk) -> None:
    """What could not be done, until it is dismissed."""
    page = desk.page.value
    with box("div", "problem", role="alert"):
        box("span", "", page.problem)
        button(say("close", page.lang), lambda: desk.do(Dismiss()), "mdi-close", only_icon=True)


@solara.component
def Neighbourhood(desk: Desk, dark: bool) -> None:
    """Two worlds side by side."""
    page = desk.page.value
    if page.step is not None:
        Story(desk)
    with box("section", "card time"):
        Transport(desk)
    with box("section", "card maps"):
        Colours(desk)
        Worlds(desk, dark)
    with box("section", "card panel"):
        with box("nav", "tabs", role="tablist"):
            for panel in PANELS:
                Tab(
                    say(panel, page.lang), page.panel == panel,
                    lambda panel=panel: desk.do(Choose("panel", panel)),
                ).key(panel)  # fmt: skip
        if page.panel == "difference":
            Difference(desk, dark)
        elif page.panel == "measures":
            Measures(desk)
        else:
            Why(desk, dark)


@solara.component
def Tab(label: str, chosen: bool, on_click: Any) -> Any:
    """One of several rooms or panels."""
    return solara.Button(
        label,
        on_click=on_click,
        text=True,
        small=True,
        classes=["tab", *(["chosen"] if chosen else [])],
        attributes={"aria-selected": str(chosen).lower(), "role": "tab"},
    )
