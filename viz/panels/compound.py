"""How a compound stands in both worlds: its matters, its firm, and who takes part."""

from typing import Any

import numpy as np
import solara

from linli.agents.rules.matching import MATCHED
from linli.agents.rules.participation import ENGAGED_DAYS
from linli.agents.rules.resolution import REPORTED
from linli.agents.traits import CHILD
from linli.experiments.answer.words import names_of
from linli.model.city import City
from linli.model.matters import KINDS as MATTER_KINDS
from linli.viz.controls.elements import box
from linli.viz.words import say
from linli.viz.words.model_words import KINDS, pick
from linli.viz.words.numbers import value_text
from linli.viz.worlds import open_matters
from linli.viz.worlds.stage import Shown

ARMS = ("baseline", "policy")


@solara.component
def OfCompound(shown: Shown, number: int, lang: str) -> None:
    """Matters, firm, satisfaction and participation of a compound in both worlds."""
    people = shown.pair.town.people
    here = people.compound == number
    buildings = int((people.building_compound == number).sum())
    with box("div", "panel-head"):
        box("h2", "", say("compound", lang, number=number + 1))
        box("span", "note", say("people_here", lang, n=f"{int(here.sum()):,}", buildings=buildings))
    with shown.pair.lock:
        rows = [
            compound_rows(track.at(shown.day), frame.acted, here, number, people.compound_firm[number], lang)
            for track, frame in ((shown.pair.baseline, shown.before), (shown.pair.policy, shown.after))
        ]
    with box("table", "measures"):
        with box("thead"), box("tr"):
            box("td")
            for name in ARMS:
                box("th", "", say(name, lang), scope="col")
        with box("tbody"):
            for label in rows[0]:
                with box("tr"):
                    box("th", "", label, scope="row")
                    for arm in rows:
                        box("td", "", arm[label])


def compound_rows(city: City, acted: Any, here: Any, number: int, firm: int, lang: str) -> dict[str, str]:
    """What is said of a compound in one world."""
    residents, members = city.columns("resident"), city.world.members
    adults = here & (residents["age"] != CHILD)
    matters = open_matters(city.world)
    matters = matters[matters["compound"] == number]
    posts = city.parameters.posts
    serving = (members["status"] == MATCHED) & (members["post"] // max(posts, 1) == number)
    said = say("no_firm", lang)
    if firm >= 0:
        firms = city.columns("firm")
        effort, paid = (value_text(float(firms[name][firm]), "share", lang) for name in ("effort", "paid"))
        said = say("firm_state", lang, effort=effort, paid=paid)
    return {
        say("open_now", lang): _matters(matters, lang),
        say("firm", lang): said,
        say("satisfaction_here", lang): value_text(
            float(residents["satisfaction"][adults].mean()), "0 to 1", lang
        ),
        say("engaged_here", lang): value_text(float((acted[adults] < ENGAGED_DAYS).mean()), "share", lang),
        say("serving_here", lang): str(int(serving.sum())),
    }


def _matters(matters: Any, lang: str) -> str:
    if not len(matters):
        return say("none_open", lang)
    counts = np.bincount(matters["kind"], minlength=len(MATTER_KINDS))
    reported = int((matters["status"] == REPORTED).sum())
    kinds = [f"{pick(KINDS, kind, lang)} {n}" for kind, n in zip(MATTER_KINDS, counts, strict=True) if n]
    return f"{say('reported_of', lang, n=len(matters), reported=reported)}: {names_of(kinds, lang)}"
