"""Whom a strategy of asking puts on a worker's list: fixed lists for each grid."""

from linli.agents.resident import Resident
from linli.agents.traits import CHILD, ELDER
from linli.model.objects.neighbourhood import Neighbourhood
from linli.model.policies.ask import BUILDING_HEADS, GRANDCHILDREN, HUBS, ISOLATED, TENTH


class AskingLists:
    """Lists of adults to visit, by grid and strategy; where a list would be empty, everybody is on it."""

    def __init__(self, neighbourhood: Neighbourhood) -> None:
        self._neighbourhood = neighbourhood
        self._lists: dict[tuple[int, int], tuple[list[Resident], bool]] = {}

    def people(self, grid: int) -> tuple[list[Resident], bool]:
        """Who may be visited in a grid today, and whether the ask comes through a grandchild."""
        strategy = self._neighbourhood.levers.ask
        if (grid, strategy) not in self._lists:
            everybody = [a for c in self._neighbourhood.compounds if c.grid == grid for a in c.adults]
            chosen = self._chosen(everybody, strategy)
            self._lists[grid, strategy] = chosen or everybody, bool(chosen) and strategy == GRANDCHILDREN
        return self._lists[grid, strategy]

    def _chosen(self, adults: list[Resident], strategy: int) -> list[Resident]:
        few = max(1, len(adults) // TENTH)
        if strategy == HUBS:
            return sorted(adults, key=lambda a: (-len(a.ties), a.number))[:few]
        if strategy == ISOLATED:
            return sorted(adults, key=lambda a: (len(a.ties), a.number))[:few]
        if strategy == BUILDING_HEADS:
            return [a for a in adults if a.home_building.head is a]
        if strategy == GRANDCHILDREN:
            return [a for a in adults if a.age >= ELDER and self._lives_with_child(a)]
        return adults

    def _lives_with_child(self, resident: Resident) -> bool:
        return any(other.age == CHILD for other in self._neighbourhood.households[resident.household])
