"""What others read about the project by machine: CITATION.cff, codemeta.json and the paper agree with it."""

import datetime
import json
import re
import tomllib
from pathlib import Path

import linli

ROOT = Path(linli.__file__).resolve().parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
KEYS = {
    *("abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi", "identifiers"),
    *("keywords", "license", "license-url", "message", "preferred-citation", "references", "repository"),
    *("repository-artifact", "repository-code", "title", "type", "url", "version"),
}
"""What Citation File Format 1.2.0 knows at the top."""


def cited(key: str) -> str:
    found = re.search(rf"^{key}: (.*)$", CITATION, flags=re.MULTILINE)
    assert found, key
    return found[1].strip('"')


def test_the_citation_is_one_of_its_format() -> None:
    keys = re.findall(r"^([\w-]+):", CITATION, flags=re.MULTILINE)
    assert len(set(keys)) == len(keys)
    assert {"authors", "cff-version", "message", "title"} <= set(keys) <= KEYS
    assert cited("cff-version") == "1.2.0"
    assert cited("type") == "software"
    assert datetime.date.fromisoformat(cited("date-released"))
    assert re.search(r"^authors:\n  - name: \S", CITATION, flags=re.MULTILINE)


def test_citation_codemeta_and_project_agree() -> None:
    codemeta = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    assert codemeta["@type"] == "SoftwareSourceCode"
    assert codemeta["version"] == cited("version") == PROJECT["version"]
    assert codemeta["license"].endswith(f"/{cited('license')}")
    assert cited("license") == PROJECT["license"]
    assert codemeta["description"] == PROJECT["description"]
    assert codemeta["keywords"] == PROJECT["keywords"]
    assert re.findall(r"^  - (?!name)(.*)$", CITATION, flags=re.MULTILINE) == PROJECT["keywords"]
    assert codemeta["runtimePlatform"] == f"Python {PROJECT['requires-python']}"
    for path in (codemeta["softwareHelp"], codemeta["readme"]):
        assert (ROOT / path).is_file()


def test_the_paper_has_the_parts_that_joss_asks_for_and_cites_what_it_lists() -> None:
    folder = ROOT / "experiments" / "paper"
    paper = (folder / "paper.md").read_text(encoding="utf-8")
    listed = re.findall(
        r"^@\w+\{(\w+),", (folder / "paper.bib").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    head, body = paper.split("---\n", 2)[1:]
    for key in ("title", "tags", "authors", "affiliations", "date", "bibliography"):
        assert re.search(rf"^{key}:", head, flags=re.MULTILINE), key
    assert re.findall(r"^# (.*)$", body, flags=re.MULTILINE)[:2] == ["Summary", "Statement of need"]
    assert set(re.findall(r"@(\w+)", body)) == set(listed)
    assert cited("title") in head
