"""Morris and Sobol' on functions whose answer is known, and the command on a small place."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from linli.experiments.analysis.sensitivity import UNIDENTIFIED, assumed, factors_of, luck_of
from linli.experiments.statistics.variance import indices, screening
from linli.experiments.study.design import Design
from linli.model.errors import InputError
from linli.model.parameters import table as parameter_table

QUICK = (
    "--days",
    "10",
    "--burn-in",
    "5",
    "--trajectories",
    "2",
    "--samples",
    "8",
    "--top",
    "2",
    "--jobs",
    "1",
)


def ishigami(unit: np.ndarray) -> np.ndarray:
    """Ishigami & Homma 1990, a = 7, b = .1, on the unit cube."""
    x = math.pi * (2.0 * unit - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


# functions of known answers ------------------------------------------------------------------------------


def test_sobol_of_ishigami() -> None:
    """Exact: variance 13.8446; totals .5576, .4424, .2437; alone .3139, .4424, 0."""
    names = ["x1", "x2", "x3"]
    values = ishigami(Design("sobol", 2048, 1).unit_samples(3))
    found = indices(names, values, seed=1).set_index("parameter")
    exact = {"x1": (0.5576, 0.3139), "x2": (0.4424, 0.4424), "x3": (0.2437, 0.0)}
    for name, (total, first) in exact.items():
        row = found.loc[name]
        # intervals are 95 %, and twice them all but certain
        assert row["total"] == pytest.approx(total, abs=2.0 * row["total_half"])
        assert row["first"] == pytest.approx(first, abs=2.0 * row["first_half"])
        assert 0.0 < row["total_half"] < 0.1
    assert found.index.to_list() == ["x1", "x2", "x3"]


def test_morris_of_a_straight_line() -> None:
    """The effect of going from end to end is the slope, without spread; what does nothing is inert."""
    points = Design("morris", 8, 1).unit_samples(4)
    found = screening(list("abcd"), points, points @ [3.0, -5.0, 0.0, 0.1], seed=1).set_index("parameter")
    assert found["mu_star"].to_dict() == pytest.approx({"b": 5.0, "a": 3.0, "d": 0.1, "c": 0.0})
    assert found.loc["b", "mu"] == pytest.approx(-5.0)
    assert found["sigma"].max() == pytest.approx(0.0, abs=1e-12)
    assert found["inert"].to_dict() == {"b": False, "a": False, "d": True, "c": True}


def test_morris_sees_that_parameters_work_together() -> None:
    points = Design("morris", 20, 1).unit_samples(3)
    found = screening(list("abc"), points, points[:, 0] * points[:, 1] + points[:, 2], seed=1)
    sigma = found.set_index("parameter")["sigma"]
    assert sigma["a"] > 0.1 < sigma["b"]
    assert sigma["c"] == pytest.approx(0.0, abs=1e-12)


def test_the_same_seed_gives_the_same_intervals() -> None:
    values = ishigami(Design("sobol", 64, 1).unit_samples(3))
    one, two, other = (indices(list("abc"), values, seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, two)
    assert not one["total_half"].equals(other["total_half"])


def test_a_seed_of_zero_would_be_none() -> None:
    with pytest.raises(InputError, match="must be 1 or more"):
        indices(list("abc"), ishigami(Design("sobol", 8, 1).unit_samples(3)), seed=0)


def test_a_response_that_never_moves_is_refused() -> None:
    with pytest.raises(InputError, match="the same at every point"):
        screening(list("ab"), Design("morris", 2, 1).unit_samples(2), np.zeros(6), seed=1)


def test_luck_is_the_part_that_seeds_explain() -> None:
    draws = np.random.default_rng(1)
    values = pd.DataFrame({"value": draws.normal(0.0, 2.0, 4000), "variance": np.full(4000, 1.0)})
    assert luck_of(values) == pytest.approx(0.25, abs=0.02)
    assert luck_of(values.assign(variance=np.nan)) is None


# parameters and ranges -----------------------------------------------------------------------------------


def test_ranges_of_parameters() -> None:
    spans = {
        f.name: (f.low, f.high) for f in factors_of(["mu", "rho", "R", "theta_v", "sees_dead", "c_m=0.5:4"])
    }
    table = parameter_table()
    assert spans["mu"] == (table["mu"].low, table["mu"].high)  # unidentified: all of it
    assert spans["rho"] == (table["rho"].default / 2, min(1.0, 2 * table["rho"].default))
    assert spans["R"] == (1, 6)
    assert spans["sees_dead"] == (0, 1)
    assert spans["theta_v"] == (-3.0, -1.0)
    assert spans["c_m"] == (0.5, 4.0)


def test_all_assumed_parameters_are_screened_unless_some_are_named() -> None:
    names = assumed()
    assert names[: len(UNIDENTIFIED)] == list(UNIDENTIFIED)
    assert len(set(names)) == len(names)
    assert "rho" in names
    assert not {"theta_mean", "n_bar", "wage"} & set(names)
    assert len(factors_of(None)) == len(names)


# the command ---------------------------------------------------------------------------------------------


def test_an_effect_on_a_small_place(linli, tmp_path: Path) -> None:
    over = ("--over", "mu", "--over", "J", "--over", "match.share=0.1:0.9", "--over", "wage")
    options = ("lane", "--policy", "match", "--measure", "members_matched", *over, *QUICK)
    code, out, err = linli("sensitivity", *options, "--out", "found", "--json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    screened = {row["parameter"]: row for row in data["screening"]}
    assert data["screening"][0]["parameter"] == "match_share"
    assert screened["wage"]["mu_star"] == 0.0
    assert screened["wage"]["inert"]
    assert data["indices"][0]["parameter"] == "match_share"
    assert len(data["indices"]) == 2
    written = {file.name for file in (tmp_path / "found").iterdir()}
    assert written >= {"screening", "indices", "screening.csv", "indices.tex", "sensitivity.svg"}
    # the same command takes up its runs and says the same
    chunks = sorted((tmp_path / "found").rglob("*.parquet"))
    times = [chunk.stat().st_mtime_ns for chunk in chunks]
    code, again, _ = linli("sensitivity", *options, "--out", "found", "--json")
    assert json.loads(again) == data
    assert [chunk.stat().st_mtime_ns for chunk in sorted((tmp_path / "found").rglob("*.parquet"))] == times


def test_a_measure_without_policies_in_words(linli) -> None:
    over = ("--over", "lambda0", "--over", "A_known")
    code, out, _ = linli("sensitivity", "lane", "--measure", "acts_spontaneous", *over, *QUICK, "--runs", "1")
    assert code == 0
    assert "What moves acts_spontaneous" in out
    assert "Shares of the variance (Sobol')" in out
    assert "results/sensitivity-lane" in out


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--over", "mu"], "two parameters or more"),
        (["--over", "mu", "--over", "mu"], "--over mu is given twice"),
        (["--over", "mu=0", "--over", "J"], "write NAME=LOW:HIGH"),
        (["--over", "mu=0.7:0.2", "--over", "J"], "must be less than high"),
        (["--over", "nu_", "--over", "J"], "unknown parameter 'nu_'"),
        (["--over", "mu", "--over", "match.share=0:1"], "moves nothing: there is no --policy match"),
        (
            ["--over", "mu", "--over", "match.share", "--policy", "match"],
            "give an option of a policy its range",
        ),
        (["--measure", "happiness"], "unknown measure 'happiness'"),
        (["--samples", "12"], "need a power of 2"),
        (["--trajectories", "1"], "--trajectories must be between 2 and"),
        (["--policy", "sink:headcount=9999"], "more than the"),
        (["--jobs", "0"], "--jobs must be between"),
        (["--lang", "fr"], "unknown language"),
    ],
)
def test_bad_input_is_one_line(linli, tmp_path: Path, options, complaint) -> None:
    code, out, err = linli("sensitivity", "lane", *options)
    assert (code, out) == (2, "")
    assert complaint in err
    assert len(err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_points_that_cannot_run_are_named(linli, tmp_path: Path) -> None:
    over = ("--over", "mu", "--over", "posts=0:40")
    code, out, err = linli("sensitivity", "lane", *over, *QUICK, "--out", "found")
    assert (code, out) == (2, "")
    assert "runs in found/screening failed, the first with: " in err
    assert "narrow its range" in err


def test_over_worlds_is_asked_elsewhere(linli) -> None:
    """Its points leave what fits the evidence; the line says what to ask instead."""
    code, out, error = linli("sensitivity", "lane", "--worlds", 20)
    assert (code, out) == (2, "")
    assert "linli discover SCENARIO --policy ... --worlds N" in error
    assert error.count("\n") == 1
