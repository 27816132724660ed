"""What sampled designs draw from a distribution is distributed so, within the range that there is."""

import json
import math

import numpy as np
import pytest
from scipy import stats

from linli.experiments.analysis.sensitivity import factors_of
from linli.experiments.store.manifest import manifest_of
from linli.experiments.study import from_toml
from linli.experiments.study.design import Design
from linli.experiments.study.factors import factor
from linli.model.errors import InputError

LAWS = {
    "normal": ({"mean": 0.3, "sd": 0.1, "low": 0.2}, stats.truncnorm(-1.0, 7.0, 0.3, 0.1)),
    "triangular": ({"low": 0.1, "mode": 0.3, "high": 0.6}, stats.triang(0.4, 0.1, 0.5)),
}


@pytest.mark.parametrize("kind", LAWS)
def test_a_latin_hypercube_has_the_law_that_was_asked_for(kind):
    told, law = LAWS[kind]
    drawn = Design("latin_hypercube", 400, 3).points([factor("mu", {"distribution": kind, **told})])
    values = np.array(drawn)[:, 0]
    # one point in each four-hundredth of the law: no statistic can be further away than that
    assert stats.kstest(values, law.cdf).statistic <= 1.0 / 400 + 1e-9


def test_a_lognormal_is_cut_off_and_what_is_left_is_all():
    one = factor("c_m", {"distribution": "lognormal", "median": 1.0, "sigma": 0.5, "low": 0.5, "high": 2.0})
    assert (one.at(0.0), one.at(1.0)) == (0.5, 2.0)
    assert one.at(0.5) == pytest.approx(1.0)  # the cuts lie alike on both sides of the median
    inside = stats.norm.cdf(math.log(2.0) / 0.5)
    assert one.at(0.25) == pytest.approx(math.exp(0.5 * stats.norm.ppf(0.5 - (inside - 0.5) / 2.0)))


def test_a_table_gives_its_values_their_weights():
    one = factor("mu", {"distribution": "table", "values": [0.4, 0.1, 0.2, 0.9], "weights": [2, 5, 3, 0]})
    drawn = [one.at((n + 0.5) / 100) for n in range(100)]
    assert [drawn.count(value) for value in (0.1, 0.2, 0.4, 0.9)] == [50, 30, 20, 0]
    alike = factor("mu", {"distribution": "table", "values": [0.1, 0.2]})
    assert [alike.at(0.49), alike.at(0.51), alike.at(1.0)] == [0.1, 0.2, 0.2]


def test_whole_numbers_stay_whole():
    one = factor("sink.headcount", {"distribution": "normal", "mean": 30, "sd": 5})
    assert all(isinstance(one.at(u), int) for u in (0.0, 0.3, 0.5, 1.0))
    assert one.at(0.5) == 30


def test_the_range_of_a_parameter_bounds_what_is_drawn():
    one = factor("mu", {"distribution": "normal", "mean": 0.9, "sd": 0.5})
    assert (one.at(0.0), one.at(1.0)) == (0.0, 1.0)


STUDY = """
name = "drawn"
scenario = "lane"
[factors]
mu = { distribution = "normal", mean = 0.3, sd = 0.1 }
[design]
kind = "latin_hypercube"
n = 20
seed = 4
"""


def test_a_study_says_what_it_was_drawn_from_and_with_which_seed():
    study = from_toml(STUDY)
    points = study.design.points(study.factors)
    assert points == study.design.points(study.factors)
    assert points != from_toml(STUDY.replace("seed = 4", "seed = 5")).design.points(study.factors)
    about = manifest_of(study, points)
    json.dumps(about)
    (said,) = about["factors"]
    assert {"distribution": "normal", "mean": 0.3, "sd": 0.1}.items() <= said.items()
    assert about["design"]["seed"] == 4
    uniform = from_toml(STUDY.replace('distribution = "normal", mean = 0.3, sd = 0.1', "low = 0, high = 1"))
    assert uniform.design.points(uniform.factors) != points


def test_a_distribution_is_typed_with_colons():
    one, two = factors_of(["mu=normal:0.3:0.1", "c_m=triangular:0.5:1:4"])
    assert one == factor("mu", {"distribution": "normal", "mean": 0.3, "sd": 0.1})
    assert two.at(1.0) == 4.0
    with pytest.raises(InputError, match="write normal:MEAN:SD"):
        factors_of(["mu=normal:0.3", "c_m"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"distribution": "nomal"}, "Did you mean 'normal'"),
        ({"distribution": ["normal"]}, "unknown distribution"),
        ({"distribution": "normal", "mean": 0.3}, "needs mean, sd"),
        ({"distribution": "normal", "mean": 0.3, "sd": 0}, "sd must be more than 0"),
        ({"distribution": "normal", "mean": "x", "sd": 1}, "mean must be a number"),
        ({"distribution": "normal", "mean": 90, "sd": 0.1}, "nothing of this distribution"),
        ({"distribution": "normal", "mean": 0.3, "sd": 0.1, "low": 0.6, "high": 0.2}, "must be less than"),
        ({"distribution": "normal", "mean": 0.3, "sd": 0.1, "mode": 1}, "unknown entry"),
        ({"distribution": "triangular", "low": 0.1, "mode": 0.9, "high": 0.5}, "mode must be between"),
        ({"distribution": "lognormal", "median": -1, "sigma": 1}, "median must be more than 0"),
        ({"distribution": "table"}, "values"),
        ({"distribution": "table", "values": [0.1, 0.2], "weights": [1]}, "as many as values"),
        ({"distribution": "table", "values": [0.1, 7]}, "between 0 and 1"),
        ({"distribution": "table", "values": [0.1, 0.1]}, "twice"),
        ({"distribution": "table", "values": [0.1], "weights": [0]}, "above 0"),
    ],
)
def test_what_is_no_distribution_is_said(given, said):
    with pytest.raises(InputError, match=said):
        factor("mu", given)


def test_words_and_grids_have_no_distribution():
    with pytest.raises(InputError, match="words have no distribution"):
        factor("match.method", {"distribution": "table", "values": ["random"]})
    grid = STUDY.replace('kind = "latin_hypercube"\nn = 20\nseed = 4', 'kind = "full"')
    study = from_toml(grid)
    with pytest.raises(InputError, match="latin_hypercube"):
        study.design.points(study.factors)
