"""Services bought of social organisations 购买社会组织服务: three-society linkage 三社联动."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place


@dataclass(frozen=True, kw_only=True)
class Social(Policy):
    """Every Monday the community finds needs and buys hours of organisations where most is open."""

    name: ClassVar[str] = "social"
    en: ClassVar[str] = "buy services of social organisations"
    zh: ClassVar[str] = "购买社会组织服务"
    who: ClassVar[Text] = Text(
        "social organisations, by order of the community",
        "社会组织，由社区购买",
    )
    changes: ClassVar[Text] = Text(
        "hours of theirs on reported matters, and asks at the doors of those whom a matter concerns",
        "社会组织投入已反映事务的工时，以及对事务相关居民的上门动员",
    )
    costs: ClassVar[Text] = Text(
        "the price of the hours bought, used or not; what nobody can sell is not spent",
        "所购工时的费用，无论是否用上；无人可售的部分不支出",
    )
    fails: ClassVar[Text] = Text(
        "what they do is organised too: residents lose occasions and learn that they are not needed; hours "
        "stand idle where nothing is found; when the money ends the organisations end",
        "社会组织也是组织力量：居民失去参与机会，并认为不再需要自己；没有找到需求时所购工时闲置；经费一停，组织也随之消失",
    )
    system: ClassVar[str] = "organisations"
    sized_by: ClassVar[str] = "yuan"

    yuan: float = option(
        10.0, 0, 200, "yuan per resident and year", "spent at most on services", "每年人均购买经费上限"
    )
    price: float = option(60.0, 10, 500, "yuan/h", "price of an hour", "每小时价格")
    mobilise: float = option(
        0.3, 0, 1, "share", "hours bought that go to asking and leading residents", "用于动员和带领居民的比例"
    )

    def remark(self, place: "Place") -> str:
        """Where there is nobody to buy of, nothing happens."""
        return "" if place.organisations else "place.organisations = 0, so nothing can be bought"

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move the money; its price and its use come with it."""
        levers.services = toward(levers.services, self.yuan, level)
        levers.service_price, levers.mobilise = self.price, self.mobilise

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """What was bought, at its price; that the community finds needs is part of its workers' day."""
        return Cost(0.0, today.bought_minutes / 60.0 * levers.service_price)
