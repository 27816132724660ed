"""Rewards 积分、补贴: points for acts, allowances for places on the register and in posts."""

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

BOOKING_MINUTES = 3
"""Somebody's time to book the points of one act (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Reward(Policy):
    """Each act earns points that are worth money; whoever serves may get an allowance."""

    name: ClassVar[str] = "reward"
    en: ClassVar[str] = "points and allowances"
    zh: ClassVar[str] = "积分与补贴"
    who: ClassVar[Text] = Text(
        "adult residents, for each act; active volunteers and serving members, month by month",
        "成年居民（按次积分）；活跃志愿者和在岗党员（按月补贴）",
    )
    changes: ClassVar[Text] = Text(
        "what speaks for acting while it lasts, and how much of the own motive each rewarded act wears; how "
        "many leave the register of volunteers and their posts",
        "实行期间参与的吸引力，以及每次得奖的参与对自身动机的磨损；退出志愿者名册和岗位的人数",
    )
    costs: ClassVar[Text] = Text(
        "the points of all acts, those included that would have been done for nothing, and the time to book "
        "them; the allowances",
        "全部参与的积分（包括本来无偿也会有的参与）及登记时间，以及补贴",
    )
    fails: ClassVar[Text] = Text(
        "the reward wears the motive it meets: when it ends, people act less than if it had never been; an "
        "allowance keeps names on the register and in posts, and makes nobody act",
        "奖励磨损原有的动机：停止之后，参与少于从未奖励的情形；补贴留住的是名册和岗位上的名字，并不使人参与",
    )

    system: ClassVar[str] = "rewards"
    sized_by: ClassVar[str] = "points"

    points: float = option(10.0, 0, 100, "yuan", "worth of the points for one act", "每次参与的积分价值")
    allowance: float = option(
        0.0, 0, 2000, "yuan/month", "to each active volunteer and serving member", "每人每月补贴"
    )

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move what an act is worth, and the allowance."""
        levers.points = toward(levers.points, self.points, level)
        levers.allowance = toward(levers.allowance, self.allowance, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """The points of today's acts and the time to book them, and a day's part of the allowances."""
        booking = today.acts_rewarded * BOOKING_MINUTES
        paid = levers.points * today.acts_rewarded + levers.allowance / MONTH * today.allowances
        return Cost(booking, booking / 60.0 * p.wage + paid)
