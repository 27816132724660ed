"""Owners' committees 业主委员会 in compounds."""

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

SHARE = 0.8
"""Chengdu's 2019 work points aim at committees for environment and property in 80 % of communities; that as
many compounds have one is an assumption."""

MEETING_HOURS = 10.0
"""Five members for two hours [hours a month and committee] (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Committees(Policy):
    """Compounds get owners' committees, which press the property firm as long as owners act."""

    name: ClassVar[str] = "committees"
    en: ClassVar[str] = "owners' committees"
    zh: ClassVar[str] = "业主委员会"
    who: ClassVar[Text] = Text(
        "compounds, their owners and their property firms",
        "小区、业主及其物业公司",
    )
    changes: ClassVar[Text] = Text(
        "which compounds have a committee, and whether the fund can spend there by its account",
        "哪些小区有业主委员会，社区基金能否经其账户在小区使用",
    )
    costs: ClassVar[Text] = Text(
        "the hours of members in monthly meetings, whatever comes of them",
        "委员每月开会的时间，无论有无成效",
    )
    fails: ClassVar[Text] = Text(
        "where nobody acts, a committee is a nameplate; where the community's forces do its work it turns "
        "passive; without a firm it has nobody to press",
        "无人参与的业委会只是一块牌子；社区力量代劳之处，它变得被动；没有物业，它无从督促",
    )
    system: ClassVar[str] = "committees"
    sized_by: ClassVar[str] = "share"

    share: float = option(SHARE, 0, 1, "share", "compounds with a committee", "设立业主委员会的小区比例")
    account: int = option(
        0,
        0,
        1,
        "0 or 1",
        "committees have accounts, by which a fund can spend",
        "业委会有对公账户",
        whole=True,
    )

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move the share; the compounds in it are nested. Accounts are there or not."""
        levers.committees = toward(levers.committees, self.share, level)
        levers.committee_account = self.account

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """A thirtieth of the monthly hours of every committee."""
        minutes = today.committees * MEETING_HOURS * 60.0 / MONTH
        return Cost(minutes, minutes / 60.0 * p.wage)
