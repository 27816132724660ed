"""Asking why: a resident's decision on the same day in both worlds, and what it goes back to."""

from functools import partial

import solara

from linli.agents.rules.asking import ASKERS
from linli.agents.rules.participation import TERMS
from linli.agents.traits import CHILD
from linli.model.attribution.channels import ASKED_BY, CHANNELS, CODE
from linli.model.attribution.explained import Explanation, Side
from linli.viz import charts
from linli.viz.canvas.words import words
from linli.viz.charts.chart import Chart
from linli.viz.charts.life import FILLED, SHAPES, Ribbon, life
from linli.viz.controls.elements import box, button
from linli.viz.panels.compound import ARMS, OfCompound
from linli.viz.state import PickOccasion, PickResident
from linli.viz.state.desk import Desk
from linli.viz.words import say
from linli.viz.words.model_words import SKILLS, TENURES
from linli.viz.words.numbers import value_text
from linli.viz.worlds.account import Answer
from linli.viz.worlds.life import ACTED_ASKED, PASSED, REFUSED
from linli.viz.worlds.life import Side as Lived
from linli.viz.worlds.stage import Shown

STEPS_SHOWN = 6
"""Steps of a chain that are read at a glance; a longer one is cut in its middle."""


@solara.component
def Why(desk: Desk, dark: bool) -> None:
    """The panel."""
    page, shown = desk.page.value, desk.charted.value
    if shown is None:
        return
    people = len(shown.pair.town.people)
    compounds = len(shown.pair.town.people.compound_grid)
    if page.resident is not None and page.resident < people:
        OfResident(desk, shown, page.resident, dark)
    elif page.compound is not None and page.compound < compounds:
        OfCompound(shown, page.compound, page.lang)
    else:
        with box("div", "panel-head"):
            box("p", "note", say("why_help", page.lang))
            MostChanged(desk, shown)


@solara.component
def MostChanged(desk: Desk, shown: Shown) -> None:
    """The way to somebody whose life changed most, as soon as the account knows of anybody."""
    account, lang = desk.account.value, desk.page.value.lang
    known = account is not None and account.pair is shown.pair
    who = solara.use_memo(
        lambda: account.up_to(shown.day).most_changed() if known and account else -1,
        [id(account), known, shown.day],
    )
    if shown.settings.policies:
        button(
            say("most_changed", lang), lambda: desk.do(PickResident(who)), "mdi-account-switch",
            classes="most-changed", disabled=who < 0 or who == desk.page.value.resident,
        )  # fmt: skip


@solara.component
def OfResident(desk: Desk, shown: Shown, number: int, dark: bool) -> None:
    """Who it is, and one decision in both worlds."""
    lang, town = desk.page.value.lang, shown.pair.town
    answer = _answer(desk, shown, number)
    with box("div", "panel-head"):
        box("h2", "", say("resident", lang, number=number))
        box("span", "note", " · ".join(who_is(shown, number, lang)))
        MostChanged(desk, shown).key("most changed")
        if answer is not None:
            Occasions(desk, answer).key("occasions")
    if town.people.age[number] == CHILD:
        box("p", "note", say("child", lang))
    elif answer is None:
        box("p", "note waiting", say("going_back", lang), role="status")
    elif answer.found is None:
        box("p", "note", say("no_decision", lang))
    else:
        Year(desk, shown, answer, dark).key("year")
        Decision(shown, answer, answer.found, lang, dark).key("decision")


def _answer(desk: Desk, shown: Shown, number: int) -> Answer | None:
    """What the account says of a resident; None as long as it is not there yet."""
    account = desk.account.value
    if account is None or account.pair is not shown.pair or account.question is None:
        return None
    asked = account.question
    is_newest = asked.resident == number and asked.occasion == desk.page.value.occasion
    # while days go by, the answer of a moment ago stays
    return account.answer if is_newest and (asked.day == shown.day or desk.page.value.playing) else None


@solara.component
def Year(desk: Desk, shown: Shown, answer: Answer, dark: bool) -> None:
    """All days up to the one shown in both worlds, and in words how the two lives part."""
    lang, look = desk.page.value.lang, charts.theme(dark)
    parted = answer.differing[0] if answer.differing else None
    words = {name: say(f"life_{name}", lang) for name in (*SHAPES, "efficacy", "fatigue", "mark")}
    words["parted"] = "" if parted is None else say("life_parted", lang, day=parted)
    ribbons = [
        Ribbon(say(arm, lang), side, colour)
        for arm, side, colour in zip(ARMS, answer.life.sides, (look.baseline, look.policy), strict=True)
    ]
    option = life(ribbons, answer.life.looked, shown.settings.days, words, look, parted=parted)

    def ask(clicked: dict[str, str]) -> None:
        if clicked["name"].isdigit():
            desk.do(PickOccasion(int(clicked["name"])))

    with box("div", "life"):
        Chart(option, say("life_of", lang), ask)
        box("p", "note", in_words(answer, lang))


def in_words(answer: Answer, lang: str) -> str:
    """What the ribbons show."""
    said = [_counted(side, say(arm, lang), lang) for arm, side in zip(ARMS, answer.life.sides, strict=True)]
    return " ".join(said) if lang == "en" else "".join(said)


def _counted(side: Lived, arm: str, lang: str) -> str:
    asked, followed = side.many(ACTED_ASKED, REFUSED), side.many(ACTED_ASKED)
    acts, passed = side.many(*FILLED), side.many(PASSED)
    return say("life_counts", lang, arm=arm, acts=acts, asked=asked, followed=followed, passed=passed)


@solara.component
def Occasions(desk: Desk, answer: Answer) -> None:
    """The days that differ, and the way from one to the next."""
    lang, days = desk.page.value.lang, answer.differing
    if not days or answer.found is None:
        return
    shown = answer.found.day
    before, after = [d for d in days if d < shown], [d for d in days if d > shown]
    said = say("differing_days", lang, at=len(before) + 1, n=len(days))
    with box("div", "occasions"):
        box("span", "note", said if shown in days else say("differing_of", lang, n=len(days)))
        for to, label, icon in (
            (before[-1] if before else None, "earlier", "mdi-chevron-left"),
            (after[0] if after else None, "later", "mdi-chevron-right"),
        ):
            button(
                say(label, lang),
                partial(desk.do, PickOccasion(to)),
                icon,
                only_icon=True,
                disabled=to is None,
            )


@solara.component
def Decision(shown: Shown, answer: Answer, found: Explanation, lang: str, dark: bool) -> None:
    """The terms of both as bars, and in words."""
    with box("div", "charts"):
        with box("div", "chart why"):
            look = charts.theme(dark)
            names = [say(f"term_{term}", lang) for term in TERMS]
            colours = {"baseline": look.baseline, "policy": look.policy}
            arms = [
                (say(arm, lang), [side.terms[term] for term in TERMS], colours[arm])
                for arm, side in zip(ARMS, found.sides, strict=True)
            ]
            Chart(charts.bars(names, arms, look), say("why", lang))
            box("p", "note", say("term_help", lang))
        with box("div", "chart said"):
            box("p", "note", say("same_day", lang, day=found.day))
            window = shown.settings.baseline.parameters.W
            for arm, side in zip(ARMS, found.sides, strict=True):
                box("h3", arm, say(arm, lang))
                box("p", "", sentence(side, window, lang))
            if found.steps:
                Back(found, lang)
            else:
                box("p", "first", say("does_the_same" if answer.differing else "always_the_same", lang))


@solara.component
def Back(found: Explanation, lang: str) -> None:
    """What differed first, and what that goes back to, step by step."""
    with box("p", "first"):
        box("strong", "", say("differed_first", lang))
        box("span", "", CHANNELS[CODE[found.steps[0].channel]].said(lang))
    box("p", "note", say("goes_back", lang))
    steps = found.steps
    with box("ol", "chain"):
        for n, step in enumerate(steps, 1):
            if len(steps) > STEPS_SHOWN and STEPS_SHOWN // 2 < n <= len(steps) - STEPS_SHOWN // 2:
                if n == STEPS_SHOWN // 2 + 1:
                    box("li", "cut", say("steps_between", lang, n=len(steps) - STEPS_SHOWN))
                continue
            box("li", "", step.said(lang), value=str(n))


def who_is(shown: Shown, number: int, lang: str) -> list[str]:
    """Who a resident is, in a few words."""
    people, zh = shown.pair.town.people, lang == "zh"
    said = [
        say("age", lang, age=words(lang)["ages"].split("|")[people.age[number]]),
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


def sentence(side: Side, window: int, lang: str) -> str:
    """One world's decision in words: what came of it, what it was about, and what spoke for it."""
    parts = [_came(side, lang)]
    if side.rests:
        parts.append(say("came_rests", lang))
    elif side.asked_by or side.occasion:
        parts.append(say("came_ties", lang, active=side.active + side.serving, ties=side.ties, window=window))
        if side.serving:
            parts.append(say("came_serving", lang, serving=side.serving))
        parts.append(say("came_chance", lang, chance=chance_text(side.probability, lang)))
    said = say("decided_yes" if side.acts else "decided_no", lang)
    between, end = ("；", "。") if lang == "zh" else ("; ", ".")
    return said + say("colon", lang) + between.join(parts) + end


def _came(side: Side, lang: str) -> str:
    """How the decision came about."""
    if side.asked_by:
        return CHANNELS[ASKED_BY[ASKERS.index(side.asked_by)]].said(lang)
    key = "came_occasion" if side.occasion else "came_nothing"
    return say(key, lang, matters=side.sight)


def chance_text(chance: float, lang: str) -> str:
    """A probability, which is small for most."""
    return say("hardly", lang) if chance < 0.001 else value_text(chance, "share", lang)
