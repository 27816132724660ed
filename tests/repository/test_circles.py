"""No two modules need each other: not at the top of a file, not inside a function, not for a type alone."""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import networkx
import pytest

import linli

ROOT = Path(linli.__file__).resolve().parent
PACKAGES = ("agents", "model", "experiments", "viz")


def modules(root: Path) -> dict[str, Path]:
    """Every module of the four packages by its dotted name; a package is the module of its `__init__.py`."""
    found = {}
    for file in (file for package in PACKAGES for file in (root / package).rglob("*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        found[".".join(["linli", *(parts[:-1] if file.name == "__init__.py" else parts)])] = file
    return found


def imported(name: str, file: Path) -> Iterator[str]:
    """All that a file imports, anywhere in it: dotted names of modules or of what is in them."""
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def module_of(dotted: str, there: dict[str, Path]) -> str | None:
    """The module that a dotted name is, or that holds it; None for one from elsewhere."""
    while dotted and dotted not in there:
        dotted = dotted.rpartition(".")[0]
    return dotted or None


def circles(root: Path) -> list[list[str]]:
    """Modules that need each other, directly or by way of others."""
    there, arrows = modules(root), networkx.DiGraph()
    for name, file in there.items():
        needed = {module_of(dotted, there) for dotted in imported(name, file)}
        arrows.add_edges_from((name, other) for other in needed - {None, name})
    return sorted(sorted(part) for part in networkx.strongly_connected_components(arrows) if len(part) > 1)


def test_imports_make_no_circle() -> None:
    assert len(modules(ROOT)) > 200
    assert circles(ROOT) == []


@pytest.mark.parametrize(
    "back",
    [
        "from linli.model.community import Community\n",
        "import linli.model.community\n",
        "from .model import community\n",
        "def late():\n    from linli.model.community import Community\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from linli.model import community\n",
    ],
)
def test_a_circle_is_found(back: str, tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    back = back.replace("from .model", "from ...model")
    with (tmp_path / "agents" / "rules" / "voice.py").open("a", encoding="utf-8") as file:
        file.write(back)
    assert [
        name for name in circles(tmp_path)[0] if name.rpartition(".")[2] in ("voice", "community", "day")
    ] == ["linli.agents.rules.voice", "linli.model.community", "linli.model.day"]
