"""Under which licences the packages stand that linli brings: by default none under the GNU GPL."""

import importlib.metadata as metadata
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import linli

ROOT = Path(linli.__file__).resolve().parent
GENERAL = re.compile(r"\bA?GPL|GNU (AFFERO )?GENERAL PUBLIC", re.IGNORECASE)
COPYLEFT = {"study": {"platypus-opt"}, "viz": set()}
"""Packages under the GNU General Public License, by the extra that brings them: the README names them."""


def named(text: str) -> str:
    """A package by its usual name."""
    return re.sub("[-_.]+", "-", text).lower()


def brought(extra: str = "") -> set[str]:
    """All packages that linli needs here, directly or by way of others; with one of its extras."""
    found, waiting = set(), [("linli", ("", extra))]
    while waiting:
        name, extras = waiting.pop()
        if (named(name), extras) in found:
            continue
        found.add((named(name), extras))
        for text in metadata.requires(name) or ():
            need = Requirement(text)
            if need.marker is None or any(need.marker.evaluate({"extra": one}) for one in extras):
                waiting.append((need.name, ("", *sorted(need.extras))))
    return {name for name, _ in found} - {"linli"}


def licence(name: str) -> str:
    """What a package says of its licence: an expression, or classifiers, or else how its text begins, which
    names in full what parts of others it carries."""
    about = metadata.metadata(name)
    kinds = [kind for kind in about.get_all("Classifier") or () if kind.startswith("License ::")]
    return about.get("License-Expression") or "\n".join(kinds) or (about.get("License") or "")[:200]


def is_general(name: str) -> bool:
    """Whether a package stands under the General Public License; the lesser one is another."""
    return bool(GENERAL.search(licence(name)))


def test_a_licence_is_known_when_it_is_seen():
    assert is_general("Platypus-Opt")
    assert not is_general("numpy")


def test_nothing_that_is_installed_by_default_is_under_the_general_public_licence():
    packages = brought()
    assert {"numpy", "mesa", "numba", "duckdb"} <= packages
    assert {name for name in packages if is_general(name)} == set()
    assert [name for name in packages if not licence(name)] == []


@pytest.mark.parametrize("extra", COPYLEFT)
def test_what_extras_bring_under_it_is_said(extra):
    assert {name for name in brought(extra) if is_general(name)} == COPYLEFT[extra]
    for page in ("README.md", "README.zh.md"):
        text = (ROOT / page).read_text(encoding="utf-8").lower()
        assert all(name in text for name in COPYLEFT[extra])


def test_every_package_has_what_it_needs():
    """As `pip check` does."""
    missing = []
    for one in metadata.distributions():
        for text in one.requires or ():
            need = Requirement(text)
            if need.marker is not None and not need.marker.evaluate({"extra": ""}):
                continue
            try:
                there = metadata.version(need.name)
            except metadata.PackageNotFoundError:
                there = "none"
            if there == "none" or not need.specifier.contains(there, prereleases=True):
                missing.append(f"{one.name} needs {text}, here is {there}")
    assert missing == []
