"""The city: a circle a community, coloured by a measure, and a way into each of them."""

import threading

import numpy as np
import pandas as pd
import solara

from linli.model.measures import MEASURES
from linli.viz.canvas import CityMap, Scale, measure, plan_city
from linli.viz.controls import Choice
from linli.viz.controls.elements import box, button, progress
from linli.viz.state import Choose, OpenCommunity
from linli.viz.state.desk import Desk
from linli.viz.words import say
from linli.viz.words.model_words import PLACES, pick
from linli.viz.words.numbers import change_text, value_text
from linli.viz.worlds.city import CityShown, cities

COLOURS = {
    "engaged_share": "engaged_share",
    "active_in_year": "active_in_year",
    "volunteers": "volunteers_registered",
    "trust": "trust",
    "efficacy": "efficacy",
    "satisfaction": "satisfaction",
    "open_matters": "backlog",
    "members_matched": "members_matched",
}
"""Columns of a community's row that circles can be coloured by, with the measure whose name and unit fit."""

PAUSE = 0.4
"""Between two looks while the city's days are played [s]."""

PER_1000 = ("open_matters", "members_matched")
"""Counts, which are shown for each 1000 residents: communities differ in size."""

ARMS = ("baseline", "policy", "difference_of")


def values_of(shown: CityShown, at: int, column: str, arm: str) -> "pd.Series[float]":
    """What the circles show. at: which look."""
    both = [_column(table, column) for table in (shown.baseline[at], shown.policy[at])]
    return both[1] - both[0] if arm == "difference_of" else both[arm == "policy"]


def _column(table: pd.DataFrame, column: str) -> "pd.Series[float]":
    values = table[column].astype(float)
    return 1000.0 * values / table["residents"] if column in PER_1000 else values


@solara.component
def CityRoom(desk: Desk, dark: bool) -> None:
    """The room of the city."""
    page, shown = desk.page.value, desk.city.value
    lang, available = page.lang, cities()
    with box("section", "card"):
        if not available:
            box("p", "note", say("no_city", lang))
            return
        with box("div", "city-head"):
            named = tuple((name, pick(PLACES, name, lang)) for name in available)
            with box("div", "pick"):
                Choice(say("city", lang), named, page.city, lambda name: desk.do(Choose("city", name)))
            going = shown is not None and shown.going
            if going and shown is not None:
                box("span", "note", say("city_running", lang), role="status")
                progress(shown.share, say("city_running", lang))
                button(say("cancel", lang), desk.cancel_city, "mdi-stop")
            else:
                solara.Button(
                    say("city_run", lang), on_click=desk.run_city, color="primary", depressed=True,
                    small=True, icon_name="mdi-play", classes=["run-city"],
                )  # fmt: skip
        box("p", "note", say("city_help", lang))
    if shown is not None and shown.days:
        Communities(desk, shown, dark)


@solara.component
def Communities(desk: Desk, shown: CityShown, dark: bool) -> None:
    """The circles, and what is said of the chosen one."""
    page = desk.page.value
    lang = page.lang
    column, set_column = solara.use_state("engaged_share")
    arm, set_arm = solara.use_state("difference_of" if shown.settings.policies else "baseline")
    look, set_look = solara.use_state(-1)
    chosen, choose = solara.use_state(-1)
    playing, play = solara.use_state(False)
    last = len(shown.days) - 1
    at = last if look < 0 else min(look, last)

    def go_on(stop: threading.Event) -> None:
        while playing and not stop.wait(PAUSE):
            set_look(lambda n: -1 if n < 0 or n + 1 >= last else n + 1)

    def start_or_stop() -> None:
        if not playing and at >= last:
            set_look(0)
        play(not playing)

    solara.use_thread(go_on, dependencies=[playing, last])
    solara.use_effect(lambda: play(False) if look < 0 else None, [look])
    numbers = shown.baseline[0].index.tolist()
    plan = solara.use_memo(
        lambda: plan_city(shown.baseline[0]["residents"].to_numpy()), [id(shown.baseline[0])]
    )
    with box("section", "card"):
        with box("div", "picks"):
            columns = tuple((name, label_of(name, lang)) for name in COLOURS)
            Choice(say("measure", lang), columns, column, set_column)
            Choice(say("world", lang), tuple((name, say(name, lang)) for name in ARMS), arm, set_arm)
            with box("div", "days"):
                button(
                    say("pause" if playing else "play", lang), start_or_stop,
                    "mdi-pause" if playing else "mdi-play", only_icon=True, disabled=last < 1,
                )  # fmt: skip
                solara.v.Slider(
                    v_model=at, on_v_model=lambda n: set_look(n if n < last else -1), min=0,
                    max=max(1, last), step=1, hide_details=True, dense=True,
                    label=say("day_of", lang, day=shown.days[at], days=shown.settings.days),
                    attributes={"aria-label": say("timeline_day", lang)},
                )  # fmt: skip
        if shown.settings != desk.city_settings():
            box("p", "older", say("older", lang), role="status")
        values = values_of(shown, at, column, arm)
        scale = scale_of(shown, column, arm, lang)
        with box("div", "city"):
            with box("div", "circles"):
                CityMap(
                    plan, factor_of(column) * values.to_numpy(), scale,
                    on_click=choose, selected=chosen if chosen >= 0 else None, numbers=numbers,
                    title=say(arm, lang), language=lang, dark=dark, height="calc(100vh - 440px)",
                )  # fmt: skip
            if 0 <= chosen < len(numbers):
                Chosen(desk, shown, at, int(numbers[chosen]))


@solara.component
def Chosen(desk: Desk, shown: CityShown, at: int, number: int) -> None:
    """One community in both worlds, and the door to it."""
    lang = desk.page.value.lang
    with box("div", "one-community"):
        with box("div", "panel-head"):
            box("h2", "", say("community", lang, number=number))
            residents = int(shown.baseline[at]["residents"][number])
            box("span", "note", say("residents", lang, n=f"{residents:,}"))
            button(
                say("open_community", lang, number=number),
                lambda: open_(desk, shown, number),
                "mdi-door-open",
            )
        with box("table", "measures"):
            with box("thead"), box("tr"):
                for name in ("measure", *ARMS):
                    box("th", "number" if name != "measure" else "", say(name, lang), scope="col")
            with box("tbody"):
                for column in COLOURS:
                    unit = MEASURES[COLOURS[column]].unit
                    before, after = (float(values_of(shown, at, column, arm)[number]) for arm in ARMS[:2])
                    with box("tr"):
                        box("td", "", label_of(column, lang))
                        box("td", "number", value_text(before, unit, lang))
                        box("td", "number", value_text(after, unit, lang))
                        box("td", "number", change_text(after - before, unit, lang))


def open_(desk: Desk, shown: CityShown, number: int) -> None:
    """Look at a community as a neighbourhood."""
    desk.do(OpenCommunity(shown.settings.scenario, number))
    desk.do(Choose("room", "town"))


def label_of(column: str, lang: str) -> str:
    """What circles are coloured by."""
    if column in PER_1000:
        return say(f"{column}_per_1000", lang)
    about = MEASURES[COLOURS[column]]
    return about.zh if lang == "zh" else about.en


def factor_of(column: str) -> float:
    """Shares are shown in per cent."""
    return 100.0 if MEASURES[COLOURS[column]].unit.startswith("share") else 1.0


def scale_of(shown: CityShown, column: str, arm: str, lang: str) -> Scale:
    """Colours for all days alike, so that a change of colour is a change of the city."""
    ends = [values_of(shown, at, column, arm).to_numpy() for at in range(len(shown.days))]
    everything = factor_of(column) * np.concatenate(ends)
    share = factor_of(column) > 1.0
    unit = (say("points", lang) if arm == "difference_of" else "%") if share else ""
    if arm == "difference_of":
        reach = float(np.nanmax(np.abs(everything))) or 1.0
        return measure(label_of(column, lang), -reach, reach, unit, two_sided=True)
    return measure(label_of(column, lang), float(np.nanmin(everything)), float(np.nanmax(everything)), unit)
