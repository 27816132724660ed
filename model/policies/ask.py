"""Whom workers ask first."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers
from linli.model.policies.policy import Cost, Policy, choice
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

RANDOM, HUBS, BUILDING_HEADS, ISOLATED, DORMANT, GRANDCHILDREN = range(6)
WORDS = {
    "random": Text("at random", "随机"),
    "hubs": Text("those with most ties", "人脉最广的居民"),
    "building_heads": Text("heads of buildings", "楼栋长"),
    "isolated": Text("the isolated", "孤立的居民"),
    "dormant": Text("those long inactive", "久未参与的居民"),
    "grandchildren": Text("elders, via grandchildren", "通过孙辈动员老人"),
}
"""Whom to visit, in the order of the codes above."""

STRATEGIES = tuple(WORDS)

TENTH = 10
"""Hubs are the tenth with most ties, the isolated the tenth with fewest."""


@dataclass(frozen=True, kw_only=True)
class Ask(Policy):
    """Workers spend the same visiting time on chosen residents: equal numbers of visits in every strategy."""

    name: ClassVar[str] = "ask"
    en: ClassVar[str] = "whom to ask first"
    zh: ClassVar[str] = "动员对象"
    who: ClassVar[Text] = Text(
        "adult residents, by visits of community workers",
        "成年居民，由社区工作者入户走访",
    )
    changes: ClassVar[Text] = Text(
        "to whom the visits go; none is added",
        "走访谁；不增加走访次数",
    )
    costs: ClassVar[Text] = Text(
        "the workers' visiting hours, which the baseline spends too",
        "社区工作者的走访时间，现状中同样要花",
    )
    fails: ClassVar[Text] = Text(
        "few heads or hubs are asked again and again while they rest; the isolated and the dormant are "
        "asked in vain where motive is missing; families with children and elders are few",
        "少数楼栋长或能人休整期间被反复邀请；孤立或久未参与的人缺乏动机，邀请落空；同住老人和孙辈的家庭不多",
    )

    strategy: str = choice("building_heads", WORDS, "whom to visit", "走访对象")

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """A strategy is in force or not: a ramp has no meaning for it."""
        levers.ask = STRATEGIES.index(self.strategy)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """The visiting hours that are steered; no money beyond what the baseline pays."""
        return Cost(0.0, 0.0)
