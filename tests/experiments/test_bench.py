"""`linli bench` as a user meets it, on tiny sizes: which numbers come out, never how large they are."""

import json
import subprocess
import sys
import tempfile

import pytest

from linli.experiments.bench.machine import bytes_moved
from linli.experiments.bench.timing import best_of

CONTAGION = {"agents", "threads", "ours_ns", "mesa_ns", "scipy_ns", "ratio_mesa", "ratio_scipy"}
KEYS = {
    "donghu": {"mesa_ns", "array_ns", "ratio", "mesa_year_s", "array_year_s"},
    "library": {"call_ms", "run_ms", "ratio"},
    "chengdu": {"residents", "build_s", "day_s", "year_s", "cpu_year_s", "peak_gb"},
    "scaling": {"residents", "ns"},
    "contagion": CONTAGION,
    "machine": {"triad_gbs", "floor_ns"},
}


def bench(*options: str) -> subprocess.CompletedProcess[str]:
    """From another folder, as users do: there is no module of the repository's to be found by chance."""
    command = [sys.executable, "-m", "linli", "bench", *options]
    with tempfile.TemporaryDirectory() as elsewhere:
        return subprocess.run(command, capture_output=True, text=True, timeout=900, cwd=elsewhere)


def test_all_parts_as_one_json_object():
    done = bench("--small", "--json")
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert list(results) == list(KEYS)
    for part, keys in KEYS.items():
        for row in results[part] if isinstance(results[part], list) else [results[part]]:
            assert set(row) == keys
            assert all(value > 0 for value in row.values())
    assert [(row["agents"], row["threads"]) for row in results["contagion"]] == [(2_000, 1), (2_000, 2)]
    donghu, first = results["donghu"], results["contagion"][0]
    assert donghu["ratio"] == pytest.approx(donghu["mesa_ns"] / donghu["array_ns"])
    library = results["library"]
    assert library["ratio"] == pytest.approx(library["call_ms"] / library["run_ms"])
    assert first["ratio_mesa"] == pytest.approx(first["mesa_ns"] / first["ours_ns"])
    assert all(line.startswith("linli: bench: ") for line in done.stderr.splitlines())


def test_one_part_as_a_table():
    done = bench("--only", "contagion", "--agents", "500,1200", "--small")
    assert done.returncode == 0, done.stderr
    first = [line.split()[:2] for line in done.stdout.splitlines() if line.lstrip()[:1].isdigit()]
    assert [agents for agents, _ in first[:4]] == ["500", "500", "1,200", "1,200"]
    assert [threads for _, threads in first[:4]] == ["1", "2", "1", "2"]
    assert "ns a resident-day" not in done.stdout
    assert "triad" in done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "cheng"], "unknown part 'cheng'. Did you mean 'chengdu'?"),
        (["--agents", "many"], "--agents must be a whole number, not 'many'"),
        (["--agents", "1000,5"], "--agents must be between 100 and 3000000, not 5"),
        (["--agents", "1000,1e3"], "a size is given twice"),
        (["--agents", ""], "--agents must be a whole number"),
        (["--fast"], "No such option: --fast"),
    ],
)
def test_bad_input_is_one_line(options, said):
    done = bench(*options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("linli: ")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_arms_take_turns():
    order = []

    def arms():
        return {name: lambda name=name: order.append(name) for name in "abc"}

    assert set(best_of(3, arms)) == set("abc")
    assert "".join(order) == "abccbaabc"


def test_the_bytes_that_the_contagion_cannot_avoid():
    # read: motive, fatigue, day of the last act, degree and count by the byte, rows by four bytes; written:
    # activity and count. Those who act, between none and a quarter, write fatigue and day, and read ten ties.
    every_day = 8 + 8 + 4 + 1 + 1 + 4 + 1 + 1
    assert every_day < bytes_moved(4_000, 20) < every_day + (8 + 4 + 40) / 4
