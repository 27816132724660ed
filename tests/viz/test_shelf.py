"""Studies on the shelf: read from the folder that was given, and from nowhere else."""

import pytest

from linli.experiments.command import app
from linli.experiments.store import MANIFEST
from linli.model.errors import InputError
from linli.model.policies import POLICIES
from linli.viz import charts
from linli.viz.rooms.shelf import Shelf

SAMPLED = """
name = "sampled"
scenario = "lane"
days = 15
burn_in = 15
seeds = 2
[factors]
mu = { low = 0, high = 1 }
J = { low = 0, high = 6 }
[design]
kind = "latin_hypercube"
n = 20
[[arms]]
name = "match"
policies = ["match"]
"""
TWO = """
name = "two"
scenario = "lane"
days = 15
burn_in = 15
seeds = 3
[factors]
mu = [0, 0.7]
"sink.headcount" = [10, 40]
[[arms]]
name = "sink"
policies = ["sink"]
[[arms]]
name = "council"
policies = ["council"]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_study):
    root = tmp_path_factory.mktemp("shelf")
    for name, text in (("small", small_study), ("sampled", SAMPLED), ("two", TWO)):
        file = root / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        app(["sweep", str(file), "--out", str(root / name), "--jobs", "1", "--json"], standalone_mode=False)
    (root / "damaged").mkdir()
    (root / "damaged" / MANIFEST).write_text('{"format": 1}')
    (root / "nothing").mkdir()
    return root


def test_studies_are_listed_and_opened(folder):
    shelf = Shelf(folder)
    assert shelf.names() == ["damaged", "sampled", "small", "two"]
    study = shelf.open("small")
    assert study.titles == ("Sinking and matching on the lane", "下沉与匹配")
    assert study.factors == ["sink_headcount", "mu"]
    assert Shelf(folder / "small").names() == ["small"]
    assert Shelf(folder / "small").open("small").factors == study.factors


def test_a_response_holds_the_paired_differences(folder):
    study = Shelf(folder).open("small")
    response = study.response("mu", "engaged_share")[0]
    assert list(response.levels) == ["0", "0.3", "0.7"]
    frame = study.results.frame
    for level, found in zip((0.0, 0.3, 0.7), response.difference, strict=True):
        here = frame[frame["mu"] == level]
        arms = [here[here["arm"] == arm]["engaged_share"] for arm in ("sink and match", "baseline")]
        assert found == pytest.approx(arms[0].mean() - arms[1].mean())
    grid = study.grid("sink_headcount", "mu", "engaged_share")
    assert len(grid.cells) == 9
    assert (list(grid.columns), list(grid.rows)) == (["10", "34", "48"], ["0", "0.3", "0.7"])


def test_a_sweep_of_arms_with_different_policies_is_told_to_its_end(folder, tmp_path, capsys):
    file = tmp_path / "two.toml"
    levels = TWO.replace("[10, 40]", "[10, 20, 40]")
    file.write_text(levels, encoding="utf-8")
    app(["sweep", str(file), "--out", str(tmp_path / "two"), "--jobs", "1"], standalone_mode=False)
    assert "council" in capsys.readouterr().out


def test_an_arm_without_the_policy_of_a_factor_is_left_out_where_it_has_no_level(folder):
    study = Shelf(folder).open("two")
    assert {found.arm for found in study.response("sink_headcount", "engaged_share")} == {"sink"}
    assert {found.arm for found in study.response("mu", "engaged_share")} == {"sink", "council"}
    assert len(study.grid("sink_headcount", "mu", "engaged_share").cells) == 4
    labels = {row.label("en") for row in study.ranking("members_idle")}
    council = POLICIES["council"].en
    assert council in labels
    assert len(labels) in (2, 3)
    assert all(label.endswith(("sink_headcount = 10", "sink_headcount = 40")) for label in labels - {council})


def test_a_sampled_study_is_shown_in_classes(folder):
    study = Shelf(folder).open("sampled")
    assert study.is_sampled("mu")
    response = study.response("mu", "engaged_share")[0]
    assert 3 <= len(response.levels) <= 8
    assert 2 <= len(study.grid("mu", "J", "engaged_share").columns) <= 6


def test_the_ranking_is_by_gain_for_the_same_money(folder):
    ranked = Shelf(folder).open("small").ranking("members_matched")
    assert ranked
    assert [row.value for row in ranked] == sorted((row.value for row in ranked), reverse=True)
    assert all(row.low <= row.value <= row.high for row in ranked)

    names = [row.label("zh") for row in ranked]
    option = charts.ranking(
        names, *zip(*[(r.value, r.low, r.high) for r in ranked], strict=True), charts.LIGHT
    )
    assert len(option["series"]) == 1 + len(ranked)


@pytest.mark.parametrize(
    "name", ["..", "../shelf", "/etc", "small/runs", "", ".", "nothing", "small/../small"]
)
def test_names_that_are_not_on_the_shelf_are_not_looked_for(folder, name):
    with pytest.raises(InputError, match="unknown study"):
        Shelf(folder).open(name)


def test_a_study_that_points_out_of_the_folder_is_not_on_the_shelf(folder, tmp_path):
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "outside").symlink_to(folder / "small")
    assert Shelf(tmp_path / "shelf").names() == []


def test_a_damaged_study_says_so(folder):
    with pytest.raises(InputError, match="damaged"):
        Shelf(folder).open("damaged")


def test_no_folder_no_studies(tmp_path):
    assert Shelf().names() == []
    assert Shelf(tmp_path).names() == []
    with pytest.raises(InputError):
        Shelf().open("small")
