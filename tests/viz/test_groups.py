"""Who has more and who less: counted by hand from the two worlds."""

import numpy as np
import pytest

from linli.agents.traits import CHILD
from linli.model.attribution.lockstep import Lockstep
from linli.viz.panels.whom import MOST_COMPOUNDS, chosen, group_name
from linli.viz.state.settings import Settings
from linli.viz.worlds import Pair
from linli.viz.worlds.groups import GROUPS, LEAST, Shares, acts_by_group, changes, shares
from linli.viz.worlds.repeats import Repeats

DAYS = 45
TOWN = Settings.of("lane", days=DAYS).with_policy("match").with_policy("council")


@pytest.fixture(scope="module")
def pair():
    return Pair.build(TOWN)


@pytest.fixture(scope="module")
def arms(pair):
    return Lockstep(pair.eve(), pair.settings.added).run(DAYS)


@pytest.mark.parametrize("what", list(LEAST))
def test_everybody_is_counted_once_in_each_way_of_grouping(pair, arms, what):
    found = arms.result()
    changed = changes(pair, found, DAYS, what)
    adults = pair.town.people.age != CHILD
    counted = shares(pair, changed, what)
    for trait in ("tenure", "age", "compound"):
        mine = [one for one in counted if one.of == trait]
        assert sum(one.adults for one in mine) == adults.sum()
        assert sum(one.more for one in mine) == (changed[adults] >= LEAST[what]).sum()
        assert sum(one.less for one in mine) == (changed[adults] <= -LEAST[what]).sum()
    assert any(one.more or one.less for one in counted)


def test_acts_and_feelings_are_those_of_the_worlds(pair, arms):
    found = arms.result()
    assert changes(pair, found, DAYS, "acts").sum() == found.difference("acts")
    assert changes(pair, found, DAYS, "hours").sum() == pytest.approx(found.difference("minutes") / 60.0)
    before, after = (world.columns("resident")["trust"] for world in arms.worlds)
    np.testing.assert_array_equal(changes(pair, found, DAYS, "trust"), after - before)


def test_rates_of_groups_add_up_to_the_difference(arms):
    found = arms.result()
    rates = dict(zip(GROUPS, acts_by_group(found, DAYS), strict=True))
    homes = found.homes
    for trait in ("tenure", "age"):
        acts = sum(
            rate * ((homes[trait] == code) & (homes["age"] != CHILD)).sum() * DAYS / 1000.0
            for (of, code), rate in rates.items() if of == trait
        )  # fmt: skip
        assert acts == pytest.approx(found.difference("acts"))


def test_repeats_keep_the_groups_of_every_luck():
    told, failed = [], []
    repeats = Repeats(TOWN.but(days=20), told.append, failed.append, runs=2)
    assert repeats.join(120)
    assert failed == []
    effects = told[-1].by_people()
    assert len(effects) == len(GROUPS)
    assert all(effect.low <= effect.difference <= effect.high for effect in effects)
    assert told[-1].changes("engaged_share").shape == (2,)


def test_of_many_compounds_both_ends_are_shown():
    many = [Shares("compound", code, 10, 10 - code, 0) for code in range(30)]
    groups = [Shares(*group, 1, 0, 0) for group in GROUPS]
    ends = chosen([*groups, *many])[len(groups) :]
    assert ends == [*many[:MOST_COMPOUNDS], *many[-MOST_COMPOUNDS:]]
    names = {group_name(one.of, one.code, lang) for one in [*groups, *ends] for lang in ("en", "zh")}
    assert len(names) == 2 * (len(groups) + len(ends))
