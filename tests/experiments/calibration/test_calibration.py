"""Evidence as data, and the search for worlds that meet it."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from linli.experiments.analysis.sensitivity import factors_of
from linli.experiments.calibration.search import Search, calibrate, fitting, parameters_only, steadiest
from linli.experiments.evidence import Evidence, distance, evidence, targets
from linli.experiments.output.progress import Progress
from linli.model.errors import InputError
from linli.model.scenario import load

FIGURE = Evidence(
    measure="active_in_year", target=0.3, low=0.2, high=0.35, use="calibration", source="a survey"
)


@pytest.mark.parametrize(
    ("value", "far"), [(0.3, 0.0), (0.2, 1.0), (0.35, 1.0), (0.25, 0.5), (0.1, 2.0), (0.4, 2.0)]
)
def test_a_distance_is_one_at_either_edge_of_the_band(value, far):
    assert FIGURE.distance(value) == pytest.approx(far)
    assert FIGURE.holds(value) == (far <= 1.0)


def test_a_value_that_is_not_defined_is_far_from_everything():
    assert FIGURE.distance(float("nan")) == float("inf")
    assert not FIGURE.holds(float("nan"))
    assert distance({"active_in_year": float("nan")}, (FIGURE,)) == float("inf")


def test_a_figure_names_a_measure_a_use_and_a_target_inside_its_band():
    with pytest.raises(InputError, match="active_in_year"):
        replace(FIGURE, measure="active_in_yaer")
    with pytest.raises(InputError, match="use"):
        replace(FIGURE, use="tuning")
    with pytest.raises(InputError, match="outside its band"):
        replace(FIGURE, target=0.5)


def test_what_is_held_back_is_no_target():
    assert {e.use for e in evidence()} == {"calibration", "validation"}
    assert "recorded_closure" not in {e.measure for e in targets()}
    assert all(e.source for e in evidence())


def search_for(reports: float) -> Search:
    """On the lane: how many matters are reported, with the readiness to report free."""
    figure = Evidence(
        measure="matters_reported", low=0.9 * reports, high=1.1 * reports, use="calibration", source="made up"
    )
    scenario = load("lane").but(burn_in=30, days=120)
    free = parameters_only(factors_of(["theta_v=-3:3", "R=0:14"]))
    return Search(scenario=scenario, free=free, targets=(figure,), points=16, waves=4, runs=1)


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return calibrate(search_for(0.3), 1, Progress("searching"))


def test_a_search_finds_worlds_that_meet_the_evidence(found):
    fit = fitting(found)
    assert len(fit) >= 4
    assert fit["matters_reported"].between(0.27, 0.33).all()
    assert (np.diff(found["distance"]) >= 0.0).all()
    by_wave = found.groupby("wave")["distance"].median()
    assert by_wave[3] < 0.5 * by_wave[0]
    world = steadiest(found, search_for(0.3).free)
    assert world is not None
    assert world["distance"] <= 1.0


def test_usual_need_is_measured_in_every_world(found):
    for world in fitting(found).head(3).to_dict("records"):
        assert world["need_in_sight"] == pytest.approx(world["n_bar"], rel=0.25)


def test_two_processes_find_what_one_finds(found):
    two = calibrate(search_for(0.3), 2, Progress("searching"))
    pd.testing.assert_frame_equal(found, two)


def test_where_nothing_fits_nothing_is_said_to(here):
    code, out, error = here(
        "calibrate", "lane", "--days", "5", "--burn-in", "0", "--points", "8", "--waves", "1", "--jobs", "1"
    )
    assert (code, error) == (0, "")
    assert "0 of them" in out or "in 0" in out
    assert "None fits" in out


def test_the_commands_print_data(here):
    code, out, _ = here("evidence", "lane", "--days", "100", "--runs", "2", "--json", "--jobs", "1")
    assert code == 0
    rows = json.loads(out)
    assert {row["measure"] for row in rows} == {e.measure for e in evidence()}
    assert all(len(row["values"]) == 2 for row in rows)
    code, out, _ = here("evidence", "lane", "--days", "100", "--runs", "1", "--lang", "zh", "--jobs", "1")
    assert code == 0
    assert "未据此取值" in "".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("calibrate", "lane", "--free", "match.method=0:1"), "match.method"),
        (("calibrate", "lane", "--free", "thetamean"), "theta_mean"),
        (("calibrate", "lane", "--points", "2"), "--points must be between 8"),
        (("calibrate", "day.npz"), "later day of a run"),
        (("evidence", "day.npz"), "later day of a run"),
        (("evidence", "lane", "--runs", "0"), "--runs must be between 1"),
        (("evidence", "lane", "--engine", "fast"), "fast"),
    ],
)
def test_bad_input_is_one_line(here, arguments, complaint):
    code, out, error = here(*arguments)
    assert (code, out) == (2, "")
    assert complaint in error
    assert error.count("\n") == 1
