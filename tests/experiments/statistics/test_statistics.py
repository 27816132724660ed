"""Statistics against numbers worked out by hand, functions of known answers, and simulation."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.experiments.statistics import dose
from linli.experiments.statistics.bend import bend
from linli.experiments.statistics.interaction import interactions
from linli.experiments.statistics.means import half_width, means
from linli.experiments.statistics.paired import paired
from linli.experiments.statistics.pairs import against_baseline, against_level
from linli.experiments.statistics.replications import (
    power,
    replications,
    runs_needed,
    runs_until_stable,
    variation,
)
from linli.experiments.statistics.results import Results
from linli.experiments.statistics.stability import stability
from linli.experiments.statistics.turning import turn, turns
from linli.model.errors import InputError

NAN = float("nan")


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([{"run": str(i), "point": 0, "status": "done", **row} for i, row in enumerate(rows)])


# reading results ----------------------------------------------------------------------


def test_columns_are_told_apart(made_up):
    results = made_up(seeds=2)
    assert results.varied == ("mu", "match_method", "sink_per1000")
    assert "engaged_share" in results.measures
    assert results.arms == ("sinking",)
    assert results.levels("match_method") == ["none", "random", "skill_time_wish"]


def test_failed_runs_are_left_out_and_counted(made_up_rows):
    rows = made_up_rows(seeds=2)
    rows.loc[rows.index[:3], "status"] = "failed"
    results = Results.of(rows)
    assert (len(results.frame), results.failed) == (len(rows) - 3, 3)


def test_nothing_to_read_is_said(made_up_rows):
    rows = made_up_rows(seeds=2)
    with pytest.raises(InputError, match="no run has come to its end"):
        Results.of(rows.assign(status="failed"))
    with pytest.raises(InputError, match="lack the columns point, arm"):
        Results.of(rows.drop(columns=["point", "arm"]))
    with pytest.raises(InputError, match=r"engaged_shar.*Did you mean 'engaged_share'"):
        Results.of(rows).chosen(["engaged_shar"])


def test_arms_become_factors():
    arms = {"a": [{"name": "match", "method": "random"}], "b": [{"name": "relieve", "share": 0.5}]}
    arms["both"] = [{"name": "match"}, {"name": "relieve", "share": 0.5}]
    rows = [{"arm": arm, "seed": 1, "trust": 0.5, "relieve_ramp": 3} for arm in ("baseline", *arms)]
    results = Results.of(table(*rows), arms)
    found = results.frame.set_index("arm")
    assert found["match"].to_dict() == {
        "baseline": "without",
        "a": "random",
        "b": "without",
        "both": "skill_time_wish",
    }
    assert found["relieve"].to_dict() == {
        "baseline": "without",
        "a": "without",
        "b": "share=0.5",
        "both": "share=0.5",
    }
    # an option says nothing about arms without the policy
    assert found["relieve_ramp"].isna().to_dict() == {"baseline": True, "a": True, "b": False, "both": False}
    assert results.levels("match") == ["without", "random", "skill_time_wish"]


# means and pairs ----------------------------------------------------------------------


def test_interval_of_a_mean_by_hand():
    # 1, 2, 3, 4: sd sqrt(5/3), t(.975, 3 df) = 3.182446
    rows = [{"arm": "baseline", "seed": s, "trust": float(s)} for s in (1, 2, 3, 4)]
    found = means(Results.of(table(*rows)), ["trust"]).iloc[0]
    half = 3.182446305 * math.sqrt(5.0 / 3.0) / 2.0
    assert (found["mean"], found["runs"]) == (2.5, 4)
    assert (found["low"], found["high"]) == pytest.approx((2.5 - half, 2.5 + half), rel=1e-9)
    assert math.isnan(half_width(1.0, 1))


def test_a_shared_baseline_counts_once(made_up_rows):
    rows = made_up_rows(seeds=3, mus=[0.3])
    shared = rows["arm"] == "baseline"
    rows.loc[shared, "run"] = "baseline " + rows.loc[shared, "seed"].astype(str)
    arms = {"sinking": [{"name": "sink"}, {"name": "match"}]}
    found = means(Results.of(rows, arms), ["trust" if "trust" in rows else "engaged_share"])
    assert found.loc[found["arm"] == "baseline", "runs"].to_list() == [3]


def test_pairs_share_point_and_seed(made_up):
    results = made_up(seeds=3)
    pairs = against_baseline(results)
    assert len(pairs) == 3 * 4 * 3 * 5
    at_full = pairs.where(
        (pairs.keys["match_method"] == "skill_time_wish") & (pairs.keys["sink_per1000"] == 20)
    )
    effect = at_full.effect("true_resolution")
    assert effect.low <= 0.08 <= effect.high
    assert effect.runs == 3
    assert effect.high - effect.low < 0.001


def test_the_unit_is_the_seed(made_up):
    """Many conditions of one seed are one observation: the interval is that of the seeds' means."""
    pairs = against_baseline(made_up(seeds=4, noise=0.01))
    change = pairs.differences["engaged_share"].groupby(pairs.keys["seed"]).mean()
    assert pairs.effect("engaged_share").low == pytest.approx(paired(np.zeros(4), change).low)


def test_seeds_that_lack_a_condition_do_not_count(made_up_rows):
    rows = made_up_rows(seeds=3)
    lost = (rows["seed"] == 2) & (rows["sink_per1000"] == 20) & (rows["arm"] == "sinking")
    pairs = against_baseline(Results.of(rows[~lost]))
    assert pairs.effect("engaged_share").runs == 2
    # within conditions that it has, the third seed does count
    by_dose = pairs.effects(["engaged_share"], ["sink_per1000"]).set_index("sink_per1000")["runs"]
    assert by_dose.to_dict() == {0.0: 3, 2.0: 3, 5.0: 3, 10.0: 3, 20.0: 2}


def test_levels_are_held_against_each_other(made_up):
    pairs = against_level(made_up(seeds=3), "sink_per1000", 0.0, 20.0)
    assert set(pairs.keys["sink_per1000"]) == {20.0}
    effects = pairs.effects(["members_not_serving"], ["match_method"]).set_index("match_method")["difference"]
    assert effects.to_dict() == pytest.approx(
        {"none": 0.0, "random": -0.2, "skill_time_wish": -0.4}, abs=1e-3
    )


# doses ----------------------------------------------------------------------


def test_marginal_effects_and_curves(made_up):
    results = made_up(seeds=4, methods=["skill_time_wish"])
    assert dose.doses(results) == ["sink_per1000", "mu"]
    slopes = dose.marginal(results, "sink_per1000", ["true_resolution"])
    # .08 over a dose of 8; between 5 and 10 only 3 of the 5 count
    assert slopes["slope"].to_list() == pytest.approx([0.01, 0.01, 0.01 * 3 / 5, 0.0], abs=2e-4)
    assert ((slopes["low"] < slopes["slope"]) & (slopes["slope"] < slopes["high"])).all()
    curve = dose.curves(results, "sink_per1000", ["true_resolution"])
    assert curve["difference"].to_list() == pytest.approx([0, 0.02, 0.05, 0.08, 0.08], abs=1e-3)
    assert curve["mean"].iloc[0] == pytest.approx(0.55, abs=1e-3)


def test_bend_of_a_broken_stick_is_found(made_up):
    found = dose.bends(made_up(seeds=4, methods=["skill_time_wish"]), "sink_per1000", ["true_resolution"])
    row = found.iloc[0]
    assert row["low"] <= 8.0 <= row["high"]
    assert row["at"] == pytest.approx(8.0, abs=0.1)
    assert (row["before"], row["after"]) == pytest.approx((0.01, 0.0), abs=2e-4)
    assert row["is_clear"]


def test_bend_intervals_hold_the_bend_as_often_as_they_say():
    draws = np.random.default_rng(1)
    x = np.array([0.0, 1.0, 2.0, 4.0, 6.0, 9.0])
    inside = 0
    for _ in range(200):
        curve = x - 0.8 * np.maximum(x - 3.0, 0.0) + draws.normal(0, 1.0, (5, 1))
        found = bend(x, curve + draws.normal(0, 0.25, (5, 6)))
        inside += found.low <= 3.0 <= found.high
    # 95 % within four standard errors (.015); profile likelihood is a large-sample interval
    assert inside / 200 >= 0.89


def test_straight_lines_seem_bent_as_often_as_they_should():
    draws = np.random.default_rng(2)
    x = np.array([0.0, 1.0, 3.0, 4.0, 8.0])
    lines = [bend(x, 2.0 * x + draws.normal(0, 1, (4, 1)) + draws.normal(0, 1, (4, 5))) for _ in range(400)]
    # at most .05, and four standard errors (.011): the less sure of two answers counts
    assert np.mean([found.is_clear for found in lines]) <= 0.05 + 0.045


def test_errors_that_hang_together_do_not_make_a_bend():
    """Under common luck the runs of a seed drift apart slowly: errors are a random walk along the doses."""
    draws = np.random.default_rng(6)
    x = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    walks = [bend(x, x + np.cumsum(draws.normal(0, 1, (4, 7)), axis=1)) for _ in range(400)]
    assert np.mean([found.is_clear for found in walks]) <= 0.05 + 0.045


def test_a_plain_bend_is_seen_most_of_the_time():
    draws = np.random.default_rng(8)
    x = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    sticks = [bend(x, np.minimum(x, 3.0) + draws.normal(0, 0.4, (5, 7))) for _ in range(100)]
    assert np.mean([found.is_clear for found in sticks]) > 0.8


def test_no_bend_where_none_can_be_told():
    assert bend([0, 1, 2], np.ones((5, 3))) is None  # three doses make any stick
    assert bend([0, 1, 2, 3], np.ones((5, 4))) is None  # nothing varies
    assert bend([0, 1, 2, 3], [[0.0, 1.0, 2.0, 3.0]]) is None  # a straight line without error


def test_a_bend_without_error_is_exact():
    x = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    found = bend(x, np.tile(np.minimum(x, 2.0), (3, 1)) + np.array([[0.0], [1.0], [2.0]]))
    assert (found.before, found.after) == pytest.approx((1.0, 0.0), abs=0.02)
    assert found.at == pytest.approx(2.0, abs=0.02)


def test_sampled_factors_are_binned(made_up_rows):
    draws = np.random.default_rng(5)
    rows = made_up_rows(seeds=2, mus=list(draws.uniform(0, 1, 60)), doses=[10.0], methods=["skill_time_wish"])
    results = Results.of(rows)
    assert dose.sampled(results) == ["mu"]
    bins = dose.binned(against_baseline(results), "mu", ["acts_spontaneous"])
    assert len(bins) == 8
    assert bins["points"].sum() == 60
    line = 0.02 * (1.0 - bins["mu"] / 0.5)
    assert bins["difference"].to_numpy() == pytest.approx(line.to_numpy(), abs=1e-3)


# where an effect turns ----------------------------------------------------------------------


def test_turning_point_between_two_values():
    found = turn([0.0, 1.0], [[1.0, -1.0], [0.9, -1.1], [1.1, -0.9]])
    assert found.at == pytest.approx(0.5)
    # at mu the effect is 1 - 2 mu, give or take t * .1/sqrt(3)
    half = half_width(0.1, 3) / 2.0
    assert (found.low, found.high) == pytest.approx((0.5 - half, 0.5 + half), abs=0.005)
    assert (found.first, found.last, found.open_low, found.open_high) == (1, -1, False, False)


def test_an_effect_that_never_turns():
    found = turn([0.0, 0.5, 1.0], [[1.0, 1.0, 1.1], [1.1, 1.0, 1.0], [1.0, 0.9, 1.0]])
    assert (found.at, found.low, found.first, found.last) == (None, None, 1, 1)


def test_an_effect_of_nothing_is_nowhere_clear():
    found = turn([0.0, 1.0], np.zeros((4, 2)))
    assert (found.at, found.first, found.last) == (None, 0, 0)
    assert (found.open_low, found.open_high) == (True, True)


def test_turning_points_of_a_study(made_up):
    pairs = against_level(made_up(seeds=5, methods=["skill_time_wish"]), "sink_per1000", 0.0, 20.0)
    found = turns(pairs, "mu", ["acts_spontaneous", "engaged_share"]).set_index("measure")
    assert found.loc["acts_spontaneous", "at"] == pytest.approx(0.5, abs=0.01)
    assert found.loc["acts_spontaneous", "low"] < 0.5 < found.loc["acts_spontaneous", "high"]
    assert found.loc["engaged_share", "first"] == found.loc["engaged_share", "last"] == 1


# interactions ----------------------------------------------------------------------


def test_difference_of_differences_by_hand():
    values = {("no", 0): 1.0, ("no", 1): 2.0, ("yes", 0): 4.0, ("yes", 1): 9.0}
    rows = [
        {"arm": "a", "seed": s, "council_on": c, "relieve_share": r, "trust": v + 0.1 * s}
        for (c, r), v in values.items()
        for s in (1, 2)
    ]
    found = interactions(Results.of(table(*rows)), ["trust"]).iloc[0]
    # (9 - 2) - (4 - 1) = 4, whatever the seed
    assert (found["alone"], found["together"], found["interaction"]) == pytest.approx((3.0, 7.0, 4.0))
    assert (found["low"], found["high"]) == pytest.approx((4.0, 4.0))


def test_interactions_of_arms():
    arms = {
        "m": [{"name": "match"}],
        "r": [{"name": "relieve"}],
        "mr": [{"name": "match"}, {"name": "relieve"}],
    }
    value = {"baseline": 0.5, "m": 0.6, "r": 0.52, "mr": 0.65}
    rows = [{"arm": a, "seed": s, "trust": v + s / 100} for a, v in value.items() for s in (1, 2, 3)]
    found = interactions(Results.of(table(*rows), arms), ["trust"]).iloc[0]
    assert {found["first"], found["second"]} == {"match", "relieve"}
    assert found["interaction"] == pytest.approx(0.03)


def test_factors_that_were_never_crossed_have_no_interaction():
    rows = [{"arm": "a", "seed": s, "mu": m, "rho": m / 2, "trust": m} for s in (1, 2) for m in (0.0, 1.0)]
    assert interactions(Results.of(table(*rows)), ["trust"]).empty


# how many runs ----------------------------------------------------------------------


@pytest.mark.parametrize(("size", "runs"), [(0.2, 199), (0.5, 34), (0.8, 15), (1.0, 10)])
def test_runs_for_a_stated_effect(size, runs):
    """As tabled for the paired t test, two-sided 5 %, power 80 % (Cohen 1988; G*Power)."""
    assert runs_needed(size, 1.0) == runs
    assert power(size, 1.0, runs) >= 0.8 > power(size, 1.0, runs - 1)


def test_runs_for_no_effect_or_no_spread():
    assert runs_needed(0.0, 1.0) is None
    assert runs_needed(1.0, NAN) is None
    assert runs_needed(1e-9, 1.0) is None
    assert runs_needed(1.0, 0.0) == 2


@given(st.floats(0.05, 5.0), st.floats(0.1, 5.0))
def test_the_number_of_runs_is_the_smallest_that_is_enough(effect, sd):
    runs = runs_needed(effect, sd)
    assert power(effect, sd, runs) >= 0.8
    assert runs == 2 or power(effect, sd, runs - 1) < 0.8


def test_common_luck_saves_runs(made_up):
    found = replications(against_baseline(made_up(noise=1e-3)), ["engaged_share"], {"engaged_share": 0.002})
    row = found.iloc[0]
    # two errors of .001 remain in a difference; apart, two seeds' luck of about .01 would come in
    assert row["sd_paired"] == pytest.approx(math.sqrt(2) * 1e-3, rel=0.1)
    assert row["runs_paired"] == runs_needed(0.002, row["sd_paired"]) < row["runs_apart"]
    assert row["saved"] == pytest.approx((row["sd_apart"] / row["sd_paired"]) ** 2)


@given(st.lists(st.floats(0.5, 2.0), min_size=2, max_size=30))
def test_coefficient_of_variation_of_the_first_runs(values):
    direct = [np.std(values[:n], ddof=1) / np.mean(values[:n]) for n in range(2, len(values) + 1)]
    assert variation(values) == pytest.approx(direct, abs=1e-9)


def test_runs_until_the_spread_stands_still():
    # from the third run on, half of the runs are 0.9 and half 1.1: the coefficient settles near .1
    values = [1.0, 1.0, *([0.9, 1.1] * 200)]
    n = runs_until_stable(values, 0.01)
    found = variation(values)
    assert n is not None
    assert np.ptp(found[n - 2 :]) < 0.02
    assert max(abs(found[n - 2] - found[n - 2 :])) < 0.01 <= max(abs(found[n - 3] - found[n - 3 :]))


def test_stability_is_not_claimed_too_early():
    assert runs_until_stable([1.0]) is None
    assert runs_until_stable([1.0, 2.0]) is None
    assert runs_until_stable([1.0, 1.0, 1.0, 5.0]) is None
    assert runs_until_stable([0.0, 0.0, 0.0]) == 2
    assert runs_until_stable([1.0, -1.0, 1.0]) is None


def test_stability_asks_for_every_condition(made_up_rows):
    rows = made_up_rows(seeds=8, noise=0.0)
    results = Results.of(rows)
    assert stability(results, ["self_reliance"]).iloc[0][["stable_from", "still_moving"]].to_list() == [2, 0]
    one = (rows["mu"] == 0.3) & (rows["sink_per1000"] == 5) & (rows["arm"] == "sinking") & (rows["seed"] == 7)
    results = Results.of(rows.assign(self_reliance=rows["self_reliance"].where(~one, 4.0)))
    row = stability(results, ["self_reliance"]).iloc[0]
    assert row["still_moving"] == 3  # the last run of one dose and mu, at each of three methods
    assert pd.isna(row["stable_from"])
