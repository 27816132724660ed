"""The answer of a study that holds policies against each other: which does best, by what, for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from rich.text import Text

from linli.experiments.answer.words import (
    change,
    clauses,
    listed,
    names_of,
    plus_minus,
    say,
    short,
    unit_of_change,
)
from linli.experiments.figures.effects import forest
from linli.experiments.figures.style import NO_FONT, files, language_of_figures, styled
from linli.experiments.output import Writers
from linli.experiments.output.screen import console, number, paragraphs, table
from linli.experiments.output.written import csv_of, paragraphs_of, tex_of, text_of
from linli.experiments.statistics.attributed import NAME_OF, PARTS, changes_by_group, pairs_by_group
from linli.experiments.statistics.dose import doses
from linli.experiments.statistics.paired import Effect
from linli.experiments.statistics.pairs import Pairs, against_baseline
from linli.experiments.statistics.ranking import LIKELY, Rank, ranking
from linli.experiments.statistics.results import Results
from linli.model.attribution.channels import REPLACED, WOKEN
from linli.model.policies import POLICIES
from linli.model.text import Text as Said
from linli.model.text import checked_language
from linli.model.unidentified import UNIDENTIFIED

CRITERIA = {
    WOKEN: Said("most woken", "唤起最多"),
    REPLACED: Said("least replaced", "被替代最少"),
    "matters_resolved": Said("most truly resolved", "真实解决最多"),
    "resident_matter_hours": Said("most own hours", "居民自己的工时最多"),
    "engaged_share": Said("most left at the end", "期末留下的参与最多"),
}
"""What arms are ranked by: measures, and of attribution the groups."""

EQUAL = 0.9
"""An arm that costs less than so much of what the dearest one costs is cheaper, and is said to be."""

FOR_WHOM = ("gap_owner_tenant", "gap_old_young")
"""Who gains: between whom a gap widens or closes."""

SHOWN = (*CRITERIA, *FOR_WHOM, "cost_yuan")


def is_ranked(results: Results) -> bool:
    """Whether these results hold several arms against a baseline, and vary nothing else."""
    several = len(results.arms) > 2 and results.has_baseline and bool(results.policies)
    return several and not doses(results) and set(results.factors) <= set(POLICIES)


@dataclass(frozen=True, eq=False)
class Ranked:
    """What such a study says. effects: by arm, then measure; ranks: by criterion, then arm; table: both,
    tidy; figure: the effects, a panel a criterion."""

    lang: str
    labels: Mapping[str, str]
    effects: Mapping[str, Mapping[str, Effect]]
    ranks: Mapping[str, Mapping[str, Rank]]
    figure: Figure
    seeds: int

    @property
    def table(self) -> pd.DataFrame:
        """A row for each arm and measure."""
        rows: list[dict[str, Any]] = []
        for arm, of in self.effects.items():
            for name, effect in of.items():
                rank = self.ranks.get(name, {}).get(arm)
                rows.append(
                    {
                        "arm": arm, "measure": _measure(name), **vars(effect),
                        "rank": rank and rank.rank, "rank_low": rank and rank.low,
                        "rank_high": rank and rank.high, "first": rank and rank.first,
                    }
                )  # fmt: skip
        return pd.DataFrame(rows)

    @property
    def sentences(self) -> dict[str, str]:
        """A sentence a criterion, then for whom, and what it cannot know."""
        said = {CRITERIA[name].said(self.lang): _best(self, name) for name in self.ranks}
        said[say("for_whom", self.lang)] = _for_whom(self)
        if cheaper := _cheaper(self):
            said[say("unequal", self.lang)] = say("cheaper", self.lang, arms=listed(cheaper, self.lang))
        said[say("cannot", self.lang)] = _cannot(self)
        return said

    def text(self) -> str:
        """The sentences, a paragraph each."""
        return paragraphs_of(self.sentences, self.lang)

    def files(self) -> Writers:
        """Text, table (CSV, LaTeX) and figure (PNG, SVG)."""
        rows, caption = self.table, say("ranked", self.lang, seeds=self.seeds)
        written: Writers = {
            "answer.txt": partial(text_of, self.text()),
            "answer.csv": partial(csv_of, rows),
            "answer.tex": partial(tex_of, rows, caption),
        }
        return {**written, **files({"answer": self.figure})}

    def show(self) -> None:
        """Table, then sentences."""
        screen, shown = console(), table()
        screen.print(say("ranked", self.lang, seeds=self.seeds), style="bold")
        shown.add_column("", no_wrap=True)
        for name in self.ranks:
            heading = f"{short(_measure(name), self.lang)}\n{unit_of_change(_measure(name), self.lang)}"
            shown.add_column(heading, justify="right")
        for arm, of in self.effects.items():
            cells = [self._cell(arm, name, of[name]) for name in self.ranks]
            shown.add_row(self.labels[arm], *cells)
        screen.print(shown)
        screen.print(say("ranks", self.lang, likely=f"{100 * LIKELY:g}"), style="dim")
        screen.print()
        screen.print(paragraphs(self.sentences))
        if language_of_figures(self.lang) != self.lang:
            screen.print(NO_FONT, style="dim")

    def _cell(self, arm: str, name: str, effect: Effect) -> Text:
        place = _place(self.ranks[name][arm])
        return Text(plus_minus(effect, _measure(name))).append(f"\n{place}", style="dim")


def ranked(results: Results, lang: str = "en") -> Ranked:
    """The answer of results for which `is_ranked` is true."""
    checked_language(lang)
    pairs = against_baseline(results)
    arms = {arm: pairs.where(pairs.keys["arm"] == arm) for arm in results.arms}
    effects = {arm: _effects(of) for arm, of in arms.items()}
    shared = set.intersection(*(set(of.keys["seed"]) for of in arms.values()))
    criteria = [name for name in CRITERIA if all(name in of for of in effects.values())]
    seeds = sorted(shared)
    ranks = {n: ranking({arm: _changes(of, n, seeds) for arm, of in arms.items()}) for n in criteria}
    with styled():
        figure = _figure(results, effects, criteria, language_of_figures(lang))
    labels = {arm: label(results, arm, lang) for arm in results.arms}
    return Ranked(lang, labels, effects, ranks, figure, len(shared))


def label(results: Results, arm: str, lang: str) -> str:
    """What an arm is called: in English as the study calls it, in Chinese by its policies."""
    tables = results.policies.get(arm, ())
    if lang != "zh" or not tables:
        return arm
    return "＋".join(POLICIES[str(policy["name"])].zh for policy in tables)


def _measure(name: str) -> str:
    """The measure whose unit and words a criterion has."""
    return NAME_OF.get(name, name)


def _effects(pairs: Pairs) -> dict[str, Effect]:
    """The effect of an arm on each measure that is shown, as far as the results have it."""
    found: dict[str, Effect] = {}
    if set(PARTS) <= set(pairs.after.columns):
        groups = pairs_by_group(pairs)
        found |= {group: groups[group] for group in (WOKEN, REPLACED)}
    own = [name for name in SHOWN if name in pairs.after.columns and name not in NAME_OF]
    found |= {name: pairs.effect(name) for name in own}
    return {name: found[name] for name in SHOWN if name in found}


def _changes(pairs: Pairs, name: str, seeds: list[int]) -> Any:
    """What an arm changes, a number a seed."""
    if name in NAME_OF:
        return changes_by_group(pairs)[name].reindex(seeds).to_numpy()
    before, after = pairs.by_seed(name)
    return (after - before).reindex(seeds).to_numpy()


def _figure(
    results: Results, effects: Mapping[str, Mapping[str, Effect]], criteria: list[str], lang: str
) -> Figure:
    rows = [
        {"what": label(results, arm, lang), "measure": _measure(name), **vars(of[name])}
        for arm, of in effects.items()
        for name in criteria
    ]
    names = [label(results, arm, lang) for arm in effects]
    return forest(pd.DataFrame(rows), names, [_measure(name) for name in criteria], lang)


def _place(rank: Rank) -> str:
    """`1–3`."""
    if rank.low is None or rank.low == rank.high:
        return f"#{rank.rank}"
    return f"#{rank.low}–{rank.high}"


def _best(found: Ranked, name: str) -> str:
    """Who comes first by one criterion, how sure that is, and who cannot be told apart."""
    ranks, lang = found.ranks[name], found.lang
    first = min(ranks, key=lambda arm: ranks[arm].rank)
    effect = change(found.effects[first][name], _measure(name), lang)
    text = say("first", lang, arm=found.labels[first], effect=effect)
    share = ranks[first].first
    if share is None:
        return text + say("one_seed", lang)
    text += say("sure", lang, share=number(100.0 * share, 0))
    others = [found.labels[arm] for arm, rank in ranks.items() if rank.low == 1 and arm != first]
    return text + (say("as_good", lang, others=listed(others, lang)) if others else say("clear_first", lang))


def _for_whom(found: Ranked) -> str:
    """Which arms clearly widen or close a gap."""
    parts = []
    for name in FOR_WHOM:
        for key in ("widens", "closes"):
            arms = [found.labels[arm] for arm, of in found.effects.items() if _moves(of.get(name)) == key]
            if arms:
                what = short(name, found.lang)
                parts.append(say(key, found.lang, what=what, arms=listed(arms, found.lang)))
    return clauses(parts, found.lang) if parts else say("no_gap", found.lang)


def _cheaper(found: Ranked) -> list[str]:
    """Arms that cost less than others, so that their place says less."""
    costs = {arm: of["cost_yuan"].difference or 0.0 for arm, of in found.effects.items() if "cost_yuan" in of}
    most = max(costs.values(), default=0.0)
    return [found.labels[arm] for arm, cost in costs.items() if cost < EQUAL * most]


def _moves(gap: Effect | None) -> str:
    """Whether a gap, whichever side is ahead, clearly widens or closes; empty for neither."""
    if gap is None or not gap.is_clear or gap.baseline is None:
        return ""
    return "widens" if gap.is_clear_gain == (gap.baseline > 0.0) else "closes"


def _cannot(found: Ranked) -> str:
    fixed = say("ranked_fixed", found.lang, names=names_of(UNIDENTIFIED, found.lang))
    return fixed + say("forecast", found.lang)
