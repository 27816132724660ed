"""What the policies change: both worlds over the days, and the difference with its interval."""

from functools import partial

import solara

from linli.experiments.output.labels import label_of
from linli.model.measures import MEASURES
from linli.viz import charts
from linli.viz.charts import Line, Picture, band_of
from linli.viz.charts.chart import Chart
from linli.viz.charts.downloads import FORMATS, Downloads, made
from linli.viz.charts.groups import thumbnails
from linli.viz.controls.elements import box, button, progress
from linli.viz.panels.balance import Balance
from linli.viz.panels.made_of import made_of
from linli.viz.state import Choose, Page
from linli.viz.state.acting import can_act
from linli.viz.state.desk import Desk
from linli.viz.words import say
from linli.viz.words.model_words import unit as unit_text
from linli.viz.words.numbers import is_share
from linli.viz.worlds.repeats import CROWD, RUNS, Repeated, going
from linli.viz.worlds.stage import Shown

MOST_POINTS = 120
"""Points of a curve that is drawn while it grows."""


def growing(shown: Shown) -> range:
    """Days at which the shown town's curves are drawn: from the eve to the day shown."""
    return range(0, shown.day + 1, max(1, shown.settings.days // MOST_POINTS))


def unit_name(page: Page) -> str:
    """The unit of the chosen measure, as its axis is named."""
    measure = MEASURES[page.measure]
    shown = unit_text(measure.unit, page.lang)
    if not is_share(measure.unit):
        return shown
    return f"{shown} %" if page.lang == "zh" else shown.replace("share", "%", 1)


@solara.component
def Difference(desk: Desk, dark: bool) -> None:
    """The panel."""
    page, shown = desk.page.value, desk.charted.value
    if shown is None:
        return
    repeated = _newest(desk)
    with box("div", "panel-head"):
        MeasureChoice(desk)
        Repeating(desk)
    with box("div", "charts"):
        with box("div", "chart"):
            Curves(both(page, shown, dark), "both_arms", page, dark)
            if shown.day == 0:
                box("p", "older", say("press_play", page.lang))
        with box("div", "chart"):
            if shown.settings.policies:
                Curves(difference(page, shown, repeated, dark), "the_difference", page, dark)
                if repeated is not None and repeated.settings != page.settings:
                    box("p", "older", say("older", page.lang), role="status")
            elif page.settings.policies:
                box("p", "note waiting", say("going_on", page.lang), role="status")
            else:
                box("p", "note", say("no_difference", page.lang))
    Balance(desk)
    if repeated is not None and repeated.settings == shown.settings and shown.settings.policies:
        Luck(page, repeated, dark).key("luck")
    with box("div", "foot").key("foot"):
        box("span", "note", say("month_window", page.lang))
        Downloads(
            page.measure,
            FORMATS,
            partial(made, lambda lang: pictures(page.but(lang=lang), shown, repeated)),
            page.lang,
        )


@solara.component
def Luck(page: Page, repeated: Repeated, dark: bool) -> None:
    """The difference under each luck, as a small curve, and under how many of them there is more."""
    at, lang = list(MEASURES).index(page.measure), page.lang
    curves = (repeated.policy[:, at] - repeated.baseline[:, at]).tolist()
    changed = repeated.changes(page.measure)
    up, down = int((changed > 0.0).sum()), int((changed < 0.0).sum())
    label = label_of(page.measure, lang)
    said = say("luck_counts", lang, n=repeated.runs, up=up, down=down, what=label)
    with box("section", "luck", **{"aria-label": say("luck", lang)}):
        with box("div", "panel-head"):
            box("h2", "", say("luck", lang))
            box("span", "note", said)
        Chart(thumbnails(repeated.days, curves, charts.theme(dark), repeated.settings.seed), said)
        box("p", "note", say("luck_help", lang))


def _newest(desk: Desk) -> Repeated | None:
    """The repeats to draw: the new ones as soon as they have an interval, the older ones until then."""
    newest, older = desk.repeated.value, desk.older.value
    return newest if newest is not None and newest.runs > 1 else older


def pictures(
    page: Page, shown: Shown, repeated: Repeated | None
) -> tuple[str, list[Picture], tuple[str, ...]]:
    """The panel for paper: its title, its pictures, and of what they were made, in the page's language."""
    drawn = [both(page, shown, dark=False)]
    if shown.settings.policies:
        drawn.append(difference(page, shown, repeated, dark=False))
    return label_of(page.measure, page.lang), drawn, made_of(page, shown, repeated)


@solara.component
def Curves(picture: Picture, name: str, page: Page, dark: bool) -> None:
    """A picture, drawn."""
    label = f"{say(name, page.lang)}: {label_of(page.measure, page.lang)}"
    Chart(charts.curves(picture, charts.theme(dark)), label)


def both(page: Page, shown: Shown, dark: bool) -> Picture:
    """Both worlds of the shown town, up to the day shown."""
    look, days = charts.theme(dark), growing(shown)
    scale = 100.0 if is_share(MEASURES[page.measure].unit) else 1.0
    before, after = shown.pair.curves(page.measure, days)
    lines = (
        Line(say("baseline", page.lang), days, [scale * v for v in before], look.baseline, "dashed"),
        Line(say("policy", page.lang), days, [scale * v for v in after], look.policy),
    )
    title = say("both_arms", page.lang)
    return Picture(title, unit_name(page), shown.settings.days, lines, day=shown.day, lang=page.lang)


def difference(page: Page, shown: Shown, repeated: Repeated | None, dark: bool) -> Picture:
    """Policy minus baseline: the shown town, and the interval of many."""
    look, days = charts.theme(dark), growing(shown)
    share = is_share(MEASURES[page.measure].unit)
    scale = 100.0 if share else 1.0
    before, after = shown.pair.curves(page.measure, days)
    here = [scale * (b - a) for a, b in zip(before, after, strict=True)]
    lines, band = [], None
    if repeated is not None and repeated.runs > 1:
        effects = repeated.effects(page.measure)
        old = repeated.settings != page.settings
        mean = [None if e.difference is None else scale * e.difference for e in effects]
        colour = look.muted if old else look.policy
        lines.append(Line(say("mean_of", page.lang, n=repeated.runs), repeated.days, mean, colour))
        band = band_of(say("interval", page.lang), repeated.days, effects, scale)
    lines.append(Line(say("this_town", page.lang), days, here, look.this_town, width=1.4))
    unit = say("points", page.lang) if share else unit_name(page)
    title = say("the_difference", page.lang)
    return Picture(title, unit, shown.settings.days, tuple(lines), band, shown.day, page.lang)


@solara.component
def MeasureChoice(desk: Desk) -> None:
    """Which measure is drawn."""
    page = desk.page.value
    solara.v.Autocomplete(
        v_model=page.measure,
        on_v_model=lambda name: desk.do(Choose("measure", name)) if name else None,
        items=[{"value": name, "text": label_of(name, page.lang)} for name in MEASURES],
        label=say("measure", page.lang),
        hide_details=True,
        dense=True,
        outlined=True,
        class_="measure",
        attributes={"aria-label": say("measure", page.lang)},
    )


@solara.component
def Repeating(desk: Desk) -> None:
    """How far the repeats are, with a way to stop them and to begin again."""
    page, newest, shown = desk.page.value, desk.repeated.value, desk.charted.value
    if shown is None or not shown.settings.policies:
        return
    if not can_act(page.settings):
        box("p", "remark", say("nothing_acts", page.lang))
        return
    repeated = newest if newest is not None and newest.settings == page.settings else None
    with box("div", "repeating", title=say("repeats_why", page.lang)):
        if repeated is None or (not repeated.going and repeated.runs < RUNS):
            box("span", "note", say("repeats", page.lang, done=repeated.runs if repeated else 0, all=RUNS))
            if going() >= CROWD:
                box("span", "note", say("crowded", page.lang, n=going()))
            button(say("again", page.lang), desk.repeat, "mdi-refresh").key("again")
        elif repeated.going:
            box("span", "note", say("repeats", page.lang, done=repeated.runs, all=RUNS), role="status")
            progress(repeated.share, say("repeats_why", page.lang))
            button(say("cancel", page.lang), desk.cancel_repeats, "mdi-stop")
        else:
            seed = repeated.settings.seed
            said = say(
                "repeats_done", page.lang, done=repeated.runs, first=seed, last=seed + repeated.runs - 1
            )
            box("span", "note", said, role="status")
