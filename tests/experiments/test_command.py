"""The command `linli` as a user meets it: most tests in this process, the rest with the installed command."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from linli.experiments import command
from linli.model.attribution.measures import EVERY
from linli.model.graphs import write_graph, write_residents
from linli.model.measures import MEASURES
from linli.model.parameters import table as parameter_table
from linli.model.policies import POLICIES
from linli.model.units import unit_in

LINLI = Path(sys.executable).with_name("linli")
SHORT = ("lane", "--days", "8", "--burn-in", "6")
RUN_KEYS = {
    *("scenario", "seed", "days", "burn_in", "engine", "residents", "policies", "measures"),
    *("version", "code"),
}


def linli(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The installed command, in a process of its own."""
    return subprocess.run([LINLI, *map(str, arguments)], capture_output=True, text=True, timeout=900, cwd=cwd)


@pytest.fixture
def here(monkeypatch, capsys):
    """The same command in this process: exit code, standard output, standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["linli", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            command.main()
        return (ended.value.code or 0, *capsys.readouterr())

    return call


# what it prints ------------------------------------------------------------------------------------------


def test_help_needs_nothing_heavy():
    heavy = ("numpy", "mesa", "numba", "pandas", "scipy", "networkx", "rich", "linli.model.community")
    code = f"import sys, linli.experiments.command; print([m for m in {heavy} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_every_command_explains_itself(here):
    for arguments in (("--help",), (), ("list", "--help"), ("run", "-h"), ("compare", "--help")):
        code, out, err = here(*arguments)
        assert (code, err) == (0, "")
        assert "Usage: linli" in out


def test_it_runs_as_a_module_too():
    ran = subprocess.run([sys.executable, "-m", "linli", "--version"], capture_output=True, text=True)
    assert ran.stdout.startswith("linli ")
    assert ran.returncode == 0


def test_run_prints_one_json_object_and_repeats_from_its_folder_in_another_process(here, tmp_path):
    options = ("--seed", 2**53 + 1, "--policy", "match:share=0.5", "--set", "rho=0.3", "--json")
    first = linli("run", *SHORT, *options, "--out", "results", cwd=tmp_path)
    assert first.returncode == 0
    data = json.loads(first.stdout)
    assert set(data) == RUN_KEYS
    assert set(data["measures"]) == set(MEASURES)
    assert (data["scenario"], data["engine"], data["residents"]) == ("lane", "array", 900)
    assert (data["seed"], data["days"], data["burn_in"]) == (2**53 + 1, 8, 6)
    assert data["policies"] == ["match:share=0.5"]

    code, again, _ = here("run", tmp_path / "results" / "scenario.toml", "--json")
    assert code == 0
    assert json.loads(again) == data

    record = json.loads((tmp_path / "results" / "run.json").read_text())
    assert record["measures"] == data["measures"]
    assert set(record["versions"]) == {"linli", "python", "mesa", "numpy", "numba", "pandas", "networkx"}
    assert record["settings"]["set"] == ["rho=0.3"]
    daily = pd.read_parquet(tmp_path / "results" / "daily.parquet")
    assert list(daily.columns) == ["day", "measure", "unit", "value"]
    assert (daily["day"].min(), daily["day"].max(), len(daily)) == (-6, 7, 14 * len(MEASURES))
    assert sorted(os.listdir(tmp_path)) == ["results"]


def test_run_shows_every_measure_with_unit_and_meaning(here, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    _, out, _ = here("run", *SHORT)
    for measure in MEASURES.values():
        line = next(line for line in out.splitlines() if line.startswith(measure.name + " "))
        assert measure.en in line


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lists_hold_everything_there_is(here, monkeypatch, lang):
    monkeypatch.setenv("COLUMNS", "250")
    _, parameters, _ = here("list", "parameters", "--lang", lang)
    for about in parameter_table().values():
        line = next(line for line in parameters.splitlines() if line.startswith(about.name + " "))
        assert getattr(about, lang) in line
        assert unit_in(about.unit, lang).split()[0] in line  # a long unit goes on below
    _, policies, _ = here("list", "policies", "--lang", lang)
    for name, policy in POLICIES.items():
        assert f"{name}  {getattr(policy, lang)}" in policies
        assert policy.fails.said(lang) in policies
    _, measures, _ = here("list", "measures", "--lang", lang)
    assert all(getattr(measure, lang) in measures for measure in MEASURES.values())
    code, everything, _ = here("list", "--lang", lang)
    assert code == 0
    assert all(f" {name} " in everything.replace("\n", " ") for name in (*parameter_table(), *POLICIES))


def test_lists_as_json(here):
    _, out, _ = here("list", "--json")
    data = json.loads(out)
    assert {entry["name"] for entry in data["parameters"]} == set(parameter_table())
    assert {entry["name"] for entry in data["policies"]} == set(POLICIES)
    assert {entry["name"] for entry in data["measures"]} == set(EVERY)
    assert {"donghu", "lane"} <= {entry["name"] for entry in data["scenarios"]}
    sink = next(entry for entry in data["policies"] if entry["name"] == "sink")
    assert {"name", "default", "low", "high", "unit", "en", "zh", "whole"} == set(sink["options"][0])
    _, out, _ = here("list", "measures", "--json")
    assert set(json.loads(out)) == {"measures"}


def test_tables_fit_into_80_columns(here, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for topic in ("scenarios", "policies", "parameters", "measures"):
        _, out, _ = here("list", topic)
        assert max(len(line) for line in out.splitlines()) <= 80


# bad input -----------------------------------------------------------------------------------------------

BAD = {
    "--set rho": "name=value",
    "--set rho=abc": "rho must be a number",
    "--set rho=nan": "rho must be between",
    "--set rho=7": "rho must be between 0 and 1",
    "--set nope=1": "unknown parameter 'nope'",
    "--set rho=.1 --set rho=.2": "given twice",
    "--set posts=1.5": "whole number",
    "--policy nope": "unknown policy 'nope'",
    "--policy sink:headcount=-5": "headcount must be between",
    "--policy sink:headcount=100000": "more than the 48 posts",
    "--policy match:method=best": "skill_time_wish",
    "--policy match:start=-1": "start must be between",
    "--policy relieve:share": "option=value",
    "--days 0": "--days must be between 1",
    "--days 1.5": "--days must be a whole number",
    "--seed -1": "--seed must be between 0",
    "--seed abc": "--seed must be a whole number, not 'abc'",
    "--burn-in -3": "--burn-in must be between 0",
    "--engine slow": "unknown engine 'slow'. Valid: array, mesa",
    "--residents people.csv": "--network",
    "--network none.graphml": "none.graphml",
    "--nope": "No such option",
    "--policy": "requires an argument",
}


def complaint(result: tuple[int, str, str]) -> str:
    """What was said about bad input: one line on standard error, exit code 2, nothing on standard output."""
    code, out, err = result
    assert (code, out) == (2, "")
    assert err.startswith("linli: ")
    assert len(err.splitlines()) == 1
    return err


@pytest.mark.parametrize(("options", "said"), BAD.items())
def test_bad_options_get_one_clear_line(here, options, said):
    assert said in complaint(here("run", "lane", *options.split()))


@pytest.mark.parametrize(
    ("options", "said"),
    {
        "--policy match --runs 0": "--runs must be between 1",
        "--policy match --runs two": "--runs must be a whole number",
        "--policy match --jobs 0": "--jobs must be between 1",
        "--policy sink:headcount=900": "more than the 48 posts",
        "--runs 2": "needs a --policy",
        f"--policy match --seed {2**63 - 1} --runs 2": "too large",
    }.items(),
)
def test_bad_comparisons_get_one_clear_line(here, options, said):
    assert said in complaint(here("compare", "lane", *options.split()))


def test_bad_scenario_files_get_one_clear_line(here, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("broken.toml").write_text("name = [")
    Path("binary.toml").write_bytes(bytes(range(256)))
    Path("empty.toml").write_text("")
    Path("folder.toml").mkdir()
    for name, said in {
        "missing.toml": "No such file",
        "broken.toml": "not valid TOML",
        "binary.toml": "not text in UTF-8",
        "empty.toml": "needs a name",
        "folder.toml": "Is a directory",
        "nowhere": "donghu",
        "": "unknown scenario",
    }.items():
        assert said in complaint(here("run", name, "--out", "results"))
    assert not Path("results").exists()


def test_bad_words_get_one_clear_line(here):
    assert "unknown topic" in complaint(here("list", "everything"))
    assert "unknown language" in complaint(here("list", "--lang", "fr"))
    assert "SCENARIO" in complaint(here("run"))
    assert "No such command" in complaint(here("walk"))
    assert "unknown policy 'a b'" in complaint(here("run", "lane", "--policy", "a\nb"))


def test_the_installed_command_complains_alike():
    ran = linli("run", "lane", "--policy", "mach")
    assert "Did you mean 'match'?" in complaint((ran.returncode, ran.stdout, ran.stderr))


def test_a_used_folder_is_refused_before_anything_is_simulated(here, tmp_path, monkeypatch):
    from linli.experiments.compare import report

    def never(*_):
        raise AssertionError("simulated")

    monkeypatch.setattr(report, "run_one", never)
    monkeypatch.setattr(report, "pairs_of", never)
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "precious").write_text("keep")
    assert "is not empty" in complaint(here("run", "lane", "--out", tmp_path / "used"))
    assert "is not empty" in complaint(here("compare", "lane", "--policy", "ask", "--out", tmp_path / "used"))
    assert "is a file" in complaint(here("run", "lane", "--out", tmp_path / "used" / "precious"))
    assert "cannot write into" in complaint(
        here("run", "lane", "--out", tmp_path / "used" / "precious" / "x")
    )
    assert (tmp_path / "used" / "precious").read_text() == "keep"


# ends that come early ------------------------------------------------------------------------------------


def _wait_for_workers(process: "subprocess.Popen[str]") -> list[int]:
    """Process ids of the children, once there are any that run (Linux says so; elsewhere a pause)."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not listed.exists():
        time.sleep(8)
        return []
    for _ in range(6000):
        children = [int(child) for child in listed.read_text().split()]
        if len(children) > 2:  # two workers, and the tracker of shared resources
            return children
        time.sleep(0.1)
    raise AssertionError("no workers came")


def _long_comparison(out: Path) -> "subprocess.Popen[str]":
    options = (
        "--policy",
        "match",
        "--runs",
        "2",
        "--jobs",
        "2",
        "--days",
        "36500",
        "--out",
        str(out),
        "--json",
    )
    return subprocess.Popen(
        [LINLI, "compare", "lane", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked about does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def _wait_for_the_end_of(workers: list[int]) -> None:
    """The tracker of shared resources, one of them, ends a moment after the command."""
    for _ in range(6000):
        if not any(_is_running(pid) for pid in workers):
            return
        time.sleep(0.1)
    raise AssertionError("workers outlive the command")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_leaves_one_line_and_nothing_else(tmp_path):
    process = _long_comparison(tmp_path / "results")
    workers = _wait_for_workers(process)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=600)
    assert process.returncode == 130
    assert out == ""
    assert err.splitlines()[-1] == "linli: interrupted"
    assert "Traceback" not in err
    assert os.listdir(tmp_path) == []
    _wait_for_the_end_of(workers)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_comparison_leaves_no_folder_and_no_workers(tmp_path):
    process = _long_comparison(tmp_path / "results")
    workers = _wait_for_workers(process)
    process.kill()
    process.communicate(timeout=600)
    assert os.listdir(tmp_path) == []
    _wait_for_the_end_of(workers)


def test_a_reader_that_leaves_early_is_no_error():
    process = subprocess.Popen(
        [LINLI, "list", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=600)
    assert err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_one_line():
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run([LINLI, "list", "scenarios"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert ran.returncode == 1
    assert ran.stderr == "linli: standard output: No space left on device\n"


# a network of one's own ----------------------------------------------------------------------------------


def test_an_imported_network_runs_and_repeats_from_its_folder(here, tmp_path):
    from linli.model.community import Community

    lane = Community("lane")
    write_graph(lane, tmp_path / "ties.graphml")
    write_residents(lane, tmp_path / "people.csv")
    files = ("--network", tmp_path / "ties.graphml", "--residents", tmp_path / "people.csv")
    code, out, err = here("run", *SHORT, *files, "--out", tmp_path / "results", "--json")
    assert code == 0
    assert "900 residents, " in err
    assert len(err.splitlines()) == 1
    data = json.loads(out)
    assert data["residents"] == 900
    folder = tmp_path / "results"
    files = ("--network", folder / "ties.graphml", "--residents", folder / "people.csv")
    _, again, _ = here("run", folder / "scenario.toml", *files, "--json")
    assert json.loads(again) == data


# levels of a city ----------------------------------------------------------------------------------------


def test_a_city_is_written_down_by_level(here, tmp_path):
    """Forty communities of 4,351, evenly along their order: as many districts and streets as they lie in."""
    city = ("run", "chengdu-sample", "--days", "3", "--burn-in", "2", "--json")
    for level, rows in (("district", 23), ("street", 40)):
        code, _, _ = here(*city, "--by", level, "--out", tmp_path / level)
        assert code == 0
        table = pd.read_parquet(tmp_path / level / f"{level}.parquet")
        assert table.index.name == level
        assert len(table) <= rows
        assert table["communities"].sum() == 40
        assert table["engaged_share"].between(0, 1).all()


def test_a_level_that_cannot_be_is_said(here, tmp_path):
    for asked, line in (
        (("--by", "village", "--out", tmp_path / "a"), "unknown level 'village'"),
        (("--by", "street"), "say where with --out"),
        (("--by", "street", "--engine", "mesa", "--out", tmp_path / "b"), "belongs to --engine array"),
    ):
        code, out, err = here("run", *SHORT, *asked)
        assert (code, out) == (2, "")
        assert line in err
        assert not any(tmp_path.iterdir())
