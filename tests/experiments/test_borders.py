"""What the command does at its edges: odd names, other people's folders, terminals and notebooks."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from linli.experiments.output import check_folder, to_json
from linli.experiments.output.progress import Progress
from linli.experiments.runner.cluster import Cluster
from linli.model.errors import InputError


@pytest.mark.parametrize("out", ["", ".", "x" * 300, "bad\udcffname"])
def test_folders_that_are_none_are_refused_before_anything_runs(out):
    with pytest.raises(InputError, match="--out"):
        check_folder(Path(out))


def test_nothing_is_left_where_no_scheduler_answers(here, write, tmp_path, monkeypatch):
    from linli.experiments.runner import cluster

    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    for more in ((), ("--dry-run",)):
        code, out, err = here("sweep", write(), "--dask", "tcp://127.0.0.1:1", *more)
        assert (code, out) == (2, "")
        assert "no scheduler answers there" in err.splitlines()[-1]
        assert {file.name for file in tmp_path.iterdir()} == {"hamlet.toml", "study.toml"}


@pytest.mark.parametrize("address", ["nonsense", "http://x:1", "tcp://x:abc"])
def test_what_is_no_address_is_said_before_anybody_is_called(address, monkeypatch):
    import distributed

    monkeypatch.setattr(distributed, "Client", lambda *_, **__: pytest.fail("called"))
    with pytest.raises(InputError, match=f"--dask {address}: no scheduler answers there"):
        Cluster(address, print)


def test_a_dry_run_says_when_the_folder_is_of_another_study(here, write, tmp_path):
    code, _, err = here("sweep", write(), "--jobs", "1")
    assert code == 0, err
    changed = write((tmp_path / "study.toml").read_text().replace("mu = [0, 0.4]", "mu = [0, 0.5]"))
    code, out, err = here("sweep", changed, "--dry-run")
    assert (code, out) == (2, "")
    assert "holds runs of another study" in err
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "x"):
        code, _, err = here("sweep", changed, "--dry-run", "--out", place)
        assert (code, len(err.splitlines())) == (2, 1)


def test_what_was_read_of_a_network_is_said(here, tmp_path):
    (tmp_path / "ties.csv").write_text("Source,Target,Weight\nli,wang,1\nwang,zhao,1\nzhao,li,2\n")
    code, out, err = here(
        "run", "lane", "--network", "ties.csv", "--days", "2", "--burn-in", "1", "--json", "--engine", "mesa"
    )
    assert code == 0, err
    assert json.loads(out)["residents"] == 3
    assert err == (
        "linli: network ties.csv: 3 residents, 3 ties; the first: li, wang, zhao; read: Source, Target; "
        "not used: Weight\n"
    )


def test_complaints_are_short_and_obey_nobody(here):
    code, _, err = here("run", "\x1b]0;owned\x07" + "y" * 10_000)
    assert code == 2
    assert "\x1b" not in err
    assert len(err) < 1100


def test_json_holds_no_character_that_a_terminal_obeys():
    text = to_json({"a": "\x9b2J\x7f\x1b", "b": "邻里"})
    assert json.loads(text) == {"a": "\x9b2J\x7f\x1b", "b": "邻里"}
    assert "邻里" in text
    assert text.replace("\n", "").isprintable()


def test_a_notebook_gets_one_line(monkeypatch):
    """Written over by a carriage return, a few times a run, without codes that move a cursor."""
    monkeypatch.setenv("JPY_PARENT_PID", "1")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with Progress("loading") as progress:
        progress.expect("lane", 1000)
        for _ in range(1000):
            progress.tick()
    written = sys.stderr.getvalue()
    assert written.count("\n") == 1
    assert written.count("\r") == 11
    assert "\x1b" not in written
    assert written.endswith("\rlinli: lane: 1,000 of 1,000 days\n")


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_end_in_no_traceback(closed):
    command = f"'{sys.executable}' -m linli list scenarios {closed}"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert ran.returncode in (0, 1)
    assert "Traceback" not in ran.stderr
