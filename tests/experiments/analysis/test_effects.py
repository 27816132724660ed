"""`linli analyse`: what it writes, what it shows, in two languages, for studies of every shape."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import linli
from linli.experiments.analysis.effects import CAPTIONS, analyse, stated_effects
from linli.experiments.figures import style
from linli.experiments.output.labels import dose_of, label_of, level_of, shown
from linli.experiments.output.latex import escaped, to_latex
from linli.experiments.statistics.results import Results
from linli.experiments.store.reading import read
from linli.model.measures import MEASURES
from linli.model.parameters import table as parameter_table
from linli.model.text import LANGUAGES

ROOT = Path(linli.__file__).resolve().parent
SMALL = {"seeds": 2, "mus": [0.0, 0.3, 0.7], "doses": [0.0, 5.0, 20.0], "methods": ["none", "random"]}
"""Results that are quick to draw."""
FACTORIAL = {"effects", "curves-sink_per1000", "marginal-sink_per1000", "interactions", "replications"}


# a real study, in a real process -----------------------------------------------------------------


def test_a_study_is_analysed_into_a_folder(tiny: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    options = ["analyse", str(tiny), "--out", str(tmp_path / "out"), "--detect", "engaged_share=0.005"]
    line = [sys.executable, "-m", "linli", *options]
    done = subprocess.run(line, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert "Wakes or replaces?" in done.stdout
    written = {file.name for file in (tmp_path / "out").iterdir()}
    for name in (*FACTORIAL, "means", "stability", "effects-mu", "turns-mu", "answer"):
        assert {f"{name}.csv", f"{name}.tex"} <= written
    for name in ("effects", "dose-sink_per1000", "effects-mu", "interactions", "stability", "answer"):
        assert (tmp_path / "out" / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert (tmp_path / "out" / f"{name}.svg").read_text(encoding="utf-8").lstrip().startswith("<?xml")
    effects = pd.read_csv(tmp_path / "out" / "effects.csv")
    assert ((effects["low"] <= effects["difference"]) & (effects["difference"] <= effects["high"])).all()
    planned = pd.read_csv(tmp_path / "out" / "replications.csv").set_index("measure")
    assert planned.loc["engaged_share", "effect"] == 0.005


def test_json_is_all_of_it(tiny: Path, linli) -> None:
    code, out, _ = linli("analyse", tiny, "--json", "--measure", "trust", "--measure", "fit")
    assert code == 0
    data = json.loads(out)
    assert set(data) == {"tables", "remarks", "answer"}
    assert {row["measure"] for row in data["tables"]["means"]} == {"trust", "fit"}
    assert set(data["answer"]) == {"effect", "turn", "matching", "dose", "unknown"}


def test_sampled_factors_get_bins(sampled: Path) -> None:
    found = analyse(read(sampled), ["engaged_share", "acts_asked"])
    bins = found.tables["along-mu"]
    assert bins["points"].groupby(bins["measure"]).sum().to_dict() == {"engaged_share": 24, "acts_asked": 24}
    assert {"along-mu", "along-A_known"} <= set(found.figures)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nowhere"], "not the folder of a study"),
        (["TINY", "--measure", "engagd_share"], "Did you mean 'engaged_share'"),
        (["TINY", "--detect", "engaged_share"], "write measure=effect"),
        (["TINY", "--detect", "engaged_share=lots"], "must be a number"),
        (["TINY", "--detect", "engaged_share=0"], "no number of runs shows an effect of nothing"),
        (["TINY", "--detect", "happiness=1"], "unknown measure of this study 'happiness'"),
        (["TINY", "--lang", "fr"], "unknown language 'fr'"),
        (["TINY", "--out", "full"], "is not empty"),
    ],
)
def test_bad_input_is_one_line(tiny: Path, linli, tmp_path: Path, arguments, complaint) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    code, out, err = linli("analyse", *(tiny if a == "TINY" else a for a in arguments))
    assert (code, out) == (2, "")
    assert complaint in err
    assert len(err.splitlines()) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["full"]


# results of every shape ----------------------------------------------------------------------


def test_every_table_has_a_caption(made_up) -> None:
    found = analyse(made_up(**SMALL))
    assert set(found.tables) >= FACTORIAL
    assert {name.partition("-")[0] for name in found.tables} <= set(CAPTIONS)


def test_a_single_seed_gives_no_interval_and_says_so(made_up) -> None:
    found = analyse(made_up(**{**SMALL, "seeds": 1}), ["engaged_share"])
    assert "a single seed" in " ".join(found.remarks)
    assert found.tables["effects"]["low"].isna().all()
    assert set(found.figures) >= {"effects", "stability"}


def test_without_a_baseline_the_extremes_of_the_first_policy_are_paired(made_up_rows) -> None:
    rows = made_up_rows(**SMALL)
    found = analyse(Results.of(rows[rows["arm"] == "sinking"].assign(arm="only")))
    assert "no baseline" in " ".join(found.remarks)
    assert len(found.tables["effects"])


def test_a_study_of_parameters_alone(made_up_rows) -> None:
    rows = made_up_rows(seeds=3, methods=["random"], doses=[5.0])
    plain = rows[rows["arm"] == "baseline"].drop(columns=["match_method", "sink_per1000"])
    found = analyse(Results.of(plain, {}))
    assert "curves-mu" in found.tables
    assert "means" in found.tables


def test_nothing_varied_gives_means(made_up_rows) -> None:
    rows = made_up_rows(seeds=4, methods=["random"], doses=[5.0], mus=[0.3])
    plain = rows[rows["arm"] == "baseline"].drop(columns=["mu", "match_method", "sink_per1000"])
    found = analyse(Results.of(plain, {}))
    assert set(found.tables) == {"means", "stability"}
    assert "no two runs share their luck" in found.remarks[0]


def test_failures_are_mentioned(made_up_rows) -> None:
    rows = made_up_rows(**SMALL)
    rows.loc[:4, "status"] = "failed"
    assert "5 runs failed" in analyse(Results.of(rows)).remarks[0]


def test_measures_that_are_not_defined_do_no_harm(made_up_rows) -> None:
    rows = made_up_rows(**SMALL)
    rows["fit"] = np.nan
    found = analyse(Results.of(rows), ["fit", "engaged_share"])
    assert found.tables["effects"].set_index("measure")["difference"].isna().to_dict() == {
        "fit": True,
        "engaged_share": False,
    }


def test_stated_effects_are_read() -> None:
    assert stated_effects(["engaged_share=0.005", " trust = -0.1 "]) == {
        "engaged_share": 0.005,
        "trust": -0.1,
    }


# languages and labels --------------------------------------------------------------------------


def _texts(figure) -> str:
    import matplotlib.text

    return " ".join(artist.get_text() for artist in figure.findobj(matplotlib.text.Text))


def test_labels_are_chinese_where_there_is_a_font(made_up, monkeypatch) -> None:
    monkeypatch.setattr(style, "chinese_font", lambda: "Some Font")
    assert style.language_of_figures("zh") == "zh"
    figures = analyse(made_up(**SMALL), lang="zh").figures
    assert "近30天参与率" in _texts(figures["effects"])
    assert "认领岗位" in _texts(figures["dose-sink_per1000"])


def test_labels_are_english_where_there_is_none(made_up, monkeypatch) -> None:
    monkeypatch.setattr(style, "chinese_font", lambda: None)
    assert style.language_of_figures("zh") == "en"
    texts = _texts(analyse(made_up(**SMALL), lang="zh").figures["effects"])
    assert not re.search(r"[\u4e00-\u9fff]", texts)


def test_everything_has_a_label_and_a_unit_in_both_languages() -> None:
    for lang in LANGUAGES:
        for name in (*MEASURES, *parameter_table(), "sink_per1000", "match_method", "council"):
            assert label_of(name, lang)
        assert all(shown(name, lang).change_unit for name in MEASURES)
    assert shown("engaged_share").factor == 100.0
    assert shown("trust").factor == 1.0


def test_levels_and_doses_in_words() -> None:
    assert level_of("mu", 0.3) == "mu = 0.3"
    assert level_of("match_method", "skill_time_wish") == "match: skill+time+wish"
    assert level_of("match", "without", "zh") == "认领岗位: 无"
    assert level_of("ask_strategy", "building_heads") == "ask: building heads"
    assert level_of("ask_strategy", "building_heads", "zh") == "动员对象: 楼栋长"
    assert level_of("sink_allocation", "proportional", "zh") == "党员下沉: 按居民数"
    assert level_of("relieve", "share=0.5", "zh").endswith("=0.5")
    assert level_of("arm", "sink, match", "zh") == "arm: sink, match"
    assert dose_of("sink_per1000", 24.76) == "24.76 per 1000 residents"
    assert dose_of("sink_headcount", 520000.0, "zh") == "520,000 人"


# LaTeX -----------------------------------------------------------------------------------------


def test_latex_escapes_what_means_something() -> None:
    assert escaped("a_b & 5 % of #1 {x} ~ ^ \\") == (
        r"a\_b \& 5 \% of \#1 \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{}"
    )


def test_latex_of_a_table() -> None:
    table = pd.DataFrame({"what_is": ["a", "b"], "n": [1, 2], "x": [0.123456, np.nan], "y": [1e-7, 12345.6]})
    lines = to_latex(table.assign(sure=[True, False]), "Some_caption").splitlines()
    assert lines[0] == r"\begin{longtable}{lrrrr}"
    assert r"what\_is & n & x & y & sure \\" in lines
    assert r"a & $1$ & $0.1235$ & $1\cdot10^{-7}$ & yes \\" in lines
    assert r"b & $2$ & -- & $1.235\cdot10^{4}$ & no \\" in lines
    assert lines[-1] == r"\end{longtable}"
