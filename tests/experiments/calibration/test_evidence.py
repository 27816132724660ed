"""Evidence as data, and each figure beside what runs give."""

import json
from dataclasses import replace

import numpy as np
import pytest

from linli.experiments.calibration.beside import HIT, MISS, NOT_COMPARABLE, Beside
from linli.experiments.evidence import Evidence, distance, evidence, hash_of, targets
from linli.experiments.evidence.patterns import PATTERNS, nobody_asks
from linli.model.city import City
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


def test_another_band_is_other_evidence():
    assert hash_of([FIGURE]) == hash_of([replace(FIGURE)])
    assert hash_of([FIGURE]) != hash_of([replace(FIGURE, high=0.36)])


def test_a_figure_is_hit_by_half_of_the_runs_and_not_comparable_where_most_have_none():
    nan = float("nan")
    hit = Beside(FIGURE, (0.25, 0.3, 0.5, nan))
    assert (hit.verdict, hit.middle, hit.inside) == (HIT, 0.3, pytest.approx(2 / 3))
    assert Beside(FIGURE, (0.25, 0.5, 0.6)).verdict == MISS
    assert Beside(FIGURE, (nan, nan, 0.3)).verdict == NOT_COMPARABLE
    assert Beside(FIGURE, tuple(np.linspace(0.0, 1.0, 101))).interval == pytest.approx((0.05, 0.95))


def test_where_nobody_asks_nobody_is_asked():
    lane = load("lane").but(burn_in=10, days=60)
    quiet = City(lane.but(parameters=nobody_asks(lane.parameters))).run_to(70).measures()
    assert quiet["asks"] == quiet["acts_asked"] == 0.0
    assert City(lane).run_to(70).measures()["acts_asked"] > 0.0


def test_the_commands_print_data(here):
    code, out, _ = here("evidence", "lane", "--days", "100", "--runs", "2", "--json", "--jobs", "1")
    assert code == 0
    rows = json.loads(out)
    names = {e.measure for e in evidence()} | {p.name for p in PATTERNS}
    assert {row["measure"] for row in rows} == names
    assert all(len(row["values"]) == 2 for row in rows)
    code, out, _ = here("evidence", "lane", "--days", "100", "--runs", "1", "--lang", "zh", "--jobs", "1")
    assert code == 0
    assert "未据此取值" in "".join(out.split())


def test_the_evidence_beside_worlds(here):
    code, out, _ = here(
        *("evidence", "donghu", "--worlds", "2", "--days", "30", "--burn-in", "0", "--json", "--jobs", "1")
    )
    assert code == 0
    by_name = {row["measure"]: row for row in json.loads(out)}
    assert len(by_name["active_in_year"]["values"]) == 2
    assert by_name["active_in_year"]["values"][0] != by_name["active_in_year"]["values"][1]
    # a quarter has more days
    assert by_name["acts_of_active"]["verdict"] == "not comparable"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("evidence", "day.npz"), "later day of a run"),
        (("evidence", "lane", "--runs", "0"), "--runs must be between 1"),
        (("evidence", "lane", "--engine", "fast"), "fast"),
        (("evidence", "lane", "--worlds", "3"), "no ensemble of worlds"),
        (("evidence", "donghu", "--worlds", "100000"), "ask for 1 to"),
    ],
)
def test_bad_input_is_one_line(here, arguments, complaint):
    code, out, error = here(*arguments)
    assert (code, out) == (2, "")
    assert complaint in error
    assert error.count("\n") == 1
