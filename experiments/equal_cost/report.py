"""A comparison at equal cost on the screen, as data and as files."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from linli.experiments.answer.ranked import Ranked, ranked
from linli.experiments.equal_cost.budget import LEAST, Scaled
from linli.experiments.equal_cost.study import Asked, compared
from linli.experiments.output import Writers
from linli.experiments.output.progress import Progress
from linli.experiments.output.screen import console, number, table
from linli.experiments.output.written import text_of
from linli.experiments.store.reading import results_of
from linli.model.policies import from_table, to_text
from linli.model.text import Text

SIZES = Text(
    "What each costs in the year it acts: {budget} yuan per resident are aimed at",
    "各项政策实施当年的成本：目标为每位居民{budget}元",
)
COST = Text("yuan per resident and year", "元/居民·年")
POLICY = Text("policies", "政策")
STEPS = Text("it comes in steps: this is the nearest", "只能成档增减：此为最接近的一档")
LESS = Text("even the most of it costs less", "做到最多也花不到")
MORE = Text("even the least of it costs more", "做到最少也超出")
FIXED = Text("it has no size: as it comes", "没有规模可调：按原样")


@dataclass(frozen=True, eq=False)
class Report:
    """What came out. sizes: each package at its size; ranked: the answer."""

    asked: Asked
    sizes: list[Scaled]
    ranked: Ranked

    def as_data(self) -> dict[str, Any]:
        """For --json."""
        return {
            "scenario": self.asked.scenario.name,
            "seed": self.asked.scenario.seed,
            "runs": int(self.asked.runs),
            "budget": self.asked.budget,
            "policies": {
                s.package.name: {
                    "policies": _texts(s),
                    "cost_yuan": s.cost,
                    "meets": s.meets(self.asked.budget),
                }
                for s in self.sizes
            },
            "ranking": self.ranked.table.to_dict("records"),
            "answer": self.ranked.sentences,
        }

    def files(self) -> Writers:
        """The answer, and the same comparison as a study."""
        study = partial(text_of, self.asked.as_toml(self.sizes))
        return {"study.toml": study, **self.ranked.files()}

    def show(self, folder: Path) -> None:
        """Sizes, then the answer."""
        screen, shown, lang = console(), table(), self.ranked.lang
        screen.print(SIZES.said(lang).format(budget=f"{self.asked.budget:g}"), style="bold")
        shown.add_column(POLICY.said(lang))
        shown.add_column(COST.said(lang), justify="right")
        shown.add_column("")
        for scaled in self.sizes:
            remark = _remark(scaled, self.asked.budget)
            shown.add_row(_texts(scaled), number(scaled.cost, 1), remark.said(lang) if remark else "")
        screen.print(shown)
        screen.print()
        self.ranked.show()
        screen.print(f"linli sweep {folder / 'study.toml'}", soft_wrap=True, style="dim")


def made(asked: Asked, folder: Path, jobs: int, progress: Progress, lang: str) -> Report:
    """The comparison, in a folder that the same command goes on from."""
    sizes, store = compared(asked, folder, jobs, progress)
    return Report(asked, sizes, ranked(results_of(store), lang))


def _texts(scaled: Scaled) -> str:
    return "; ".join(to_text(from_table(policy)) for policy in scaled.tables)


def _remark(scaled: Scaled, budget: float) -> Text | None:
    """Why a package does not cost what was aimed at."""
    if scaled.meets(budget):
        return None
    if not scaled.package.is_scaled:
        return FIXED
    if scaled.size == 1.0:
        return LESS if scaled.cost < budget else MORE
    return MORE if scaled.size <= LEAST else STEPS
