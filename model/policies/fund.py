"""Community fund 社区基金、保障资金: money that a community can spend, and who decides on it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

YUAN = 20.0
"""For each resident and year. "Chengdu in the 2020 epidemic" has about 300 million yuan of guarantee and
charity funds activated, 14 to 19 yuan a person (21 or 16 million), and 15 community foundations with over 120
million, 5.7 to 7.5 yuan a person; rounded up, as both stand side by side."""


@dataclass(frozen=True, kw_only=True)
class Fund(Policy):
    """A fund pays for what matters lack, and for small works; residents or a committee choose on what."""

    name: ClassVar[str] = "fund"
    en: ClassVar[str] = "community fund"
    zh: ClassVar[str] = "社区基金"
    who: ClassVar[Text] = Text(
        "matters that lack money, and the compounds where small works are done",
        "缺资金的事务，以及实施微更新的小区",
    )
    changes: ClassVar[Text] = Text(
        "success on matters that lack money; how many arise where works were done; trust, where residents "
        "chose what is most needed",
        "缺资金事务的解决概率；微更新之后新产生的事务；居民选对最急需之事时的信任",
    )
    costs: ClassVar[Text] = Text(
        "the money that is paid in, spent or not; residents' hours in the meetings that choose",
        "拨入的资金，无论是否用出；居民议定用途的会议时间",
    )
    fails: ClassVar[Text] = Text(
        "without an account it stays unspent; a committee spends it on what shows on its record; what works "
        "prevent is no occasion to take part any more",
        "没有账户，资金便花不出去；由居委会决定时，花在台账上看得见的事上；微更新预防了事务，也就少了参与的机会",
    )
    system: ClassVar[str] = "fund"
    sized_by: ClassVar[str] = "yuan"

    yuan: float = option(YUAN, 0, 1000, "yuan per resident and year", "paid in", "拨入资金")
    democratic: float = option(
        1.0, 0, 1, "share", "weight of residents in the choice", "居民在用途选择中的权重"
    )
    account: int = option(1, 0, 1, "0 or 1", "the community has an account", "社区有账户", whole=True)

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move what is paid in and who chooses; an account is there or not."""
        levers.fund = toward(levers.fund, self.yuan, level)
        levers.democratic = toward(levers.democratic, self.democratic, level)
        levers.account = self.account

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """What was paid in today, and the time of a meeting that chose."""
        minutes = today.fund_meeting_minutes
        return Cost(minutes, minutes / 60.0 * p.wage + today.fund_paid_fen / 100.0)
