"""The results explorer: dose and response, two factors, and the ranking at equal cost."""

from collections.abc import Sequence

import solara

from linli.experiments.answer.words import HEADS
from linli.experiments.output.labels import label_of, shown
from linli.model.errors import InputError
from linli.viz import charts
from linli.viz.charts.chart import Chart
from linli.viz.controls import Choice
from linli.viz.controls.elements import box, button
from linli.viz.rooms.shelf import Study, arm_label, axis_label, shelf, symbol
from linli.viz.state import Choose, OpenStudy, Page
from linli.viz.state.desk import Desk
from linli.viz.words import say


@solara.component
def Studies(desk: Desk, dark: bool) -> None:
    """The room of studies."""
    page = desk.page.value
    names = shelf().names()
    with box("section", "card"):
        if shelf().folder is None:
            box("p", "note", say("no_folder", page.lang))
        elif not names:
            box("p", "note", say("no_studies", page.lang, folder=shelf().folder.name))  # type: ignore[union-attr]
        else:
            listed = tuple((name, name) for name in names)
            with box("div", "pick"):
                Choice(
                    say("study", page.lang),
                    listed,
                    page.study or (names[0] if len(names) == 1 else None),
                    lambda name: desk.do(OpenStudy(name)),
                    testid="study",
                )
    name = page.study or (names[0] if len(names) == 1 else None)  # the only one there is needs no choice
    if name is not None and shelf().folder is not None:
        Opened(desk, name, dark).key(name)


@solara.component
def Opened(desk: Desk, name: str, dark: bool) -> None:
    """A study, once it has been read (which happens in a thread: there may be much of it)."""
    lang = desk.page.value.lang
    read: solara.Result[Study] = solara.use_thread(lambda: shelf().open(name), [name])
    if read.state == solara.ResultState.ERROR:
        known = isinstance(read.error, InputError)
        why = str(read.error) if known else type(read.error).__name__
        box("p", "problem", say("unreadable_study", lang, why=why[:300]), role="alert")
    elif read.value is None:
        box("p", "note waiting", say("reading", lang), role="status")
    else:
        Explorer(desk, read.value, dark)


@solara.component
def Explorer(desk: Desk, study: Study, dark: bool) -> None:
    """What the study found of one measure."""
    page = desk.page.value
    lang, factors = page.lang, study.factors
    across, set_across = solara.use_state(factors[0] if factors else "")
    up, set_up = solara.use_state(factors[1] if len(factors) > 1 else "")
    measure = page.measure if page.measure in study.results.measures else study.results.chosen(None)[0]
    frame = study.results.frame
    with box("section", "card"):
        box("h2", "", study.titles[lang == "zh"])
        counts = {"points": frame["point"].nunique(), "runs": frame["seed"].nunique()}
        box("p", "note", say("points_in_study", lang, **counts))
        Answered(study, lang)
        if study.pairs is None or not factors:
            box("p", "note", say("nothing_to_compare", lang))
            return
        named = tuple((name, axis_label(name, lang)) for name in factors)
        measures = tuple((name, label_of(name, lang)) for name in study.results.measures)
        with box("div", "picks"):
            Choice(
                say("measure", lang), measures, measure, lambda m: desk.do(Choose("measure", m)), search=True
            )
            Choice(say("factor", lang), named, across, set_across)
            if len(factors) > 1:
                Choice(say("second_factor", lang), named, up, set_up)
    with box("div", "findings"):
        with box("section", "card"):
            DoseResponse(study, across, measure, page, dark)
        if len(factors) > 1 and up != across:
            with box("section", "card"):
                TwoFactors(study, across, up, measure, page, dark)
        with box("section", "card"):
            Ranking(study, measure, page, dark)


@solara.component
def Answered(study: Study, lang: str) -> None:
    """The study's own answer in words, and its effects as a table to take home."""
    said = solara.use_memo(lambda: study.answer(lang), [id(study), lang])
    if said is None:
        return
    with box("dl", "about answer"):
        for about, sentence in said.sentences.items():
            box("dt", "", HEADS[about][lang] if about in HEADS else about)
            box("dd", "", sentence)
    with box("div", "downloads"):
        for name, content, mime in (
            ("answer.txt", said.text().encode(), "text/plain"),
            ("answer.csv", said.table.to_csv(index=False).encode("utf-8-sig"), "text/csv"),
        ):
            label = f"{say('download', lang)} {name}"
            with solara.FileDownload(content, name, mime_type=mime).key(f"{name}-{lang}"):
                button(label, lambda: None, "mdi-download")


def _title(key: str, measure: str, lang: str) -> str:
    return f"{say(key, lang)}: {label_of(measure, lang)}"


@solara.component
def DoseResponse(study: Study, factor: str, measure: str, page: Page, dark: bool) -> None:
    """The effect along a factor, arm by arm."""
    look, scale = charts.theme(dark), shown(measure, page.lang)
    found = study.response(factor, measure)
    arms = [
        (
            arm_label(r.arm, page.lang),
            _times(r.difference, scale.factor),
            _times(r.low, scale.factor),
            _times(r.high, scale.factor),
        )
        for r in found
    ]
    levels = max((r.levels for r in found), key=len)
    box("h2", "", say("response", page.lang))
    box("p", "note", f"{say('difference_of', page.lang)} ({scale.change_unit}), {say('interval', page.lang)}")
    Chart(
        charts.response(levels, arms, look, x_name=axis_label(factor, page.lang)),
        _title("response", measure, page.lang),
    )


@solara.component
def TwoFactors(study: Study, across: str, up: str, measure: str, page: Page, dark: bool) -> None:
    """The effect at each combination of two factors."""
    scale, grid = shown(measure, page.lang), study.grid(across, up, measure)
    cells = [(x, y, None if v is None else scale.factor * v) for x, y, v in grid.cells]
    names = {"x_name": axis_label(across, page.lang), "y_name": symbol(up)}
    box("h2", "", say("heat_map", page.lang))
    box("p", "note", f"{say('difference_of', page.lang)} ({scale.change_unit})")
    option = charts.heat(grid.columns, grid.rows, cells, charts.theme(dark), **names)
    Chart(option, _title("heat_map", measure, page.lang))


@solara.component
def Ranking(study: Study, measure: str, page: Page, dark: bool) -> None:
    """What each set of policies gains for the same money."""
    scale, ranked = shown(measure, page.lang), study.ranking(measure)
    box("h2", "", say("ranking", page.lang))
    if not ranked:
        box("p", "note", say("no_ranking", page.lang))
        return
    box("p", "note", say("ranking_unit", page.lang, unit=scale.change_unit))
    values, lows, highs = (
        [scale.factor * getattr(row, end) for row in ranked] for end in ("value", "low", "high")
    )
    names = [row.label(page.lang) for row in ranked]
    option = charts.ranking(names, values, lows, highs, charts.theme(dark))
    with box("div", "", style=f"--chart: {44 + 30 * len(ranked)}px"):
        Chart(option, _title("ranking", measure, page.lang))


def _times(values: Sequence[float | None], factor: float) -> list[float | None]:
    return [None if value is None else factor * value for value in values]
