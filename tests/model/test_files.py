"""Files are whole or not there, whatever happens to the process that writes them."""

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from linli.model import files
from linli.model.files import beside, sweep_up, write_whole

HALF_WAY = """
import sys
from pathlib import Path
from linli.model.files import write_whole

def half(path):
    with path.open("wb") as file:
        file.write(b"half of the new")
        file.flush()
        print("half", flush=True)
        sys.stdin.read()

write_whole(Path(sys.argv[1]), half)
"""
IN_TURN = """
import sys
from pathlib import Path
from linli.model.files import write_whole

letter = sys.argv[2].encode()
for number in range(int(sys.argv[3])):
    write_whole(Path(sys.argv[1]), letter * 100_000)
    print(number, flush=True)
"""


def _begin(script: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ},
    )


def _said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def _hidden(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name.startswith("."))


def test_bytes_and_writers(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    write_whole(file, b"one")
    assert file.read_bytes() == b"one"
    write_whole(file, memoryview(b"two"))
    assert file.read_bytes() == b"two"
    endings = []
    write_whole(file, lambda path: (endings.append(path.suffix), path.write_text("three")))
    assert file.read_text() == "three"
    assert endings == [".csv"]  # by which figures tell their format
    assert [f.name for f in tmp_path.iterdir()] == ["table.csv"]


def test_a_writer_that_fails_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(b"old")

    def fails(path: Path) -> None:
        path.write_bytes(b"ne")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(file, fails)
    assert file.read_bytes() == b"old"
    assert _hidden(tmp_path) == []


def test_killed_half_way_the_old_file_stays_and_the_next_writer_sweeps_up(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(b"old")
    process = _begin(HALF_WAY, str(file))
    assert _said(process) == "half"
    # as long as its writer lives, what it writes is left alone
    write_whole(tmp_path / "other.csv", b"other")
    assert len(_hidden(tmp_path)) == 1
    _kill(process)
    assert file.read_bytes() == b"old"
    assert len(_hidden(tmp_path)) == 1
    write_whole(tmp_path / "other.csv", b"other")
    assert _hidden(tmp_path) == []
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize("after", [0, 1, 2, 5])
def test_killed_at_any_time_the_file_is_whole(tmp_path: Path, after: int) -> None:
    file = tmp_path / "table.csv"
    process = _begin(IN_TURN, str(file), "a", "1000000")
    for _ in range(after + 1):
        _said(process)
    _kill(process)
    assert file.read_bytes() == b"a" * 100_000
    write_whole(file, b"b")
    assert [f.name for f in tmp_path.iterdir()] == ["table.csv"]


def test_two_processes_at_once(tmp_path: Path) -> None:
    """Each of them replaces the file again and again; whoever looks sees one or the other in full."""
    file = tmp_path / "table.csv"
    both = [_begin(IN_TURN, str(file), letter, "60") for letter in "ab"]
    listeners = [threading.Thread(target=process.stdout.read) for process in both]  # type: ignore[union-attr]
    for process in both:
        assert _said(process) == "0"
    for listener in listeners:
        listener.start()
    seen = {file.read_bytes()}
    while any(listener.is_alive() for listener in listeners):
        seen.add(file.read_bytes())
    assert [process.wait() for process in both] == [0, 0]
    for process in both:
        process.communicate()
    assert seen <= {b"a" * 100_000, b"b" * 100_000}
    assert _hidden(tmp_path) == []


def test_leftovers_of_another_machine_go_by_their_age(tmp_path: Path) -> None:
    old = tmp_path / f".linli-00000000-{os.getpid()}-0123456789ab.csv"
    new = tmp_path / f".linli-00000000-{os.getpid()}-0123456789ac.csv"
    for file in (old, new):
        file.write_bytes(b"half")
    past = old.stat().st_mtime - files.STALE - 60.0
    os.utime(old, (past, past))
    sweep_up(tmp_path)
    assert _hidden(tmp_path) == [new.name]


def test_a_number_that_another_process_has_taken_over_is_no_writer(tmp_path: Path) -> None:
    mine = tmp_path / f".linli-{files._machine()}-{os.getpid()}-0123456789ab"
    mine.mkdir()
    (mine / "inside").write_bytes(b"half")
    sweep_up(tmp_path)
    assert _hidden(tmp_path) == [mine.name]
    os.utime(mine, (1.0, 1.0))  # written long before this process began
    sweep_up(tmp_path)
    assert _hidden(tmp_path) == []


@pytest.mark.parametrize("name", [".linli-notes", ".linli-0-1-2", ".table.csv.part", ".gitignore", "linli"])
def test_what_is_not_ours_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"mine")
    os.utime(tmp_path / name, (1.0, 1.0))
    sweep_up(tmp_path)
    assert (tmp_path / name).read_bytes() == b"mine"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "elsewhere" / "table.csv", tmp_path / "link.csv"
    target.parent.mkdir()
    link.symlink_to(target)
    for text in (b"one", b"two"):  # the target is made, then replaced
        write_whole(link, text)
        assert link.is_symlink()
        assert target.read_bytes() == text
    assert _hidden(tmp_path) == _hidden(target.parent) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names there")
def test_a_device_or_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    write_whole(Path(os.devnull), b"gone")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"through")
    reader.join()
    assert got == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_places_that_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "table.csv", b"one")
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, b"one")
    assert list(tmp_path.iterdir()) == []


def test_it_is_on_the_disk_before_it_is_in_its_place(tmp_path: Path, monkeypatch) -> None:
    """File, then name, then folder: in that order, or a power cut could leave an empty file."""
    done = []
    sync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def replaced(path: Path, target: Path) -> Path:
        done.append("name")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    write_whole(tmp_path / "table.csv", b"one")
    assert done == ["file", "name", *(["folder"] if os.name != "nt" else [])]


def test_a_folder_is_moved_in_one_step(tmp_path: Path) -> None:
    with beside(tmp_path / "answer") as partial:
        partial.mkdir()
        (partial / "answer.json").write_text(json.dumps({"whole": True}))
        assert not (tmp_path / "answer").exists()
    assert json.loads((tmp_path / "answer" / "answer.json").read_text()) == {"whole": True}
    assert _hidden(tmp_path) == []
