"""Departments by hand: one queue to the minute, hand-overs that bounce, where joint action does nothing."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from linli.agents.rules.departments import (
    NOT_CALLED,
    TO_THE_STREET,
    WITH_THE_DEPARTMENT,
    is_between_hands,
)
from linli.model import scenario as scenarios
from linli.model.array.tables.columns import WorldWithSystems
from linli.model.city import City
from linli.model.community import Community
from linli.model.day import DAY, work
from linli.model.measures.record import COLUMNS
from linli.model.parameters import beyond_range, mechanisms_off

LANE = scenarios.load("lane").but(burn_in=0, days=200)
NOBODY = replace(
    LANE.place, managed_members=0, serving_members=0, sunk_members=0, firms=0, managed_compounds=0, workers=12
)
"""Workers alone have time for matters, and plenty of it."""

QUIET = {
    **mechanisms_off(), "theta_mean": -1000.0, "theta_v": 1000.0, "s0": 1.0, "s1": 0.0, "s2": 0.0,
    "s_ask": 0.0, "s_match": 0.0, "moves": 0.0, "needs_department": 1.0, "hindered": 0.0, "arrivals": 6.0,
}  # fmt: skip
"""Everything is reported at once, and an attempt is certain unless a department is missing."""


def place(hours, at=NOBODY):
    return replace(at, department_hours=hours)


def scenario(hours, at=NOBODY, days=200, seed=1, **given):
    return LANE.but(place=place(hours, at), days=days, seed=seed, parameters=beyond_range(**given))


def column(world, name):
    rows = world.rows if isinstance(world, City) else np.array(world.records)
    return rows[:, COLUMNS.index(name)]


def with_department(world):
    return [matter for matter in world.queue if matter.stage == WITH_THE_DEPARTMENT]


# exact --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [4, 7, 20])
def test_the_queue_of_one_server_to_the_minute(hours):
    """Lindley (1952): the workload after a day is max(0, before + what came - the minutes of the day).

    Nothing bounces and nothing is too late. A week's minutes go to five days; those left are nobody's. Loads
    of about 2, 1 and .4.
    """
    given = {**QUIET, "bounce": 0.0, "handover_days": 1, "deadline": 10_000, "department_work": 0.5}
    world = Community(scenario(hours, days=300, **given))
    week, workload, empty, busy = 60 * hours, 0, 0, 0
    for day in range(300):
        world.begin_day()
        for phase in DAY:
            if phase is work:
                received = sum(matter.due for matter in with_department(world) if matter.handed == day)
            phase(world)
        world.end_day()
        capacity = week // 5 if day % 7 < 5 else 0
        workload = max(0, workload + received - capacity)
        assert sum(matter.due for matter in with_department(world)) == workload
        empty += workload == 0
        busy += workload > 0
    assert busy > 50
    assert (empty > 50) == (hours > 7)
    assert column(world, "department_minutes").sum() > 60 * hours * 10


def test_a_week_has_all_its_minutes():
    world = Community(scenario(7, days=70, **QUIET)).run()
    given = column(world, "department_minutes") + column(world, "department_idle_minutes")
    assert given.tolist() == [84, 84, 84, 84, 84, 0, 0] * 10


@pytest.mark.parametrize(("bounce", "days"), [(0.0, 3), (0.5, 3), (0.5, 1), (0.8, 2)])
def test_hand_overs_take_as_long_as_expected(bounce, days):
    """Two hand-overs, each begun anew with probability b: negative binomial, 2b/(1-b) bounces with variance
    2b/(1-b)^2, and so many times the days more than the two."""
    given = {**QUIET, "bounce": bounce, "handover_days": days, "deadline": 10_000}
    world = City(scenario(50, days=400, **given)).run()
    received = int(column(world, "received").sum())
    mean, variance = 2 * bounce / (1 - bounce), 2 * bounce / (1 - bounce) ** 2
    found, error = world.measures()["days_to_department"] / days - 2, 4 * math.sqrt(variance / received)
    assert received > 400
    assert found == pytest.approx(mean, abs=error + 0.02 * mean)
    assert world.measures()["bounces"] == pytest.approx(mean, abs=error + 0.03 * mean)


@pytest.mark.parametrize("engine", [City, Community])
def test_what_always_bounces_is_owned_by_nobody_until_it_lapses(engine):
    """With duties split for good no department receives anything: as if none had time."""
    given = {**QUIET, "bounce": 1.0, "psi": 0.0}
    world = engine(scenario(50, **given)).run()
    assert column(world, "received").sum() == column(world, "departments_served").sum() == 0
    lost = column(world, "lost_between_hands").sum()
    assert lost == column(world, "lapsed").sum() > 100
    without = engine(scenario(0, **given)).run()
    for name in ("resolved", "lapsed", "attempts", "worker_matter_minutes", "trust_quanta"):
        assert np.array_equal(column(world, name), column(without, name)), name


def test_where_no_matter_needs_a_department_its_hours_change_nothing_else():
    given = {"needs_department": 0.0}
    plain, idle = (City(scenario(hours, LANE.place, 90, **given)).run() for hours in (0, 20))
    assert type(idle.world) is WorldWithSystems
    assert type(plain.world) is not WorldWithSystems
    differ = [name for name in COLUMNS if not np.array_equal(column(plain, name), column(idle, name))]
    assert differ == ["department_idle_minutes"]


def test_with_time_and_without_bounces_every_matter_is_resolved():
    """Attempts fail only for want of a department, and what was given up is taken up when it has come."""
    given = {**QUIET, "bounce": 0.0, "handover_days": 1, "deadline": 60, "nu": 0.0, "department_work": 0.25}
    world = City(scenario(100, **given)).run()
    assert column(world, "departments_served").sum() > 100
    assert column(world, "attempts").sum() > column(world, "resolved").sum() > 200
    assert world.measures()["true_resolution"] == 1.0
    assert City(scenario(0, **given)).run().measures()["true_resolution"] < 0.8


def test_a_matter_on_its_way():
    """With the street after three days, with a department after six; each bounce begins the three days
    again."""
    world = Community(scenario(5, **{**QUIET, "bounce": 0.5, "department_work": 40.0}))
    path = {}
    for day in range(40):
        world.step()
        for matter in world.queue:
            assert (matter.stage == NOT_CALLED) == (matter.status == 0)
            path.setdefault(matter, []).append((day, matter.stage, matter.handed))
    assert len(path) > 50
    for matter, days in path.items():
        for (_, stage, before), (day, after, now) in pairwise(days):
            assert after in (stage, stage + 1)
            if now != before:
                assert now - before == 3
                assert day == now
                assert is_between_hands(stage)
        if days[0][1] == TO_THE_STREET:
            assert days[0][2] == matter.reported


# joint action -------------------------------------------------------------------------------------------

BUSY = {"arrivals": 4.0, "needs_department": 1.0, "hindered": 0.0, "bounce": 0.7}


def mean_of(names, hours, policies, seeds=(1, 2, 3), **given):
    runs = [
        City(scenario(hours, LANE.place, 365, seed, **given), policies=policies).run().measures()
        for seed in seeds
    ]
    return [float(np.mean([run[name] for run in runs])) for name in names]


def test_joint_action_helps_where_departments_have_time():
    """More is truly resolved, matters wait less and fewer are lost between hands; it costs hours."""
    names = ("true_resolution", "days_to_department", "lost_between_hands", "cost_hours", "departments_busy")
    without = mean_of(names, 60, "", **BUSY)
    joint = mean_of(names, 60, "joint:coordination=1", **BUSY)
    assert joint[0] > without[0] + 0.03
    assert joint[1] == pytest.approx(6.0, abs=1.0)
    assert without[1] > joint[1] + 3
    assert joint[2] < without[2] - 0.05
    assert joint[3] > without[3] == 0
    assert without[4] < joint[4] < 0.6


def test_joint_action_changes_nothing_where_departments_have_no_time():
    """They come to the department sooner, which can serve no more of them; and at no hours at all nothing
    moves but what the meeting costs."""
    names = ("true_resolution", "days_to_department", "departments_busy", "cost_hours")
    short = {**BUSY, "department_work": 10.0}
    without, joint = (mean_of(names, 1, policies, **short) for policies in ("", "joint:coordination=1"))
    assert without[2] > 0.9
    assert joint[1] < without[1] - 3
    assert joint[0] == pytest.approx(without[0], abs=0.015)
    assert joint[3] > 0
    runs = [City(scenario(0, LANE.place, 90, **BUSY), policies=text).run() for text in ("", "joint")]
    differ = {name for name in COLUMNS if not np.array_equal(column(runs[0], name), column(runs[1], name))}
    assert differ == {"policy_minutes", "policy_fen"}


def test_a_platform_that_routes_can_raise_true_resolution_and_still_lower_it():
    """At the usual deadline what it saves in bounces comes to a department in time; with a short one and an
    appraisal by the record more is closed and less is resolved."""
    names = ("true_resolution", "recorded_closure")
    plain = mean_of(names, 60, "", **BUSY)
    routed = mean_of(names, 60, "platform:routing=1,coverage=1,deadline=20", **BUSY)
    short = mean_of(names, 60, "platform:routing=1,coverage=1,deadline=7; appraise:by=record", **BUSY)
    assert routed[0] > plain[0] + 0.02
    assert short[0] < plain[0] - 0.05
    assert short[1] > plain[1] + 0.05
    unrouted = mean_of(names, 60, "platform:coverage=1,deadline=20", **BUSY)
    assert routed[0] > unrouted[0] + 0.02


def test_in_an_emergency_departments_do_not_work():
    world = City(scenario(20, LANE.place, 40, **BUSY), policies="emergency:start=14,rounds=2").run()
    during = column(world, "households_in_emergency") > 0
    assert during.sum() > 1
    for name in ("department_minutes", "department_idle_minutes", "bounces", "received"):
        assert column(world, name)[during].sum() == 0, name
    assert column(world, "department_minutes")[~during].sum() > 0
