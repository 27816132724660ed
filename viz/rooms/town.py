"""The two maps side by side, and what their colours mean."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import solara
from numpy.typing import NDArray

from linli.agents.rules.asking import ASKERS
from linli.agents.rules.matching import MATCHED
from linli.agents.rules.participation import ENGAGED_DAYS
from linli.viz.canvas import Scale, TownMap, TownPlan, categories, frame_sent, hands_sent, measure, plan_town
from linli.viz.controls.elements import box, progress
from linli.viz.controls.screen import use_screen
from linli.viz.state import COLOURS, Choose, Page, PickCompound, PickResident
from linli.viz.state.desk import Desk
from linli.viz.words import say
from linli.viz.words.numbers import value_text
from linli.viz.worlds import Frame, Pair, Town
from linli.viz.worlds.stage import Shown

RECENT = (0, 7, 30, 90)
"""Upper ends of the classes of days since the last act: the day itself, a week, a month, a quarter [days]."""

ARMS = ("baseline", "policy")

ASPECT = 1.12
"""Width by height of a map, as two of them side by side fill a window of 1280 by 800 best."""

NOTABLE = 0.05
"""A difference of trust that is marked [0 to 1]; smaller ones sooner or later have everybody."""

ACTIVE_VOLUNTEER = 90
"""A volunteer who acted within so many days is active, as in the measure [days]."""


def plan_of(pair: Pair) -> TownPlan:
    """Where everybody stands; the same for both worlds and every day."""
    scenario = pair.settings.baseline
    return plan_town(
        pair.town.people,
        pair.town.homes,
        workers=scenario.place.workers,
        posts=scenario.parameters.posts,
        planned=scenario.place.planned_compounds,
        aspect=ASPECT,
    )


def scale_of(colour: str, lang: str) -> Scale:
    """What the colours mean."""
    title = say(f"colour_{colour}", lang)
    labels = {
        "acted": ("acted_long", "acted_quarter", "acted_month", "acted_week", "acted_day"),
        "asked": ("asked_no", *(f"asked_{asker}" for asker in ASKERS[1:])),
        "volunteer": ("volunteer_no", "volunteer_idle", "volunteer_active"),
        "party": ("party_no", "party_idle", "party_serving"),
    }
    if colour == "trust":
        return measure(title, 0.0, 1.0)
    return categories(title, [say(label, lang) for label in labels[colour]], ordered=colour == "acted")


def states_of(colour: str, frame: Frame, town: Town) -> NDArray[np.uint8]:
    """The byte of each resident, as `scale_of` explains it."""
    if colour == "acted":
        return (len(RECENT) - np.searchsorted(RECENT, frame.acted)).astype(np.uint8)
    if colour == "asked":
        return frame.asked
    if colour == "volunteer":
        return (frame.volunteer * (1 + (frame.acted < ACTIVE_VOLUNTEER))).astype(np.uint8)
    if colour == "party":
        states = town.people.party.astype(np.uint8)
        here = town.homes >= 0
        present = here & (frame.members["status"][: len(here)] != 0)
        serving = here & (frame.members["status"][: len(here)] == MATCHED)
        states[town.homes[present]] = 1
        states[town.homes[serving]] = 2
        return states
    return np.rint(255 * np.clip(frame.trust, 0.0, 1.0)).astype(np.uint8)


def differing(colour: str, before: NDArray[np.uint8], after: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Who differs between two worlds, by the bytes of `states_of`: in trust, by enough to be seen."""
    if colour == "trust":
        return np.abs(before.astype(np.int16) - after) >= round(255 * NOTABLE)
    return before != after


@solara.component
def Worlds(desk: Desk, dark: bool) -> None:
    """Both worlds on the day shown, or how far they have come into being."""
    page, shown, busy = desk.page.value, desk.shown.value, desk.busy.value
    if shown is None or busy is not None:
        with box("div", "building", role="status"):
            burn_in = f"{page.settings.baseline.burn_in:,}"
            box("p", "", say("building", page.lang, burn_in=burn_in))
            progress((busy.share if busy else 0.0), say("building", page.lang, burn_in=burn_in))
    if shown is not None:
        Maps(desk, shown, dark)


@solara.component
def Maps(desk: Desk, shown: Shown, dark: bool) -> None:
    """The two maps. Their days are set past the page, which would be too slow to draw anew for each."""
    page, town = desk.page.value, shown.pair.town
    lang = page.lang
    laid = solara.use_memo(lambda: plan_of(shown.pair), [id(shown.pair)])
    scale = solara.use_memo(lambda: scale_of(page.colour, lang), [page.colour, lang])
    stale = " stale" if shown.settings != page.settings else ""
    chosen = page.resident if page.resident is not None and page.resident < len(town.people) else None
    maps = []
    with box("div", f"worlds{stale}"):
        for arm in ARMS:
            with box("section", f"world {arm}", **{"aria-label": say(arm, lang)}):
                Heading(desk, arm)
                drawn = TownMap(
                    laid,
                    None,
                    scale,
                    network=town.network,
                    on_shown=desk.seen if arm == "policy" else None,
                    selected=chosen,
                    on_click=lambda number: desk.do(PickResident(number)),
                    on_compound=lambda number: desk.do(PickCompound(number)),
                    title=say(arm, lang),
                    language=lang,
                    dark=dark,
                    height="var(--map)",
                    link="town",
                    hands=page.colour == "asked",
                )
                maps.append(drawn)

    def draw(widgets: Sequence[Any], day: Shown) -> None:
        for widget, frame in zip(widgets, frames_of(day, desk.page.value), strict=True):
            widget.frame = frame

    use_screen(desk, "maps", maps, draw, [id(shown.pair), shown.moment, page.colour, page.differing])


@solara.component
def Heading(desk: Desk, arm: str) -> None:
    """Which world it is, and how many take part in it."""
    lang, charted = desk.page.value.lang, desk.charted.value
    with box("div", "head"):
        box("h2", "", say(arm, lang))
        if charted is not None:
            frame = charted.before if arm == "baseline" else charted.after
            share = engaged(frame, charted.pair.town, lang)
            box("span", "note", say("engaged_now", lang, share=share))


def frames_of(shown: Shown, page: Page) -> list[dict[str, Any]]:
    """What both maps show of a day."""
    both = (shown.before, shown.after)
    states = [states_of(page.colour, frame, shown.pair.town) for frame in both]
    differs = differing(page.colour, *states)
    marked = differs if page.differing and differs.any() else None
    sent = [
        frame_sent(state, marked, frame.members, frame.efforts, moment=shown.moment)
        for state, frame in zip(states, both, strict=True)
    ]
    if page.colour == "asked":
        for one, frame in zip(sent, both, strict=True):
            one.update(hands_sent(frame.asked, frame.acted, frame.matters))
    return sent


def engaged(frame: Frame, town: Town, lang: str) -> str:
    """The share of adults who took part lately, in words."""
    adults = town.people.adults
    return value_text(float((frame.acted[adults] < ENGAGED_DAYS).mean()), "share", lang)


@solara.component
def Colours(desk: Desk) -> None:
    """What the residents are coloured by, and whether those who differ are marked."""
    page, charted = desk.page.value, desk.charted.value
    with box("div", "colours"):
        with box("div", "choices", role="radiogroup", **{"aria-label": say("colour_by", page.lang)}):
            for colour in COLOURS:
                Chip(say(f"colour_{colour}", page.lang), page.colour == colour, desk, colour).key(colour)
        solara.v.Checkbox(
            v_model=page.differing,
            on_v_model=lambda on: desk.do(Choose("differing", bool(on))),
            label=_differ(page.lang, page.colour, charted),
            hide_details=True,
            dense=True,
            class_="differing",
        )


def _differ(lang: str, colour: str, shown: Shown | None) -> str:
    label = say("highlight", lang)
    if shown is None:
        return label
    pair = [states_of(colour, frame, shown.pair.town) for frame in (shown.before, shown.after)]
    n = f"{int(differing(colour, *pair).sum()):,}"
    said = (
        say("differ_trust", lang, n=n, by=NOTABLE)
        if colour == "trust"
        else say("differ", lang, n=n, what=say(f"colour_{colour}", lang))
    )
    return say("aside", lang, what=label, more=said)


@solara.component
def Chip(label: str, chosen: bool, desk: Desk, colour: str) -> Any:
    """One of the colours to choose."""
    return solara.Button(
        label,
        on_click=lambda: desk.do(Choose("colour", colour)),
        text=not chosen,
        outlined=chosen,
        small=True,
        classes=["chip", *(["chosen"] if chosen else [])],
        attributes={"role": "radio", "aria-checked": str(chosen).lower()},
    )
