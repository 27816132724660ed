"""Case 11: what is conserved, whatever the policies and parameters."""

import math
from dataclasses import replace

import numpy as np
import pytest

from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.graphs import from_networkx, network_of, residents_table, scenario_for, to_networkx
from linli.model.measures.record import COLUMNS

LANE = scenarios.load("lane").but(burn_in=10, days=110)
EVERYTHING = (
    "sink:headcount=44,accountability=.5; match:share=.4; relieve:share=.6; council; property; platform; ask"
)
WORKERS = (
    *("office_minutes", "report_minutes", "match_minutes", "ask_minutes"),
    *("worker_matter_minutes", "outreach_minutes"),
)
MEMBERS = ("members_absent", "members_idle", "members_matched", "members_decoupled")
ENDED = ("resolved", "resolved_unreported", "closed_on_paper", "lapsed", "lapsed_unreported")
RESIDENTS = ("resident_matter_minutes", "resident_service_minutes", "meeting_minutes")

CASES = {
    "baseline": ("", {}),
    "every policy": (EVERYTHING, {}),
    "slow matching, no posts": ("match:method=random", {"c_m": 7.3, "posts": 1, "a0": 0.5}),
    "much to do": (EVERYTHING, {"arrivals": 6.0, "a0": 0.9, "s_match": 0.37, "s_ask": 0.9}),
    "nothing to do": ("relieve:start=20,end=50,ramp=13", {"arrivals": 0.1, "c_ask": 1.0, "rho": 0.0}),
}


@pytest.fixture(scope="module", params=CASES, ids=CASES.keys())
def run(request: pytest.FixtureRequest) -> Community:
    policies, values = CASES[request.param]
    place = LANE.place
    if values.get("posts") == 1:
        place = replace(place, sunk_members=40)
    return Community(LANE.but(place=place), policies=policies, moves=0.0, **values).run()


def column(run: Community, *names: str) -> np.ndarray:
    """The sum of some numbers of the record, day by day."""
    rows = np.array(run.records, dtype=np.int64)
    return rows[:, [COLUMNS.index(name) for name in names]].sum(axis=1)


def test_eight_hours_a_worker_and_workday(run: Community) -> None:
    workdays = np.arange(len(run.records)) % 7 < 5
    assert np.array_equal(column(run, *WORKERS), np.where(workdays, 480 * run.place.workers, 0))


def test_members_are_conserved(run: Community) -> None:
    """A policy may bring more sunk members in; nobody leaves the books."""
    members = column(run, *MEMBERS)
    first = run.place.managed_members + run.place.sunk_members
    assert members[0] == first
    assert members[-1] == len(run.members)
    assert np.all(np.diff(members) >= 0)
    assert np.all(np.diff(members)[run.settings.burn_in + 1 :] == 0)


def test_posts_are_held_by_matched_members(run: Community) -> None:
    assert len(run.posts) - run.posts.open == column(run, "members_matched")[-1]
    held = [member.post for member in run.members if member.post >= 0]
    assert len(set(held)) == len(held)


def test_matters_are_conserved(run: Community) -> None:
    arisen = np.cumsum(column(run, "arisen"))
    ended = np.cumsum(column(run, *ENDED))
    assert np.array_equal(arisen, ended + column(run, "open_latent", "open_reported"))
    assert arisen[-1] > 0


def test_reports_are_conserved(run: Community) -> None:
    reported = np.cumsum(column(run, "reported"))
    ended = np.cumsum(column(run, "resolved", "closed_on_paper", "lapsed"))
    assert np.array_equal(reported, ended + column(run, "open_reported"))


def test_hours_are_conserved(run: Community) -> None:
    """Nobody moves, so what residents carry is what the days record, and what the histogram holds."""
    given = sum(resident.minutes_year for resident in run.residents)
    assert given == column(run, *RESIDENTS).sum() == run.hours.minutes.sum()
    assert run.hours.people.sum() == len(run.adults)
    assert given > 0


# relabelling ----------------------------------------------------------------------------------------------

SHORT = LANE.but(burn_in=0, days=45)
RUNS = 10
WATCHED = ("engaged_share", "resident_hours", "true_resolution", "trust")


@pytest.fixture(scope="module")
def as_they_are() -> list[dict[str, float]]:
    return [Community(SHORT, rng=seed).run().measures() for seed in range(1, RUNS + 1)]


def agree(one: list[dict[str, float]], other: list[dict[str, float]]) -> None:
    """Means of independent runs differ by less than four standard errors of their difference."""
    for name in WATCHED:
        a, b = (np.array([run[name] for run in runs]) for runs in (one, other))
        error = math.sqrt((a.var(ddof=1) + b.var(ddof=1)) / RUNS)
        assert abs(a.mean() - b.mean()) < 4 * error, name
        assert error < 0.15 * abs(a.mean()), name


def test_another_number_of_the_community_changes_nothing_in_distribution(
    as_they_are: list[dict[str, float]],
) -> None:
    others = [Community(SHORT, rng=1, number=number).run().measures() for number in range(1, RUNS + 1)]
    agree(as_they_are, others)
    assert [run["trust"] for run in as_they_are] != [run["trust"] for run in others]


def test_another_order_of_residents_changes_nothing_in_distribution(
    as_they_are: list[dict[str, float]],
) -> None:
    """The same kind of people under shuffled numbers inside every building: other draws, the same model."""
    others = []
    for seed in range(1, RUNS + 1):
        settings = SHORT.but(seed=seed + 100)
        community = Community(settings)
        table = residents_table(community.people)
        shuffled = table.sample(frac=1, random_state=seed).sort_values(
            ["compound", "building"], kind="stable"
        )
        people, ties = from_networkx(
            to_networkx((community.people, network_of(community))), shuffled, settings
        )
        assert people.ids != tuple(table["id"])
        settings = scenario_for(people, settings)
        others.append(Community(settings, population=people, network=ties).run().measures())
    agree(as_they_are, others)
