"""An owners' committee of a compound: presses the property firm, as long as owners stand behind it."""

from typing import Any

from linli.agents.actor import Actor
from linli.agents.rules.owners_committee import initiative_next_month, initiative_wanted
from linli.agents.rules.property_service import share_of_others
from linli.agents.traits import BY_FIRM, BY_RESIDENT


class OwnersCommittee(Actor):
    """A committee. initiative: [0, 1]; acts: of residents of the compound this month; forces_work: done this
    month by the community's forces on what is a firm's to do, and all_work by anybody [minute-percent]."""

    def __init__(self, model: Any, compound: Any) -> None:
        super().__init__(model)
        self.compound = compound
        self.initiative = 0.0
        self.acts = self.forces_work = self.all_work = 0

    def sees_work(self, actor: int, done: int) -> None:
        """Somebody worked on what is a firm's to do. done: [minute-percent]."""
        self.all_work += done
        if actor not in (BY_RESIDENT, BY_FIRM):
            self.forces_work += done

    def month_ends(self) -> None:
        """Initiative follows what residents did this month, and what was done for them."""
        by_forces = share_of_others(self.all_work - self.forces_work, self.forces_work)
        wanted = initiative_wanted(self.acts, len(self.compound.adults), by_forces)
        self.initiative = initiative_next_month(self.initiative, wanted, self.model.parameters.eta_c)
        self.acts = self.forces_work = self.all_work = 0
