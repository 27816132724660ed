"""Sharing out whole things: totals are exact, limits hold, and nobody loses when there is more to share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.model.place.apportionment import apportion, largest_remainders


@st.composite
def cases(draw):
    """Weights (some of them zero), what each can take, and how much there is to share out."""
    n = draw(st.integers(1, 12))
    weight = st.one_of(st.just(0.0), st.floats(1e-3, 1e6), st.integers(1, 5).map(float))
    weights = np.array(draw(st.lists(weight, min_size=n, max_size=n)))
    most = np.array(draw(st.lists(st.integers(0, 60), min_size=n, max_size=n)))
    return draw(st.integers(0, int(most.sum()))), weights, most


@given(cases())
def test_the_total_is_exact_and_nobody_gets_more_than_can_be_taken(case):
    total, weights, most = case
    shares = apportion(total, weights, most)
    assert shares.sum() == total
    assert (shares >= 0).all()
    assert (shares <= most).all()


@given(cases())
def test_with_more_to_share_out_nobody_gets_fewer(case):
    total, weights, most = case
    before = np.zeros(len(weights), dtype=np.int64)
    for more in range(total + 1):
        after = apportion(more, weights, most)
        assert (after >= before).all()
        before = after


@given(cases())
def test_who_weighs_nothing_comes_last(case):
    total, weights, most = case
    shares, heavy = apportion(total, weights, most), weights > 0.0
    if shares[~heavy].any():
        assert np.array_equal(shares[heavy], most[heavy])


@given(st.lists(st.floats(0.01, 1e4), min_size=1, max_size=12).map(np.array), st.integers(0, 5000))
def test_shares_are_in_proportion(weights, total):
    """Sainte-Lague: nobody could give one up to somebody whose need by weight is greater."""
    shares = apportion(total, weights)
    assert shares.sum() == total
    if total:
        owed = weights / (2.0 * shares + 1.0)
        holds = np.where(shares > 0, weights / np.maximum(2.0 * shares - 1.0, 1.0), np.inf)
        assert owed.max() <= holds.min() * (1 + 1e-9)


@pytest.mark.parametrize(
    ("total", "weights", "most", "shares"),
    [
        (7, [53.0, 24.0, 23.0], None, [3, 2, 2]),  # quotients 53, 17.7, 10.6; 24, 8; 23, 7.7
        (100, [1.0, 1.0, 1.0], None, [34, 33, 33]),
        (5, [1.0, 1.0, 1.0], [1, 9, 9], [1, 2, 2]),
        (4, [0.0, 3.0], [9, 3], [1, 3]),
        (0, [0.0, 0.0], None, [0, 0]),
        (130_000, [2.0, 1.0], None, [86_667, 43_333]),
    ],
)
def test_by_hand(total, weights, most, shares):
    limits = None if most is None else np.array(most)
    assert apportion(total, np.array(weights), limits).tolist() == shares


def test_largest_remainders_by_hand():
    """Quotas of 10 at 7, 2, 2: 6.36, 1.82, 1.82; the two with the largest remainders get one. Equals: the
    first."""
    assert largest_remainders(10, np.array([7, 2, 2])).tolist() == [6, 2, 2]
    assert largest_remainders(5, np.array([1, 1, 1])).tolist() == [2, 2, 1]
    assert largest_remainders(7, np.array([0, 3])).tolist() == [0, 7]
    assert largest_remainders(0, np.array([4, 3])).tolist() == [0, 0]


@given(st.integers(0, 10_000), st.lists(st.integers(0, 5_000), min_size=1, max_size=20).filter(any))
def test_largest_remainders_stay_within_a_quota(total, weights):
    shares = largest_remainders(total, np.array(weights))
    assert shares.sum() == total
    quotas = total * np.array(weights) / sum(weights)
    assert (np.abs(shares - quotas) < 1).all()
