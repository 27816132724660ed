"""Who has more and who less with the policies: by tenure, age and compound."""

import solara

from linli.agents.traits import AGES
from linli.viz import charts
from linli.viz.canvas.words import words
from linli.viz.charts.chart import Chart
from linli.viz.charts.groups import forest, sides
from linli.viz.controls import Choice
from linli.viz.controls.elements import box
from linli.viz.state.desk import Desk
from linli.viz.words import say
from linli.viz.words.model_words import TENURES, unit
from linli.viz.worlds.groups import FROM_ACCOUNT, GROUPS, LEAST, Shares, changes, shares
from linli.viz.worlds.repeats import Repeated
from linli.viz.worlds.stage import Shown

RATE = "acts per 1000 adults and day"

MOST_COMPOUNDS = 5
"""Compounds that are shown from either end of their order."""


@solara.component
def Whom(desk: Desk, dark: bool) -> None:
    """The panel: of many towns with intervals, then of the shown town in shares of people."""
    page, shown, repeated = desk.page.value, desk.charted.value, desk.repeated.value
    if shown is None:
        return
    lang = page.lang
    if not shown.settings.policies:
        box("p", "note", say("no_difference", lang))
        return
    if repeated is not None and repeated.runs > 1 and repeated.settings == shown.settings:
        Rates(repeated, lang, dark).key("rates")
    OfThisTown(desk, shown, dark).key("this town")


@solara.component
def Rates(repeated: Repeated, lang: str, dark: bool) -> None:
    """Acts more or less in each group, over other luck."""
    effects = repeated.by_people()
    names = [group_name(trait, code, lang) for trait, code in GROUPS]
    box("h2", "", say("whom_rates", lang, n=repeated.runs))
    option = forest(
        names,
        [e.difference for e in effects],
        [e.low for e in effects],
        [e.high for e in effects],
        charts.theme(dark),
        x_name=unit(RATE, lang),
    )
    Chart(option, say("whom_rates", lang, n=repeated.runs))


@solara.component
def OfThisTown(desk: Desk, shown: Shown, dark: bool) -> None:
    """How many of each group have more or less in the shown town."""
    lang, account = desk.page.value.lang, desk.account.value
    what, choose = solara.use_state("acts")
    with box("div", "panel-head"):
        box("h2", "", say("whom_here", lang))
        choices = tuple((name, say(f"whom_{name}", lang)) for name in LEAST)
        with box("div", "measure"):
            Choice(say("whom_what", lang), choices, what, choose)
    if shown.day == 0:
        box("p", "note", say("press_play", lang))
        return
    if account is None or account.pair is not shown.pair or account.day < shown.day:
        box("p", "note waiting", say("going_back", lang), role="status")
        return
    changed = changes(shown.pair, account.up_to(shown.day), shown.day, what)
    found = chosen(shares(shown.pair, changed, what))
    names = [group_name(one.of, one.code, lang) for one in found]
    more = [100.0 * one.more / max(1, one.adults) for one in found]
    less = [100.0 * one.less / max(1, one.adults) for one in found]
    labels = say("whom_more", lang), say("whom_less", lang)
    with box("div", "whom"):
        Chart(sides(names, more, less, labels, charts.theme(dark)), say("whom_here", lang))
    box("p", "note", say("whom_help", lang, least=least(what, lang), day=shown.day))


def least(what: str, lang: str) -> str:
    """The least difference that counts."""
    return say(f"least_{what}", lang) if what in FROM_ACCOUNT else f"{LEAST[what]}"


def chosen(found: list[Shares]) -> list[Shares]:
    """Both ends of the compounds, where there are too many to be read."""
    groups, compounds = found[: len(GROUPS)], found[len(GROUPS) :]
    if len(compounds) > 2 * MOST_COMPOUNDS:
        compounds = [*compounds[:MOST_COMPOUNDS], *compounds[-MOST_COMPOUNDS:]]
    return [*groups, *compounds]


def group_name(trait: str, code: int, lang: str) -> str:
    """A group of people."""
    if trait == "tenure":
        return TENURES[code][lang == "zh"]
    if trait == "age":
        return say("age", lang, age=words(lang)["ages"].split("|")[: len(AGES)][code])
    return say("compound", lang, number=code + 1)
