"""The header: what the page is, its rooms, and what belongs to all of it."""

from collections.abc import Callable

import anywidget
import solara
import solara.lab
import traitlets

from linli.viz.controls.elements import box, button
from linli.viz.frame.document import Document
from linli.viz.state import ROOMS, Choose
from linli.viz.state.desk import Desk
from linli.viz.state.link import encode
from linli.viz.tour.card import begin
from linli.viz.words import say


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
def Header(desk: Desk, dark: bool, formed: bool, form: Callable[[bool], None]) -> None:
    """The title, the rooms, and what belongs to the whole page. form: shows the settings, or folds them."""
    page = desk.page.value
    lang = page.lang
    with box("header", "bar"):
        with box("div", "document"):
            Document(lang)
        with box("div", "drawer-place"):
            if page.room != "studies":
                button(
                    say("show_controls", lang), lambda: form(not formed), "mdi-tune", classes="drawer",
                    only_icon=True, pressed=formed,
                )  # fmt: skip
        with box("div", "title"):
            box("h1", "", say("title", lang))
            box("p", "", say("subtitle", lang))
        with box("nav", "rooms", **{"aria-label": say("rooms", lang)}):
            for room in ROOMS:
                solara.Button(
                    say(room, lang), on_click=lambda room=room: desk.do(Choose("room", room)), text=True,
                    small=True, classes=["tab", *(["chosen"] if page.room == room else [])],
                    attributes={"aria-current": "page" if page.room == room else "false"},
                ).key(room)  # fmt: skip
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
