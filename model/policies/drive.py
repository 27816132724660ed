"""Registration drives 注册动员: a register that grows by doors knocked at."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.agents.rules.work_time import minutes
from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place


@dataclass(frozen=True, kw_only=True)
class Drive(Policy):
    """Workers register people at their doors until so large a share of residents is on the register."""

    name: ClassVar[str] = "drive"
    en: ClassVar[str] = "registration drive"
    zh: ClassVar[str] = "志愿者注册动员"
    who: ClassVar[Text] = Text(
        "adult residents, at their doors, by community workers",
        "成年居民，由社区工作者入户登记",
    )
    changes: ClassVar[Text] = Text(
        "visits register people instead of asking them to act, until the target is reached",
        "在达到目标之前，走访用于登记注册，而不是邀请参与",
    )
    costs: ClassVar[Text] = Text(
        "the workers' visiting hours that the drive takes from asking",
        "从动员中占用的社区工作者走访时间",
    )
    fails: ClassVar[Text] = Text(
        "registered, never active: no intention stands behind a signature at the door, and meanwhile nobody "
        "is asked to act",
        "注册而不活跃：上门登记的签名背后没有参与意愿，而登记期间也没有人被邀请参与",
    )

    sized_by: ClassVar[str] = "share"

    share: float = option(0.3, 0, 1, "share", "residents on the register that are aimed at", "目标注册比例")

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move the target."""
        levers.register = toward(levers.register, self.share, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """The time of the doors knocked at, which would otherwise have gone to asking."""
        taken = today.drive_visits * minutes(p.c_ask)
        return Cost(taken, taken / 60.0 * p.wage)
