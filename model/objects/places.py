"""Compounds 小区 and their buildings: where matters are seen and neighbours live."""

from typing import TYPE_CHECKING

from linli.agents.rules.occasion import occasion_rate
from linli.model.matters import Matter

if TYPE_CHECKING:
    from linli.agents.property_firm import PropertyFirm
    from linli.agents.resident import Resident
    from linli.model.community import Community
    from linli.model.objects.posts import Posts


class Building:
    """A building. residents: who lives here; open_matters: unfinished ones of its own; head: an adult;
    posts: those whose beat it is."""

    __slots__ = (
        "_rates",
        "_rates_on",
        "adults",
        "compound",
        "discouragements",
        "encouragements",
        "head",
        "number",
        "open_matters",
        "posts",
        "residents",
    )

    def __init__(self, number: int, compound: "Compound") -> None:
        self.number = number
        self.compound = compound
        self.residents: list[Resident] = []
        self.adults: list[Resident] = []
        self.head: Resident | None = None
        self.open_matters = 0
        self.encouragements = 0
        self.discouragements = 0
        self.posts: list[int] = []
        self._rates_on = -1
        self._rates: dict[float, tuple[float, float]] = {}

    def serving(self, posts: "Posts") -> int:
        """How many members serve here: those whose beat it is."""
        return sum(not posts.free[post] for post in self.posts)

    def occasion_rates(self, community: "Community", factor: float) -> tuple[float, float]:
        """Today's rate of occasions of whoever lives here, and what it would be without the council [1/day].

        factor: of the day. Need is in sight for the whole building alike, so a rate is worked out once a day.
        """
        if self._rates_on != community.day:
            self._rates_on, self._rates = community.day, {}
        if factor not in self._rates:
            p, council = community.parameters, community.levers.council
            sight = self.open_matters + self.compound.open_shared
            rates = [
                occasion_rate(p.lambda0, p.council_occasions, power, p.mu, sight, p.n_bar, factor)
                for power in (council, 0.0)
            ]
            self._rates[factor] = rates[0], rates[1]
        return self._rates[factor]


class Compound:
    """A compound. matters: all unfinished ones, oldest first; grid, firm: who is responsible."""

    __slots__ = (
        "adults",
        "arisen",
        "firm",
        "grid",
        "key",
        "matters",
        "number",
        "open_shared",
        "rank",
        "residents",
    )

    def __init__(self, number: int, key: int, grid: int, rank: float) -> None:
        self.number = number
        self.key = key
        self.grid = grid
        self.rank = rank
        self.firm: PropertyFirm | None = None
        self.residents: list[Resident] = []
        self.adults: list[Resident] = []
        self.matters: list[Matter] = []
        self.open_shared = 0
        self.arisen = 0

    def is_controlled(self, share: float) -> bool:
        """Whether it is among the share of compounds under joint control. rank: its place in (0, 1]."""
        return self.rank <= share

    def effort(self, x0: float) -> float:
        """Effort of its property firm; the usual one where there is none."""
        return self.firm.effort if self.firm else x0

    def opens(self, matter: Matter) -> None:
        """A matter comes to the back of the queue and into sight."""
        self.matters.append(matter)
        if matter.is_shared:
            self.open_shared += 1
        else:
            matter.building.open_matters += 1

    def ends(self, matter: Matter) -> None:
        """A matter leaves the queue and is out of sight."""
        self.matters.remove(matter)
        if matter.is_shared:
            self.open_shared -= 1
        else:
            matter.building.open_matters -= 1

    def sent_back(self, matter: Matter) -> None:
        """A matter goes to the back of the queue."""
        self.matters.remove(matter)
        self.matters.append(matter)
