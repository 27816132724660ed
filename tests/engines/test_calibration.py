"""Donghu's baseline lies inside every band of the evidence, and the ODD says how: three seeds."""

import re

import pytest

from linli.experiments.evidence import evidence, targets
from linli.model.city import City
from linli.model.odd import FILE

SEEDS = (1, 2, 3)
PRINTED = re.compile(r"^\| `(\w+)` \| .* \| ([^|]+) \|$", re.MULTILINE)
"""A row of the ODD's table of patterns: the measure, and what three seeds give."""


@pytest.fixture(scope="module")
def donghu():
    """Every measure of the scenario's own days, a list over the seeds, and the parameters."""
    runs = [City("donghu", rng=seed).run() for seed in SEEDS]
    measures = [run.measures() for run in runs]
    return {name: [m[name] for m in measures] for name in measures[0]}, runs[0].parameters


@pytest.mark.parametrize("figure", targets(), ids=lambda figure: figure.measure)
def test_the_baseline_lies_in_the_band(donghu, figure):
    measures, _ = donghu
    for value in measures[figure.measure]:
        assert figure.low <= value <= figure.high


def test_closure_on_record_lies_above_true_resolution(donghu):
    measures, _ = donghu
    for closed, resolved in zip(measures["recorded_closure"], measures["true_resolution"], strict=True):
        assert closed > resolved


def test_the_top_hundredth_gives_what_concavity_allows(donghu):
    measures, _ = donghu
    for seven, one in zip(measures["hours_top_7"], measures["hours_top_1"], strict=True):
        assert seven / 7 <= one


def test_usual_need_is_the_mean_of_the_baseline(donghu):
    measures, parameters = donghu
    for need in measures["need_in_sight"]:
        assert need == pytest.approx(parameters.n_bar, rel=0.15)


def test_the_odd_prints_what_the_seeds_give(donghu):
    measures, _ = donghu
    section = FILE.read_text(encoding="utf-8").split("\n## 2 ", 1)[0]
    printed = dict(PRINTED.findall(section))
    assert set(printed) == {figure.measure for figure in evidence()}
    for name, text in printed.items():
        numbers = [float(number) for number in re.findall(r"[\d.]+", text)]
        places = max(len(number.partition(".")[2]) for number in re.findall(r"[\d.]+", text))
        scale = 100.0 if "%" in text else 1.0
        assert numbers == [round(scale * value, places) for value in measures[name]], name
