"""A dose over worlds and years: every word of the answer follows from the numbers, mechanism by mechanism."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from linli.experiments.across import lasting_sentences as told
from linli.experiments.across.concluding import is_over_worlds
from linli.experiments.across.effects import NET
from linli.experiments.across.lasting import AFTER, FIRST, LAST, Dosed, Lasting, Year, dosed, is_dosed
from linli.experiments.across.lasting_report import axes_of
from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import made
from linli.experiments.statistics.results import Results
from linli.experiments.store.reading import results_of
from linli.experiments.study import from_toml
from linli.model.attribution.channels import ASKED, NAMES, REPLACED, WOKEN
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.measures import ATTRIBUTED
from linli.model.city import City
from linli.model.scenario import load

WORLDS = 40
SETTING = {"match_method": "skill_time_wish", "relieve_share": 0.0}


def acts(**classes: object) -> pd.DataFrame:
    """What a dose brought about in each world; classes that are not named: nothing."""
    index = pd.RangeIndex(WORLDS, name="world")
    return pd.DataFrame({name: classes.get(name, 0.0) for name in NAMES}, index=index).astype(float)


def study(first: pd.DataFrame, last: pd.DataFrame | None = None, after: pd.DataFrame | None = None) -> Dosed:
    """A study whose main setting is this in these years, and whose others are the first year turned round."""
    nothing = acts()
    years = {
        FIRST: Year.of(1, first),
        LAST: Year.of(2, nothing if last is None else last),
        AFTER: Year.of(3, nothing if after is None else after),
    }
    draws = np.random.default_rng(3)
    index = pd.RangeIndex(WORLDS, name="world")
    parameters = pd.DataFrame({"J": draws.random(WORLDS), "chi": draws.random(WORLDS)}, index=index)
    rows = [
        {"point": p, "arm": a, "seed": w, "world": w, "sink_per1000": dose, "run": f"{p}{a}{w}"}
        for w in range(WORLDS)
        for p, a, dose in ((0, "baseline", 0.0), (0, "sinking", 0.0), (1, "sinking", 6.19))
    ]
    named = {"sink_per1000": {6.19: ("the city's 130,000", "全市13万人")}}
    results = Results.of(pd.DataFrame(rows), {"sinking": ({"name": "sink"},)}, named, [{}] * WORLDS)
    other = Lasting(6.19, {**SETTING, "match_method": "random"}, {FIRST: Year.of(1, -first)})
    baseline = pd.DataFrame({"asked_share": draws.random(WORLDS), "engaged_share": 0.15}, index=index)
    return Dosed(Lasting(6.19, SETTING, years), [other], parameters, baseline, results)


SPREAD = np.linspace(-1.0, 1.0, WORLDS)
MOSTLY = np.where(np.arange(WORLDS) < 32, 1.0, -1.0)


@pytest.mark.parametrize(
    ("classes", "word", "said"),
    [
        ({"example": MOSTLY}, told.WAKES, "wakes more than it replaces in most worlds"),
        ({"habit": MOSTLY}, told.WAKES, "wakes more than it replaces in most worlds"),
        ({"need_gained": MOSTLY}, told.WAKES, "wakes more than it replaces in most worlds"),
        ({"held_back": -MOSTLY}, told.REPLACES, "replaces (包办) more than it wakes in most worlds"),
        ({"omega": -MOSTLY}, told.REPLACES, "replaces (包办) more than it wakes in most worlds"),
        ({"need_gone": -MOSTLY}, told.REPLACES, "replaces (包办) more than it wakes in most worlds"),
        ({"example": MOSTLY, "held_back": -2 * MOSTLY}, told.REPLACES, "replaces (包办)"),
        ({"example": SPREAD}, told.NEITHER, "neither wakes more than it replaces nor replaces"),
        ({"asked_peer": MOSTLY, "rest": -MOSTLY}, told.NOTHING, "changes nothing in any world"),
        ({}, told.NOTHING, "changes nothing in any world"),
    ],
)
def test_the_word_follows_from_the_attribution(classes, word, said) -> None:
    found = study(acts(**classes))
    assert told.verdict(found.main.years[FIRST].groups[NET]) == word
    sentence = told.sentences(found, "en")["Wakes or replaces?"]
    assert said in sentence
    assert "sinking at 6.19 per 1000 residents (the city's 130,000)" in sentence
    assert told.VERDICTS[word].zh in told.sentences(found, "zh")["唤起还是替代？"]


@pytest.mark.parametrize(
    ("up", "word"), [(27, told.WAKES), (26, told.NEITHER), (14, told.NEITHER), (13, told.REPLACES)]
)
def test_most_worlds_are_more_than_half_with_the_whole_interval(up: int, word: str) -> None:
    """Wilson's interval of 27 of 40 is 52 to 80 %, of 26 of 40 it is 49.5 to 78 %."""
    signs = np.where(np.arange(WORLDS) < up, 1.0, -1.0)
    net = study(acts(example=signs)).main.years[FIRST].groups[NET]
    assert told.verdict(net) == word


def test_counts_are_those_of_the_worlds() -> None:
    sentence = told.sentences(study(acts(example=MOSTLY)), "en")["Wakes or replaces?"]
    assert "more is woken in 32 of 40 worlds that fit the evidence" in sentence
    assert "more is replaced in 8 of 40" in sentence


def test_channels_are_the_largest_of_the_middle_world() -> None:
    found = study(acts(example=MOSTLY, habit=0.1 * MOSTLY, held_back=-0.5, omega=-0.2, asked_member=0.3))
    said = told.sentences(found, "en")["By which channel"]
    assert "Most is woken by the example of ties: +1.0" in said
    assert "most is replaced by held back, as others serve already: −0.50" in said
    assert "Asking adds +0.30" in said
    assert told.sentences(study(acts()), "en")["By which channel"].startswith("No channel wakes")
    gone = told.sentences(study(acts(need_gone=-1.0, need_gained=0.25)), "en")["By which channel"]
    assert "less need in sight, as others met it: −0.75" in gone


def test_later_years_have_words_of_their_own() -> None:
    said = told.sentences(study(acts(example=MOSTLY), acts(held_back=-MOSTLY), acts(habit=SPREAD)), "en")
    assert "wakes more than it replaces" in said["Wakes or replaces?"]
    assert said["Lastingly"].startswith("In year 2, the last of the policy, sinking")
    assert "replaces (包办) more than it wakes in most worlds" in said["Lastingly"]
    assert said["After it ends"].startswith(
        "In the first year after it ended, what it left is not of one sign in most worlds"
    )
    left = told.sentences(study(acts(), after=acts(habit=MOSTLY)), "en")["After it ends"]
    assert "what it left is more woken than replaced in most worlds" in left


def test_what_is_done_otherwise_is_named_by_what_differs() -> None:
    said = told.sentences(study(acts(example=MOSTLY)), "en")["Done otherwise"]
    assert said.startswith("Match: random: −1.0")
    assert "more woken in 8 of 40" in said


def test_what_decides_is_named_where_chance_does_not_explain_it() -> None:
    found = study(acts())
    J = found.parameters["J"]
    year = Year.of(1, acts(example=(J - 0.5).to_numpy()))
    main = replace(found.main, years={**found.main.years, FIRST: year})
    said = told.sentences(replace(found, main=main), "en")
    assert "(J) (rank correlation +1.00)" in said["What decides"]
    assert "(chi)" not in said["What decides"]
    assert "None of the 2 assumptions" in told.sentences(study(acts(example=SPREAD)), "en")["What decides"]
    seen = replace(found, main=main, baseline=found.baseline.assign(asked_share=J))
    assert told.sentences(seen, "en")["What would settle it"].startswith("Measuring")
    few = replace(found, parameters=found.parameters.head(5))
    assert "5 worlds are too few to tell" in told.sentences(few, "en")["What decides"]


def test_the_map_is_drawn_over_what_decides_and_not_over_what_chance_chose() -> None:
    found = study(acts(example=SPREAD))
    assert axes_of(found) == (["J", "chi"], False)
    chi = found.parameters["chi"]
    main = replace(found.main, years={FIRST: Year.of(1, acts(example=chi.to_numpy()))})
    assert axes_of(replace(found, main=main)) == (["chi", "J"], True)


def test_both_languages_say_as_much() -> None:
    found = study(acts(example=MOSTLY, held_back=-0.5 * MOSTLY))
    assert len(told.sentences(found, "en")) == len(told.sentences(found, "zh")) == 8


# real runs -------------------------------------------------------------------------------------------------

STUDY = """
name = "dosed"
scenario = "lane"
days = 1095
burn_in = 10
worlds = 2
seeds = 1
keep = { years = true }
[factors]
"sink.per1000" = [0, 20]
[[arms]]
name = "sinking"
policies = [{ name = "sink", per1000 = 0, end = 730 }, { name = "match", end = 730 }]
"""


@pytest.fixture
def lived_study(ensemble, tmp_path):
    with Progress("test") as progress:
        return made(from_toml(STUDY), tmp_path / "runs", 1, progress)


def test_years_add_up_to_what_attribution_says_of_the_run(lived_study) -> None:
    runs, years = results_of(lived_study).frame, lived_study.extra("years")
    assert sorted(years["year"].unique()) == [1, 2, 3]
    for _, run in runs[runs["arm"] == "sinking"].iterrows():
        mean = years[years["run"] == run["run"]][list(NAMES)].mean()
        assert float(mean.sum()) == pytest.approx(sum(run[name] for name in ATTRIBUTED), abs=1e-9)
    assert set(years["run"]) == set(runs[runs["arm"] == "sinking"]["run"])


def test_a_dose_is_held_against_none_in_the_same_world(lived_study) -> None:
    assert is_dosed(lived_study)
    assert is_over_worlds(lived_study)
    found = dosed(lived_study)
    assert {name: year.number for name, year in found.main.years.items()} == {FIRST: 1, LAST: 2, AFTER: 3}
    assert found.main.dose == 20.0
    scenario = load("lane").but(
        days=1095, burn_in=10, parameters=dict(found.parameters.loc[0]), seed=int(load("lane").seed)
    )
    of = {}
    for dose in (0, 20):
        start = City(scenario).run_to(10)
        policies = f"sink:per1000={dose},end=730; match:end=730"
        pair = Lockstep(start, policies).run(1095)
        of[dose] = (pair.result().between(0, 365).total("acts"), pair.worlds[1].totals.adults)
    for name in NAMES:
        by_hand = (of[20][0][name] - of[0][0][name]) * 1000.0 / (of[0][1] * 365)
        assert found.main.years[FIRST].acts.loc[0, name] == pytest.approx(by_hand, abs=1e-9)
    groups = found.main.years[FIRST].groups
    assert {WOKEN, REPLACED, ASKED, NET} <= groups.keys()


def test_the_sweep_ends_with_its_answer(ensemble, linli, tmp_path) -> None:
    (tmp_path / "dosed.toml").write_text(
        STUDY.replace("1095", "30").replace(", end = 730", ""), encoding="utf-8"
    )
    code, said, error = linli("sweep", "dosed.toml", "--jobs", 1, "--out", "out")
    assert (code, error) == (0, "")
    assert "Wakes or replaces?" in said
    left = {file.name for file in (tmp_path / "out" / "answer").iterdir()}
    assert left == {"answer.txt", "answer.csv", "worlds.csv", "fan.png", "fan.svg"}
