"""Communities add up to streets, streets to districts, and whatever is added up stays what it was."""

import numpy as np
import pandas as pd
import pytest

from linli.model.place.levels import LEVELS, SIZES, at_level, of_level
from linli.model.scenario import load


def table(communities: int) -> pd.DataFrame:
    """Made-up communities, one of them five times as large as the others."""
    number = np.arange(communities)
    adults = np.where(number == 3, 500, 100)
    shares = dict.fromkeys(("engaged_share", "active_in_year", "efficacy"), number / communities)
    more = {name: np.full(communities, 0.5) for name in ("trust", "satisfaction")}
    counts = {"residents": 2 * adults, "adults": adults, "open_matters": number}
    frame = pd.DataFrame({"number": number, **counts, **shares, **more, "volunteers": number / communities})
    return frame.set_index("number")


def test_chengdu_has_272_streets_and_23_districts() -> None:
    numbers = np.arange(load("chengdu").place.communities)
    assert [len(set(of_level(numbers, level).tolist())) for level in LEVELS] == [4351, 272, 23]


def test_streets_lie_within_districts() -> None:
    numbers = np.arange(1000)
    streets, districts = (of_level(numbers, level).tolist() for level in ("street", "district"))
    pairs = set(zip(streets, districts, strict=True))
    assert len(pairs) == len({street for street, _ in pairs})


def test_a_street_by_hand() -> None:
    """Communities 0 to 15: shares 0/20 to 15/20, of which the fourth counts five times."""
    streets = at_level(table(20), "street")
    assert streets["communities"].tolist() == [16, 4]
    assert streets["adults"].tolist() == [2000, 400]
    expected = (sum(range(16)) + 4 * 3) / 20 * 100 / 2000
    assert streets["engaged_share"][0] == pytest.approx(expected)
    assert streets["volunteers"][0] == pytest.approx(expected)
    assert streets["trust"].tolist() == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_lost_on_the_way_up(level: str) -> None:
    below, above = table(500), at_level(table(500), level)
    assert len(above) == -(-500 // SIZES[level])
    assert above["communities"].sum() == 500
    assert above["open_matters"].sum() == below["open_matters"].sum()
    acting = (below["engaged_share"] * below["adults"]).sum()
    assert (above["engaged_share"] * above["adults"]).sum() == pytest.approx(acting)
