"""Case 7: the volunteer's dilemma (Diekmann 1985), cost/benefit = 1/4."""

import pytest

from linli.agents.rules.voice import is_voiced, volunteers_alone


@pytest.mark.parametrize(("n", "one", "anybody"), [(2, 0.75, 0.9375), (10, 0.14276, 0.78569)])
def test_mixed_equilibrium(n: int, one: float, anybody: float) -> None:
    """One volunteers with 1 - (c/b)^(1/(n-1)); at least one of n with 1 - (c/b)^(n/(n-1))."""
    p = volunteers_alone(0.25, n)
    assert p == pytest.approx(one, abs=5e-6)
    assert 1 - (1 - p) ** n == pytest.approx(anybody, abs=5e-6)
    assert is_voiced(0.75, n) == pytest.approx(anybody, abs=5e-6)


def test_nobody_volunteers_makes_no_difference_to_anybody() -> None:
    """The equilibrium's own condition: the others all stay silent with probability c/b."""
    for n in (2, 5, 10, 1000):
        assert (1 - volunteers_alone(0.25, n)) ** (n - 1) == pytest.approx(0.25, abs=1e-12)


def test_more_bystanders_mean_less_voice() -> None:
    """Down to 1 - c/b, the voice of one alone."""
    chances = [is_voiced(0.75, n) for n in (2, 3, 10, 1000, 1_000_000)]
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] == pytest.approx(is_voiced(0.75, 1), abs=1e-5)
