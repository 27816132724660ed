"""A study lived in several worlds: its runs are what single runs in those worlds give; and the commands."""

import json

import pandas as pd
import pytest

from linli.experiments.compare.runs import Task, run_pair
from linli.experiments.runner.plan import Plan
from linli.experiments.store import Store
from linli.experiments.store.reading import read
from linli.experiments.study import from_toml
from linli.experiments.study.worlds import SEEDS_A_WORLD
from linli.experiments.worlds import worlds
from linli.model.errors import InputError
from linli.model.measures import MEASURES
from linli.model.policies import from_text
from linli.model.scenario import load

STUDY = """
name = "in-worlds"
scenario = "lane"
days = 12
burn_in = 8
worlds = {worlds}
seeds = {seeds}
{more}
[[arms]]
name = "matching"
policies = ["match"]
"""


def study(worlds=3, seeds=1, more=""):
    return from_toml(STUDY.format(worlds=worlds, seeds=seeds, more=more))


def test_every_world_has_every_point_and_seeds_of_its_own(ensemble):
    plan = Plan(study(3, 2, '[factors]\n"match.method" = ["none", "random"]'))
    assert plan.points == [(w, method) for w in range(3) for method in ("none", "random")]
    assert [group.seed for group in plan.groups] == [1, 1 + SEEDS_A_WORLD, 1 + 2 * SEEDS_A_WORLD]
    assert [group.parameters for group in plan.groups] == list(worlds("lane").first(3).parameters)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"worlds": 9}, "worlds must be between 1 and 8"),
        ({"more": "[factors]\nJ = [1, 2]"}, "every world has a value of J"),
        ({"more": "[parameters]\nchi = 0"}, "every world has a value of chi"),
        ({"seeds": SEEDS_A_WORLD + 1}, "more than a world has"),
        ({"worlds": '"many"'}, "whole number"),
    ],
)
def test_what_would_make_a_world_another_one_is_refused(ensemble, changed, said):
    with pytest.raises(InputError, match=said):
        study(**changed)


def test_a_place_without_an_ensemble_is_refused():
    with pytest.raises(InputError, match="no ensemble of worlds"):
        study()


def test_rows_are_what_single_runs_in_those_worlds_give(ensemble, linli, tmp_path):
    out = tmp_path / "out"
    options = ("--days", 12, "--burn-in", 8, "--runs", 2, "--jobs", 1, "--out", out)
    code, _, error = linli("compare", "lane", "--policy", "match", "--worlds", 2, *options)
    assert (code, error) == (0, "")
    rows = Store(out).read().set_index(["world", "seed", "arm"])
    settings = load("lane").but(days=12, burn_in=8, seed=2 + SEEDS_A_WORLD)
    settings = settings.but(parameters=worlds("lane").parameters[1])
    pair = run_pair(Task(settings, (from_text("match"),)), lambda: None)
    for arm, outcome in (("baseline", pair.baseline), ("match", pair.policy)):
        row = rows.loc[1, settings.seed, arm]
        assert {name: row[name] for name in MEASURES} == pytest.approx(
            {name: outcome.measures[name] for name in MEASURES}, nan_ok=True, abs=0
        )
        assert row["woken"] == outcome.measures["woken"]


def test_more_worlds_keep_the_runs_of_fewer(ensemble):
    few, many = Plan(study(2)), Plan(study(4))
    for group, same in zip(few.groups, many.groups, strict=False):
        variant = few.variants(group.number)[0]
        assert few.run_id(group, group.seed, variant) == many.run_id(same, same.seed, variant)


def test_statistics_over_worlds_take_the_world_for_the_seed(ensemble, linli, tmp_path):
    out = tmp_path / "out"
    options = ("--days", 12, "--burn-in", 8, "--runs", 2, "--jobs", 1, "--out", out)
    assert linli("compare", "lane", "--policy", "match", "--worlds", 3, *options)[0] == 0
    results, raw = read(out), Store(out).read()
    assert len(results.frame) == 3 * 2
    assert sorted(results.frame["seed"].unique()) == [0, 1, 2]
    means = raw.groupby(["world", "arm"])["engaged_share"].mean()
    ours = results.frame.set_index(["world", "arm"])["engaged_share"].sort_index()
    pd.testing.assert_series_equal(ours, means, check_names=False, check_index_type=False)


SHORT = ("lane", "--policy", "match", "--days", 12, "--burn-in", 8, "--jobs", 1)


def test_the_command_shows_worlds_in_both_languages(ensemble, linli):
    code, said, _ = linli("compare", *SHORT, "--worlds", 4)
    assert code == 0
    assert "4 worlds that fit the evidence, 1 pair of runs in each" in said
    assert "of 4 worlds that fit the evidence" in " ".join(said.split())
    code, said, _ = linli("compare", *SHORT, "--worlds", 4, "--lang", "zh")
    assert code == 0
    assert "符合证据的世界4个" in said


def test_the_command_prints_json_and_goes_on_where_it_was(ensemble, linli, tmp_path):
    code, said, _ = linli("compare", *SHORT, "--worlds", 4, "--runs", 2, "--json")
    data = json.loads(said)
    assert (code, data["worlds"], data["runs"]) == (0, 4, 8)
    assert data["measures"]["engaged_share"]["sign"]["worlds"] == 4
    assert data["attribution"]["net"]["luck"]["runs"] == 2.0
    folder = tmp_path / data["folder"]
    before = {file: file.stat().st_mtime_ns for file in (folder / "runs").iterdir()}
    again = json.loads(linli("compare", *SHORT, "--worlds", 4, "--runs", 2, "--json")[1])
    assert {file: file.stat().st_mtime_ns for file in (folder / "runs").iterdir()} == before
    assert again == data
    assert {file.name for file in (folder / "answer").iterdir()} == {
        "answer.txt", "answer.json", "effects.csv", "worlds.csv"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--worlds", 99), "worlds must be between 1 and 8"),
        (("--worlds", 2, "--set", "J=1"), "every world has a value of J"),
        (("--worlds", 2, "--threads", 2), "--threads does not go with --worlds"),
        (("--worlds", 2, "--equal-cost", 20), "--worlds does not go with --equal-cost"),
        (("--worlds", 2, "--network", "n.graphml"), "--network does not go with --worlds"),
    ],
)
def test_what_does_not_go_with_worlds_is_one_line(ensemble, linli, more, said):
    code, out, error = linli("compare", *SHORT, *more)
    assert (code, out) == (2, "")
    assert said in error
    assert error.count("\n") == 1
