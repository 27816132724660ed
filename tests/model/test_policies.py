"""Policies: what they say of themselves, how they stack, what they cost and how they fail."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.agents.rules import matching
from linli.agents.rules.matching import ABSENT
from linli.agents.rules.waste_sorting import HONOURED
from linli.agents.traits import CHILD
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.errors import InputError
from linli.model.measures.record import COLUMNS
from linli.model.parameters import beyond_range
from linli.model.policies import ALL_SYSTEMS, POLICIES, from_table, from_text, levers_on, to_table, to_text
from linli.model.systems import NO_SYSTEMS, systems_of

LANE = scenarios.load("lane").but(burn_in=20, days=60)
ONE_OF_EACH = (
    *("sink:headcount=40", "match", "relieve", "council", "property", "platform", "ask", "drive"),
    *("social", "appraise", "fund", "committees", "branch", "units", "emergency", "joint"),
    *("reward", "contest:every=1", "teach"),
)
SERVED = LANE.but(place=dataclasses.replace(LANE.place, organisations=8))


def levers(day, *texts, scenario=LANE):
    policies = [from_text(text) for text in texts]
    return levers_on(day, policies, scenario.place.sunk_members, scenario.parameters, scenario.place)


def run(policies="", seed=1, scenario=LANE, **keywords):
    return Rows(scenario, policies=policies, rng=seed, **keywords).run()


class Rows(Community):
    """A community whose records are asked for by name."""

    def rows(self):
        return {name: np.array(self.records)[:, at] for at, name in enumerate(COLUMNS)}


def mean(name, policies, seeds=(1, 2, 3), **keywords):
    return sum(run(policies, seed, **keywords).measures()[name] for seed in seeds) / len(seeds)


def chinese(text):
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


# what they say of themselves ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_every_policy_says_who_what_cost_and_how_it_fails(name):
    policy = POLICIES[name]
    assert policy.name == name
    for text in (
        policy.en,
        policy.who.en,
        policy.changes.en,
        policy.costs.en,
        policy.fails.en,
        policy.__doc__,
    ):
        assert text.strip()
    for text in (policy.zh, policy.who.zh, policy.changes.zh, policy.costs.zh, policy.fails.zh):
        assert chinese(text)
    for f in dataclasses.fields(policy):
        about = f.metadata
        assert about["en"]
        assert about["zh"]
        assert about["unit"]
        for word in about.get("choices", {}).values():
            assert word.en
            assert chinese(word.zh)
        if "choices" not in about:
            assert about["low"] < about["high"]
            assert f.default is None or about["low"] <= f.default <= about["high"]


def test_one_of_each_is_all_there_is():
    assert {text.partition(":")[0] for text in ONE_OF_EACH} == set(POLICIES)


# reading and writing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [*ONE_OF_EACH, "sink:per1000=12.5,hours=3,start=4,end=9,ramp=2", "match:share=0.1"]
)
def test_text_and_tables_give_the_policy_back(text):
    policy = from_text(text)
    assert from_text(to_text(policy)) == policy
    assert from_table(to_table(policy)) == policy


def test_spaces_are_forgiven():
    assert from_text(" relieve : share = 0.5 , start = 3 ") == from_text("relieve:share=0.5,start=3")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("relief", "unknown policy 'relief'. Did you mean 'relieve'.*Valid: appraise, ask, branch"),
        ("", "unknown policy ''"),
        (
            "relieve:shore=1",
            "unknown option of policy relieve 'shore'. Did you mean 'share'.*Valid: end, ramp",
        ),
        ("relieve:share", "write option=value, not 'share'"),
        ("relieve:share=1,share=0", "'share' is given twice"),
        ("relieve:name=sink", "'name' is given twice or is not an option"),
        ("relieve:share=2", "policy relieve: share must be between 0 and 1, not 2"),
        ("relieve:share=much", "policy relieve: share must be a number"),
        ("relieve:share=nan", "policy relieve: share must be between"),
        ("sink:headcount=-5", "policy sink: headcount must be between 0 and"),
        ("sink:headcount=5.5", "policy sink: headcount must be a whole number"),
        ("sink", "give either headcount or per1000"),
        ("sink:headcount=5,per1000=5", "give either headcount or per1000"),
        ("relieve:start=10,end=10", "policy relieve: end=10 must come after start=10"),
        ("relieve:start=10,end=4", "policy relieve: end=4 must come after start=10"),
        ("relieve:start=-1", "policy relieve: start must be between 0"),
        ("relieve:ramp=-1", "policy relieve: ramp must be between 0"),
        (
            "match:method=best",
            "unknown policy match: method 'best'.*Valid: none, random, skill, skill_time_wish",
        ),
        ("ask:strategy=hub", "Did you mean 'hubs'"),
        ("platform:deadline=0", "policy platform: deadline must be between 1"),
    ],
)
def test_a_wrong_policy_fails_with_what_would_be_right(text, message):
    with pytest.raises(InputError, match=message):
        from_text(text)


def test_a_table_without_a_name_fails():
    with pytest.raises(InputError, match=r"a policy needs a name: one of appraise, ask, branch"):
        from_table({"share": 0.5})


@pytest.mark.parametrize("policy", ["sink:headcount=49", "sink:per1000=60"])
def test_more_members_than_posts_fail(policy):
    with pytest.raises(InputError, match=r"members are more than the 48 posts.*raise the parameter posts"):
        Community(LANE, policies=policy)
    Community(LANE, policies=policy, posts=15)


# levers -------------------------------------------------------------------------------------------------

timed = st.builds(
    lambda start, length, ramp: f"start={start},end={start + length},ramp={ramp}",
    st.integers(0, 50),
    st.integers(1, 60),
    st.integers(0, 40),
)


@given(st.lists(st.tuples(st.sampled_from(ONE_OF_EACH), timed), max_size=5), st.integers(-20, 130))
def test_levers_are_a_pure_function_of_the_day(stack, day):
    texts = [f"{name}{',' if ':' in name else ':'}{when}" for name, when in stack]
    assert levers(day, *texts) == levers(day, *texts)
    active = [text for text in texts if from_text(text).level(day) > 0]
    assert levers(day, *texts) == levers(day, *active), "a policy out of force moves nothing"


def test_a_policy_acts_from_its_start_until_its_end():
    positions = [levers(day, "relieve:share=0.8,start=3,end=6").relief for day in range(-2, 9)]
    assert positions == [0, 0, 0, 0, 0, 0.8, 0.8, 0.8, 0, 0, 0]


def test_a_ramp_grows_in_equal_steps():
    positions = [levers(day, "relieve:share=0.8,start=2,ramp=4").relief for day in range(8)]
    assert positions == pytest.approx([0, 0, 0.2, 0.4, 0.6, 0.8, 0.8, 0.8])


def test_policies_stack_in_the_order_given():
    assert levers(0, "relieve:share=0.2", "relieve:share=0.7").relief == 0.7
    assert levers(0, "relieve:share=0.7", "relieve:share=0.2").relief == 0.2
    # at half strength a policy moves half the way from where the earlier one left the lever
    assert levers(0, "relieve:share=0.2", "relieve:share=0.8,ramp=2").relief == pytest.approx(0.5)


def test_each_policy_moves_its_own_levers_only():
    still = dataclasses.asdict(levers(0))
    moves = {
        "sink:headcount=40,hours=5,accountability=0.5": {"sunk", "hours", "accountability"},
        "match:share=0.4": {"matching", "s_match"},
        "relieve": {"relief"},
        "council": {"council"},
        "property": {"joint_control"},
        "platform": {"coverage", "deadline"},
        "ask": {"ask"},
        "drive": {"register"},
        "reward:allowance=100": {"points", "allowance"},
        "contest": {"contest", "contest_every", "contest_best"},
        "teach": {"taught"},
        "council:decides=0.5": {"council", "decides", "order"},
        "appraise": {"appraisal", "order"},
        "fund": {"fund", "democratic", "account"},
        "committees:account=1": {"committees", "committee_account"},
        "branch": {"branches", "branch_size"},
        "units": {"units", "units_serve"},
        "emergency": {"rounds", "emergency_days", "complete"},
        "joint": {"coordination"},
        "platform:routing=0.5": {"coverage", "deadline", "routing"},
    }
    for text, expected in moves.items():
        now = dataclasses.asdict(levers(0, text))
        assert {name for name in now if now[name] != still[name]} == expected
    assert levers(0, "match:method=skill").matching == matching.SKILL


@given(st.integers(0, 30), st.integers(0, 48))
def test_head_counts_ramp_in_whole_members(day, headcount):
    sunk = levers(day, f"sink:headcount={headcount},ramp=20").sunk
    assert isinstance(sunk, int)
    assert min(34, headcount) <= sunk <= max(34, headcount)


def test_sunk_members_are_withdrawn_when_sinking_ends():
    community = Community(LANE, policies="sink:headcount=44,start=5,end=15; match:share=0.9")
    present = []
    while community.day < LANE.burn_in + 20:
        community.step()
        present.append(sum(m.status != ABSENT for m in community.members))
    kept = LANE.place.managed_members + LANE.place.sunk_members
    start = LANE.burn_in
    assert set(present[: start + 5]) == {kept}
    assert set(present[start + 5 : start + 15]) == {kept + 10}
    assert set(present[start + 15 :]) == {kept}
    assert all(m.post == -1 and m.status == ABSENT for m in community.members[kept:])


def test_fewer_sunk_members_than_there_were_leave_at_once():
    community = run("sink:headcount=0,start=10")
    assert all(m.status == ABSENT for m in community.members[LANE.place.managed_members :])


# cost ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("policy", ONE_OF_EACH)
def test_a_policy_costs_something_while_it_is_in_force_and_only_then(policy):
    name = policy.partition(":")[0]
    timing = "start=5,end=15"  # over the end of a month
    community = run(f"{policy}{',' if ':' in policy else ':'}{timing}", scenario=SERVED)
    table = community.daily()
    cost = table[table.measure.isin(["cost_hours", "cost_yuan"])].groupby("day").value.sum()
    in_force = cost.loc[5:14]
    assert (cost.loc[:4] == 0).all()
    assert (cost.loc[15:] == 0).all()
    if name == "ask":  # it steers visits that the baseline pays too
        assert (in_force == 0).all()
    else:
        assert in_force.sum() > 0


def test_sinking_costs_reporting_time_by_hand():
    """6 members more than the lane's 34, 5 minutes a week each, with or without a post; 40 yuan an hour."""
    community = run("sink:headcount=40")
    day = community.records[-1]
    record = dict(zip(community.today.__slots__, day, strict=True))
    assert record["policy_minutes"] == int(6 * 5 / 7 + 0.5)
    assert record["policy_fen"] == int(6 * 5 / 7 / 60 * 40 * 100 + 0.5)


def test_sinking_those_who_are_there_costs_nothing():
    assert run("sink:headcount=34").measures()["cost_hours"] == 0


def test_sinking_those_who_are_there_is_remarked_on():
    assert "34 sunk members already" in from_text("sink:headcount=34").remark(LANE.place)
    assert from_text("sink:headcount=35").remark(LANE.place) == ""
    assert from_text("sink:headcount=34,hours=3").remark(LANE.place) == ""


def test_a_kind_of_policy_is_paid_for_once():
    once, twice = run("relieve:share=.5").measures(), run("relieve:share=.2; relieve:share=.5").measures()
    assert once == pytest.approx(twice, nan_ok=True)


def test_leaders_serve_without_charge():
    """Where nobody can be matched, matching costs the register alone: no hours."""
    community = run("match", c_m=8.0, s_match=0.0)
    assert community.measures()["cost_hours"] == 0
    assert community.measures()["member_hours"] > 0
    assert run("match:method=none").measures()["cost_yuan"] == 0


def test_relief_costs_the_minutes_lifted_by_hand():
    """Two workers, 480 minutes, three quarters office; all lifted, half back: 2 * 180 minutes a workday."""
    community = run("relieve:share=1")
    costs = [
        row[community.today.__slots__.index("policy_minutes")] for row in community.records[LANE.burn_in :]
    ]
    workdays = [day % 7 < 5 for day in range(LANE.burn_in, LANE.burn_in + LANE.days)]
    assert costs == [360 if workday else 0 for workday in workdays]


def test_services_cost_what_is_bought():
    """900 residents, 73 yuan a year, 50 yuan an hour: 1,512 minutes a week for 1,260 yuan."""
    idle = run("social:yuan=73,price=50", scenario=SERVED, org_hours=80.0)
    bought = idle.window(LANE.burn_in)
    mondays = sum(day % 7 == 0 for day in range(LANE.burn_in, LANE.burn_in + LANE.days))
    assert bought.sum("bought_minutes") == 1512 * mondays
    assert bought.sum("policy_fen") == 126_000 * mondays
    assert bought.sum("policy_minutes") == 0


def test_where_nobody_sells_nothing_is_bought():
    assert from_text("social").remark(LANE.place) == "place.organisations = 0, so nothing can be bought"
    assert from_text("social").remark(SERVED.place) == ""
    assert run("social").records == run().records


def test_rewards_cost_points_for_all_acts_and_a_days_part_of_allowances_by_hand():
    """Twenty yuan an act and three minutes at 40 an hour to book it; 90 a month, three a day, to whoever
    serves or is an active volunteer, once."""
    community = run("match; reward:points=20,allowance=90", delta_M=0.05)
    acted = community.today.acts_spontaneous + community.today.acts_asked
    serving = {member for member in community.members if member.status == matching.MATCHED}
    at_home = {member.home for member in serving if member.home is not None}
    active = {v.resident for v in community.volunteers() if v.resident.last_acted > community.today.day - 90}
    assert community.today.acts_rewarded == acted > 0
    assert active & at_home, "who serves and is an active volunteer gets one allowance"
    assert community.today.allowances == len(active | at_home) + len(serving) - len(at_home)
    only = run("reward:points=20,allowance=90").today
    assert only.policy_minutes == 3 * only.acts_rewarded, "to book them"
    assert only.policy_fen == (2000 + 200) * only.acts_rewarded + 300 * only.allowances


def test_contests_and_lessons_cost_by_hand():
    """On the last day of a month four hours and 300 yuan for each of four compounds, and an hour a child."""
    judged, taught = run("contest:every=1"), run("teach:share=1")
    children = sum(resident.age == CHILD for resident in taught.residents)
    minutes, fen = (taught.today.__slots__.index(name) for name in ("policy_minutes", "policy_fen"))
    for community, hours, yuan in ((judged, 16, 1200), (taught, children, 0)):
        for day, row in enumerate(community.records):
            pays = day in (29, 59)
            assert row[minutes] == pays * hours * 60
            assert row[fen] == pays * (hours * 40 + yuan) * 100


def test_a_survey_costs_time_and_money_by_hand():
    """5 % of 900 residents a month, 10 minutes and 15 yuan each; 40 yuan an hour: 15 minutes, 32.5 yuan."""
    window = run("appraise").window(LANE.burn_in)
    assert window.sum("policy_minutes") == 15 * LANE.days
    assert window.sum("policy_fen") == 3250 * LANE.days


def test_reporting_takes_workers_hours_from_matters_by_hand():
    """Two workers, half an hour each on a workday, of the 72 minutes that each has for matters."""
    appraised, plain = run("appraise:by=record").window(LANE.burn_in), run("").window(LANE.burn_in)
    workdays = sum(day % 7 < 5 for day in range(LANE.burn_in, LANE.burn_in + LANE.days))
    assert appraised.sum("report_minutes") == appraised.sum("policy_minutes") == 60 * workdays
    given = ("worker_matter_minutes", "outreach_minutes")
    assert plain.sum(*given) - appraised.sum(*given) == 60 * workdays


def test_a_policy_needs_a_system_as_it_is():
    assert from_text("council").needs == from_text("match").needs == ""
    assert from_text("council:decides=0.1").needs == from_text("appraise").needs == "order"
    assert systems_of([from_text("council"), from_text("match")]) == NO_SYSTEMS
    assert systems_of([from_text("council"), from_text("appraise")]) == {"order"} <= ALL_SYSTEMS
    assert systems_of([from_text("joint")], LANE.place) == NO_SYSTEMS
    with_hours = dataclasses.replace(LANE.place, department_hours=1)
    assert systems_of([from_text("fund")], with_hours) == {"fund", "departments"}


def test_a_fund_costs_what_is_paid_in_and_the_meetings_by_hand():
    """20 yuan a year for 900 residents, in whole fen a day; two month ends, one resident of each compound."""
    window = run("fund", wage=40.0).window(LANE.burn_in)
    paid = int(20 * 900 / 365 * 100 + 0.5)
    assert window.sum("fund_paid_fen") == paid * LANE.days
    assert window.sum("policy_minutes") == window.sum("fund_meeting_minutes") == 2 * 4 * 90
    assert window.sum("policy_fen") == paid * LANE.days + 2 * 4 * 6000


def test_committees_cost_their_meetings_by_hand():
    """Three of four compounds, ten hours a month each."""
    window = run("committees:share=.8").window(LANE.burn_in)
    assert window.sum("policy_minutes") == 3 * 20 * LANE.days
    assert window.sum("policy_fen") == 3 * 20 * 4000 // 60 * LANE.days


def test_branches_cost_meetings_and_activities_by_hand():
    """28 of 34 members for two hours a month, and 200 yuan for each of two branches; nobody has a post."""
    window = run("branch").window(LANE.burn_in)
    assert window.sum("policy_minutes") == 28 * 4 * LANE.days
    assert window.sum("policy_fen") == int((28 * 4 / 60 * 40 + 2 * 200 / 30) * 100 + 0.5) * LANE.days


def test_branches_without_members_say_so():
    nobody = dataclasses.replace(LANE.place, sunk_members=0)
    assert "no sunk members" in from_text("branch").remark(nobody)
    assert from_text("branch").remark(LANE.place) == ""


def test_linked_units_cost_liaison_days_and_rooms_by_hand():
    """Two of six are linked already, two more are; all keep their word. An hour a month on both sides, 30
    hours and 500 yuan for each service day, 300 yuan a month for each room, and who gathers there."""
    window = run("units").window(LANE.burn_in)
    days, gathered = window.sum("unit_days"), window.sum("meeting_minutes")
    assert days > 0
    assert gathered > 0
    assert window.sum("policy_minutes") == 4 * 4 * LANE.days + 1800 * days + gathered
    fen = (window.sum("policy_minutes") / 60 * 40 + 500 * days + 4 * 10 * LANE.days) * 100
    assert window.sum("policy_fen") == pytest.approx(fen, abs=LANE.days)


def test_who_gathers_in_rooms_is_paid_for_once():
    """The council pays for all meetings, and the units for none."""
    window = run("council:power=.5; units").window(LANE.burn_in)
    of_units = 4 * 4 * LANE.days + 1800 * window.sum("unit_days")
    assert window.sum("policy_minutes") == of_units + window.sum("meeting_minutes")
    assert window.sum("meeting_minutes") > 0


def test_where_there_is_no_unit_the_policy_says_so():
    nobody = dataclasses.replace(LANE.place, units=0, linked_units=0)
    assert from_text("units").remark(nobody) == "place.units = 0, so there is no unit to link"
    assert from_text("units").remark(LANE.place) == ""


def test_an_emergency_costs_hours_and_kits_by_hand():
    """Forty yuan for each hour of whoever visits or coordinates, ten yuan a visitor and day."""
    window = run("emergency").window(LANE.burn_in)
    visited = window.sum(*(f"emergency_{who}_minutes" for who in ("member", "staff", "resident")))
    hours = (visited + window.sum("emergency_worker_minutes")) / 60
    assert visited == window.sum("visitors") * 240 > 0
    assert window.sum("policy_minutes") == 60 * hours
    fen = (hours * 40 + window.sum("visitors") * 10) * 100
    assert window.sum("policy_fen") == pytest.approx(fen, abs=LANE.days)


def test_joint_action_costs_meetings_by_hand():
    """Half an hour a week for 1000 residents at full coordination, on working days: .45 h for the lane's 900,
    four fifths of it, at forty yuan."""
    window = run("joint").window(LANE.burn_in)
    workdays = sum(day % 7 < 5 for day in range(LANE.burn_in, LANE.burn_in + LANE.days))
    minutes = 60 * 0.5 * 0.9 * 0.8 / 5
    assert window.sum("policy_minutes") == workdays * int(minutes + 0.5)
    assert window.sum("policy_fen") == workdays * int(minutes / 60 * 40 * 100 + 0.5)


def test_where_departments_have_no_time_joint_action_says_so():
    assert "so no department is called" in from_text("joint").remark(LANE.place)
    assert from_text("joint").remark(dataclasses.replace(LANE.place, department_hours=1)) == ""


# the way to fail ----------------------------------------------------------------------------------------


def test_a_platform_lifts_closure_more_than_resolution():
    closure = mean("recorded_closure", "platform") - mean("recorded_closure", "")
    resolution = mean("true_resolution", "platform") - mean("true_resolution", "")
    assert closure > 0.05
    assert closure > resolution + 0.05


def test_relief_that_comes_back_in_full_frees_nothing():
    relieved, plain = run("relieve:share=1", rho=1.0), run(rho=1.0)
    for kind in ("resident", "member", "worker", "firm"):
        a, b = relieved.columns(kind), plain.columns(kind)
        assert all((a[name] == b[name]).all() for name in a)


def test_an_appraisal_by_the_record_lifts_closure_and_not_resolution():
    """What is measured is what gets done: overdue matters are closed on paper, and reporting takes hours."""
    busy = LANE.but(days=300, parameters={"arrivals": 4.0})
    pairs = [[run(text, seed, busy).measures() for text in ("appraise:by=record", "")] for seed in (1, 2, 3)]
    closure, resolution = (
        [appraised[name] - plain[name] for appraised, plain in pairs]
        for name in ("recorded_closure", "true_resolution")
    )
    assert min(closure) > 0.1
    assert sum(resolution) < 0.0


def test_an_appraisal_by_residents_resolves_nothing_where_there_is_no_hour_and_no_firm():
    """Less is closed on paper, surveys are paid for, and every act and every resolution is as it was."""
    place = dataclasses.replace(LANE.place, firms=0, managed_compounds=0)
    bare = LANE.but(place=place, parameters=beyond_range(a0=1.0, arrivals=4.0))
    judged, plain = (run(text, scenario=bare).window(LANE.burn_in) for text in ("appraise", ""))
    for name in ("acts_spontaneous", "acts_asked", "resolved", "resolved_unreported"):
        assert judged.sum(name) == plain.sum(name) > 0
    assert judged.sum("closed_on_paper") < 0.7 * plain.sum("closed_on_paper")
    assert judged.sum("policy_fen") > 0


SAME = ("policy_minutes", "policy_fen", "fund_paid_fen", "fund_fen", "committees")


def test_a_fund_without_an_account_stays_unspent():
    """Donghu's case: it is paid in, owners' committees are there, and nobody can draw on it."""
    without, plain = (run(text).rows() for text in ("fund:yuan=500,account=0; committees", "committees"))
    assert {name for name in without if (without[name] != plain[name]).any()} <= set(SAME)
    assert without["fund_fen"][-1] > 0
    assert run("fund:yuan=500,account=0; committees:account=1").measures()["fund_spent"] > 0


def test_a_committee_spends_on_what_shows():
    """Where nobody reports it sees nothing to spend on; where some do, its works prevent less than those that
    residents choose, and nobody's trust grows by it."""
    silent = LANE.but(parameters=beyond_range(theta_v=-1000.0, discover=0.0))
    by_record, by_residents = (
        run(f"fund:yuan=500,democratic={d}", scenario=silent).measures()["fund_spent"] for d in (0, 1)
    )
    assert by_residents > by_record == 0.0
    year = LANE.but(days=300)
    shown, chosen = (
        [
            mean(name, f"fund:yuan=100,democratic={d}", scenario=year)
            for name in ("matters_prevented", "trust")
        ]
        for d in (0, 1)
    )
    assert shown[0] < 0.9 * chosen[0]
    assert shown[1] < chosen[1]


def test_what_a_fund_prevents_is_no_occasion_any_more():
    """Works, and nothing else that a fund does: fewer matters are seen, so fewer occasions come."""
    given = {
        "mu": 1.0,
        "small_work": 500.0,
        "works_most": 1.0,
        "needs_money": 0.0,
        "arrivals": 3.0,
        "n_bar": 10.0,
    }
    funded, plain = (
        [
            mean(name, text, scenario=LANE.but(days=200), eta_T=0.0, **given)
            for name in ("need_in_sight", "acts_spontaneous")
        ]
        for text in ("fund:yuan=500", "")
    )
    assert funded[0] < 0.9 * plain[0]
    assert funded[1] < plain[1]


def test_a_committee_where_nobody_acts_is_a_nameplate():
    """Its meetings are paid for, and no state of anybody differs."""
    still = LANE.but(parameters=beyond_range(theta_mean=-1000.0))
    named, plain = (run(text, scenario=still) for text in ("committees:share=1", ""))
    for kind in ("resident", "firm"):
        for name, column in named.columns(kind).items():
            assert (column == plain.columns(kind)[name]).all(), name
    assert named.measures()["committee_initiative"] == 0.0
    assert named.measures()["cost_hours"] > 0.0


def test_a_committee_turns_passive_where_its_work_is_done_for_it():
    """More workers on the firm's matters: less initiative, with as many residents who act."""
    given = {"s_match": 0.0, "s_ask": 0.0, "mu_m": 0.0, "arrivals": 4.0}
    few, many = (
        mean("committee_initiative", "committees:share=1", scenario=LANE.but(
            place=dataclasses.replace(LANE.place, workers=workers)), **given)
        for workers in (1, 12)
    )  # fmt: skip
    assert many < 0.9 * few


def test_a_branch_without_matching_is_a_nameplate():
    """It keeps members on the register: nobody's act, state or hour differs, and meetings are paid for."""
    moved = {
        "members_idle",
        "members_decoupled",
        "members_in_branches",
        "branches",
        "policy_minutes",
        "policy_fen",
    }
    long = LANE.but(days=300)
    named, plain = (run(text, scenario=long) for text in ("branch", ""))
    mine, theirs = named.rows(), plain.rows()
    assert {name for name in mine if (mine[name] != theirs[name]).any()} == moved
    assert mine["members_decoupled"][-1] < theirs["members_decoupled"][-1]
    for kind in ("resident", "firm", "worker"):
        for name, column in named.columns(kind).items():
            assert (column == plain.columns(kind)[name]).all(), name


def test_units_linked_on_paper_change_nothing():
    """All sign and none keeps its word: liaison is paid for, and nobody's act, state or hour differs."""
    signed, plain = (run(text) for text in ("units:share=1,keep=0", ""))
    mine, theirs = signed.rows(), plain.rows()
    moved = {name for name in mine if (mine[name] != theirs[name]).any()}
    assert moved == {"units_linked", "policy_minutes", "policy_fen"}
    assert set(mine["units_linked"][LANE.burn_in :].tolist()) == {LANE.place.units}
    for kind in ("resident", "firm", "worker"):
        for name, column in signed.columns(kind).items():
            assert (column == plain.columns(kind)[name]).all(), name


def test_a_service_day_where_nothing_is_open_finds_nothing_to_do():
    """Nobody reports: the people come and are paid for, no matter is worked on, and nothing is resolved."""
    silent = LANE.but(
        parameters=beyond_range(theta_v=-1000.0, discover=0.0, prevent_service=0.0, room_reach=0.0)
    )
    came, plain = (run(text, scenario=silent) for text in ("units:share=1", ""))
    window = came.window(LANE.burn_in)
    assert window.sum("unit_days") > 0
    assert window.sum("unit_service_minutes") == 1800 * window.sum("unit_days")
    assert window.sum("unit_matter_minutes") == 0
    assert came.measures()["units_idle"] == 1.0
    assert came.measures()["cost_hours"] > 0.0
    for name in ("acts_spontaneous", "acts_asked", "resolved", "arisen", "lapsed"):
        assert (came.rows()[name] == plain.rows()[name]).all(), name


def test_another_order_makes_no_hours():
    """A council that decides over hours that are too short: as many minutes are worked, and others wait."""
    given = {"arrivals": 4.0, "theta_mean": -9.0, "sigma": 2.5}
    decided, plain = (run(text, **given).window(LANE.burn_in) for text in ("council:decides=1", "council"))
    assert decided.sum("worker_matter_minutes") == plain.sum("worker_matter_minutes") > 0


def test_sinking_without_matching_fills_no_post():
    few, many = run("sink:headcount=10").measures(), run("sink:headcount=44").measures()
    assert many["members_matched"] == few["members_matched"] == LANE.place.serving_members
    assert many["members_decoupled"] > few["members_decoupled"]
    assert many["members_not_serving"] > few["members_not_serving"]


def test_posts_filled_saturate_with_the_head_count():
    """Matching is bounded by workers' time: the second forty members add far less than the first."""
    leaders = LANE.but(place=dataclasses.replace(LANE.place, managed_members=4), parameters={"posts": 24})
    few, some, many = (
        mean("members_matched", f"sink:headcount={n}; match:share=0.15", scenario=leaders)
        for n in (0, 40, 80)
    )
    assert few == 4
    assert some > few + 10
    assert many - some < 0.25 * (some - few)
    # two workers, 120 minutes beside the office, 15 % of them, 90 minutes a match, five days a week
    assert many <= few + 2 * 120 * 0.15 / 90 * LANE.days * 5 / 7


def test_a_drive_registers_people_who_never_act():
    """The register grows, its active part shrinks, and fewer are asked to act: registered, never active."""
    names = ("volunteers_registered", "volunteers_active", "acts_asked")
    driven, plain = ([mean(name, policy) for name in names] for policy in ("drive:share=1", ""))
    assert driven[0] > plain[0] + 0.03
    assert driven[1] < plain[1] - 0.05
    assert driven[2] < plain[2]


BY_HABIT = {"b_h": 2.0, "eta_h": 0.5, "b_w": 0.2}
BY_WEAR = {"b_h": 0.0, "b_w": 2.0, "eta_w": 0.5}


@pytest.mark.parametrize(("world", "sign"), [(BY_WEAR, -1), (BY_HABIT, +1)])
def test_after_a_reward_people_act_less_or_more_than_had_it_never_been(world, sign):
    """Less where it wore the motive and made no habit (the failure); more where it made one and wore little.

    While it lasts they act more in both worlds. From a month after its end on, so that tiredness is over.
    """
    scenario, differences = LANE.but(days=180), []
    for seed in (1, 2, 3):
        rewarded, plain = (
            run(policies, seed, scenario, **world) for policies in ("reward:points=20,end=90", "")
        )
        acts = [
            [x.window(first, behind).sum("acts_spontaneous", "acts_asked") for x in (rewarded, plain)]
            for first, behind in ((20, 110), (140, 200))
        ]
        assert acts[0][0] > acts[0][1]
        differences.append(sign * (acts[1][0] - acts[1][1]) / acts[1][1])
    assert min(differences) > 0.0
    assert sum(differences) > 3 * 0.02


def test_a_small_reward_may_do_less_than_none():
    """That one is paid wears, not how much: a yuan draws nobody in and wears as much as a hundred."""
    scenario = LANE.but(days=150)
    mean_of = [mean("acts_spontaneous", p, scenario=scenario, **BY_WEAR) for p in ("reward:points=0.1", "")]
    assert mean_of[0] < 0.9 * mean_of[1]


def test_an_allowance_keeps_names_on_the_register_and_makes_nobody_act():
    """Half of those registered lapse a month where nobody is paid; who stays for the pay acts as before."""
    scenario = LANE.but(burn_in=60, days=120)
    given = {"lapse_after": 30, "delta_V": 0.02, "call_every": 365, "b_w": 0.0, "b_r": 0.0}
    names = ("volunteers_registered", "volunteers_active")
    paid, unpaid = (
        [mean(name, policy, scenario=scenario, **given) for name in names]
        for policy in ("reward:points=0,allowance=1000", "")
    )
    assert paid[0] > unpaid[0] + 0.01
    assert paid[1] < unpaid[1] - 0.05


MANY = LANE.but(
    place=dataclasses.replace(LANE.place, mixed_compounds=14, households_per_building=12),
    burn_in=0,
    days=360,
    parameters={"lambda0": 0.01, "arrivals": 0.1, "peer_ask": 0.0, "s_ask": 0.0},
)
"""Fifteen compounds, three of which are honoured; little else goes on."""


def share_sorting_in(community, compounds):
    """Share of the households of some compounds, by number, that sort."""
    here = [community.compounds[number] for number in compounds]
    return sum(compound.sorting for compound in here) / sum(len(compound.sorters) for compound in here)


@pytest.mark.parametrize(("given_up", "wins"), [(1.5, False), (0.0, True)])
def test_contests_make_those_give_up_who_are_passed_by(given_up, wins):
    """Beside a twin in which children are taught and nobody competes: outside the honoured compounds fewer
    households sort, and so in the place as a whole. Where nobody minds being passed by, more do."""
    world = {"given_up": given_up, "theta_s": -1.0}
    with_contests, twin = (run(p, scenario=MANY, **world) for p in ("teach; contest:every=1", "teach"))
    honoured = {c.number for c in with_contests.compounds if c.standing == HONOURED}
    rest = set(range(len(with_contests.compounds))) - honoured
    assert len(honoured) == 3
    assert share_sorting_in(with_contests, honoured) > share_sorting_in(twin, honoured)
    if not wins:
        assert share_sorting_in(with_contests, rest) < share_sorting_in(twin, rest) - 0.05
    both = [c.measures()["households_sorting"] for c in (with_contests, twin)]
    assert (both[0] > both[1]) == wins


@pytest.mark.parametrize("policy", ["teach:share=1,end=200", "contest:every=1,best=1,end=200"])
def test_sorting_falls_back_when_lessons_and_contests_end(policy):
    """To what neighbours keep up among themselves."""
    community = run(policy, scenario=MANY, taught=3.0, honour=2.0)
    at = community.today.__slots__.index("households_sorting")
    while_it_lasts, later = community.records[179][at], community.records[-1][at]
    assert later < 0.75 * while_it_lasts


def test_without_children_nothing_is_taught():
    """Households without a child are reached through their neighbours alone."""
    community = run("teach:share=1", scenario=MANY, taught=4.0, J_s=0.0)
    for with_child, expected in ((True, 1 / (1 + 2.718**-2)), (False, 1 / (1 + 2.718**2))):
        households = [
            household
            for household in community.sorters
            if any(resident.age == CHILD for resident in household.people) == with_child
        ]
        share = sum(household.sorts for household in households) / len(households)
        assert share == pytest.approx(expected, abs=0.08)


def test_a_drive_ends_where_its_target_is_reached():
    """Nobody is at the doors for it where enough people are registered; each door takes c_ask hours."""
    done = run("drive:share=0.01")
    assert done.measures()["cost_hours"] == 0
    going = run("drive:share=1", rho_d=0.0).window(LANE.burn_in)
    assert going.sum("drive_visits") == going.sum("visits") > 0
    assert going.sum("policy_minutes") == going.sum("drive_visits") * 15


def test_accountability_buys_presence_and_no_work():
    loose, strict = (
        run(f"sink:headcount=44,accountability={a}; match:method=random").measures() for a in (0, 1)
    )
    assert loose["presence_hours"] == 0
    assert strict["presence_hours"] > 0


def test_a_council_takes_time_and_tires():
    with_it, without = mean("resident_hours", "council"), mean("resident_hours", "")
    assert with_it > without
    fatigue = [run(policies, rho_v=0.0).columns()["fatigue"].sum() for policies in ("council", "")]
    assert fatigue[0] > fatigue[1]


def test_joint_control_is_out_of_reach_without_a_firm():
    bare = LANE.but(place=dataclasses.replace(LANE.place, firms=0, managed_compounds=0))
    controlled, plain = run("property:share=1", scenario=bare), run(scenario=bare)
    for name, column in controlled.columns().items():
        assert (column == plain.columns()[name]).all(), name
    assert controlled.measures()["cost_hours"] > 0, "the committees meet all the same"


def test_the_better_members_serve_the_fewer_occasions_are_left():
    """A full queue, all occasions from need, members who only work and are no models: residents act less."""
    policy = "sink:headcount=48,hours=20; match:share=0.9"
    given = {"mu": 1.0, "arrivals": 4.0, "n_bar": 10.0, "member_asks": 0.0, "J": 0.0}
    for name in ("acts_spontaneous", "need_in_sight", "self_reliance"):
        assert mean(name, policy, **given) < mean(name, "", **given), name


def test_every_strategy_of_asking_makes_as_many_visits_on_the_first_day():
    """The same visiting time: what differs is the door."""
    visits = set()
    for strategy in ("random", "hubs", "building_heads", "isolated", "dormant", "grandchildren"):
        community = Community(LANE.but(burn_in=0), policies=f"ask:strategy={strategy}")
        community.step()
        visits.add(community.today.visits)
    assert len(visits) == 1
    assert visits.pop() > 0


YEAR_SERVED = SERVED.but(days=260)
MUCH = "social:yuan=200,price=20,end=120"
ENDED = slice(LANE.burn_in + 160, None)
"""Days on which, of organisations that ended with the money, nothing is left but what residents learnt."""


def after_the_end(policies, seed, **given):
    """Acts and hours that residents give after the organisations have ended."""
    rows = run(policies, seed, YEAR_SERVED, eta_k=1.0, org_hours=40.0, arrivals=4.0, E=6.0, **given).records
    at = COLUMNS.index
    assert all(row[at("organisations")] == 0 for row in rows[ENDED])
    acts, hours = ("acts_spontaneous", "acts_asked"), ("resident_matter_minutes", "resident_service_minutes")
    return [sum(row[at(name)] for row in rows[ENDED] for name in names) for names in (acts, hours)]


def test_when_the_money_ends_those_who_were_served_are_left_more_passive():
    """Where what others do alone discourages much and lasts (omega, delta_e)."""
    learnt = {"omega": 0.1, "eta_o": 0.0, "delta_e": 0.0, "own_hours": 0.0}
    for seed in (1, 2, 3):
        served, plain = (after_the_end(p, seed, **learnt) for p in (f"{MUCH},mobilise=0", ""))
        assert all(less < more for less, more in zip(served, plain, strict=True))


def test_when_the_money_ends_what_was_woken_can_remain():
    """Where led acts teach and make habits (y_led, eta_e, b_h), and need plays no part."""
    learnt = {"omega": 0.0, "mu": 0.0, "delta_e": 0.0, "eta_e": 0.3, "y_led": 0.4, "own_hours": 0.0}
    habit = {"b_h": 2.0, "eta_h": 0.5, "delta_h": 0.0, "A_stranger": 0.4, "A_known": 2.0}
    for seed in (1, 2, 3):
        led, plain = (after_the_end(p, seed, **learnt, **habit) for p in (f"{MUCH},mobilise=1", ""))
        assert all(more > less for more, less in zip(led, plain, strict=True))


def test_hours_stand_idle_where_nothing_is_found():
    busy, quiet = (run("social:yuan=100", scenario=SERVED, arrivals=a).measures() for a in (10.0, 0.1))
    assert quiet["services_idle"] > 0.6 > 0.2 > busy["services_idle"]
    assert quiet["cost_yuan"] > 0
