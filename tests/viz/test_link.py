"""Links: what they carry, and what hostile ones can do (nothing)."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linli.model.place.communities import communities_of
from linli.model.policies import POLICIES
from linli.model.scenario import load
from linli.viz.state import (
    COLOURS,
    PANELS,
    AddPolicy,
    Choose,
    Go,
    OpenCommunity,
    Page,
    PickOccasion,
    PickResident,
    SetNumber,
    SetOptions,
    SetParameter,
    SetScenario,
    reduce,
)
from linli.viz.state.link import LONGEST, decode, encode
from linli.viz.state.settings import MOST_DAYS, Settings

FIRST = communities_of(load("chengdu-sample").place)[0][0]
"""A community of the sample."""

ACTIONS = some.one_of(
    some.builds(AddPolicy, some.sampled_from(sorted(POLICIES))),
    some.builds(
        SetOptions, some.integers(0, 2), some.tuples(some.tuples(some.just("start"), some.integers(0, 90)))
    ),
    some.builds(SetNumber, some.just("seed"), some.integers(0, 2**63 - 1).map(str)),
    some.builds(SetNumber, some.just("days"), some.integers(1, MOST_DAYS).map(str)),
    some.builds(SetParameter, some.sampled_from(["mu", "J", "omega", "lambda0"]), some.floats(0, 1)),
    some.sampled_from([SetScenario("lane"), OpenCommunity("chengdu-sample", FIRST)]),
    some.builds(Choose, some.just("colour"), some.sampled_from(COLOURS)),
    some.builds(Choose, some.just("panel"), some.sampled_from(PANELS)),
    some.sampled_from([Choose("lang", "zh"), Choose("room", "city"), PickResident(7)]),
    some.builds(PickOccasion, some.integers(1, MOST_DAYS)),
)
SHOWN = (
    "settings",
    "day",
    "lang",
    "room",
    "colour",
    "measure",
    "panel",
    "speed",
    "resident",
    "compound",
    "occasion",
    "city",
)


@given(some.lists(ACTIONS, max_size=10), some.integers(0, MOST_DAYS))
def test_a_link_reproduces_the_page(actions, day):
    page = Page()
    for action in actions:
        page = reduce(page, action)
    page = reduce(page, Go(day))
    again, problems = decode(encode(page, page.day))
    assert problems == []
    assert {name: getattr(again, name) for name in SHOWN} == {name: getattr(page, name) for name in SHOWN}


@given(some.text(max_size=300))
def test_any_text_gives_a_page(query):
    page, problems = decode(query)
    assert page.settings.days <= MOST_DAYS
    assert all(isinstance(problem, str) and problem for problem in problems)


PARTS = some.sampled_from(
    ["place", "seed", "days", "p", "set", "day", "community", "resident", "study", "room", "zzz"]
)
VALUES = some.one_of(
    some.text(max_size=12),
    some.sampled_from(
        ["../../etc/passwd", "/etc/passwd", "9" * 400, "-1", "nan", "inf", "match:start=1e999"]
    ),
    some.sampled_from(["sink:headcount=999999", "match:method=../x", "mu:1e400", "arrivals:10", "<script>"]),
)


@given(some.lists(some.tuples(PARTS, VALUES), max_size=12))
def test_hostile_links_give_a_page_that_can_be_run(parts):
    page, problems = decode("&".join(f"{name}={quote(value)}" for name, value in parts))
    assert not page.settings.is_city
    assert 0 <= page.day <= page.settings.days <= MOST_DAYS
    assert page.study is None
    for problem in problems:
        assert "Traceback" not in problem


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("days=99999999999999999999", "between 1 and"),
        ("p=nonsense", "unknown policy"),
        ("place=../../etc/passwd", "unknown scenario"),
        ("study=../../etc", "unknown study"),
        ("set=mu:9", "between 0 and 1"),
        ("resident=x", "resident"),
        ("place=donghu&community=3", "one community"),
        ("place=chengdu-sample&community=5000", "no community 5000 in this city"),
        ("foo=1", "unknown part"),
        ("a" * (LONGEST + 1), "longer than"),
        ("&".join(["p=match"] * 150), "policies are more"),
        ("&".join(["seed=1"] * 300), "too many parts"),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_used(query, said):
    page, problems = decode(f"{query}&lang=en" if len(query) < 4_000 and query.count("&") < 100 else query)
    assert any(said in problem for problem in problems), problems
    assert page.settings.scenario == "donghu" or page.settings.is_city is False


def test_a_city_in_a_link_opens_its_room():
    page, problems = decode("place=chengdu-sample&p=match&seed=4")
    assert problems == []
    assert (page.room, page.city) == ("city", "chengdu-sample")
    assert page.settings == Settings.of("donghu", seed=4).with_policy("match")
