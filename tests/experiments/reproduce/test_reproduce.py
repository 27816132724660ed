"""Published results come out again by one command; what does not come out is said; nothing is done twice."""

import base64
import dataclasses
import hashlib
import json
import re
import signal
import time
from datetime import date
from html.parser import HTMLParser

import pandas as pd
import pytest

from linli.agents.compiled import SOURCE_HASH
from linli.experiments.reproduce import crate, making, registry, report
from linli.experiments.reproduce.cases import (
    brock_durlauf,
    crowding_out,
    granovetter,
    matching_race,
    sinking,
    sis,
    volunteers_dilemma,
)
from linli.experiments.reproduce.expectations import FOLDER, Expected, Verdict, expectations, verdicts
from linli.experiments.reproduce.making import RECORD
from linli.model.reading import toml_of
from linli.model.scenario import from_toml
from linli.model.text import Text

CASES = registry.CASES
FIGURE = Expected(name="x", label=Text("x", "x"), value=1.0, tolerance=0.5, source="by hand")


# what is expected ------------------------------------------------------------------------------------------


def test_every_file_of_a_case_is_listed_and_has_expectations() -> None:
    modules = {file.stem for file in FOLDER.glob("*.py")} - {"__init__"}
    assert modules == {file.stem for file in FOLDER.glob("*.toml")}
    assert {name.replace("-", "_") for name in CASES} == modules


@pytest.mark.parametrize("name", CASES)
def test_expectations_name_figures_in_both_languages_with_a_source(name: str) -> None:
    table = expectations(name)
    assert len({one.name for one in table}) == len(table) >= 4
    assert all(one.label.en and one.label.zh and one.source and one.tolerance >= 0.0 for one in table)
    assert all(re.search("[\u4e00-\u9fff]", one.label.zh) for one in table)


def test_what_is_expected_follows_from_the_formulas() -> None:
    """Values in the tables were written down from the sources; here they are worked out another way."""
    value = {name: {one.name: one.value for one in expectations(name)} for name in CASES}
    assert granovetter.large_crowd(0.122) == pytest.approx(value["granovetter"]["before_the_tip"], abs=5e-5)
    assert granovetter.large_crowd(0.123) == pytest.approx(1.0, abs=5e-5)
    crowd = value["brock-durlauf"]
    assert brock_durlauf.solutions(-3.0, 6.0) == pytest.approx(
        [crowd["lower_6"], 0.5, crowd["upper_6"]], abs=5e-6
    )
    assert brock_durlauf.solutions(-2.5, 5.0) == pytest.approx(
        [crowd["lower_5"], 0.5, crowd["upper_5"]], abs=5e-6
    )
    assert brock_durlauf.edges(6.0) == pytest.approx((crowd["edge_low"], crowd["edge_high"]), abs=5e-5)
    assert sis.at_rest(2 * 1e-4, 1e-4) == pytest.approx(value["sis"]["above"], abs=1e-3)
    assert sis.at_rest(0.5 * sis.SHORT, sis.SHORT) == value["sis"]["below"]
    for pay, name in ((0.0, "unpaid"), (crowding_out.LITTLE, "little"), (crowding_out.MUCH, "much")):
        assert crowding_out.while_paid(pay) == pytest.approx(value["crowding-out"][name], abs=5e-5)
    for c in matching_race.NAMED:
        assert matching_race.formula(c) == pytest.approx(value["matching-race"][f"formula_{c}"], abs=0.05)
        assert matching_race.in_days(c) == pytest.approx(value["matching-race"][f"model_{c}"], abs=0.06)
    assert sinking.expected(10**9) == pytest.approx(value["sinking"]["bound"])
    for headcount in (100, 800):
        awaited = sinking.expected(headcount)
        assert awaited == pytest.approx(value["sinking"][f"at_{headcount}"], abs=0.05)
        assert awaited / headcount == pytest.approx(value["sinking"][f"serving_{headcount}"], abs=5e-4)


@pytest.mark.parametrize(
    ("found", "is_reproduced"),
    [(1.0, True), (1.5, True), (0.5, True), (1.51, False), (float("nan"), False), (float("inf"), False)],
)
def test_a_figure_is_reproduced_inside_its_tolerance_alone(found: float, is_reproduced: bool) -> None:
    verdict = Verdict(FIGURE, found)
    assert verdict.is_reproduced is is_reproduced
    assert verdict.said("en") == ("reproduced" if is_reproduced else "not reproduced")
    assert verdict.said("zh") == ("已重现" if is_reproduced else "未重现")


def test_a_case_and_its_table_name_the_same_figures() -> None:
    with pytest.raises(LookupError, match="x, y"):
        verdicts([FIGURE], {"y": 1.0})


# cases -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.is_long])
def test_a_case_comes_out_and_leaves_what_it_says(name: str, tmp_path) -> None:
    case = CASES[name]
    done = making.make(case, tmp_path / name)
    assert [one.expected.name for one in done.verdicts if not one.is_reproduced] == []
    left = {file.name for file in (tmp_path / name).iterdir()}
    assert left >= {"figure.png", "figure.svg", "data.csv", "verdict.csv", "environment.txt", RECORD}
    assert left <= making.FILES
    assert ("scenario.toml" in left) == (case.scenario is not None)
    if case.scenario is not None:
        assert from_toml((tmp_path / name / "scenario.toml").read_text(encoding="utf-8")) == case.scenario()
    record = json.loads((tmp_path / name / RECORD).read_text(encoding="utf-8"))
    assert record["code"] == SOURCE_HASH
    assert record["reproduced"] is True
    table = pd.read_csv(tmp_path / name / "verdict.csv")
    assert table["found"].to_list() == pytest.approx([one.found for one in done.verdicts])
    again = making.done_before(case, tmp_path / name)
    assert again == dataclasses.replace(done, fresh=False)


def test_the_environment_names_what_was_installed(tmp_path) -> None:
    making.make(volunteers_dilemma.CASE, tmp_path / "here")
    lines = (tmp_path / "here" / "environment.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# python 3.")
    assert SOURCE_HASH in lines[1]
    assert f"pandas=={pd.__version__}" in lines


# what is done and what is not ------------------------------------------------------------------------------


def made_up(name: str = "volunteers-dilemma", found: float = 0.75):
    """A case whose first figure comes out as said; how often it was worked out is counted in `worked_out`."""
    worked_out: list[int] = []

    def table() -> pd.DataFrame:
        worked_out.append(1)
        return volunteers_dilemma.table()

    def figures(rows: pd.DataFrame) -> dict[str, float]:
        return {**volunteers_dilemma.found(rows), "one_2": found}

    return dataclasses.replace(volunteers_dilemma.CASE, table=table, found=figures, name=name), worked_out


@pytest.fixture
def only(monkeypatch):
    """Let these be all the cases there are."""

    def put(*cases) -> None:
        monkeypatch.setattr(registry, "CASES", {case.name: case for case in cases})

    return put


def test_a_case_done_is_not_done_again(linli, only) -> None:
    case, worked_out = made_up()
    only(case)
    for _ in range(2):
        code, said, error = linli("reproduce", "volunteers-dilemma", "--out", "here")
        assert (code, error) == (0, "")
    assert len(worked_out) == 1
    assert "worked out before" in said
    assert linli("reproduce", "volunteers-dilemma", "--out", "here", "--again")[0] == 0
    assert len(worked_out) == 2


@pytest.mark.parametrize("changed", ["rules", "expectations", "a file it rests on", "a file is missing"])
def test_it_is_done_again_where_what_it_depends_on_changed(
    changed, linli, only, monkeypatch, tmp_path
) -> None:
    rests_on = tmp_path / "data.toml"
    rests_on.write_text("a = 1\n", encoding="utf-8")
    case, worked_out = made_up()
    only(dataclasses.replace(case, rests_on=(rests_on,)))
    out = tmp_path / "out"
    assert linli("reproduce", "volunteers-dilemma", "--out", out)[0] == 0
    if changed == "rules":
        monkeypatch.setattr(making, "SOURCE_HASH", "0" * 16)
    elif changed == "expectations":
        table = tmp_path / "table.toml"
        text = making.file_of("volunteers-dilemma").read_text(encoding="utf-8")
        table.write_text(f"# another word\n{text}", encoding="utf-8")
        monkeypatch.setattr(making, "file_of", lambda name: table)
    elif changed == "a file it rests on":
        rests_on.write_text("a = 2\n", encoding="utf-8")
    else:
        (out / "volunteers-dilemma" / "data.csv").unlink()
    assert linli("reproduce", "volunteers-dilemma", "--out", out)[0] == 0
    assert len(worked_out) == 2


def test_a_damaged_record_counts_as_not_done(tmp_path) -> None:
    done = making.make(volunteers_dilemma.CASE, tmp_path / "here")
    assert making.done_before(volunteers_dilemma.CASE, done.folder) is not None
    for record in ("", "{}", "[1]", '{"identity": 3}', "nonsense"):
        (done.folder / RECORD).write_text(record, encoding="utf-8")
        assert making.done_before(volunteers_dilemma.CASE, done.folder) is None, record


def test_what_does_not_come_out_is_said_and_fails(linli, only) -> None:
    only(made_up(found=0.7)[0])
    code, said, error = linli("reproduce", "volunteers-dilemma", "--out", "here")
    assert (code, error) == (1, "")
    assert "not reproduced" in said
    assert "5 of 6 figures reproduced" in said
    code, said, _ = linli("reproduce", "volunteers-dilemma", "--out", "here", "--json")
    (data,) = json.loads(said)
    assert (code, data["reproduced"]) == (1, False)
    assert [row["name"] for row in data["figures"] if not row["reproduced"]] == ["one_2"]
    code, said, _ = linli("reproduce", "volunteers-dilemma", "--out", "here", "--lang", "zh")
    assert code == 1
    assert "未重现" in said


def test_a_case_that_breaks_leaves_nothing_half_written(linli, only, tmp_path) -> None:
    first, _ = made_up()

    def broken() -> pd.DataFrame:
        raise RuntimeError("as if the machine had stopped")

    second = dataclasses.replace(sis.CASE, table=broken)
    only(first, second)
    with pytest.raises(RuntimeError):
        making.make(second, tmp_path / "out" / "sis")
    assert not (tmp_path / "out" / "sis").exists()
    making.make(first, tmp_path / "out" / first.name)
    assert making.done_before(first, tmp_path / "out" / first.name) is not None


def test_a_kill_loses_the_case_in_work_alone(start, tmp_path) -> None:
    process = start("-m", "linli", "reproduce", "all", "--out", "here")
    first = tmp_path / "here" / "granovetter" / RECORD
    while not first.exists():  # a test waits for facts
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    there = [folder for folder in (tmp_path / "here").iterdir() if not folder.name.startswith(".")]
    assert first.parent in there
    assert all(making.done_before(CASES[folder.name], folder) for folder in there)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nonsense",), "unknown case 'nonsense'. Valid: all, brock-durlauf"),
        (("granovetter", "--out", "file"), "--out file is a file"),
        (("granovetter", "--out", "."), "--out needs the name of a folder"),
        (("granovetter", "--out", "used"), "holds my.txt, which no case leaves there"),
        (("granovetter", "--lang", "fr"), "unknown language 'fr'"),
    ],
)
def test_what_cannot_be_is_one_line(arguments, said, linli, tmp_path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "used" / "granovetter").mkdir(parents=True)
    (tmp_path / "used" / "granovetter" / "my.txt").write_text("mine", encoding="utf-8")
    code, out, error = linli("reproduce", *arguments)
    assert (code, out) == (2, "")
    assert said in error
    assert error.count("\n") == 1
    assert (tmp_path / "used" / "granovetter" / "my.txt").read_text(encoding="utf-8") == "mine"


# the report and the crate ----------------------------------------------------------------------------------


class Page(HTMLParser):
    """Counts tags, and fails on one that is not closed or that asks for something from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.images: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        for name, value in attrs:
            if name == "src":
                self.images.append(value)
            assert name != "href" or value.startswith(("#", "data:", "https://", "http://")), value
        if tag not in ("meta", "img", "input", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> list[making.Done]:
    """Two cases, one of which did not come out."""
    folder = tmp_path_factory.mktemp("report")
    cases = (volunteers_dilemma.CASE, dataclasses.replace(made_up(found=0.7)[0], name="volunteers-dilemma"))
    return [making.make(case, folder / str(n)) for n, case in enumerate(cases)]


def test_the_report_needs_nothing_else_and_says_everything_twice(two) -> None:
    page = Page()
    page.feed(report.page(two))
    page.close()
    assert page.open == []
    assert len(page.images) == 4
    for image in page.images:
        kind, _, content = image.partition(";base64,")
        assert kind == "data:image/svg+xml"
        assert base64.b64decode(content).lstrip().startswith(b"<?xml")
    said = "".join(page.text)
    assert said.count("not reproduced") == 2  # in the overview, and beside the figure
    assert said.count("未重现") == 2
    for text in (*report.UNKNOWN, volunteers_dilemma.CASE.about.zh, SOURCE_HASH):
        assert text in said
    assert "7 Submodels" in said  # of the ODD
    assert "pandas==" in said


def test_html_that_stands_in_a_text_is_shown_and_not_obeyed(two) -> None:
    case = dataclasses.replace(two[0].case, source="<script>alert(1)</script>")
    page = report.page([dataclasses.replace(two[0], case=case)])
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_crate_describes_every_file(two) -> None:
    folder = two[0].folder.parent
    (folder / report.REPORT).write_text(report.page(two), encoding="utf-8")
    made = crate.crate(two, folder, date(2026, 11, 28))
    graph = {entity["@id"]: entity for entity in made["@graph"]}
    assert made["@context"] == "https://w3id.org/ro/crate/1.1/context"
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    root = graph["./"]
    assert {"name", "description", "datePublished", "license"} <= root.keys()
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert {part["@id"] for part in root["hasPart"]} == files
    for name in files:
        content = (folder / name).read_bytes()
        assert graph[name]["contentSize"] == str(len(content))
        assert graph[name]["sha256"] == hashlib.sha256(content).hexdigest()
    assert graph["#linli"]["identifier"] == SOURCE_HASH
    referred = re.findall(r'"@id": "([^"]+)"', json.dumps(made))
    assert {name for name in referred if name not in graph} == {crate.CRATE}


def test_scenarios_are_written_as_they_are_read() -> None:
    """So that a scenario from a report can be run: `linli run scenario.toml`."""
    assert toml_of(making.to_toml(matching_race.CASE.scenario()))["name"] == "lane"


@pytest.mark.long
def test_all_cases_come_out_with_report_and_crate(linli, tmp_path) -> None:
    code, said, error = linli("reproduce", "all", "--out", "here")
    assert (code, error) == (0, "")
    assert {file.name for file in (tmp_path / "here").iterdir()} == {*CASES, report.REPORT, crate.NAME}
    assert "report.html" in said
    page = (tmp_path / "here" / report.REPORT).read_text(encoding="utf-8")
    assert report.EVIDENCE.en in page
    assert report.EVIDENCE.zh in page
