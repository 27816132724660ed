"""What hours alone cannot resolve, where the probability is known."""

from dataclasses import replace

import pytest

from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.matters import KINDS, NEEDS_DEPARTMENT, NEEDS_MONEY
from linli.model.objects.places import Matter
from linli.model.parameters import beyond_range, mechanisms_off

LANE = scenarios.load("lane").but(burn_in=0)


class Trying(Community):
    """Notes by kind whether the first attempt resolved a matter: each is certain but for what is lacking."""

    def __init__(self, **parameters: float) -> None:
        self.tried: list[tuple[int, bool]] = []
        place = replace(LANE.place, workers=12)
        alone = {
            "theta_mean": -1000.0, "theta_v": 1000.0, "s0": 1.0, "s1": 0.0, "s2": 0.0, "nu": 0.0,
            "arrivals": 6.0, "moves": 0.0, "deadline": 30, "s_ask": 0.0,
        }  # fmt: skip
        chosen = beyond_range(**{**mechanisms_off(), **alone, **parameters})
        super().__init__(LANE.but(place=place, parameters=chosen))

    def end_matter(self, matter: Matter, status: int) -> None:
        if matter.need == 0:
            self.tried.append((matter.kind, status == 2))
        super().end_matter(matter, status)


@pytest.mark.parametrize(
    ("money", "department", "hindered"), [(1, 0, 0), (0, 1, 0), (1, 1, 0), (0.5, 0.5, 0.4)]
)
def test_success_by_kind(money: float, department: float, hindered: float) -> None:
    """Each need is there with its kind's share and multiplies success, independently of the other."""
    world = Trying(needs_money=money, needs_department=department, hindered=hindered)
    for _ in range(200):
        world.step()
    for kind in range(len(KINDS)):
        found = [resolved for which, resolved in world.tried if which == kind]
        chance = 1.0
        for share in (money * NEEDS_MONEY[kind], department * NEEDS_DEPARTMENT[kind]):
            chance *= 1 - share * (1 - hindered)
        assert len(found) > 30
        assert abs(sum(found) - chance * len(found)) <= 4 * (len(found) * chance * (1 - chance)) ** 0.5


def test_with_nothing_needed_every_attempt_resolves() -> None:
    world = Trying(hindered=0.0)
    for _ in range(60):
        world.step()
    assert len(world.tried) > 50
    assert all(resolved for _, resolved in world.tried)
