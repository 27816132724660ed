"""Joint action 协同整治 of departments by a body of their own (社治委)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.agents.rules.work_time import WORKDAYS, is_workday
from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

HOURS_A_WEEK = 0.5
"""Of officials who sit together, for 1000 residents at full coordination: in a community of 13,000 a meeting
of two hours for three (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Joint(Policy):
    """Departments that share out matters among themselves send fewer of them back."""

    name: ClassVar[str] = "joint"
    en: ClassVar[str] = "joint action of departments"
    zh: ClassVar[str] = "部门协同"
    who: ClassVar[Text] = Text(
        "departments of the street, and matters that need one",
        "街道各部门，以及需要部门办理的事务",
    )
    changes: ClassVar[Text] = Text(
        "how many hand-overs of matters from the community to the street and to a department bounce; where "
        "time is pooled, in which communities of a street departments work",
        "事务由社区移交街道、再移交部门时被退回的次数；若统筹工时，还改变街道部门在哪些社区办理",
    )
    costs: ClassVar[Text] = Text(
        "hours of the officials who sit together",
        "各部门人员会商协调的工时",
    )
    fails: ClassVar[Text] = Text(
        "where departments have no time, a matter that comes to them sooner waits there instead; pooled time "
        "is missing where nothing waited on Monday",
        "部门没有时间之处，早到的事务只是换个地方等待；统筹后，周一无待办的社区整周没有工时",
    )
    sized_by: ClassVar[str] = "coordination"

    coordination: float = option(0.8, 0, 1, "share", "bounces that it takes away", "减少的退回比例")

    pooled: int = option(
        0,
        0,
        1,
        "0 or 1",
        "a street's time goes each week to the communities where most waits",
        "街道部门工时每周按各社区待办量分配",
        whole=True,
    )

    def remark(self, place: "Place") -> str:
        """Where no department has hours, no matter is handed over."""
        return "" if place.department_hours else "place.department_hours = 0, so no department is called"

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move coordination; time is pooled or not."""
        levers.coordination = toward(levers.coordination, self.coordination, level)
        levers.pooled = self.pooled

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """A working day's part of the weekly hours, whatever comes of them."""
        if not is_workday(today.day):
            return Cost()
        hours = HOURS_A_WEEK * place.residents / 1000.0 * levers.coordination / WORKDAYS
        return Cost(hours * 60.0, hours * p.wage)
