"""An emergency by hand: days to finish at a capacity, tries at doors, who turns out, and its ways to fail."""

import math
from dataclasses import replace

import numpy as np
import pytest

from linli.agents.rules.emergency import appeal_of_turning_out
from linli.agents.rules.participation import probability
from linli.agents.traits import NEVER
from linli.model import scenario as scenarios
from linli.model.city import City
from linli.model.community import Community
from linli.model.measures.record import COLUMNS
from linli.model.parameters import beyond_range

LANE = scenarios.load("lane").but(burn_in=0, days=40)
NOBODY = replace(
    LANE.place, managed_members=0, serving_members=0, sunk_members=0, firms=0, managed_compounds=0
)
"""Two workers and 460 households; nobody else could visit but residents."""

STAYS_AT_HOME = {"rally": -1000.0, "idle_come": 1.0}
TWELVE_MINUTES = {"c_door": 0.2, "r_door": 1.0}


def lived(engine, policies, place=NOBODY, days=40, seed=1, **given):
    scenario = LANE.but(place=place, days=days, seed=seed, parameters=beyond_range(**given))
    return engine(scenario, policies=policies).run()


def column(world, name):
    rows = world.rows if isinstance(world, City) else np.array(world.records)
    return rows[:, COLUMNS.index(name)]


# exact --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", [City, Community])
def test_the_day_of_finishing_by_hand(engine):
    """Two workers have 384 minutes each beside what cannot wait, 64 doors of 12 minutes in all: a round of
    460 households takes eight days, and three of them 24."""
    world = lived(engine, "emergency", **TWELVE_MINUTES, **STAYS_AT_HOME)
    assert column(world, "doors_tried")[:9].tolist() == [64] * 7 + [12, 64]
    assert world.measures()["days_to_finish"] == 24.0
    assert world.measures()["households_visited"] == 3.0
    assert column(world, "emergency_worker_minutes").tolist() == [768] * 24 + [0] * 16
    assert column(world, "households_finished").tolist() == [0] * 23 + [460] * 17


@pytest.mark.parametrize("engine", [City, Community])
@pytest.mark.parametrize(
    ("span", "visitors", "doors"),
    [(1, 2, 40), (3, 6, 120), (4, 7, 20 * 7 + (768 - 672) // 12), (200, 7, 140 + (768 - 13) // 12)],
)
def test_what_coordination_takes_by_hand(engine, span, visitors, doors):
    """Seven members of four hours, twenty doors each. A worker who leads as many as the span has no time for
    doors; two workers lead two spans, and the rest stands idle. 7 of 8 take 672 of 768 minutes, and of 400
    they take 13."""
    place = replace(NOBODY, managed_members=7)
    world = lived(
        engine, "emergency:rounds=1", place, days=1, span=span, delta_I=0.0, **TWELVE_MINUTES, **STAYS_AT_HOME
    )
    assert column(world, "visitors").tolist() == [visitors]
    assert column(world, "visitors_idle").tolist() == [7 - visitors]
    assert column(world, "doors_tried").tolist() == [doors]
    assert column(world, "emergency_member_minutes").tolist() == [240 * visitors]


def test_staff_who_turn_out_by_hand():
    """Of 18 per 1000 residents of each compound with a firm, at half effort half come."""
    place = replace(NOBODY, firms=1, managed_compounds=2)
    community = Community(
        LANE.but(place=place, parameters=beyond_range(**STAYS_AT_HOME)), policies="emergency"
    )
    people = [len(compound.residents) for compound in community.compounds if compound.firm is not None]
    expected = sum(int(n * 0.018 * 0.5 + 0.5) for n in people)
    assert len(people) == 2
    assert column(community.run_to(1), "visitors").tolist() == [expected]


def test_the_expected_number_of_tries_is_one_in_the_chance_of_an_open_door():
    """Rounds that all end: tries are geometric, so their mean is 1/r, and the variance (1 - r)/r^2."""
    r = 0.4
    given = {"r_door": r, "span": 200, "rally": 1000.0}
    world = lived(City, "emergency:rounds=9", days=60, **given)
    visits = 9 * 460
    assert column(world, "doors_opened").sum() == visits
    error = math.sqrt((1 - r) / visits) / r
    assert column(world, "doors_tried").sum() / visits == pytest.approx(1 / r, abs=4 * error)


def test_closed_doors_hold_up_a_round_however_many_turn_out():
    """Without any limit to visitors a household is still missed after d days with (1 - r)^(k d), so a round
    of H takes more than d days with probability 1 - (1 - (1 - r)^(k d))^H."""
    r, k, households = 0.5, 2, 460
    taken = []
    for seed in range(1, 16):
        given = {"r_door": r, "door_tries": k, "span": 200, "rally": 1000.0}
        world = lived(City, "emergency:rounds=4", days=60, seed=seed, **given)
        taken.append(world.measures()["days_to_finish"] / 4)
    beyond = [1 - (1 - (1 - r) ** (k * d)) ** households for d in range(60)]
    mean = sum(beyond)
    variance = sum((2 * d + 1) * p for d, p in enumerate(beyond)) - mean**2
    assert np.mean(taken) == pytest.approx(mean, abs=4 * math.sqrt(variance / (4 * len(taken))))


def test_as_many_turn_out_as_expected():
    """Each with the probability of the appeal on that morning: within four standard errors of the sum."""
    community = Community(LANE, policies="emergency:start=20,rounds=1").run_to(20)
    community._set_clock()
    chances = [
        probability(appeal_of_turning_out(who.appeal_of_acting(20), 0.0, 1.0, who.registered > NEVER))
        for who in community.adults
    ]
    error = math.sqrt(sum(p * (1 - p) for p in chances))
    out = int(column(community.run_to(21), "turned_out")[20])
    assert out > 20
    assert out == pytest.approx(sum(chances), abs=4 * error)
    assert sum(who.last_acted == 20 for who in community.adults) >= out
    assert sum(who.turned_out == 21 for who in community.adults) == out


# what ordinary times built shows ------------------------------------------------------------------------


@pytest.mark.parametrize("built", ["trust", "efficacy", "habit", "registered"])
def test_what_ordinary_times_built_brings_people_out(built):
    """More of it the evening before, the same luck: whoever turned out still does, and more beside."""
    came = []
    for value in (0, 1):
        community = Community(LANE, policies="emergency:start=20,rounds=1").run_to(20)
        for resident in community.adults:
            if built == "registered":
                resident.registered = 5 if value else NEVER
            elif built == "habit":
                resident.habit, resident.last_acted = float(value), 0
            else:
                setattr(resident, built, 0.2 + 0.6 * value)
        community.volunteer_of = {}
        community.emergency.begins_round(20)
        community._set_clock()
        came.append({who.number for who in community.adults if who.is_willing_to_turn_out(20)})
    assert came[0] < came[1]


def test_who_turned_out_together_may_become_acquainted_and_habit_stays():
    """Everybody of the lane turns out for one round, nobody acts otherwise."""
    quiet = {"theta_mean": -500.0, "lambda0": 0.0, "rally": 2000.0, "bond": 1.0, "moves": 0.0, "span": 200}
    world = lived(Community, "emergency:rounds=1", days=20, **quiet)
    ties = column(world, "made_ties")
    assert ties[0] > 0
    assert (ties == ties[0]).all()
    assert all(resident.habit == pytest.approx(0.2) for resident in world.adults)
    assert all(resident.fatigue == pytest.approx(0.35) for resident in world.adults)
    assert world.measures()["turned_out"] == 1.0


# afterwards, and its ways to fail -----------------------------------------------------------------------


def test_ordinary_matters_wait_while_it_lasts_and_no_longer():
    """Nobody of the organised works on matters or asks; the day after it is over they do again."""
    world = lived(City, "emergency:start=7,rounds=2", LANE.place, days=30, arrivals=5.0)
    during = column(world, "households_in_emergency") > 0
    assert 2 <= during.sum() < 12
    assert during[7:].argmin() == during.sum()
    ordinary = ("worker_matter_minutes", "member_matter_minutes", "firm_minutes", "visits")
    for name in (*ordinary, "calls", "matches"):
        assert column(world, name)[during].sum() == 0, name
    for name in ordinary:
        assert column(world, name)[~during].sum() > 0, name
    assert column(world, "visitors")[~during].sum() == 0
    plain = lived(City, "", LANE.place, days=30, arrivals=5.0)
    assert column(world, "resolved").sum() < column(plain, "resolved").sum()


@pytest.mark.parametrize(("days", "sign"), [(24, 1), (23, -1)])
def test_trust_moves_by_whether_it_was_in_time(days, sign):
    """24 days are needed, see above. On that evening, or when the days are over, a tenth of the way."""
    quiet = {**TWELVE_MINUTES, **STAYS_AT_HOME, "arrivals": 0.0, "moves": 0.0, "eta_em": 0.1}
    world = lived(City, f"emergency:days={days}", **quiet)
    trust = column(world, "trust_quanta") / 2**30 / len(world.world.adults[: world.world.com["adults"][0]])
    assert trust[days - 2] == pytest.approx(0.5)
    assert trust[days - 1] == pytest.approx(0.5 + 0.05 * sign)
    assert trust[-1] == pytest.approx(0.5 + 0.05 * sign)


def test_people_whom_nobody_coordinates_stand_idle():
    """Twice as many members, and not one door more."""
    given = {"days": 5, "span": 4, "delta_I": 0.0, **STAYS_AT_HOME}
    places = [replace(NOBODY, managed_members=n) for n in (40, 80)]
    few, many = (lived(City, "emergency", place, **given) for place in places)
    assert column(few, "doors_tried").tolist() == column(many, "doors_tried").tolist()
    assert column(many, "visitors_idle").sum() > column(few, "visitors_idle").sum() > 0


def test_an_emergency_that_is_not_there_changes_no_number():
    """Its tables are there, and nothing else."""
    plain, asleep = (City(LANE, policies=text).run() for text in ("", "emergency:start=99"))
    assert np.array_equal(plain.rows, asleep.rows)


def test_a_second_emergency_begins_anew():
    world = lived(City, "emergency:end=10,rounds=1; emergency:start=20,rounds=1", LANE.place)
    assert column(world, "doors_opened")[:10].sum() == column(world, "doors_opened")[20:].sum() == 460


@pytest.mark.parametrize(("share", "come"), [(0.0, 0), (0.5, 4), (1.0, 7)])
def test_of_idle_members_a_share_comes(share, come):
    """Of seven without a post, rounded; those who lead a group come in any case."""
    given = {"rally": -1000.0, "idle_come": share, "span": 200, "delta_I": 0.0}
    idle = lived(City, "emergency", replace(NOBODY, managed_members=7), days=1, **given)
    lead = lived(City, "emergency", replace(NOBODY, managed_members=7, serving_members=2), days=1, **given)
    assert column(idle, "visitors").tolist() == [come]
    assert column(lead, "visitors").tolist() == [2 + int(5 * share + 0.5)]
