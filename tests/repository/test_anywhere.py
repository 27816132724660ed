"""linli runs where people put it: in a folder with spaces and Chinese in its name, with a home that cannot be
written; and the tests find what they need of a machine, or say what is missing."""

import os
import runpy
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import linli
from linli.agents import compiled

ROOT = Path(linli.__file__).resolve().parent
BROWSERS = runpy.run_path(str(ROOT / "tests" / "browser" / "browsers.py"))


@pytest.fixture
def no_home(tmp_path, monkeypatch) -> Path:
    """A home in which nothing can be made, not even by root; the folder of temporary files."""
    (tmp_path / "home").write_text("a file")
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    return tmp_path / "temporary"


def test_it_runs_in_a_folder_with_spaces_and_chinese_without_a_home(copy_sources, hamlet, no_home, tmp_path):
    here = tmp_path / "社区 模型" / "linli"
    copy_sources(here, ("agents", "model", "experiments", "viz"))
    environment = {**os.environ, "PYTHONPATH": str(here), "NUMBA_DISABLE_JIT": "1", "PYTHONUTF8": "1"}
    file, out = tmp_path / "小村 1.toml", tmp_path / "结果 1"
    file.write_text(hamlet, encoding="utf-8")
    for arguments in (["--help"], ["run", str(file), "--out", str(out)]):
        done = subprocess.run(
            [sys.executable, "-m", "linli", *arguments],
            cwd=here, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.strip()
    assert (out / "scenario.toml").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_without_a_home_compiled_code_is_kept_among_the_temporary_files_if_nobody_else_can_write_there(
    no_home,
):
    folder = compiled._cache_folder()
    assert folder is not None
    assert folder.parent.parent == no_home
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    folder.parent.chmod(0o777)
    assert compiled._cache_folder() is None
    shutil.rmtree(folder.parent)
    (no_home / "elsewhere").mkdir(mode=0o700)
    folder.parent.symlink_to(no_home / "elsewhere")
    assert compiled._cache_folder() is None


# what tests need of a machine ----------------------------------------------------------------------------


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def found(tmp_path: Path, **environment: str) -> list[Path]:
    return list(BROWSERS["candidates"]({"PATH": str(tmp_path / "bin"), **environment}, tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="programs without an ending")
def test_a_browser_is_found_where_people_have_one(tmp_path):
    assert found(tmp_path) == []
    snap = program(tmp_path / "snap/bin/chromium")
    mac = program(tmp_path / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    edge = program(tmp_path / "bin/microsoft-edge")
    windows = program(tmp_path / "Program Files/Google/Chrome/Application/chrome.exe")
    mine = program(tmp_path / "me/Applications/Chromium.app/Contents/MacOS/Chromium")
    there = {"HOME": str(tmp_path / "me"), "PROGRAMFILES": str(tmp_path / "Program Files")}
    assert found(tmp_path, **there) == [edge, mac, mine, windows, snap]
    assert found(tmp_path, LINLI_BROWSER="my own", **there) == [Path("my own")]


def test_what_is_missing_leaves_tests_out_and_fails_where_it_must_be_there(lacking, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="not run: a thing"):
        lacking("a thing")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="not run: a thing"):
        lacking("a thing")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_what_tests_start_hears_an_interrupt():
    code = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "True\n"
