"""Parameters are data: each documented, inside its range, and every mistake answered with what is valid."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.model.community import Community
from linli.model.errors import InputError
from linli.model.parameters import Parameters, beyond_range, checked, parameters, table


@pytest.mark.parametrize("name", sorted(table()))
def test_every_parameter_is_documented_and_its_default_valid(name):
    about = table()[name]
    assert about.low < about.high
    assert about.low <= about.default <= about.high
    assert getattr(Parameters(), name) == about.default == checked(name, about.default)
    assert all((about.unit, about.en, about.zh, about.basis))
    assert any("\u4e00" <= letter <= "\u9fff" for letter in about.zh), "the Chinese label is Chinese"


@pytest.mark.parametrize("name", sorted(table()))
def test_a_value_outside_the_range_fails_and_names_it(name):
    about = table()[name]
    for value in (about.low - 1, about.high + 1):
        with pytest.raises(InputError, match=f"{name} must be between") as error:
            parameters({name: value})
        assert f"{about.low:g}" in str(error.value)
        assert f"{about.high:g}" in str(error.value)


@pytest.mark.parametrize("value", ["much", None, True, float("nan"), float("inf"), [1]])
def test_what_is_not_a_number_fails(value):
    with pytest.raises(InputError, match=r"parameter mu must be"):
        parameters(mu=value)


def test_an_unknown_name_fails_with_the_nearest_and_all_valid_ones():
    with pytest.raises(InputError) as error:
        parameters(theta_men=-7)
    message = str(error.value)
    assert "unknown parameter 'theta_men'" in message
    assert "Did you mean 'theta_mean'?" in message
    assert all(name in message for name in table())


def test_a_keyword_of_the_community_is_checked_the_same_way():
    with pytest.raises(InputError, match=r"unknown parameter 'lamda0'. Did you mean 'lambda0'"):
        Community("lane", lamda0=0.1)
    with pytest.raises(InputError, match=r"parameter mu must be between 0 and 1, not 1.5"):
        Community("lane", mu=1.5)


def test_counts_are_whole_numbers():
    assert parameters(R="21").R == 21
    assert isinstance(parameters(R=21.0).R, int)
    with pytest.raises(InputError, match=r"parameter R .*whole number"):
        parameters(R=14.5)


@given(st.sampled_from(sorted(table())), st.floats(0, 1))
def test_any_value_of_the_range_is_taken_as_it_is(name, where):
    about = table()[name]
    value = about.low + where * (about.high - about.low)
    value = min(about.high, round(value) if about.whole else value)
    assert getattr(parameters({name: value}), name) == value
    assert getattr(parameters({name: str(value)}), name) == value


def test_changing_one_leaves_the_others_at_their_defaults():
    changed = dataclasses.asdict(parameters(mu=0.5))
    assert changed.pop("mu") == 0.5
    assert changed == {name: about.default for name, about in table().items() if name != "mu"}


def test_theory_may_leave_the_range_but_not_the_names():
    assert beyond_range(J=1000).J == 1000
    assert beyond_range(parameters(mu=0.5), J=1000).mu == 0.5
    with pytest.raises(InputError, match=r"unknown parameter 'K'"):
        beyond_range(K=1)


def test_parameters_cannot_be_changed_under_a_run():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Parameters().mu = 0.9  # type: ignore[misc]
