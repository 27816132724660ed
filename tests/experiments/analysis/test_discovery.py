"""Boxes that were put there are found; none is found where there is none; and the command."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from linli.experiments.analysis.discovery import LOWERS, RAISES, UNCLEAR, discover
from linli.experiments.statistics.boxes import as_words, cart, prim, within
from linli.experiments.statistics.results import Results
from linli.model.errors import InputError


@pytest.fixture
def space() -> pd.DataFrame:
    """400 points over two numbers, a count and a word."""
    draws = np.random.default_rng(1)
    columns = {"mu": draws.uniform(0, 1, 400), "J": draws.uniform(0, 6, 400)}
    columns["W"] = draws.integers(1, 60, 400)
    return pd.DataFrame(columns).assign(method=draws.choice(["none", "random", "skill"], 400))


# boxes ---------------------------------------------------------------------------------------------------


def test_prim_finds_the_box_that_was_put_there(space) -> None:
    cases = ((space["mu"] < 0.4) & (space["J"] > 2.5)).to_numpy()
    wrong = np.random.default_rng(2).uniform(size=len(space)) < 0.03
    box = prim(space, cases ^ wrong)
    assert set(box.limits) == {"mu", "J"}
    (low, high), (least, most) = box.limits["mu"], box.limits["J"]
    assert np.isnan(low)
    assert np.isnan(most)
    assert high == pytest.approx(0.4, abs=0.05)
    assert least == pytest.approx(2.5, abs=0.35)
    assert box.density >= 0.8
    assert box.coverage >= 0.8
    assert box.points == within(space, box.limits).sum()


def test_prim_finds_words(space) -> None:
    cases = ((space["mu"] > 0.6) & (space["method"] != "none")).to_numpy()
    box = prim(space, cases)
    assert box.limits["method"] == ("random", "skill")
    assert box.limits["mu"][0] == pytest.approx(0.6, abs=0.05)


def test_prim_finds_nothing_in_chance(space) -> None:
    found = [prim(space, np.random.default_rng(seed).uniform(size=400) < 0.3) for seed in range(10)]
    # chance sets a limit in one of twenty cases; three of ten would be one in a hundred
    assert sum(box is not None for box in found) <= 2


def test_prim_needs_cases_and_others(space) -> None:
    assert prim(space, np.zeros(400, dtype=bool)) is None
    assert prim(space, np.ones(400, dtype=bool)) is None
    assert prim(space.head(10), np.arange(10) < 5) is None


def test_the_tree_parts_the_classes(space) -> None:
    up, down = (space["mu"] > 0.6) & (space["method"] != "none"), space["mu"] < 0.3
    classes = up.astype(int).to_numpy() - down.astype(int).to_numpy()
    leaves = cart(space, classes)
    assert sum(box.mass for box, _ in leaves) == pytest.approx(1.0)  # leaves share out all points
    for kind, rows in ((1, up), (-1, down)):
        inside = [within(space, box.limits) for box, shares in leaves if shares[kind] > 0.9]
        found = np.logical_or.reduce(inside)
        assert (found == rows.to_numpy()).mean() > 0.97
    assert cart(space, classes) == leaves  # ties are not broken by chance
    assert cart(space, np.zeros(400, dtype=int)) == []


def test_limits_in_plain_words(space) -> None:
    box = prim(space, ((space["mu"] > 0.6) & (space["method"] != "none")).to_numpy())
    words = as_words(box)
    assert "mu above 0.5" in words or "mu above 0.6" in words
    assert "method: random or skill" in words
    assert " and " in words
    assert "mu高于" in as_words(box, "zh")


# effects -------------------------------------------------------------------------------------------------


def _rows(effect, points: int = 120, seeds: int = 3, noise: float = 0.01) -> pd.DataFrame:
    """Results in which an arm changes own hours by effect(mu, J)."""
    draws = np.random.default_rng(7)
    listed = []
    for point in range(points):
        mu, J = draws.uniform(0, 1), draws.uniform(0, 6)
        for seed in range(seeds):
            luck = draws.normal(0.0, 1.0)
            for arm, change in (("baseline", 0.0), ("sinking", effect(mu, J))):
                own = 5.0 + luck + change + draws.normal(0.0, noise)
                row = {"run": f"{point} {arm} {seed}", "point": point, "arm": arm, "seed": seed}
                listed.append({**row, "mu": mu, "J": J, "resident_matter_hours": own})
    return pd.DataFrame(listed)


ARMS = {"sinking": [{"name": "sink", "per1000": 5}]}


def test_where_sinking_wakes_and_where_it_replaces() -> None:
    rows = _rows(lambda mu, J: 0.1 if mu < 0.3 else -0.1 if mu > 0.7 else 0.0)
    found = discover(Results.of(rows, ARMS))
    assert set(found.raises.limits) == set(found.lowers.limits) == {"mu"}
    assert found.raises.limits["mu"][1] == pytest.approx(0.3, abs=0.06)
    assert found.lowers.limits["mu"][0] == pytest.approx(0.7, abs=0.06)
    shares = [found.share(kind) for kind in (RAISES, LOWERS, UNCLEAR)]
    assert sum(shares) == pytest.approx(1.0)
    assert found.share(RAISES) == pytest.approx(0.3, abs=0.1)


def test_an_effect_counts_once_it_is_clear() -> None:
    """Two errors of .01 in each of three pairs: the half width is 1.96 * .01 * sqrt(2/3)."""
    found = discover(Results.of(_rows(lambda mu, J: 0.005 * (J > 3)), ARMS))
    assert found.half == pytest.approx(1.96 * 0.01 * np.sqrt(2 / 3), rel=0.15)
    assert found.share(UNCLEAR) > 0.85
    alone = discover(Results.of(_rows(lambda mu, J: 0.1 * (J - 3), seeds=1), ARMS))
    assert alone.half == 0.0
    assert alone.share(UNCLEAR) == 0.0


def test_what_cannot_be_discovered_is_said() -> None:
    rows = _rows(lambda mu, J: mu)
    with pytest.raises(InputError, match="points are too few"):
        discover(Results.of(rows[rows["point"] < 10], ARMS))
    with pytest.raises(InputError, match="has no arms"):
        discover(Results.of(rows[rows["arm"] == "baseline"], {}))
    with pytest.raises(InputError, match="unknown measure of this study 'trust'"):
        discover(Results.of(rows, ARMS), "trust")
    with pytest.raises(InputError, match="unknown arm 'floating'"):
        discover(Results.of(rows, ARMS), arm="floating")
    two = pd.concat([rows, rows[rows["arm"] == "sinking"].assign(arm="other")])
    with pytest.raises(InputError, match="several arms: add --arm, one of sinking, other"):
        discover(Results.of(two, {**ARMS, "other": ARMS["sinking"]}))
    with pytest.raises(InputError, match="nothing varies in arm sinking"):
        discover(Results.of(rows.assign(mu=0.3, J=3.0), ARMS))


# the command ---------------------------------------------------------------------------------------------


def test_the_command_on_a_study(sampled: Path, linli, tmp_path: Path) -> None:
    code, out, err = linli("discover", sampled, "--measure", "acts_asked", "--out", "found")
    assert (code, err) == (0, "")
    assert "24 points" in out
    written = {file.name for file in (tmp_path / "found").iterdir()}
    assert written == {"points.csv", "boxes.csv", "discovery.txt", "discovery.png", "discovery.svg"}
    points = pd.read_csv(tmp_path / "found" / "points.csv")
    assert len(points) == 24
    assert set(points["class"]) <= {-1, 0, 1}
    code, out, _ = linli("discover", sampled, "--measure", "acts_asked", "--json")
    data = json.loads(out)
    assert data["points"] == 24
    assert sum(data["shares"].values()) == pytest.approx(1.0)
    assert len(data["sentences"]) == 3


def test_a_grid_will_do_too_and_in_chinese(tiny: Path, linli) -> None:
    code, out, _ = linli("discover", tiny, "--measure", "members_matched", "--lang", "zh")
    assert code == 0
    assert "match_method: skill_time_wish" in out


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--arm", "none"], "unknown arm"),
        (["--measure", "x"], "unknown measure"),
        (["--lang", "fr"], "language"),
    ],
)
def test_bad_input_is_one_line(sampled: Path, linli, options, complaint) -> None:
    code, out, err = linli("discover", sampled, *options)
    assert (code, out) == (2, "")
    assert complaint in err
    assert len(err.splitlines()) == 1
