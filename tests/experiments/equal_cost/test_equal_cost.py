"""Policies at one cost: sizes that cost the budget, and what is said of them."""

import json
from pathlib import Path

import pytest

from linli.experiments.analysis.mixes import most_sunk
from linli.experiments.answer.ranked import ranked
from linli.experiments.equal_cost.budget import LEAST, NEAR, ROUNDS, _Search
from linli.experiments.equal_cost.sizes import packages
from linli.experiments.store.reading import read
from linli.experiments.study import load
from linli.model.errors import InputError
from linli.model.policies import POLICIES, from_table
from linli.model.scenario import load as load_scenario

LANE = load_scenario("lane")


def search(cost_of, budget):
    """What a search ends with, where a size costs `cost_of(size)`: size, cost, sizes tried."""
    of, tried = _Search(packages(["relieve", "council"])[0]), 0
    while of.tried is not None and tried < ROUNDS:
        of, tried = of.told(cost_of(of.tried), budget), tried + 1
    return of.best, of.best_cost, tried


@pytest.mark.parametrize(
    ("cost_of", "budget"), [(lambda x: 50 * x, 8), (lambda x: 90 * x**3, 30), (lambda x: 40 * x**0.5, 3)]
)
def test_the_size_that_costs_the_budget_is_found(cost_of, budget):
    size, cost, tried = search(cost_of, budget)
    assert abs(cost - budget) <= NEAR * budget
    assert cost == cost_of(size)
    assert tried <= ROUNDS


def test_what_costs_less_at_its_largest_stays_there():
    assert search(lambda x: 5 * x, 30) == (1.0, 5.0, 1)


def test_what_comes_in_steps_ends_at_the_nearest():
    size, cost, _ = search(lambda x: 7.0 if x < 0.3 else 9.0, 8.4)
    assert (cost, 0.3 <= size < 1.0) == (9.0, True) or (cost, size) == (9.0, 1.0)


def test_what_always_costs_more_ends_at_its_least():
    size, cost, tried = search(lambda x: 100.0, 1.0)
    assert cost == 100.0
    assert tried <= ROUNDS
    assert size in (1.0, LEAST) or size < 1.0


def test_every_policy_is_compared_and_has_a_size_that_it_knows():
    found = packages(())
    assert {policy.name for package in found for policy in package.policies} == set(POLICIES)
    for package in found:
        for policy in package.policies:
            assert not policy.sized_by or hasattr(policy, policy.sized_by)
        for size in (LEAST, 0.5, 1.0):
            for table in package.at(size, LANE, end=100):
                assert from_table(table).end == 100


def test_a_size_is_a_share_of_what_there_is_room_for():
    sink = packages(["sink:per1000=1", "relieve"])[0]
    most, there = most_sunk(LANE), 1000.0 * LANE.place.sunk_members / LANE.place.residents
    assert sink.at(1.0, LANE)[0]["per1000"] == pytest.approx(most, abs=1e-3)
    assert sink.at(0.5, LANE)[0]["per1000"] == pytest.approx((there + most) / 2, abs=1e-3)
    assert packages(["relieve", "council"])[0].at(0.25, LANE)[0]["share"] == 0.25


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        (["relieve"], "two policies or more"),
        (["relieve", "relieve:share=.2"], "compared with itself"),
        (["relieve:start=3", "council"], "leave out start"),
        (["relieve", ";"], "--policy is empty"),
        (["relieve", "tea"], "tea"),
    ],
)
def test_what_cannot_be_compared(texts, complaint):
    with pytest.raises(InputError, match=complaint):
        packages(texts)


COMMAND = (
    *(
        "compare",
        "lane",
        "--equal-cost",
        "10",
        "--runs",
        "3",
        "--days",
        "60",
        "--burn-in",
        "30",
        "--jobs",
        "1",
    ),
    *("--policy", "relieve", "--policy", "council", "--policy", "property"),
)


def test_the_command_ranks_policies_and_leaves_a_study(linli, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    code, said, complaints = linli(*COMMAND, "--out", folder, "--json")
    assert code == 0, complaints
    data = json.loads(said)
    assert set(data["policies"]) == {"relieve", "council", "property"}
    for of in data["policies"].values():
        assert of["meets"] == (abs(of["cost_yuan"] - 10) <= NEAR * 10)
    for criterion in ("woken", "replaced", "matters_resolved", "resident_matter_hours", "engaged_share"):
        ranks = [row["rank"] for row in data["ranking"] if row["measure"] == criterion]
        assert len(ranks) == 3
        assert min(ranks) == 1
    study = load(folder / "study.toml")
    assert (study.scenario.days, [arm.name for arm in study.arms]) == (60 + 365, list(data["policies"]))
    assert all(table["end"] == 60 for arm in study.arms for table in arm.policies)
    # the same command finds its runs again, and the same is said on the screen
    code, again, _ = linli(*COMMAND, "--out", folder)
    assert code == 0
    for sentence in data["answer"].values():
        assert sentence.split()[0] in again
    chinese = ranked(read(folder / "runs"), "zh")
    assert set(chinese.labels.values()) == {"社区减负", "居民议事会赋权", "物业联防联控"}
    assert "唤起最多" in chinese.text()


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (("--equal-cost", "0"), "more than 0"),
        (("--equal-cost", "lots"), "--equal-cost"),
        (("--threads", "2"), "--threads"),
        (("--runs", "0"), "--runs"),
        (("--lang", "fr"), "fr"),
        (("--policy", "relieve:end=3"), "leave out"),
    ],
)
def test_wrong_requests_are_one_line(linli, more, complaint):
    code, said, complaints = linli(*COMMAND, *more)
    assert (code, said) == (2, "")
    assert complaint in complaints
    assert complaints.count("\n") == 1
