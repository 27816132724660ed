"""Playing: play and pause, steps, speed, the day, and the timeline of policies."""

import solara

from viz.desk import Desk
from viz.elements import box, button
from viz.state import SPEEDS, Choose, Go, Play, SetOptions
from viz.timeline import Timeline
from viz.words import say


@solara.component
def Transport(desk: Desk) -> None:
    """The row of buttons, and the timeline below."""
    page, shown = desk.page.value, desk.shown.value
    lang, days = page.lang, page.settings.days
    day = min(shown.day, days) if shown is not None else page.day
    with box("div", "transport"):
        label = say("pause" if page.playing else "play", lang)
        solara.Button(
            label,
            icon_name="mdi-pause" if page.playing else "mdi-play",
            on_click=lambda: desk.do(Play(not page.playing, day)),
            color="primary",
            depressed=True,
            small=True,
            classes=["play"],
            attributes={"aria-label": label},
        )
        button(say("to_start", lang), lambda: desk.do(Go(0)), "mdi-skip-previous", only_icon=True)
        button(say("back", lang), lambda: desk.do(Go(day - 1)), "mdi-chevron-left", only_icon=True)
        button(say("step", lang), lambda: desk.do(Go(day + 1)), "mdi-chevron-right", only_icon=True)
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
        said = say("day_of", lang, day=day, days=days) if day else say("eve", lang)
        box("span", "day", said, **{"aria-live": "off" if page.playing else "polite"})
    Timeline(
        page.settings.policies,
        days,
        day,
        lang,
        lambda at, start, end: desk.do(SetOptions(at, (("start", start), ("end", end)))),
        lambda to: desk.do(Go(to)),
    )
