"""The command in real processes: stopped, killed, out of room, and what a user sees of it."""

import json
import os
import pty
import random
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import Sweeping
from linli.experiments.store import Store

HURRIED = """
from linli.experiments.command import main
from linli.experiments.runner import sweep, writer
sweep.BATCH_SECONDS = writer.SECONDS = 0.05
main()
"""
"""The command, writing more often: what takes minutes otherwise is seen in a second."""
HURRIED_SWEEP = ("-c", HURRIED, "sweep")

MANY = """
name = "many"
scenario = "lane"
days = 30
burn_in = 10
seeds = {seeds}
factors = {{ mu = [0, 0.5] }}
arms = [{{ name = "asked", policies = ["ask"] }}]
"""


def finished(file: Path, out: Path) -> pd.DataFrame:
    """The table after the rest of the study has been run here."""
    Sweeping(str(file), out, jobs="1").run(Progress("", "runs"))
    return Store(out).read()


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + 600
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def chunks(out: Path) -> int:
    return len(list(out.glob("runs/*.parquet")))


def is_empty(group: int) -> bool:
    """Whether no process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


# stopped and killed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "jobs"), [(signal.SIGINT, 2), (signal.SIGTERM, 1)])
def test_a_stopped_study_ends_at_once_and_goes_on_later(write, start, tmp_path, how, jobs):
    file, out = write(MANY.format(seeds=400)), tmp_path / "out"
    process = start(*HURRIED_SWEEP, file, "--out", out, "--jobs", jobs)
    wait_for(lambda: chunks(out) > 1)
    # a terminal sends Ctrl-C to every process, a batch system sends SIGTERM to the first
    (os.killpg if how == signal.SIGINT else os.kill)(process.pid, how)
    _, error = process.communicate(timeout=600)
    assert process.returncode == 130
    rows = Store(out).read()
    assert f"stopped: {len(rows)} of 1,600 runs are in {out}; the same command goes on" in error
    assert error.strip().splitlines()[-1] == "linli: interrupted"
    assert "Traceback" not in error
    wait_for(lambda: is_empty(process.pid))
    assert Store(out).survey()[1] == []
    assert 0 < len(rows) < 1600


def test_a_killed_study_loses_no_chunk_and_ends_the_same(write, start, tmp_path):
    file, out = write(MANY.format(seeds=60)), tmp_path / "out"
    process = start(*HURRIED_SWEEP, file, "--out", out, "--jobs", 2)
    wait_for(lambda: chunks(out) > 1)
    process.kill()
    process.communicate()
    wait_for(lambda: is_empty(process.pid))  # workers end when nobody is there to work for
    kept = Store(out).read()
    assert 0 < len(kept) < 240
    after = finished(file, out)
    pd.testing.assert_frame_equal(after, finished(file, tmp_path / "quiet"), check_exact=True)
    assert kept["run"].isin(after["run"]).all()


@pytest.mark.long
def test_twenty_kills_at_random_moments_change_nothing(write, start, tmp_path):
    file, out = write(MANY.format(seeds=2000)), tmp_path / "out"
    moments = random.Random(20)
    held = 0
    for kill in range(20):
        process = start(*HURRIED_SWEEP, file, "--out", out, "--jobs", 2)
        before = chunks(out)
        wait_for(lambda p=process, b=before: chunks(out) > b or p.poll() is not None)
        time.sleep(moments.random() * 0.5)
        process.kill()
        process.communicate()
        rows = len(Store(out).read())
        assert Store(out).survey()[1] == []
        assert rows >= held, f"kill {kill} lost rows"
        held = rows
    assert 0 < held < 8000
    after = finished(file, out)
    pd.testing.assert_frame_equal(after, finished(file, tmp_path / "quiet"), check_exact=True)


SHORT = """
name = "short"
scenario = "hamlet.toml"
days = 2
burn_in = 0
factors = {{ mu = {{ low = 0, high = 1 }} }}
design = {{ kind = "latin_hypercube", n = {points} }}
"""
MEMORY = """
import resource, sys
from pathlib import Path
from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import Sweeping
for file in sys.argv[1:]:
    Sweeping(file, Path(file + ".out"), jobs="1").run(Progress("", "runs"))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.long
def test_ten_thousand_short_runs_take_no_more_memory_than_a_thousand(write, start):
    files = [write(SHORT.format(points=n), name=f"{n}.toml") for n in (1_000, 10_000)]
    printed, error = start("-c", MEMORY, *files).communicate()
    few, many = (int(kilobytes) for kilobytes in printed.split())
    assert error == ""
    assert len(Store(f"{files[1]}.out").read()) == 10_000
    assert many - few < 40_000, "more than 4 kB for each further run"


def test_a_full_disk_ends_with_a_line_and_the_study_goes_on_when_there_is_room(write, start, tmp_path):
    file, out = write(MANY.format(seeds=40)), tmp_path / "out"
    Sweeping(str(file), out, jobs="1", shard="1/4").run(Progress("", "runs"))

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    process = start("-m", "linli", "sweep", file, "--out", out, "--jobs", 1, preexec_fn=small_files)
    _, error = process.communicate(timeout=600)
    assert process.returncode == 1
    assert error.strip() == (
        f"linli: {out}: File too large; 40 of 160 runs are kept there, and the same command goes on from them"
    )
    assert [f.name for f in out.rglob(".*")] == []
    pd.testing.assert_frame_equal(finished(file, out), finished(file, tmp_path / "quiet"), check_exact=True)


# what a user sees ----------------------------------------------------------------------------------------


def test_a_terminal_shows_how_far_it_is(write, start):
    ours, theirs = pty.openpty()
    process = start(*HURRIED_SWEEP, write(MANY.format(seeds=40)), "--jobs", 1, stderr=theirs)
    os.close(theirs)
    shown = b""
    while part := read(ours):
        shown += part
    assert "160 runs made" in process.communicate(timeout=600)[0]
    assert "many" in shown.decode()
    assert "160/160" in shown.decode()
    assert "/s" in shown.decode()


def read(terminal: int) -> bytes:
    """What a terminal shows next; nothing once the program has left it."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_a_dry_run_says_what_it_would_take_and_writes_nothing(here, write, tmp_path):
    file = write(MANY.format(seeds=7))
    code, out, error = here("sweep", file, "--dry-run", "--jobs", 2)
    assert (code, error) == (0, "")
    assert "28, from 14 burn-ins" in out
    assert "on 2 processes" in out
    data = json.loads(here("sweep", file, "--dry-run", "--json")[1])
    assert (data["points"], data["runs"], data["rows"], data["burn_ins"]) == (2, 28, 28, 14)
    assert 0 < data["seconds_a_run"] < data["seconds"]
    part = json.loads(here("sweep", file, "--dry-run", "--json", "--shard", "1/2")[1])
    assert part["runs"] == 14
    until = 'seeds = {{ until = {{ measure = "trust", half_width = 1 }} }}'.format()
    unsure = write(MANY.format(seeds=7).replace("seeds = 7", until))
    assert "at least 32, from" in here("sweep", unsure, "--dry-run")[1]
    assert sorted(f.name for f in tmp_path.iterdir()) == ["hamlet.toml", "study.toml"]


def test_the_estimate_of_disk_is_of_the_right_size(here, write, tmp_path):
    file = write(MANY.format(seeds=100))
    data = json.loads(here("sweep", file, "--dry-run", "--json")[1])
    here("sweep", file, "--jobs", 1)
    taken = sum(f.stat().st_size for f in (tmp_path / "results").rglob("*.parquet"))
    assert data["bytes"] / 3 < taken < data["bytes"] * 3


def test_a_sweep_and_its_results(here, write, tmp_path):
    file = write(seeds=2)
    code, out, error = here("sweep", file, "--jobs", 1)
    assert (code, error) == (0, "")
    assert "20 runs made: results/hamlet-study" in out
    assert "0 runs made, 20 were there already" in here("sweep", file, "--jobs", 1)[1]
    data = json.loads(here("sweep", file, "--jobs", 1, "--json")[1])
    assert (data["runs"], data["before"], data["made"], data["failed"]) == (20, 20, 0, 0)

    folder = "results/hamlet-study"
    code, out, error = here("results", folder)
    assert (code, error) == (0, "")
    assert "24 done, 0 failed" in out
    assert json.loads(here("results", folder, "--json")[1])["done"] == 24
    query = "select arm, count(*) as n from runs group by arm order by arm"
    assert "baseline  8" in here("results", folder, "--sql", query)[1]
    counted = json.loads(here("results", folder, "--sql", query, "--json")[1])
    assert counted == [{"arm": arm, "n": 8} for arm in ("baseline", "matched", "sunk")]
    assert "24 rows in all.csv" in here("results", folder, "--csv", "all.csv")[1]
    assert "3 rows in few.csv" in here("results", folder, "--csv", "few.csv", "--sql", query)[1]
    back = pd.read_csv(tmp_path / "all.csv")
    assert back["engaged_share"].tolist() == Store(tmp_path / folder).read()["engaged_share"].tolist()


def test_failures_and_faults_are_shown(here, write, tmp_path):
    file = write(seeds=1)
    file.write_text(file.read_text(encoding="utf-8").replace("100]", "100, 900]"), encoding="utf-8")
    code, out, _ = here("sweep", file, "--jobs", 1)
    assert code == 0
    assert "4 of them failed" in out
    folder = tmp_path / "results" / "hamlet-study"
    (folder / "runs" / "x.parquet").write_text("x")
    shown = here("results", folder)[1]
    assert "14 done, 4 failed" in shown
    assert "4 rows failed: policy sink: 54 members are more than the 24 posts" in shown
    assert "not used: runs/x.parquet is truncated" in shown


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("sweep",), "Missing argument 'STUDY'"),
        (("sweep", "sinkin"), "Did you mean 'sinking'"),
        (("sweep", "none.toml"), "cannot read study none.toml"),
        (("sweep", "study.toml", "--jobs", "0"), "--jobs must be between 1 and 1024"),
        (("sweep", "study.toml", "--jobs", "two"), "--jobs must be a whole number"),
        (("sweep", "study.toml", "--shard", "3"), "such as 3/10"),
        (("sweep", "study.toml", "--shard", "4/3"), "--shard: number must be between 1 and 3"),
        (("sweep", "study.toml", "--shard", "0/3"), "--shard: number must be between 1 and 3"),
        (("sweep", "study.toml", "--shard", "a/b"), "must be a whole number"),
        (("sweep", "study.toml", "--jobs", "2", "--dask", "tcp://x:1"), "leave it out with --dask"),
        (("sweep", "study.toml", "--out", "study.toml"), "study.toml is a file"),
        (("sweep", "study.toml", "--out", "study.toml/in"), "cannot write into study.toml/in"),
        (("sweep", "study.toml", "--out", "."), "is the one you are in"),
        (("results",), "Missing argument 'DIR'"),
        (("results", "nowhere"), "nowhere is not the folder of a study"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(here, write, tmp_path, arguments, complaint):
    write()
    code, out, error = here(*arguments)
    assert (code, out) == (2, "")
    assert complaint in error
    assert error.startswith("linli: ")
    assert error.count("\n") == 1
    assert sorted(f.name for f in tmp_path.iterdir()) == ["hamlet.toml", "study.toml"]
