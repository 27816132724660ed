"""Everything is said in both languages, and everything in the tables can be set."""

import ast
import dataclasses
import string
from pathlib import Path

import numpy as np
import pytest

from linli import viz
from linli.model.attribution.channels import CODE
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.result import DIFFERENCE, Attribution
from linli.model.measures import MEASURES
from linli.model.parameters import table
from linli.model.policies import POLICIES
from linli.model.scenario import names
from linli.viz.controls.fields import TIMES, of_parameter, of_policy
from linli.viz.controls.timeline import bars_of
from linli.viz.state.settings import Settings
from linli.viz.tour.steps import BY_NAME, STEPS
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
def test_the_tour_says_nothing_of_waking_that_one_town_would_show(step):
    """What is woken or replaced is told of this town and year, as no finding; 包办 is a word for replaced."""
    for lang, words, hedge, replaced in (
        (0, ("woken", "replace"), "is not a finding", "replaced (包办)"),
        (1, ("唤起", "替代", "包办"), "单次运行不是结论", "替代（包办）"),
    ):
        texts = [
            text[lang] for text in (step.title, step.text, step.question, step.told, *step.answers.values())
        ]
        if any(word in text for text in texts for word in words):
            assert step.accounted
            assert hedge in step.told[lang]
        for text in texts:
            assert text.count("包办") == text.count(replaced)


TOWN = Settings.of("lane", days=40)


def accounted(pair):
    return Lockstep(pair.eve(), pair.settings.added).run(40).result()


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_what_is_told_is_filled_with_the_numbers_of_the_worlds(step, monkeypatch):
    """Every blank has its number, and the right answer is one that can be given."""
    usual = TOWN.but(policies=step.policies)
    monkeypatch.setattr(type(step), "after", lambda self, value=None: usual)
    settings = usual.with_parameter(step.assumption, 2.0) if step.assumption else usual
    pairs = {each: Pair.build(each) for each in {usual, settings}}
    accounts = {each: accounted(pair) for each, pair in pairs.items()} if step.accounted else {}
    pair = pairs[settings]
    before, after = pair.frames(40)
    outcome = step.outcome(Shown(pair, 40, before, after), "en", accounts)
    assert outcome.answer in step.answers
    for text in step.told:
        assert blanks(text) <= set(outcome.values)
        assert "{" not in text.format(**outcome.values)
    tables = pair.tables(40)
    if step.name == "match":
        assert outcome.values["serving_after"] == f"{tables[1]['members_matched']:,.0f}"
    if step.name == "town":
        assert outcome.values["asked"] == f"{100 * tables[0]['asked_share']:.0f}"


def made_up(**acts):
    """An account with so many acts of each class."""
    rows = [(1, n, 0, sign(many), CODE[name]) for name, many in acts.items() for n in range(abs(many))]
    both = np.zeros((40, 2), dtype=np.int64)
    return Attribution(np.array(rows, dtype=DIFFERENCE), both, both, {})


def sign(number):
    return 1 if number > 0 else -1


@pytest.fixture(scope="module")
def shown():
    pair = Pair.build(TOWN.but(policies=STEPS[-1].policies))
    return Shown(pair, 40, *pair.frames(40))


@pytest.mark.parametrize(
    ("acts", "answer"),
    [
        ({"example": 9, "asked_peer": 4, "held_back": -8}, "woken"),
        ({"example": 3, "asked_peer": 4, "held_back": -8}, "replaced"),
        ({"example": 3, "asked_peer": 4, "rest": -8}, "asked"),
    ],
)
def test_what_differed_first_is_read_off_the_account(shown, acts, answer):
    outcome = BY_NAME["first"].outcome(shown, "en", {shown.settings: made_up(**acts)})
    assert outcome.answer == answer
    assert outcome.values["asked"] == "+4"


@pytest.mark.parametrize(
    ("acts", "answer"),
    [
        ({"example": 9, "held_back": -4}, "woken"),
        ({"example": 4, "held_back": -9}, "replaced"),
        ({"example": 10, "held_back": -10}, "even"),
        ({"example": -3, "held_back": -2}, "replaced"),
        ({}, "even"),
    ],
)
def test_what_an_assumption_does_to_the_balance_is_read_off_both_accounts(shown, monkeypatch, acts, answer):
    step = BY_NAME["assumption"]
    usual = shown.settings.with_parameter("chi", 1.25)
    monkeypatch.setattr(type(step), "after", lambda self, value=None: usual)
    accounts = {usual: made_up(example=7, omega=-5), shown.settings: made_up(**acts)}
    outcome = step.outcome(shown, "en", accounts)
    assert outcome.answer == answer
    assert (outcome.values["woken_usual"], outcome.values["replaced_usual"]) == ("+7", "−5")


def test_an_assumption_is_moved_from_where_it_usually_is():
    """The slider stands at the low end: to press the button there changes something."""
    step = BY_NAME["assumption"]
    low = table()[step.assumption].low
    assert step.before().value_of(step.assumption) > low
    assert step.after(low) != step.after()


def test_a_step_waits_for_both_accounts():
    step = BY_NAME["assumption"]
    settings, short = step.after(2.0), made_up()
    full = dataclasses.replace(short, acts=np.zeros((step.until, 2)))
    assert not step.is_accounted(settings, {})
    assert not step.is_accounted(settings, {settings: full})
    assert not step.is_accounted(settings, {settings: full, step.after(): short})
    assert step.is_accounted(settings, {settings: full, step.after(): full})
    assert STEPS[0].is_accounted(settings, {})


def test_the_range_of_a_word_is_said():
    assert say("range", "zh", low="0", high="1") == "0 至 1"
