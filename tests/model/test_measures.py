"""Measures by hand, and sums kept while things change against sums taken afresh."""

import dataclasses
import math
from operator import attrgetter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.agents.rules.learning import QUANTUM, quanta
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.measures import MEASURES, Totals, Window, daily_table, ratio
from linli.model.measures.hours import BIN, BINS, HoursGiven
from linli.model.measures.record import COLUMNS, Record

LANE = scenarios.load("lane")
TOTALS = Totals(
    residents=200,
    adults=100,
    owners=60,
    tenants=40,
    young=25,
    middle=35,
    elder=30,
    old=10,
    households=80,
    workers=2,
    posts=20,
    firms=2,
)
_row = attrgetter(*COLUMNS)


def window(*records, durations=(), given=None, totals=TOTALS):
    rows = np.array([_row(record) for record in records], dtype=np.int64).reshape(-1, len(COLUMNS))
    counts = np.bincount(np.array(durations, dtype=np.int64), minlength=256)
    return Window(rows, counts, (given or HoursGiven(totals.adults)).shares(), totals)


def value(name, *records, **keywords):
    return MEASURES[name].of(window(*records, **keywords))


# by hand ------------------------------------------------------------------------------------------------

BY_HAND = [
    ("engaged_share", [Record(engaged_owners=90), Record(engaged_owners=9, engaged_tenants=6)], 0.15),
    ("active_in_year", [Record(active_in_year=1), Record(active_in_year=31)], 0.31),
    ("made_ties", [Record(made_ties=9), Record(made_ties=7)], 70.0),
    ("acts_spontaneous", [Record(acts_spontaneous=3), Record(acts_spontaneous=1)], 20.0),
    ("acts_asked", [Record(acts_asked=3), Record()], 15.0),
    ("acts_rewarded", [Record(acts_rewarded=3), Record(acts_rewarded=1)], 20.0),
    ("worn", [Record(worn_quanta=QUANTUM * 5), Record(worn_quanta=QUANTUM * 20)], 0.2),
    ("allowances", [Record(allowances=4), Record(allowances=8)], 30.0),
    ("asked_share", [Record(acts_asked=3, acts_spontaneous=9)], 0.25),
    (
        "weekend_share",
        [Record(day=day, acts_asked=day, acts_spontaneous=1) for day in range(3, 8)],
        13 / 30,  # Saturday is day 5
    ),
    (
        "resident_hours",
        [Record(resident_matter_minutes=60, resident_service_minutes=30, meeting_minutes=30)],
        2 * 365 / 100,
    ),
    ("volunteers_registered", [Record(volunteers=50)], 0.25),
    ("volunteers_active", [Record(volunteers=50, volunteers_active=10)], 0.2),
    ("calls_missed", [Record(calls=6, unanswered=1), Record(calls=0, unanswered=1)], 0.25),
    ("gap_owner_tenant", [Record(engaged_owners=30, engaged_tenants=10)], 0.25),
    ("gap_old_young", [Record(engaged_elder=15, engaged_old=5, engaged_young=5)], 0.3),
    ("gap_old_middle", [Record(engaged_elder=15, engaged_old=5, engaged_middle=7)], 0.3),
    (
        "self_reliance",
        [
            Record(resident_matter_minutes=30, member_matter_minutes=20),
            Record(worker_matter_minutes=60, firm_minutes=10),
        ],
        0.25,
    ),
    (
        "organisation_hours",
        [Record(organisation_minutes=90, organisation_ask_minutes=30), Record()],
        5.0,
    ),
    ("services_idle", [Record(bought_minutes=300), Record(bought_minutes=100, idle_minutes=100)], 0.25),
    ("organisations_alive", [Record(organisations=4), Record(organisations=3)], 3.0),
    ("acts_led", [Record(acts_led=3), Record(acts_led=1)], 20.0),
    ("resident_matter_hours", [Record(resident_matter_minutes=120), Record()], 5.0),
    (
        "resolved_without_residents",
        [Record(resolved=3, resolved_unreported=1, resolved_without_residents=1)],
        0.25,
    ),
    ("visits", [Record(visits=4), Record(visits=2)], 15.0),
    ("asks", [Record(visits=1, calls=2, member_asks=3, organisation_asks=5, peer_asks=4)], 75.0),
    ("members_idle", [Record(members_idle=9), Record(members_idle=4)], 4.0),
    ("members_matched", [Record(members_matched=7)], 7.0),
    ("members_in_branches", [Record(members_in_branches=9), Record(members_in_branches=4)], 4.0),
    ("members_decoupled", [Record(members_decoupled=7)], 7.0),
    ("members_not_serving", [Record(members_idle=3, members_decoupled=3, members_matched=2)], 0.75),
    ("fit", [Record(fit_permille=1500, members_matched=2)], 0.75),
    ("posts_filled", [Record(members_matched=5)], 0.25),
    (
        "member_hours",
        [Record(member_matter_minutes=60, member_service_minutes=30, member_ask_minutes=30), Record()],
        5.0,
    ),
    ("presence_hours", [Record(presence_minutes=12)], 1.0),
    ("worker_administration", [Record(office_minutes=300, match_minutes=50, ask_minutes=50)], 0.75),
    ("worker_matters", [Record(office_minutes=300, worker_matter_minutes=100)], 0.25),
    ("households_sorting", [Record(households_sorting=9), Record(households_sorting=20)], 0.25),
    ("matters_arisen", [Record(arisen=1), Record(arisen=3)], 10.0),
    ("matters_reported", [Record(reported=1), Record(reported=3)], 3.65),
    ("true_resolution", [Record(resolved=2, closed_on_paper=1), Record(lapsed=1)], 0.5),
    ("recorded_closure", [Record(resolved=2, closed_on_paper=1), Record(lapsed=1)], 0.75),
    ("matters_resolved", [Record(resolved=2, resolved_unreported=1), Record(resolved=1)], 10.0),
    ("units_linked", [Record(units_linked=9), Record(units_linked=4)], 4.0),
    ("units_serving", [Record(units_serving=9), Record(units_serving=4)], 4.0),
    ("unit_hours", [Record(unit_matter_minutes=90, unit_service_minutes=30), Record()], 5.0),
    ("department_hours_given", [Record(department_minutes=120), Record()], 5.0),
    ("departments_busy", [Record(department_minutes=30), Record(department_idle_minutes=90)], 0.25),
    ("days_to_department", [Record(received=1, received_after_days=9), Record(received=2)], 3.0),
    ("bounces", [Record(bounces=3), Record(received=2)], 1.5),
    ("owned_by_nobody", [Record(between_hands=9), Record(between_hands=3)], 15.0),
    ("lost_between_hands", [Record(lost_between_hands=1, lapsed=2), Record(closed_on_paper=2)], 0.25),
    ("households_visited", [Record(doors_opened=60), Record(doors_opened=100)], 2.0),
    ("reached_in_first_round", [Record(doors_opened_first=50), Record(doors_opened_first=10)], 0.75),
    ("reached_in_second_round", [Record(doors_opened_second=50), Record(doors_opened_second=10)], 0.75),
    ("emergency_finished", [Record(households_finished=80), Record(households_finished=20)], 0.25),
    ("tries_at_doors", [Record(doors_tried=60, doors_opened=50), Record(doors_tried=40)], 2.0),
    ("visitors", [Record(visitors=30, households_in_emergency=80), Record(visitors=10), Record()], 200.0),
    ("visitors_idle", [Record(visitors_idle=6, households_in_emergency=9), Record()], 30.0),
    ("turned_out", [Record(turned_out=30), Record(), Record(turned_out=20)], 0.5),
    (
        "days_to_finish",
        [
            Record(),
            *(Record(households_in_emergency=80),) * 4,
            Record(households_in_emergency=20, households_finished=80),
            Record(households_finished=80),
        ],
        5.0,
    ),
    ("units_idle", [Record(unit_matter_minutes=90, unit_service_minutes=30), Record()], 0.25),
    ("matters_closed_on_paper", [Record(closed_on_paper=1)], 5.0),
    ("backlog", [Record(open_reported=9), Record(open_reported=3, open_latent=4)], 15.0),
    ("need_in_sight", [Record(need_in_sight=100), Record(need_in_sight=500)], 3.0),
    ("fund_spent", [Record(fund_spent_fen=20_000), Record()], 365 * 200 / 200 / 2),
    ("fund_unspent", [Record(fund_fen=50), Record(fund_fen=30_000)], 1.5),
    ("matters_funded", [Record(matters_funded=1), Record(matters_funded=3)], 10.0),
    ("small_works", [Record(small_works=1), Record()], 365_000 / 200 / 2),
    ("matters_prevented", [Record(prevented_by_works=1), Record(prevented_by_works=3)], 10.0),
    ("committee_initiative", [Record(committees=4, initiative_quanta=QUANTUM)], 0.25),
    ("trust", [Record(trust_quanta=QUANTUM * 60)], 0.6),
    ("efficacy", [Record(efficacy_quanta=QUANTUM * 55)], 0.55),
    ("satisfaction", [Record(satisfaction_quanta=QUANTUM * 45)], 0.45),
    ("fee_payment", [Record(paid_quanta=QUANTUM)], 0.5),
    ("property_effort", [Record(effort_quanta=QUANTUM)], 0.5),
    ("cost_hours", [Record(policy_minutes=60), Record()], 365_000 / 200 / 2),
    ("cost_yuan", [Record(policy_fen=100), Record(policy_fen=300)], 365 * 4 / 200 / 2),
]


@pytest.mark.parametrize(("name", "records", "expected"), BY_HAND, ids=[name for name, _, _ in BY_HAND])
def test_by_hand(name, records, expected):
    assert value(name, *records) == pytest.approx(expected, rel=1e-12)


def test_an_emergency_that_is_not_finished_has_no_day_of_finishing():
    under_way = Record(households_in_emergency=80, households_finished=79)
    assert math.isnan(value("days_to_finish", Record(), under_way))
    assert math.isnan(value("days_to_finish", Record()))


@pytest.mark.parametrize("theirs", ["organisation_minutes", "unit_matter_minutes"])
def test_organisations_and_units_count_as_organised(theirs):
    """An hour of theirs beside one of residents halves the residents' share."""
    hours = {"resident_matter_minutes": 60}
    assert value("self_reliance", Record(**hours)) == 1.0
    assert value("self_reliance", Record(**hours, **{theirs: 60})) == 0.5


def test_every_measure_is_tested_by_hand():
    elsewhere = {"hours_top_1", "hours_top_7", "hours_top_10", "hours_gini"}
    elsewhere |= {"acts_of_active", "hours_of_active"}
    elsewhere |= {"days_to_resolution_median", "days_to_resolution_p90"}
    assert {name for name, _, _ in BY_HAND} | elsewhere == set(MEASURES)


def test_the_active_of_a_quarter_are_asked_about_its_last_90_days():
    quiet = [Record(acts_asked=9, resident_matter_minutes=600)] * 10
    quarter = [Record(acts_asked=1, acts_spontaneous=2, resident_matter_minutes=20, meeting_minutes=40)] * 89
    last = Record(acts_spontaneous=3, resident_service_minutes=60, active_in_quarter=90)
    assert value("acts_of_active", *quiet, *quarter, last) == pytest.approx(3.0)
    assert value("hours_of_active", *quiet, *quarter, last) == pytest.approx(1.0)
    assert np.isnan(value("acts_of_active", *quarter[:88], last)), "shorter than a quarter"
    assert np.isnan(value("hours_of_active", *quarter, Record())), "nobody was active"


def test_days_to_resolution_are_quantiles():
    days = [1, 2, 2, 3, 4, 5, 8, 9, 12, 30]
    assert value("days_to_resolution_median", Record(), durations=days) == 4
    assert value("days_to_resolution_p90", Record(), durations=days) == 12


@given(st.lists(st.integers(0, 255), min_size=1, max_size=60))
def test_days_to_resolution_are_those_of_numpy(days):
    for name, q in (("days_to_resolution_median", 0.5), ("days_to_resolution_p90", 0.9)):
        assert value(name, Record(), durations=days) == np.quantile(days, q, method="inverted_cdf")


SHARES = [
    name for name, measure in MEASURES.items() if measure.unit in ("share of acts", "share of volunteers")
] + [
    "resolved_without_residents",
    "self_reliance",
    "true_resolution",
    "recorded_closure",
    "members_not_serving",
    "fit",
    "worker_administration",
    "worker_matters",
    "hours_top_1",
    "hours_gini",
    "days_to_resolution_median",
    "days_to_resolution_p90",
]


@pytest.mark.parametrize("name", SHARES)
def test_a_share_of_nothing_is_nan(name):
    assert math.isnan(value(name, Record()))


def test_an_empty_window_and_an_empty_group_are_nan():
    assert math.isnan(ratio(0, 0))
    assert math.isnan(MEASURES["visits"].of(window()))
    nobody = dataclasses.replace(TOTALS, owners=0)
    assert math.isnan(value("gap_owner_tenant", Record(), totals=nobody))


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_every_measure_has_unit_and_labels(name):
    measure = MEASURES[name]
    assert measure.name == name
    assert measure.unit
    assert measure.en
    assert any("\u4e00" <= letter <= "\u9fff" for letter in measure.zh)


# hours given --------------------------------------------------------------------------------------------

tens = st.lists(st.integers(0, 600).map(lambda n: n * BIN), min_size=1, max_size=40).filter(sum)
minutes = st.lists(st.integers(0, 6000), min_size=1, max_size=40).filter(sum)


def given_by(people):
    hours = HoursGiven(len(people))
    for given_minutes in people:
        hours.move(0, given_minutes)
    return hours


def top_share(people, share):
    """The definition: what the first share * n people give, the last one in part."""
    ordered = np.sort(people)[::-1]
    cumulative = np.concatenate([[0], np.cumsum(ordered)])
    return np.interp(share * len(people), np.arange(len(people) + 1), cumulative) / ordered.sum()


def gini(people):
    """The definition: half the relative mean difference."""
    x = np.array(people, dtype=float)
    return np.abs(x[:, None] - x[None, :]).mean() / (2 * x.mean())


@given(tens, st.floats(0.01, 1))
def test_shares_and_gini_are_exact_where_bins_hold_equals(people, share):
    hours = given_by(people)
    assert hours.top_share(share) == pytest.approx(top_share(people, share))
    assert hours.gini() == pytest.approx(gini(people))


@given(minutes, st.floats(0.01, 1))
def test_shares_and_gini_are_close_where_bins_mix(people, share):
    """People in one bin differ by less than its width: that is the most a mix-up can cost."""
    hours, mean = given_by(people), sum(people) / len(people)
    assert abs(hours.top_share(share) - top_share(people, share)) <= BIN / mean
    assert abs(hours.gini() - gini(people)) <= BIN / mean


def test_one_gives_all_and_all_give_the_same():
    alone = given_by([600] + [0] * 99)
    assert alone.top_share(0.01) == pytest.approx(1)
    assert alone.gini() == pytest.approx(0.99)
    equal = given_by([600] * 100)
    assert equal.top_share(0.07) == pytest.approx(0.07)
    assert equal.gini() == pytest.approx(0)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60_000)), max_size=60))
def test_moving_people_about_equals_counting_them_afresh(moves):
    people, hours = [0] * 10, HoursGiven(10)
    for who, after in moves:
        hours.move(people[who], after)
        people[who] = after
    fresh = given_by(people)
    assert np.array_equal(hours.people, fresh.people)
    assert np.array_equal(hours.minutes, fresh.minutes)
    assert hours.minutes.sum() == sum(people)


def test_a_new_year_forgets_hours_and_keeps_people():
    hours = given_by([50, 10**6])
    assert (hours.people.sum(), hours.people[BINS - 1], hours.minutes.sum()) == (2, 1, 10**6 + 50)
    hours.new_year()
    assert (hours.people.sum(), hours.people[0], hours.minutes.sum()) == (2, 2, 0)
    assert math.isnan(hours.gini())


def test_children_do_not_count():
    hours = HoursGiven(3)
    hours.move(0, 100, person=False)
    assert hours.minutes.sum() == 0


# kept against taken afresh ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long_run():
    """Past the turn of a year, with everything in force and many moves."""
    scenario = LANE.but(burn_in=300, days=120, parameters={"moves": 0.5})
    return Community(
        scenario, policies="sink:headcount=44; match; council; property; platform; relieve"
    ).run()


def test_sums_of_states_are_the_sums(long_run):
    for name in ("efficacy", "trust", "satisfaction"):
        afresh = sum(quanta(getattr(resident, name)) for resident in long_run.adults)
        assert long_run.sums[f"{name}_quanta"] == afresh == getattr(long_run.today, f"{name}_quanta")
    states = long_run.columns()
    adults = states["age"] > 0
    for name in ("efficacy", "trust", "satisfaction"):
        assert long_run.measures()[name] == pytest.approx(states[name][adults].mean(), abs=1e-9)


def test_hours_given_are_those_of_the_residents(long_run):
    fresh = given_by([resident.minutes_year for resident in long_run.adults])
    assert np.array_equal(long_run.hours.people, fresh.people)
    assert np.array_equal(long_run.hours.minutes, fresh.minutes)


def test_stocks_are_counts_of_agents(long_run):
    states, day = long_run.columns(), long_run.today.day
    measured, adults = long_run.measures(), states["age"] > 0
    assert measured["engaged_share"] == pytest.approx((day - states["last_acted"][adults] < 30).mean())
    assert measured["active_in_year"] == pytest.approx((day - states["last_acted"][adults] < 365).mean())
    assert measured["volunteers_registered"] == pytest.approx((states["registered"] >= 0).mean())
    members = long_run.columns("member")
    assert measured["members_matched"] == (members["status"] == 2).sum()
    assert measured["fit"] == pytest.approx(members["q"][members["status"] == 2].mean() / 1000)
    seen = [r.home_building.open_matters + r.home_compound.open_shared for r in long_run.adults]
    assert long_run.today.need_in_sight == sum(seen)


def test_without_moves_minutes_of_the_year_add_up_to_the_record():
    community = Community(LANE.but(burn_in=0, days=120, parameters={"moves": 0.0}), policies="council").run()
    at = [
        COLUMNS.index(n) for n in ("resident_matter_minutes", "resident_service_minutes", "meeting_minutes")
    ]
    recorded = sum(row[i] for row in community.records for i in at)
    assert recorded == sum(resident.minutes_year for resident in community.residents) > 0


def test_a_window_of_one_day_is_what_was_collected_that_day(long_run):
    table = long_run.daily()
    collected = table[table.day == 119].set_index("measure").value
    last = long_run.window(419)
    for name, measure in MEASURES.items():
        assert np.array_equal(collected[name], measure.of(last), equal_nan=True), name


def test_the_daily_table_is_tidy(long_run):
    table = long_run.daily()
    assert list(table.columns) == ["day", "measure", "unit", "value"]
    assert len(table) == 420 * len(MEASURES)
    assert (table.day.min(), table.day.max()) == (-300, 119)
    assert dict(zip(table.measure, table.unit, strict=True)) == {name: m.unit for name, m in MEASURES.items()}
    assert len(daily_table(long_run.datacollector.get_model_vars_dataframe(), 0)) == len(table)


def test_measures_of_a_run_leave_the_burn_in_out():
    community = Community(LANE.but(burn_in=50, days=10), policies="relieve:share=1").run()
    office = COLUMNS.index("office_minutes")
    relieved = sum(row[office] for row in community.records[50:])
    assert community.window(50).sum("office_minutes") == relieved
    assert community.measures()["worker_administration"] == pytest.approx(180 / 480)
    assert MEASURES["worker_administration"].of(community.window(0, 50)) == pytest.approx(360 / 480)
