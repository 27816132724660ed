"""A household as far as it sorts its waste: it decides once a month, where a policy has brought sorting."""

from typing import Any

from linli.agents import decision
from linli.agents.actor import Actor
from linli.agents.chance import draw
from linli.agents.rules.waste_sorting import appeal_of_sorting, is_taught, sorts
from linli.agents.traits import CHILD


class SortingHousehold(Actor):
    """A household. number: local id; key: entity of the draws; people: who lives in it; sorts: 0 or 1."""

    def __init__(self, model: Any, number: int, key: int, people: list[Any]) -> None:
        super().__init__(model)
        self.number = number
        self.key = key
        self.people = people
        self.sorts = 0

    def children_taught(self) -> int:
        """How many of its children are among those who are taught."""
        model, share = self.model, self.model.levers.taught
        if share == 0.0:
            return 0
        return sum(
            is_taught(share, draw(model.seed, child.key, 0, decision.TAUGHT, child.predecessors))
            for child in self.people
            if child.age == CHILD
        )

    def decides(self, day: int, share: float) -> None:
        """Sort or not, for a month. share: of the building's households, those that sorted last month."""
        model, p, home = self.model, self.model.parameters, self.people[0]
        taught = self.children_taught()
        model.today.children_taught += taught
        appeal = appeal_of_sorting(
            p.theta_s, p.J_s, share, p.taught, taught > 0, p.honour, p.given_up, home.home_compound.standing,
            p.w_s, home.home_building.serving(model.posts.free) > 0,
        )  # fmt: skip
        self.sorts = int(sorts(appeal, draw(model.seed, self.key, day, decision.SORTS, 0)))

    def begins_anew(self) -> None:
        """Others move in, who do not sort yet."""
        self.sorts = 0
