"""A property firm: works on what it serves, and adjusts its effort to fees and to joint control."""

from typing import Any

from linli.agents.actor import Actor
from linli.agents.rules.appraisal import pressed_by_residents
from linli.agents.rules.learning import QUANTUM, quanta
from linli.agents.rules.owners_committee import pressed_by_committees
from linli.agents.rules.property_service import effort_after, pays, share_of_others, supply_minutes
from linli.agents.traits import BY_FIRM


class PropertyFirm(Actor):
    """A firm that serves compounds. effort, paid: [0, 1]; compounds: those it serves."""

    def __init__(self, model: Any, number: int, compounds: list[Any]) -> None:
        super().__init__(model)
        self.number = number
        self.compounds = compounds
        self.effort: float = model.parameters.x0
        self.paid: float = pays(model.parameters.pi, 0.5)

    def works(self) -> None:
        """A day's supply to each compound, on its reported matters, in the order of the day."""
        model = self.model
        for compound in self.compounds:
            pool = supply_minutes(model.parameters.firm_h, self.effort)
            model.today.firm_minutes += pool - model.work_in_order(compound.matters, pool, BY_FIRM)

    def collects_fees(self) -> None:
        """Monthly: who is satisfied pays."""
        pi = self.model.parameters.pi
        payers = [resident for compound in self.compounds for resident in compound.adults]
        paid = sum(quanta(pays(pi, resident.satisfaction)) for resident in payers)
        self.paid = paid / (QUANTUM * len(payers))

    def adjusts_effort(self) -> None:
        """Monthly: fees, joint control, and what others did of its work move effort."""
        p = self.model.parameters
        controlled = sum(
            compound.is_controlled(self.model.levers.joint_control) for compound in self.compounds
        )
        share = controlled / len(self.compounds)
        by_others = share_of_others(
            sum(compound.firm_work for compound in self.compounds),
            sum(compound.others_work for compound in self.compounds),
        )
        self.effort = effort_after(
            self.effort, p.x0, p.eta_x, p.b1, p.b2, self.paid, p.pi, share, p.b3, by_others, self._pressed()
        )

    def _pressed(self) -> float:
        """What an appraisal by residents and owners' committees ask of it."""
        p, appraisal = self.model.parameters, self.model.levers.appraisal
        committees = [compound.committee for compound in self.compounds]
        initiative = sum(quanta(committee.initiative) for committee in committees if committee is not None)
        pressed: float = pressed_by_committees(p.b_c, initiative / (QUANTUM * len(committees)))
        if appraisal > 0.0:
            pressed += pressed_by_residents(appraisal, p.b4, self._felt())
        return pressed

    def _felt(self) -> float:
        """Mean satisfaction of adults in its compounds."""
        judges = [resident for compound in self.compounds for resident in compound.adults]
        return sum(quanta(resident.satisfaction) for resident in judges) / (QUANTUM * len(judges))
