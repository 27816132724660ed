"""The page: who stands where. What happens stands in `viz.state`, what is worked out in `viz.desk`."""

from pathlib import Path
from typing import Any

import solara

from viz import charts
from viz.desk import Desk
from viz.elements import box, button
from viz.state import COLOURS, Choose, Go, Page as State, Play, AddPolicy
from viz.words import say

STYLE = Path(__file__).with_name("page.css")


@solara.component
def Layout(children: list[Any]) -> Any:
    """Nothing around the page."""
    return solara.Column(children=children, gap="0px", style={"height": "100%"})


@solara.component
def Page() -> None:
    """One visitor's page."""
    desk = solara.use_memo(lambda: Desk(State()), [])
    solara.use_effect(lambda: desk.close, [])
    solara.Style(STYLE)
    lang = desk.page.value.lang
    with box("div", "linli"):
        with box("header", "bar"):
            box("h1", "", say("title", lang))
            button(say("language", lang), lambda: desk.do(Choose("lang", "en" if lang == "zh" else "zh")))
        Transport(desk)
        Town(desk)
        Chart(desk)


@solara.component
def Transport(desk: Desk) -> None:
    page = desk.page.value
    shown = desk.shown.value
    day = shown.day if shown else 0
    with box("div", "transport"):
        button(say("pause" if page.playing else "play", page.lang), lambda: desk.do(Play(not page.playing, day)))
        box("span", "day", say("day_of", page.lang, day=day, days=page.settings.days))
        button("match", lambda: desk.do(AddPolicy("match")))
        solara.SliderInt("day", value=day, min=0, max=page.settings.days, on_value=lambda d: desk.do(Go(d)))


@solara.component
def Town(desk: Desk) -> None:
    shown = desk.shown.value
    if shown is None:
        busy = desk.busy.value
        box("p", "", say("building", desk.page.value.lang, share=int(100 * (busy.share if busy else 0))))
    else:
        box("p", "", f"{(shown.before.acted < 30).sum()} / {(shown.after.acted < 30).sum()}")


@solara.component
def Chart(desk: Desk) -> None:
    pass
