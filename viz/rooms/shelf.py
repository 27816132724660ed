"""The folder with studies that the page may open, and nothing outside it.

A study is a folder made by `linli sweep`, directly in the shelf's folder, or that folder itself. Visitors
name studies, never paths: a name that is not on the list is not looked for.
"""

import dataclasses
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from linli.experiments.analysis.effects import paired_runs
from linli.experiments.answer import Answer, answer_or_none
from linli.experiments.answer import Ranked as RankedAnswer
from linli.experiments.output.labels import label_of, level_of
from linli.experiments.statistics.dose import MOST, binned
from linli.experiments.statistics.pairs import Pairs
from linli.experiments.statistics.ratio import ratio
from linli.experiments.statistics.results import Results, is_parameter
from linli.experiments.store import MANIFEST, Store
from linli.experiments.store.reading import results_of
from linli.model.errors import InputError, unknown
from linli.model.policies import POLICIES
from linli.viz.charts.downloads import DRAWING

COST = "cost_yuan"
BINS = 6
"""Classes of a factor that was sampled, in a heat map."""
MOST_RANKED = 15


@dataclass(frozen=True)
class Shelf:
    """A folder with studies; None: there is none."""

    folder: Path | None = None

    def names(self) -> list[str]:
        """The studies on it."""
        if self.folder is None:
            return []
        root = self.folder.resolve()
        found = [root] if (root / MANIFEST).is_file() else []
        try:
            found += sorted(f for f in root.iterdir() if (f / MANIFEST).is_file())
        except OSError:
            return []
        return [folder.name for folder in found if folder.resolve().is_relative_to(root)]

    def open(self, name: str) -> "Study":
        """A study by its name. InputError if it is not on the shelf, or cannot be read."""
        if self.folder is None or name not in self.names():
            raise unknown("study", name, self.names())
        root = self.folder.resolve()
        folder = root if root.name == name and (root / MANIFEST).is_file() else root / name
        try:
            return _read(folder, _state(folder))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            # whatever a damaged or foreign file does to its reader
            raise InputError(f"{name}: {error}") from None


def _state(folder: Path) -> tuple[int, int]:
    """Changes as soon as there are more runs."""
    chunks = list((folder / "runs").glob("*.parquet"))
    return len(chunks), max((chunk.stat().st_mtime_ns for chunk in chunks), default=0)


@lru_cache(maxsize=4)
def _read(folder: Path, state: tuple[int, int]) -> "Study":
    store = Store(folder)
    results = results_of(store).by_world()
    about = store.manifest["study"]
    titles = (
        str(about.get("title") or folder.name),
        str(about.get("title_zh") or about.get("title") or folder.name),
    )
    return Study(titles, results, paired_runs(results))


@dataclass(frozen=True, eq=False)
class Study:
    """What a study found. titles: English and Chinese; pairs: what policies changed, None if nothing can be
    held against anything."""

    titles: tuple[str, str]
    results: Results
    pairs: Pairs | None

    @property
    def factors(self) -> list[str]:
        """What was varied, and can stand on an axis; numbers first, parameters last."""
        varied = [
            name for name in self.results.varied if self.pairs is None or self.pairs.keys[name].nunique() > 1
        ]
        return sorted(varied, key=lambda name: (not self.results.is_numeric(name), is_parameter(name)))

    @property
    def arms(self) -> list[str]:
        """The arms that are held against the baseline."""
        return [] if self.pairs is None else [str(arm) for arm in self.pairs.keys["arm"].unique()]

    def answer(self, lang: str) -> Answer | RankedAnswer | None:
        """What it says in words; None where no two runs can be compared."""
        with DRAWING:  # its figure has a style of its own
            return answer_or_none(self.results, lang)

    def is_sampled(self, factor: str) -> bool:
        """Whether a factor takes too many values to list them."""
        return self.results.is_numeric(factor) and len(self.results.levels(factor)) > MOST

    def response(self, factor: str, measure: str) -> list["Response"]:
        """The effect on a measure at each level of a factor, arm by arm."""
        assert self.pairs is not None
        responses = []
        for keys, group in self.pairs.groups(["arm"]):
            if self.is_sampled(factor):
                table = binned(group, factor, [measure])
                levels = [f"{value:.3g}" for value in table[factor]]
            else:
                table = group.effects([measure], [factor]).dropna(subset=[factor])
                table = table.sort_values(factor, kind="stable")
                levels = [_level(value) for value in table[factor]]
            if not levels:  # an arm without the policy that the factor belongs to
                continue
            numbers = [_numbers(table[name]) for name in ("difference", "low", "high")]
            responses.append(Response(str(keys["arm"]), levels, *numbers))
        return responses

    def grid(self, across: str, up: str, measure: str) -> "Grid":
        """The effect on a measure at each combination of two factors, over all arms."""
        assert self.pairs is not None
        keys = self.pairs.keys.assign(**{name: self._classes(name) for name in (across, up)})
        pairs = dataclasses.replace(self.pairs, keys=keys)
        table = pairs.effects([measure], [across, up])
        columns, rows = (sorted(table[name].dropna().unique().tolist()) for name in (across, up))
        cells = [
            (columns.index(row[across]), rows.index(row[up]), _number(row["difference"]))
            for row in table.dropna(subset=[across, up]).to_dict("records")
        ]
        return Grid([_level(value) for value in columns], [_level(value) for value in rows], cells)

    def _classes(self, name: str) -> "pd.Series[Any]":
        """A factor's values; of a sampled one, the middles of classes."""
        assert self.pairs is not None
        values = self.pairs.keys[name]
        if not self.is_sampled(name):
            return values
        return pd.cut(values, BINS).map(lambda span: span.mid).astype(float)

    def ranking(self, measure: str) -> list["Ranked"]:
        """What each set of policies gains for the same money, the best first; those whose cost is not clearly
        above zero cannot be ranked."""
        if self.pairs is None or COST not in self.results.measures or measure == COST:
            return []
        by = ["arm", *(name for name in self.factors if not is_parameter(name) and not self.is_sampled(name))]
        # what is the same throughout an arm is said by its name
        varying = self.pairs.keys.groupby("arm")[by].nunique().gt(1).any()
        ranked = []
        for keys, group in self.pairs.groups(by):
            gains, costs = (after - before for before, after in (group.by_seed(measure), group.by_seed(COST)))
            found = ratio(gains, costs)
            if found is not None and float(costs.mean()) > 0.0:
                told = {name: keys[name] for name in by if name == "arm" or varying[name]}
                ranked.append(Ranked(told, found.value, found.low, found.high))
        return sorted(ranked, key=lambda row: -row.value)[:MOST_RANKED]


@dataclass(frozen=True)
class Response:
    """A curve of one arm: levels in words, mean difference and interval (None: not defined)."""

    arm: str
    levels: Sequence[str]
    difference: Sequence[float | None]
    low: Sequence[float | None]
    high: Sequence[float | None]


@dataclass(frozen=True)
class Grid:
    """A table of differences. cells: column, row, difference."""

    columns: Sequence[str]
    rows: Sequence[str]
    cells: Sequence[tuple[int, int, float | None]]


@dataclass(frozen=True)
class Ranked:
    """A set of policies, and its gain for each yuan a resident and year."""

    keys: dict[str, Any]
    value: float
    low: float
    high: float

    def label(self, lang: str) -> str:
        """The set in words: the arm, and what its policies were set to."""
        levels = [
            level_of(name, value, lang)
            for name, value in self.keys.items()
            if name != "arm" and value == value
        ]
        return ("；" if lang == "zh" else "; ").join([arm_label(str(self.keys["arm"]), lang), *levels])


def _level(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _number(value: Any) -> float | None:
    return None if value is None or math.isnan(float(value)) else float(value)


def _numbers(column: "pd.Series[Any]") -> list[float | None]:
    return [_number(value) for value in column]


def arm_label(arm: str, lang: str) -> str:
    """What an arm is called: the names of its policies if it is named by them, its own name otherwise."""
    parts = re.split(r" \+ | and |, ", arm)
    if not all(part in POLICIES for part in parts):
        return arm
    return ("＋" if lang == "zh" else " + ").join(str(getattr(POLICIES[part], lang)) for part in parts)


def axis_label(factor: str, lang: str) -> str:
    """What a factor is called on an axis."""
    return label_of(factor, lang)


def symbol(factor: str) -> str:
    """The same, as short as on the command line: mu, sink: headcount."""
    return factor if is_parameter(factor) else factor.replace("_", ": ", 1)


SHELF = Shelf()
"""The shelf of this server; the server sets it before it starts."""


def put_up(folder: Path | None) -> None:
    """Use a folder as the shelf."""
    global SHELF
    SHELF = Shelf(folder)


def shelf() -> Shelf:
    """The shelf of this server."""
    return SHELF
