"""The two engines that can run the days, by name, and what both of them can do."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, Self

from numpy.typing import NDArray

from linli.model.errors import unknown
from linli.model.parameters import Parameters
from linli.model.policies import Policy
from linli.model.scenario import Scenario, Seeding

if TYPE_CHECKING:
    import pandas as pd

    from linli.model.measures import Totals, Window
    from linli.model.network import Network
    from linli.model.population import Population

ENGINES = ("mesa", "array")
"""What can run the days: `model.community` on Mesa, `model.city` on arrays. They agree to the last bit."""


class Engine(Protocol):
    """What both engines can do. For the arguments see `model.community.Community`.

    day: the morning it stands on, counted from the first day of the run; totals: what does not change, such
    as the number of residents.
    """

    settings: Scenario
    parameters: Parameters
    seed: int
    day: int
    totals: "Totals"

    def __init__(
        self,
        scenario: str | Scenario = ...,
        *,
        policies: str | Sequence[Policy | str] = ...,
        rng: Seeding = ...,
        population: "Population | None" = ...,
        network: "Network | None" = ...,
        number: int | None = ...,
        **parameters: float,
    ) -> None: ...

    def run(self, progress: Callable[[], None] | None = None) -> Self:
        """Run to the end of the scenario."""

    def run_to(self, day: int, progress: Callable[[], None] | None = None) -> Self:
        """Run until the morning of a day."""

    def branch(self, policies: str | Sequence[Policy | str]) -> Self:
        """A twin that goes on from today with further policies."""

    @property
    def records(self) -> list[tuple[int, ...]]:
        """The record of every day so far."""

    def window(self, first: int = 0, last: int | None = None) -> "Window":
        """The records of some days, to take measures of."""

    def measures(self) -> dict[str, float]:
        """Every measure over the days after the burn-in."""

    def daily(self) -> "pd.DataFrame":
        """Every measure day by day."""

    def columns(self, of: str = "resident") -> dict[str, NDArray[Any]]:
        """The state of all agents of a kind."""


def checked_engine(name: str) -> str:
    """The name of an engine that there is, or an InputError."""
    if name not in ENGINES:
        raise unknown("engine", name, ENGINES)
    return name


def engine_of(name: str) -> type[Engine]:
    """The engine of a name: objects to read and ask ("mesa"), tables to run fast ("array").

    Imported when it is asked for: a process that runs tables has no use for objects.
    """
    if name == "mesa":
        from linli.model.community import Community

        return Community
    from linli.model.city import City

    return City
