"""Blocks of pages, run in this process: each costs what it does, and not the start of a Python."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linli.experiments import command

Block = Callable[[str, str], str]


@pytest.fixture
def run_block(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Block:
    """Runs a block of a page in an empty folder, and returns what it printed: Python, which goes on with the
    names of the blocks before it, or lines of the command. A test fails where the block does."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}

    def run(language: str, code: str) -> str:
        if language == "python":
            exec(compile(code, "block", "exec"), names)
        else:
            for line in code.splitlines():
                call(shlex.split(line))
        return capsys.readouterr().out

    def call(words: list[str]) -> None:
        assert words[0] == "linli", words
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            command.main()
        assert not ended.value.code, (words, capsys.readouterr().err)

    return run
