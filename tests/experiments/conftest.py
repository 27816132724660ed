"""Made-up results of a study whose answer is known: what sinking does is written into them. And commands."""

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from linli.experiments import command
from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import made
from linli.experiments.statistics.results import Results
from linli.experiments.study import from_toml

ARMS = {"sinking": ({"name": "sink"}, {"name": "match"})}
DOSES, MUS, METHODS = (0.0, 2.0, 5.0, 10.0, 20.0), (0.0, 0.3, 0.7, 1.0), ("none", "random", "skill_time_wish")
BEND = 8.0
"""Doses beyond it add nothing."""
TURN = 0.5
"""Value of mu at which residents' own hours neither rise nor fall."""
FIT = {"none": 0.0, "random": 0.5, "skill_time_wish": 1.0}


def rows(
    seeds: int = 6,
    doses: Sequence[float] = DOSES,
    mus: Sequence[float] = MUS,
    methods: Sequence[str] = METHODS,
    noise: float = 1e-4,
) -> pd.DataFrame:
    """One row a run, as a store gives it: seeds differ by far more than what the policies do."""
    draws = np.random.default_rng(3)
    luck = draws.normal(0.0, 0.01, seeds)
    listed = []
    for point, (mu, method, dose) in enumerate(itertools.product(mus, methods, doses)):
        for arm, seed in itertools.product(("baseline", "sinking"), range(seeds)):
            row = {"run": f"{point} {arm} {seed}", "point": point, "arm": arm, "seed": seed, "status": "done"}
            row |= {"error": "", "mu": mu, "match_method": method, "sink_per1000": dose}
            on = float(arm == "sinking")
            listed.append(row | _measures(on * dose, FIT[method], mu, luck[seed], draws.normal(0, noise, 8)))
    return pd.DataFrame(listed)


def _measures(dose: float, fit: float, mu: float, luck: float, errors: np.ndarray) -> dict[str, float]:
    """engaged_share rises by a point at full dose and fit; own hours by .1 (1 - mu/TURN)."""
    done = min(dose, BEND) / BEND * fit
    e = iter(errors)
    return {
        "engaged_share": 0.1 + luck + 0.01 * done + next(e),
        "acts_spontaneous": 2.5 + luck + 0.02 * (1.0 - mu / TURN) * done + next(e),
        "self_reliance": 0.4 - 0.05 * done + next(e),
        "resident_matter_hours": 2.0 + 2.0 * luck + 0.1 * (1.0 - mu / TURN) * done + next(e),
        "resolved_without_residents": 0.68 + 0.03 * done + next(e),
        "true_resolution": 0.55 + 0.08 * done + next(e),
        "members_matched": 60.0 + 300.0 * done + next(e),
        "members_not_serving": 0.9 - 0.4 * done + next(e),
        "cost_hours": 1700.0 * done + dose,
        "cost_yuan": 70.0 * done + 0.5 * dose,
    }


@pytest.fixture
def made_up() -> Callable[..., Results]:
    """Makes results: `made_up(seeds=4, mus=[0.3])`."""

    def make(**changes: object) -> Results:
        return Results.of(rows(**changes), ARMS)  # type: ignore[arg-type]

    return make


@pytest.fixture
def made_up_rows() -> Callable[..., pd.DataFrame]:
    """Makes the rows that results are read from."""
    return rows


# real runs of a small place ------------------------------------------------------------------------------

TINY = """
name = "tiny"
scenario = "lane"
seeds = 3
days = 40
burn_in = 20
[factors]
mu = [0, 0.3, 0.7]
"sink.per1000" = [0, 5, 20, 40]
"match.method" = ["none", "skill_time_wish"]
[[arms]]
name = "sinking"
policies = ["sink", "match"]
"""
SAMPLED = """
name = "sampled"
scenario = "lane"
seeds = 2
days = 15
burn_in = 10
[factors]
mu = { low = 0, high = 1 }
A_known = { low = 0.5, high = 2 }
[design]
kind = "latin_hypercube"
n = 24
[[arms]]
name = "asking"
policies = ["match", "ask"]
"""


def _made(text: str, folder: Path) -> Path:
    with Progress("tests") as progress:
        return made(from_toml(text), folder, 1, progress).folder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study with doses, methods and values of mu."""
    return _made(TINY, tmp_path_factory.mktemp("studies") / "tiny")


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a study with sampled parameters."""
    return _made(SAMPLED, tmp_path_factory.mktemp("studies") / "sampled")


@pytest.fixture
def linli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    """Run a command here, in an empty folder: its exit code, output and complaints."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["linli", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            command.main()
        said = capsys.readouterr()
        return int(stop.value.code or 0), said.out, said.err

    return run


# small studies of a small place, and the command that runs them ------------------------------------------


STUDY = """
name = "hamlet-study"
scenario = "hamlet.toml"
seeds = {seeds}
[factors]
mu = [0, 0.4]
"sink.per1000" = [0, 100]
[[arms]]
name = "sunk"
policies = ["sink"]
[[arms]]
name = "matched"
policies = ["sink", "match:method=random"]
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, hamlet: str) -> Write:
    """Write a study, and its scenario beside it."""

    def to_file(text: str | None = None, *, seeds: object = 2, name: str = "study.toml") -> Path:
        (tmp_path / "hamlet.toml").write_text(hamlet, encoding="utf-8")
        file = tmp_path / name
        file.write_text(STUDY.format(seeds=seeds) if text is None else text, encoding="utf-8")
        return file

    return to_file


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """What a process needs to find this checkout."""
    return {**os.environ, "PYTHONUTF8": "1"}


@pytest.fixture
def start(tmp_path: Path, environment: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start Python with arguments, in a process group of its own; none is left when the test ends."""
    started = []

    def begin(*arguments: object, **more: Any) -> subprocess.Popen[str]:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **more}
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            start_new_session=True,
            **pipes,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def here(monkeypatch, capsys, tmp_path) -> Callable[..., tuple[int, str, str]]:
    """The command in this process: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["linli", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            command.main()
        out, error = capsys.readouterr()
        return int(ended.value.code or 0), out, error

    return call
