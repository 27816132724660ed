"""What cannot be done is said in the page's words and language, at its field; who cannot act says so."""

import pytest

from linli.viz.state import (
    AddPolicy,
    Complain,
    Page,
    SetNumber,
    SetOptions,
    SetParameter,
    SetScenario,
    reduce,
)
from linli.viz.state.acting import can_act, is_only_registering, why_idle
from linli.viz.state.settings import Settings
from linli.viz.words import WORDS
from linli.viz.words.problems import problem

LANE = Page(settings=Settings.of("lane", days=60))
ZH = LANE.but(lang="zh")
WITH_SINK = reduce(ZH, AddPolicy("sink"))
REFUSED = [
    (ZH, SetNumber("days", "99999"), ("number", "days"), "天数"),
    (ZH, SetNumber("seed", "x"), ("number", "seed"), "随机种子"),
    (ZH, SetParameter("mu", "9"), ("parameter", "mu"), "0 至 1"),
    (WITH_SINK, SetOptions(0, (("headcount", "700"),)), ("option", 0, "headcount"), "个岗位"),
    (WITH_SINK, SetOptions(0, (("start", "abc"),)), ("option", 0, "start"), "开始日"),
    (ZH, SetScenario("mars"), (), "没有这样的地点"),
    (ZH, SetScenario("chengdu"), (), "是城市"),
]


@pytest.mark.parametrize(("page", "action", "place", "said"), REFUSED)
def test_a_refusal_is_chinese_names_its_field_and_no_command(page, action, place, said):
    refused = reduce(page, action)
    assert said in refused.problem
    assert refused.problem_at == place
    for foreign in ("must", "--set", "policy", "parameter"):
        assert foreign not in refused.problem
    assert refused.but(problem="", problem_at=()) == page


def test_a_problem_is_gone_when_it_is_mended():
    refused = reduce(ZH, SetNumber("days", "99999"))
    mended = reduce(refused, SetNumber("days", "30"))
    assert (mended.problem, mended.problem_at) == ("", ())


def test_english_keeps_the_pages_own_names():
    refused = reduce(reduce(LANE, AddPolicy("sink")), SetOptions(0, (("headcount", "700"),)))
    assert "--set" not in refused.problem
    assert "posts open to members" in refused.problem


def test_what_is_not_known_is_passed_on():
    assert problem("something else", "en") == "something else"
    assert "something else" in reduce(ZH, Complain("something else")).problem


@pytest.mark.parametrize(
    ("policy", "options", "why"),
    [
        ("match", {"start": 400}, "acts_too_late"),
        ("match", {"method": "none"}, "acts_by_nothing"),
        ("relieve", {"share": 0}, "acts_by_nothing"),
        ("match", {}, None),
        ("relieve", {}, None),
    ],
)
def test_a_policy_that_cannot_act_says_why(policy, options, why):
    settings = Settings.of("lane", days=60).with_policy(policy, **options)
    assert why_idle(settings, settings.policies[0]) == why
    assert why is None or why in WORDS
    assert can_act(settings) == (why is None)


def test_sinking_those_who_are_there_changes_nothing_and_registering_only_the_register():
    donghu = Settings.of("donghu")
    there = donghu.with_policy("sink", headcount=donghu.baseline.place.sunk_members)
    assert why_idle(there, there.policies[0]) == "acts_sunk_already"
    more = donghu.with_policy("sink", headcount=510)
    assert is_only_registering(more, more.policies[0])
    matched = more.with_policy("match")
    assert not is_only_registering(matched, matched.policies[0])
