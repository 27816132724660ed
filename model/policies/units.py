"""Units of the area linked to the community 驻区单位共建."""

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

LIAISON_HOURS = 2.0
"""Somebody of the unit and somebody of the community meet for an hour [hours a month and linked unit]
(assumption)."""

DAY_YUAN = 500.0
"""What is used and given away on a service day [yuan] (assumption)."""

ROOM_YUAN = 300.0
"""Light, cleaning and keys of a room [yuan a month and unit that opens one] (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Units(Policy):
    """Enterprises and institutions of the area sign with the community, and as far as they keep their word
    send people once a quarter and open a room."""

    name: ClassVar[str] = "units"
    en: ClassVar[str] = "link units of the area"
    zh: ClassVar[str] = "驻区单位共建"
    who: ClassVar[Text] = Text(
        "enterprises and institutions of the area, and the compounds they are paired with",
        "驻区企业事业单位，以及与其结对的小区",
    )
    changes: ClassVar[Text] = Text(
        "a service day a quarter on reported matters of the kinds they can do; rooms, which bring people "
        "together as a council does",
        "每季一次服务日，办理力所能及的已反映事务；开放场地，像议事会一样让居民聚到一起",
    )
    costs: ClassVar[Text] = Text(
        "an hour of liaison on both sides a month for every linked unit, the hours of its people and what "
        "they bring on service days, the rooms",
        "每个共建单位每月双方各一小时的联络，服务日的人员工时与物资，场地费用",
    )
    fails: ClassVar[Text] = Text(
        "a unit linked on paper signs and does nothing; a service day where nothing is open finds nothing to "
        "do; what its people do is no occasion for residents any more",
        "纸面共建的单位签了约却不服务；服务日那天没有待办事务便无事可做；单位代办之后，居民少了参与的机会",
    )
    system: ClassVar[str] = "units"
    sized_by: ClassVar[str] = "share"

    share: float = option(
        0.5, 0, 1, "share", "units linked of those that are not yet", "尚未共建的单位中签约的比例"
    )
    keep: float = option(1.0, 0, 1, "share", "linked units that keep their word", "共建单位中履约的比例")

    def remark(self, place: "Place") -> str:
        """Where there is nobody to link, nothing happens."""
        return "" if place.units else "place.units = 0, so there is no unit to link"

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move the share that is linked, and of linked ones the share that serves; both are nested."""
        levers.units = toward(levers.units, self.share, level)
        levers.units_serve = toward(levers.units_serve, self.keep, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """Liaison with all linked units, service days and rooms of those that keep their word, and the time
        of who gathers there, unless a council pays for meetings."""
        served = today.unit_matter_minutes + today.unit_service_minutes
        gathered = today.meeting_minutes if levers.council == 0.0 else 0
        minutes = today.units_linked * LIAISON_HOURS * 60.0 / MONTH + served + gathered
        yuan = today.unit_days * DAY_YUAN + today.units_serving * ROOM_YUAN / MONTH
        return Cost(minutes, minutes / 60.0 * p.wage + yuan)
