"""Departments, as far as a community can call on them: matters on their way to one, and its time for them."""

from typing import Any

from linli.agents import decision
from linli.agents.actor import Actor
from linli.agents.chance import draw, draws
from linli.agents.rules.departments import (
    NOT_CALLED,
    SERVED,
    WITH_THE_DEPARTMENT,
    chance_of_bouncing,
    is_between_hands,
    is_due,
    minutes_of_day,
    stage_after,
    stage_of_found,
)
from linli.agents.rules.resolution import REPORTED, hours_of_work


class Departments(Actor):
    """Departments of the street, and what they have for this community. usual: its part of their time
    [minutes a week] (0: matters are not called to any); week: what it has of it this week, another where a
    street pools it."""

    def __init__(self, model: Any, usual: int) -> None:
        super().__init__(model)
        self.usual = self.week = usual

    @property
    def are_at_work(self) -> bool:
        """Whether they have time for the community; in an emergency ordinary matters wait."""
        return self.usual > 0 and not self.model.emergency.is_under_way

    def receive(self, day: int) -> None:
        """In the morning matters that need a department are called; hand-overs end, or bounce and begin
        anew."""
        model, p, levers = self.model, self.model.parameters, self.model.levers
        chance = chance_of_bouncing(p.bounce, levers.coordination, levers.routing, levers.coverage)
        for matter in model.queue:
            if matter.status != REPORTED:
                continue
            if matter.stage == NOT_CALLED:
                matter.stage, matter.handed = stage_of_found(model.needs(matter)[1]), day
                if is_between_hands(matter.stage):
                    matter.due = self._work(matter)
            elif is_between_hands(matter.stage) and is_due(day, matter.handed, p.handover_days):
                self._ends_handover(matter, day, chance)

    def _work(self, matter: Any) -> int:
        """What a department has to do for a matter [minutes]."""
        _, _, u, _ = draws(self.model.seed, matter.compound.key, 0, decision.NEEDS, matter.serial)
        return int(hours_of_work(self.model.parameters.department_work, u))

    def _ends_handover(self, matter: Any, day: int, chance: float) -> None:
        today, before = self.model.today, matter.stage
        u = draw(self.model.seed, matter.compound.key, day, decision.HANDED_OVER, matter.serial)
        matter.stage, matter.handed = stage_after(before, chance, u), day
        today.bounces += matter.stage == before
        if matter.stage == WITH_THE_DEPARTMENT:
            today.received += 1
            today.received_after_days += day - matter.reported

    def work(self, day: int) -> None:
        """The day's minutes go to what departments have received, in the order of the queue."""
        left = pool = minutes_of_day(day, self.week)
        for matter in self.model.queue:
            if left == 0:
                break
            if matter.stage == WITH_THE_DEPARTMENT:
                spent = min(left, matter.due)
                matter.due -= spent
                left -= spent
                if matter.due == 0:
                    self._has_served(matter)
        self.model.today.department_minutes += pool - left
        self.model.today.department_idle_minutes += left

    def _has_served(self, matter: Any) -> None:
        """A department has done its part; what the community had given up is taken up again."""
        matter.stage = SERVED
        self.model.today.departments_served += 1
        if matter.is_given_up:
            if not matter.is_in_sight(self.model.parameters.sees_dead):
                matter.compound.sees(matter, 1)
            matter.starts_over()
