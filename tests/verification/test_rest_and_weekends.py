"""Rest and weekends: days on which people act follow from the rest of each and from the day of the week."""

import math

import networkx as nx
import numpy as np
import pytest

from linli.agents.traits import ELDER
from linli.model.theory import theory_world

N = 60
RING = nx.circulant_graph(N, [1])


@pytest.mark.parametrize(("rest_motive", "days_between"), [(0.0, (2, 2, 2)), (1.0, (1, 2, 3))])
def test_a_core_acts_daily(rest_motive: float, days_between: tuple[int, ...]) -> None:
    """With R = 1 and motives of 3, 0 and -1 standard deviations around a mean so high that all always act.

    exp(-3) of a day is none, the mean rests for one, exp(1) is more than the two that are most.
    """
    mean, sigma, days = 1000.0, 100.0, 60
    motives = np.repeat([mean + 3 * sigma, mean, mean - sigma], N // 3)
    world = theory_world(
        RING, theta=motives, theta_mean=mean, sigma=sigma, R=1, rest_motive=rest_motive, days=days
    )
    acts = np.zeros(N, dtype=int)
    for day in range(days):
        world.step()
        acts += [resident.last_acted == day for resident in world.residents]
    assert acts.tolist() == [days // between for between in days_between for _ in range(N // 3)]


@pytest.mark.parametrize("weekend", [0.3, 1.0, 1.4, 3.0])
def test_weekends_have_their_share_of_occasions(weekend: float) -> None:
    """Occasions at the rate lambda0 weekend on two days and lambda0 (7 - 2 weekend) / 5 on five, all taken;
    those of sixty and over have lambda0 on all. Four standard errors of the counts."""
    weeks, lambda0 = 60, 0.2
    world = theory_world(RING, theta=1000.0, lambda0=lambda0, weekend=weekend, days=7 * weeks)
    for resident in world.residents[: N // 2]:
        resident.age = ELDER
    acts = np.zeros((2, 7))
    for day in range(7 * weeks):
        world.step()
        acted = np.array([resident.last_acted == day for resident in world.residents])
        acts[:, day % 7] += acted[: N // 2].sum(), acted[N // 2 :].sum()
    at_work = np.array([(7 - 2 * weekend) / 5] * 5 + [weekend] * 2)
    for counted, factor in zip(acts, (np.ones(7), at_work), strict=True):
        trials, rate = weeks * N // 2, lambda0 * factor
        error = np.sqrt(trials * rate * (1 - rate))
        assert (np.abs(counted - trials * rate) < 4 * error).all()
        assert abs(counted.sum() - 7 * trials * lambda0) < 4 * math.sqrt((error**2).sum())
