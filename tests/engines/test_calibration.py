"""Donghu's baseline lands inside the bands of the open targets: three seeds, the scenario's own burn-in."""

import numpy as np
import pytest

from linli.model.community import Community

pytestmark = pytest.mark.long

SEEDS = (1, 2, 3)

CALIBRATED = {
    "active_in_year": (0.20, 0.35),  # CASS 2021: about 30 % of those of 18 to 69
    "volunteers_registered": (0.08, 0.18),
    "hours_top_7": (0.55, 0.75),  # Mohan & Bulloch 2012: about two thirds
    "true_resolution": (0.45, 0.60),  # Beijing 12345, January 2019: 53 %
    "matters_reported": (0.1, 0.4),  # Beijing 12345, 2020: .2 a person
    "members_not_serving": (0.80, 1.0),
}
"""Bands the parameters were chosen for."""


@pytest.fixture(scope="module")
def donghu():
    """The mean of every measure over the seeds, and the communities' parameters."""
    runs = [Community("donghu", rng=seed).run() for seed in SEEDS]
    measures = [run.measures() for run in runs]
    return {name: float(np.mean([m[name] for m in measures])) for name in measures[0]}, runs[0].parameters


@pytest.mark.parametrize("name", sorted(CALIBRATED))
def test_the_baseline_lands_in_the_band(donghu, name):
    measures, _ = donghu
    low, high = CALIBRATED[name]
    assert low <= measures[name] <= high


def test_closure_on_record_lies_above_true_resolution(donghu):
    measures, _ = donghu
    assert measures["recorded_closure"] > measures["true_resolution"]


def test_the_top_hundredth_gives_what_concavity_and_the_band_allow(donghu):
    measures, _ = donghu
    assert measures["hours_top_7"] / 7 <= measures["hours_top_1"] <= 0.15


def test_usual_need_is_the_mean_of_the_baseline(donghu):
    measures, parameters = donghu
    assert measures["need_in_sight"] == pytest.approx(parameters.n_bar, rel=0.15)
