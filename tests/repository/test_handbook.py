"""The handbook: its code runs, its links lead somewhere, its names are those of the code, both languages show
the same, and the site builds without a warning."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import linli
from linli.model.attribution.measures import EVERY
from linli.model.parameters import table
from linli.model.policies import POLICIES
from linli.model.scenario import names

ROOT = Path(linli.__file__).resolve().parent
HANDBOOK = ROOT / "viz" / "handbook"
TABLES = runpy.run_path(str(HANDBOOK / "tables.py"))
EN, ZH = HANDBOOK / "en", HANDBOOK / "zh"
PAGES = sorted(file.relative_to(EN) for file in EN.rglob("*.md"))
SHOWN = ("sh", "r", "text")
"""Blocks that are shown and not run: they need a cluster, another language, or minutes."""
BLOCK = re.compile(r"^ *```(\{?\w+\}?)[^\n]*\n(.*?)^ *```$", flags=re.MULTILINE | re.DOTALL)


FILE = re.compile(r"`((?:agents|model|viz|experiments|tests)/[\w./]*|[A-Z_]+\.md|\w+\.json)`")
"""A path of the repository, or a file of a study."""


def blocks(page: Path) -> list[tuple[str, str]]:
    """Language and text of every fenced block of a page, in order."""
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [(language, re.sub(r"^   ", "", code, flags=re.MULTILINE)) for language, code in found]


def test_both_languages_have_the_same_pages_and_blocks() -> None:
    assert sorted(file.relative_to(ZH) for file in ZH.rglob("*.md")) == PAGES
    for page in PAGES:
        assert blocks(EN / page) == blocks(ZH / page), page
        marks = [TABLES["MARK"].findall((folder / page).read_text(encoding="utf-8")) for folder in (EN, ZH)]
        assert marks[0] == marks[1]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(EN / page)], ids=str)
def test_code_of_the_handbook_runs(page: Path, tmp_path: Path, run_block) -> None:
    """Block by block in one folder; a file is written under the name in its first line."""
    for language, code in blocks(EN / page):
        if language == "toml":
            (tmp_path / code.split()[1]).write_text(code, encoding="utf-8")
        elif language in ("python", "bash"):
            assert run_block(language, code).strip()
        else:
            assert language in (*SHOWN, "{toctree}", "{include}")


@pytest.mark.parametrize("folder", [EN, ZH], ids=["en", "zh"])
def test_links_of_the_handbook_lead_somewhere(folder: Path) -> None:
    for page in PAGES:
        text = (folder / page).read_text(encoding="utf-8")
        here = (folder / page).parent
        links = re.findall(r"\]\(([^)#:]+)\)", text)
        links += [f"{name}.md" for tree in re.findall(r"\{toctree\}\n:maxdepth: 1\n(.*?)```", text, re.DOTALL)
                  for name in tree.split()]  # fmt: skip
        assert [link for link in links if not (here / link).exists()] == [], page
        for path in FILE.findall(text):
            assert (ROOT / path).exists() or path in ("manifest.json",), path


def test_every_page_is_reached_from_the_first() -> None:
    index = (EN / "index.md").read_text(encoding="utf-8")
    assert {f"{line}.md" for line in index.splitlines()} >= {str(p) for p in PAGES} - {"index.md"}


def test_names_of_the_handbook_are_those_of_the_code() -> None:
    known = {*EVERY, *table(), *POLICIES, *names(), *columns()}
    words = {"baseline", "runs", "daily", "mesa", "array", "study", "identity", "code", "rows"}
    words |= {"city", "page"}
    for folder in (EN, ZH):
        for page in PAGES:
            prose = BLOCK.sub("", (folder / page).read_text(encoding="utf-8"))
            for name in re.findall(r"`([a-z]\w*)`", prose):
                assert name in known | words, f"{page}: {name}"


def columns() -> set[str]:
    return set(re.findall(r"`(\w+)`", TABLES["columns"]("en")))


@pytest.mark.parametrize("name", TABLES["TABLES"])
def test_tables_of_the_handbook_are_made_in_both_languages(name: str) -> None:
    english, chinese = (TABLES["filled"](f"<!-- table: {name} -->\n", lang) for lang in ("en", "zh_CN"))
    assert english.count("\n") == chinese.count("\n") > 2
    assert "<!--" not in english + chinese
    assert re.search(r"[\u4e00-\u9fff]", chinese) or name == "api"


@pytest.mark.long
def test_the_handbook_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("sphinx", reason="not run: no Sphinx; to get it: uv sync --group docs")
    done = subprocess.run(
        [sys.executable, str(HANDBOOK), str(tmp_path)], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    for lang in ("en", "zh"):
        assert "engaged_share" in (tmp_path / lang / "reference" / "measures.html").read_text(
            encoding="utf-8"
        )
