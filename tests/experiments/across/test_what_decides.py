"""What decides, where it replaces and what to measure next: over made-up worlds whose answer is known."""

import numpy as np
import pandas as pd
import pytest

from linli.experiments.across.deciding import deciding
from linli.experiments.across.discovered import discovered
from linli.experiments.across.discovered_tables import as_data, files, sentences
from linli.experiments.across.effects import one_arm
from linli.experiments.across.explained import curve, explained, share
from linli.experiments.across.information import LADDER, worth
from linli.experiments.across.observable import OBSERVABLES
from linli.experiments.figures.wake_map import expected
from linli.model.errors import InputError
from linli.model.measures import MEASURES
from linli.model.parameters import table

RANDOM = np.random.default_rng(4)
J, CHI, MU, E = RANDOM.uniform(0.0, 1.0, (4, 200))
NOISE = RANDOM.normal(0.0, 0.1, 200)
EFFECT = 0.6 * J - 2.0 * CHI + 0.7 + NOISE
"""chi decides, J matters, mu and E do nothing."""
WORLDS = pd.DataFrame({"J": J, "chi": CHI, "mu": MU, "E": E})


def test_a_curve_takes_what_bends_and_nothing_of_what_is_unrelated():
    assert explained(J, (J - 0.5) ** 2) == pytest.approx(1.0, abs=0.02)  # no line through it would take any
    assert explained(J, J) == pytest.approx(1.0, abs=0.01)
    assert abs(explained(J, MU)) < 0.05
    assert explained(np.ones(200), J) == explained(J, np.ones(200)) == 0.0
    assert curve(J, 3.0 * np.ones(200)) == pytest.approx(3.0 * np.ones(200))


def test_a_share_of_variance_by_hand_lies_in_its_interval():
    # x uniform on 0..1 has variance 1/12; so much again of noise makes one half
    random, hits = np.random.default_rng(8), 0
    for seed in range(40):
        x = random.uniform(size=200)
        found = share(x, x + random.normal(0.0, np.sqrt(1.0 / 12.0), 200), seed)
        hits += found.low <= 0.5 <= found.high
    assert hits >= 32  # of 40, nine in ten expected at least


def test_what_chance_explains_is_not_clear():
    random = np.random.default_rng(9)
    clear = [share(random.uniform(size=100), random.normal(size=100)).low > 0.0 for _ in range(50)]
    assert sum(clear) <= 3


def test_assumptions_are_ranked_by_what_they_do():
    found = deciding(WORLDS, EFFECT)
    assert [one.parameter for one in found[:2]] == ["chi", "J"]
    assert [one.parameter for one in found if one.is_clear] == ["chi", "J"]
    chi, j = found[0], found[1]
    assert chi.low <= chi.rank <= chi.high < 0.0 < j.low <= j.rank <= j.high
    # shares of the variance: 4 / 12 and .36 / 12, in their sum and the noise
    whole = 4.0 / 12.0 + 0.36 / 12.0 + 0.01
    assert chi.first.share == pytest.approx(4.0 / 12.0 / whole, abs=0.08)
    assert j.first.low <= 0.36 / 12.0 / whole <= j.first.high


def test_what_does_not_differ_is_no_assumption_and_few_worlds_tell_nothing():
    assert "E" not in [one.parameter for one in deciding(WORLDS.assign(E=1.0), EFFECT)]
    with pytest.raises(InputError, match="too few"):
        deciding(WORLDS[:10], EFFECT[:10])


def in_worlds(lived, **before):
    """Results over these worlds, with what is seen of them in the baseline."""
    changes = {"woken": EFFECT[:, None], "replaced": 0.0 * EFFECT[:, None], "by_need": 0.0 * EFFECT[:, None]}
    still = {name: np.zeros((200, 1)) for name in before}
    shown = {name: values[:, None] for name, values in before.items()}
    results = lived({**changes, **still}, WORLDS.to_dict("records"), before=shown)
    return one_arm(results)


def test_where_it_replaces_is_said_in_words_of_the_labels(lived):
    said = sentences(discovered(in_worlds(lived)), "en")
    label = table()["chi"].en
    assert f"where {label} (chi) above" in said["Where it replaces"]
    assert f"where {label} (chi) below" in said["Where it wakes"]
    assert label in said["What decides"]
    assert "(mu)" not in said["What decides"]
    assert said["The effect"].startswith("is positive in ")


def test_both_languages_say_all_of_it_and_files_are_whole(lived, tmp_path):
    found = discovered(in_worlds(lived))
    for lang in ("en", "zh"):
        said = sentences(found, lang)
        assert len(said) == 5
        assert all(text and "{" not in text for text in said.values())
    written = files(found, "en")
    for name, write in written.items():
        write(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 0
    assert {"discovery.txt", "deciding.csv", "measure-next.csv", "worlds.csv", "map.png", "map.svg"} == set(
        written
    )
    assert as_data(found, "en")["worlds"] == 200


def test_what_tells_the_effect_is_what_to_measure_and_luck_is_not(lived):
    found = in_worlds(lived, efficacy=0.3 + 0.4 * CHI, trust=0.3 + 0.4 * MU)
    ranked = worth(found.baseline, found.parameters, EFFECT)
    first = ranked[0]
    assert first.observable.name in ("efficacy", "chi")
    by_name = {one.observable.name: one for one in ranked}
    assert by_name["efficacy"].is_clear
    assert not by_name["trust"].is_clear
    assert by_name["trust"].households is None
    assert by_name["efficacy"].narrows.share == pytest.approx(by_name["chi"].narrows.share)  # the same order


def test_the_gain_of_knowing_is_that_of_choosing_by_it():
    """Gains from -1 to 1, all as likely: none on average; whoever knows takes those above 0, 1/4 of all."""
    u = (np.arange(200) + 0.5) / 200.0
    worlds = pd.DataFrame({"efficacy": u})
    found = worth(worlds, pd.DataFrame(index=worlds.index), 2.0 * u - 1.0)[0]
    assert found.gain == pytest.approx(0.25, abs=0.005)
    assert found.narrows.share == pytest.approx(1.0)


def test_what_is_seen_in_weaker_light_needs_more_households():
    """The same quantity spread over a tenth of the range needs a hundred times the households."""
    wide, narrow = 0.2 + 0.6 * CHI, 0.47 + 0.06 * CHI
    sizes = []
    for seen in (wide, narrow):
        worlds = pd.DataFrame({"efficacy": seen})
        found = worth(worlds, pd.DataFrame(index=worlds.index), EFFECT)[0]
        assert found.households in LADDER
        sizes.append(found.households)
    assert sizes[1] >= 16 * sizes[0]


@pytest.mark.parametrize("observable", OBSERVABLES, ids=lambda one: one.name)
def test_every_quantity_exists_and_four_times_the_households_halve_its_error(observable):
    assert observable.name in MEASURES or observable.name in table()
    worlds = pd.DataFrame({name: [0.2, 0.4] for name in MEASURES})
    one, four = (observable.error(worlds, n) for n in (100.0, 400.0))
    assert (one > 0.0).all()
    assert four.to_numpy() == pytest.approx(one.to_numpy() / 2.0)


def test_errors_of_surveys_by_hand():
    worlds = pd.DataFrame({"engaged_share": [0.2], "asked_share": [0.5]})
    by_name = {one.name: one for one in OBSERVABLES}
    # sqrt(.2 * .8 / 100); of 100 who answer 20 acted: sqrt(.25 / 20)
    assert by_name["engaged_share"].error(worlds, 100.0)[0] == pytest.approx(0.04)
    assert by_name["asked_share"].error(worlds, 100.0)[0] == pytest.approx(0.1118, abs=1e-4)
    # two halves of 50, each log-odds with variance 1 / (50 * .16)
    assert by_name["A_stranger"].error(worlds, 100.0)[0] == pytest.approx(0.5)


def test_the_surface_of_the_map_is_what_was_put_in():
    steps = [np.linspace(0.0, 1.0, 5)] * 2
    at = np.stack([J, CHI], axis=1)
    # the grid ends where the worlds do
    at = np.vstack([at, [[0.0, 0.0], [1.0, 1.0]]])
    surface = expected(at, 1.0 + 2.0 * at[:, 0] - 3.0 * at[:, 1] * at[:, 0], steps)
    x, y = np.meshgrid(*steps, indexing="ij")
    assert surface == pytest.approx(1.0 + 2.0 * x - 3.0 * x * y)


def test_the_command_asks_a_scenario_or_a_folder(ensemble, linli, tmp_path, monkeypatch):
    monkeypatch.setattr("linli.experiments.across.deciding.FEWEST", 4)
    monkeypatch.setattr("linli.experiments.analysis.discovery.FEWEST", 4)
    asked = ("--policy", "match", "--worlds", 8, "--days", 12, "--burn-in", 8, "--jobs", 1)
    code, said, error = linli("discover", "lane", *asked, "--out", tmp_path / "found")
    assert (code, error) == (0, "")
    assert "over 8 worlds that fit the evidence" in said
    assert (tmp_path / "found" / "map.png").exists()
    (folder,) = (tmp_path / "results").iterdir()
    code, again, _ = linli("discover", folder)
    assert (code, again) == (0, said)
    code, _, error = linli("discover", folder, "--policy", "match")
    assert (code, "with --worlds, name a scenario" in error) == (2, True)
    code, _, error = linli("discover", folder, "--measure", "nothing")
    assert (code, "unknown measure" in error) == (2, True)
