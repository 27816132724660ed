"""Everything is said in both languages, and everything in the tables can be set."""

import ast
import dataclasses
import string
from pathlib import Path

import pytest

from linli import viz
from linli.model.measures import MEASURES
from linli.model.parameters import table
from linli.model.policies import POLICIES
from linli.model.scenario import names
from linli.viz.controls.fields import TIMES, of_parameter, of_policy
from linli.viz.controls.timeline import bars_of
from linli.viz.state.settings import Settings
from linli.viz.tour.steps import STEPS
from linli.viz.words import WORDS, say
from linli.viz.words.model_words import KINDS, PLACES, unit
from linli.viz.worlds import Pair
from linli.viz.worlds.stage import Shown

SOURCES = sorted(Path(viz.__file__).parent.rglob("*.py"))


def blanks(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def chinese(text):
    return any("一" <= letter <= "鿿" for letter in text)


@pytest.mark.parametrize("key", list(WORDS))
def test_every_word_is_there_twice_with_the_same_blanks(key):
    english, zh = WORDS[key]
    assert english
    assert zh
    assert blanks(english) == blanks(zh)
    assert not chinese(english) or key in ("baseline",) or "自理" in english or "包办" in english


def keys_said():
    """Every word that the sources ask for by name; names made up while running are left out."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            is_say = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"
            if is_say and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_word_asked_for_is_there():
    asked = set(keys_said())
    assert len(asked) > 80
    assert asked <= set(WORDS)


@pytest.mark.parametrize("name", [*(a.unit for a in table().values()), *(m.unit for m in MEASURES.values())])
def test_every_unit_is_said_in_chinese(name):
    assert name in ("-", "word", "0 to 1") or chinese(unit(name, "zh"))


def test_no_text_for_what_is_not_there():
    assert set(PLACES) <= set(names())
    assert set(names()) <= set(PLACES)
    assert all(chinese(zh) for _, zh in KINDS.values())


@pytest.mark.parametrize("name", list(POLICIES))
def test_every_option_of_every_policy_can_be_set(name):
    policy = Settings.of("donghu").usual(name)
    for lang in ("en", "zh"):
        fields = of_policy(policy, lang)
        assert {field.name for field in fields} == {f.name for f in dataclasses.fields(policy)}
        assert [field.name for field in fields[-3:]] == list(TIMES)
        for field in fields:
            assert field.label
            assert field.value == getattr(policy, field.name)
            assert all(label and (lang == "en" or chinese(label)) for _, label in field.choices)
    assert bars_of([policy], "zh")[0]["label"] == policy.zh


@pytest.mark.parametrize("name", list(table()))
def test_every_parameter_can_be_set_with_its_range_and_basis(name):
    field = of_parameter(Settings.of("donghu"), name, "en")
    assert (field.low, field.high) == (table()[name].low, table()[name].high)
    assert table()[name].basis in field.help
    assert field.label == table()[name].en


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_every_step_of_the_tour_is_told_in_both_languages(step):
    texts = [step.title, step.text, step.question, step.told, *step.answers.values()]
    for english, zh in texts:
        assert english
        assert chinese(zh) or english.isdigit()
        assert blanks(english) == blanks(zh)


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_the_tour_claims_no_waking_and_no_replacing(step):
    """What it shows does not decide the question, and no single number does."""
    texts = [step.title, step.text, step.question, step.told, *step.answers.values()]
    for said in (text for pair in texts for text in pair):
        claims = ("包办", "自理", "替代", "取代", "replace", "hangs on", "取决于", "decides")
        assert [claim for claim in claims if claim in said.lower()] == []


def test_the_tour_says_that_unasked_acts_do_not_decide():
    english, zh = next(step for step in STEPS if step.name == "unasked").told
    assert "do not tell whether residents are woken" in english
    assert "不能说明居民是被唤醒了" in zh


TOWN = Settings.of("lane", days=40)


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_what_is_told_is_filled_with_the_numbers_of_the_worlds(step, monkeypatch):
    """Every blank has its number, and the right answer is one that can be given."""
    policies = step.policies
    pair = Pair.build(TOWN.but(policies=policies))
    before, after = pair.frames(40)
    usual = step.after()
    monkeypatch.setattr(type(step), "after", lambda self, value=None: pair.settings)
    outcome = step.outcome(Shown(pair, 40, before, after), "en")
    assert usual.scenario == "donghu"
    assert outcome.answer in step.answers
    for text in step.told:
        assert blanks(text) <= set(outcome.values)
        assert "{" not in text.format(**outcome.values)
    tables = pair.tables(40)
    if step.name == "match":
        assert outcome.values["serving_after"] == f"{tables[1]['members_matched']:,.0f}"
    if step.name == "town":
        assert outcome.values["asked"] == f"{100 * tables[0]['asked_share']:.0f}"
    if step.name == "unasked":
        assert outcome.values["rest"] == "14"


def test_the_range_of_a_word_is_said():
    assert say("range", "zh", low="0", high="1") == "0 至 1"
