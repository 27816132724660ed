"""Small studies of a small place, and the command that runs them."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments import command

HAMLET = """
name = "hamlet"
title = "Hamlet: a made-up place of 60"
days = 12
burn_in = 6
seed = 1
[place]
residents = 60
households = 30
planned_compounds = 1
mixed_compounds = 1
grids = 1
workers = 1
managed_members = 4
serving_members = 1
sunk_members = 2
volunteers = 8
firms = 1
managed_compounds = 1
"""

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
def write(tmp_path: Path) -> Write:
    """Write a study, and its scenario beside it."""

    def to_file(text: str | None = None, *, seeds: object = 2, name: str = "study.toml") -> Path:
        (tmp_path / "hamlet.toml").write_text(HAMLET, encoding="utf-8")
        file = tmp_path / name
        file.write_text(STUDY.format(seeds=seeds) if text is None else text, encoding="utf-8")
        return file

    return to_file


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """What a process needs to find this checkout."""
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": root, "PYTHONUTF8": "1"}


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
