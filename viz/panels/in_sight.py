"""The balance in a line that is always in sight: woken, replaced, asked, displaced, and residents' own hours.

Of many towns with their intervals as soon as two are there, of the shown town until then.
"""

from collections.abc import Iterator

import solara

from linli.experiments.output.screen import decimals, number
from linli.experiments.statistics.paired import Effect
from linli.viz.controls.elements import box, button
from linli.viz.panels.across import one_line
from linli.viz.state import Choose
from linli.viz.state.desk import Desk
from linli.viz.words import say
from linli.viz.worlds.repeats import IN_SIGHT, Repeated

HOURS = "own_hours"


@solara.component
def InSight(desk: Desk) -> None:
    """The line; nothing without policies."""
    page, shown, repeated = desk.page.value, desk.charted.value, desk.repeated.value
    if not page.settings.policies or shown is None:
        return
    lang = page.lang
    many = repeated is not None and repeated.runs > 1 and repeated.settings == page.settings
    with box("section", "card sight", **{"aria-label": say("in_sight", lang)}):
        if many and repeated is not None:
            cells = list(of_many(repeated, lang))
            whose = say("sight_many", lang, n=repeated.runs, days=f"{page.settings.days:,}")
        else:
            cells, whose = list(_of_one(desk)), say("sight_one", lang, day=f"{shown.day:,}")
        with box("dl", "figures"):
            for name, value, interval in cells:
                with box("div", f"figure {name}"):
                    box("dt", "", say(f"sight_{name}", lang))
                    with box("dd"):
                        box("b", "", value)
                        box("span", "note", interval)
        with box("div", "below"):
            box("span", "note", whose)
            line = one_line(page.settings, lang)
            if line is not None:
                button(line, lambda: desk.do(Choose("panel", "worlds")), "mdi-earth", classes="to-worlds")


def of_many(repeated: Repeated, lang: str) -> Iterator[tuple[str, str, str]]:
    """Name, mean and interval of each figure."""
    for group in IN_SIGHT:
        yield group, *_said(repeated.acts(group), lang)
    yield HOURS, *_said(repeated.hours(), lang)


def _said(effect: Effect, lang: str) -> tuple[str, str]:
    if effect.difference is None or effect.low is None or effect.high is None:
        return "–", ""
    places = decimals((effect.high - effect.low) / 2.0) if effect.high > effect.low else 0
    mean, low, high = (number(end, places, sign=True) for end in (effect.difference, effect.low, effect.high))
    return mean, say("range", lang, low=low, high=high)


def _of_one(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """The same of the shown town so far, as far as its account has come."""
    shown, account = desk.charted.value, desk.account.value
    known = account is not None and shown is not None and account.pair is shown.pair
    difference = account.up_to(shown.day) if known and account and shown else None
    acts = difference.by_group("acts") if difference else {}
    for group in IN_SIGHT:
        yield group, number(acts[group], 0, sign=True) if acts else "–", ""
    hours = difference.difference("minutes") / 60.0 if difference else None
    yield HOURS, "–" if hours is None else number(hours, 0, sign=True), ""
