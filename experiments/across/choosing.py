"""Several arms over the same worlds: by what each does well in most of them, and which no other beats."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from rich.text import Text as Line

from linli.experiments.across.effects import GROUP, NET, Across
from linli.experiments.across.robust import Robust, robust, unbeaten
from linli.experiments.across.sentences import NET_WORDS
from linli.experiments.answer.words import listed, short, unit_of_change
from linli.experiments.output import Writers
from linli.experiments.output.labels import shown
from linli.experiments.output.screen import console, decimals, number, paragraphs, table
from linli.experiments.output.written import csv_of, paragraphs_of, text_of
from linli.experiments.statistics.attributed import NAME_OF
from linli.model.attribution.channels import WOKEN
from linli.model.text import Text

AIMS = (NET, "engaged_share", "resident_matter_hours", "true_resolution", "cost_yuan")
LESS = ("cost_yuan",)
"""Wanted small."""
FRONT = ("engaged_share", "resident_matter_hours", "cost_yuan")
"""What the front is made of: a mix that is best by none of them may still be beaten by no other."""
HEAD = Text(
    "{arms} arms in {worlds} worlds that fit the evidence", "符合证据的{worlds}个世界中的{arms}个方案"
)
HEADS = (
    Text("middle", "居中"),
    Text("worst", "最差"),
    Text("regret", "遗憾"),
    Text("above 0 in", "大于0"),
    Text("best in", "最佳"),
)
NOTE = Text(
    "worst and regret: within nine of ten worlds; regret: what is forgone against the best arm of each "
    "world; above 0 in, best in: worlds [%]",
    "最差与遗憾：在九成世界之内；遗憾：与各世界最佳方案相比之所失；大于0、最佳：世界比例[%]",
)
FRONT_HEAD = Text("Front", "前沿")
FRONT_SAID = Text(
    "{arms}: no other arm is at least as good in engagement, own hours and cost, in the middle world.",
    "{arms}：在居中的世界里，没有其他方案在参与、居民工时与成本上都不逊于它们。",
)
MOST = Text("{what}: most robust", "{what}：最稳健")
MOST_SAID = Text(
    "{least} has the least regret ({regret} {unit}); {best} is best in {share} % of worlds.",
    "{least}的遗憾最小（{regret} {unit}）；{best}在{share}%的世界中最佳。",
)


@dataclass(frozen=True, eq=False)
class Choice:
    """What was found. arms: each over worlds; aims: by measure (or NET), each arm; front: arms that no other
    beats in the middle world."""

    lang: str
    arms: Sequence[Across]
    aims: dict[str, dict[str, Robust]]
    front: list[str]

    def sentences(self) -> dict[str, str]:
        """By what they are about."""
        said = {
            MOST.said(self.lang).format(what=called(aim, self.lang)): self._most(aim)
            for aim in self.aims
            if aim not in LESS
        }
        named = listed(self.front, self.lang)
        return {**said, FRONT_HEAD.said(self.lang): FRONT_SAID.said(self.lang).format(arms=named)}

    def _most(self, aim: str) -> str:
        arms, factor = self.aims[aim], shown(unit_name(aim), self.lang).factor
        least = min(arms, key=lambda arm: arms[arm].regret)
        best = max(arms, key=lambda arm: arms[arm].best)
        regret = factor * arms[least].regret
        return MOST_SAID.said(self.lang).format(
            least=least,
            regret=number(regret, decimals(regret)),
            unit=unit_of_change(unit_name(aim), self.lang),
            best=best,
            share=number(100.0 * arms[best].best, 0),
        )

    def show(self) -> None:
        """Table, then sentences."""
        screen, rows, lang = console(), table(), self.lang
        head = HEAD.said(lang).format(arms=len(self.arms), worlds=self.arms[0].worlds)
        screen.print(head, style="bold")
        rows.add_column("", overflow="fold")
        for heading in HEADS:
            rows.add_column(heading.said(lang), justify="right", no_wrap=True)
        for aim, arms in self.aims.items():
            unit = unit_of_change(unit_name(aim), lang)
            rows.add_row(Line(f"{called(aim, lang)} [{unit}]", style="bold cyan"))
            for arm, one in arms.items():
                rows.add_row(arm, *_cells(aim, one, lang))
        screen.print(rows)
        screen.print(NOTE.said(lang), style="dim")
        screen.print()
        screen.print(paragraphs(self.sentences()))

    def table(self) -> pd.DataFrame:
        """A row an arm and aim."""
        rows = [
            {"arm": arm, "measure": aim, **vars(one), "front": arm in self.front}
            for aim, arms in self.aims.items()
            for arm, one in arms.items()
        ]
        return pd.DataFrame(rows)

    def as_data(self) -> dict[str, Any]:
        """For --json."""
        return {
            "worlds": self.arms[0].worlds,
            "robust": self.table().to_dict("records"),
            "robust_front": self.front,
        }

    def files(self) -> Writers:
        """Table and sentences."""
        said = paragraphs_of(self.sentences(), self.lang)
        return {"answer.txt": partial(text_of, said), "robust.csv": partial(csv_of, self.table())}


def choice(arms: Sequence[Across], lang: str = "en", threshold: float = 0.0) -> Choice:
    """Of a study over worlds. arms: all of them, see `across`; threshold: what is enough of each aim, in its
    unit."""
    by_world = {one.arm: one.by_world() for one in arms}
    columns = {aim: f"{GROUP}{aim}" if aim == NET else aim for aim in AIMS}
    aims = {
        aim: robust({arm: of[column] for arm, of in by_world.items()}, threshold, less=aim in LESS)
        for aim, column in columns.items()
        if all(column in of for of in by_world.values())
    }
    aims = {aim: found for aim, found in aims.items() if found}
    aimed = {
        one.arm: [(-1.0 if aim in LESS else 1.0) * aims[aim][one.arm].middle for aim in FRONT if aim in aims]
        for one in arms
    }
    return Choice(lang, arms, aims, unbeaten(aimed))


def _cells(aim: str, one: Robust, lang: str) -> list[str]:
    """A row of an arm."""
    factor = shown(unit_name(aim), lang).factor
    places = decimals(factor * max(abs(one.middle), abs(one.worst - one.middle), one.regret))
    middle, worst = (number(factor * v, places, sign=True) for v in (one.middle, one.worst))
    above = "" if aim in LESS else number(100.0 * one.above, 0)
    return [middle, worst, number(factor * one.regret, places), above, number(100.0 * one.best, 0)]


def called(aim: str, lang: str) -> str:
    """What an aim is called."""
    return NET_WORDS.said(lang) if aim == NET else short(aim, lang)


def unit_name(aim: str) -> str:
    """The measure whose unit an aim has."""
    return NAME_OF[WOKEN] if aim == NET else aim
