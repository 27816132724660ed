"""Playing: play and pause, steps, speed, the day, and the timeline of policies."""

from collections.abc import Sequence
from typing import Any

import solara

from linli.viz.controls.elements import box, button
from linli.viz.controls.screen import use_screen
from linli.viz.controls.timeline import Timeline, now
from linli.viz.standalone.button import TakeAlong
from linli.viz.state import SPEEDS, Choose, Go, Play, SetOptions
from linli.viz.state.desk import Desk
from linli.viz.words import say
from linli.viz.worlds.stage import Shown


@solara.component
def Transport(desk: Desk) -> None:
    """The row of buttons, and the timeline below."""
    page, shown = desk.page.value, desk.shown.value
    lang, days = page.lang, page.settings.days
    with box("div", "transport"):
        label = say("pause" if page.playing else "play", lang)
        solara.Button(
            label,
            icon_name="mdi-pause" if page.playing else "mdi-play",
            on_click=lambda: desk.do(Play(not page.playing, desk.day)),
            color="primary",
            depressed=True,
            small=True,
            classes=["play"],
            attributes={"aria-label": label},
        )
        button(say("to_start", lang), lambda: desk.do(Go(0)), "mdi-skip-previous", only_icon=True)
        button(say("back", lang), lambda: desk.do(Go(desk.aim - 1)), "mdi-chevron-left", only_icon=True)
        button(say("step", lang), lambda: desk.do(Go(desk.aim + 1)), "mdi-chevron-right", only_icon=True)
        speeds = [
            {"value": s, "text": say("one_a_second", lang) if s == 1 else say("a_second", lang, days=s)}
            for s in SPEEDS
        ]
        solara.v.Select(
            v_model=page.speed,
            on_v_model=lambda speed: desk.do(Choose("speed", speed)),
            items=speeds,
            hide_details=True,
            dense=True,
            class_="speed",
            attributes={"aria-label": say("speed", lang)},
        )
        TakeAlong(desk).key("take along")
    timeline = Timeline(
        page.settings.policies,
        days,
        lang,
        lambda at, start, end: desk.do(SetOptions(at, (("start", start), ("end", end)))),
        lambda to: desk.do(Go(to)),
    )

    def draw(widgets: Sequence[Any], later: Shown) -> None:
        at = desk.page.value
        widgets[0].now = now(min(later.day, at.settings.days), at.settings.days, at.playing, at.lang)

    changes = [shown.moment if shown else -1, days, lang, page.playing]
    use_screen(desk, "timeline", (timeline,), draw, changes)
