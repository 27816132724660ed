"""Each figure of the evidence beside what the model gives: what `linli evidence` shows.

What runs give is a spread: over seeds of one world, or over worlds that fit, each under a seed of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from linli.experiments.compare.request import Request
from linli.experiments.evidence import VALIDATION, Evidence, evidence
from linli.experiments.evidence.patterns import PATTERNS, Pattern, nobody_asks
from linli.experiments.output.labels import label_of, shown
from linli.experiments.output.screen import console, decimals, headed, number
from linli.experiments.runner.pool import in_parallel
from linli.experiments.statistics.paired import NINE_OF_TEN
from linli.experiments.worlds import Worlds
from linli.model.engines import engine_of
from linli.model.errors import InputError
from linli.model.scenario import Scenario
from linli.model.text import Text

HIT, MISS, NOT_COMPARABLE = "hit", "miss", "not comparable"


@dataclass(frozen=True)
class Beside:
    """A figure or a pattern and what runs give. values: of each run, nan where it is not defined."""

    figure: Evidence | Pattern
    values: tuple[float, ...]

    @property
    def defined(self) -> list[float]:
        """The values there are."""
        return [value for value in self.values if np.isfinite(value)]

    @property
    def middle(self) -> float:
        """Their median."""
        return float(np.median(self.defined)) if self.defined else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Where 90 % of them lie."""
        if not self.defined:
            return float("nan"), float("nan")
        least, most = np.quantile(self.defined, NINE_OF_TEN)
        return float(least), float(most)

    @property
    def inside(self) -> float:
        """The share of them inside the band."""
        return float(np.mean([self.figure.holds(value) for value in self.defined])) if self.defined else 0.0

    @property
    def verdict(self) -> str:
        """Hit: at least half of the runs lie inside the band; not comparable: it is not defined in most of
        them."""
        if 2 * len(self.defined) < len(self.values):
            return NOT_COMPARABLE
        return HIT if self.inside >= 0.5 else MISS


def from_its_beginning(request: Request) -> Scenario:
    """The scenario that is asked for. Raises InputError for a snapshot, which is a later day of a run."""
    if request.snapshot:
        raise InputError(
            f"{request.name} is a later day of a run: name a scenario (see: linli list scenarios)"
        )
    return request.baseline()


def seeds_of(scenario: Scenario, runs: int) -> list[Scenario]:
    """One world under several seeds, from the scenario's on."""
    return [scenario.but(seed=scenario.seed + run) for run in range(runs)]


def worlds_of(scenario: Scenario, ensemble: Worlds) -> list[Scenario]:
    """Every world under a seed of its own, from the scenario's on."""
    return [
        scenario.but(seed=scenario.seed + number, parameters=world)
        for number, world in enumerate(ensemble.parameters)
    ]


def days_of(scenarios: Sequence[Scenario]) -> int:
    """Days that are lived for all of them: each, and its twin in which nobody asks."""
    return sum(2 * (one.burn_in + one.days) for one in scenarios)


def beside(
    scenarios: Sequence[Scenario], engine: str, jobs: int, reached: Callable[[int], None]
) -> list[Beside]:
    """Every figure and every pattern beside what these scenarios give."""
    lives = in_parallel(partial(_shows, engine=engine), scenarios, jobs, reached)
    names: list[tuple[Evidence | Pattern, str]] = [(figure, figure.measure) for figure in evidence()]
    names += [(pattern, pattern.name) for pattern in PATTERNS]
    return [Beside(figure, tuple(life[name] for life in lives)) for figure, name in names]


def _shows(scenario: Scenario, tick: Callable[[], None], engine: str) -> dict[str, float]:
    """The measures of a scenario's days after its burn-in, and the patterns."""
    run = engine_of(engine)(scenario).run(tick)
    unasked = engine_of(engine)(scenario.but(parameters=nobody_asks(scenario.parameters))).run(tick)
    return {**run.measures(), **{pattern.name: pattern.shows(run, unasked) for pattern in PATTERNS}}


def as_data(found: Sequence[Beside]) -> list[dict[str, Any]]:
    """For JSON."""
    return [
        {
            **_figure_as_data(one.figure),
            "middle": one.middle,
            "interval": list(one.interval),
            "inside": one.inside,
            "verdict": one.verdict,
            "values": list(one.values),
        }
        for one in found
    ]


def _figure_as_data(figure: Evidence | Pattern) -> dict[str, Any]:
    if isinstance(figure, Evidence):
        return dict(vars(figure))
    return {
        "measure": figure.name,
        "low": figure.low,
        "high": figure.high,
        "use": "pattern",
        "source": figure.source,
        "target": None,
    }


_HEADS = (
    Text("figure", "指标"),
    Text("published", "公布值"),
    Text("band", "区间"),
    Text("model", "模型"),
    Text("90 % of runs", "其中90%"),
    Text("inside", "区间内"),
    Text("", ""),
    Text("source", "来源"),
)
VERDICTS = {
    HIT: Text("hit", "符合"),
    MISS: Text("miss", "不符"),
    NOT_COMPARABLE: Text("not comparable", "不可比"),
}
"""What verdicts are called."""
_HELD_BACK = Text("held back: no value was chosen by it", "留作检验：未据此取值")


def show(title: str, found: Sequence[Beside], lang: str) -> None:
    """As a table, with sources beside it; patterns below the figures."""
    screen = console()
    screen.print(title, style="bold")
    rows = headed(_HEADS, lang, words=_HEADS[-2:], width=40)
    for one in found:
        rows.add_row(*_cells(one, lang))
    screen.print(rows)


def _cells(one: Beside, lang: str) -> tuple[str, ...]:
    figure = one.figure
    verdict = VERDICTS[one.verdict].said(lang)
    least, most = one.interval
    if isinstance(figure, Pattern):
        return (
            figure.label.said(lang),
            "",
            f"{number(figure.low)}–{number(figure.high)}",
            number(one.middle),
            f"{number(least)} … {number(most)}",
            f"{one.inside:.0%}",
            verdict,
            figure.source,
        )
    scale = shown(figure.measure, lang)
    places = min(decimals((figure.high - figure.low) * scale.factor), 2)

    def text(value: float | None) -> str:
        return number(None if value is None else value * scale.factor, places)

    held = f" ({_HELD_BACK.said(lang)})" if figure.use == VALIDATION else ""
    return (
        label_of(figure.measure, lang),
        text(figure.target),
        f"{text(figure.low)}–{text(figure.high)} {scale.unit}",
        text(one.middle),
        f"{text(least)} … {text(most)}",
        f"{one.inside:.0%}",
        verdict,
        figure.source + held,
    )
