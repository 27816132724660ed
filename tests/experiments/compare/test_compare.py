"""Paired comparisons: the statistics against numbers worked out by hand, and the command on top of them."""

import json
import math
import sys
from pathlib import Path

import pandas as pd
import pytest

from linli.experiments import command
from linli.experiments.attribution import measured
from linli.experiments.compare.request import Request
from linli.experiments.compare.runs import Task, run_one, run_pair
from linli.experiments.compare.sentences import sentences
from linli.experiments.compare.tables import SECTIONS
from linli.experiments.runner.pool import RunFailed, in_parallel
from linli.experiments.statistics.paired import CostPerEngaged, Effect, cost_per_engaged, effects, paired
from linli.model.attribution.channels import GROUPS
from linli.model.attribution.measures import ATTRIBUTED, EVERY
from linli.model.errors import InputError
from linli.model.measures import MEASURES
from linli.model.policies import from_text
from linli.model.scenario import load, with_policies

NAN = float("nan")
SHORT = ("lane", "--days", "8", "--burn-in", "6")
LANE = load("lane").but(days=12, burn_in=6, seed=3)


def nothing(*_: object) -> None:
    """For ticks nobody watches."""


def test_processes_are_started_where_there_is_something_to_do(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 4)

    def processes(name, **asked):
        request = Request(name, policies=["match"], **asked)
        return request.processes_for(request.baseline())

    assert processes("lane", runs=20) == 1
    assert processes("lane", runs=20, jobs=2) == 2
    assert processes("lane", runs=20, engine="mesa") == 4
    assert processes("donghu", runs=200) == 4
    assert processes("donghu", runs=2) == 1
    assert processes("chengdu", runs=2) == 1


# the statistics ------------------------------------------------------------------------------------------


def test_the_interval_is_students_t_of_the_paired_differences():
    # differences 1, 2, 0, 3: mean 1.5, variance 5/3, t(.975, 3 df) = 3.182446 (any printed table)
    effect = paired([1.0, 2.0, 3.0, 4.0], [2.0, 4.0, 3.0, 7.0])
    half = 3.182446305 * math.sqrt(5.0 / 3.0) / math.sqrt(4.0)
    assert (effect.baseline, effect.policy, effect.difference, effect.runs) == (2.5, 4.0, 1.5, 4)
    assert effect.low == pytest.approx(1.5 - half, rel=1e-9)
    assert effect.high == pytest.approx(1.5 + half, rel=1e-9)
    assert not effect.is_clear


def test_two_runs_have_the_wide_interval_of_one_degree_of_freedom():
    # differences 1 and 3: mean 2, sd sqrt(2), t(.975, 1 df) = 12.7062
    effect = paired([0.0, 0.0], [1.0, 3.0])
    assert effect.high == pytest.approx(2.0 + 12.7062047, rel=1e-8)


def test_runs_without_a_value_in_both_arms_are_left_out():
    effect = paired([1.0, NAN, 3.0, 5.0], [2.0, 9.0, NAN, 7.0])
    assert (effect.baseline, effect.policy, effect.difference, effect.runs) == (3.0, 4.5, 1.5, 2)
    assert paired([NAN], [1.0]) == Effect(None, None, None, None, None, 0)


def test_one_run_has_a_difference_and_no_interval():
    assert paired([1.0], [3.0]) == Effect(1.0, 3.0, 2.0, None, None, 1)


def test_equal_arms_differ_by_exactly_nothing():
    effect = paired([0.1, 0.2, 0.7], [0.1, 0.2, 0.7])
    assert (effect.difference, effect.low, effect.high) == (0.0, 0.0, 0.0)
    assert not effect.is_clear


def test_a_clear_change_has_its_direction():
    up = paired([0.0, 0.0, 0.0], [1.0, 1.1, 0.9])
    down = paired([1.0, 1.1, 0.9], [0.0, 0.0, 0.0])
    assert (up.is_clear, up.is_clear_gain) == (True, True)
    assert (down.is_clear, down.is_clear_gain) == (True, False)


def test_effects_cover_every_measure_of_the_runs():
    on = effects([{"a": 1.0, "b": NAN}, {"a": 3.0, "b": 1.0}], [{"a": 2.0, "b": 1.0}, {"a": 4.0, "b": 1.5}])
    assert (on["a"].difference, on["a"].runs) == (1.0, 2)
    assert (on["b"].difference, on["b"].runs) == (0.5, 1)


def _cost(engaged: Effect) -> CostPerEngaged:
    on = {
        "engaged_share": engaged,
        "cost_yuan": Effect(1.0, 3.0, 2.0, 1.9, 2.1, 4),  # 2 yuan for each resident
        "cost_hours": Effect(0.0, 50.0, 50.0, 49.0, 51.0, 4),  # 50 h for 1000 residents
    }
    return cost_per_engaged(on, residents=[1200] * 4, adults=[1000] * 4)


def test_cost_per_engaged_resident_by_hand():
    # one point more of 1000 adults: 10 people; 2 * 1200 = 2400 yuan and 50 * 1.2 = 60 h a year
    cost = _cost(Effect(0.10, 0.11, 0.01, 0.005, 0.015, 4))
    assert cost.additional == pytest.approx(10.0)
    assert cost.yuan == pytest.approx(240.0)
    assert cost.hours == pytest.approx(6.0)
    assert cost.reason is None


@pytest.mark.parametrize(
    ("engaged", "reason"),
    [
        (Effect(0.10, 0.11, 0.01, -0.001, 0.021, 4), "includes 0"),
        (Effect(0.11, 0.10, -0.01, -0.015, -0.005, 4), "fell"),
        (Effect(0.10, 0.11, 0.01, None, None, 1), "single run"),
        (Effect(0.10, 0.10, 0.0, 0.0, 0.0, 4), "includes 0"),
        (Effect(None, None, None, None, None, 0), "not defined"),
    ],
)
def test_cost_per_engaged_resident_is_only_given_when_engagement_clearly_rose(engaged, reason):
    cost = _cost(engaged)
    assert (cost.yuan, cost.hours) == (None, None)
    assert reason in (cost.reason or "")


# what is said --------------------------------------------------------------------------------------------

FLAT = Effect(0.5, 0.5, 0.0, -0.1, 0.1, 4)
UP = Effect(0.5, 0.7, 0.2, 0.1, 0.3, 4)
DOWN = Effect(0.7, 0.5, -0.2, -0.3, -0.1, 4)
UNKNOWN = Effect(None, None, None, None, None, 0)


@pytest.mark.parametrize(
    ("share", "own", "without", "said"),
    [
        (DOWN, DOWN, UP, "residents gave fewer hours of their own"),
        (UP, UP, DOWN, "residents gave more hours of their own"),
        (DOWN, UP, UP, "still more was done without them"),
        (DOWN, FLAT, FLAT, "organised hours were added"),
        (FLAT, FLAT, UP, "more was done without residents"),
        (FLAT, FLAT, FLAT, "did not clearly change"),
        (*[Effect(0.5, 0.7, 0.2, None, None, 1)] * 3, "one run cannot tell"),
    ],
)
def test_self_reliance_is_read_from_its_three_measures_together(share, own, without, said):
    on = dict.fromkeys(MEASURES, FLAT) | {
        "self_reliance": share,
        "resident_matter_hours": own,
        "resolved_without_residents": without,
    }
    cost = CostPerEngaged(None, None, None, "no reason")
    text = sentences(on, dict.fromkeys(GROUPS, FLAT), cost)["Self-reliance"]
    assert said in text
    assert all(words in text for words in ("share of hours on matters", "own hours", "resolved without them"))


@pytest.mark.parametrize("unasked", [UP, FLAT, DOWN])
@pytest.mark.parametrize("own", [UP, FLAT, DOWN])
@pytest.mark.parametrize("without", [UP, FLAT, DOWN])
def test_counts_of_acts_are_not_called_waking_or_replacing(unasked, own, without):
    on = dict.fromkeys(MEASURES, DOWN) | {
        "acts_spontaneous": unasked,
        "acts_asked": UP,
        "resident_matter_hours": own,
        "resolved_without_residents": without,
    }
    said = sentences(on, dict.fromkeys(GROUPS, UNKNOWN), CostPerEngaged(None, None, None, "no reason"))
    assert "not known here" in said.pop("Wakes or replaces")
    text = " ".join(said.values()).lower()
    claims = ("包办", "自理", "wake", "woken", "replace", "took the place")
    assert [claim for claim in claims if claim in text] == []
    assert "those on request: rose" in said["Acts"]
    word = {UP: "rose", FLAT: "did not clearly change", DOWN: "fell"}[unasked]
    assert f"those that nobody asked for: {word}" in said["Acts"]


@pytest.mark.parametrize("woken", [UP, FLAT, DOWN])
@pytest.mark.parametrize("replaced", [UP, FLAT, DOWN])
def test_what_attribution_says_is_said_where_it_is_clear(woken, replaced):
    """包办 stands beside acts that are clearly replaced, whatever else changed."""
    groups = dict.fromkeys(GROUPS, DOWN) | {"woken": woken, "replaced": replaced}
    said = sentences(dict.fromkeys(MEASURES, DOWN), groups, CostPerEngaged(None, None, None, "no reason"))
    text = said["Wakes or replaces"]
    assert ("包办" in text) is (replaced is DOWN)
    assert text.startswith("wakes") is (woken is UP)
    assert "belong to neither" in text
    single = dict.fromkeys(GROUPS, Effect(0.0, 1.0, 1.0, None, None, 1))
    alone = sentences(dict.fromkeys(MEASURES, FLAT), single, CostPerEngaged(None, None, None, "no reason"))
    assert alone["Wakes or replaces"].startswith("one run cannot tell: woken +1")


def test_sections_begin_at_measures_that_exist():
    assert set(SECTIONS) <= set(EVERY)
    assert next(iter(EVERY)) in SECTIONS


# pairs of runs -------------------------------------------------------------------------------------------


def test_the_arms_of_a_pair_are_the_runs_one_would_do_by_hand():
    policies = (from_text("sink:headcount=45,start=3"), from_text("match"))
    pair = run_pair(Task(LANE, policies, daily=True), nothing)
    alone = run_one(Task(LANE, daily=True), nothing)
    treated = run_one(Task(with_policies(LANE, policies), daily=True), nothing)
    for arm, run in ((pair.baseline, alone), (pair.policy, treated)):
        measures = {name: arm.measures[name] for name in MEASURES}
        assert json.dumps(measures) == json.dumps(run.measures)
        pd.testing.assert_frame_equal(arm.daily, run.daily)
    assert pair.baseline.measures != pair.policy.measures


@pytest.mark.parametrize("engine", ["array", "mesa"])
def test_what_attribution_says_adds_up_to_what_changed_about_all_acts(engine):
    pair = run_pair(Task(LANE, (from_text("match"),), engine=engine), nothing)
    assert [pair.baseline.measures[name] for name in ATTRIBUTED] == [0.0] * len(ATTRIBUTED)
    assert sum(pair.policy.measures[name] for name in ATTRIBUTED) == pytest.approx(acts_more(pair))


def acts_more(pair):
    before, after = (
        arm.measures["acts_asked"] + arm.measures["acts_spontaneous"] for arm in (pair.baseline, pair.policy)
    )
    return after - before


def test_where_a_baseline_beside_every_run_takes_too_long_nothing_is_said(monkeypatch):
    monkeypatch.setattr(measured, "MOST_COMMUNITIES", 0)
    pair = run_pair(Task(LANE, (from_text("match"),)), nothing)
    assert all(math.isnan(pair.policy.measures[name]) for name in ATTRIBUTED)
    assert not math.isnan(pair.policy.measures["engaged_share"])


def test_a_pair_ticks_once_a_day_of_burn_in_and_of_both_arms():
    days: list[int] = []
    run_pair(Task(LANE, (from_text("match"),)), lambda: days.append(1))
    assert len(days) == 6 + 2 * 12


@pytest.mark.parametrize(
    "null", ["relieve:share=0", "council:power=0", "property:share=0", "match:method=none"]
)
def test_a_null_policy_changes_nothing_and_costs_nothing(null):
    pair = run_pair(Task(LANE, (from_text(null),)), nothing)
    for name, effect in effects([pair.baseline.measures], [pair.policy.measures]).items():
        if null.startswith("match") and name.startswith("cost"):
            continue  # it prices the service of the members who serve anyhow
        assert effect.difference in (0.0, None), name


# workers -------------------------------------------------------------------------------------------------


@pytest.fixture
def tasks_of_others(tmp_path: Path, monkeypatch):
    """A module that worker processes can import."""
    (tmp_path / "chores.py").write_text(
        "import os\n"
        "from linli.model.errors import InputError\n"
        "def square(task, tick):\n    tick()\n    return task * task\n"
        "def fail(task, tick):\n    return 1 // task\n"
        "def refuse(task, tick):\n    raise InputError('not this one')\n"
        "def vanish(task, tick):\n    os._exit(9)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    import chores

    yield chores
    del sys.modules["chores"]


def test_workers_give_results_in_the_order_of_the_tasks(tasks_of_others):
    reached: list[int] = []
    assert in_parallel(tasks_of_others.square, [3, 1, 2], 2, reached.append) == [9, 1, 4]
    assert reached[-1] == 3
    assert in_parallel(tasks_of_others.square, [3, 1, 2], 1, reached.append) == [9, 1, 4]


def test_a_worker_that_fails_is_named(tasks_of_others):
    with pytest.raises(RunFailed, match=r"run 2 of 2 failed .*ZeroDivisionError"):
        in_parallel(tasks_of_others.fail, [1, 0], 2, nothing)
    with pytest.raises(InputError, match="not this one"):
        in_parallel(tasks_of_others.refuse, [1, 0], 2, nothing)
    with pytest.raises(RunFailed, match="ended before its run did"):
        in_parallel(tasks_of_others.vanish, [1, 0], 2, nothing)


# the command ---------------------------------------------------------------------------------------------


@pytest.fixture
def compare(monkeypatch, capsys):
    """`linli compare` in this process (its workers are processes of their own)."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["linli", "compare", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            command.main()
        return (ended.value.code or 0, *capsys.readouterr())

    return call


def test_compare_prints_one_json_object_that_does_not_depend_on_the_workers(compare, tmp_path):
    options = (*SHORT, "--policy", "match", "--policy", "ask", "--runs", "3", "--seed", "5", "--json")
    code, out, _ = compare(*options, "--jobs", "1", "--out", tmp_path / "one")
    assert code == 0
    data = json.loads(out)
    assert set(data) == {
        *("scenario", "seed", "days", "burn_in", "engine", "residents", "policies", "version", "code"),
        *("runs", "measures", "attribution", "cost_per_engaged"),
    }
    assert set(data["measures"]) == set(EVERY)
    assert set(data["attribution"]) == set(GROUPS)
    for effect in (*data["measures"].values(), *data["attribution"].values()):
        assert set(effect) == {"baseline", "policy", "difference", "low", "high", "runs"}
    assert (data["seed"], data["runs"], data["policies"]) == (5, 3, ["match", "ask"])
    assert set(data["cost_per_engaged"]) == {"yuan", "hours", "additional", "reason"}

    code, other, _ = compare(*options, "--jobs", "2", "--out", tmp_path / "two")
    assert json.loads(other) == data
    for name in ("daily.parquet", "measures.parquet"):
        one, two = (pd.read_parquet(tmp_path / folder / name) for folder in ("one", "two"))
        pd.testing.assert_frame_equal(one, two)


def test_the_folder_of_a_comparison_repeats_its_numbers(compare, tmp_path):
    options = (*SHORT, "--policy", "match", "--runs", "2", "--seed", "5", "--jobs", "1", "--json")
    _, out, _ = compare(*options, "--out", tmp_path / "results")
    data = json.loads(out)
    measures = pd.read_parquet(tmp_path / "results" / "measures.parquet")
    assert list(measures.columns) == ["run", "arm", "measure", "unit", "value"]
    trust = measures[measures["measure"] == "trust"].pivot(index="run", columns="arm", values="value")
    assert (trust["policy"] - trust["baseline"]).mean() == pytest.approx(
        data["measures"]["trust"]["difference"]
    )
    daily = pd.read_parquet(tmp_path / "results" / "daily.parquet")
    assert list(daily.columns) == ["run", "arm", "day", "measure", "unit", "value"]
    assert len(daily) == 2 * 2 * 14 * len(MEASURES)
    first = daily[(daily["run"] == 0) & (daily["day"] < 0)].groupby("arm")["value"].sum()
    assert first["baseline"] == first["policy"]
    for arm, name in (("baseline", "scenario.toml"), ("policy", "policy.toml")):
        alone = run_one(Task(load(tmp_path / "results" / name)), nothing)
        assert alone.measures["trust"] == trust.loc[0, arm]
    record = json.loads((tmp_path / "results" / "run.json").read_text())
    assert (record["command"], record["measures"]) == ("compare", data["measures"])


def test_the_table_has_every_measure_and_says_what_happened(compare, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = compare(*SHORT, "--policy", "match", "--runs", "2", "--jobs", "1")
    assert code == 0
    lines = out.splitlines()
    assert all(any(line.startswith(name + " ") for line in lines) for name in MEASURES)
    assert max(map(len, lines)) <= 80
    for about in ("Engagement", "Acts", "Self-reliance", "Resolution", "Cost"):
        assert any(line.startswith(about + " ") for line in lines)


def test_a_policy_that_never_acts_is_pointed_out(compare):
    code, out, err = compare(*SHORT, "--policy", "match:start=8", "--runs", "1", "--json")
    assert code == 0
    assert "match starts on day 8, after the run's 8 days" in err
    effect = json.loads(out)["measures"]["engaged_share"]
    assert (effect["difference"], effect["low"], effect["high"]) == (0.0, None, None)
