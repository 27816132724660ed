"""What a study asks: which policy, from which dose to which, and where one looks first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from linli.experiments.statistics.arms import WITHOUT
from linli.experiments.statistics.dose import doses, sampled
from linli.experiments.statistics.pairs import Pairs, against_baseline, against_level
from linli.experiments.statistics.results import Results, is_parameter, policy_of
from linli.model.errors import InputError
from linli.model.parameters import table as parameter_table
from linli.model.unidentified import UNIDENTIFIED

ABOUT = "sink"
"""The policy that is asked about, where a study has it."""
MATCHING = "match"


@dataclass(frozen=True, eq=False)
class Question:
    """A policy at its highest dose held against its lowest.

    policy: its name, or an arm; dose: the column that is raised from low to high (None: an arm against the
    baseline); pairs: all of them; match: the column that says how members are matched, if that varies;
    parameters: stepped ones, unidentified ones first; focus: for each of those columns the level one looks at
    first (matching at its best, parameters nearest to their defaults); asked: the dose that the study asks
    about, the first one it has a name for (high, if it names none).
    """

    results: Results
    policy: str
    dose: str | None
    low: Any
    high: Any
    pairs: Pairs
    match: str | None
    parameters: tuple[str, ...]
    focus: dict[str, Any]
    asked: Any

    def at_focus(self, *but: str) -> Pairs:
        """Pairs where every column but some is at its level of the focus."""
        return self._focused(self.pairs, but)

    def asked_at_focus(self) -> Pairs:
        """Likewise, with the dose that is asked about in place of the highest."""
        if self.dose is None or self.asked == self.high:
            return self.at_focus()
        return self._focused(against_level(self.results, self.dose, self.low, self.asked), ())

    def _focused(self, pairs: Pairs, but: Sequence[str]) -> Pairs:
        rows = pd.Series(True, index=pairs.keys.index)
        for name, level in self.focus.items():
            if name not in but:
                rows &= pairs.keys[name] == level
        return pairs.where(rows)

    def runs_at_focus(self, *but: str) -> Results:
        """Runs likewise."""
        rows = pd.Series(True, index=self.results.frame.index)
        for name, level in self.focus.items():
            if name not in but:
                rows &= self.results.frame[name] == level
        return self.results.where(rows)

    @property
    def others(self) -> tuple[str, ...]:
        """What else the study sets: policies besides the one asked about and matching."""
        stepped = [n for n in self.results.varied if not is_parameter(n) and n not in (self.dose, self.match)]
        return tuple(name for name in stepped if policy_of(name) != self.policy)


def question(results: Results, policy: str = ABOUT) -> Question:
    """What these results can be asked. Raises InputError if no runs can be compared."""
    dose, low, high, pairs = _contrast(results, policy)
    if not len(pairs):
        raise InputError("these results hold no two runs that share their luck and differ in a policy")
    if dose is None:
        policy = results.arms[0]
    match = next((n for n in results.varied if policy_of(n) == MATCHING and n != dose), None)
    stepped = [name for name in doses(results) if is_parameter(name)]
    stepped.sort(key=lambda n: UNIDENTIFIED.index(n) if n in UNIDENTIFIED else len(UNIDENTIFIED))
    focus = {name: _nearest_default(name, results.levels(name)) for name in stepped}
    two = [n for n in results.varied if is_parameter(n) and n not in (*stepped, *sampled(results))]
    focus |= {name: _nearest_default(name, results.levels(name)) for name in two}
    if match is not None:
        there = set(pairs.keys[match])
        focus[match] = [level for level in results.levels(match) if level in there][-1]
    named = results.named.get(str(dose), {})
    asked = min((level for level in named if level != low), default=high)
    return Question(results, policy, dose, low, high, pairs, match, tuple(stepped), focus, asked)


def _contrast(results: Results, policy: str) -> tuple[str | None, Any, Any, Pairs]:
    """The highest dose of the policy against the lowest; the policy against none; or an arm against the
    baseline."""
    of_policy = [n for n in results.factors if policy_of(n) == policy]
    for name in sorted(of_policy, key=lambda n: (n == policy, not results.is_numeric(n))):
        levels = results.levels(name)
        if len(levels) > 1 and (results.is_numeric(name) or levels[0] == WITHOUT):
            pairs = against_level(results, name, levels[0], levels[-1])
            if name == policy:
                pairs = _wider(results, name, pairs)
            if len(pairs):
                return name, levels[0], levels[-1], pairs
    if not results.has_baseline:
        raise InputError("these results hold no two runs that share their luck and differ in a policy")
    pairs = against_baseline(results)
    return None, None, None, pairs.where(pairs.keys["arm"] == results.arms[0])


def _wider(results: Results, policy: str, pairs: Pairs) -> Pairs:
    """Arms with the policy against the baseline, where that shows more ways of matching."""
    if not results.has_baseline or MATCHING not in results.varied:
        return pairs
    others = against_baseline(results)
    others = others.where(others.keys[policy] != WITHOUT)
    more = others.keys[MATCHING].nunique() > pairs.keys[MATCHING].nunique()
    return others if more else pairs


def _nearest_default(name: str, levels: Sequence[float]) -> float:
    default = parameter_table()[name].default
    return min(levels, key=lambda level: abs(level - default))
