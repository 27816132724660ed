"""What a visitor sees and has chosen, as frozen state, and how it changes: a pure reducer, no drawing.

`reduce(page, action)` gives the next page. An action that cannot be done leaves everything as it was and says
why in `problem`.
"""

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal

from linli.model.errors import InputError, unknown
from linli.model.measures import MEASURES
from linli.model.scenario import names
from linli.model.text import LANGUAGES
from linli.viz.state.settings import Settings
from linli.viz.words.problems import problem

Room = Literal["town", "city", "studies"]
ROOMS: tuple[Room, ...] = ("town", "city", "studies")
COLOURS = ("acted", "asked", "trust", "volunteer", "party")
"""What the residents on the map can be coloured by."""

PANELS = ("difference", "measures", "whom", "why", "worlds")
SPEEDS = (1, 5, 20, 60)
"""Days a second."""

MOST_UNDO = 50


@dataclass(frozen=True, kw_only=True)
class Page:
    """One visitor's page. day: so many days after the eve of the policies; jumps: how often a day was gone
    to; past, future: settings to go back or forward to; resident, compound: what was clicked; occasion: day
    of the resident's decision, None for the first that differs; city: the one in the room of cities; study:
    by name; step: of the story, None outside it; prediction: what the visitor expects; bets: what was
    expected and what happened, by step; problem: what could not be done, and why, in the page's language;
    problem_at: the field it belongs to, as `place_of` names it, none for the page as a whole.
    """

    settings: Settings = field(default_factory=lambda: Settings.of("donghu"))
    past: tuple[Settings, ...] = ()
    future: tuple[Settings, ...] = ()
    room: Room = "town"
    lang: str = "en"
    day: int = 0
    jumps: int = 0
    playing: bool = False
    speed: int = 5
    colour: str = "acted"
    differing: bool = True
    panel: str = "difference"
    measure: str = "engaged_share"
    resident: int | None = None
    compound: int | None = None
    occasion: int | None = None
    city: str = "chengdu-sample"
    study: str | None = None
    step: int | None = None
    prediction: str | None = None
    bets: tuple[tuple[str, str, str], ...] = ()
    problem: str = ""
    problem_at: tuple[str | int, ...] = ()

    def but(self, **changes: Any) -> "Page":
        """The same page with some of it changed."""
        return dataclasses.replace(self, **changes)


# actions -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """Settings replaced, so that it can be undone."""

    settings: Settings


@dataclass(frozen=True)
class SetScenario:
    """Another place: its own seed, days and parameters, the same policies if they fit."""

    name: str


@dataclass(frozen=True)
class SetNumber:
    """Seed or days, as typed."""

    name: Literal["seed", "days"]
    value: str


@dataclass(frozen=True)
class AddPolicy:
    """A policy with its usual options, from day 0 on unless said otherwise."""

    name: str


@dataclass(frozen=True)
class SetOptions:
    """Options of the policy at a place in the list, as typed, dragged or slid."""

    at: int
    options: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class RemovePolicy:
    """The policy at a place in the list."""

    at: int


@dataclass(frozen=True)
class SetParameter:
    """A parameter's value; None: back to the scenario's."""

    name: str
    value: Any


@dataclass(frozen=True)
class Undo:
    """Back to the settings before."""


@dataclass(frozen=True)
class Redo:
    """Forward again."""


@dataclass(frozen=True)
class Reset:
    """The scenario as it comes, without policies."""


@dataclass(frozen=True)
class Go:
    """Show a day; days outside the run are moved to its ends."""

    day: int


@dataclass(frozen=True)
class Play:
    """Play or pause, from a day (that shown by whoever plays)."""

    on: bool
    day: int | None = None


@dataclass(frozen=True)
class Choose:
    """One of several, by name: room, lang, speed, colour, panel, measure, differing."""

    what: str
    value: Any


@dataclass(frozen=True)
class PickResident:
    """A resident was clicked (None: nobody)."""

    number: int | None


@dataclass(frozen=True)
class PickOccasion:
    """A day on which the resident had something to decide (None: the first that differs)."""

    day: int | None


@dataclass(frozen=True)
class PickCompound:
    """A compound was clicked (None: none)."""

    number: int | None


@dataclass(frozen=True)
class OpenCommunity:
    """One community of a city as a neighbourhood, with the seed, days and policies of this one."""

    city: str
    number: int


@dataclass(frozen=True)
class OpenStudy:
    """A study on the shelf, by name."""

    name: str


@dataclass(frozen=True)
class Tell:
    """Go to a step of the story with its settings; None: leave it."""

    step: int | None
    settings: Settings | None = None
    day: int = 0


@dataclass(frozen=True)
class Predict:
    """What the visitor expects to happen."""

    answer: str


@dataclass(frozen=True)
class Bet:
    """How a step of the story came out: answers by their keys."""

    step: str
    expected: str
    happened: str


@dataclass(frozen=True)
class Dismiss:
    """The message was read."""


@dataclass(frozen=True)
class Complain:
    """Something outside the reducer could not be done."""

    problem: str


Action = (
    Change
    | SetScenario
    | SetNumber
    | AddPolicy
    | SetOptions
    | RemovePolicy
    | SetParameter
    | Undo
    | Redo
    | Reset
    | Go
    | Play
    | Choose
    | PickResident
    | PickOccasion
    | PickCompound
    | OpenCommunity
    | OpenStudy
    | Tell
    | Predict
    | Bet
    | Dismiss
    | Complain
)

CHOICES: dict[str, tuple[Any, ...]] = {
    "room": ROOMS,
    "lang": LANGUAGES,
    "speed": SPEEDS,
    "colour": COLOURS,
    "panel": PANELS,
    "measure": tuple(MEASURES),
    "city": tuple(name for name in names() if Settings.of(name).is_city),
    "differing": (True, False),
}


def reduce(page: Page, action: Action) -> Page:
    """The page after an action."""
    try:
        return _after(page, action)
    except InputError as error:
        return page.but(problem=problem(str(error), page.lang), problem_at=place_of(action))


def place_of(action: Action) -> tuple[str | int, ...]:
    """The field that an action comes from: of one option alone, since a bar that is dragged is no field."""
    match action:
        case SetNumber(name, _):
            return ("number", name)
        case SetOptions(at, ((name, _),)):
            return ("option", at, name)
        case SetParameter(name, _):
            return ("parameter", name)
    return ()


def _after(page: Page, action: Action) -> Page:
    match action:
        case Undo() | Redo():
            return _in_history(page, action)
        case Go(day):
            return page.but(day=_inside(page.settings, day), jumps=page.jumps + 1)
        case Play(on, day):
            shown = page.day if day is None else day
            if on and shown >= page.settings.days:
                shown = 0
            return page.but(playing=on, day=_inside(page.settings, shown))
        case Choose(what, value):
            if what not in CHOICES or value not in CHOICES[what]:
                raise unknown(what, str(value), map(str, CHOICES.get(what, ())))
            return page.but(**{what: value})
        case PickResident(number):
            panel = "why" if number is not None else page.panel
            return page.but(resident=number, compound=None, occasion=None, panel=panel)
        case PickOccasion(day):
            return page.but(occasion=day)
        case PickCompound(number):
            panel = "why" if number is not None else page.panel
            return page.but(compound=number, resident=None, occasion=None, panel=panel)
        case OpenStudy(name):
            return page.but(study=name)
        case Tell(step, settings, day):
            told = page if settings is None else _with(page, settings)
            return told.but(step=step, prediction=None, day=_inside(told.settings, day), playing=False)
        case Predict(answer):
            return page.but(prediction=answer)
        case Dismiss():
            return page.but(problem="", problem_at=())
        case Complain(why):
            return page.but(problem=problem(why, page.lang), problem_at=(), playing=False)
        case Bet(step, expected, happened):
            others = tuple(bet for bet in page.bets if bet[0] != step)
            return page.but(bets=(*others, (step, expected, happened)))
        case _:
            return _with(page, _changed(page.settings, action))


def _changed(settings: Settings, action: Action) -> Settings:
    """The settings after an action that changes what is simulated."""
    match action:
        case Change(new):
            return new
        case SetScenario(name):
            return Settings.of(name, policies=settings.policies)
        case OpenCommunity(city, number):
            kept = {name: getattr(settings, name) for name in ("seed", "days", "policies", "parameters")}
            return Settings.of(city, community=number, **kept)
        case SetNumber(name, value):
            return settings.but(**{name: value.strip()})
        case AddPolicy(name):
            return settings.with_policy(name)
        case SetOptions(at, options):
            return settings.with_option(at, **dict(options)) if at < len(settings.policies) else settings
        case RemovePolicy(at):
            return settings.without_policy(at)
        case SetParameter(name, None):
            return settings.without_parameter(name)
        case SetParameter(name, value):
            return settings.with_parameter(name, value)
        case Reset():
            return Settings.of(settings.scenario, community=settings.community)
    raise TypeError(f"not an action: {action!r}")


def _with(page: Page, settings: Settings) -> Page:
    """New settings; what was picked in another town is forgotten."""
    if settings == page.settings:
        return page.but(problem="", problem_at=())
    if settings.is_city:
        raise InputError(f"{settings.scenario} is a city: open one of its communities")
    past = (*page.past, page.settings)[-MOST_UNDO:]
    moved = page.but(
        settings=settings, past=past, future=(), problem="", problem_at=(), day=_inside(settings, page.day)
    )
    town = (settings.scenario, settings.community)
    if town != (page.settings.scenario, page.settings.community):
        moved = moved.but(
            resident=None, compound=None, occasion=None, day=0, jumps=page.jumps + 1, playing=False
        )
    return moved


def _in_history(page: Page, action: Undo | Redo) -> Page:
    come_from, go_to = (page.past, page.future) if isinstance(action, Undo) else (page.future, page.past)
    if not come_from:
        return page
    settings = come_from[-1]
    moved = _with(page, settings)
    rest, other = come_from[:-1], (*go_to, page.settings)
    if isinstance(action, Undo):
        return moved.but(past=rest, future=other)
    return moved.but(future=rest, past=other)


def _inside(settings: Settings, day: int) -> int:
    return max(0, min(int(day), settings.days))
