"""Around the code: the import contract, the two lines of the README, versions, and what no file may name."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import linli

ROOT = Path(linli.__file__).resolve().parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README, README_ZH = (ROOT / name for name in ("README.md", "README.zh.md"))
TOOLS = Path(sys.executable).parent
FOLDERS = ("agents", "model", "experiments", "viz", "tests", ".ci")


def blocks(file: Path, language: str) -> list[str]:
    """The fenced blocks of a language in a page, without their fences."""
    text = file.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def files() -> list[Path]:
    """Every text file of the repository."""
    inside = [f for folder in FOLDERS for f in (ROOT / folder).rglob("*") if "__pycache__" not in f.parts]
    return [
        f
        for f in [*ROOT.glob("[!.]*"), *inside]
        if f.is_file() and f.suffix not in (".svg", ".png", ".parquet")
    ]


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_imports_point_one_way() -> None:
    done = run([str(TOOLS / "lint-imports"), "--no-cache", "--no-logo"], ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 kept, 0 broken" in done.stdout


def test_import_contract_can_break(tmp_path: Path) -> None:
    for name in (".", "viz", "experiments", "model", "agents"):
        (tmp_path / "linli" / name).mkdir(exist_ok=True)
        (tmp_path / "linli" / name / "__init__.py").touch()
    upstart = tmp_path / "linli" / "agents" / "upstart.py"
    upstart.write_text("import linli.model\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [str(TOOLS / "lint-imports"), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "linli.agents.upstart -> linli.model" in done.stdout


# the README ------------------------------------------------------------------------------------------------


def two_lines() -> list[str]:
    return [block.strip() for block in blocks(README, "bash") if block.startswith("python3 -m venv")]


def test_readme_has_two_lines() -> None:
    main_job, tests = two_lines()
    assert "\n" not in main_job
    assert "\n" not in tests
    assert main_job.endswith("uv run linli sweep sinking")
    assert tests.endswith("uv run --group dev --all-extras pytest")


def test_ci_runs_the_test_line_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert two_lines()[1] in script.splitlines()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("language", ["bash", "python", "text"])
def test_both_readmes_have_the_same_blocks(language: str) -> None:
    assert blocks(README, language)
    assert blocks(README, language) == blocks(README_ZH, language)


@pytest.mark.parametrize("code", blocks(README, "python"), ids=lambda code: code.splitlines()[0])
def test_python_of_the_readme_runs(code: str, run_block) -> None:
    assert run_block("python", code).strip()


def commands() -> list[str]:
    """Commands of the README on the small place."""
    lines = "".join(blocks(README, "bash")).splitlines()
    return [line for line in lines if line.startswith("linli ")]


@pytest.mark.parametrize("command", commands())
def test_commands_of_the_readme_run(command: str, run_block) -> None:
    assert run_block("bash", command).strip()


@pytest.mark.parametrize("page", [README, README_ZH, ROOT / "CHANGELOG.md", ROOT / "model" / "ODD.md"])
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_folders_of_the_readme_are_those_there_are() -> None:
    named = re.findall(r"^\| `(\w+)/` \|", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(named) == {folder for folder in FOLDERS if folder != ".ci"}


# versions, locks and names ---------------------------------------------------------------------------------


def test_versions_agree() -> None:
    version = PROJECT["project"]["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (\S+)$", citation, flags=re.MULTILINE)[1] == version  # type: ignore[index]
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    assert [p["version"] for p in lock["package"] if p["name"] == "linli"] == [version]


def test_lock_names_the_public_registry_only() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    sources = {tuple(p["source"].items()) for p in lock["package"] if p["name"] != "linli"}
    assert sources == {(("registry", "https://pypi.org/simple"),)}


def test_everything_that_is_imported_is_packed() -> None:
    folders = ("agents", "model", "experiments", "viz")
    there = {f.parent for folder in folders for f in (ROOT / folder).rglob("__init__.py")}
    names = {".".join(["linli", *folder.relative_to(ROOT).parts]) for folder in there}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == {"linli", *names}


def test_no_file_names_a_machine() -> None:
    home = re.compile(r"(?:^|[^.\w])/(?:root|home|work|Users)/\w|\.\./shared", flags=re.MULTILINE)
    found = [str(f.relative_to(ROOT)) for f in files() if home.search(f.read_text(encoding="utf-8"))]
    assert found == []


def test_no_file_is_large() -> None:
    kept = [f for f in [*files(), *(ROOT / "viz").glob("*.*")] if f.name != "uv.lock"]
    large = [f.name for f in kept if f.stat().st_size > 500_000]
    assert large == []
