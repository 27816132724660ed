"""The finished runs of a study: one row a run, with what was varied and what was measured."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd

from linli.experiments.statistics.arms import applied, levels_of_arms
from linli.experiments.study import BASELINE
from linli.experiments.study.level_names import Named
from linli.model.attribution.measures import EVERY
from linli.model.errors import InputError, unknown
from linli.model.parameters import table as parameter_table
from linli.model.policies import POLICIES

BOOKKEEPING = ("run", "point", "arm", "seed", "status", "error", "seconds", "world")
"""Columns that are neither varied nor measured."""
HEADLINES = (
    "engaged_share",
    "woken",
    "replaced",
    "by_need",
    "asked_more",
    "displaced",
    "self_reliance",
    "resident_matter_hours",
    "resolved_without_residents",
    "true_resolution",
    "members_not_serving",
    "cost_yuan",
)
"""Measures that are shown unless others are asked for."""
_PLAIN = ("without", "none", "random")
"""Words for the absence of something: the levels that others are held against."""


@dataclass(frozen=True, eq=False)
class Results:
    """Runs that came to an end, one a row.

    frame: run, point, arm, seed, the factors and the measures; factors: columns that were varied on purpose,
    and one for each policy that some arms have and others have not (or have otherwise); measures: columns
    that were measured; failed: runs that came to no end; knows_arms: whether factors say all about an arm;
    named: what some levels mean to people; policies: of each arm but the baseline, as tables of name and
    options, where that is known; worlds: parameters of each world, where runs are lived in several: frame
    then has a column world, and the seeds of one world are not those of another.
    """

    frame: pd.DataFrame
    factors: tuple[str, ...]
    measures: tuple[str, ...]
    failed: int = 0
    knows_arms: bool = False
    named: Named = field(default_factory=dict)
    policies: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    worlds: Sequence[Mapping[str, float]] = ()

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        arms: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
        named: Named | None = None,
        worlds: Sequence[Mapping[str, float]] = (),
    ) -> Self:
        """Results from one row a run; what is neither bookkeeping nor a measure is a factor.

        arms: the policies of each arm but the baseline, as tables of name and options; worlds: see `Results`.
        """
        missing = [name for name in ("point", "arm", "seed") if name not in frame]
        if missing:
            raise InputError(f"these results lack the columns {', '.join(missing)}: not a folder of a study")
        done = frame[frame["status"] == "done"] if "status" in frame else frame
        if done.empty:
            raise InputError(f"no run has come to its end here ({len(frame)} failed)")
        measures = tuple(name for name in EVERY if name in frame)
        factors = [str(name) for name in frame if name not in (*BOOKKEEPING, *EVERY)]
        failed, done = len(frame) - len(done), done.reset_index(drop=True)
        named = named or {}
        if arms is None:
            return cls(done, tuple(factors), measures, failed, named=named, worlds=worlds)
        policies = levels_of_arms({BASELINE: (), **arms}, factors)
        done = applied(done, factors, {BASELINE: (), **arms}).assign(
            **{policy: done["arm"].map(levels) for policy, levels in policies.items()}
        )
        return cls(
            done, (*factors, *policies), measures, failed, knows_arms=True, named=named, policies=arms,
            worlds=worlds,
        )  # fmt: skip

    @property
    def arms(self) -> tuple[str, ...]:
        """Arms other than the baseline, in the order of the runs."""
        return tuple(arm for arm in self.frame["arm"].unique() if arm != BASELINE)

    @property
    def has_baseline(self) -> bool:
        """Whether there are runs without the policies under study, next to runs with them."""
        return bool(self.arms) and bool((self.frame["arm"] == BASELINE).any())

    @property
    def treated(self) -> "Results":
        """Without the baseline, if there is anything else."""
        return self.where(self.frame["arm"] != BASELINE) if self.arms else self

    @property
    def distinct(self) -> pd.DataFrame:
        """Every run once: points that share their baseline list it once each."""
        return self.frame.drop_duplicates("run") if "run" in self.frame else self.frame

    @property
    def keys(self) -> list[str]:
        """The columns that say what a run was, but for its seed."""
        return list(self.factors) if self.knows_arms else ["arm", *self.factors]

    @property
    def comparable(self) -> pd.DataFrame:
        """Runs that can be told apart by `keys`: all of them, or those of the arms if all that is known of a
        baseline is that it is one."""
        return self.frame if self.knows_arms else self.treated.frame

    @property
    def varied(self) -> tuple[str, ...]:
        """Factors with more than one level in the arms (in all runs, if there are no arms)."""
        frame = self.treated.frame
        return tuple(name for name in self.factors if frame[name].nunique() > 1)

    def where(self, rows: "pd.Series[bool]") -> "Results":
        """Some of the runs."""
        frame = self.frame[rows].reset_index(drop=True)
        return dataclasses.replace(self, frame=frame)

    def by_world(self) -> "Results":
        """A mean of each world in place of its runs, as if the world were a seed: the unit of statistics over
        worlds. Results of one world alone stay as they are."""
        if not self.worlds:
            return self
        by = ["world", "point", "arm", *self.factors]
        frame = self.frame.groupby(by, dropna=False, sort=False).agg(
            {"run": "first", **dict.fromkeys(self.measures, "mean")}
        )
        frame = frame.reset_index()
        return dataclasses.replace(self, frame=frame.assign(seed=frame["world"]))

    def keyed(self, measures: Sequence[str]) -> pd.DataFrame:
        """Measures of the comparable runs with what they were: seed, keys, measures."""
        return self.comparable[["seed", *self.keys, *measures]]

    def levels(self, factor: str) -> list[Any]:
        """What a factor was set to: numbers in order, words with those of absence first."""
        found = self.comparable[factor].dropna().unique().tolist()
        return sorted(found) if self.is_numeric(factor) else sorted(found, key=_plainest_first)

    def is_numeric(self, factor: str) -> bool:
        """Whether a factor is a number (and not a word or a yes)."""
        column = self.frame[factor]
        return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)

    def chosen(self, asked: Sequence[str] | None) -> tuple[str, ...]:
        """Measures by name, or the headlines among those that were kept (all of them if none is)."""
        for name in asked or ():
            if name not in self.measures:
                raise unknown("measure of this study", name, self.measures)
        headlines = tuple(name for name in HEADLINES if name in self.measures)
        return tuple(asked or headlines or self.measures)


def _plainest_first(level: Any) -> tuple[int, str]:
    word = str(level)
    return (_PLAIN.index(word) if word in _PLAIN else len(_PLAIN), word)


def is_parameter(name: str) -> bool:
    """Whether a factor is a parameter of the model, and not something a policy sets."""
    return name in parameter_table()


def policy_of(name: str) -> str | None:
    """The policy that a factor belongs to: `sink_per1000` belongs to `sink`."""
    policy = name.partition("_")[0]
    return policy if policy in POLICIES and not is_parameter(name) else None


def conditions(frame: pd.DataFrame, names: Sequence[str]) -> "pd.Series[Any]":
    """A number for each combination of values in some columns, equal where all of them are (nan to nan)."""
    if not names:
        return pd.Series(np.zeros(len(frame), dtype=int), index=frame.index)
    return frame.groupby(list(names), dropna=False, sort=False).ngroup()


def side_by_side(
    table: pd.DataFrame, across: Sequence[str], of: Sequence[str], but: Sequence[str] = ()
) -> dict[str, pd.DataFrame]:
    """Columns of a table by seed (rows) and the levels of other columns (columns), alike in all else.

    table: seed, keys and the columns `of`; but: columns that need not be alike. Averaged over the conditions
    in which a seed has every level; only seeds that have as many of those as any other, so that no mean mixes
    what is compared with who is there.
    """
    alike = [str(name) for name in table if name not in (*across, *but, *of, "seed")]
    keyed = table.assign(condition=conditions(table, alike))
    means = keyed.groupby(["condition", "seed", *across])[list(of)].mean()
    if means.empty:  # no rows, or an arm without the policy whose option is compared
        return {name: pd.DataFrame() for name in of}
    wide = means.unstack(list(across))
    found = {}
    for name in of:
        whole = wide[name].dropna()
        counts = whole.groupby(level="seed").transform("size")
        found[name] = whole[counts == counts.max()].groupby(level="seed").mean()
    return found
