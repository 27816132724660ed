"""Relief of workers' administrative burden 减负."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.rules.work_time import WORKDAY, is_workday
from model.levers import Levers, toward
from model.parameters import Parameters
from model.policies.policy import Cost, Policy, option
from model.record import Record

if TYPE_CHECKING:
    from model.place import Place


@dataclass(frozen=True, kw_only=True)
class Relieve(Policy):
    """Part of the administrative tasks is taken from the community."""

    name: ClassVar[str] = "relieve"
    en: ClassVar[str] = "relieve workers' burden"
    zh: ClassVar[str] = "社区减负"
    who: ClassVar[str] = "community workers"
    changes: ClassVar[str] = "the share of administrative tasks that is lifted"
    costs: ClassVar[str] = "somebody else does the tasks that are truly lifted: their hours and pay"
    fails: ClassVar[str] = "rebound (越减越负): part of the lifted load comes back as new tasks"

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
