"""Emergency 平急转换: every household in so many rounds within so many days."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

KIT_YUAN = 10.0
"""Masks, gloves and forms of a visitor [yuan/day] (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Emergency(Policy):
    """Ordinary matters wait until every household has been visited so often; whoever turns out visits."""

    name: ClassVar[str] = "emergency"
    en: ClassVar[str] = "turn to an emergency"
    zh: ClassVar[str] = "平急转换"
    who: ClassVar[Text] = Text(
        "all households; workers, members on the register, property staff and residents who turn out",
        "全体住户；社区工作者、在岗与在册党员、物业人员、出动的居民（含志愿者）",
    )
    changes: ClassVar[Text] = Text(
        "every household is visited, round by round, until the last round is done: members and "
        "property staff leave their matters, workers coordinate and visit, residents are called each round",
        "自首日起逐轮走访每户，直至最后一轮完成：党员与物业放下日常事务，社区工作者协调并入户，每轮动员居民",
    )
    costs: ClassVar[Text] = Text(
        "the hours of visitors and workers, what visitors are given to wear; ordinary matters wait",
        "全部入户人员与社区工作者的工时、防护用品；日常事务搁置",
    )
    fails: ClassVar[Text] = Text(
        "doors that stay closed hold up a round however many turn out; whom nobody coordinates stands idle; "
        "what is not done in time costs trust, and matters that wait lapse or are closed on paper",
        "敲不开的门拖住整轮，人再多也无用；无人协调者只能闲置；未按期完成则失去信任，搁置的事务逾期消退或纸面办结",
    )
    system: ClassVar[str] = "emergency"

    rounds: int = option(3, 1, 20, "visits", "to every household", "每户走访轮数", whole=True)
    days: int = option(11, 1, 365, "days", "within which all are promised", "承诺完成的天数", whole=True)
    complete: float = option(
        1.0, 0.01, 1, "share", "of households with which a round is done", "一轮完成所需的住户比例"
    )

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """There is an emergency or there is none, however it is ramped."""
        levers.rounds, levers.emergency_days, levers.complete = self.rounds, self.days, self.complete

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """The hours of visitors and workers, and what visitors are given."""
        minutes = (
            today.emergency_worker_minutes
            + today.emergency_member_minutes
            + today.emergency_staff_minutes
            + today.emergency_resident_minutes
        )
        return Cost(minutes, minutes / 60.0 * p.wage + today.visitors * KIT_YUAN)
