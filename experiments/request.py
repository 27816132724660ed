"""What was asked for on the command line, and the scenario that it makes."""

import dataclasses
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agents.chance import MAX_SEED
from model.errors import InputError, count_of, unknown
from model.policies import Policy, from_text
from model.scenario import Scenario, load, with_policies

ENGINES = ("mesa",)
"""Engines that can run the days: `model.community` on Mesa."""
MAX_RUNS = 100_000


@dataclass(frozen=True)
class Request:
    """Arguments and options as typed; None where nothing was said. runs is None outside comparisons.

    Raises InputError for anything that no scenario could mend; `scenario` checks the rest.
    """

    name: str
    days: int | None = None
    seed: int | None = None
    burn_in: int | None = None
    policies: Sequence[str] | None = None
    values: Sequence[str] | None = None
    network: Path | None = None
    residents: Path | None = None
    engine: str = "mesa"
    out: Path | None = None
    runs: int | None = None
    jobs: int | None = None

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise unknown("engine", self.engine, ENGINES)
        if self.residents is not None and self.network is None:
            raise InputError("--residents describes the residents of a --network: give that file too")
        if self.runs is not None:
            count_of("--runs", self.runs, 1, MAX_RUNS)
            if not self.policies:
                raise InputError(
                    "compare needs a --policy to compare with the baseline (see: linli list policies)"
                )
        if self.jobs is not None:
            count_of("--jobs", self.jobs, 1, 1024)

    @property
    def keeps_daily(self) -> bool:
        """Whether daily series are wanted: only a folder holds them."""
        return self.out is not None

    def added(self) -> list[Policy]:
        """The policies of --policy, in the order given."""
        return [from_text(text) for text in self.policies or ()]

    def scenario(self, *, with_policies: bool) -> Scenario:
        """The scenario as asked for; the baseline of a comparison is without the policies."""
        given = {"days": self.days, "seed": self.seed, "burn_in": self.burn_in}
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        if self.values:
            changes["parameters"] = _values(self.values)
        settings = load(self.name).but(**changes)
        if self.network is not None:
            settings = self._place_of_network(settings)
        treated = self.treated(settings)
        if settings.seed > MAX_SEED - (self.runs or 1) + 1:
            raise InputError(
                f"--seed {settings.seed}: too large for {self.runs} runs, whose seeds count up from it"
            )
        return treated if with_policies else settings

    def _place_of_network(self, settings: Scenario) -> Scenario:
        """The scenario with the figures of the imported community instead of its own."""
        from model import graphs  # pandas and networkx come with it

        people, _ = graphs.load(self.network or "", self.residents, settings)
        return graphs.scenario_for(people, settings)

    def treated(self, settings: Scenario) -> Scenario:
        """The policy arm of a baseline."""
        return with_policies(settings, self.added())

    def processes(self) -> int:
        """How many worker processes a comparison uses: no more than there are runs."""
        return min(self.jobs or os.cpu_count() or 1, self.runs or 1)

    def as_data(self) -> dict[str, Any]:
        """As typed, for run.json."""
        given = dataclasses.asdict(self)
        return {name: str(value) if isinstance(value, Path) else value for name, value in given.items()}


def _values(texts: Sequence[str]) -> dict[str, str]:
    """Parameters from name=value; names and ranges are checked where parameters are made."""
    values: dict[str, str] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (equals and name and value):
            raise InputError(f"--set {text}: write --set name=value, for example --set rho=0.3")
        if name in values:
            raise InputError(f"--set {text}: {name} is given twice")
        values[name] = value
    return values
