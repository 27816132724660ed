"""Published results come out again, and a case that would not is not passed over."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import linli
from linli.experiments.reproduce import (
    complex_contagion,
    emergency,
    headcount,
    matching_race,
    social_interaction,
    thresholds,
    volunteers_dilemma,
)
from linli.experiments.reproduce.__main__ import CASES
from linli.experiments.reproduce.case import Case, main, reproduce

ROOT = Path(linli.__file__).resolve().parent
MODULES = [volunteers_dilemma, matching_race, headcount, complex_contagion, thresholds, social_interaction]


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.CASE.name)
def test_a_case_agrees_with_its_source(module, tmp_path: Path) -> None:
    assert reproduce(module.CASE, tmp_path)
    name = module.CASE.name
    assert {file.name for file in tmp_path.iterdir()} == {f"{name}.{e}" for e in ("csv", "tex", "png", "svg")}
    rows = pd.read_csv(tmp_path / f"{name}.csv")
    assert rows["agrees"].all()
    assert len(rows) > 3


def test_numbers_as_published() -> None:
    assert matching_race.formula(2) == pytest.approx(239.2, abs=0.05)
    assert thresholds.large_crowd(0.122) == pytest.approx(0.0548, abs=5e-5)
    assert thresholds.large_crowd(0.123) == pytest.approx(1.0, abs=5e-5)
    assert social_interaction.edges(6.0) == pytest.approx(social_interaction.EDGES, abs=5e-5)
    assert social_interaction.solutions(-3.0, 6.0) == pytest.approx([0.07072, 0.5, 0.92928], abs=5e-6)
    assert len(social_interaction.solutions(-2.0, 3.9)) == 1
    assert headcount.expected(10**9) == pytest.approx(headcount.bound())


@pytest.mark.long
def test_the_emergency_comes_out(tmp_path: Path) -> None:
    test_a_case_agrees_with_its_source(emergency, tmp_path)


def test_a_small_emergency(monkeypatch) -> None:
    """Two worlds of three communities, after two months of building: arms differ, and draw as they should."""
    small = {"WORLDS": 2, "COMMUNITIES": 3, "BUILDING": 60, "AFTERWARDS": 31}
    for name, value in small.items():
        monkeypatch.setattr(emergency, name, value)
    rows = emergency.table()
    of = rows.set_index("outcome")
    assert rows["agrees"].all()
    assert (of["built up, low"] <= of["built up"]).all()
    assert (of["built up"] <= of["built up, high"]).all()
    assert of.loc["turned out", "difference"] != 0.0
    assert emergency.draw(rows).axes


def test_unknowns_are_spread_over_their_ranges() -> None:
    worlds = emergency.worlds()
    for name, (low, high) in emergency.UNKNOWN.items():
        drawn = [world[name] for world in worlds]
        assert low <= min(drawn) <= low + (high - low) / 4
        assert high - (high - low) / 4 <= max(drawn) <= high


def test_every_case_is_listed() -> None:
    modules = {file.stem for file in (ROOT / "experiments" / "reproduce").glob("*.py")}
    assert modules - {"__init__", "__main__", "case"} == {case.name for case in CASES}


def test_a_case_that_does_not_agree_fails(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = pd.DataFrame({"published": [1.0], "model": [2.0], "agrees": [False]})
    case = Case("wrong", "A wrong one", "nobody", lambda: wrong, volunteers_dilemma_figure)
    with pytest.raises(SystemExit) as stop:
        main([case], [])
    assert stop.value.code == 1
    assert "NO" in capsys.readouterr().out


def volunteers_dilemma_figure(rows: pd.DataFrame):
    """Any figure will do."""
    return volunteers_dilemma.draw(volunteers_dilemma.table())


def test_as_a_module_on_the_command_line(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    line = [sys.executable, "-m", "linli.experiments.reproduce.volunteers_dilemma", "--out", "here"]
    done = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Diekmann 1985" in done.stdout
    assert (tmp_path / "here" / "volunteers_dilemma.png").exists()


def test_an_unknown_case_is_named(capsys) -> None:
    with pytest.raises(SystemExit) as stop:
        main(CASES, ["nonsense"])
    assert stop.value.code == 2
    assert "unknown case 'nonsense'; valid: thresholds" in capsys.readouterr().err
