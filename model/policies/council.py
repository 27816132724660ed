"""Residents' council 议事会 with returned powers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from model.levers import Levers, toward
from model.parameters import Parameters
from model.policies.policy import Cost, Policy, option
from model.record import Record

if TYPE_CHECKING:
    from model.place import Place

MEETING_YUAN = 5.0
"""Room, tea and minutes, for each resident at a meeting (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Council(Policy):
    """A council that decides: more occasions to take part, each with a meeting."""

    name: ClassVar[str] = "council"
    en: ClassVar[str] = "empower the residents' council"
    zh: ClassVar[str] = "赋权议事会"
    who: ClassVar[str] = "adult residents"
    changes: ClassVar[str] = "occasions to take part, and how much is learnt from own experience"
    costs: ClassVar[str] = "residents' hours in meetings, which tire; rooms and minutes"
    fails: ClassVar[str] = (
        "meetings take time and leave people tired; where matters fail, deliberation teaches that too"
    )

    power: float = option(1.0, 0, 1, "share", "how much the council decides", "议事会的权力")

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move the council's power."""
        levers.council = toward(levers.council, self.power, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """The time of the meetings that were held."""
        minutes = today.meeting_minutes
        return Cost(minutes, minutes / 60.0 * p.wage + today.meetings * MEETING_YUAN)
