"""Small studies of a small place, and the command that runs them."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

LINLI = (sys.executable, "-m", "experiments")

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
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a study, and its scenario beside it."""

    def to_file(text: str | None = None, *, seeds: object = 2, name: str = "study.toml") -> Path:
        (tmp_path / "hamlet.toml").write_text(HAMLET, encoding="utf-8")
        file = tmp_path / name
        file.write_text(STUDY.format(seeds=seeds) if text is None else text, encoding="utf-8")
        return file

    return to_file


def environment() -> dict[str, str]:
    """What a process needs to find this checkout."""
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": root, "PYTHONUTF8": "1"}


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start the command in a process group of its own."""

    def begin(*arguments: object, **more: object) -> subprocess.Popen[str]:
        command: Sequence[str] = [*LINLI, *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=tmp_path, env=environment(), text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more,  # type: ignore[call-overload]
        )  # fmt: skip

    return begin


@pytest.fixture
def linli(tmp_path: Path) -> Command:
    """The command in a process of its own, to its end."""

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [*LINLI, *map(str, arguments)]
        return subprocess.run(
            command, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=300
        )

    return call
