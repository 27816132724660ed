"""In how many worlds that fit the evidence more acts are woken than replaced, and what decides it."""

from typing import Any

import solara

from linli.experiments.output.written import in_brackets
from linli.model.parameters import table
from linli.viz import charts
from linli.viz.across import Found, found_for
from linli.viz.charts.chart import Chart
from linli.viz.charts.worlds import fan, where
from linli.viz.controls.elements import box
from linli.viz.state import Page
from linli.viz.state.desk import Desk
from linli.viz.state.settings import Settings
from linli.viz.words import say
from linli.viz.words.model_words import unit

NET = "net"
PER_ADULTS = "acts per 1000 adults and day"


@solara.component
def AcrossWorlds(desk: Desk, dark: bool) -> None:
    """The panel."""
    page = desk.page.value
    found = found_for(page.settings)
    if found is None:
        box("p", "note", say("no_worlds", page.lang))
        box("p", "command", command(page.settings))
        return
    box("p", "verdict", verdict(found, page.lang))
    with box("div", "charts"):
        with box("div", "chart"):
            Fan(found, page, dark)
        with box("div", "chart"):
            Where(found, page, dark)
    box("p", "", to_measure(found, page.lang))
    box("p", "note", say("worlds_limits", page.lang))
    box("p", "command", found.about["command"])


@solara.component
def Fan(found: Found, page: Page, dark: bool) -> None:
    """Every world's woken and replaced acts."""
    lang = page.lang
    names = (say("sight_woken", lang), say("sight_replaced", lang), say("net", lang))
    option = fan(
        found.columns["woken"], found.columns["replaced"], names, charts.theme(dark),
        unit=unit(PER_ADULTS, lang), x_name=say("worlds_in_order", lang),
    )  # fmt: skip
    Chart(option, say("fan_of", lang))


@solara.component
def Where(found: Found, page: Page, dark: bool) -> None:
    """Where the worlds lie in the two assumptions that decide, and where this town is set."""
    lang = page.lang
    across, up = (one["parameter"] for one in found.deciding)
    names = (say("wakes_more", lang), say("replaces_more", lang), say("set_here", lang))
    here = (page.settings.value_of(across), page.settings.value_of(up))
    option = where(
        found.columns[across], found.columns[up], found.columns[NET] > 0.0, here, names, charts.theme(dark),
        axes=(named(across, lang), named(up, lang)),
    )  # fmt: skip
    Chart(option, say("where_of", lang))


def named(parameter: str, lang: str) -> str:
    """An assumption, with its symbol."""
    return getattr(table()[parameter], lang) + in_brackets(parameter, lang)


def verdict(found: Found, lang: str) -> str:
    """In how many worlds more is woken than replaced."""
    counted = found.sign(NET)
    _, low, high = counted.share_up
    return say(
        "worlds_verdict",
        lang,
        up=counted.up,
        n=counted.worlds,
        low=f"{100 * low:.0f}",
        high=f"{100 * high:.0f}",
    )


def to_measure(found: Found, lang: str) -> str:
    """What would have to be known to know the answer here."""
    said = [
        say(
            "goes_with_more" if one["rank"] > 0 else "goes_with_less",
            lang,
            what=named(one["parameter"], lang),
        )
        for one in found.deciding
    ]
    return say("worlds_measure", lang) + ("；" if lang == "zh" else "; ").join(said) + say("full_stop", lang)


def command(settings: Settings) -> str:
    """What would make the worlds of some settings."""
    from linli.model.policies import to_text

    policies = " ".join(f"--policy {to_text(policy)}" for policy in settings.policies) or "--policy match"
    return f"linli compare {settings.scenario} {policies} --worlds 100 --days {settings.days}"


def one_line(settings: Settings, lang: str) -> Any:
    """The same as `verdict`, in a few words; None where there are no worlds."""
    found = found_for(settings)
    if found is None:
        return None
    counted = found.sign(NET)
    return say("worlds_short", lang, up=counted.up, n=counted.worlds)
