"""What a run was measured to be."""

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from linli.model import cards
from linli.model.attribution.measures import EVERY
from linli.model.scenario import Scenario
from linli.model.units import unit_in

if TYPE_CHECKING:
    import pandas as pd


class Measures(Mapping[str, float]):
    """Every measure of a run over the days after its burn-in, by name; nan where one is not defined.

    scenario: with its policies, seed and days: the same run again; provenance: scenario, engine, versions and
    the code; days: lived after the burn-in, fewer than the scenario's where a stop condition ended the run.
    Two of them are equal if all their numbers are, nan and nan too; so are one and a plain mapping.
    """

    __slots__ = ("_values", "days", "provenance", "scenario")

    def __init__(
        self, values: Mapping[str, float], scenario: Scenario, provenance: Mapping[str, Any], days: int
    ) -> None:
        self._values = dict(values)
        self.scenario, self.provenance, self.days = scenario, dict(provenance), days

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        return self.keys() == other.keys() and all(_same(self[name], other[name]) for name in self)

    __hash__ = None  # type: ignore[assignment]  # as of any mapping that is compared by what it holds

    def unit(self, name: str, lang: str = "en") -> str:
        """The unit of a measure."""
        return unit_in(EVERY[name].unit, lang)

    def label(self, name: str, lang: str = "en") -> str:
        """What a measure says, in a few words."""
        return str(getattr(EVERY[name], lang))

    def as_data(self) -> dict[str, Any]:
        """Provenance and measures, as `linli run --json` prints them."""
        return {**self.provenance, "measures": dict(self._values)}

    def to_series(self) -> "pd.Series[float]":
        """The numbers by name, for pandas."""
        import pandas as pd

        return pd.Series(self._values, name=self.scenario.name, dtype=float)

    def to_frame(self, lang: str = "en") -> "pd.DataFrame":
        """A row a measure: value, unit and label."""
        import pandas as pd

        rows = [(value, self.unit(name, lang), self.label(name, lang)) for name, value in self.items()]
        index = pd.Index(list(self), name="measure")
        return pd.DataFrame(rows, index=index, columns=["value", "unit", "label"])

    def __repr__(self) -> str:
        s = self.scenario
        policies = "; ".join(self.provenance["policies"]) or "none"
        how = f"{self.days} days, seed {s.seed}, policies: {policies}"
        return f"<Measures of {s.name}: {len(self)} over {how}>"

    def _repr_html_(self) -> str:
        s = self.scenario
        title = f"{s.title or s.name}: {self.days} days after a burn-in of {s.burn_in}, seed {s.seed}"
        rows = [
            (name, "–" if math.isnan(value) else f"{value:.4g}", self.unit(name), self.label(name))
            for name, value in self.items()
        ]
        return cards.table(title, ("measure", "value", "unit", "meaning"), rows)


def _same(one: object, other: object) -> bool:
    both_unknown = one != one and other != other
    return bool(both_unknown or one == other)
