"""Waste sorting taught to children 小手拉大手, who bring parents and grandparents along (隔代亲)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

LESSON_MINUTES = 60
"""A month of lessons, for each child, whoever gives them (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Teach(Policy):
    """A share of the children learns month by month to sort waste, and asks at home that it be done."""

    name: ClassVar[str] = "teach"
    en: ClassVar[str] = "waste sorting taught to children"
    zh: ClassVar[str] = "小手拉大手：儿童带动垃圾分类"
    who: ClassVar[Text] = Text(
        "children, and through them the households they live in",
        "儿童，以及他们所在的家庭",
    )
    changes: ClassVar[Text] = Text(
        "how ready households with a taught child are to sort their waste",
        "有受教儿童的家庭分类的意愿",
    )
    costs: ClassVar[Text] = Text(
        "lessons, for each child and month",
        "每名儿童每月的授课时间",
    )
    fails: ClassVar[Text] = Text(
        "households without a child are out of reach, and they are most; when the lessons end, sorting falls "
        "back to what neighbours keep up among themselves",
        "没有孩子的家庭（多数）触及不到；授课停止后，分类回落到邻里之间自然维持的水平",
    )

    system: ClassVar[str] = "sorting"
    sized_by: ClassVar[str] = "share"

    share: float = option(0.5, 0, 1, "share", "children who are taught", "受教儿童比例")

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move how many children are taught."""
        levers.taught = toward(levers.taught, self.share, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """On the last day of a month, the lessons of every child that was taught."""
        minutes = today.children_taught * LESSON_MINUTES
        return Cost(minutes, minutes / 60.0 * p.wage)
