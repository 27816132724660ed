"""What service prevents, where the probability is known, and what it leaves alone."""

import pytest

from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.matters import SERVED
from linli.model.objects.places import Matter
from linli.model.parameters import beyond_range

LANE = scenarios.load("lane").but(burn_in=0)


class Serviced(Community):
    """So many minutes of service an adult in every building last month, whatever people do; notes matters."""

    def __init__(self, prevent_service: float, minutes: int) -> None:
        self.arisen: dict[tuple[int, int], Matter] = {}
        self.given = minutes
        chosen = beyond_range(theta_mean=-1000.0, arrivals=10.0, moves=0.0, prevent_service=prevent_service)
        super().__init__(LANE.but(parameters=chosen))

    def open_matter(self, matter: Matter) -> None:
        self.arisen[matter.compound.number, matter.serial] = matter
        super().open_matter(matter)

    def step(self) -> None:
        for building in self.buildings:
            building.service_before = self.given * len(building.adults)
        super().step()


@pytest.mark.parametrize(("most", "minutes"), [(1.0, 30), (0.5, 90), (1.0, 10), (1.0, 0), (0.0, 1000)])
def test_the_share_that_does_not_arise(most: float, minutes: int) -> None:
    """most g / (g + 30) of the kinds served; all others arise as they would have, to the last minute."""
    with_it, without = Serviced(most, minutes), Serviced(0.0, 0)
    for _ in range(150):
        with_it.step()
        without.step()
    assert with_it.arisen.keys() <= without.arisen.keys()
    for which, matter in with_it.arisen.items():
        twin = without.arisen[which]
        assert (matter.kind, matter.work, matter.affected.number) == (
            twin.kind,
            twin.work,
            twin.affected.number,
        )
    prevented = [matter for which, matter in without.arisen.items() if which not in with_it.arisen]
    assert all(SERVED[matter.kind] for matter in prevented)
    could = sum(bool(SERVED[matter.kind]) for matter in without.arisen.values())
    share = most * minutes / (minutes + 30)
    assert could > 400
    assert abs(len(prevented) - share * could) <= 4 * (could * share * (1 - share)) ** 0.5
