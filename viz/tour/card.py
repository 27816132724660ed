"""The guided tour as a card above the maps."""

from functools import partial
from typing import Any

import solara

from linli.model.parameters import table
from linli.viz.across import found_for
from linli.viz.controls.elements import box, button
from linli.viz.panels.across import to_measure, verdict
from linli.viz.state import Bet, Choose, Page, Play, Predict, Tell
from linli.viz.state.desk import Desk
from linli.viz.state.settings import Settings
from linli.viz.tour.steps import MATCH, PLACE, STEPS, YEAR, Step
from linli.viz.words import say


def opened(at: int) -> Tell:
    """The action that opens a step."""
    step = STEPS[at]
    return Tell(at, step.before(), step.starts_at)


@solara.component
def Story(desk: Desk) -> None:
    """The step a visitor is in; nothing outside the tour."""
    page, shown = desk.page.value, desk.charted.value
    at = page.step
    if at == len(STEPS):
        End(desk)
    if at is None or not 0 <= at < len(STEPS):
        return
    step, zh, account = STEPS[at], page.lang == "zh", desk.account.value
    accounts = desk.accounts if account is not None else {}
    done = step.is_done(shown, page.settings, page.prediction is not None)
    with box("section", "card story", **{"aria-label": say("tour", page.lang)}):
        with box("div", "head"):
            box("span", "note", say("story_of", page.lang, step=at + 1, steps=len(STEPS)))
            box("h2", "", step.title[zh])
            box("span", "space")
            Steps(desk, at, page.lang)
        box("p", "", step.text[zh])
        if page.prediction is None:
            Question(desk, step, zh)
        elif not done:
            Control(desk, step, zh)
        elif not step.is_accounted(page.settings, accounts):
            box("p", "note waiting", say("going_back", page.lang), role="status")
        else:
            Told(desk, step, page)


@solara.component
def Steps(desk: Desk, at: int, lang: str) -> None:
    """To the step before, to the next one, and out."""
    with box("div", "steps"):
        if at > 0:
            button(say("previous", lang), lambda: _open(desk, at - 1), "mdi-chevron-left").key("previous")
        last = at + 1 == len(STEPS)
        onward, icon = ("to_end", "mdi-flag-checkered") if last else ("next", "mdi-chevron-right")
        then = partial(end, desk) if last else partial(_open, desk, at + 1)
        button(say(onward, lang), then, icon, classes="next").key("next")
        button(say("leave", lang), lambda: desk.do(Tell(None)), "mdi-close", only_icon=True).key("leave")


def _open(desk: Desk, at: int) -> None:
    desk.do(opened(at))
    desk.do(Choose("colour", STEPS[at].colour))
    desk.do(Choose("panel", "difference"))


def end(desk: Desk) -> None:
    """Close the tour with what the visitor expected, and the question over worlds."""
    desk.do(Tell(len(STEPS), Settings.of(PLACE, days=YEAR, policies=MATCH), YEAR))
    desk.do(Choose("panel", "worlds"))


@solara.component
def End(desk: Desk) -> None:
    """The bets, what came of them, the answer over worlds, and the way on."""
    page = desk.page.value
    lang, zh = page.lang, page.lang == "zh"
    came = {step: (expected, happened) for step, expected, happened in page.bets}
    right = sum(expected == happened for expected, happened in came.values())
    with box("section", "card story end", **{"aria-label": say("end", lang)}):
        with box("div", "head"):
            box("h2", "", say("end", lang))
            box("span", "space")
            button(say("leave", lang), lambda: desk.do(Tell(None)), "mdi-close", only_icon=True)
        if not came:
            box("p", "", say("no_bets", lang))
        with box("ol", "bets"):
            for step in STEPS:
                if step.name in came:
                    expected, happened = (step.answers[answer][zh] for answer in came[step.name])
                    title = step.title[zh]
                    box("li", "", say("bet", lang, title=title, expected=expected, happened=happened))
        box("p", "question", say("end_right", lang, right=right, all=len(came)))
        found = found_for(page.settings)
        if found is not None:
            box("p", "verdict", verdict(found, lang))
            box("p", "", to_measure(found, lang))
        with box("div", "answers"):
            box("span", "note", say("way_on", lang))
            button(
                say("read_studies", lang), lambda: desk.do(Choose("room", "studies")), "mdi-book-open-variant"
            )


def begin(desk: Desk) -> None:
    """Open the tour."""
    _open(desk, 0)


@solara.component
def Question(desk: Desk, step: Step, zh: bool) -> None:
    """What the visitor expects."""
    box("p", "question", step.question[zh])
    with box("div", "answers", role="group", **{"aria-label": step.question[zh]}):
        for answer, text in step.answers.items():
            solara.Button(
                text[zh],
                on_click=lambda answer=answer: _predict(desk, step, answer),
                outlined=True,
                small=True,
            ).key(f"{step.name}-{answer}")


def _predict(desk: Desk, step: Step, answer: str) -> None:
    desk.do(Choose("measure", step.measure))
    desk.do(Predict(answer))


@solara.component
def Control(desk: Desk, step: Step, zh: bool) -> None:
    """The one thing to do in this step."""
    page = desk.page.value
    about = table()[step.assumption] if step.assumption else None
    value, set_value = solara.use_state(about.low if about is not None else 0.0)
    usual = step.after()

    def act(*_: Any) -> None:
        settings = step.after(value) if step.assumption else step.after()
        desk.do(Choose("speed", step.speed))
        starts_at = step.until if step.starts_at else 0
        prediction = page.prediction or ""
        desk.do(Tell(page.step, settings, starts_at))
        desk.do(Predict(prediction))
        if not step.starts_at:
            desk.do(Play(True, 0))

    box("p", "note", say("you_said", page.lang, answer=step.answers.get(page.prediction or "", ("", ""))[zh]))
    with box("div", "answers"):
        if about is not None:
            solara.v.Slider(
                v_model=value, on_v_model=set_value, min=about.low, max=about.high,
                step=0.05, thumb_label="always", hide_details=True, dense=True, label=step.assumption,
                class_="assumption",
                attributes={"aria-label": about.zh if zh else about.en},
            )  # fmt: skip
        waiting = page.playing or (desk.busy.value is not None)
        if about is not None:
            box("span", "note", say("usual", page.lang, value=f"{usual.value_of(step.assumption):g}"))
            # what is compared with must be known first
            waiting = waiting or desk.account.value is None or not step.is_accounted(usual, desk.accounts)
        solara.Button(
            step.control[zh], on_click=act, color="primary", depressed=True, small=True, disabled=waiting
        ).key("act")


@solara.component
def Told(desk: Desk, step: Step, page: Page) -> None:
    """What happened, next to what was expected."""
    shown, zh = desk.charted.value, page.lang == "zh"
    assert shown is not None
    outcome = solara.use_memo(
        lambda: step.outcome(shown, page.lang, desk.accounts),
        [step.name, id(shown.pair), shown.day, page.lang],
    )
    right = outcome.answer == page.prediction
    solara.use_effect(
        lambda: desk.do(Bet(step.name, page.prediction or outcome.answer, outcome.answer)),
        [step.name, page.prediction, outcome.answer],
    )
    expected = step.answers.get(page.prediction or "", ("", ""))[zh]
    happened = step.answers[outcome.answer][zh]
    with box("div", "told", role="status"):
        said = say("right" if right else "otherwise", page.lang, expected=expected, happened=happened)
        box("p", "question", said)
        box("p", "", step.told[zh].format(**outcome.values))
