"""An enterprise or institution of the area: linked to the community, it may send people and open a room."""

from typing import Any

from linli.agents.actor import Actor
from linli.agents.rules.linked_unit import is_linked, is_service_day, keeps_its_word
from linli.agents.rules.work_time import minutes, share_of
from linli.agents.traits import BY_UNIT


class LinkedUnit(Actor):
    """A unit of the area. The names of the attributes are those of `agents.traits.UNIT`."""

    def __init__(
        self,
        model: Any,
        number: int,
        *,
        compound: int,
        service_day: int,
        rank: float,
        will: float,
        trade: int,
    ) -> None:
        super().__init__(model)
        self.number = number
        self.compound = compound
        self.service_day = service_day
        self.rank = rank
        self.will = will
        self.trade = trade

    @property
    def is_linked(self) -> bool:
        """Whether it has signed."""
        return bool(is_linked(self.rank, self.model.levers.units))

    @property
    def keeps_its_word(self) -> bool:
        """Whether it does what it signed."""
        levers = self.model.levers
        return bool(keeps_its_word(self.rank, self.will, levers.units, levers.units_serve))

    def works(self, day: int) -> None:
        """On its service day its people work on the compound's reported matters of the kinds they can do,
        oldest first; what is left is general service in every building there."""
        if not (self.keeps_its_word and is_service_day(day, self.service_day)):
            return
        model, compound = self.model, self.model.compounds[self.compound]
        pool = minutes(model.parameters.unit_day)
        left = model.work_down(compound.matters, pool, BY_UNIT + self.trade)
        for k, building in enumerate(compound.buildings):
            building.service += share_of(left, len(compound.buildings), k)
        model.today.unit_days += 1
        model.today.unit_matter_minutes += pool - left
        model.today.unit_service_minutes += left
