"""Policies at one cost as a study: in force for the scenario's days, and looked at for a year more."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from linli.experiments.equal_cost.budget import Scaled, scaled
from linli.experiments.equal_cost.sizes import Package
from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import local_pool, made
from linli.experiments.store import Store
from linli.experiments.study import Arm, Study
from linli.experiments.study.seeds import Seeds
from linli.model.engines import checked_engine
from linli.model.errors import count_of
from linli.model.measures.spans import YEAR
from linli.model.scenario import Scenario

AFTER = YEAR
"""So long after the policies have ended is looked at what is left [days]."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked. scenario: with the days for which policies act; budget: yuan per resident and year;
    runs: seeds; name: of the scenario or its file, as it was given; values: name=value, as given."""

    scenario: Scenario
    packages: Sequence[Package]
    budget: float
    runs: int | str
    name: str
    values: Sequence[str] | None = None
    engine: str = "array"

    def __post_init__(self) -> None:
        object.__setattr__(self, "runs", count_of("--runs", self.runs, 1, 10_000))
        checked_engine(self.engine)

    def study(self, found: Sequence[Scaled]) -> Study:
        """The runs to compare: every package at its size, and what is left a year after the end."""
        end = self.scenario.days
        arms = tuple(Arm(s.package.name, s.package.at(s.size, self.scenario, end)) for s in found)
        return Study(
            name=f"equal-cost-{self.scenario.name}",
            title=f"Policies at {self.budget:g} yuan per resident and year",
            title_zh=f"每位居民每年{self.budget:g}元的各项政策",
            text="",
            scenario=self.scenario.but(days=end + AFTER),
            engine=self.engine,
            arms=arms,
            seeds=Seeds(self.scenario.seed, int(self.runs)),
        )

    def as_toml(self, found: Sequence[Scaled]) -> str:
        """The same study as a file that `linli sweep` takes."""
        study = self.study(found)
        data: dict[str, Any] = {
            "name": study.name,
            "title": study.title,
            "title_zh": study.title_zh,
            "scenario": self.name,
            "days": study.scenario.days,
            "burn_in": study.scenario.burn_in,
            "engine": self.engine,
            "seeds": {"first": self.scenario.seed, "count": self.runs},
            "arms": [{"name": arm.name, "policies": [dict(t) for t in arm.policies]} for arm in study.arms],
        }
        if self.values:
            named = (text.partition("=")[0].strip() for text in self.values)
            data["parameters"] = {name: getattr(self.scenario.parameters, name) for name in named}
        return tomli_w.dumps(data)


def compared(asked: Asked, folder: Path, jobs: int, progress: Progress) -> tuple[list[Scaled], Store]:
    """Sizes first, then all of them under the same luck. folder: holds both, so that the same command goes
    on where it was stopped."""
    with local_pool(jobs) as pool:
        found = scaled(asked.packages, asked.scenario, asked.budget, folder / "sizes", pool, progress)
    return found, made(asked.study(found), folder / "runs", jobs, progress)
