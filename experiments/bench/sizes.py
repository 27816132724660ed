"""How large the parts of the benchmark are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from linli.model.errors import InputError, count_of
from linli.model.policies import policies_from
from linli.model.scenario import Scenario, load

MOST_AGENTS = 3_000_000
"""As objects, a million agents take about two gigabytes."""


@dataclass(frozen=True)
class Sizes:
    """What is run. Days and rounds are counts; a round takes the time of every arm once.

    place, days: of the comparison of the engines; calls: of the library; city, city_days: of the large city;
    policies: that act in engines and city from the first day of the run; communities: how many of them each
    step of the scaling takes, None for all; agents, our_days, mesa_days, scipy_days: of the
    contagion; triad: elements of an array of the machine's test.
    """

    rounds: int = 5
    place: str = "donghu"
    days: int = 365
    calls: int = 60
    city: str = "chengdu"
    city_days: int = 365
    policies: str = ""
    communities: tuple[int | None, ...] = (20, 65, 200, 650, 2000, None)
    scaling_days: int = 30
    agents: tuple[int, ...] = (100_000, 1_000_000)
    our_days: int = 10
    mesa_days: int = 1
    scipy_days: int = 4
    triad: int = 20_000_000

    def of(self, name: str) -> Scenario:
        """A scenario with the policies, which act from the first day on: there is no burn-in."""
        named = load(name)
        return named.but(burn_in=0, policies=(*named.policies, *policies_from(self.policies)))


FULL = Sizes()
SMALL = Sizes(
    rounds=2,
    place="lane",
    days=12,
    calls=4,
    city="chengdu-sample",
    city_days=12,
    communities=(3, 6),
    scaling_days=6,
    agents=(2_000,),
    triad=1_000_000,
)


def sizes(small: bool, agents: str | None, policies: Sequence[str] = ()) -> Sizes:
    """The sizes asked for. agents: numbers with commas between; policies: texts. InputError if they cannot
    be."""
    policies_from(";".join(policies))
    chosen = replace(SMALL if small else FULL, policies=";".join(policies))
    if agents is None:
        return chosen
    counts = tuple(count_of("--agents", text.strip(), 100, MOST_AGENTS) for text in agents.split(","))
    if len(set(counts)) < len(counts):
        raise InputError(f"--agents {agents}: a size is given twice")
    return replace(chosen, agents=counts)
