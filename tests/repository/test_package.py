"""What is installed: one import name, everything that the code needs, and nothing else."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import linli

ROOT = Path(linli.__file__).resolve().parent
FOLDERS = ("agents", "model", "experiments", "viz")
MINE = ("agents", "experiments", "linli_study", "model", "viz")
"""Folders beside a user's script, most with the names of linli's own."""


DOCUMENTS = ("viz/handbook/", "experiments/paper/")
"""What is read beside the package and is no part of it."""


def packed() -> set[str]:
    """Every file of the repository that belongs into the package, by its path."""
    inside = (f for folder in FOLDERS for f in (ROOT / folder).rglob("*"))
    files = {f.relative_to(ROOT).as_posix() for f in inside if f.is_file() and "__pycache__" not in f.parts}
    files = {name for name in files if not name.startswith(DOCUMENTS)}
    return files | {"__init__.py", "__main__.py", "py.typed"}


def build(kind: str, source: Path, out: Path) -> Path:
    """A wheel or an sdist of the sources, without a network. Returns the file."""
    code = f"from setuptools import build_meta; build_meta.build_{kind}({str(out)!r})"
    out.mkdir(exist_ok=True)
    done = subprocess.run([sys.executable, "-c", code], cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository, with what a working copy gathers beside the code."""
    copy = tmp_path_factory.mktemp("sources") / "checkout"
    gathered = shutil.ignore_patterns("__pycache__", ".*", "build", "dist", "*.egg-info")
    shutil.copytree(ROOT, copy, ignore=gathered)
    for stray in ("dist/old.whl", "runs/run.json", "agents/__pycache__/x.pyc", "mine.txt"):
        (copy / stray).parent.mkdir(exist_ok=True)
        (copy / stray).write_text("stray", encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def sdist(sources: Path) -> Path:
    return build("sdist", sources, sources.parent / "sdist")


@pytest.fixture(scope="module")
def wheel(sdist: Path) -> Path:
    """Built as `uv build` does: from the unpacked sdist."""
    with tarfile.open(sdist) as archive:
        archive.extractall(sdist.parent.parent / "unpacked", filter="data")
    (unpacked,) = (sdist.parent.parent / "unpacked").iterdir()
    return build("wheel", unpacked, sdist.parent.parent / "wheel")


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """A folder for PYTHONPATH that holds what the wheel installs."""
    place = wheel.parent.parent / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def test_what_is_installed_is_called_linli_and_nothing_else(wheel: Path) -> None:
    top = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"linli"}
    names = importlib.metadata.packages_distributions()
    ours = {name for name, owners in names.items() if "linli" in owners}
    assert {name for name in ours if not name.startswith("__editable__")} <= {"linli"}
    assert (importlib.metadata.distribution("linli").read_text("top_level.txt") or "").split() == ["linli"]


def test_the_wheel_holds_every_module_and_file_of_the_package_and_the_licence(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    about = {name for name in inside if ".dist-info/" in name}
    assert inside - about == {f"linli/{name}" for name in packed()}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in about)


def test_the_source_distribution_holds_the_package_and_what_builds_it(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        inside = {m.name.partition("/")[2] for m in archive.getmembers() if m.isfile()}
    made = {name for name in inside if name.startswith("linli.egg-info/")} | {"PKG-INFO", "setup.cfg"}
    assert inside - made == packed() | {"LICENSE", "README.md", "pyproject.toml"}


def test_a_wheel_built_from_the_sources_is_the_wheel_built_from_the_source_distribution(
    sources: Path, wheel: Path
) -> None:
    direct = build("wheel", sources, sources.parent / "direct")
    one, other = ({n: z.read(n) for n in z.namelist()} for z in map(zipfile.ZipFile, (wheel, direct)))
    assert one == other


def test_the_type_checker_is_told_that_there_are_types(installed: Path) -> None:
    assert (installed / "linli" / "py.typed").read_bytes() == b""


# beside other code of these names ------------------------------------------------------------------------


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A folder of a user, with modules of his or her own that have the names of linli's folders."""
    for name in MINE:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"mine = {name!r}\n", encoding="utf-8")
    return tmp_path


def python(folder: Path, installed: Path, *arguments: str) -> str:
    """What Python prints, started in a folder, with the installed wheel and not with this checkout."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1", "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_user_has_modules_of_the_same_names(beside: Path, installed: Path) -> None:
    code = f"""
import linli, linli.viz.command, linli.model.community
import {", ".join(MINE)}
print(linli.__file__)
print({", ".join(f"{name}.mine" for name in MINE)})
"""
    where, mine = python(beside, installed, "-c", code).splitlines()
    assert Path(where) == installed / "linli" / "__init__.py"
    assert mine.split() == list(MINE)


def test_the_command_runs_among_modules_of_the_same_names(beside: Path, installed: Path) -> None:
    assert python(beside, installed, "-m", "linli", "--version").startswith("linli ")
    assert "viz" in python(beside, installed, "-m", "linli", "--help")
    assert "engaged_share" in python(beside, installed, "-m", "linli", "run", "lane", "--days", "2")


SPAWNED = """
import multiprocessing

import mesa

import model
from linli.model.community import Community

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    rows = mesa.batch_run(
        Community, {"scenario": "lane"}, rng=[1, 2], max_steps=2, number_processes=2, display_progress=False
    )
    print(model.mine, len(rows))
"""


def test_processes_that_a_script_spawns_find_linli_and_the_script_its_own(
    beside: Path, installed: Path
) -> None:
    (beside / "study.py").write_text(SPAWNED, encoding="utf-8")
    assert python(beside, installed, "study.py").split() == ["model", "2"]


# names in the descriptions -------------------------------------------------------------------------------

NAME = re.compile(r"`((?:linli\.)?(?:agents|model|experiments|viz)(?:\.\w+)+)(?:\(\))?`")
PATH = re.compile(r"(?<![\w/.-])((?:agents|model|experiments|viz|tests)/[\w./-]*\w)")


def there(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    parts = name.removeprefix("linli.").split(".")
    for length in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:length])
        if place.is_dir() or place.with_suffix(".py").is_file():
            thing = importlib.import_module(".".join(["linli", *parts[:length]]))
            for part in parts[length:]:
                thing = getattr(thing, part, None)
            return thing is not None
    return False


def described() -> list[Path]:
    """Every page and every source file in which a reader is sent to another."""
    inside = [f for folder in (*FOLDERS, "tests") for f in (ROOT / folder).rglob("*")]
    kinds = (".py", ".md", ".toml", ".js", ".vue")
    return [*ROOT.glob("*.md"), *(f for f in inside if f.suffix in kinds and f != Path(__file__))]


def test_every_module_that_is_named_is_there() -> None:
    named = {
        (f.relative_to(ROOT).as_posix(), name)
        for f in described()
        for name in NAME.findall(f.read_text("utf-8"))
    }
    assert len(named) > 40
    assert sorted(pair for pair in named if not there(pair[1])) == []
    assert there("model.city.City")
    assert not there("model.city.Village")
    assert not there("experiments.sweeping")


def test_every_file_that_is_named_is_there() -> None:
    named = {
        (f.relative_to(ROOT).as_posix(), path)
        for f in described()
        for path in PATH.findall(f.read_text("utf-8"))
    }
    assert len(named) > 20
    there = (ROOT, ROOT / "tests" / "engines" / "made_up_actor")  # CONTRIBUTING.md names what its recipe adds
    assert sorted(pair for pair in named if not any((root / pair[1]).exists() for root in there)) == []


@pytest.mark.parametrize("page", ["README.md", "README.zh.md", "CHANGELOG.md"])
def test_users_are_told_the_name_that_they_import(page: str) -> None:
    named = NAME.findall((ROOT / page).read_text(encoding="utf-8"))
    assert [name for name in named if not name.startswith("linli.")] == []
