"""Pairs of arms side by side, one for each seed, cut into years."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.result import Attribution
from linli.model.engines import engine_of
from linli.model.errors import InputError
from linli.model.measures.spans import YEAR
from linli.model.policies import Policy
from linli.model.scenario import Scenario
from linli.model.text import Text

AFTER = (1, 2, 5)
"""Years after the end of the policies that are shown, as far as they are asked for."""

LATE = 5
"""The year that is shown beside the first one, or else the last whole one before the policies end."""

MOST_YEARS = 20


@dataclass(frozen=True)
class Span:
    """Days that are shown together. first, behind: after the burn-in; label: what they are called."""

    first: int
    behind: int
    label: Text


@dataclass(frozen=True)
class Task:
    """One pair. policies: those of the second arm; days: that both arms live."""

    scenario: Scenario
    policies: tuple[Policy, ...]
    engine: str
    days: int


@dataclass(frozen=True)
class Found:
    """What a pair says about one span: the difference by class, and in all, as the engines recorded it."""

    acts: Mapping[str, int]
    minutes: Mapping[str, int]
    difference: int
    difference_minutes: int


def spans_of(policies: Sequence[Policy], days: int, after: int) -> tuple[tuple[Policy, ...], list[Span]]:
    """The policies as they are run, and the spans that are shown.

    after: years after the end of the policies, 0 for none; a policy without an end then ends with the
    scenario's days. Raises InputError if nothing is left to look at.
    """
    if not after:
        return tuple(policies), _years(days)
    ended = tuple(
        p if p.end is not None else dataclasses.replace(p, end=max(days, p.start + 1)) for p in policies
    )
    end = max(p.end or 0 for p in ended)
    spans = _while_they_last(end)
    for year in AFTER:
        if year <= after:
            first = end + YEAR * (year - 1)
            label = Text(f"year {year} after the end", f"政策结束后第{year}年")
            spans.append(Span(first, first + YEAR, label))
    return ended, spans


def _while_they_last(end: int) -> list[Span]:
    """The first year, and the last whole one up to the fifth, of policies that end on a day."""
    years = _years(end)
    last = min(end // YEAR, LATE)
    return years[:1] if last < 2 else [years[0], years[last - 1]]


def _years(days: int) -> list[Span]:
    """Every year of some days; the last may be shorter."""
    return [
        Span(first, min(first + YEAR, days), Text(f"year {n}", f"第{n}年"))
        for n, first in enumerate(range(0, days, YEAR), 1)
    ]


def lived(task: Task, tick: Callable[[], None]) -> Attribution:
    """Both arms live through their days. tick: called after each day, of the burn-in too."""
    world = engine_of(task.engine)(task.scenario.but(days=task.days))
    world.run_to(task.scenario.burn_in, tick)
    return Lockstep(world, task.policies).run(task.days, tick).result()


def found_in(result: Attribution, spans: Sequence[Span]) -> list[Found]:
    """What a pair says about each span."""
    parts = [result.between(span.first, span.behind) for span in spans]
    return [
        Found(part.total("acts"), part.total("minutes"), part.difference("acts"), part.difference("minutes"))
        for part in parts
    ]


def check_parted(name: str, policies: Sequence[str]) -> None:
    """Whether there is something to hold against a baseline, from a burn-in on. Raises InputError."""
    if not policies:
        raise InputError("there is no --policy to hold against the baseline (see: linli list policies)")
    if name.endswith(".npz"):
        raise InputError(f"{name} is a later day of a run: arms part where a scenario's burn-in ends")
