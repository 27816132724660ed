"""A matter on which nothing can be done is out of sight, and nothing else about it changes."""

import numpy as np
import pytest

from linli.model import scenario as scenarios
from linli.model.city import City
from linli.model.community import Community
from linli.model.measures.record import COLUMNS
from linli.model.objects.places import Matter

LANE = scenarios.load("lane").but(burn_in=0, days=60)
FAILING = {"s0": 0.1, "s1": 0.0, "s2": 0.0, "nu": 0.2}
NEED = COLUMNS.index("need_in_sight")


def is_dead(matter: Matter) -> bool:
    """All hours of a failed attempt are done, and nobody takes it up again."""
    return matter.need == 0 and matter.minutes == 0


def who_would_see(matter: Matter) -> int:
    return len(matter.compound.adults if matter.is_shared else matter.building.adults)


def test_without_occasions_from_need_they_differ_in_sight_alone() -> None:
    """mu = 0: what is in sight moves nothing, so that two worlds stay the same but for what is seen. What one
    sees more is, evening by evening, what is dead, once for every adult who would see it."""
    seeing = Community(LANE, mu=0.0, sees_dead=1, **FAILING)
    blind = Community(LANE, mu=0.0, sees_dead=0, **FAILING)
    days_with_dead = 0
    for _ in range(60):
        seeing.step()
        blind.step()
        dead = sum(who_would_see(matter) for matter in blind.queue if is_dead(matter))
        assert seeing.today.need_in_sight - blind.today.need_in_sight == dead
        days_with_dead += dead > 0
    assert days_with_dead > 20
    others = [at for at in range(len(COLUMNS)) if at != NEED]
    assert np.array_equal(np.array(seeing.records)[:, others], np.array(blind.records)[:, others])


def test_it_teaches_when_it_ends() -> None:
    """Trust falls by the matter's end, whether it was in sight until then or not."""
    trust = [
        City(LANE, mu=0.0, sees_dead=sees_dead, **FAILING).run().measures()["trust"] for sees_dead in (0, 1)
    ]
    assert trust[0] == trust[1] < 0.5


@pytest.mark.parametrize("mu", [0.3, 1.0])
def test_where_matters_give_occasions_dead_ones_give_none(mu: float) -> None:
    occasions = [
        City(LANE, mu=mu, sees_dead=sees_dead, **FAILING).run().rows[:, COLUMNS.index("occasions")].sum()
        for sees_dead in (0, 1)
    ]
    assert occasions[0] < occasions[1]
