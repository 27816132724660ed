"""What a comparison found: the effect of policies on every measure, with its interval, and what it says."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from linli.experiments.compare.provenance import provenance
from linli.experiments.compare.runs import Pair
from linli.experiments.compare.sentences import sentences
from linli.experiments.statistics.attributed import PARTS, by_group
from linli.experiments.statistics.paired import Effect, cost_per_engaged, effects
from linli.model import cards
from linli.model.attribution.measures import EVERY
from linli.model.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


class Comparison(Mapping[str, Effect]):
    """The paired effect on every measure, by name: baseline, policy, difference, its interval, runs.

    pairs: the runs; scenario: with the policies, and the first seed; attribution: effects by group of classes
    (acts woken, replaced, asked, displaced); cost: what one more engaged resident costs.
    """

    def __init__(self, pairs: Sequence[Pair], scenario: Scenario, engine: str) -> None:
        self.pairs, self.scenario, self.engine = list(pairs), scenario, engine
        arms = [pair.baseline.measures for pair in pairs], [pair.policy.measures for pair in pairs]
        self._effects = effects(*arms)
        self.attribution = by_group(*({n: [run[n] for run in arm] for n in PARTS} for arm in arms))
        first = [pair.baseline for pair in pairs]
        residents = [run.residents for run in first]
        self.cost = cost_per_engaged(self._effects, residents, [run.adults for run in first])
        self.provenance = provenance(scenario, engine, residents[0])

    def __getitem__(self, name: str) -> Effect:
        return self._effects[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._effects)

    def __len__(self) -> int:
        return len(self._effects)

    @property
    def sentences(self) -> dict[str, str]:
        """What it says, in a few plain sentences, by what they are about."""
        return sentences(self._effects, self.attribution, self.cost)

    def as_data(self) -> dict[str, Any]:
        """Provenance and effects, as `linli compare --json` prints them."""
        return {
            **self.provenance,
            "runs": len(self.pairs),
            "measures": {name: dataclasses.asdict(effect) for name, effect in self.items()},
            "attribution": {group: dataclasses.asdict(effect) for group, effect in self.attribution.items()},
            "cost_per_engaged": dataclasses.asdict(self.cost),
        }

    def to_frame(self) -> "pd.DataFrame":
        """A row a measure: baseline, policy, difference, low, high, runs and unit."""
        import pandas as pd

        rows = [{**dataclasses.asdict(effect), "unit": EVERY[name].unit} for name, effect in self.items()]
        return pd.DataFrame(rows, index=pd.Index(list(self), name="measure"))

    def runs(self) -> "pd.DataFrame":
        """Every measure of every run, tidy: run, arm, measure, unit, value."""
        from linli.experiments.compare.arms import measures_of

        return measures_of(self.pairs)

    def __repr__(self) -> str:
        policies = "; ".join(self.provenance["policies"])
        return f"<Comparison on {self.scenario.name}: {len(self.pairs)} pairs of runs, policies: {policies}>"

    def _repr_html_(self) -> str:
        head = f"{self.scenario.title or self.scenario.name}: {len(self.pairs)} pairs of runs"
        said = cards.card(head, {"policies": "; ".join(self.provenance["policies"]), **self.sentences})
        heads = ("measure", "baseline", "policy", "difference", "low", "high", "unit")
        rows = [
            (name, *map(_cell, (e.baseline, e.policy, e.difference, e.low, e.high)), EVERY[name].unit)
            for name, e in self.items()
        ]
        return said + cards.table("paired differences, 95 % intervals", heads, rows)


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"
