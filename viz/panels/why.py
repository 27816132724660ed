"""Asking why: one resident's last decision in both worlds, or how a compound stands."""

from typing import Any

import numpy as np
import solara

from linli.agents.rules.matching import MATCHED
from linli.agents.rules.participation import ENGAGED_DAYS, TERMS
from linli.agents.rules.resolution import REPORTED
from linli.agents.traits import AGES, CHILD
from linli.model.city import City
from linli.model.matters import KINDS as MATTER_KINDS
from linli.viz import charts
from linli.viz.charts.chart import Chart
from linli.viz.controls.elements import box
from linli.viz.state.desk import Desk
from linli.viz.words import say
from linli.viz.words.model_words import KINDS, SKILLS, TENURES, pick
from linli.viz.words.numbers import value_text
from linli.viz.worlds.decisions import Decision, open_matters
from linli.viz.worlds.stage import Shown

ARMS = ("baseline", "policy")


@solara.component
def Why(desk: Desk, dark: bool) -> None:
    """The panel."""
    page, shown = desk.page.value, desk.charted.value
    if shown is None:
        return
    people = len(shown.pair.town.people)
    compounds = len(shown.pair.town.people.compound_grid)
    if page.resident is not None and page.resident < people:
        OfResident(shown, page.resident, page.lang, dark)
    elif page.compound is not None and page.compound < compounds:
        OfCompound(shown, page.compound, page.lang)
    else:
        box("p", "note", say("why_help", page.lang))


@solara.component
def OfResident(shown: Shown, number: int, lang: str, dark: bool) -> None:
    """The terms of the last decision in both worlds."""
    town = shown.pair.town
    with box("div", "panel-head"):
        box("h2", "", say("resident", lang, number=number))
        box("span", "note", " · ".join(who_is(shown, number, lang)))
    if town.people.age[number] == CHILD:
        box("p", "note", say("child", lang))
    else:
        Decisions(shown, number, lang, dark)


@solara.component
def Decisions(shown: Shown, number: int, lang: str, dark: bool) -> None:
    """The terms as bars, and in words."""
    decisions = solara.use_memo(
        lambda: shown.pair.decisions(number, shown.day), [id(shown.pair), number, shown.day]
    )
    with box("div", "charts"):
        with box("div", "chart why"):
            made = [(arm, found) for arm, found in zip(ARMS, decisions, strict=True) if found]
            if made:
                look = charts.theme(dark)
                names = [say(f"term_{term}", lang) for term in TERMS]
                colours = {"baseline": look.baseline, "policy": look.policy}
                arms = [(say(arm, lang), [d.terms[t] for t in TERMS], colours[arm]) for arm, d in made]
                Chart(charts.bars(names, arms, look), say("why", lang))
        with box("div", "chart said"):
            for arm, found in zip(ARMS, decisions, strict=True):
                box("h3", arm, say(arm, lang))
                window = shown.settings.baseline.parameters.W
                box("p", "", sentence(found, window, lang) if found else say("no_decision", lang))
            if decisions[0] and decisions[1]:
                box("p", "largest", comparison(decisions[0], decisions[1], lang))
            box("p", "note", say("term_help", lang))


def who_is(shown: Shown, number: int, lang: str) -> list[str]:
    """Who a resident is, in a few words."""
    people, zh = shown.pair.town.people, lang == "zh"
    said = [
        say("age", lang, age=AGES[people.age[number]]),
        TENURES[people.tenure[number]][zh],
        say("compound", lang, number=int(people.compound[number]) + 1),
    ]
    if people.skill[number]:
        said.append(say("skilled", lang, skill=SKILLS[people.skill[number]][zh]))
    if people.party[number]:
        said.append(say("party_member", lang))
    if shown.before.volunteer[number] or shown.after.volunteer[number]:
        said.append(say("volunteer_since", lang))
    if people.age[number] != CHILD:
        said.append(say("hours_free", lang, hours=round(people.free_minutes[number] / 60)))
    return said


def sentence(found: Decision, window: int, lang: str) -> str:
    """A decision in words."""
    seen = found.seen
    came = say(("came_occasion", "came_stranger", "came_asked")[seen.level], lang)
    active = say("came_ties", lang, active=seen.active + seen.serving, ties=seen.ties, window=window)
    parts = [came, active]
    if seen.serving:
        parts.append(say("came_serving", lang, serving=seen.serving))
    if seen.made:
        made_active = seen.made_active + seen.made_serving
        parts.append(say("came_made", lang, active=made_active, made=seen.made, window=window))
    if found.terms["beat"] or found.terms["held_back"]:
        parts.append(say("came_beat", lang, serving=seen.on_beat))
    parts.append(say("came_chance", lang, chance=chance_text(found.chance, lang)))
    joined = "；".join(parts) + "。" if lang == "zh" else "; ".join([parts[0], *map(_small, parts[1:])]) + "."
    return (
        say("decided_yes" if found.acted else "decided_no", lang, day=found.day)
        + (" " if lang == "en" else "")
        + joined
    )


def chance_text(chance: float, lang: str) -> str:
    """A probability, which is small for most."""
    return say("hardly", lang) if chance < 0.001 else value_text(chance, "share")


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def comparison(before: Decision, after: Decision, lang: str) -> str:
    """Which term differs most between the two worlds."""
    differences = {term: after.terms[term] - before.terms[term] for term in TERMS}
    term = max(TERMS, key=lambda name: abs(differences[name]))
    if abs(differences[term]) < 0.005:
        return say("same_decision", lang)
    change = f"{differences[term]:+.2f}".replace("-", "−")
    return say("main_difference", lang, term=say(f"term_{term}", lang), difference=change)


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
            for name in ("", *ARMS):
                box("th", "", say(name, lang) if name else "", scope="col")
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
        effort, paid = (value_text(float(firms[name][firm]), "share") for name in ("effort", "paid"))
        said = say("firm_state", lang, effort=effort, paid=paid)
    return {
        say("open_now", lang): _matters(matters, lang),
        say("firm", lang): said,
        say("satisfaction_here", lang): value_text(float(residents["satisfaction"][adults].mean()), "0 to 1"),
        say("engaged_here", lang): value_text(float((acted[adults] < ENGAGED_DAYS).mean()), "share"),
        say("serving_here", lang): str(int(serving.sum())),
    }


def _matters(matters: Any, lang: str) -> str:
    if not len(matters):
        return say("none_open", lang)
    counts = np.bincount(matters["kind"], minlength=len(MATTER_KINDS))
    reported = int((matters["status"] == REPORTED).sum())
    kinds = [f"{pick(KINDS, kind, lang)} {n}" for kind, n in zip(MATTER_KINDS, counts, strict=True) if n]
    joined = "、".join(kinds) if lang == "zh" else ", ".join(kinds)
    return f"{say('reported_of', lang, n=len(matters), reported=reported)}: {joined}"
