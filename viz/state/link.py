"""The link that reproduces a page: what is simulated, the day, and what is looked at, as a query.

    ?place=donghu&seed=3&days=200&p=match:start=10&p=relieve&set=mu:0.5&day=100&colour=trust&lang=zh

A link may come from anybody. It names only what comes with linli, every value is checked as if it had been
typed, and whatever cannot be used is left out and said.
"""

from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qsl, urlencode

from linli.model.errors import InputError, count_of, unknown
from linli.model.policies import from_text, to_text
from linli.viz.rooms.shelf import shelf
from linli.viz.state import (
    CHOICES,
    Change,
    Choose,
    Go,
    OpenStudy,
    Page,
    PickCompound,
    PickOccasion,
    PickResident,
    reduce,
)
from linli.viz.state.settings import MOST_POLICIES, Settings
from linli.viz.words.problems import problem

LONGEST = 4_000
"""Characters of a query that are read."""

MOST_PARTS = 200
"""Parts of a query that are read."""

LOOKS = ("room", "lang", "colour", "measure", "panel", "speed", "city")
"""What of the look of a page goes into its link, by the names of `viz.state.CHOICES`."""


def encode(page: Page, day: int) -> str:
    """The query of a page on the day shown, without the question mark. What is as usual is left out."""
    settings, usual = page.settings, Page()
    parts: list[tuple[str, str]] = [("place", settings.scenario), ("seed", str(settings.seed))]
    parts.append(("days", str(settings.days)))
    parts += [("p", to_text(policy)) for policy in settings.policies]
    parts += [("set", f"{name}:{value!r}") for name, value in settings.parameters]
    if settings.community is not None:
        parts.append(("community", str(settings.community)))
    if day:
        parts.append(("day", str(day)))
    picked = [
        name for name in ("resident", "compound", "occasion", "study") if getattr(page, name) is not None
    ]
    parts += [(name, str(getattr(page, name))) for name in picked]
    always = {"lang", "panel"} if picked else {"lang"}  # whom one picks opens a panel
    for name in LOOKS:
        value = getattr(page, name)
        if value != getattr(usual, name) or name in always:
            parts.append((name, str(value)))
    return urlencode(parts, safe=":;,=.")


def decode(query: str) -> tuple[Page, list[str]]:
    """The page of a query, and what in it could not be used."""
    problems: list[str] = []
    if len(query) > LONGEST:
        return Page(), [problem(f"the link is longer than {LONGEST:,} characters", Page().lang)]
    try:
        parts = parse_qsl(query, max_num_fields=MOST_PARTS)
    except ValueError as error:
        return Page(), [problem(f"the link has too many parts: {error}", Page().lang)]
    lang = "zh" if ("lang", "zh") in parts else "en"  # before all else: problems are told in it
    settings = _settings(parts, problems, lang)
    if settings.is_city:
        here = {"policies": settings.policies, "parameters": settings.parameters, "seed": settings.seed}
        page = Page(settings=Settings.of("donghu"), room="city", city=settings.scenario, lang=lang)
        page = reduce(page, Change(page.settings.but(**here)))
        problems += [page.problem] if page.problem else []
        page = page.but(past=(), problem="", problem_at=())
    else:
        page = Page(settings=settings, lang=lang)
    for name, value in parts:
        if name in KNOWN:
            page = _looked(page, name, value, problems)
        elif name not in ("place", "community", "seed", "days", "p", "set"):
            problems.append(problem(f"unknown part '{name[:40]}'", lang))
    return page, problems


def _settings(parts: list[tuple[str, str]], problems: list[str], lang: str) -> Settings:
    """What is simulated; each part that cannot be used is left out."""
    given = dict(parts)
    changes: list[Callable[[Settings], Settings]] = []
    if "place" in given:
        changes.append(lambda settings: Settings.of(given["place"][:100]))
    for name in ("community", "seed", "days"):
        if name in given:
            changes.append(partial(_typed, name, given[name][:40]))
    changes += [partial(_assumed, value) for name, value in parts if name == "set"]
    changes += [partial(_added, value) for name, value in parts if name == "p"][: MOST_POLICIES + 1]
    settings = Settings.of("donghu")
    for change in changes:
        try:
            settings = change(settings)
        except InputError as error:
            problems.append(problem(str(error), lang))
    return settings


def _typed(name: str, value: str, settings: Settings) -> Settings:
    return settings.but(**{name: _number(name, value) if name == "community" else value})


def _assumed(text: str, settings: Settings) -> Settings:
    name, _, value = text.partition(":")
    return settings.with_parameter(name[:40], value)


def _added(text: str, settings: Settings) -> Settings:
    return settings.but(policies=(*settings.policies, from_text(text)))


def _looked(page: Page, name: str, value: str, problems: list[str]) -> Page:
    """A page with one thing looked at."""
    try:
        moved = reduce(page, KNOWN[name](value))
    except InputError as error:
        problems.append(problem(str(error), page.lang))
        return page
    if moved.problem:
        problems.append(moved.problem)
    return moved.but(problem="", problem_at=())


def _number(name: str, value: str) -> int:
    return count_of(name, value, 0, 2**31 - 1)


def _on_shelf(name: str) -> str:
    """A study that is there."""
    if name not in shelf().names():
        raise unknown("study", name[:100], shelf().names())
    return name


def _choice(name: str) -> Callable[[str], Choose]:
    """A choice from its text: the one of the same writing."""
    return lambda text: Choose(name, next((v for v in CHOICES[name] if str(v) == text), text))


KNOWN: dict[str, Callable[[str], Choose | Go | PickResident | PickCompound | PickOccasion | OpenStudy]] = {
    "day": lambda text: Go(_number("day", text)),
    "resident": lambda text: PickResident(_number("resident", text)),
    "compound": lambda text: PickCompound(_number("compound", text)),
    "occasion": lambda text: PickOccasion(_number("occasion", text)),
    "study": lambda text: OpenStudy(_on_shelf(text)),
    **{name: _choice(name) for name in LOOKS},
}
"""What each part of a link does."""
