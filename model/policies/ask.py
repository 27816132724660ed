"""Whom workers ask first."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from model.levers import Levers
from model.parameters import Parameters
from model.policies.policy import Cost, Policy, choice
from model.record import Record

if TYPE_CHECKING:
    from model.place import Place

RANDOM, HUBS, BUILDING_HEADS, ISOLATED, DORMANT, GRANDCHILDREN = range(6)
STRATEGIES = ("random", "hubs", "building_heads", "isolated", "dormant", "grandchildren")


@dataclass(frozen=True, kw_only=True)
class Ask(Policy):
    """Workers spend the same visiting time on chosen residents: equal numbers of visits in every strategy."""

    name: ClassVar[str] = "ask"
    en: ClassVar[str] = "whom to ask first"
    zh: ClassVar[str] = "动员对象"
    who: ClassVar[str] = "adult residents, by visits of community workers"
    changes: ClassVar[str] = "to whom the visits go; none is added"
    costs: ClassVar[str] = "the workers' visiting hours, which the baseline spends too"
    fails: ClassVar[str] = (
        "few heads or hubs are asked again and again while they rest; the isolated and the dormant are asked "
        "in vain where motive is missing; families with children and elders are few"
    )

    strategy: str = choice("building_heads", STRATEGIES, "whom to visit", "走访对象")

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """A strategy is in force or not: a ramp has no meaning for it."""
        levers.ask = STRATEGIES.index(self.strategy)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """The visiting hours that are steered; no money beyond what the baseline pays."""
        return Cost(0.0, 0.0)
