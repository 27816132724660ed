"""Figures of a place are one table: what it says is what is checked and how a city is divided."""

import dataclasses

import pytest

from linli.model.errors import InputError
from linli.model.place import Place, bare, shares, table
from linli.model.place.communities import communities_of, whole
from linli.model.scenario import load

LANE = load("lane").place
CHENGDU = load("chengdu").place
SMALL_CITY = dataclasses.replace(
    CHENGDU, **{name: getattr(CHENGDU, name) // 100 for name, about in table().items() if about.share},
    communities=43,
)  # fmt: skip


@pytest.mark.parametrize("name", table())
def test_a_figure_says_what_it_is(name):
    about = table()[name]
    assert about.en
    assert about.unit
    assert not about.zh.isascii()
    assert about.low < about.high
    assert about.grows in ("", "residents", "compounds")


@pytest.mark.parametrize("name", table())
def test_bounds_of_a_figure_are_checked(name):
    about = table()[name]
    for beyond in (about.low - 1, about.high + 1):
        with pytest.raises(InputError, match=rf"place\.{name} must be between {about.low:g} and "):
            dataclasses.replace(LANE, **{name: beyond})


PART = "planned_compounds"
"""Never more than all compounds, of which it is a part."""


@pytest.mark.parametrize("name", [name for name, about in table().items() if about.within and name != PART])
def test_a_figure_stays_within_another_one(name):
    about = table()[name]
    limit = getattr(LANE, about.within)
    with pytest.raises(InputError, match=rf"(\w+) = {limit + 1} is more than the {limit} {about.within}"):
        dataclasses.replace(LANE, **{name: limit + 1})


def test_names_in_the_table_are_figures():
    known = {*table(), "compounds"}
    for about in table().values():
        assert about.within in {"", *known}
    for share in shares().values():
        assert share.by in {"", "size", *known}
        assert share.most in {"", *known}


def test_parts_are_made_after_what_they_follow_from():
    before: list[str] = ["", "size"]
    for name, share in shares().items():
        assert share.by in before
        assert share.most in before
        before.append(name)


def test_a_city_is_divided_as_the_table_says():
    parts = [part for _, part in communities_of(SMALL_CITY)]
    assert len(parts) == 43
    for name, about in table().items():
        values = [getattr(part, name) for part in parts]
        if about.share:
            assert sum(values) == getattr(SMALL_CITY, name), name
            assert min(values) >= about.share.each
        elif name not in ("communities", "sampled"):
            assert set(values) == {getattr(SMALL_CITY, name)}, name
    for name, share in shares().items():
        if share.most:
            assert all(getattr(part, name) <= getattr(part, share.most) for part in parts), name
    assert whole(SMALL_CITY) == SMALL_CITY


def test_people_and_homes_alone():
    assert bare(50, 30, 2) == Place(
        residents=50, households=30, planned_compounds=0, mixed_compounds=2, grids=1, workers=1,
        managed_members=0, serving_members=0, sunk_members=0, volunteers=0, firms=0, managed_compounds=0,
    )  # fmt: skip
