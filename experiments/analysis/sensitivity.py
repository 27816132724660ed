"""What `linli sensitivity` does: screen many parameters (Morris), then share out the variance of the few that
matter (Sobol'). What is looked at is the paired effect of policies, or a measure if no policy is given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

import numpy as np
import pandas as pd

from linli.experiments.attribution.measured import MOST_COMMUNITIES, is_within_reach
from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import made
from linli.experiments.statistics.pairs import against_baseline
from linli.experiments.statistics.results import Results
from linli.experiments.statistics.variance import indices, screening
from linli.experiments.store.reading import read
from linli.experiments.study import Arm, Study
from linli.experiments.study.design import Design
from linli.experiments.study.factors import Factor, factor
from linli.experiments.study.seeds import Seeds
from linli.experiments.study.spread import KINDS, spread_from_text
from linli.model.attribution.measures import ATTRIBUTED, EVERY
from linli.model.engines import checked_engine
from linli.model.errors import InputError, count_of, unknown
from linli.model.parameters import About
from linli.model.parameters import table as parameter_table
from linli.model.policies import from_text, to_table
from linli.model.scenario import Scenario
from linli.model.unidentified import UNIDENTIFIED

SCALES = ("n_bar", "wage")
"""Parameters that set a scale and not a behaviour: left out unless asked for."""
ARM = "policies"
TRAJECTORIES = 40
"""Of a screening, if nothing is said. With 10, twelve designs gave mean effects from half to
1.7 times their mean, and three of the twelve intervals missed it."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked. scenario: with days and burn-in; policies: texts; measure: its name; over: factors;
    trajectories: of Morris; samples: base samples of Sobol' (a power of 2); top: parameters that go on to
    Sobol'; runs: seeds of each point, from the scenario's on; engine: that runs the days; design_seed: of the
    sampling, None for the scenario's seed + 1."""

    scenario: Scenario
    policies: tuple[str, ...]
    measure: str
    over: tuple[Factor, ...]
    trajectories: int | str = TRAJECTORIES
    samples: int | str = 64
    top: int | str = 6
    runs: int | str = 2
    engine: str = "array"
    design_seed: int | str | None = None

    def __post_init__(self) -> None:
        if self.measure not in EVERY:
            raise unknown("measure", self.measure, EVERY)
        if self.measure in ATTRIBUTED and not (self.policies and is_within_reach(self.scenario.place)):
            raise InputError(
                f"--measure {self.measure} says what policies bring about, in at most {MOST_COMMUNITIES} "
                "communities: add a --policy"
            )
        for name, low, high in (("trajectories", 2, 10_000), ("top", 2, 100), ("runs", 1, 10_000)):
            object.__setattr__(self, name, count_of(f"--{name}", getattr(self, name), low, high))
        seed = self.scenario.seed + 1 if self.design_seed is None else self.design_seed
        object.__setattr__(self, "design_seed", count_of("--design-seed", seed, 1, 2**31 - 1))
        samples = count_of("--samples", self.samples, 8, 1_000_000)
        if samples & (samples - 1):
            raise InputError(f"--samples {samples}: Sobol' samples need a power of 2")
        object.__setattr__(self, "samples", samples)
        if len(self.over) < 2:
            raise InputError("sensitivity needs two parameters or more: add --over")
        there = {from_text(text).name for text in self.policies}
        for f in self.over:
            if f.policy is not None and f.policy not in there:
                raise InputError(f"--over {f.key} moves nothing: there is no --policy {f.policy}")

    def study(self, stage: str, over: Sequence[Factor], design: Design) -> Study:
        """One stage as a study."""
        tables = tuple(to_table(from_text(text)) for text in self.policies)
        return Study(
            name=stage,
            title=f"{stage} of {self.measure}",
            text="",
            scenario=self.scenario,
            engine=checked_engine(self.engine),
            factors=tuple(over),
            design=design,
            arms=(Arm(ARM, tables),) if tables else (),
            seeds=Seeds(self.scenario.seed, int(self.runs)),
            attribution=self.measure in ATTRIBUTED,
        )


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What came out. screened: Morris, a row a parameter, most influential first; shared: Sobol', likewise;
    luck: share of the variance over points that is luck of the seeds, None for a single seed."""

    screened: pd.DataFrame
    shared: pd.DataFrame
    luck: float | None
    values: dict[str, pd.DataFrame] = field(default_factory=dict)


def sensitivity(question: Question, folder: Path, jobs: int, progress: Progress) -> Sensitivity:
    """Both stages; their runs are kept in folders of their own, so that the same command goes on."""
    names = [f.name for f in question.over]
    design = Design("morris", int(question.trajectories), int(question.design_seed or 0))
    one = question.study("screening", question.over, design)
    points = responses(read(made(one, folder / "screening", jobs, progress).folder), question.measure)
    screened = screening(names, design.unit_samples(len(names)), points["value"].to_numpy(), design.seed)
    kept = screened["parameter"].head(int(question.top)).to_list()
    over = [f for f in question.over if f.name in kept]
    second = Design("sobol", int(question.samples), int(question.design_seed or 0))
    two = question.study("indices", over, second)
    results = read(made(two, folder / "indices", jobs, progress).folder)
    values = responses(results, question.measure)
    shared = indices([f.name for f in over], values["value"].to_numpy(), second.seed)
    return Sensitivity(screened, shared, luck_of(values), {"screening": points, "indices": values})


def responses(results: Results, measure: str) -> pd.DataFrame:
    """The response at every point, in order: mean over seeds of the paired effect (of the measure, where
    there are no arms), and the variance of that mean. InputError where a measure is not defined."""
    frame = results.frame
    if results.has_baseline:
        pairs = against_baseline(results)
        seen = pd.DataFrame({"point": pairs.points, "value": pairs.differences[measure]})
    else:
        seen = frame[["point", measure]].set_axis(["point", "value"], axis=1)
    by = seen.groupby("point")["value"]
    table = pd.DataFrame({"value": by.mean(), "variance": by.var() / by.count()}).sort_index()
    if table["value"].isna().any():
        raise InputError(f"{measure} is not defined at every point: ask for another measure")
    return table


def luck_of(values: pd.DataFrame) -> float | None:
    """The share of the variance over points that seeds of their own would explain."""
    spread = float(values["value"].var())
    noise = float(values["variance"].mean())
    return None if np.isnan(noise) or spread == 0.0 else min(1.0, noise / spread)


# parameters and their ranges -------------------------------------------------------------------------------


def factors_of(texts: Sequence[str] | None) -> tuple[Factor, ...]:
    """Factors from NAME, NAME=LOW:HIGH or NAME=normal:MEAN:SD and the like; all assumed ones if none is
    named."""
    if not texts:
        return tuple(_plausible(name) for name in assumed())
    found = [_read(text) for text in texts]
    names = [f.key for f in found]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"--over {name} is given twice")
    return tuple(found)


def assumed() -> list[str]:
    """Parameters whose value no source gives, the unidentified ones first."""
    unsure = [n for n, about in parameter_table().items() if "assumption" in about.basis and n not in SCALES]
    return [*UNIDENTIFIED, *(name for name in unsure if name not in UNIDENTIFIED)]


def _read(text: str) -> Factor:
    name, equals, span = (part.strip() for part in text.partition("="))
    if not equals:
        if "." in name:
            raise InputError(f"--over {name}: give an option of a policy its range, as {name}=LOW:HIGH")
        return _plausible(name)
    if span.partition(":")[0] in KINDS:
        return factor(name, spread_from_text(f"--over {text}", span))
    low, colon, high = span.partition(":")
    if not colon:
        raise InputError(f"--over {text}: write NAME=LOW:HIGH, for example --over mu=0:0.7")
    return factor(name, {"low": low, "high": high})


def _plausible(name: str) -> Factor:
    """The whole range of an unidentified weight or share; half to twice the default of another."""
    if name not in parameter_table():
        raise unknown("parameter", name, parameter_table())
    about = parameter_table()[name]
    low, high = _span(about)
    if about.whole:  # a switch has both its ends
        return factor(name, {"low": int(low), "high": ceil(high)})
    return factor(name, {"low": low, "high": high})


def _span(about: About) -> tuple[float, float]:
    if about.name in UNIDENTIFIED and not about.whole:  # of a count, no place has all that can be set
        return about.low, about.high
    if about.default == 0.0:
        quarter = (about.high - about.low) / 4.0
        return max(about.low, -quarter), min(about.high, quarter)
    ends = sorted((about.default / 2.0, about.default * 2.0))
    return max(about.low, ends[0]), min(about.high, ends[1])


def checked_policies(scenario: Scenario, texts: Sequence[str]) -> tuple[str, ...]:
    """Policies that fit the scenario; InputError if one does not."""
    for text in texts:
        from_text(text).check(scenario.place, scenario.parameters)
    return tuple(texts)
