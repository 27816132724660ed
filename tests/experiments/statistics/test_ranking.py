"""Ranks of arms, and how sure they are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from linli.experiments.statistics.ranking import Rank, ranking


def test_arms_that_never_overlap_have_a_rank_each():
    found = ranking({"a": np.array([1.0, 2.0, 1.5]), "b": np.array([5.0, 6.0, 5.5]), "c": np.zeros(3)})
    assert found == {"b": Rank(1, 1, 1, 1.0), "a": Rank(2, 2, 2, 0.0), "c": Rank(3, 3, 3, 0.0)}


def test_arms_share_their_luck():
    """What moves all arms alike cannot change their order, however much it is."""
    luck = np.array([-100.0, 0.0, 300.0, 7.0])
    found = ranking({"a": luck, "b": luck + 0.1})
    assert (found["b"].rank, found["b"].first) == (1, 1.0)


def test_two_that_win_a_seed_each_may_both_be_first():
    found = ranking({"a": np.array([1.0, 0.0]), "b": np.array([0.0, 1.0 - 1e-9])})
    assert found["a"].rank == 1
    # of four ways to draw two seeds, a wins with its own twice and with both, b only with its own twice
    assert abs(found["a"].first - 0.75) < 0.03
    assert abs(found["b"].first - 0.25) < 0.03
    assert [(rank.low, rank.high) for rank in found.values()] == [(1, 2), (1, 2)]


def test_equal_arms_share_the_better_rank():
    found = ranking({"a": np.array([1.0, 2.0]), "b": np.array([1.0, 2.0]), "c": np.array([0.0, 0.0])})
    assert [rank.rank for rank in found.values()] == [1, 1, 3]


def test_a_single_seed_has_an_order_and_no_certainty():
    assert ranking({"a": np.array([1.0]), "b": np.array([2.0])}) == {
        "a": Rank(2, None, None, None),
        "b": Rank(1, None, None, None),
    }


@given(st.lists(st.lists(st.floats(-9, 9), min_size=3, max_size=3), min_size=2, max_size=6))
def test_ranks_lie_between_first_and_last(table):
    found = ranking({str(n): np.array(row) for n, row in enumerate(table)})
    for rank in found.values():
        assert 1 <= rank.low <= rank.high <= len(table)
        assert 0.0 <= rank.first <= 1.0
    assert min(rank.rank for rank in found.values()) == 1
