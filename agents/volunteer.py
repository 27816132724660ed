"""A volunteer: a role that a resident takes on. To be registered is not to be active."""

from typing import Any

import mesa

from linli.agents import decision
from linli.agents.chance import draw
from linli.agents.resident import Resident
from linli.agents.rules.asking import CALL, KNOWN
from linli.agents.rules.volunteering import lapses, may_lapse


class Volunteer(mesa.Agent):
    """A place on the register of volunteers. resident: whose; since: day of registration."""

    def __init__(self, model: Any, resident: Resident, since: int) -> None:
        super().__init__(model)
        self.resident = resident
        self.since = since
        resident.volunteer = self

    def remove(self) -> None:
        """Leave the register."""
        self.resident.volunteer = None
        super().remove()

    def is_called(self, day: int) -> None:
        """A call from the list: an ask by somebody known."""
        self.resident.hear(KNOWN, day, CALL)

    def considers_leaving(self, day: int) -> bool:
        """Once a month, after a long time without an act: whether to leave."""
        p = self.model.parameters
        if not may_lapse(day, self.resident.last_acted, self.since, p.lapse_after):
            return False
        return lapses(p.delta_V, draw(self.model.seed, self.resident.key, day, decision.LAPSES, 0))
