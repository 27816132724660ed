"""No two modules need each other: not at the top of a file, not inside a function, not for a type alone."""

import ast
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


WAYS = {
    "at the top": "from linli.model.community import Community\n",
    "as a module": "import linli.model.community as above\n",
    "out of its package": "from linli.model import community\n",
    "relative": "from ...model import community\n",
    "in a function": "def late():\n    from linli.model.community import Community\n",
    "for a type": "import typing\nif typing.TYPE_CHECKING:\n  from linli.model.community import Community\n",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_circle_is_found(copy_sources, way: str, tmp_path: Path) -> None:
    package = copy_sources(tmp_path)
    with (package / "agents" / "rules" / "voice.py").open("a", encoding="utf-8") as file:
        file.write(WAYS[way])
    (circle,) = circles(package)
    assert {"linli.agents.rules.voice", "linli.model.community", "linli.model.day"} <= set(circle)


def test_a_package_and_what_is_in_it_can_be_a_circle(copy_sources, tmp_path: Path) -> None:
    package = copy_sources(tmp_path)
    with (package / "model" / "units.py").open("a", encoding="utf-8") as file:
        file.write("from linli.model import errors\n")
    assert circles(package) == []
    with (package / "model" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write("from linli.model.units import *\n")
    with (package / "model" / "units.py").open("a", encoding="utf-8") as file:
        file.write("from linli.model import MEANING\n")
    assert circles(package) == [["linli.model", "linli.model.units"]]
