"""Units and words of policies: each in one place, each in both languages."""

import ast
import dataclasses
from pathlib import Path

import pytest

import linli
from linli.agents import traits
from linli.experiments.output.labels import dose_of, label_of, level_of
from linli.experiments.statistics.arms import WITH, WITHOUT, levels_of_arms
from linli.model.errors import InputError
from linli.model.measures import MEASURES
from linli.model.parameters import table
from linli.model.policies import POLICIES, from_table
from linli.model.text import LANGUAGES, Text, checked_language
from linli.model.units import PURE, UNITS, unit_in

ROOT = Path(linli.__file__).resolve().parent
OPTIONS = [(policy, f) for policy, kind in POLICIES.items() for f in dataclasses.fields(kind)]
GROUPS = [group for group in vars(traits).values() if isinstance(group, tuple)]
TRAITS = [trait for group in GROUPS for trait in group if isinstance(trait, traits.Trait)]

ASKED = {
    *(measure.unit for measure in MEASURES.values()),
    *(about.unit for about in table().values()),
    *(f.metadata["unit"] for _, f in OPTIONS),
    *(trait.unit for trait in TRAITS),
}


def chinese(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


@pytest.mark.parametrize("unit", sorted(ASKED))
def test_every_unit_has_both_languages(unit: str) -> None:
    assert unit_in(unit, "en") == unit
    assert chinese(unit_in(unit, "zh")) or unit in (*PURE, "0 to 1")


def test_no_unit_is_listed_that_nothing_has() -> None:
    assert set(UNITS) == ASKED
    with pytest.raises(KeyError):
        unit_in("furlongs", "zh")


@pytest.mark.parametrize(("policy", "f"), OPTIONS, ids=[f"{policy}.{f.name}" for policy, f in OPTIONS])
def test_every_level_of_every_option_reads_in_chinese(policy: str, f) -> None:
    factor = f"{policy}_{f.name}"
    assert chinese(label_of(factor, "zh"))
    if "choices" not in f.metadata:
        said = level_of(factor, 1, "zh")
        assert chinese(said)
        assert policy not in said
        assert dose_of(factor, 1, "zh").startswith("1")
    for word, text in f.metadata.get("choices", {}).items():
        assert level_of(factor, word, "zh") == f"{POLICIES[policy].zh}: {text.zh}"
        assert chinese(text.zh)
        assert "_" not in level_of(factor, word)


@pytest.mark.parametrize("policy", POLICIES)
def test_levels_of_policies_that_only_some_arms_have(policy: str) -> None:
    """Columns that arms make: without, with, a word, or options in a row."""
    given = {"sink": {"per1000": 20.0}, "relieve": {"share": 0.5}}.get(policy, {})
    arms = {"none": [], "one": [{"name": policy, **given}], "late": [{"name": policy, "start": 90, **given}]}
    for tables in arms.values():
        for options in tables:
            from_table(options)
    for level in {WITH, WITHOUT, *levels_of_arms(arms, ())[policy].values()}:
        head, _, said = level_of(policy, level, "zh").partition(": ")
        assert head == POLICIES[policy].zh
        assert all(chinese(part) for part in said.split(", "))


def test_languages() -> None:
    assert LANGUAGES == ("en", "zh")
    assert [checked_language(lang) for lang in LANGUAGES] == list(LANGUAGES)
    with pytest.raises(InputError, match="unknown language 'fr'"):
        checked_language("fr")


def _tables() -> list[tuple[str, dict[str, str]]]:
    """Every dictionary in the sources whose values are Chinese (alone, or as the second of two texts)."""
    found = []
    for folder in ("agents", "model", "experiments", "viz"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Dict):
                    entries = {
                        str(key.value): text
                        for key, value in zip(node.keys, node.values, strict=True)
                        if isinstance(key, ast.Constant) and (text := _said(value))
                    }
                    if len(entries) > 2:
                        found.append((f"{file.relative_to(ROOT)}:{node.lineno}", entries))
    return found


def _said(value: ast.expr) -> str:
    texts = [n.value for n in ast.walk(value) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return texts[-1] if texts and len(texts) <= 2 and chinese(texts[-1]) else ""


def test_no_table_of_words_is_in_two_places() -> None:
    """Two tables that say the same of more than two keys are one table twice. Headings are not looked at: the
    page has its own, with an English of their own."""
    tables = [
        (where, entries) for where, entries in _tables() if not where.startswith("viz/words/__init__.py")
    ]
    assert len(tables) > 10
    for number, (where, entries) in enumerate(tables):
        for other, others in tables[:number]:
            shared = {key for key, text in entries.items() if others.get(key) == text}
            assert len(shared) <= 2, f"{where} and {other} both have words for {sorted(shared)}"


def test_a_text_is_said_in_one_of_its_languages() -> None:
    assert [Text("one", "一").said(lang) for lang in LANGUAGES] == ["one", "一"]
