"""Effects over worlds, and what is said of them: never more than in how many worlds."""

import numpy as np
import pytest

from linli.experiments.across.effects import NET, across, one_arm
from linli.experiments.across.report import by_world, effects, of_over
from linli.experiments.across.sentences import HEADS, sentences
from linli.experiments.across.words import count
from linli.model.attribution.channels import REPLACED, WOKEN
from linli.model.errors import InputError

RAMP = np.linspace(-0.2, 0.8, 11)[:, None]
"""Eleven worlds with one run each: -.2, -.1, 0, .1 ... .8."""
TWICE = np.hstack([RAMP - 0.1, RAMP + 0.1])
"""The same with two runs each, which luck tells apart."""


def test_the_middle_nine_of_ten_and_the_sign_by_hand(lived):
    over = one_arm(lived({"engaged_share": RAMP})).measures["engaged_share"]
    assert over.baseline == pytest.approx(0.5)
    assert over.median == pytest.approx(0.3)
    # quantiles of eleven even steps: half a step inside either end
    assert (over.low, over.high) == (pytest.approx(-0.15), pytest.approx(0.75))
    assert (over.sign.worlds, over.sign.up, over.sign.down) == (11, 8, 2)
    assert over.luck is None


def test_the_unit_is_the_world_whatever_its_runs(lived):
    """Two runs of a world that disagree are one world, which has their mean."""
    changes = np.array([[0.3, -0.1], [-0.2, 0.1], [0.4, 0.2]])
    found = one_arm(lived({"engaged_share": changes}))
    over = found.measures["engaged_share"]
    assert (found.worlds, found.runs) == (3, 6)
    assert (over.sign.up, over.sign.down) == (2, 1)
    assert over.median == pytest.approx(0.1)
    assert over.luck is not None


def test_a_world_in_which_a_measure_is_not_known_is_left_out(lived):
    over = one_arm(lived({"engaged_share": np.array([[0.1], [np.nan], [0.3]])})).measures["engaged_share"]
    assert over.sign.worlds == 2
    nowhere = one_arm(lived({"engaged_share": np.full((3, 1), np.nan)})).measures["engaged_share"]
    assert nowhere.sign is None
    assert of_over(nowhere)["sign"] is None


def test_net_need_goes_to_the_side_of_its_mean_and_changes_no_sum(lived):
    woken, need = np.array([[0.3], [0.1], [0.2]]), np.array([[-0.4], [0.1], [-0.3]])
    found = one_arm(lived({"woken": woken, "replaced": 0.0 * woken, "by_need": need}))
    assert found.groups[REPLACED].median == pytest.approx(-0.3)  # the mean of need is below 0
    assert found.groups[WOKEN].median == pytest.approx(0.2)
    assert found.groups[NET].sign.up == 1  # -.1, .2, -.1


def test_each_arm_is_told_apart_and_named(lived):
    results = lived({"engaged_share": RAMP})
    assert [one.arm for one in across(results)] == ["treated"]
    with pytest.raises(InputError, match="unknown arm"):
        one_arm(results, "other")


def test_a_study_of_one_world_says_what_would_give_it_more(made_up):
    with pytest.raises(InputError, match="--worlds"):
        list(across(made_up(seeds=2)))


@pytest.mark.parametrize(
    ("share", "worlds", "said"),
    [
        (0.83, 200, "in 83 of 100 worlds that fit the evidence (70 to 90)"),
        (0.998, 500, "in 99 of 100 worlds that fit the evidence (70 to 90)"),  # not all of them
        (0.001, 1000, "in 1 of 100 worlds that fit the evidence (70 to 90)"),  # not none of them
        (1.0, 200, "in 100 of 100 worlds that fit the evidence (70 to 90)"),
        (0.5, 12, "in 6 of 12 worlds that fit the evidence (70 to 90 of a hundred)"),
    ],
)
def test_worlds_are_counted_by_the_hundred_or_as_they_are(share, worlds, said):
    assert count((share, 0.7, 0.9), worlds, "en") == said


def test_sentences_count_worlds_and_say_fall_where_most_fall(lived):
    rising = sentences(one_arm(lived({"engaged_share": RAMP})), "en")["Engagement"]
    assert rising.startswith("rises in 8 of 11 worlds that fit the evidence")
    falling = sentences(one_arm(lived({"engaged_share": -RAMP})), "en")["Engagement"]
    assert falling.startswith("falls in 8 of 11 worlds that fit the evidence")
    still = sentences(one_arm(lived({"engaged_share": 0.0 * RAMP})), "en")["Engagement"]
    assert still == "does not change in any of 11 worlds."


@pytest.mark.parametrize("replaced", [0.0, -0.5])
def test_replacement_is_said_of_so_many_worlds_as_have_it(lived, replaced):
    """The ablation: with what replaces switched off, the same sentence says that it does so in none."""
    changes = {"woken": RAMP, "replaced": np.full_like(RAMP, replaced), "by_need": 0.0 * RAMP}
    said = sentences(one_arm(lived(changes)), "en")["Wakes or replaces"]
    assert f"replaced (包办) in {11 if replaced else 0} of 11" in said
    assert f"more acts are woken than replaced in {3 if replaced else 8} of 11 worlds" in said


def test_luck_is_told_from_ignorance_only_where_worlds_have_several_runs(lived):
    one = sentences(one_arm(lived({"engaged_share": RAMP})), "en")["Luck or ignorance"]
    assert "--runs 2" in one
    two = sentences(one_arm(lived({"engaged_share": TWICE})), "en")["Luck or ignorance"]
    assert "% in engagement" in two


def test_both_languages_say_all_of_it(lived):
    found = one_arm(lived({"engaged_share": TWICE, "woken": np.repeat(RAMP, 2, axis=1)}))
    for lang in ("en", "zh"):
        said = sentences(found, lang)
        assert list(said) == [head.said(lang) for head in HEADS.values()]
        assert all(text and "{" not in text for text in said.values())
    assert not set(sentences(found, "en").values()) & set(sentences(found, "zh").values())


def test_tables_hold_a_row_a_measure_and_a_row_a_world(lived):
    worlds = [{"J": 1.0 + w} for w in range(11)]
    found = one_arm(lived({"engaged_share": RAMP}, worlds))
    rows = effects(found).set_index("measure")
    assert rows.loc["engaged_share", "sign_up"] == 8
    assert {"group woken", "group net"} <= set(rows.index)
    listed = by_world(found)
    assert listed["J"].tolist() == [world["J"] for world in worlds]
    assert listed["engaged_share"].to_numpy() == pytest.approx(RAMP.ravel())
