"""The ODD says what the code does: its tables are the code's own, and no rule or parameter is left out."""

import re
from pathlib import Path

import pytest

import linli
from linli.model.odd import FILE, TABLES, fill, number
from linli.model.parameters import table

TEXT = FILE.read_text(encoding="utf-8")
RULES = Path(linli.__file__).resolve().parent / "agents" / "rules"


def test_tables_are_those_of_the_code() -> None:
    assert fill(TEXT) == TEXT, "the ODD has drifted from the code: run python -m linli.model.odd"


def test_drift_is_seen() -> None:
    drifted = TEXT.replace("| `mu` | 0.3 |", "| `mu` | 0.4 |")
    assert drifted != TEXT
    assert fill(drifted) == TEXT


@pytest.mark.parametrize("name", TABLES)
def test_every_table_stands_in_it_once(name: str) -> None:
    assert TEXT.count(f"<!-- begin: {name} -->") == 1
    assert TEXT.count(f"<!-- end: {name} -->") == 1


def test_a_table_nobody_makes_is_an_error() -> None:
    with pytest.raises(KeyError, match="weather"):
        fill("<!-- begin: weather -->\n<!-- end: weather -->")


def _by_hand() -> str:
    """The text around the tables."""
    return re.sub(r"<!-- begin: (\w+) -->.*?<!-- end: \1 -->", "", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize("file", sorted(f.name for f in RULES.glob("*.py") if f.name != "__init__.py"))
def test_every_file_of_rules_is_described(file: str) -> None:
    assert f"`{file}`" in _by_hand()


def _symbols() -> set[str]:
    """Every word in an equation: between backticks or on an indented line."""
    equations = re.findall(r"`[^`]+`|^    .+$", _by_hand(), flags=re.MULTILINE)
    return set(re.findall(r"[A-Za-z_]\w*", " ".join(equations)))


@pytest.mark.parametrize("symbol", table())
def test_every_parameter_stands_in_an_equation(symbol: str) -> None:
    assert symbol in _symbols()


def test_all_elements_of_the_protocol_are_there() -> None:
    heads = re.findall(r"^## (\d) (.+)$", TEXT, flags=re.MULTILINE)
    assert [title for _, title in heads[:7]] == [
        "Purpose and patterns",
        "Entities, state variables and scales",
        "Process overview and scheduling",
        "Design concepts",
        "Initialization",
        "Input data",
        "Submodels",
    ]
    concepts = TEXT.split("## 4 Design concepts")[1].split("## 5 ")[0]
    assert len(re.findall(r"^\*\*\w[\w ]*\.\*\*", concepts, flags=re.MULTILINE)) == 11


@pytest.mark.parametrize(
    ("value", "text"),
    [(1 / 365, "1/365"), (0.1, "0.1"), (0, "0"), (1.12, "1.12"), (-7.1, "-7.1"), (1 / 14, "1/14")],
)
def test_numbers_as_people_write_them(value: float, text: str) -> None:
    assert number(value) == text
