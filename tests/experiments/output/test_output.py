"""What leaves the program: strict JSON, and folders that are complete or not there."""

import json
import math
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from linli.experiments.output import Folder, to_json, versions
from linli.experiments.output.screen import decimals, number
from linli.model.errors import InputError


def _hello(path: Path) -> None:
    path.write_text("hello")


def test_numbers_that_json_does_not_know_become_null():
    value = {"a": [1.5, math.nan], "b": {"c": math.inf, "d": (2, None)}, "e": "社区"}
    assert json.loads(to_json(value)) == {"a": [1.5, None], "b": {"c": None, "d": [2, None]}, "e": "社区"}
    assert to_json("社区", ascii_only=True) == '"\\u793e\\u533a"'


def test_json_keeps_every_bit_of_a_number():
    assert json.loads(to_json([0.1 + 0.2, 2**63 - 1])) == [0.1 + 0.2, 2**63 - 1]


def test_a_folder_appears_with_all_its_files(tmp_path):
    folder = Folder(tmp_path / "new" / "results")
    assert os.listdir(tmp_path) == []
    folder.write({"a.txt": _hello, "b.txt": _hello})
    assert sorted(os.listdir(tmp_path / "new")) == ["results"]
    assert sorted(os.listdir(tmp_path / "new" / "results")) == ["a.txt", "b.txt"]


def test_an_empty_folder_may_be_filled(tmp_path):
    Folder(tmp_path).write({"a.txt": _hello})
    assert os.listdir(tmp_path) == ["a.txt"]


def test_used_places_are_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    for place in (tmp_path, tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InputError, match="--out"):
            Folder(place)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs a place where even root cannot write")
def test_places_that_cannot_be_written_are_refused():
    with pytest.raises(InputError, match="cannot write into /proc"):
        Folder(Path("/proc/results"))


def test_a_folder_that_was_filled_meanwhile_is_left_alone(tmp_path):
    folder = Folder(tmp_path / "results")
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "mine").write_text("mine")
    with pytest.raises(InputError, match="is not empty"):
        folder.write({"a.txt": _hello})
    assert os.listdir(tmp_path) == ["results"]
    assert os.listdir(tmp_path / "results") == ["mine"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_file_that_fails_leaves_nothing(tmp_path, error):
    def fails(path: Path) -> None:
        path.write_text("half")
        raise error

    expected = InputError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        Folder(tmp_path / "results").write({"a.txt": _hello, "b.txt": fails})
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_kill_while_writing_leaves_no_half_written_folder(tmp_path):
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from linli.experiments.output import Folder\n"
        "def write(path):\n    path.write_text('half')\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "Folder(Path(sys.argv[1])).write({'a.txt': write, 'b.txt': write})\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path / "results")])
    assert ended.returncode == -signal.SIGKILL
    assert not (tmp_path / "results").exists()
    Folder(tmp_path / "results").write({"a.txt": _hello})
    assert os.listdir(tmp_path / "results") == ["a.txt"]


def test_versions_name_what_may_matter():
    assert all(
        versions()[name] for name in ("linli", "python", "mesa", "numpy", "numba", "pandas", "networkx")
    )


def test_numbers_are_written_with_the_figures_they_deserve():
    assert [decimals(scale) for scale in (0.0034, 0.34, 3.4, 340.0, 0.0, None)] == [4, 2, 1, 0, 2, 2]
    assert number(0.27831) == "0.2783"
    assert number(35.0) == "35"
    assert number(1234567.0) == "1,234,567"
    assert number(-0.0123, 3, sign=True) == "−0.012"
    assert number(-0.00001, 3, sign=True) == "0.000"
    assert number(math.nan) == number(None) == "–"
