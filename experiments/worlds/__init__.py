"""Ensembles of worlds that the evidence allows, as they ship with linli: `linli calibrate` makes them.

A place has two files: PLACE.csv, a row a world and a column a parameter (`n_bar` among them, each world's
own), and PLACE.toml, which says of which seed, code and evidence they came. The worlds count alike. They
stand in the order in which they were drawn, at random, so that the first of them are a fair sample of all.
"""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from linli.model.errors import InputError
from linli.model.parameters import checked

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Worlds:
    """Equally weighted worlds of a place. parameters: of each, those that differ from world to world, by
    name; everything else is as the place's scenario has it; provenance: of what they were made."""

    place: str
    parameters: tuple[dict[str, float], ...]
    provenance: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.parameters)

    def first(self, n: int) -> "Worlds":
        """The first n, a fair sample. Raises InputError if there are fewer."""
        if not 1 <= n <= len(self):
            raise InputError(
                f"{self.place} has {len(self)} worlds: ask for 1 to {len(self)} of them, not {n}"
            )
        return replace(self, parameters=self.parameters[:n])


def places() -> list[str]:
    """The places that have an ensemble."""
    return sorted(path.stem for path in FOLDER.glob("*.csv"))


@cache
def worlds(place: str) -> Worlds:
    """The ensemble of a place. Raises InputError if it has none."""
    if place not in places():
        raise InputError(
            f"{place} has no ensemble of worlds; those that come with linli: {', '.join(places())}"
            f" (one of its own: linli calibrate {place})"
        )
    with (FOLDER / f"{place}.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    rows = tuple({name: checked(name, float(value)) for name, value in row.items()} for row in table)
    provenance = tomllib.loads((FOLDER / f"{place}.toml").read_text(encoding="utf-8"))
    return Worlds(place, rows, provenance)
