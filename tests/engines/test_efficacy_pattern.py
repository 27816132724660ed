"""A pattern: whoever acts more has more efficacy, unless matters truly fail (Collins, Neal & Neal 2014).

Efficacy by acts of the second year in Donghu. On the ground floor the sign is the opposite: each failed
attempt punishes whoever worked on it.
"""

import numpy as np
import pytest

from linli.model.city import City
from linli.model.measures.spans import YEAR
from linli.model.scenario import load

PUNISHING = {"learn_at_end": 0, "expects": 0.0, "eta_b": 0.0, "thanked": 0.0}
"""As on the ground floor: every attempt teaches, against no expectation."""
CLASSES = ((0, 0), (1, 1), (2, 4), (5, 9), (10, YEAR))
"""Acts in the year, from and to."""


def by_acts(seed: int, **given: float) -> tuple[float, list[float]]:
    """The correlation of adults' efficacy with their acts in the year, and mean efficacy by class of acts."""
    city = City(load("donghu").but(burn_in=YEAR, days=YEAR, seed=seed), days_per_pass=1, **given).run_to(YEAR)
    acts = np.zeros(len(city.world.last_acted))
    for day in range(YEAR, 2 * YEAR):
        acts += city.run_to(day + 1).world.last_acted == day
    adult = city.columns()["age"] > 0
    efficacy, acts = city.world.mind["efficacy"][adult], acts[adult]
    means = [float(efficacy[(acts >= low) & (acts <= high)].mean()) for low, high in CLASSES]
    return float(np.corrcoef(efficacy, acts)[0, 1]), means


@pytest.mark.parametrize(("seed", "usual"), [(1, 0.248), (2, 0.226), (3, 0.225)])
def test_efficacy_rises_with_acts_and_falls_where_matters_fail(seed: int, usual: float) -> None:
    """The correlation; and where all acts go to matters and hardly any attempt succeeds; and as it was."""
    correlation, means = by_acts(seed)
    assert correlation == pytest.approx(usual, abs=0.0005)
    assert means[0] < means[2] < means[3] < means[4]
    failing, fallen = by_acts(seed, mu_m=1.0, s0=0.02, s1=0.0, s2=0.0)
    assert failing < 0.0
    assert fallen[0] > fallen[4]
    assert by_acts(seed, **PUNISHING)[0] < -0.1
