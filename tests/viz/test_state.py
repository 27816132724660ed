"""The page's reducer, without a browser."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linli.model.measures import MEASURES
from linli.model.parameters import table
from linli.model.place.communities import communities_of
from linli.model.policies import POLICIES
from linli.model.scenario import load, names
from linli.viz.state import (
    CHOICES,
    AddPolicy,
    Choose,
    Complain,
    Dismiss,
    Go,
    OpenCommunity,
    Page,
    PickCompound,
    PickOccasion,
    PickResident,
    Play,
    Predict,
    Redo,
    RemovePolicy,
    Reset,
    SetNumber,
    SetOptions,
    SetParameter,
    SetScenario,
    Tell,
    Undo,
    reduce,
)
from linli.viz.state.settings import MOST_DAYS, MOST_POLICIES, Settings

FIRST = communities_of(load("chengdu-sample").place)[0][0]
"""A community of the sample."""

TYPED = some.one_of(
    some.integers(-5, 10**6).map(str), some.floats(allow_nan=True).map(str), some.text(max_size=6)
)
OPTIONS = some.sampled_from(["start", "end", "ramp", "headcount", "per1000", "share", "method", "nonsense"])
ACTIONS = some.one_of(
    some.builds(AddPolicy, some.sampled_from([*POLICIES, "nonsense"])),
    some.builds(
        SetOptions,
        some.integers(0, 4),
        some.lists(some.tuples(OPTIONS, TYPED | some.none()), max_size=2).map(tuple),
    ),
    some.builds(RemovePolicy, some.integers(0, 4)),
    some.builds(SetNumber, some.sampled_from(["seed", "days"]), TYPED),
    some.builds(SetParameter, some.sampled_from([*table(), "nonsense"]), TYPED | some.none()),
    some.builds(SetScenario, some.sampled_from([*names(), "../lane", ""])),
    some.builds(
        OpenCommunity, some.sampled_from(["chengdu-sample", "donghu"]), some.sampled_from([FIRST, 0, 4350])
    ),
    some.builds(Go, some.integers(-10, 10**7)),
    some.builds(Play, some.booleans(), some.none() | some.integers(-3, 10**5)),
    some.builds(
        Choose, some.sampled_from([*CHOICES, "settings"]), some.sampled_from(["zh", "trust", 20, True, "x"])
    ),
    some.builds(PickResident, some.none() | some.integers(0, 10**6)),
    some.builds(PickOccasion, some.none() | some.integers(0, 10**4)),
    some.builds(PickCompound, some.none() | some.integers(0, 10**3)),
    some.sampled_from(
        [Undo(), Redo(), Reset(), Dismiss(), Tell(1), Tell(None), Predict("a"), Complain("no")]
    ),
)


@given(some.lists(ACTIONS, max_size=12))
def test_whatever_is_done_the_page_can_be_run_and_shown(actions):
    page = Page()
    for action in actions:
        before, page = page, reduce(page, action)
        settings = page.settings
        assert not settings.is_city
        assert 0 <= page.day <= settings.days <= MOST_DAYS
        assert len(settings.policies) <= MOST_POLICIES
        assert settings.treated.policies[len(settings.baseline.policies) :] == settings.added
        if page.problem and not before.problem and not isinstance(action, Complain):
            assert dataclasses.replace(page, problem="", problem_at=()) == before, (
                "what cannot be done changes nothing"
            )


@given(some.lists(ACTIONS, max_size=8), ACTIONS)
def test_undo_takes_back_a_change_and_redo_brings_it_again(earlier, action):
    page = Page()
    for one in earlier:
        page = reduce(page, one)
    changed = reduce(page, action)
    if isinstance(action, Undo | Redo) or changed.settings == page.settings:
        return
    back = reduce(changed, Undo())
    assert back.settings == page.settings
    assert reduce(back, Redo()).settings == changed.settings


def test_a_policy_is_added_changed_dragged_and_removed():
    page = reduce(Page(), AddPolicy("match"))
    assert [policy.name for policy in page.settings.policies] == ["match"]
    page = reduce(page, SetOptions(0, (("start", 30), ("end", 90))))
    assert (page.settings.policies[0].start, page.settings.policies[0].end) == (30, 90)
    page = reduce(page, SetOptions(0, (("end", ""),)))
    assert page.settings.policies[0].end is None
    page = reduce(page, SetOptions(0, (("method", "random"),)))
    assert page.settings.policies[0].method == "random"
    assert reduce(page, RemovePolicy(0)).settings == Page().settings


def test_what_cannot_be_done_says_why():
    page = reduce(Page(), SetParameter("mu", "2"))
    assert "mu" in page.problem
    assert "0 and 1" in page.problem
    assert reduce(page, Dismiss()).problem == ""
    assert "a city" in reduce(Page(), SetScenario("chengdu-sample")).problem


def test_sinking_takes_a_head_count_or_a_rate_never_both():
    page = reduce(Page(), AddPolicy("sink"))
    assert page.settings.policies[0].headcount is not None
    page = reduce(page, SetOptions(0, (("per1000", "10"),)))
    assert page.problem == ""
    assert (page.settings.policies[0].headcount, page.settings.policies[0].per1000) == (None, 10.0)


def test_a_parameter_at_its_usual_value_is_not_a_change():
    usual = Settings.of("donghu").value_of("n_bar")
    page = reduce(Page(), SetParameter("n_bar", usual + 1))
    assert page.settings.parameters == (("n_bar", usual + 1),)
    assert reduce(page, SetParameter("n_bar", usual)).settings == Page().settings
    assert reduce(page, SetParameter("n_bar", None)).settings == Page().settings


def test_another_town_forgets_who_was_picked_and_keeps_the_policies():
    page = reduce(reduce(Page(), AddPolicy("council")), PickResident(5))
    page = reduce(reduce(page, Go(50)), SetScenario("lane"))
    assert (page.resident, page.day) == (None, 0)
    assert [policy.name for policy in page.settings.policies] == ["council"]


def test_another_resident_begins_with_the_first_day_that_differs():
    page = reduce(reduce(Page(), PickResident(5)), PickOccasion(20))
    assert page.occasion == 20
    for action in (PickResident(6), PickCompound(1), SetScenario("lane")):
        assert reduce(page, action).occasion is None


def test_playing_from_the_last_day_begins_again():
    page = reduce(Page(), Go(10**6))
    assert page.day == page.settings.days
    assert reduce(page, Play(True, page.day)).day == 0


def test_a_community_of_a_city_has_its_part_of_a_head_count():
    page = reduce(Page(), AddPolicy("sink"))
    number = Settings.of("chengdu-sample").baseline.place.communities
    page = reduce(page, OpenCommunity("chengdu-sample", number))
    assert page.problem
    page = reduce(page.but(problem=""), OpenCommunity("chengdu-sample", FIRST))
    assert page.problem == ""
    assert page.settings.added[0].headcount < page.settings.policies[0].headcount


@pytest.mark.parametrize("measure", list(MEASURES))
def test_every_measure_can_be_chosen(measure):
    assert reduce(Page(), Choose("measure", measure)).measure == measure
