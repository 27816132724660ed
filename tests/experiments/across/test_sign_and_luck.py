"""Counts of worlds and variance components, against numbers worked out by hand."""

import math

import numpy as np
import pytest

from linli.experiments.across.luck import luck
from linli.experiments.across.sign import sign, wilson


def test_the_interval_of_a_share_is_wilsons():
    # 83 of 100: centre (83 + 1.9207) / 103.8415, half 1.95996 / 103.8415 * sqrt(83 * 17 / 100 + .9604)
    low, high = wilson(83, 100)
    assert low == pytest.approx(0.7445, abs=5e-5)
    assert high == pytest.approx(0.8911, abs=5e-5)


def test_none_of_twenty_is_not_surely_none():
    # 0 of n: from 0 to z^2 / (n + z^2)
    z2 = 1.959963985**2
    assert wilson(0, 20) == pytest.approx((0.0, z2 / (20 + z2)))
    assert wilson(20, 20) == pytest.approx((20 / (20 + z2), 1.0))


def test_worlds_without_any_change_are_neither_up_nor_down():
    counted = sign([0.2, 0.0, -0.1, 0.3])
    assert (counted.worlds, counted.up, counted.down) == (4, 2, 1)
    assert counted.share_up[0] == 0.5
    assert counted.share_down[0] == 0.25


def test_components_of_variance_by_hand():
    # within: (2 + 2) / 2 = 2; between: 2 * ((2 - 4)^2 + (6 - 4)^2) / 1 = 16; of means of two runs: 1 and 7
    found = luck([1.0, 3.0, 5.0, 7.0], [0, 0, 1, 1])
    assert found is not None
    assert found.share == pytest.approx(2.0 / 16.0)
    assert found.luck == pytest.approx(1.0)
    assert found.ignorance == pytest.approx(math.sqrt(7.0))
    assert found.runs == 2.0


def test_one_run_in_each_world_tells_nothing_of_luck():
    assert luck([1.0, 2.0, 3.0], [0, 1, 2]) is None
    assert luck([1.0, 2.0], [0, 0]) is None
    assert luck([1.0, 1.0, 1.0, 1.0], [0, 0, 1, 1]) is None


def test_worlds_that_only_luck_tells_apart_have_no_ignorance():
    draws = np.random.default_rng(1).normal(size=(400, 3))
    found = luck(draws.ravel(), np.repeat(np.arange(400), 3))
    assert found is not None
    assert found.share == pytest.approx(1.0, abs=0.12)
    assert found.low < 1.0 <= found.high


def test_known_components_are_found_and_lie_in_their_interval():
    # luck 1, ignorance 2: of a mean of four runs luck is 1/4 in 1/4 + 4
    random, hits = np.random.default_rng(2), 0
    wanted = 0.25 / 4.25
    for _ in range(200):
        y = random.normal(0.0, 2.0, (60, 1)) + random.normal(size=(60, 4))
        found = luck(y.ravel(), np.repeat(np.arange(60), 4))
        assert found is not None
        hits += found.low <= wanted <= found.high
    assert 180 <= hits <= 199  # 95 % of 200, within four standard errors


def test_more_runs_in_a_world_leave_less_of_luck():
    random = np.random.default_rng(3)
    y = random.normal(0.0, 1.0, (100, 1)) + random.normal(size=(100, 16))
    worlds = np.arange(100)
    few, many = luck(y[:, :2].ravel(), np.repeat(worlds, 2)), luck(y.ravel(), np.repeat(worlds, 16))
    assert few is not None
    assert many is not None
    assert many.luck < 0.5 * few.luck
    assert many.ignorance == pytest.approx(few.ignorance, rel=0.25)
