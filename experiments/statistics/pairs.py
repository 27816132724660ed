"""Runs held against runs of the same seed: what a policy, or a higher dose of it, changed."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from linli.experiments.statistics.means import half_widths
from linli.experiments.statistics.paired import Effect, paired
from linli.experiments.statistics.results import Results, conditions
from linli.experiments.study import BASELINE
from linli.model.errors import InputError

AFTER = "|after"
"""What the columns of the second run of a pair end in, while pairs are being made."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of runs. keys: seed, arm and factors; before, after: measures; points: of the second run; all of
    them in the same rows."""

    keys: pd.DataFrame
    before: pd.DataFrame
    after: pd.DataFrame
    points: "pd.Series[int]"

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def differences(self) -> pd.DataFrame:
        """What changed, pair by pair."""
        return self.after - self.before

    def where(self, rows: "pd.Series[bool]") -> "Pairs":
        """Some of the pairs."""
        return Pairs(self.keys[rows], self.before[rows], self.after[rows], self.points[rows])

    def groups(self, by: Sequence[str]) -> "Iterator[tuple[dict[str, Any], Pairs]]":
        """The pairs in groups of equal keys."""
        numbers = conditions(self.keys, by)
        for number in numbers.unique():
            group = self.where(numbers == number)
            yield {name: group.keys[name].iloc[0] for name in by}, group

    def effect(self, measure: str) -> Effect:
        """The effect on a measure: averaged over conditions within a seed, interval over seeds."""
        before, after = self.by_seed(measure)
        return paired(before, after)

    def by_seed(self, measure: str) -> "tuple[pd.Series[float], pd.Series[float]]":
        """A measure before and after, a mean for each seed that has every condition."""
        both = pd.DataFrame({"before": self.before[measure], "after": self.after[measure]}).dropna()
        seeds = self.keys.loc[both.index, "seed"]
        counts = seeds.groupby(seeds).transform("size")
        # seeds with other conditions than the rest would mix what is compared with who is there
        means = both[counts == counts.max()].groupby(seeds).mean()
        return means["before"], means["after"]

    def effects(self, measures: Sequence[str], by: Sequence[str] = ()) -> pd.DataFrame:
        """Effects on measures, in each group of pairs: a row for each group and measure.

        As `effect` gives them for each group, but for thousands of groups at once.
        """
        numbers = conditions(self.keys, by)
        heads = self.keys[list(by)].assign(group=numbers).drop_duplicates("group")
        tables = [self._on(measure, numbers).assign(measure=measure) for measure in measures]
        made = heads.merge(pd.concat(tables, ignore_index=True), on="group", how="left")
        return made[[*by, "measure", *(f.name for f in dataclasses.fields(Effect))]]

    def _on(self, measure: str, numbers: "pd.Series[int]") -> pd.DataFrame:
        """The effect on one measure in every group."""
        columns = {"group": numbers, "seed": self.keys["seed"], "before": self.before[measure]}
        pairs = pd.DataFrame({**columns, "after": self.after[measure]})
        both = pairs.dropna()
        counts = both.groupby(["group", "seed"])["before"].transform("size")
        full = both[counts == counts.groupby(both["group"]).transform("max")]
        seeds = full.groupby(["group", "seed"])[["before", "after"]].mean()
        seeds["change"] = seeds["after"] - seeds["before"]
        by = seeds.groupby("group")
        means, runs = by.mean().reindex(numbers.unique()), by.size().reindex(numbers.unique(), fill_value=0)
        half = half_widths(by["change"].std().reindex(numbers.unique()), runs)
        found = {"baseline": means["before"], "policy": means["after"], "difference": means["change"]}
        found |= {"low": means["change"] - half, "high": means["change"] + half, "runs": runs}
        return pd.DataFrame(found).rename_axis("group").reset_index()


def effect_of(row: "pd.Series[Any]") -> Effect:
    """An effect from a row of `Pairs.effects`."""
    names = ("baseline", "policy", "difference", "low", "high")
    a, b, change, low, high = (None if pd.isna(row[name]) else float(row[name]) for name in names)
    return Effect(a, b, change, low, high, int(row["runs"]))


def against_baseline(results: Results) -> Pairs:
    """Every run of another arm with the baseline of its point and seed."""
    if not results.has_baseline:
        raise InputError(f"these results have no arm '{BASELINE}' to hold other arms against")
    frame = results.frame
    without = frame.loc[frame["arm"] == BASELINE, ["point", "seed", *results.measures]]
    return _joined(results, without, frame[frame["arm"] != BASELINE], ["point", "seed"])


def against_level(results: Results, factor: str, level: Any, other: Any = None) -> Pairs:
    """Every run with a factor at another level, with the run at `level` that is alike in all else.

    other: only runs at this level.
    """
    frame = results.comparable.copy()
    frame["condition"] = conditions(frame, [name for name in results.keys if name != factor])
    low = frame[factor] == level
    high = ~low & frame[factor].notna() if other is None else frame[factor] == other
    without = frame.loc[low, ["condition", "seed", *results.measures]]
    return _joined(results, without, frame[high], ["condition", "seed"])


def _joined(results: Results, before: pd.DataFrame, after: pd.DataFrame, on: list[str]) -> Pairs:
    """Pairs, from the runs on both sides; what has no counterpart is left out."""
    measures = list(results.measures)
    once = before.drop_duplicates(on)
    both = once.merge(after, on=on, suffixes=("", AFTER))
    keys = both[["seed", "arm", *results.factors]]
    later = both[[name + AFTER for name in measures]].set_axis(measures, axis=1)
    return Pairs(keys, both[measures], later, both["point"])
