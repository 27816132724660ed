"""`linli attribute` and `linli explain` as a user meets them."""

import json
import sys

import pytest

from linli.experiments import command
from linli.experiments.attribution.report import Mean, table_of
from linli.experiments.attribution.runs import Found, spans_of
from linli.model.attribution.channels import NAMES
from linli.model.measures.spans import YEAR
from linli.model.policies import from_text

SHORT = ("lane", "--days", "40", "--burn-in", "10", "--set", "theta_mean=-4", "--set", "lambda0=.2")

MATCH = ("--policy", "match")


@pytest.fixture
def here(monkeypatch, capsys):
    """The command in this process: exit code, standard output, standard error."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["linli", *arguments])
        with pytest.raises(SystemExit) as ended:
            command.main()
        return (ended.value.code or 0, *capsys.readouterr())

    return call


def test_the_table_adds_up_in_both_languages_and_engines(here):
    for more, word in (((), "woken"), (("--lang", "zh"), "唤起"), (("--engine", "mesa"), "asked by")):
        code, out, err = here("attribute", *SHORT, *MATCH, *more)
        assert (code, err) == (0, "")
        assert word in out
        assert "包办" in out
    tables = [
        json.loads(here("attribute", *SHORT, *MATCH, "--runs", "2", "--json", "--engine", engine)[1])
        for engine in ("array", "mesa")
    ]
    assert tables[0] == tables[1]
    for what in ("acts", "minutes"):
        means = {name: mean["mean"] for name, mean in tables[0][0][what].items()}
        assert sum(means[name] for name in NAMES) == pytest.approx(means["difference"])
        groups = [value for name, value in means.items() if name.endswith("_in_all")]
        assert sum(groups) == pytest.approx(means["difference"])
        assert means["difference"] != 0


def test_years_after_the_end_are_shown_as_far_as_they_are_asked_for():
    policies, spans = spans_of([from_text("match")], YEAR, 2)
    assert policies[0].end == YEAR
    assert [(span.first, span.behind) for span in spans] == [(0, 365), (365, 730), (730, 1095)]
    _, spans = spans_of([from_text("match")], 5 * YEAR, 5)
    assert [span.first for span in spans] == [0, 4 * YEAR, 5 * YEAR, 6 * YEAR, 9 * YEAR]
    assert [span.label.en for span in spans][:3] == ["year 1", "year 5", "year 1 after the end"]
    assert all(span.behind - span.first == YEAR for span in spans)
    _, spans = spans_of([from_text("match")], 3 * YEAR + 10, 1)
    assert [span.label.en for span in spans] == ["year 1", "year 3", "year 1 after the end"]
    _, spans = spans_of([from_text("match:end=100"), from_text("council:end=50")], YEAR, 5)
    assert [span.first for span in spans] == [0, 100, 465, 1560]
    policies, spans = spans_of([from_text("match")], 400, 0)
    assert policies[0].end is None
    assert [(span.first, span.behind) for span in spans] == [(0, 365), (365, 400)]


def test_means_have_students_interval_and_say_what_is_clear():
    assert Mean.of([5.0]) == Mean(5.0, None, None)
    mean = Mean.of([1.0, 2.0, 3.0])
    assert (mean.mean, mean.low, mean.high) == pytest.approx((2.0, 2.0 - 2.484, 2.0 + 2.484), abs=1e-3)
    assert (mean.sign, Mean.of([1.0, 1.1, 1.2]).sign, Mean.of([-1.0, -1.1]).sign) == (0, 1, -1)


def test_need_belongs_to_one_group_by_what_its_classes_come_to():
    def found(gained, gone):
        acts = dict.fromkeys(NAMES, 0) | {"need_gained": gained, "need_gone": gone}
        return Found(acts, acts, gained + gone, gained + gone)

    falls = table_of([found(5, -9), found(6, -8)], "acts")
    assert (falls["replaced_in_all"].mean, falls["woken_in_all"].mean) == (-3.0, 0.0)
    rises = table_of([found(9, -5)], "acts")
    assert (rises["replaced_in_all"].mean, rises["woken_in_all"].mean) == (0.0, 4.0)


def test_explain_shows_both_sides_and_the_chain(here):
    code, out, err = here("explain", *SHORT, *MATCH, "--most-changed", "--json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert data["baseline"]["acts"] != data["policy"]["acts"]
    first = data["chain"][0]
    assert (first["resident"], first["day"]) == (data["resident"], data["day"])
    assert first["acts"] == data["policy"]["acts"] - data["baseline"]["acts"]
    who = ("--resident", str(data["resident"]), "--day", str(data["day"]))
    code, again, _ = here("explain", *SHORT, *MATCH, *who, "--json")
    assert json.loads(again) == data
    code, zh, _ = here("explain", *SHORT, *MATCH, *who, "--lang", "zh")
    assert code == 0
    assert "追溯到最初的原因" in zh
    assert first["cause_zh"] in zh.replace("\n", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("attribute", "spring.npz", *MATCH), "is a later day of a run"),
        (("attribute", "lane"), "no --policy to hold against"),
        (("attribute", "lane", *MATCH, "--after", "99"), "--after must be between 0 and 20"),
        (("attribute", "lane", *MATCH, "--engine", "fast"), "unknown engine"),
        (("attribute", "lane", *MATCH, "--lang", "fr"), "unknown language"),
        (
            ("explain", *SHORT, *MATCH, "--resident", "900"),
            "--resident must be between 0 and 899",
        ),
        (("explain", *SHORT, *MATCH, "--day", "40"), "--day must be between 0 and 39"),
        (("explain", *SHORT, "--policy", "relieve:share=0"), "no resident acts differently"),
        (
            ("explain", "lane", *MATCH, "--resident", "1", "--most-changed"),
            "leave --resident out",
        ),
        (("explain", "chengdu-sample", *MATCH), "several communities"),
    ],
)
def test_bad_input_is_one_line(here, arguments, says):
    code, out, err = here(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
