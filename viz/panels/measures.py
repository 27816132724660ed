"""Every measure in both worlds, with units, and the interval of the difference where there are repeats."""

import math
from dataclasses import astuple, fields

import pandas as pd
import solara

from linli.experiments.compare.tables import SECTIONS
from linli.experiments.output.labels import label_of
from linli.experiments.statistics.paired import Effect
from linli.model.measures import MEASURES
from linli.viz.charts.cited import bibtex
from linli.viz.charts.downloads import Downloads, written
from linli.viz.controls.elements import box
from linli.viz.panels.balance import Balance
from linli.viz.panels.made_of import made_of
from linli.viz.state.desk import Desk
from linli.viz.words import say
from linli.viz.words.model_words import unit
from linli.viz.words.numbers import change_text, value_text
from linli.viz.worlds.repeats import Repeated
from linli.viz.worlds.stage import Shown


@solara.component
def Measures(desk: Desk) -> None:
    """The table: of many towns if they are there, of the shown one otherwise."""
    page, shown, repeated = desk.page.value, desk.charted.value, desk.repeated.value
    if shown is None:
        return
    lang = page.lang
    Balance(desk)
    many = repeated is not None and repeated.runs > 1 and repeated.settings == shown.settings
    effects = _of_many(repeated) if many and repeated else of_one(shown)
    days = shown.settings.days
    said = say("all_towns", lang, days=days, n=repeated.runs) if many and repeated else say("since_eve", lang)
    box("p", "note", said + (f"; ▲ ▼ {say('clear', lang)}" if many else ""))
    reachable = {"tabindex": "0", "role": "region", "aria-label": say("measures", lang)}
    with box("div", "scroll", **reachable), box("table", "measures"):
        with box("thead"), box("tr"):
            for name in ("measure", "baseline", "policy", "difference_of", "interval", "unit"):
                box("th", "number" if name not in ("measure", "unit") else "", say(name, lang), scope="col")
        with box("tbody"):
            for name, effect in effects.items():
                if name in SECTIONS:
                    with box("tr"):
                        title = SECTIONS[name].said(lang)
                        box("th", "section", title, colspan="6", scope="colgroup")
                _Row(name, effect, lang).key(name)
    Downloads(
        "measures",
        ("csv", "bib"),
        lambda ending, lang: taken_home(effects, made_of(page, shown, repeated), ending, lang),
        lang,
    )


def taken_home(effects: dict[str, Effect], lines: tuple[str, ...], ending: str, lang: str) -> bytes:
    """Every measure as a table, in its own unit; or how it is cited."""
    if ending == "bib":
        return bibtex(lines)
    rows = [
        (name, label_of(name, lang), MEASURES[name].unit, *astuple(effect))
        for name, effect in effects.items()
    ]
    names = ["measure", "label", "unit", *(f.name for f in fields(Effect))]
    return written(pd.DataFrame(rows, columns=names), lines)


@solara.component
def _Row(name: str, effect: Effect, lang: str) -> None:
    measure = MEASURES[name]
    half = None if effect.low is None or effect.high is None else (effect.high - effect.low) / 2.0
    half = half or None
    with box("tr", "clear" if effect.is_clear else ""):
        box("td", "", measure.zh if lang == "zh" else measure.en)
        box("td", "number", value_text(effect.baseline, measure.unit, lang, half))
        box("td", "number", value_text(effect.policy, measure.unit, lang, half))
        mark = ("▲ " if effect.is_clear_gain else "▼ ") if effect.is_clear else ""
        box("td", "number", mark + _change(effect.difference, measure.unit, lang, half))
        box("td", "number", _interval(effect, measure.unit, lang, half))
        box("td", "unit", unit(measure.unit, lang))


def _change(value: float | None, unit_: str, lang: str, half: float | None) -> str:
    return "0" if value == 0.0 else change_text(value, unit_, lang, half)


def _interval(effect: Effect, unit_: str, lang: str, half: float | None) -> str:
    if effect.low is None or half is None:
        return ""
    low, high = (change_text(end, unit_, lang, half).split(" ")[0] for end in (effect.low, effect.high))
    return say("range", lang, low=low, high=high)


def _of_many(repeated: Repeated) -> dict[str, Effect]:
    return {name: repeated.effect(name) for name in MEASURES}


def of_one(shown: Shown) -> dict[str, Effect]:
    """The shown town alone: no interval."""
    before, after = shown.pair.tables(shown.day)

    def both(name: str) -> Effect:
        a, b = (None if math.isnan(arm[name]) else arm[name] for arm in (before, after))
        return Effect(a, b, None if a is None or b is None else b - a, None, None, 1)

    return {name: both(name) for name in MEASURES}
