"""The controls at the side: place, policies and assumptions, drawn from `viz.controls.fields`."""

from collections.abc import Callable
from typing import Any, cast

import solara

from linli.experiments.output.screen import plain
from linli.model.errors import InputError
from linli.model.parameters import table
from linli.model.policies import POLICIES, Policy
from linli.model.scenario import names
from linli.viz.controls.elements import box, button
from linli.viz.controls.fields import TIMES, Field, of_parameter, of_policy
from linli.viz.controls.timeline import label
from linli.viz.controls.typed import Slider, Typed
from linli.viz.state import (
    AddPolicy,
    Choose,
    Dismiss,
    Redo,
    RemovePolicy,
    Reset,
    SetNumber,
    SetOptions,
    SetParameter,
    SetScenario,
    Undo,
)
from linli.viz.state.acting import is_only_registering, why_idle
from linli.viz.state.desk import Desk
from linli.viz.state.settings import MOST_DAYS, MOST_POLICIES, load_named
from linli.viz.words import rules, say
from linli.viz.words.model_words import PLACES, pick

TOWN_LIMIT = 200_000
"""Residents of the largest place that is shown as one neighbourhood."""


@solara.component
def Controls(desk: Desk) -> None:
    """Everything that can be set."""
    page = desk.page.value
    lang = page.lang
    with box("div", "history"):
        button(say("undo", lang), lambda: desk.do(Undo()), "mdi-undo", disabled=not page.past)
        button(say("redo", lang), lambda: desk.do(Redo()), "mdi-redo", disabled=not page.future)
        button(say("reset", lang), lambda: desk.do(Reset()), "mdi-restore")
    _Place(desk)
    _Policies(desk)
    _Assumptions(desk)


def towns() -> list[str]:
    """Scenarios that can be shown as one neighbourhood."""
    return [name for name in names() if _is_town(name)]


def _is_town(name: str) -> bool:
    try:
        place = load_named(name).place
        return place.communities == 1 and place.residents <= TOWN_LIMIT
    except InputError:
        return False


@solara.component
def _Place(desk: Desk) -> None:
    page = desk.page.value
    lang, settings = page.lang, page.settings
    box("h2", "", say("place", lang))
    if page.room == "town":
        choices = tuple((name, pick(PLACES, name, lang)) for name in towns())
        if settings.community is not None:
            where = say(
                "community_of", lang, number=settings.community, city=pick(PLACES, settings.scenario, lang)
            )
            choices = (*choices, (settings.scenario, where))
        Choice(say("scenario", lang), choices, settings.scenario, lambda name: desk.do(SetScenario(name)))
        if settings.community is not None:
            button(say("back_to_city", lang), lambda: desk.do(Choose("room", "city")), "mdi-arrow-left")
    with box("div", "pair").key("numbers"):
        Typed(
            say("seed", lang), str(settings.seed), lambda text: desk.do(SetNumber("seed", text)),
            hint=say("seed_help", lang), wrong=page.problem_at == ("number", "seed"),
        )  # fmt: skip
        hint = say("days_help", lang, most=f"{MOST_DAYS:,}", burn_in=settings.baseline.burn_in)
        Typed(
            say("days", lang), str(settings.days), lambda text: desk.do(SetNumber("days", text)), hint=hint,
            wrong=page.problem_at == ("number", "days"),
        )  # fmt: skip
    Refused(desk, ("number", "seed"), ("number", "days"))


@solara.component
def Refused(desk: Desk, *places: tuple[str | int, ...]) -> None:
    """Why an entry was not taken, beside its field, until it is mended or dismissed."""
    page = desk.page.value
    if page.problem and page.problem_at in places:
        with box("div", "problem refused", role="alert"):
            box("span", "", page.problem)
            button(say("close", page.lang), lambda: desk.do(Dismiss()), "mdi-close", only_icon=True)


@solara.component
def _Policies(desk: Desk) -> None:
    page = desk.page.value
    lang, policies = page.lang, page.settings.policies
    box("h2", "", say("policies", lang))
    if not policies:
        box("p", "note", say("no_policies", lang))
    for at, policy in enumerate(policies):
        PolicyCard(desk, at, policy).key(f"policy-{at}-{policy.name}")
    choices = tuple((name, label(POLICIES[name], lang)) for name in POLICIES)
    if len(policies) < MOST_POLICIES:
        Choice(
            say("add_policy", lang), choices, None, lambda name: desk.do(AddPolicy(name)), testid="add-policy"
        )


@solara.component
def PolicyCard(desk: Desk, at: int, policy: Policy) -> None:
    """One policy with its options."""
    page = desk.page.value
    lang, settings = page.lang, page.settings
    explained, explain = solara.use_state(False)
    fields = {f.name: f for f in of_policy(policy, lang)}

    def setter(name: str) -> Callable[[Any], None]:
        return lambda value: desk.do(SetOptions(at, ((name, value),)))

    with box("section", f"policy c{at % 6}", **{"aria-label": label(policy, lang)}):
        with box("div", "head"):
            box("h3", "", label(policy, lang))
            button(
                say("about", lang), lambda: explain(not explained), "mdi-help-circle-outline",
                only_icon=True, pressed=explained,
            )  # fmt: skip
            what = say("remove", lang, what=label(policy, lang))
            button(what, lambda: desk.do(RemovePolicy(at)), "mdi-close", only_icon=True)
        if explained:
            with box("dl", "about"):
                for what in ("who", "changes", "costs", "fails"):
                    box("dt", "", say(what, lang))
                    box("dd", "", getattr(policy, what).said(lang))
            Rule(rules.of_policy(policy.name), lang).key("rule")
        for name, field in fields.items():
            if name not in TIMES:
                place = ("option", at, name)
                Control(field, setter(name), wrong=page.problem_at == place).key(f"{name}-{lang}")
                Refused(desk, place)
        with box("div", "times").key("times"):
            for name in TIMES:
                box("span", "label", fields[name].label)
            for name in TIMES:
                field = fields[name]
                Typed(
                    field.label, _text(field), setter(name), hint=field.help, bare=True, placeholder="–",
                    wrong=page.problem_at == ("option", at, name),
                )  # fmt: skip
        Refused(desk, *(("option", at, name) for name in TIMES))
        idle = why_idle(settings, policy)
        if idle is not None:
            box("p", "remark", say(idle, lang, days=settings.days))
        elif is_only_registering(settings, policy):
            box("p", "remark", say("acts_on_register", lang))


@solara.component
def Rule(text: str, lang: str) -> None:
    """The passage of the ODD, with its sources, folded away."""
    if not text:
        return
    with box("details", "rule"):
        box("summary", "", say("the_rule", lang))
        solara.HTML(tag="div", unsafe_innerHTML=text, attributes={"lang": "en"})


@solara.component
def _Assumptions(desk: Desk) -> None:
    page = desk.page.value
    lang, settings = page.lang, page.settings
    box("h2", "", say("assumptions", lang))
    changed = dict(settings.parameters)
    opened, open_ = solara.use_state(cast(tuple[str, ...], ()))
    kept = [name for name in (*changed, *opened) if name in table()]
    for name in dict.fromkeys(kept):

        def set_(value: Any, name: str = name) -> None:
            desk.do(SetParameter(name, value))

        def drop(name: str = name) -> None:
            open_(tuple(other for other in opened if other != name))
            desk.do(SetParameter(name, None))

        with box("section", "policy").key(f"assumption-{name}"):
            field = of_parameter(settings, name, lang)
            with box("div", "head"):
                box("h3", "", f"{name}: {field.label}")
                button(say("remove", lang, what=name), drop, "mdi-close", only_icon=True)
            place = ("parameter", name)
            Control(field, set_, titled=False, wrong=page.problem_at == place).key(f"{name}-{lang}")
            Refused(desk, place)
            box("p", "note", field.help)
            Rule(rules.of_parameter(name), lang).key(f"rule-{name}")
    if not kept:
        box("p", "note", say("assumptions_help", lang))
    choices = tuple(
        (name, f"{name}: {a.zh if lang == 'zh' else a.en}") for name, a in table().items() if name not in kept
    )
    Choice(say("add_assumption", lang), choices, None, lambda name: open_((*opened, name)), search=True)


def _text(field: Field) -> str:
    """What a field holds, to the last digit: as in a link, and so that typing it again changes nothing."""
    if field.value is None:
        return ""
    return str(int(field.value)) if field.whole else repr(float(field.value)).removesuffix(".0")


def _slid(value: float, whole: bool) -> str:
    """Where a slider was let go, in as many figures as one would type."""
    return str(round(value)) if whole else plain(value).replace(",", "")


# single controls ----------------------------------------------------------------------------------------


@solara.component
def Control(field: Field, on_value: Callable[[Any], None], titled: bool = True, wrong: bool = False) -> None:
    """The control of one field: a list of words, or a number to slide and to type. wrong: what was entered
    last was refused."""
    if field.choices:
        Choice(field.label, field.choices, field.value, on_value)
        return
    with box("div", "number"):
        title = field.title
        if titled:
            box("span", "label", title, title=field.help)
        if field.bounded:
            Slider(
                field.label, field.value, field.low, field.high, field.step,
                lambda at: on_value(_slid(at, field.whole)),
            )  # fmt: skip
        Typed(title, _text(field), on_value, hint=field.help, bare=True, placeholder="–", wrong=wrong)


@solara.component
def Choice(
    name: str,
    choices: tuple[tuple[Any, str], ...],
    value: Any,
    on_value: Callable[[Any], None],
    search: bool = False,
    testid: str = "",
) -> None:
    """One of several, by its label; with `search`, typing narrows the list. value None: chosen "
    "afresh each time."""
    kind = solara.v.Autocomplete if search else solara.v.Select
    times, count = solara.use_state(0)

    def chose(chosen: Any) -> None:
        if chosen is not None and chosen != value:
            on_value(chosen)
            count(times + 1)

    kind(
        v_model=value,
        on_v_model=chose,
        items=[{"value": name, "text": text} for name, text in choices],
        label=name,
        hide_details=True,
        dense=True,
        outlined=True,
        class_="choice",
        attributes={"aria-label": name, **({"data-testid": testid} if testid else {})},
    ).key(f"choice-{times}")  # a new one, because the browser would go on showing what was chosen
