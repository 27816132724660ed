"""Functional branches of sunk party members 功能型党支部, 临时党支部."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.agents.rules.volunteering import MONTH
from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

BRANCH_HOURS = 2.0
"""A branch meets once a month for two hours [hours a month and member] (assumption)."""

BRANCH_YUAN = 200.0
"""For a branch's activities [yuan a month and branch] (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Branch(Policy):
    """Sunk members are organised into branches of their own, as Zhangzhou did in 658 compounds."""

    name: ClassVar[str] = "branch"
    en: ClassVar[str] = "functional branches of sunk members"
    zh: ClassVar[str] = "组建功能型党支部"
    who: ClassVar[Text] = Text(
        "sunk members; directly managed ones have their branches",
        "下沉党员；直管党员已有自己的支部",
    )
    changes: ClassVar[Text] = Text(
        "how fast idle members decouple; leaders who serve ask as somebody known; members who serve in one "
        "compound on one day take different matters",
        "闲置党员脱钩的快慢；在岗的支部负责人以熟人身份动员；同日在同一小区服务的党员分头办事",
    )
    costs: ClassVar[Text] = Text(
        "members' hours in monthly meetings and money for activities, whether or not anybody has a post",
        "党员每月开会的时间和活动经费，无论是否有岗位",
    )
    fails: ClassVar[Text] = Text(
        "without matching a branch is a nameplate: it keeps members on the register and changes no act",
        "不匹配岗位的支部只是一块牌子：党员留在名册上，参与却没有任何变化",
    )
    system: ClassVar[str] = "branches"
    sized_by: ClassVar[str] = "share"

    share: float = option(0.8, 0, 1, "share", "sunk members in branches", "编入支部的下沉党员比例")
    size: int = option(20, 1, 1000, "members", "members a branch", "每个支部的党员人数", whole=True)

    def remark(self, place: "Place") -> str:
        """Where nobody is sunk there is nobody to organise: say so."""
        if place.sunk_members == 0:
            return "the register holds no sunk members: branches organise those that the policy sink brings"
        return ""

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move the share; the members in it are nested. The size is that of the plan."""
        levers.branches = toward(levers.branches, self.share, level)
        levers.branch_size = self.size

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """A thirtieth of the month's meetings and money, for all members and branches there are."""
        minutes = today.members_in_branches * BRANCH_HOURS * 60.0 / MONTH
        return Cost(minutes, minutes / 60.0 * p.wage + today.branches * BRANCH_YUAN / MONTH)
