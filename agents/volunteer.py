"""A volunteer: a role that a resident takes on. To be registered is not to be active."""

from typing import Any

from linli.agents import decision
from linli.agents.actor import Shown
from linli.agents.chance import draw
from linli.agents.resident import Resident
from linli.agents.rules.asking import CALL, KNOWN
from linli.agents.rules.volunteering import lapses, may_lapse
from linli.agents.traits import NEVER


class Volunteer(Shown):
    """A place on the register of volunteers, which the community keeps by the number of the resident.

    resident: whose; day: of registration, the resident's `registered`.
    """

    def __init__(self, model: Any, resident: Resident, day: int) -> None:
        super().__init__(model)
        self.resident = resident
        resident.registered = day
        model.volunteer_of[resident.number] = self

    @property
    def number(self) -> int:
        """That of the resident."""
        return self.resident.number

    def _repr_html_(self) -> str:
        return self.resident._repr_html_()

    def remove(self) -> None:
        """Leave the register."""
        self.resident.registered = NEVER
        del self.model.volunteer_of[self.resident.number]
        super().remove()

    def is_called(self, day: int) -> None:
        """A call from the list: an ask by somebody known."""
        self.resident.hear(KNOWN, day, CALL)

    def considers_leaving(self, day: int) -> bool:
        """Once a month, after a long time without an act: whether to leave."""
        p, resident = self.model.parameters, self.resident
        if not may_lapse(day, resident.last_acted, resident.registered, p.lapse_after):
            return False
        rate = p.delta_V * self.model.share_that_leaves
        return lapses(rate, draw(self.model.seed, resident.key, day, decision.LAPSES, 0))
