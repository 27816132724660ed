"""What `import linli` offers is what the commands do: the same numbers, as Python has them."""

import json
import math
import pickle
import subprocess
import sys
import tomllib

import numpy as np
import pandas as pd
import pytest

import linli
from linli.model import reading, scenario
from linli.model.attribution.measures import EVERY
from linli.model.measures import MEASURES

SHORT = {"days": 12, "burn_in": 6}
STUDY = {
    "name": "of a mapping",
    "scenario": "lane",
    **SHORT,
    "seeds": 2,
    "factors": {"mu": [0.0, 0.3]},
    "arms": [{"name": "matched", "policies": ["match"]}],
}


def test_importing_linli_loads_nothing_else():
    code = (
        "import sys; before = set(sys.modules); import linli; dir(linli); "
        "print(sorted({m.partition('.')[0] for m in set(sys.modules) - before} - {'linli'} "
        "- set(sys.stdlib_module_names)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize("name", linli.__all__)
def test_every_name_is_there_and_says_what_it_is(name):
    assert getattr(linli, name) is getattr(linli, name)
    assert name in dir(linli)
    assert (getattr(linli, name).__doc__ or "").strip()


def test_names_that_are_none_are_refused_as_python_does():
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        linli.simulat  # noqa: B018


def test_a_run_is_that_of_the_engine_and_of_the_command(here):
    asked = {"policies": "match; relieve:share=0.3", "parameters": {"mu": 0.5}, "seed": 7}
    found = linli.simulate("lane", **asked, **SHORT)
    by_hand = linli.City(
        linli.load_scenario("lane").but(**SHORT), policies=asked["policies"], rng=7, mu=0.5
    ).run()
    assert found == by_hand.measures()
    code, out, err = here(
        "run", "lane", "--days", 12, "--burn-in", 6, "--seed", 7, "--set", "mu=0.5", "--json",
        "--policy", "match", "--policy", "relieve:share=0.3",
    )  # fmt: skip
    assert code == 0, err
    printed = json.loads(out)
    assert printed == json.loads(json.dumps(found.as_data()).replace("NaN", "null"))
    assert found.provenance["policies"] == ["match", "relieve:share=0.3"]
    assert found.scenario.parameters.mu == 0.5
    assert (found.days, found.scenario.burn_in, found.scenario.seed) == (12, 6, 7)


def test_both_engines_give_one_result():
    assert linli.simulate("lane", engine="mesa", **SHORT) == linli.simulate("lane", **SHORT)


def test_measures_are_a_mapping_that_knows_that_nan_is_nan():
    found, again, other = (linli.simulate("lane", seed=s, **SHORT) for s in (3, 3, 4))
    assert any(math.isnan(value) for value in found.values())
    assert found == again
    assert found == {name: float(repr(value)) for name, value in again.items()}  # other nan
    assert found != other
    assert found != {**found, "engaged_share": math.nan}
    assert found != {**found, "further": 1.0}
    assert found != 3
    assert list(found) == list(MEASURES)
    assert pickle.loads(pickle.dumps(found)) == found
    with pytest.raises(TypeError):
        hash(found)


def test_measures_have_units_and_labels_and_turn_into_pandas():
    found = linli.simulate("lane", **SHORT)
    assert found.unit("cost_yuan", "zh") == "元/人·年"
    assert found.label("cost_yuan") == EVERY["cost_yuan"].en
    frame = found.to_frame("zh")
    assert frame.loc["trust", "value"] == found["trust"]
    assert frame.loc["trust", "label"] == "信任"
    assert found.to_series().equals(pd.Series(dict(found)))
    html = found._repr_html_()
    assert html.count("<tr>") == len(found) + 1
    assert EVERY["trust"].en in html
    assert ">nan<" not in html
    assert "lane" in repr(found)


def test_a_seed_is_what_numpy_and_mesa_take():
    generator = np.random.default_rng(5)
    drawn = linli.simulate("lane", seed=generator, **SHORT).scenario.seed
    assert drawn == linli.simulate("lane", seed=np.random.default_rng(5), **SHORT).scenario.seed
    fresh = {linli.simulate("lane", seed=None, days=1, burn_in=0).scenario.seed for _ in range(3)}
    assert len(fresh) == 3


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"scenario": "lan"}, "Did you mean 'lane'"),
        ({"policies": "mach"}, "Did you mean 'match'"),
        ({"parameters": {"mu": 7}}, "between 0 and 1"),
        ({"parameters": {"moo": 7}}, "unknown parameter 'moo'"),
        ({"days": 0}, "days must be between 1"),
        ({"burn_in": "soon"}, "burn_in must be a whole number"),
        ({"engine": "netlogo"}, "unknown engine 'netlogo'"),
        ({"seed": "first"}, "rng must be a whole number"),
        ({"until": "never"}, "unknown stop condition 'never'"),
        ({"interventions": {3: print}}, 'engine="mesa"'),
    ],
)
def test_what_cannot_be_is_said_in_one_line(asked, said):
    with pytest.raises(linli.InputError, match=said) as raised:
        linli.simulate(**{"scenario": "lane", **asked})
    assert "\n" not in str(raised.value)


def test_a_comparison_is_that_of_the_command(here):
    found = linli.compare("lane", ["match", "relieve"], runs=3, seed=5, **SHORT)
    code, out, err = here(
        "compare", "lane", "--policy", "match", "--policy", "relieve", "--runs", 3, "--seed", 5, "--days", 12,
        "--burn-in", 6, "--json", "--jobs", 1,
    )  # fmt: skip
    assert code == 0, err
    assert json.loads(out) == json.loads(json.dumps(found.as_data()).replace("NaN", "null"))
    assert list(found) == list(EVERY)
    assert found["cost_yuan"].difference > 0.0
    frame = found.to_frame()
    assert frame.loc["cost_yuan", "difference"] == found["cost_yuan"].difference
    runs = found.runs()
    means = runs[runs["measure"] == "cost_yuan"].groupby("arm")["value"].mean()
    assert means["policy"] - means["baseline"] == pytest.approx(found["cost_yuan"].difference)
    assert set(found.sentences) >= {"Engagement", "Cost"}
    assert found.sentences["Cost"] in found._repr_html_().replace("&#x27;", "'")
    with pytest.raises(linli.InputError, match="needs policies"):
        linli.compare("lane", "")


def test_a_study_of_a_mapping_is_run_once_and_looked_at(tmp_path):
    folder = tmp_path / "study"
    made = linli.sweep(STUDY, folder)
    assert len(made) == 8
    files = {file: file.stat().st_mtime_ns for file in folder.rglob("*.parquet")}
    again = linli.sweep(STUDY, folder)
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*.parquet")} == files
    frame = linli.results(folder).to_frame()
    pd.testing.assert_frame_equal(frame, again.to_frame())
    asked = again.sql("select arm, avg(trust) as trust from runs group by arm order by arm")
    assert asked["trust"].tolist() == pytest.approx(frame.groupby("arm")["trust"].mean().tolist())
    assert again.columns.loc["trust", "zh"] == "信任"
    assert again.overview["done"] == 8
    assert "of a mapping" in again._repr_html_()
    assert tomllib.loads(json.loads((folder / "manifest.json").read_text())["study"]["text"]) == STUDY
    with pytest.raises(linli.InputError, match="study"):
        linli.sweep({"name": object()}, folder)
    with pytest.raises(linli.InputError, match="not the folder of a study"):
        linli.results(tmp_path)


def test_a_network_is_read_once_and_lived_in(tmp_path, here):
    (tmp_path / "ties.csv").write_text("Source,Target\nli,wang\nwang,zhao\nzhao,li\nzhao,chen\n")
    brought = linli.load_network(tmp_path / "ties.csv")
    assert "4 residents, 4 ties" in brought._repr_html_()
    found = linli.simulate("lane", network=brought, **SHORT)
    assert found.provenance["residents"] == 4
    code, out, err = here("run", "lane", "--network", "ties.csv", "--days", 12, "--burn-in", 6, "--json")
    assert code == 0, err
    assert json.loads(out)["measures"] == json.loads(json.dumps(dict(found)).replace("NaN", "null"))


def test_a_scenario_that_was_read_is_not_read_again(monkeypatch):
    """Thousands of calls begin with one text: what a call costs beside its run must not be TOML."""
    parsed = []
    monkeypatch.setattr(scenario, "toml_of", lambda text: parsed.append(text) or reading.toml_of(text))
    scenario.from_toml.cache_clear()
    for seed in range(5):
        linli.simulate("lane", seed=seed, days=1, burn_in=0)
    assert len(parsed) == 1
