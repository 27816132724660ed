"""Contests in waste sorting 垃圾分类评比 between compounds."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

JUDGING_MINUTES = 240
"""Workers' time to look at one compound, a contest (assumption)."""

CONTEST_YUAN = 300.0
"""Boards, prizes and a ceremony, for each compound, a contest (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Contest(Policy):
    """Compounds are compared by how many of their households sort their waste; the best are honoured."""

    name: ClassVar[str] = "contest"
    en: ClassVar[str] = "contests in waste sorting"
    zh: ClassVar[str] = "垃圾分类评比"
    who: ClassVar[Text] = Text(
        "households, compound by compound; workers judge",
        "各小区的住户；由社区工作者评比",
    )
    changes: ClassVar[Text] = Text(
        "until the next contest, households of honoured compounds are more ready to sort their waste, and "
        "those of the others that competed less",
        "到下次评比之前，获评小区的住户更愿意分类，落选小区的住户更不愿意",
    )
    costs: ClassVar[Text] = Text(
        "workers' hours to judge; boards and prizes, compound by compound",
        "社区工作者评比的时间，各小区的公示和奖品费用",
    )
    fails: ClassVar[Text] = Text(
        "few can be the best: those passed by, who are the many, give up; when contests end, sorting falls "
        "back to what neighbours keep up among themselves",
        "优胜者只能是少数：多数落选的小区放弃分类；评比停止后，分类回落到邻里之间自然维持的水平",
    )

    system: ClassVar[str] = "sorting"
    sized_by: ClassVar[str] = "share"

    every: int = option(3, 1, 24, "months", "months from one contest to the next", "评比间隔", whole=True)
    best: float = option(0.2, 0.01, 1, "share", "of the compounds that are honoured", "获评小区比例")
    share: float = option(1.0, 0, 1, "share", "compounds that compete", "参评小区比例")

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move how many compounds compete; how often, and for how many honours, holds at once."""
        levers.contest = toward(levers.contest, self.share, level)
        levers.contest_every, levers.contest_best = self.every, self.best

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """On the day of a contest, for each compound that is judged."""
        minutes = today.compounds_judged * JUDGING_MINUTES
        return Cost(minutes, minutes / 60.0 * p.wage + today.compounds_judged * CONTEST_YUAN)
