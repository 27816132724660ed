"""A dose over worlds and years: what it wakes and replaces, by channel, while it lasts and after.

Runs at one dose are held against runs of the same world, seed and all else without it. Each was lived beside
the same baseline, so their attributions, year by year and class by class, differ by what the dose brought
about; those differences add up to the change in all acts, as attributions do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from linli.experiments.across.effects import NET, Over, over_of
from linli.experiments.statistics.results import Results, is_parameter, policy_of
from linli.experiments.store import Store
from linli.experiments.store.reading import results_of
from linli.experiments.study import BASELINE
from linli.model.attribution.channels import CHANNELS, NAMES, NEED, REPLACED, WOKEN, grouped
from linli.model.errors import InputError
from linli.model.measures.spans import YEAR

FIRST, LAST, AFTER = "first", "last", "after"
"""Years that are looked at: the first one, the last whole one of the policies, the first one after them."""
ABOUT, DOSE = "sink", "sink_per1000"
"""The policy that is asked about, and its dose."""
_NEED = [c.name for c in CHANNELS if c.group == NEED]
Setting = Mapping[str, object]
"""What else a study sets: its columns and their levels."""


@dataclass(frozen=True, eq=False)
class Year:
    """One of the years. number: from 1; acts: what the dose brought about, a row a world and a column a
    class [acts per 1000 adults and day]; groups: over worlds, by group of classes, and NET."""

    number: int
    acts: pd.DataFrame
    groups: Mapping[str, Over]

    @classmethod
    def of(cls, number: int, acts: pd.DataFrame) -> "Year":
        """A year from what the dose brought about in it; net need stands on the side of its sign over all
        worlds."""
        sums = {g: acts[[c.name for c in cs]].sum(axis=1) for g, cs in grouped(net_need(acts)).items()}
        sums[NET] = sums[WOKEN] + sums[REPLACED]
        return cls(number, acts, {group: over_of(values) for group, values in sums.items()})

    @property
    def net(self) -> "pd.Series[float]":
        """Woken and replaced together, of each world."""
        named = [c.name for c in CHANNELS if c.group in (WOKEN, REPLACED, NEED)]
        return self.acts[named].sum(axis=1)

    def channel(self, group: str) -> tuple[str, Over] | None:
        """The class of a group that is largest in the middle world; None if none is there."""
        sign = 1.0 if group == WOKEN else -1.0
        columns = {c.name: self.acts[c.name] for c in CHANNELS if c.group == group}
        if sign * net_need(self.acts) > 0.0:
            columns[NEED] = self.acts[_NEED].sum(axis=1)
        largest = max(columns, key=lambda name: sign * columns[name].median())
        if sign * columns[largest].median() <= 0.0:
            return None
        return largest, over_of(columns[largest])


@dataclass(frozen=True, eq=False)
class Lasting:
    """A dose in one setting. dose: the level; setting: of everything else; years: those looked at, by FIRST,
    LAST and AFTER."""

    dose: float
    setting: Setting
    years: Mapping[str, Year]


@dataclass(frozen=True, eq=False)
class Dosed:
    """What a study over worlds says of a dose. main: the dose that it asks about, in its first setting;
    others: what is changed one thing at a time; parameters, baseline: of each world; results: all runs."""

    main: Lasting
    others: Sequence[Lasting]
    parameters: pd.DataFrame
    baseline: pd.DataFrame
    results: Results

    @property
    def worlds(self) -> int:
        """How many."""
        return len(self.parameters)

    @property
    def runs(self) -> int:
        """Of each world, in every setting."""
        return int(self.results.frame.groupby("world")["seed"].nunique().max())


def is_dosed(store: Store) -> bool:
    """Whether a study asks for a dose over worlds, and keeps its years."""
    return bool(store.worlds) and store.keeps("years") and DOSE in store.factors


def dosed(store: Store) -> Dosed:
    """What a store says. Raises InputError where nothing can be held against no dose."""
    results = results_of(store)
    runs = results.frame[results.frame["arm"] != BASELINE]
    settings = [str(n) for n in results.varied if not is_parameter(n) and n != DOSE and policy_of(n)]
    doses = [level for level in results.levels(DOSE) if level > 0.0]
    if not doses or 0.0 not in results.levels(DOSE):
        raise InputError(f"{store.folder} holds no two runs that differ in {DOSE} alone")
    of_years = store.extra("years")
    which = _years(store)
    best = {n: results.levels(n)[-1] if policy_of(n) == "match" else results.levels(n)[0] for n in settings}
    named = results.named.get(DOSE, {})
    asked = min((level for level in named if level in doses), default=doses[0])

    def at(dose: float, setting: Setting) -> Lasting | None:
        return _lasting(dose, setting, runs, of_years, which)

    main = at(asked, best)
    if main is None:
        raise InputError(f"{store.folder} holds no two runs that differ in {DOSE} alone")
    changed = [(dose, best) for dose in doses if dose != asked]
    changed += [(asked, {**best, n: v}) for n in settings for v in results.levels(n) if v != best[n]]
    worlds = main.years[FIRST].acts.index
    before = results.frame[results.frame["arm"] == BASELINE].groupby("world")[list(results.measures)].mean()
    return Dosed(
        main=main,
        others=[found for dose, setting in changed if (found := at(dose, setting)) is not None],
        parameters=pd.DataFrame(list(store.worlds)).rename_axis("world").loc[worlds],
        baseline=before.loc[worlds],
        results=results,
    )


def _years(store: Store) -> dict[str, int]:
    """The years that are looked at, by number."""
    days = int(store.manifest["days"])
    ends = [p["end"] for tables in store.policies.values() for p in tables if p.get("end") is not None]
    end = min([days, *ends])
    found = {FIRST: 1}
    if end // YEAR > 1:
        found[LAST] = end // YEAR
    if days >= end + YEAR and end % YEAR == 0:
        found[AFTER] = end // YEAR + 1
    return found


def _lasting(
    dose: float, setting: Setting, runs: pd.DataFrame, of_years: pd.DataFrame, which: Mapping[str, int]
) -> Lasting | None:
    """One dose against none; None where a world has not both."""
    here = runs
    for name, level in setting.items():
        here = here[here[name] == level]
    ends = [here[here[DOSE] == level].set_index("run")[["world"]] for level in (0.0, dose)]
    if not all(map(len, ends)):
        return None
    years = {}
    for name, number in which.items():
        rows = of_years[of_years["year"] == number].set_index("run")
        without, with_ = (end.join(rows, how="inner").groupby("world")[list(NAMES)].mean() for end in ends)
        acts = (with_ - without).dropna()
        if acts.empty:
            return None
        years[name] = Year.of(number, acts)
    return Lasting(dose, setting, years)


def net_need(acts: pd.DataFrame) -> float:
    """What need gained and need gone come to over all worlds: whether need wakes or replaces, by its sign."""
    return float(acts[_NEED].to_numpy().sum())
