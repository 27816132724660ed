"""The balance: which acts are in one world only, by what differed first for whoever acts."""

from typing import Any

import solara

from linli.experiments.output.screen import number
from linli.model.attribution.channels import FELT, GROUPS
from linli.viz.controls.elements import box
from linli.viz.state.desk import Desk
from linli.viz.words import say

MINUTES = 60.0


@solara.component
def Balance(desk: Desk) -> None:
    """The groups of an attribution, with acts and residents' own hours so far."""
    page, shown, account = desk.page.value, desk.charted.value, desk.account.value
    if shown is None or not shown.settings.policies or shown.day == 0:
        return
    lang = page.lang
    with box("section", "balance", **{"aria-label": say("balance", lang)}):
        with box("div", "panel-head"):
            box("h2", "", say("balance", lang))
            if account is None or account.pair is not shown.pair:
                box("span", "note waiting", say("going_on", lang), role="status")
                return
            reached = min(account.day, shown.day)
            said = say("balance_day", lang, day=reached)
            waiting = account.day < shown.day
            box(
                "span",
                "note waiting" if waiting else "note",
                said + (say("going_on", lang) if waiting else ""),
            )
        difference = account.up_to(shown.day)
        acts, minutes = difference.by_group("acts"), difference.by_group("minutes")
        reach = max(1, *(abs(n) for n in acts.values()))
        with box("table", "measures"):
            with box("thead"), box("tr"):
                box("th", "", say("differed_first_head", lang), scope="col")
                box("th", "number", say("acts_so_far", lang), scope="col")
                box("td", "bar")
                box("th", "number", say("own_hours", lang), scope="col")
            with box("tbody"):
                for group, label in GROUPS.items():
                    if group != FELT or acts[group] or minutes[group]:
                        _row(label.said(lang), acts[group], minutes[group], reach)
                total = difference.difference("acts"), difference.difference("minutes")
                _row(say("balance_all", lang), *total, 0, "clear")
        box("p", "note", say("balance_help", lang))


def _row(label: str, acts: int, minutes: int, reach: int, classes: str = "") -> None:
    """A group. reach: acts at which a bar is full; 0 for no bar."""
    with box("tr", classes):
        box("th", "", label, scope="row")
        box("td", "number", number(acts, 0, sign=True) if acts else "0")
        with box("td", "bar"):
            if reach:
                _bar(acts / reach)
        box("td", "number", number(minutes / MINUTES, 0, sign=True) if minutes else "0")


def _bar(share: float) -> Any:
    """To the right of the middle for more, to the left for less. share: -1 .. 1."""
    left = 50.0 + min(0.0, 50.0 * share)
    style = f"margin-left: {left:.1f}%; width: {50.0 * abs(share):.1f}%"
    return box("i", "more" if share > 0 else "less", style=style)
