"""What policies do in worlds that fit the evidence: small tables that come with the page, made, not typed.

PLACE-POLICIES.csv has a row a world: acts that are in one world only, by what differed first, what changes
of a few measures, and the world's assumptions that decide. PLACE-POLICIES.toml says of what they were made.
To make them again: `linli compare PLACE --policy ... --worlds N --days DAYS --out DIR`, then
`python -m linli.viz.across DIR`.
"""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.experiments.across.sign import Sign, sign
from linli.experiments.statistics.paired import NINE_OF_TEN
from linli.model.policies import from_table
from linli.viz.state.settings import Settings

FOLDER = Path(__file__).resolve().parent
DECIDING = 2
"""Assumptions that decide and can be drawn: one along, one up."""


@dataclass(frozen=True, eq=False)
class Found:
    """Worlds and what was found there. columns: an entry a world; about: of what it was made."""

    columns: Mapping[str, NDArray[np.float64]]
    about: Mapping[str, Any]

    @property
    def worlds(self) -> int:
        """How many."""
        return len(self.columns["world"])

    @property
    def deciding(self) -> tuple[Mapping[str, Any], ...]:
        """The assumptions that decide most whether more is woken than replaced, with rank correlations."""
        return tuple(self.about["deciding"][:DECIDING])

    def sign(self, column: str) -> Sign:
        """In how many worlds something is more, and in how many less."""
        return sign(self.columns[column])

    def middle(self, column: str) -> tuple[float, float, float]:
        """The median world, and between which values nine of ten lie."""
        low, median, high = np.quantile(self.columns[column], [NINE_OF_TEN[0], 0.5, NINE_OF_TEN[1]]).tolist()
        return median, low, high


def found_for(settings: Settings) -> Found | None:
    """What comes with the page for a place and its policies; None if nothing does.

    Worlds differ in their assumptions and luck, so only place, days and policies are asked for.
    """
    for name in names():
        found = _read(name)
        policies = tuple(from_table(dict(given)) for given in found.about["policies"])
        same = (settings.scenario, settings.days, settings.policies) == (
            found.about["place"], found.about["days"], policies,
        )  # fmt: skip
        if same and settings.community is None:
            return found
    return None


def names() -> list[str]:
    """The tables there are."""
    return sorted(path.stem for path in FOLDER.glob("*.csv"))


@cache
def _read(name: str) -> Found:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {column: np.array([float(row[column]) for row in rows]) for column in rows[0]}
    return Found(columns, tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))
