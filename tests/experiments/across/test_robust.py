"""Choosing among arms when no world is known to be the one: by hand, and the commands that do it."""

import json

import numpy as np
import pandas as pd
import pytest

from linli.experiments.across.robust import robust, unbeaten
from linli.experiments.analysis.mixes import levers
from linli.experiments.analysis.optimisation import Search
from linli.experiments.store import Store
from linli.model.errors import InputError
from linli.model.scenario import load


def series(*values):
    return pd.Series(values, dtype=float)


def test_worst_regret_and_shares_by_hand():
    found = robust({"steady": series(1, 1, 1, 1, 1), "bold": series(3, 3, 3, -1, -1)})
    steady, bold = found["steady"], found["bold"]
    assert (steady.middle, bold.middle) == (1.0, 3.0)
    assert steady.worst == 1.0
    assert bold.worst == -1.0
    # nine in ten of (2, 2, 2, 0, 0) and of (0, 0, 0, 2, 2)
    assert (steady.regret, bold.regret) == (2.0, 2.0)
    assert (steady.above, bold.above) == (1.0, 0.6)
    assert (steady.best, bold.best) == (0.4, 0.6)


def test_of_a_cost_the_least_is_best_and_the_worst_is_the_most():
    found = robust({"dear": series(5, 5, 9), "cheap": series(1, 2, 3)}, 4.0, less=True)
    assert found["cheap"].best == 1.0
    assert found["cheap"].regret == 0.0
    assert found["dear"].worst == pytest.approx(8.6)  # 19/20 of the way along 5, 5, 9
    assert (found["cheap"].above, found["dear"].above) == (1.0, 0.0)


def test_worlds_in_which_an_arm_is_not_known_judge_none():
    found = robust({"a": series(1, np.nan), "b": series(0, 9)})
    assert found["a"].best == 1.0
    assert robust({"a": series(np.nan)}) == {}


def test_what_another_beats_is_not_on_the_front():
    assert unbeaten({"a": [1.0, 1.0], "b": [2.0, 1.0], "c": [0.0, 3.0], "d": [2.0, 1.0]}) == ["b", "c", "d"]


STUDY = """
name = "rivals"
scenario = "lane"
days = 12
burn_in = 8
worlds = 5
[[arms]]
name = "matching"
policies = ["match"]
[[arms]]
name = "relief"
policies = ["relieve"]
"""


def test_a_sweep_over_worlds_ends_with_which_arm_is_robust(ensemble, linli, tmp_path):
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    code, said, _ = linli("sweep", "study.toml", "--jobs", 1, "--out", "out")
    assert code == 0
    assert "2 arms in 5 worlds that fit the evidence" in said
    assert "least regret" in " ".join(said.split())
    assert {file.name for file in (tmp_path / "out" / "answer").iterdir()} == {
        "answer.txt", "robust.csv", "effects.csv", "worlds.csv"
    }  # fmt: skip
    code, said, _ = linli("sweep", "study.toml", "--jobs", 1, "--worlds", 3, "--out", "other", "--lang", "zh")
    assert code == 0
    assert "符合证据的3个世界中的2个方案" in said
    assert sorted(Store(tmp_path / "other").read()["world"].unique()) == [0, 1, 2]


def test_a_sweep_of_one_arm_ends_with_its_effects(ensemble, linli, tmp_path):
    (tmp_path / "study.toml").write_text(STUDY[: STUDY.rindex("[[arms]]")], encoding="utf-8")
    code, said, _ = linli("sweep", "study.toml", "--jobs", 1, "--out", "out")
    assert code == 0
    assert "5 worlds that fit the evidence, 1 pair of runs in each" in said
    code, said, _ = linli("analyse", "out")
    assert code == 0
    assert "over 5 worlds" in said


def test_a_search_over_worlds_is_judged_in_worlds_it_has_not_seen(ensemble, linli, tmp_path):
    asked = ("--policy", "council", "--policy", "relieve", "--trials", 6, "--runs", 2, "--budget", 1000)
    options = ("--worlds", 6, "--days", 30, "--burn-in", 20, "--jobs", 1, "--out", "o", "--json")
    code, said, _ = linli("optimise", "lane", *asked, *options)
    data = json.loads(said)
    assert (code, data["worlds"]) == (0, 4)
    arms = {row["arm"] for row in data["robust"]}
    assert arms == {row["mix"] for row in data["front"]} - {""}
    assert set(data["robust_front"]) <= arms
    runs = Store(tmp_path / "o").read()
    tried = runs[runs["world"] < 2]
    assert set(runs.loc[runs["world"] >= 2, "arm"]) - {"baseline"} == arms
    assert tried["arm"].nunique() >= len(arms)


def test_a_search_needs_worlds_left_to_judge_by():
    lane = load("lane")
    with pytest.raises(InputError, match="6 at least"):
        Search(
            scenario=lane,
            levers=levers(lane, ["council"]),
            budget=1.0,
            trials=1,
            runs=3,
            worlds=[{"J": 1.0}] * 5,
        )
