"""Each figure of the evidence beside what the model gives: what `linli evidence` shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np

from linli.experiments.compare.request import Request
from linli.experiments.evidence import VALIDATION, Evidence, evidence
from linli.experiments.output.labels import label_of, shown
from linli.experiments.output.screen import console, decimals, number, table
from linli.experiments.runner.pool import in_parallel
from linli.experiments.statistics.means import half_width
from linli.model.engines import engine_of
from linli.model.errors import InputError
from linli.model.scenario import Scenario
from linli.model.text import Text


@dataclass(frozen=True)
class Beside:
    """A figure and what runs give. mean: over seeds; half: of its 95 % interval, None for one run."""

    figure: Evidence
    mean: float
    half: float | None
    values: tuple[float, ...]

    @property
    def holds(self) -> bool:
        """Whether the mean lies inside the band."""
        return self.figure.holds(self.mean)


def from_its_beginning(request: Request) -> Scenario:
    """The scenario that is asked for. Raises InputError for a snapshot, which is a later day of a run."""
    if request.snapshot:
        raise InputError(
            f"{request.name} is a later day of a run: name a scenario (see: linli list scenarios)"
        )
    return request.baseline()


def beside(
    scenario: Scenario, runs: int, engine: str, jobs: int, reached: Callable[[int], None]
) -> list[Beside]:
    """Every figure beside the baseline's measure. runs: seeds, from the scenario's on."""
    seeds = [scenario.but(seed=scenario.seed + run) for run in range(runs)]
    measures = in_parallel(partial(lived, engine=engine), seeds, jobs, reached)
    return [_beside(figure, [m[figure.measure] for m in measures]) for figure in evidence()]


def lived(scenario: Scenario, tick: Callable[[], None], engine: str) -> dict[str, float]:
    """The measures of a scenario's days after its burn-in."""
    run = engine_of(engine)(scenario)
    run.run_to(scenario.burn_in + scenario.days, tick)
    return dict(run.measures())


def _beside(figure: Evidence, values: Sequence[float]) -> Beside:
    half = half_width(float(np.std(values, ddof=1)), len(values)) if len(values) > 1 else None
    return Beside(figure, float(np.mean(values)), half, tuple(values))


def as_data(found: Sequence[Beside]) -> list[dict[str, Any]]:
    """For JSON."""
    return [
        {
            **vars(one.figure),
            "mean": one.mean,
            "half": one.half,
            "values": list(one.values),
            "holds": one.holds,
        }
        for one in found
    ]


_HEADS = (
    Text("figure", "指标"),
    Text("published", "公布值"),
    Text("band", "区间"),
    Text("model", "模型"),
    Text("", ""),
    Text("source", "来源"),
)
_INSIDE, _OUTSIDE = Text("inside", "在区间内"), Text("outside", "不在区间内")
_HELD_BACK = Text("held back: no value was chosen by it", "留作检验：未据此取值")


def show(title: str, found: Sequence[Beside], lang: str) -> None:
    """As a table, with sources below it."""
    screen = console()
    screen.print(title, style="bold")
    rows = table()
    for n, head in enumerate(_HEADS):
        side: Literal["left", "right"] = "left" if n in (0, 4, 5) else "right"
        rows.add_column(head.said(lang), justify=side, max_width=44, overflow="fold")
    for one in found:
        rows.add_row(label_of(one.figure.measure, lang), *_cells(one, lang))
    screen.print(rows)


def _cells(one: Beside, lang: str) -> tuple[str, ...]:
    figure, scale = one.figure, shown(one.figure.measure, lang)
    places = min(decimals((figure.high - figure.low) * scale.factor), 2)

    def text(value: float | None) -> str:
        return number(None if value is None else value * scale.factor, places)

    unit = f" {scale.unit}"
    model = text(one.mean) + (f" ± {text(one.half)}" if one.half is not None else "")
    held = f" ({_HELD_BACK.said(lang)})" if figure.use == VALIDATION else ""
    return (
        text(figure.target),
        f"{text(figure.low)}–{text(figure.high)}{unit}",
        model,
        (_INSIDE if one.holds else _OUTSIDE).said(lang),
        figure.source + held,
    )
