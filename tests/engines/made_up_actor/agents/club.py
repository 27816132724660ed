"""A mutual-aid club: gives hours to people's matters each month. Made up, to show how an actor is added."""

from typing import Any

import mesa

from linli.agents.rules.club import left_this_month
from linli.agents.traits import BY_CLUB


class Club(mesa.Agent):
    """A club of the community. left: minutes of this month not given yet; given: minutes since it began."""

    def __init__(self, model: Any, number: int) -> None:
        super().__init__(model)
        self.number = number
        self.left = 0
        self.given = 0

    def works(self) -> None:
        """What is left of the month's hours meets the community's reported matters, oldest first."""
        model = self.model
        pool = left_this_month(model.day, self.left, model.parameters.club_hours)
        self.left = model.work_down(model.queue, pool, BY_CLUB)
        self.given += pool - self.left
        model.today.club_minutes += pool - self.left
