"""What an arm changes, world by world: the middle one, where 90 % of them lie, and in how many it is more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from linli.experiments.across.luck import Luck, luck
from linli.experiments.across.sign import Sign, sign
from linli.experiments.statistics.attributed import PARTS, ends_by_group
from linli.experiments.statistics.paired import nine_of_ten
from linli.experiments.statistics.pairs import Pairs, against_baseline
from linli.experiments.statistics.results import Results
from linli.model.attribution.channels import REPLACED, WOKEN
from linli.model.attribution.measures import EVERY
from linli.model.errors import InputError, unknown

GROUP = "group "
"""Before the name of a group of classes, in `Across.changes`."""
NET = "net"
"""Woken and replaced together: positive where more is woken than replaced."""


@dataclass(frozen=True)
class Over:
    """A measure over worlds. baseline: its median there; median, low, high: of what the arm changes, each
    world a mean over its runs; sign: in how many worlds that is positive; luck: what of it seeds make, None
    for one run a world. None: not known in any world."""

    baseline: float | None
    median: float | None
    low: float | None
    high: float | None
    sign: Sign | None
    luck: Luck | None

    @property
    def half(self) -> float | None:
        """Half of the distance in which nine of ten worlds lie, None for one world."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2.0

    @property
    def is_still(self) -> bool:
        """Whether nothing changed in any world."""
        return self.sign is not None and self.sign.up == self.sign.down == 0


@dataclass(frozen=True, eq=False)
class Across:
    """An arm over worlds. baseline: measures without it, a row a world; changes: of each run, by measure and
    group of classes, in the rows of world and seed; measures: by name; groups: by group of classes, net need
    in its place, and NET, none where runs were not lived beside their baseline; parameters: a row a world."""

    arm: str
    baseline: pd.DataFrame
    changes: pd.DataFrame
    measures: Mapping[str, Over]
    groups: Mapping[str, Over]
    parameters: pd.DataFrame

    @property
    def worlds(self) -> int:
        """How many."""
        return int(self.changes.index.get_level_values("world").nunique())

    @property
    def runs(self) -> int:
        """Pairs of runs, in all worlds."""
        return len(self.changes)

    def by_world(self) -> pd.DataFrame:
        """What the arm changes, a row a world: means over its runs."""
        return self.changes.groupby(level="world").mean()


def across(results: Results) -> Iterator[Across]:
    """Each arm of a study over worlds, in the order of its arms. results: as they come from the store, a row
    a run. Raises InputError for a study that has no worlds, or nothing to hold against its baseline."""
    if not results.worlds:
        raise InputError("this study was not lived in several worlds: linli sweep STUDY --worlds N does that")
    pairs = against_baseline(results)
    worlds = dict(zip(results.frame["seed"], results.frame["world"], strict=True))
    for arm in results.arms:
        yield _arm(arm, pairs.where(pairs.keys["arm"] == arm), worlds, results)


def _arm(arm: str, pairs: Pairs, worlds: Mapping[int, int], results: Results) -> Across:
    before, after = (_by_run(ends, pairs.keys["seed"], worlds) for ends in (pairs.before, pairs.after))
    changes = after - before
    measures = {name: _over(changes[name], before[name]) for name in EVERY if name in changes}
    named = _groups(before, after)
    groups = {str(group): _over(named[group], 0.0 * named[group]) for group in named}
    table = pd.DataFrame(list(results.worlds)).rename_axis("world").loc[changes.index.unique("world")]
    worlds_before = before.groupby(level="world").mean()
    return Across(arm, worlds_before, changes.join(named.add_prefix(GROUP)), measures, groups, table)


def _by_run(ends: pd.DataFrame, seeds: "pd.Series[int]", worlds: Mapping[int, int]) -> pd.DataFrame:
    """Measures by world and seed. Conditions of one of them are averaged: they share people and luck."""
    return ends.assign(world=seeds.map(worlds), seed=seeds).groupby(["world", "seed"]).mean()


def _groups(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What changed in each group of classes, by run, and NET; no columns where nothing is known of it."""
    if not set(PARTS) <= set(after.columns) or after[list(PARTS)].isna().all(axis=None):
        return pd.DataFrame(index=after.index)
    ends = ends_by_group(*({name: arm[name] for name in PARTS} for arm in (before, after)))
    found = {group: late - early for group, (early, late) in ends.items()}
    return pd.DataFrame({**found, NET: found[WOKEN] + found[REPLACED]}, index=after.index)


def _over(changes: "pd.Series[float]", before: "pd.Series[float]") -> Over:
    """One measure."""
    means = changes.groupby(level="world").mean()
    known = means.dropna().to_numpy()
    if not len(known):
        return Over(None, None, None, None, None, None)
    low, middle, high = nine_of_ten(known)
    return Over(
        baseline=float(before.groupby(level="world").mean().median()),
        median=middle,
        low=low if len(known) > 1 else None,
        high=high if len(known) > 1 else None,
        sign=sign(known),
        luck=luck(changes, changes.index.get_level_values("world")),
    )


def over_of(effects: "pd.Series[float]") -> Over:
    """An effect that is known for each world, and is 0 by itself in the baseline."""
    world = effects.rename_axis("world")
    return _over(world, 0.0 * world)


def one_arm(results: Results, arm: str | None = None) -> Across:
    """One arm. Raises InputError where a name is needed or unknown."""
    found = {one.arm: one for one in across(results)}
    names = list(found)
    if arm is None and len(names) > 1:
        raise InputError(f"this study has several arms: add --arm, one of {', '.join(names)}")
    if arm is not None and arm not in found:
        raise unknown("arm", arm, names)
    return found[arm or names[0]]
