"""Relief of workers' administrative burden 减负."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.agents.rules.work_time import WORKDAY, is_workday
from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place


@dataclass(frozen=True, kw_only=True)
class Relieve(Policy):
    """Part of the administrative tasks is taken from the community."""

    name: ClassVar[str] = "relieve"
    en: ClassVar[str] = "relieve workers' burden"
    zh: ClassVar[str] = "社区减负"
    who: ClassVar[Text] = Text(
        "community workers",
        "社区工作者",
    )
    changes: ClassVar[Text] = Text(
        "the share of administrative tasks that is lifted",
        "减去的行政事务比例",
    )
    costs: ClassVar[Text] = Text(
        "somebody else does the tasks that are truly lifted: their hours and pay",
        "真正减去的事务由别人承担：他们的工时和报酬",
    )
    fails: ClassVar[Text] = Text(
        "rebound (越减越负): part of the lifted load comes back as new tasks",
        "越减越负：减去的负担有一部分变成新的任务回来",
    )

    sized_by: ClassVar[str] = "share"

    share: float = option(0.5, 0, 1, "share", "administrative tasks lifted", "减少的行政事务比例")

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move relief."""
        levers.relief = toward(levers.relief, self.share, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """The hours by which the office day became shorter, at the same pay elsewhere."""
        if not is_workday(today.day):
            return Cost()
        minutes = place.workers * int(WORKDAY * p.a0 + 0.5) - today.office_minutes
        return Cost(minutes, minutes / 60.0 * p.wage)
