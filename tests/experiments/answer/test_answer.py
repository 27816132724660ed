"""The answer of a study: made-up results whose answer is known, and results that cannot answer everything."""

import dataclasses
import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from linli.experiments.answer import answer, answer_or_none
from linli.experiments.answer.conclude import conclude
from linli.experiments.answer.question import question
from linli.experiments.answer.sentences import sentences
from linli.experiments.answer.words import HEADS, TEXTS
from linli.experiments.statistics.paired import CONFIDENCE
from linli.experiments.statistics.ratio import ratio
from linli.experiments.statistics.results import Results
from linli.model.attribution.measures import ATTRIBUTED
from linli.model.errors import InputError
from linli.model.parameters import table as parameter_table
from linli.model.unidentified import UNIDENTIFIED


def test_what_is_asked(made_up) -> None:
    q = question(made_up(seeds=2))
    assert (q.policy, q.dose, q.low, q.high) == ("sink", "sink_per1000", 0.0, 20.0)
    assert (q.match, q.parameters) == ("match_method", ("mu",))
    # matching at its best, mu at the level nearest to its default
    assert q.focus == {"mu": 0.3, "match_method": "skill_time_wish"}
    assert len(q.at_focus()) == 2


def test_the_answer_that_was_written_into_the_results(made_up) -> None:
    said = answer(made_up(noise=1e-3)).sentences
    assert "raises engagement and residents' own hours:" in said["effect"]
    assert said["effect"].endswith(f"{TEXTS['en']['undecided']}.")
    assert "20 per 1000 residents instead of none" in said["effect"]
    assert "Residents' own hours: more below mu = 0.5 (0.4" in said["turn"]
    assert "less above" in said["turn"]
    for part in ("none", "random +0.", "skill+time+wish +1."):
        assert part in said["matching"]
    assert "Engagement bends at 8" in said["dose"]
    # 80 yuan for one point
    assert "the cost is +80 yuan/resident/year" in said["dose"]
    assert "at mu = 1 and by +0.09" in said["unknown"]
    assert "Held fixed here: J, chi, seen, w_P, sunk_at_home, member_asks, posts, A_known" in said["unknown"]


def test_the_dose_that_is_asked_about_comes_first(made_up) -> None:
    named = {"sink_per1000": {5.0: ("the city's own", "全市"), 20.0: ("four times", "四倍")}}
    results = dataclasses.replace(made_up(noise=1e-3), named=named)
    said = answer(results).sentences["effect"]
    assert said.startswith("Sinking at 5 per 1000 residents (the city's own) instead of none")
    first, most = said.split(" Raised to 20 per 1000 residents (four times), it raises")
    # five eighths of the way to the bend, and beyond it
    assert "+0.6" in first.partition("engagement")[2].partition(";")[0]
    assert "+1.0" in most.partition("engagement")[2].partition(";")[0]
    lowest = dataclasses.replace(results, named={"sink_per1000": {0.0: ("none sunk", "不下沉")}})
    assert "Sinking at 20 per 1000 residents instead" in answer(lowest).sentences["effect"]
    chinese = answer(results, "zh").sentences["effect"]
    assert "下沉5 人/千人（全市）" in chinese
    assert "提高到20 人/千人（四倍）时" in chinese


def test_the_sign_may_hang_on_another_policy(made_up_rows) -> None:
    """Sinking takes hours without relief and brings some with it."""
    rows = [made_up_rows(methods=["skill_time_wish"]).assign(relieve_share=share) for share in (0.0, 0.5)]
    for number, part in enumerate(rows):
        part["point"] += 1000 * number
        part["run"] += f" {number}"
        sunk = (part["arm"] == "sinking") & (part["sink_per1000"] > 0)
        part.loc[sunk, "resident_matter_hours"] += (-0.2, 0.2)[number]
    arms = {"sinking": ({"name": "sink"}, {"name": "match"}, {"name": "relieve"})}
    said = answer(Results.of(pd.concat(rows, ignore_index=True), arms)).sentences["matching"]
    without, within = said.partition("residents' own hours [")[2].split("relieve_share = 0.5:")
    assert "relieve_share = 0: −0.1" in without
    assert within.startswith(" +0.2")


def test_matching_itself_may_turn_where_sinking_does_not(made_up_rows) -> None:
    """Matching wakes acts below mu = .5 and takes some away above, whatever the dose."""
    rows = made_up_rows(noise=1e-4)
    matched = (rows["match_method"] == "skill_time_wish") & (rows["arm"] == "sinking")
    rows["woken"] = 1e-4 * rows["seed"]
    rows.loc[matched, "woken"] += 0.5 * (0.5 - rows["mu"])
    arms = {"sinking": ({"name": "sink"}, {"name": "match"})}
    said = answer(Results.of(rows, arms)).sentences["turn"]
    assert "Matching itself, by contrast:" in said
    assert "acts woken: more below mu = 0.5" in said.partition("by contrast:")[2]


def test_at_a_high_mu_the_same_policy_lowers_what_residents_do(made_up) -> None:
    said = answer(made_up(mus=[0.7, 0.9, 1.0])).sentences
    assert "raises engagement and lowers residents' own hours:" in said["effect"]
    assert "less for every mu from 0.7 to 1" in said["turn"]


def test_without_matching_nothing_changes(made_up) -> None:
    said = answer(made_up(seeds=5, methods=["none"])).sentences
    assert "does not clearly change engagement and residents' own hours:" in said["effect"]
    assert "does not vary how members are matched" in said["matching"]
    assert "no cost per gain" in said["dose"]
    assert "no bend can be told" in said["dose"]


def test_what_never_changes_is_called_so(made_up) -> None:
    said = answer(made_up(methods=["none"], noise=0.0)).sentences
    assert "in no run" in said["effect"]


def test_the_effect_that_turns_on_only_one_side(made_up) -> None:
    said = answer(made_up(mus=[0.5, 0.7, 1.0])).sentences["turn"]
    assert "clearly less only above mu" in said
    said = answer(made_up(mus=[0.0, 0.3, 0.5])).sentences["turn"]
    assert "clearly more only below mu" in said


def test_one_seed_cannot_judge(made_up) -> None:
    said = answer(made_up(seeds=1)).sentences
    assert "cannot be judged from a single seed" in said["effect"]


def test_arms_in_place_of_doses(made_up_rows) -> None:
    rows = made_up_rows(doses=[20.0], methods=["random"])
    arms = {"sinking": [{"name": "sink", "per1000": 20}, {"name": "match", "method": "random"}]}
    found = answer(Results.of(rows.drop(columns=["sink_per1000", "match_method"]), arms))
    assert "Arm sinking instead of the baseline" in found.sentences["effect"]
    assert "too few doses" in found.sentences["dose"]


def test_a_policy_that_some_arms_lack(made_up_rows) -> None:
    rows = made_up_rows(doses=[20.0], methods=["random", "none"], mus=[0.0, 0.3, 0.7])
    treated = rows["arm"] == "sinking"
    rows.loc[treated, "arm"] = "sunk, " + rows.loc[treated, "match_method"]
    # one baseline serves both arms of a point
    rows = rows[(rows["arm"] != "baseline") | (rows["match_method"] == "none")]
    point = rows["mu"].rank(method="dense").astype(int)
    rows = rows.assign(point=point).drop(columns=["sink_per1000", "match_method"])
    sink = {"name": "sink", "per1000": 20}
    arms = {"sunk, none": [sink], "sunk, random": [sink, {"name": "match", "method": "random"}]}
    found = answer(Results.of(rows, arms))
    assert (found.question.dose, found.question.match) == ("sink", "match")
    assert "Sinking instead of none" in found.sentences["effect"]


def test_measures_that_were_not_kept(made_up_rows) -> None:
    rows = (
        made_up_rows(seeds=3)[["run", "point", "arm", "seed", "mu", "sink_per1000", "match_method", "trust"]]
        if "trust" in made_up_rows(seeds=1)
        else made_up_rows(seeds=3)
    )
    few = rows.drop(columns=["resident_matter_hours", "acts_spontaneous", "cost_yuan", "engaged_share"])
    said = answer(Results.of(few, {"sinking": [{"name": "sink"}, {"name": "match"}]})).sentences
    assert said["effect"].endswith("neither engagement nor what residents do is in these results.")
    assert "cost" not in said["dose"]


def test_results_without_any_comparison_have_no_answer(made_up_rows) -> None:
    rows = made_up_rows(seeds=2)
    plain = Results.of(rows[rows["arm"] == "baseline"].drop(columns=["sink_per1000", "match_method"]), {})
    assert answer_or_none(plain) is None
    with pytest.raises(InputError, match="no two runs"):
        answer(plain)


def test_nothing_is_said_that_the_results_do_not_say(made_up_rows) -> None:
    """Twice the effect in the results is twice the effect in the sentences."""
    rows = made_up_rows(noise=0.0)
    twice = rows.copy()
    for measure in ("engaged_share", "cost_yuan"):
        zero = rows.groupby(["mu", "match_method", "seed"])[measure].transform("min")
        twice[measure] = zero + 2.0 * (rows[measure] - zero)
    arms = {"sinking": [{"name": "sink"}, {"name": "match"}]}
    one, two = (
        answer(Results.of(r, arms)).table.set_index(["match_method", "mu", "measure"]) for r in (rows, twice)
    )
    key = ("skill_time_wish", 0.3, "engaged_share")
    assert two.loc[key, "difference"] == pytest.approx(2.0 * one.loc[key, "difference"])
    assert "skill+time+wish +2.00" in answer(Results.of(twice, arms)).sentences["matching"]


def test_chinese_says_the_same(made_up) -> None:
    said = answer(made_up(seeds=3), "zh").sentences
    assert "使参与率和居民自己的工时上升" in said["effect"]
    assert said["effect"].endswith(f"{TEXTS['zh']['undecided']}。")
    assert "mu低于0.5" in said["turn"]
    assert all(text.endswith("。") for text in said.values())


def test_texts_have_the_same_parts_in_both_languages() -> None:
    import re

    assert set(TEXTS["en"]) == set(TEXTS["zh"])
    for key, text in TEXTS["en"].items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", TEXTS["zh"][key])), key
    assert all(set(head) == {"en", "zh"} for head in HEADS.values())


def test_unidentified_parameters_are_parameters() -> None:
    assert set(UNIDENTIFIED) <= set(parameter_table())
    assert UNIDENTIFIED[0] == "J"
    assert len(set(UNIDENTIFIED)) == len(UNIDENTIFIED)


def test_no_unidentified_parameter_is_said_to_come_from_a_source() -> None:
    for name in UNIDENTIFIED:
        basis = parameter_table()[name].basis
        assert basis.endswith("assumption"), f"{name}: {basis}"
        assert "calibrated" not in basis


# what must not be claimed ----------------------------------------------------------------------------------

CLAIMS = ("包办", "自理", "wakes", "woken", "replace", "唤醒了", "替代了", "took the place", "pushed out")
"""Readings that neither engagement nor own hours support, nor both: only attribution does."""
ATTRIBUTION = {"wakes", "replaces", "both", "neither", "acts"}
"""The texts that say what attribution found."""
SIGNS = (-1, 0, 1)


@pytest.mark.parametrize("signs", list(itertools.product(SIGNS, repeat=2)), ids=str)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_combination_of_signs_is_called_waking_or_replacing(made_up_rows, signs, lang) -> None:
    rows = made_up_rows(seeds=4, doses=[0.0, 20.0], mus=[0.3], methods=["skill_time_wish"])
    sunk = (rows["arm"] == "sinking") & (rows["sink_per1000"] > 0)
    draws = np.random.default_rng(1).normal(0.0, 1.0, len(rows))
    measures = ("engaged_share", "resident_matter_hours")
    for measure, sign in zip(measures, signs, strict=True):
        luck = rows["seed"] / 100.0
        rows[measure] = 1.0 + luck + 0.5 * sign * sunk + (1e-4 if sign else 0.0) * draws
        if sign == 0:  # no seed like another, and no mean that is clear
            rows.loc[sunk, measure] += np.where(rows["seed"][sunk] % 2, 0.1, -0.1)
    said = sentences(question(Results.of(rows, {"sinking": ({"name": "sink"}, {"name": "match"})})), lang)
    verdict = said["effect"]
    if lang == "en":
        verbs = [{1: "raises ", -1: "lowers ", 0: "does not clearly change "}[sign] for sign in signs]
        assert all(verb in verdict for verb in verbs)
    undecided = TEXTS[lang]["undecided"]
    assert undecided in verdict
    text = " ".join(said.values()).replace(undecided, "")
    assert [claim for claim in CLAIMS if claim in text.lower()] == []


def attributed(rows: pd.DataFrame, **changes: float) -> pd.DataFrame:
    """The rows with what attribution says of sinking, and a little luck about it."""
    sunk = (rows["arm"] == "sinking") & (rows["sink_per1000"] > 0)
    for name in ATTRIBUTED:
        rows[name] = sunk * (changes.get(name, 0.0) + 0.01 * (rows["seed"] - rows["seed"].mean()))
    return rows


@pytest.mark.parametrize(
    ("changes", "verdict", "replaced"),
    [
        ({"woken": 1.0}, "wakes", False),
        ({"replaced": -1.0}, "replaces", True),
        ({"woken": 1.0, "by_need": -0.5}, "both", True),
        ({"woken": -1.0, "by_need": 2.0}, "wakes", False),
        ({"asked_more": 1.0, "displaced": -1.0}, "neither", False),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_wakes_and_what_replaces_is_said_as_attribution_has_it(
    made_up_rows, changes, verdict, replaced, lang
) -> None:
    """Net need goes to the side of its sign, and 包办 stands only where acts are clearly replaced."""
    rows = attributed(made_up_rows(seeds=4, methods=["skill_time_wish"], mus=[0.3]), **changes)
    arms = {"sinking": ({"name": "sink"}, {"name": "match"})}
    said = answer(Results.of(rows, arms), lang).sentences["effect"]
    text = TEXTS[lang][verdict]
    assert text[1:] in said
    assert TEXTS[lang]["undecided"] not in said
    assert ("包办" in said) is replaced
    for other in {"wakes", "replaces", "both", "neither"} - {verdict}:
        assert TEXTS[lang][other][1:] not in said


def test_no_text_of_an_answer_claims_to_know() -> None:
    for lang, texts in TEXTS.items():
        assert {key for key, text in texts.items() if "包办" in text} == {"replaces", "both"}
        for key in texts.keys() - ATTRIBUTION:
            text = texts[key]
            found = [claim for claim in CLAIMS if claim in text.lower()]
            assert found == [], (lang, key)


# the ratio of two effects --------------------------------------------------------------------------------


def test_fiellers_interval_covers_as_often_as_it_says() -> None:
    draws = np.random.default_rng(4)
    inside = 0
    for _ in range(1000):
        points = draws.normal(2.0, 0.5, 8)
        found = ratio(30.0 * points + draws.normal(0.0, 10.0, 8), points)
        inside += found is not None and found.low <= 30.0 <= found.high
    # four standard errors of 95 % in 1000
    assert inside / 1000 == pytest.approx(CONFIDENCE, abs=0.028)


def test_no_ratio_to_what_may_be_zero() -> None:
    assert ratio([1.0, 2.0, 3.0], [-1.0, 1.0, 0.5]) is None
    assert ratio([1.0], [1.0]) is None
    exact = ratio([2.0, 4.0, 3.0], [1.0, 2.0, 1.5])
    assert (exact.value, exact.low, exact.high) == pytest.approx((2.0, 2.0, 2.0))


# at the end of a sweep -----------------------------------------------------------------------------------


def test_a_sweep_ends_with_its_answer_in_the_folder(tiny: Path, capsys, tmp_path: Path) -> None:
    assert conclude(tiny)
    out = capsys.readouterr().out
    assert "Wakes or replaces?" in out
    assert "What it cannot know" in out
    written = {file.name for file in (tiny / "answer").iterdir()}
    assert written == {"answer.txt", "answer.csv", "answer.tex", "answer.png", "answer.svg"}
    effects = pd.read_csv(tiny / "answer" / "answer.csv")
    assert {"match_method", "mu", "measure", "difference", "low", "high"} <= set(effects)
    # again, over what is there
    before = (tiny / "answer" / "answer.csv").read_bytes()
    assert conclude(tiny, "zh")
    assert "唤醒还是替代？" in capsys.readouterr().out
    assert (tiny / "answer" / "answer.csv").read_bytes() == before


def test_the_command_ends_with_the_answer(linli, tmp_path: Path) -> None:
    study = tmp_path / "one.toml"
    text = 'name = "one"\nscenario = "lane"\nseeds = 2\ndays = 6\nburn_in = 4\n[[arms]]\nname = "asking"\n'
    study.write_text(text + 'policies = ["ask"]\n', encoding="utf-8")
    code, out, err = linli("sweep", study, "--jobs", "1", "--lang", "zh")
    assert (code, err) == (0, "")
    assert "方案asking与基线相比" in out
    assert (tmp_path / "results" / "one" / "answer" / "answer.txt").exists()
    code, out, err = linli("sweep", study, "--jobs", "1", "--lang", "fr")
    assert (code, out) == (2, "")


def test_a_study_of_failures_ends_without_an_answer(linli, tmp_path: Path) -> None:
    study = tmp_path / "one.toml"
    text = 'name = "one"\nscenario = "lane"\nseeds = 1\ndays = 2\nburn_in = 1\n[points]\n'
    text = text.replace("[points]\n", "[[points]]\nposts = 0\n")
    study.write_text(text, encoding="utf-8")
    code, out, _ = linli("sweep", study, "--jobs", "1")
    assert "1 of them failed" in out
    assert "Wakes" not in out
    assert code == 0
