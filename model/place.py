"""A place in figures: one community, or a city of many."""

from dataclasses import dataclass

from model.errors import InputError, count_of, number_of

_COUNTS = {
    "residents": 2,
    "households": 2,
    "planned_compounds": 0,
    "mixed_compounds": 0,
    "grids": 1,
    "workers": 1,
    "managed_members": 0,
    "serving_members": 0,
    "sunk_members": 0,
    "volunteers": 0,
    "firms": 0,
    "managed_compounds": 0,
    "households_per_building": 1,
    "communities": 1,
    "sampled": 0,
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """One community in figures, or a city of many. Counts unless said otherwise.

    serving_members: managed members who lead a branch or group and serve for good; sunk_members: registered
    with the community when the run begins; managed_compounds: compounds with a property firm (planned ones
    first); planned_weight: size of a planned compound relative to a mixed one; owners: share [0, 1];
    communities: of a city, whose other figures are sums over them; size_spread: sd of the log of their sizes;
    sampled: so many of them are simulated, whole (0: all).
    """

    residents: int
    households: int
    planned_compounds: int
    mixed_compounds: int
    grids: int
    workers: int
    managed_members: int
    serving_members: int
    sunk_members: int
    volunteers: int
    firms: int
    managed_compounds: int
    households_per_building: int = 24
    planned_weight: float = 3.0
    owners: float = 0.7
    communities: int = 1
    size_spread: float = 0.5
    sampled: int = 0

    @property
    def compounds(self) -> int:
        """All compounds: planned ones and mixed ones."""
        return self.planned_compounds + self.mixed_compounds

    def __post_init__(self) -> None:
        for name, low in _COUNTS.items():
            object.__setattr__(self, name, count_of(f"place.{name}", getattr(self, name), low, 2**31 - 1))
        object.__setattr__(self, "owners", number_of("place.owners", self.owners, 0, 1))
        weight = number_of("place.planned_weight", self.planned_weight, 0.01, 1000)
        object.__setattr__(self, "planned_weight", weight)
        spread = number_of("place.size_spread", self.size_spread, 0, 2)
        object.__setattr__(self, "size_spread", spread)
        self._fits("sampled", self.communities, "communities")
        for name in ("residents", "households", "compounds", "grids", "workers"):
            self._fits_each(name)
        self._fits("households", self.residents, "residents")
        self._fits("compounds", self.households, "households")
        self._fits("grids", self.compounds, "compounds")
        self._fits("managed_compounds", self.compounds, "compounds")
        self._fits("managed_members", self.households, "households: every one has an adult")
        self._fits("serving_members", self.managed_members, "managed_members")
        self._fits("volunteers", self.households, "households: every one has an adult")
        self._fits("firms", self.managed_compounds, "managed_compounds: a firm needs one")
        if self.compounds < 1:
            raise InputError("place: at least one compound is needed, planned or mixed")
        if self.managed_compounds and not self.firms:
            raise InputError("place.managed_compounds: compounds under management need place.firms")

    def _fits(self, name: str, limit: int, what: str) -> None:
        if getattr(self, name) > limit:
            raise InputError(f"place.{name} = {getattr(self, name)} is more than the {limit} {what}")

    def _fits_each(self, name: str) -> None:
        """Every community of a city needs its own."""
        each = 2 if name in ("residents", "households") else 1
        if self.communities > 1 and getattr(self, name) < each * self.communities:
            raise InputError(f"place.{name}: {self.communities} communities need at least {each} each")
