"""The search on a made-up world whose best mix is known, and the command on a small place."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from linli.experiments.analysis import trials as trials_of
from linli.experiments.analysis.mixes import Lever, levers, mix_of, most_sunk, text_of
from linli.experiments.analysis.optimisation import GOALS, Search, optimise, unbeaten
from linli.experiments.analysis.trials import Trials
from linli.experiments.output.progress import Progress
from linli.experiments.runner.family import Family, Made
from linli.experiments.runner.pool import Here
from linli.experiments.statistics.pairs import against_baseline
from linli.experiments.store.reading import read
from linli.model.errors import InputError
from linli.model.policies import POLICIES, policies_from
from linli.model.scenario import load
from linli.viz.rooms.shelf import Shelf

LANE = load("lane").but(days=10, burn_in=5, seed=3)
QUICK = ("--days", "10", "--burn-in", "5", "--seed", "3", "--trials", "12", "--runs", "2", "--jobs", "1")


# what may be chosen --------------------------------------------------------------------------------------


def test_every_policy_offers_its_options_but_not_its_days() -> None:
    found = levers(LANE, None)
    assert {lever.policy for lever in found} == set(POLICIES)
    names = {lever.name for lever in found}
    assert {"match.method", "relieve.share", "council.power", "sink.per1000", "ask.strategy"} <= names
    assert not {"match.start", "sink.headcount", "relieve.ramp"} & names
    method = next(lever for lever in found if lever.name == "match.method")
    assert "none" not in method.choices


def test_no_more_members_than_posts_and_no_longer_deadlines() -> None:
    found = {lever.name: lever for lever in levers(LANE, ["sink", "platform"])}
    posts = LANE.parameters.posts * LANE.place.compounds
    assert found["sink.per1000"].high == most_sunk(LANE)
    assert most_sunk(LANE) * LANE.place.residents / 1000 <= posts
    assert found["platform.deadline"].high == LANE.parameters.deadline


def test_every_corner_of_the_space_fits_the_place() -> None:
    found = levers(LANE, None)
    on = dict.fromkeys(POLICIES, True)
    for end in ("low", "high"):
        values = {}
        for lever in found:
            number = int(getattr(lever, end)) if lever.whole else getattr(lever, end)
            values[lever.name] = lever.choices[0] if lever.choices else number
        mix = mix_of(on, values, found)
        assert len(mix) == len(POLICIES)
        assert policies_from(text_of(mix)) == list(mix)  # a mix is known by what one would type
        for policy in mix:
            policy.check(LANE.place, LANE.parameters)


def test_unknown_policies_are_refused() -> None:
    with pytest.raises(InputError, match=r"unknown policy 'matching'.*Did you mean 'match'"):
        levers(LANE, ["matching"])


# a made-up world -----------------------------------------------------------------------------------------


def _made_up(families: tuple[Family, ...]) -> list[Made]:
    """Relief costs 100 yuan a share and brings a point; a council costs 10 at full power and brings two.

    Relief also raises resolution. Every seed has luck of its own, the same for all mixes.
    """
    made = []
    for family in families:
        for run, tables in family.runs:
            options = {table["name"]: table for table in tables}
            relief = options.get("relieve", {"share": 0.0}).get("share", 0.5)
            power = options.get("council", {"power": 0.0}).get("power", 1.0)
            measures = {
                "engaged_share": 0.1 * family.seed + 0.01 * relief + 0.02 * power,
                "true_resolution": 0.01 * family.seed + 0.3 * relief,
                "cost_yuan": 100.0 * relief + 10.0 * power,
            }
            made.append(Made(run, "", 0.0, measures))
    return made


@pytest.fixture
def made_up_world(monkeypatch):
    monkeypatch.setattr(trials_of, "make_all", _made_up)


def _search(folder: Path, **changes) -> tuple[Search, object]:
    asked = {"budget": 40.0, "trials": 80, "runs": 2, **changes}
    search = Search(scenario=LANE, levers=levers(LANE, ["relieve", "council"]), **asked)
    with Progress("tests") as progress:
        return search, optimise(search, folder, 1, progress)


def test_the_best_mix_for_a_budget_is_found(made_up_world, tmp_path: Path) -> None:
    """With 40 yuan: a full council for 10, and relief of .3 for the rest: 2.3 points."""
    _, found = _search(tmp_path, trials=160)
    assert found.trials.loc[found.trials["inside"], "engaged_share"].max() == pytest.approx(0.023, abs=0.001)
    best = found.front.set_index("mix").loc[found.best]
    assert best["cost_yuan"] <= 40.0
    assert best["engaged_share"] == pytest.approx(0.023, abs=0.001)
    assert "council" in found.best
    # the seeds' luck falls out of the differences
    assert best["engaged_share_low"] == pytest.approx(best["engaged_share_high"])


def test_the_front_stays_inside_the_budget_and_nobody_beats_it(made_up_world, tmp_path: Path) -> None:
    search, found = _search(tmp_path)
    assert (found.front["cost_yuan"] <= search.budget).all()
    assert found.front["cost_yuan"].is_monotonic_increasing
    inside = found.trials[found.trials["inside"]].reset_index(drop=True)
    standing = set(inside.loc[unbeaten(inside), "mix"])
    assert set(found.front["mix"]) <= standing
    assert len(found.front) == len(standing) or 6 <= len(found.front) <= 12  # a long front is thinned out


def test_a_larger_budget_buys_more(made_up_world, tmp_path: Path) -> None:
    gains = []
    for budget in (5.0, 40.0, 105.0):
        _, found = _search(tmp_path / str(budget), budget=budget)
        gains.append(found.front.set_index("mix").loc[found.best, "engaged_share"])
    assert gains == sorted(gains)
    assert gains[0] < gains[-1]


def test_unbeaten_rows_by_hand() -> None:
    table = pd.DataFrame(
        [[1.0, 1.0, 5.0], [2.0, 0.0, 5.0], [1.0, 0.5, 5.0], [1.0, 1.0, 6.0], [1.0, 1.0, 5.0]],
        columns=list(GOALS),
    )
    assert unbeaten(table) == [True, True, False, False, True]


def test_a_budget_that_nothing_fits_is_said(made_up_world, tmp_path: Path) -> None:
    """Relief of half or more costs 50 yuan; a seed whose one draw switches it on has nothing to offer."""
    only = [Lever("relieve", "share", (), 0.5, 1.0)]
    messages = []
    for seed in range(1, 9):
        search = Search(scenario=LANE.but(seed=seed), levers=only, budget=1.0, trials=1, runs=1)
        with Progress("tests") as progress:
            try:
                found = optimise(search, tmp_path / str(seed), 1, progress)
                assert found.best == ""
            except InputError as error:
                messages.append(str(error))
    assert set(messages) == {"no mix that was tried stays inside the budget: raise --budget or --trials"}


def test_mixes_that_cannot_be_judged_are_said(tmp_path: Path) -> None:
    """In a few days no matter ends, and resolution is not defined."""
    days = LANE.but(days=1, burn_in=0)
    search = Search(scenario=days, levers=levers(days, ["council"]), budget=60.0, trials=2, runs=1)
    with Progress("tests") as progress, pytest.raises(InputError, match="no matter ended in so few days"):
        optimise(search, tmp_path, 1, progress)


# runs that are kept --------------------------------------------------------------------------------------


def _trials(folder: Path, scenario=LANE) -> Trials:
    return Trials(scenario, folder, Progress("tests"))


def _goals(trials: Trials) -> dict[tuple[str, int], list[float]]:
    return {key: [values[goal] for goal in GOALS] for key, values in trials.known.items()}


def test_runs_are_made_once_and_taken_up_again(made_up_world, tmp_path: Path) -> None:
    kept = _trials(tmp_path)
    assert kept.make(["relieve", "council"], [3, 4], Here()) == 6  # and a baseline each
    assert kept.make(["relieve", "relieve", ""], [3, 4], Here()) == 0
    assert kept.make(["relieve"], [5], Here()) == 2
    again = _trials(tmp_path)
    assert len(again.known) == 8
    assert _goals(again) == _goals(kept)
    assert again.pairs("council", [3, 4], "cost_yuan") == ([0.0, 0.0], [10.0, 10.0])


def test_what_has_come_back_is_kept_when_the_rest_is_interrupted(made_up_world, tmp_path: Path) -> None:
    class Interrupted(Here):
        def submit(self, function, *task):
            if task[0][0].seed == 4:
                raise KeyboardInterrupt
            return super().submit(function, *task)

    kept = _trials(tmp_path)
    kept.make(["relieve"], [3], Here())
    with pytest.raises(KeyboardInterrupt):
        kept.make(["relieve"], [4], Interrupted())
    assert _goals(_trials(tmp_path)) == _goals(kept)
    assert len(kept.known) == 2


def test_a_damaged_chunk_is_made_again(made_up_world, tmp_path: Path, capsys) -> None:
    kept = _trials(tmp_path)
    kept.make(["relieve", "council"], [3], Here())
    kept.make(["match"], [3], Here())
    newest = max((tmp_path / "runs").iterdir(), key=lambda chunk: chunk.stat().st_mtime_ns)
    newest.write_bytes(newest.read_bytes()[:-5])
    again = _trials(tmp_path)
    assert "moved to rejected" in capsys.readouterr().err
    assert again.make(["relieve", "council", "match"], [3], Here()) == 1
    assert _goals(_trials(tmp_path)) == _goals(kept)


def test_other_runs_are_not_mixed_in(made_up_world, tmp_path: Path) -> None:
    _trials(tmp_path / "new").make(["relieve"], [3], Here())
    assert _trials(tmp_path / "new", LANE.but(seed=99)).known  # seeds are told apart row by row
    with pytest.raises(InputError, match=r"another study \(its scenario differ\): name another folder"):
        _trials(tmp_path / "new", LANE.but(parameters={"mu": 0.7}))
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "trials.jsonl").write_text('{"identity": "of an older linli"}\n')
    with pytest.raises(InputError, match="is not empty and not the folder of a study: name another"):
        _trials(tmp_path / "old")


def test_a_mix_that_fails_is_left_out(tmp_path: Path) -> None:
    kept = _trials(tmp_path)
    kept.make(["sink:headcount=9999", "match"], [3], Here())
    assert "more than the" in kept.error_of("sink:headcount=9999", [3])
    assert kept.error_of("match", [3]) == ""
    assert _trials(tmp_path).failed == kept.failed
    assert kept.make(["sink:headcount=9999"], [3], Here()) == 0


def test_a_search_is_read_as_any_study(made_up_world, tmp_path: Path) -> None:
    kept = _trials(tmp_path)
    mixes = ["relieve:share=0.4; council", "council"]
    kept.make(mixes, [3, 4], Here())
    results = read(tmp_path)
    assert sorted(results.arms) == sorted(mixes)
    assert set(results.frame["council"]) == {"without", "power=0.5"} or "council" in results.factors
    pairs = against_baseline(results)
    costs = pairs.keys.assign(cost=pairs.differences["cost_yuan"]).groupby("arm")["cost"].mean()
    assert costs.to_dict() == pytest.approx({mixes[0]: 50.0, mixes[1]: 10.0})
    assert Shelf(tmp_path.parent).open(tmp_path.name).arms


# the command ---------------------------------------------------------------------------------------------


def test_the_same_command_gives_the_same_and_resumes(linli, tmp_path: Path) -> None:
    mixes = ("--policy", "match", "--policy", "council")
    options = ("optimise", "lane", "--budget", "60", *mixes, *QUICK)
    code, out, err = linli(*options, "--out", "one", "--json")
    assert (code, err) == (0, "")
    data = json.loads(out)
    assert len(data["front"]) >= 1
    written = {file.name for file in (tmp_path / "one").iterdir()}
    assert written == {
        *(
            "manifest.json",
            "dictionary.csv",
            "runs",
            "trials.csv",
            "front.csv",
            "front.tex",
            "front.png",
            "front.svg",
        )
    }
    # stopped in the middle
    chunks = sorted((tmp_path / "one" / "runs").iterdir())
    (tmp_path / "two" / "runs").mkdir(parents=True)
    shutil.copy(tmp_path / "one" / "manifest.json", tmp_path / "two")
    for chunk in chunks[: len(chunks) // 2]:
        shutil.copy(chunk, tmp_path / "two" / "runs")
    code, out, _ = linli(*options, "--out", "two", "--json")
    assert (code, json.loads(out)) == (0, data)
    # known runs are not made again
    code, out, _ = linli(*options, "--out", "one", "--lang", "zh")
    assert code == 0
    assert "预算" in out
    assert sorted((tmp_path / "one" / "runs").iterdir()) == chunks
    # and looked at as any other
    code, out, _ = linli("results", "one", "--json")
    about = json.loads(out)
    assert (code, about["failed"], about["faults"]) == (0, 0, [])
    assert {"baseline", data["best"]} <= set(about["arms"])
    query = "select arm, count(*) as n from runs group by arm having arm = 'baseline'"
    assert json.loads(linli("results", "one", "--sql", query, "--json")[1]) == [{"arm": "baseline", "n": 4}]
    assert linli("results", "one", "--csv", "all.csv")[0] == 0
    assert len(pd.read_csv(tmp_path / "all.csv")) == about["done"]
    assert linli("results", "one")[0] == 0


@pytest.mark.long
def test_neither_processes_nor_the_engine_show(linli) -> None:
    few = ("--days", "20", "--burn-in", "10", "--trials", "4", "--runs", "1")
    options = ("optimise", "lane", "--budget", "60", "--policy", "council", *few, "--json")
    one, two = (linli(*options, "--jobs", jobs, "--out", f"with{jobs}") for jobs in (1, 2))
    assert one[0] == two[0] == 0
    assert one[1] == two[1]
    assert linli(*options, "--engine", "mesa", "--out", "mesa")[1] == one[1]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--budget", "much"], "--budget must be a number"),
        (["--budget", "0"], "must be more than 0"),
        (["--budget", "9", "--policy", "sinking"], "unknown policy 'sinking'"),
        (["--budget", "9", "--trials", "0"], "--trials must be between"),
        (["--budget", "9", "--engine", "messa"], "unknown engine 'messa'"),
        (["--budget", "9", "--runs", "none"], "--runs must be a whole number"),
        ([], "--budget"),
    ],
)
def test_bad_input_is_one_line(linli, tmp_path: Path, options, complaint) -> None:
    code, out, err = linli("optimise", "lane", *options)
    assert (code, out) == (2, "")
    assert complaint in err
    assert len(err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
