"""Property firms in co-governance 联防联控, 物业联席会."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

MEETING_HOURS = 12.0
"""People's time for the joint committee of one compound [hours a month] (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Property(Policy):
    """Joint committees hold property firms to more effort, compound by compound."""

    name: ClassVar[str] = "property"
    en: ClassVar[str] = "property firms in co-governance"
    zh: ClassVar[str] = "物业联防联控"
    who: ClassVar[Text] = Text(
        "property firms, through the compounds they serve; compounds without a firm gain nothing",
        "物业公司，通过其服务的小区；没有物业的小区得不到好处",
    )
    changes: ClassVar[Text] = Text(
        "the share of compounds under joint control",
        "纳入联防联控的小区比例",
    )
    costs: ClassVar[Text] = Text(
        "hours of the joint committees, month by month, with or without a firm to control",
        "联席会每月的工时，无论有没有物业可管",
    )
    fails: ClassVar[Text] = Text(
        "old compounds without a firm are out of reach; better service can quiet residents' voice",
        "没有物业的老旧小区够不着；服务变好也会让居民不再发声",
    )

    sized_by: ClassVar[str] = "share"

    share: float = option(0.8, 0, 1, "share", "compounds with a joint committee", "设立联席会的小区比例")

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move the share; the compounds in it are nested, chosen by their own tickets."""
        levers.joint_control = toward(levers.joint_control, self.share, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """A thirtieth of the monthly hours of every committee."""
        minutes = levers.joint_control * place.compounds * MEETING_HOURS * 60.0 / 30.0
        return Cost(minutes, minutes / 60.0 * p.wage)
