"""Each behavioural rule by itself: numbers by hand, signs, limits, and the same answer compiled or not."""

import importlib
import inspect
import math
import pkgutil
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.agents import rules
from linli.agents.rules.acquaintance import MOST_MADE, become_acquainted, lose_touch
from linli.agents.rules.appraisal import moved_by_appraisal, pressed_by_residents, reporting_minutes
from linli.agents.rules.asking import (
    CONCERNED,
    KNOWN,
    NOT_ASKED,
    ORGANISATION,
    PEER,
    STRANGER,
    VISIT,
    ask_level,
    ask_source,
    ask_weight,
    stamp,
)
from linli.agents.rules.bout import (
    ALL_SKILLS,
    bout_minutes,
    free_this_week,
    has_skill,
    minutes_spent,
    quality_of_minute,
    service_outcome,
    usefulness,
    week_of,
    work_done,
)
from linli.agents.rules.branches import (
    branches_of,
    is_in_branch,
    leads_branch,
    matters_passed_over,
    members_in_branches,
    share_that_decouples,
)
from linli.agents.rules.departments import (
    NOT_THEIRS,
    TO_THE_DEPARTMENT,
    TO_THE_STREET,
    WITH_THE_DEPARTMENT,
    chance_of_bouncing,
    is_between_hands,
    is_due,
    is_lost,
    minutes_of_day,
    stage_after,
    stage_of_found,
)
from linli.agents.rules.emergency import (
    NO_ROUND,
    NOT_TODAY,
    appeal_of_turning_out,
    coordination_minutes,
    doors_a_day,
    is_finished,
    is_reached,
    is_round_done,
    is_under_way,
    kept_its_word,
    members_who_come,
    most_coordinated,
    round_of_today,
    staff_of,
    urgent_minutes,
    visitors_for,
    who_visits,
)
from linli.agents.rules.fatigue import fatigue_after, left_after
from linli.agents.rules.fund import (
    calls_for_works,
    days_shown,
    fen,
    may_spend,
    meeting_minutes,
    paid_in,
    prevented_by_works,
    score,
    weight_of_residents,
)
from linli.agents.rules.habit import habit_after, pull_of_habit
from linli.agents.rules.learning import (
    discouraged,
    efficacy_after,
    efficacy_at_home,
    encouraged,
    expected_after,
    lesson_of_matter,
    lesson_of_service,
    trust_after,
)
from linli.agents.rules.linked_unit import (
    council_with_room,
    is_linked,
    is_service_day,
    keeps_its_word,
    place_in_order,
)
from linli.agents.rules.matching import (
    ABSENT,
    DECOUPLED,
    LEAVING,
    MATCHED,
    RANDOM,
    REGISTERED,
    SKILL,
    SKILL_TIME_WISH,
    beat_of,
    best_value,
    can_match,
    decouples,
    fit,
    given_back,
    has_session,
    leaves_post,
    member_of,
    post_skill,
    post_time,
    presence_minutes,
    session_ask_minutes,
    session_minutes,
    sessions_a_week,
    skill_of_sunk,
    status_after,
    status_after_post,
    value_of_post,
)
from linli.agents.rules.occasion import (
    MEETING,
    NO_OCCASION,
    ORDINARY,
    factor_of_day,
    highest_rate,
    is_of_working_age,
    occasion_kind,
    occasion_rate,
)
from linli.agents.rules.order import comes_first, minutes_in_order
from linli.agents.rules.owners_committee import (
    has_committee,
    initiative_next_month,
    initiative_wanted,
    pressed_by_committees,
)
from linli.agents.rules.participation import (
    ENGAGED_DAYS,
    TERMS,
    active_share,
    added_up,
    appeal,
    appeal_perceived,
    appeal_terms,
    could_take_part,
    engaged_since,
    first_of_last,
    motive_of,
    probability,
    share_from_beat,
    share_from_made_ties,
    takes_part,
    terms_perceived,
)
from linli.agents.rules.prevention import is_prevented, prevented_by_either, share_prevented
from linli.agents.rules.property_service import (
    effort_after,
    loop_gain,
    pays,
    satisfaction_after,
    share_of_others,
    supply_minutes,
)
from linli.agents.rules.resolution import (
    CLOSED,
    LAPSED,
    LATENT,
    REPORTED,
    RESOLVED,
    awaits_neighbours,
    awaits_work,
    closing_on_paper,
    comes_upon,
    counted_as,
    ending,
    hours_of_work,
    is_complete,
    is_given_up,
    is_hidden,
    is_in_sight,
    is_needed,
    is_over,
    is_overdue,
    is_their_own,
    lacking,
    outcome_of,
    quality_of_work,
    success,
    success_without,
)
from linli.agents.rules.rest import longest_rest, rest_of, rests_since
from linli.agents.rules.reward import (
    drag_of_wear,
    is_rewarded,
    most_of_rewards,
    pull_of_reward,
    share_that_leaves,
    worn_after,
)
from linli.agents.rules.shares import share as share_of_whole
from linli.agents.rules.social_organisation import (
    budget_minutes,
    capacity_after,
    capacity_founded,
    carried_over,
    for_asking,
    initiative_after,
    left_of_bought,
    share_of_field,
    unpaid_minutes,
    week_begins,
    worth_of_service,
)
from linli.agents.rules.substitution import held_back
from linli.agents.rules.voice import (
    UNHEARD,
    cost_of_reporting,
    is_voiced,
    readiness,
    speaks_up,
    standard_readiness,
    those_who_could,
    unheard_after,
)
from linli.agents.rules.volunteering import (
    agrees,
    drive_goes_on,
    lapses,
    left_unanswered,
    may_lapse,
    registers,
)
from linli.agents.rules.waste_sorting import (
    HONOURED,
    NOT_JUDGED,
    PASSED_BY,
    appeal_of_sorting,
    goes_on,
    honours,
    is_ahead,
    is_contest,
    is_taught,
    prevented_by_sorting,
    share_sorting,
    sorts,
    standing_after,
)
from linli.agents.rules.work_time import administration, division_of_day, share_of
from linli.agents.traits import (
    CHILD,
    ELDER,
    EVENING,
    MIDDLE,
    OLD,
    OWNER,
    SKILLS,
    TENANT,
    TIMES,
    WEEKDAY,
    WEEKEND,
    YOUNG,
)

RULES = {
    f"{module.name}.{name}": rule
    for module in pkgutil.iter_modules(rules.__path__)
    for name, rule in vars(importlib.import_module(f"linli.agents.rules.{module.name}")).items()
    if hasattr(rule, "py_func") and rule.__module__ == f"linli.agents.rules.{module.name}"
}


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_says_what_it_means_and_takes_scalars(name):
    rule = RULES[name].py_func
    assert inspect.getdoc(rule)
    assert len(inspect.getsource(rule).splitlines()) <= 25
    assert not {"self", "p", "parameters", "model"} & set(inspect.signature(rule).parameters)


def test_no_function_of_the_rules_is_left_uncompiled():
    for module in pkgutil.iter_modules(rules.__path__):
        home = importlib.import_module(f"linli.agents.rules.{module.name}")
        own = [n for n, f in vars(home).items() if inspect.isfunction(f) and f.__module__ == home.__name__]
        assert own == [], f"{module.name}: decorate {own} with @rule"


share, small = st.floats(0, 1), st.floats(0.01, 0.5)


@given(st.floats(-60, 60), st.floats(1e-9, 1 - 1e-9), share, share, small, st.integers(0, 400))
def test_compiled_and_interpreted_agree_to_the_bit(value, u, a, b, rate, days):
    for rule, given_values in (
        (takes_part, (value, u)),
        (probability, (value,)),
        (appeal, (value, 3.0, a, 1.2, 3.0, b, 1.0, a, rate, b, a, rate, -b, a, b)),
        (appeal_terms, (value, 3.0, a, 1.2, 3.0, b, 1.0, a, rate, b, a, rate, -b, a, b)),
        (share_from_made_ties, (days % 7, days % 3, 7 + days % 5, 1 + a, days % 2, days % 3, days % 5)),
        (become_acquainted, (rate, days % 2 == 0, days % 6, days % 5, u)),
        (lose_touch, (days, days // 2, -days, 30 + days % 99)),
        (share_from_beat, (days % 7, days % 3, 7 + days % 5, 1 + a, b, days % 4)),
        (held_back, (a, days % 5)),
        (habit_after, (a, b, rate)),
        (pull_of_habit, (rate, a, b)),
        (rest_of, (days % 61, a, value, -7.1, 3.5)),
        (longest_rest, (days % 61, a)),
        (factor_of_day, (days, days % 2 == 0, 0.2 + a)),
        (highest_rate, (rate, a, b, 0.2 + a)),
        (occasion_kind, (a, min(a, b), 1.0, u)),
        (status_after, (days % 4, False, days, a, b, rate, rate, b, u)),
        (motive_of, (value, 3.0, a, 0.9, 0.5, -0.6, 0.8, days % 5, days % 2, days % 3 == 0)),
        (free_this_week, (days, days // 7, days % 50, 40)),
        (left_after, (rate, days)),
        (efficacy_at_home, (a, 0.5, b)),
        (speaks_up, (value / 20, a, b, u)),
        (is_voiced, (a, days)),
        (hours_of_work, (0.25 + a, u)),
        (bout_minutes, (0.5 + a, b, u, 1 - u, days)),
        (pays, (a * 12, b)),
        (effort_after, (a, b, rate, a, b, u, 4.0, a, b, u, b)),
        (occasion_rate, (rate, a, b, u, days, 4.8, 0.2 + a)),
    ):
        assert rule(*given_values) == rule.py_func(*given_values), rule.py_func.__name__


# participation ------------------------------------------------------------------------------------------


def test_appeal_adds_up():
    assert appeal(
        -2.0, 3.0, 0.5, 1.2, 3.0, 0.7, 1.0, 0.4, 0.25, 0.35, 0.1, 0.45, -0.2, 0.8, 0.15
    ) == pytest.approx(-2 + 1.5 + 1.2 + 0.6 - 0.1 - 0.25 + 0.35 + 0.3 - 0.45 - 0.6 + 0.8 - 0.15)
    neutral = appeal(-2.0, 3.0, 0.0, 0.0, 3.0, 0.5, 1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert neutral == -2.0, "1/2 is neutral"


def test_what_is_perceived_is_put_together_from_its_parts():
    seen = (-1.0, 3.0, 2, 1, 8, 2.0, KNOWN, 0.3, 1.2, 3.0, 0.6, 1.0, 0.5, 0.7, 0.4)
    expected = -1 + 3 * (2 + 2) / 9 + 1.2 + 0.3 + 0 - 0.7 * 0.4
    assert appeal_perceived(*seen, *OFF) == pytest.approx(expected)
    more = appeal_perceived(*seen, 1.5, 0.6, 0.5, 0.5, 2, 0.9, 0, 0, 0, 0.0, 0.0)
    with_beat = (2 + 2 * 2) / (8 + 1 + 2)
    assert more == pytest.approx(expected + 3 * (with_beat - 4 / 9) + 1.5 * 0.3 - 0.9 * 2 / 3)
    acquainted = appeal_perceived(*seen, *OFF[:-5], 1, 1, 3, 0.0, 0.0)
    with_them = (3 + 2 * 2) / (11 + 2)
    assert acquainted == pytest.approx(expected + 3 * (with_them - 4 / 9)), "as if they were ties like others"
    both = appeal_perceived(*seen, 0.0, 0.5, 0.5, 0.5, 2, 0.0, 1, 1, 3, 0.0, 0.0)
    assert both == pytest.approx(expected + 3 * ((3 + 2 * 3) / (12 + 3) - 4 / 9)), "and so beside the beat"
    assert appeal_perceived(*seen, *OFF[:-2], 0.8, 0.3) == pytest.approx(expected + 0.8 - 0.3)


OFF = (0.0, 0.5, 0.5, 0.0, 2, 0.0, 0, 0, 0, 0.0, 0.0)
"""A habit and members on the beat that weigh nothing, no acquaintances from acting, and no rewards."""


@given(
    st.floats(-30, 30), st.floats(0, 6), st.integers(0, 9), st.integers(0, 9), st.integers(0, 3), share,
    share, st.floats(0, 6), st.floats(0, 3), st.floats(0, 2), share, st.floats(0, 9),
    st.floats(0, 100), share, st.floats(1e-9, 1 - 1e-9),
)  # fmt: skip
def test_nobody_acts_who_could_not(
    theta, J, active, serving, level, efficacy, trust, E, tau, b_h, habit, fatigue, points, worn, u
):
    seen = (
        theta, J, active, serving, active + serving + 2, 2.0, level, 0.3, 1.2, E, efficacy, tau, trust,
        fatigue, 1.0, b_h, habit, 1.0, 0.5, serving, 0.0, active // 2, serving // 2, active,
        pull_of_reward(0.5, points), drag_of_wear(0.7, worn, 1.0),
    )  # fmt: skip
    acts = takes_part(appeal_perceived(*seen), u)
    rewards = most_of_rewards(0.5, points, 0.7)
    could = could_take_part(theta, J, 0.3, 1.2, level > 0, E, efficacy, tau, trust, b_h, rewards, u)
    assert could or not acts


def test_who_could_act_does_if_everything_speaks_for_it():
    everything = (
        -6.0,
        3.0,
        5,
        0,
        5,
        2.0,
        KNOWN,
        0.3,
        1.2,
        3.0,
        1.0,
        1.0,
        1.0,
        0.0,
        1.0,
        0.7,
        1.0,
        1.0,
        *OFF[3:],
    )
    most = appeal_perceived(*everything)
    assert most == pytest.approx(-6 + 3 + 1.2 + 1.5 + 0.5 + 0.7)
    for distance, answer in ((0.02, True), (-0.02, False)):  # luck is looked up by steps
        u = 1 / (1 + math.exp(-(most - distance)))
        assert could_take_part(-6.0, 3.0, 0.3, 1.2, True, 3.0, 1.0, 1.0, 1.0, 0.7, 0.0, u) is answer
        more = 1 / (1 + math.exp(-(most + 1.0 - distance)))
        assert could_take_part(-6.0, 3.0, 0.3, 1.2, True, 3.0, 1.0, 1.0, 1.0, 0.7, 1.0, more) is answer


@given(st.floats(-9, 9), st.integers(0, 9), st.integers(0, 9), share, share, st.floats(0, 5), share)
def test_an_appeal_is_the_sum_of_its_terms(theta, active, serving, efficacy, trust, fatigue, left):
    seen = (theta, 3.0, active, serving, 20, 2.0, KNOWN, 0.3, 1.2, 3.0, efficacy, 1.0, trust, fatigue, left)
    off = dict(zip(TERMS, terms_perceived(*seen, *OFF), strict=True))
    absent = ("habit", "beat", "held_back", "made_ties", "reward", "worn")
    assert {off[name] for name in absent} == {0.0}
    seen = (*seen, 2.0, efficacy, left, 0.5, serving, 0.7, 1, 1, 3, 0.6, left)
    terms = dict(zip(TERMS, terms_perceived(*seen), strict=True))
    assert added_up(*terms.values()) == appeal_perceived(*seen)
    assert sum(terms.values()) == pytest.approx(appeal_perceived(*seen), abs=1e-12)
    assert terms["beat"] == 3.0 * share_from_beat(active + 1, serving + 1, 23, 2.0, 0.5, serving)
    assert terms["made_ties"] == 3.0 * share_from_made_ties(active, serving, 20, 2.0, 1, 1, 3)
    assert terms["held_back"] == -held_back(0.7, serving)
    assert terms["habit"] == pull_of_habit(2.0, efficacy, left)
    assert (terms["reward"], terms["worn"]) == (0.6, -left)
    assert terms["motive"] == theta
    assert terms["neighbours"] == 3.0 * active_share(active, serving, 20, 2.0)
    assert terms["ask"] == 1.2
    assert terms["fatigue"] == -fatigue * left


def test_terms_by_hand():
    terms = appeal_terms(
        -2.0, 3.0, 0.5, 1.2, 3.0, 0.75, 1.0, 0.25, 0.25, 0.125, 0.25, 0.375, -0.125, 0.5, 0.75
    )
    assert terms == (-2.0, 0.125, 1.5, -0.375, 0.75, -0.375, 1.2, 0.75, -0.25, -0.25, 0.5, -0.75)
    assert added_up(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, -512.0, 1024.0, -2048.0) == -1025.0


def test_rewards_by_hand():
    """Fifteen yuan at .4 a ten; an act wears a fifth of what is whole, of .5 of which half has recovered."""
    assert pull_of_reward(0.4, 15.0) == pytest.approx(0.6)
    assert pull_of_reward(0.4, 0.0) == 0.0
    assert [is_rewarded(points) for points in (0.0, 0.01)] == [False, True]
    assert worn_after(0.5, 0.5, 0.2, 10.0) == pytest.approx(0.25 + 0.2 * 0.75)
    assert worn_after(0.5, 0.5, 0.2, 0.01) == worn_after(0.5, 0.5, 0.2, 100.0), "that one is paid wears"
    assert worn_after(0.5, 0.5, 0.2, 0.0) == 0.25, "an act for nothing wears nothing"
    assert worn_after(1.0, 1.0, 0.2, 10.0) == 1.0
    assert drag_of_wear(0.8, 0.5, 0.25) == pytest.approx(0.1)
    assert most_of_rewards(0.4, 15.0, 0.7) == pytest.approx(0.6)
    assert most_of_rewards(0.0, 15.0, 0.7) == 0.0


def test_an_allowance_keeps_all_but_a_share():
    assert share_that_leaves(0.0, 300.0) == 1.0
    assert share_that_leaves(300.0, 300.0) == pytest.approx(exp(-1))
    assert 0.0 < share_that_leaves(2000.0, 300.0) < share_that_leaves(600.0, 300.0)


def test_who_acted_in_the_last_thirty_days_is_engaged():
    """The evening's own day counts: thirty days are the day itself and the twenty-nine before."""
    assert engaged_since(100) == first_of_last(ENGAGED_DAYS, 100) == 71
    assert first_of_last(1, 100) == 100, "the last one day is today"


@given(st.floats(-30, 30), st.floats(-30, 30))
def test_more_appeal_is_never_less_likely(one, other):
    low, high = sorted((one, other))
    assert probability(low) <= probability(high)


def test_nobody_acts_without_appeal_and_all_with_enough():
    assert probability(0.0) == 0.5
    assert probability(-1000.0) < 1e-300
    assert not takes_part(-1000.0, 1e-12)
    assert takes_part(1000.0, 1 - 1e-12)


def test_serving_members_are_seen_as_several():
    assert active_share(0, 0, 0, 2.0) == 0.0, "somebody without ties sees nobody"
    assert active_share(3, 0, 12, 2.0) == 0.25
    assert active_share(0, 3, 12, 2.0) == pytest.approx(6 / 15)
    assert active_share(0, 3, 12, 1.0) == 0.25, "at weight one a member is a neighbour like any other"
    assert active_share(9, 3, 12, 5.0) == 1.0


def test_acquaintances_from_acting_are_ties_like_others():
    assert share_from_made_ties(3, 1, 12, 2.0, 0, 0, 0) == 0.0, "there are none"
    assert share_from_made_ties(3, 0, 12, 2.0, 2, 0, 3) == pytest.approx(5 / 15 - 3 / 12)
    assert share_from_made_ties(3, 0, 12, 2.0, 0, 1, 1) == pytest.approx(5 / 14 - 3 / 12)
    assert share_from_made_ties(3, 0, 12, 2.0, 0, 0, 4) < 0.0, "who has ceased to act is no example"
    assert share_from_made_ties(0, 0, 0, 2.0, 1, 0, 2) == 0.5, "without other ties one sees them alone"


def test_who_meets_becomes_acquainted_with_a_probability_unless_there_is_no_room():
    assert become_acquainted(0.1, False, 0, 3, 0.0999)
    assert not become_acquainted(0.1, False, 0, 3, 0.1)
    assert not become_acquainted(0.0, False, 0, 0, 1e-12), "off"
    assert not become_acquainted(0.5, True, 0, 0, 0.1), "they know each other"
    for made, other in ((MOST_MADE, 0), (0, MOST_MADE)):
        assert not become_acquainted(0.5, False, made, other, 0.1)


def test_acquaintances_lose_touch_when_neither_has_acted_for_so_long():
    assert lose_touch(365, 0, -5, 365)
    assert lose_touch(365, -5, 0, 365)
    assert not lose_touch(364, 0, -5, 365)
    assert not lose_touch(700, 0, 699, 365), "one who acts keeps it up"


def test_members_are_seen_where_they_serve():
    assert share_from_beat(3, 1, 12, 2.0, 0.0, 5) == 0.0, "by nobody"
    assert share_from_beat(3, 1, 12, 2.0, 0.5, 0) == 0.0, "nobody serves here"
    assert share_from_beat(3, 0, 12, 2.0, 0.5, 2) == pytest.approx(5 / 14 - 3 / 12)
    assert share_from_beat(0, 0, 0, 2.0, 0.5, 1) == 1.0, "without ties one sees the beat alone"
    assert share_from_beat(12, 0, 12, 2.0, 0.5, 3) == 0.0, "there is no more than all"


def test_others_service_holds_back_ever_less():
    assert [held_back(1.2, n) for n in (0, 1, 2, 5)] == pytest.approx([0.0, 0.6, 0.8, 1.0])
    assert held_back(0.0, 9) == 0.0


def test_posts_go_round_the_buildings_of_a_compound():
    assert [beat_of(post, 3) for post in range(7)] == [0, 1, 2, 0, 1, 2, 0]
    assert [beat_of(post, 9) for post in range(3)] == [0, 1, 2]


def test_a_habit_by_hand():
    assert habit_after(0.0, 1.0, 0.2) == 0.2
    assert habit_after(0.5, 0.8, 0.2) == pytest.approx(0.4 + 0.2 * 0.6)
    assert habit_after(1.0, 1.0, 0.2) == 1.0, "it cannot be stronger than full"
    assert habit_after(0.6, 0.5, 0.0) == 0.3
    assert pull_of_habit(1.5, 0.8, 0.5) == pytest.approx(0.6)


def test_motive_is_a_mean_a_spread_and_what_the_group_adds():
    groups = (0.9, 0.5, -0.6, 0.8)
    assert motive_of(-7.0, 3.0, 0.5, *groups, YOUNG, OWNER, True) == pytest.approx(-7 + 1.5 + 0.9 - 0.6 + 0.8)
    ages = {age: motive_of(0.0, 0.0, 0.0, *groups, age, TENANT, False) for age in range(5)}
    assert ages == {CHILD: -0.6, YOUNG: -0.6, MIDDLE: 0.0, ELDER: 0.5, OLD: 0.5}


# occasions and asks -------------------------------------------------------------------------------------


def test_need_gives_occasion():
    assert occasion_rate(0.1, 0.25, 0.0, 0.0, 0, 4.0, 1.0) == 0.1, "at mu = 0 need is nothing"
    assert occasion_rate(0.1, 0.25, 0.0, 0.3, 4, 4.0, 1.0) == pytest.approx(0.1), (
        "usual need gives the usual rate"
    )
    assert occasion_rate(0.1, 0.25, 0.0, 0.3, 0, 4.0, 1.0) == pytest.approx(0.07)
    assert occasion_rate(0.1, 0.25, 0.0, 1.0, 0, 4.0, 1.0) == 0.0, "at mu = 1 no need is no occasion"
    assert occasion_rate(0.1, 0.25, 1.0, 0.0, 0, 4.0, 1.0) == pytest.approx(0.125)
    assert occasion_rate(0.1, 0.25, 0.5, 0.3, 99, 4.0, 1.0) == pytest.approx(0.1 * 1.125 * 1.6), (
        "three times is the most"
    )
    assert highest_rate(0.1, 0.25, 0.3, 1.0) == pytest.approx(0.1 * 1.25 * 1.6)
    assert occasion_rate(0.9, 1.0, 1.0, 1.0, 99, 1.0, 1.0) == 1.0 == highest_rate(0.9, 1.0, 1.0, 1.0)


def test_what_only_the_council_brings_is_a_meeting():
    kinds = [int(occasion_kind(0.1, 0.08, 0.2, u)) for u in (0.39, 0.41, 0.49, 0.51)]
    assert kinds == [ORDINARY, MEETING, MEETING, NO_OCCASION]
    assert occasion_kind(0.1, 0.1, 0.2, 0.49) == ORDINARY, "without a council there are no meetings"
    assert occasion_kind(0.0, 0.0, 0.2, 1e-9) == NO_OCCASION


def test_asks_weigh_by_closeness_and_only_today():
    assert [ask_weight(level, 0.3, 1.2) for level in (NOT_ASKED, STRANGER, KNOWN)] == [0.0, 0.3, 1.2]
    assert ask_level(stamp(7, KNOWN), 7) == KNOWN
    assert ask_level(stamp(7, KNOWN), 8) == NOT_ASKED
    assert max(stamp(7, KNOWN), stamp(8, STRANGER)) == stamp(8, STRANGER)
    assert ask_level(0, 0) == NOT_ASKED


def test_an_organisations_ask_lies_between_a_strangers_and_a_friends():
    assert ask_weight(CONCERNED, 0.3, 1.2) == pytest.approx(0.75)
    asks = [stamp(7, STRANGER, VISIT), stamp(7, CONCERNED, ORGANISATION), stamp(7, KNOWN, PEER)]
    assert asks == sorted(asks)
    assert (ask_level(asks[1], 7), ask_source(asks[1], 7)) == (CONCERNED, ORGANISATION)


def test_a_weeks_money_buys_whole_minutes():
    """13,111 residents, 10 yuan a year, 60 yuan an hour: 2,514 yuan a week, or 41 hours 54 minutes."""
    assert budget_minutes(13_111, 10.0, 60.0) == 2514
    assert budget_minutes(13_111, 0.0, 60.0) == budget_minutes(13_111, 10.0, 0.0) == 0
    assert [week_begins(day) for day in range(8)] == [True, *[False] * 6, True]


def test_what_is_bought_divides_into_asking_and_work():
    assert [for_asking(101, share) for share in (0.0, 0.3, 1.0)] == [0, 30, 101]
    assert carried_over(44, 15) == 14
    assert [left_of_bought(50, left) for left in (0, 40, 50, 70)] == [0, 40, 50, 50], "unpaid time goes first"


def test_capacity_follows_what_is_bought():
    assert capacity_after(600, 600, 0.5) == 660, "sold out: half of the way to a fifth more"
    assert capacity_after(600, 500, 0.5) == 600, "a fifth to spare"
    assert capacity_after(600, 0, 0.15) == 510
    assert capacity_after(600, 0, 0.0) == 600
    assert (capacity_after(119, 0, 0.5), capacity_after(118, 0, 0.5)) == (60, 0), "less than an hour: it ends"
    assert (capacity_founded(8.0), capacity_founded(0.5)) == (480, 60)


def test_initiative_falls_where_others_act_and_rises_where_it_leads():
    assert share_of_field(30, 120) == 0.25
    assert share_of_field(0, 0) == 0.0
    assert [share_of_whole(*of) for of in ((3, 4), (0, 4), (0, 0))] == [0.75, 0.0, 0.0]
    assert initiative_after(0.4, 0.0, 0, 0.1) == 0.4
    assert initiative_after(0.4, 0.5, 0, 0.1) == pytest.approx(0.38)
    assert initiative_after(0.4, 0.0, 3, 0.1) == pytest.approx(0.46)
    assert initiative_after(2 / 3, 0.5, 1, 0.1) == pytest.approx(2 / 3), "1 / (1 + b) is where it rests"
    assert initiative_after(1.0, 1.0, 0, 1.0) == 0.0
    assert unpaid_minutes(0.3, 4.0) == 72


def test_the_first_of_sunk_members_are_in_branches():
    assert [members_in_branches(share, 30) for share in (0.0, 0.05, 0.5, 1.0)] == [0, 2, 15, 30]
    assert members_in_branches(1.0, 0) == 0
    assert [is_in_branch(order, 2) for order in (-1, 0, 1, 2)] == [False, True, True, False]
    assert [leads_branch(order, 6, 3) for order in (-3, 0, 1, 2, 3, 6)] == [0, 1, 0, 0, 1, 0]
    assert [branches_of(members, 20) for members in (0, 1, 20, 21, 481)] == [0, 1, 1, 2, 25]


def test_a_branch_keeps_members_and_shares_out_matters():
    assert share_that_decouples(True, 0.3) == pytest.approx(0.7)
    assert share_that_decouples(False, 0.3) == share_that_decouples(True, 0.0) == 1.0
    assert [matters_passed_over(turn, 2) for turn in (0, 1, 2, 3)] == [0, 1, 0, 0]
    assert matters_passed_over(1, 0) == 0


def test_units_are_linked_in_order_and_some_keep_their_word():
    """Two of six are linked already; the other four follow, a quarter each."""
    order = [place_in_order(number, 2, 6) for number in range(6)]
    assert order == [0.0, 0.0, 0.25, 0.5, 0.75, 1.0]
    assert place_in_order(3, 6, 6) == 0.0
    assert [[is_linked(rank, share) for rank in order].count(True) for share in (0, 0.3, 0.5, 1)] == [
        2,
        3,
        4,
        6,
    ]
    assert keeps_its_word(0.25, 0.6, 0.25, 0.7)
    assert not keeps_its_word(0.25, 0.6, 0.25, 0.5), "linked on paper"
    assert not keeps_its_word(0.25, 0.6, 0.2, 0.7), "not linked"
    assert not keeps_its_word(0.0, 0.001, 0.0, 0.0)


def test_a_unit_comes_once_a_quarter():
    assert [day for day in range(300) if is_service_day(day, 7)] == [7, 97, 187, 277]


def test_a_room_makes_up_for_what_a_council_lacks():
    assert council_with_room(0.0, 0.2) == 0.2
    assert council_with_room(0.5, 0.2) == pytest.approx(0.6)
    assert council_with_room(1.0, 0.2) == 1.0
    assert council_with_room(0.3, 0.0) == 0.3


def test_led_service_feels_worth_it_more_often():
    assert worth_of_service(0.6, 0.1, False) == 0.6
    assert worth_of_service(0.6, 0.1, True) == pytest.approx(0.7)


def test_rest_lasts_whole_days():
    """Who acted on day 10 and rests 3 days acts again on day 14 at the earliest."""
    assert [rests_since(day, 3) <= 10 for day in (11, 12, 13, 14)] == [True, True, True, False]
    assert not rests_since(11, 0) <= 10, "without rest, the next day"


def test_who_wants_to_act_more_rests_less():
    assert [rest_of(14, 0.0, theta, -7.0, 3.5) for theta in (-100.0, -7.0, 100.0)] == [14] * 3
    assert rest_of(14, 0.5, -7.0, -7.0, 3.5) == 14, "the mean motive rests as usual"
    assert rest_of(14, 0.5, 0.0, -7.0, 3.5) == round(14 * exp(-1))
    assert rest_of(14, 0.5, -100.0, -7.0, 3.5) == 28 == longest_rest(14, 0.5), "twice at most"
    assert rest_of(3, 1.0, 1e6, -7.0, 3.5) == 0
    assert rest_of(3, 1.0, -1e6, -7.0, 3.5) == 6, "no overflow"
    assert rest_of(3, 1.0, 5.0, 0.0, 0.0) == 3, "where motives do not differ nobody rests less"
    assert longest_rest(14, 0.0) == 14


@given(st.integers(0, 60), share, st.floats(-50, 50), st.floats(-50, 50))
def test_rest_falls_with_the_motive_and_has_an_upper_end(R, rest_motive, one, other):
    low, high = sorted((one, other))
    assert 0 <= rest_of(R, rest_motive, high, -7.1, 3.5) <= rest_of(R, rest_motive, low, -7.1, 3.5)
    assert rest_of(R, rest_motive, low, -7.1, 3.5) <= longest_rest(R, rest_motive)


def test_a_week_by_hand():
    week = [factor_of_day(day, True, 1.4) for day in range(7)]
    assert week == pytest.approx([0.84] * 5 + [1.4] * 2)
    assert sum(week) == pytest.approx(7.0), "the week's mean stays"
    assert {factor_of_day(day, False, 1.4) for day in range(7)} == {1.0}
    assert {factor_of_day(day, True, 1.0) for day in range(7)} == {1.0}
    assert [bool(is_of_working_age(age)) for age in (CHILD, YOUNG, MIDDLE, ELDER, OLD)] == [
        False, True, True, False, False,
    ]  # fmt: skip
    assert highest_rate(0.1, 0.25, 0.3, 1.4) == pytest.approx(0.1 * 1.25 * 1.6 * 1.4)
    assert highest_rate(0.1, 0.25, 0.3, 0.5) == pytest.approx(0.1 * 1.25 * 1.6 * 1.2), (
        "weekdays then have most"
    )


# learning -----------------------------------------------------------------------------------------------


def test_drives_by_hand():
    assert drive_goes_on(29, 100, 0.3)
    assert not drive_goes_on(30, 100, 0.3)
    assert not drive_goes_on(0, 100, 0.0), "off"
    assert agrees(0.3, 0.29)
    assert not agrees(0.3, 0.31)


def test_who_stays_unanswered_loses_a_share():
    assert left_unanswered(0.5, 0.0) == 0.5
    assert left_unanswered(0.5, 0.2) == pytest.approx(0.4)


def test_lessons_by_hand():
    assert lesson_of_matter(1.0, 0.0, 0.9, 0.0) == 1.0, "off: the outcome itself"
    assert lesson_of_matter(0.0, 0.0, 0.9, 0.0) == 0.0
    assert lesson_of_matter(1.0, 1.0, 0.9, 0.0) == pytest.approx(0.6), "expected success teaches little"
    assert lesson_of_matter(0.0, 0.5, 0.1, 0.03) == pytest.approx(0.23)
    assert lesson_of_service(1.0, False, 0.2) == 1.0
    assert lesson_of_service(0.0, True, 0.2) == 0.2
    assert expected_after(0.5, 1, 4, 0.2) == pytest.approx(0.45)
    assert expected_after(0.3, 0, 0, 0.2) == 0.3, "nothing ended, nothing learnt"


def test_learning_by_hand():
    assert efficacy_after(0.5, 1.0, 0.1, 0.5, 0.0) == pytest.approx(0.55)
    assert efficacy_after(0.5, 0.0, 0.1, 0.5, 1.0) == pytest.approx(0.5 - 0.15 * 0.5), (
        "deliberation deepens failure too"
    )
    assert efficacy_after(0.5, 1.0, 0.8, 2.0, 1.0) == 1.0, "a step never passes the outcome"
    assert efficacy_after(0.9, 1.5, 0.5, 0.0, 0.0) == 1.0, "a lesson beyond 1 leaves it at 1"
    assert efficacy_after(0.1, -0.5, 0.5, 0.0, 0.0) == 0.0
    assert encouraged(0.5, 0.02) == pytest.approx(0.51)
    assert discouraged(0.5, 0.02) == pytest.approx(0.49)
    assert efficacy_at_home(0.9, 0.5, left_after(0.1, 2)) == pytest.approx(0.5 + 0.4 * 0.81)
    assert trust_after(0.5, 0.0, 0.05) == pytest.approx(0.475)
    assert left_after(0.1, 2) == pytest.approx(0.81)
    assert left_after(0.1, 0) == left_after(0.0, 400) == 1.0
    assert fatigue_after(1.0, 0.81, 0.35, False) == pytest.approx(0.81 + 0.35)
    assert fatigue_after(1.0, 0.81, 0.35, True) == pytest.approx(0.81 + 0.70), (
        "a meeting tires as much as the act"
    )


# waste sorting ------------------------------------------------------------------------------------------


def test_the_appeal_of_sorting_by_hand():
    given_values = (-2.0, 3.0, 0.5, 0.7, True, 1.0, 0.4)
    for standing, of_contest in ((HONOURED, 1.0), (PASSED_BY, -0.4), (NOT_JUDGED, 0.0)):
        appeal_of = appeal_of_sorting(*given_values, standing, 0.3, True)
        assert appeal_of == pytest.approx(-2 + 1.5 + 0.7 + of_contest + 0.3)
    assert appeal_of_sorting(-2.0, 3.0, 0.0, 0.7, False, 1.0, 0.4, NOT_JUDGED, 0.3, False) == -2.0
    assert [sorts(0.0, u) for u in (0.49, 0.51)] == [True, False]
    assert [is_taught(0.3, u) for u in (0.29, 0.31)] == [True, False]


def test_sorting_goes_on_while_somebody_cares():
    assert not goes_on(0.0, 0.0, 0)
    assert goes_on(0.1, 0.0, 0)
    assert goes_on(0.0, 0.1, 0)
    assert goes_on(0.0, 0.0, 1)


def test_contests_by_hand():
    """Every third month, on its last day; a fifth of 13 is three (2.6), and one is honoured at the least."""
    assert [day for day in range(200) if is_contest(day, 1.0, 3)] == [89, 179]
    assert [day for day in range(100) if is_contest(day, 0.2, 1)] == [29, 59, 89]
    assert not any(is_contest(day, 0.0, 1) for day in range(100))
    assert [honours(0.2, n) for n in (13, 12, 2)] == [3, 2, 1]
    assert is_ahead(0.5, 9, 0.4, 1)
    assert not is_ahead(0.4, 1, 0.5, 9)
    assert [is_ahead(0.5, number, 0.5, 4) for number in (3, 4, 5)] == [True, False, False]
    assert [standing_after(ahead, 2, 7) for ahead in (0, 1, 2)] == [HONOURED, HONOURED, PASSED_BY]
    assert standing_after(0, 2, 0) == PASSED_BY, "nobody is honoured for nothing"


def test_what_sorting_prevents():
    assert share_sorting(0, 0) == 0.0
    assert share_sorting(3, 4) == 0.75
    assert prevented_by_sorting(0.5, 3, 4) == pytest.approx(0.375)
    assert prevented_by_either(0.5, 0.2) == pytest.approx(1 - 0.5 * 0.8)
    assert prevented_by_either(0.3, 0.0) == 0.3


# members ------------------------------------------------------------------------------------------------


def test_fit_and_sessions_by_hand():
    assert fit(True, True, True, 0.4, 0.3) == 1000
    assert fit(True, False, False, 0.4, 0.3) == round(1000 * 1.3 / 3)
    assert fit(False, False, False, 0.4, 0.3) == round(1000 * 0.7 / 3)
    assert session_minutes(2.0, 567) == 120 * 567 // 1000
    assert session_ask_minutes(68, 0.3) == 20
    assert presence_minutes(2.0, 600, 0.5) == 24
    assert presence_minutes(2.0, 600, 0.0) == 0 == presence_minutes(2.0, 1000, 1.0)


def test_accountability_keeps_members_on_the_books():
    assert decouples(0.1, 0.0, 0.09)
    assert not decouples(0.1, 0.5, 0.09)
    assert not decouples(0.1, 1.0, 1e-12)


def test_a_bad_fit_is_left_sooner():
    assert leaves_post(0.01, 0.02, 0, 0.029)
    assert not leaves_post(0.01, 0.02, 1000, 0.011)


@pytest.mark.parametrize(
    ("status", "u", "becomes"),
    [
        (ABSENT, 1e-9, ABSENT),
        (REGISTERED, 0.049, DECOUPLED),
        (REGISTERED, 0.051, REGISTERED),
        (DECOUPLED, 0.29, REGISTERED),
        (DECOUPLED, 0.31, DECOUPLED),
        (MATCHED, 0.019, LEAVING),
        (MATCHED, 0.021, MATCHED),
    ],
)
def test_a_day_on_the_register(status, u, becomes):
    """Idle ones decouple at .05, decoupled ones return at .3, ones of fit 500 leave at .01 + .02 / 2."""
    rates = (0.1, 0.3, 0.01, 0.02, 0.5)
    assert status_after(status, False, 500, *rates, u) == becomes
    assert status_after(status, True, 500, *rates, u) == status, "leaders of party groups stay"


def test_who_leaves_a_post_is_on_the_register_or_out_of_reach():
    assert status_after_post(0.49) == REGISTERED
    assert status_after_post(0.51) == DECOUPLED


def test_a_new_member():
    assert member_of(0.1, 0.1, 0.9) == (WEEKDAY, 1, 4)
    assert member_of(0.5, 0.5, 0.5) == (EVENING, 3, 2)
    assert member_of(0.9, 0.9, 0.9) == (WEEKEND, 5, 1), "one of two days"
    assert [skill_of_sunk(u) for u in (0.01, 0.5, 0.99)] == [1, 3, 5]


def test_the_bank_of_matching_minutes():
    assert can_match(90, 90, 1, 1)
    assert not can_match(89, 90, 1, 1)
    assert not can_match(90, 90, 0, 1)
    assert not can_match(90, 90, 1, 0)
    assert given_back(60, 45, 3, 2) == 0, "the bank is kept as long as there is whom and where to match"
    assert given_back(60, 45, 0, 2) == 45, "the rest of today's minutes goes back"
    assert given_back(60, 75, 3, 0) == 60, "never more than today's"


def test_what_a_post_is_worth_to_a_method():
    assert [value_of_post(RANDOM, same, 700) for same in (False, True)] == [0, 0] == [best_value(RANDOM)] * 2
    assert [value_of_post(SKILL, same, 700) for same in (False, True)] == [0, 1]
    assert [value_of_post(SKILL_TIME_WISH, same, 700) for same in (False, True)] == [700, 700]
    assert best_value(SKILL) == value_of_post(SKILL, True, 0)
    assert best_value(SKILL_TIME_WISH) == fit(True, True, True, 0.4, 0.3)


@pytest.mark.parametrize(("time", "days"), [(WEEKDAY, range(5)), (EVENING, range(5)), (WEEKEND, range(5, 7))])
def test_one_session_a_week_when_time_allows(time, days):
    served = {
        day for session in range(sessions_a_week(time)) for day in range(7) if has_session(day, time, session)
    }
    assert served == set(days)
    for session in range(sessions_a_week(time)):
        assert sum(has_session(day, time, session) for day in range(700)) == 100


def test_posts_of_every_kind_come_in_turn():
    skills, times = len(SKILLS) - 1, len(TIMES)
    kinds = {(post_skill(post), post_time(post)) for post in range(skills * times)}
    assert kinds == {(s, t) for s in range(1, skills + 1) for t in range(times)}


# workers, matters, firms --------------------------------------------------------------------------------


def test_a_day_of_a_worker_by_hand():
    assert division_of_day(0.75, 0.0, 0.5, 0.1, 0.3) == (360, 12, 36, 72)
    assert division_of_day(0.75, 1.0, 0.0, 0.1, 0.3) == (0, 48, 144, 288)
    assert division_of_day(0.75, 0.5, 1.0, 0.1, 0.3) == (360, 12, 36, 72), (
        "relief that comes back frees nothing"
    )
    assert administration(0.8, 0.5, 0.5) == pytest.approx(0.6)
    assert division_of_day(0.5, 0.0, 0.0, 0.8, 0.8) == (240, 192, 48, 0), "matching comes before asking"


def test_work_by_hand():
    assert minutes_spent(60, 3000, 100) == 30
    assert minutes_spent(60, 3001, 100) == 31, "a started minute is a whole one"
    assert minutes_spent(60, 9000, 100) == 60
    assert minutes_spent(60, 9000, 0) == 0, "who cannot help spends nothing"
    assert work_done(3001, 31, 100) == 3001
    assert usefulness(50, True, 0.6) == 50
    assert usefulness(50, False, 0.6) == 30
    assert bout_minutes(1.5, 0.0, 0.3, 0.3, 500) == 90
    assert bout_minutes(1.5, 0.0, 0.3, 0.3, 45) == 45
    assert bout_minutes(1.5, 0.0, 0.3, 0.3, 0) == 0
    assert hours_of_work(2.0, exp(-1)) == pytest.approx(120, abs=1)
    assert hours_of_work(2.0, 1 - 1e-12) == 1


def test_a_week_of_free_time():
    assert [week_of(day) for day in (0, 6, 7)] == [0, 0, 1]
    assert free_this_week(13, 1, 50, 90) == (50, 40)
    assert free_this_week(13, 1, 95, 90) == (95, 0), "nobody owes time"
    assert free_this_week(14, 1, 50, 90) == (0, 90), "a new week"
    assert free_this_week(14, -1, 0, 90) == (0, 90)


def test_what_a_minute_is_worth():
    assert [has_skill(2, asked) for asked in (1, 2)] == [False, True]
    assert has_skill(ALL_SKILLS, 5)
    assert quality_of_minute(500, 1000, False, 1000) == 500
    assert quality_of_minute(500, 1000, True, 1000) == 1000
    assert quality_of_minute(1000, 1000, False, 567) == 567, "a member's is the fit"
    assert service_outcome(0.7, 0.69) == 1.0
    assert service_outcome(0.7, 0.71) == 0.0


def test_a_pool_is_shared_out_to_the_minute():
    assert [share_of(51, 2, k) for k in range(2)] == [26, 25]
    assert [share_of(7, 4, k) for k in range(4)] == [2, 2, 2, 1]
    assert [share_of(0, 3, k) for k in range(3)] == [0, 0, 0]


def test_who_may_work_on_a_matter():
    assert awaits_work(REPORTED, 1)
    assert not awaits_work(REPORTED, 0)
    assert not awaits_work(LATENT, 1)
    assert awaits_neighbours(1, True, False)
    assert awaits_neighbours(1, False, True)
    assert not awaits_neighbours(1, False, False), "out of sight"
    assert not awaits_neighbours(0, True, True)


def test_what_a_visit_may_come_upon():
    """Unreported, with hours due, in sight of the door."""
    assert is_hidden(LATENT, 1, True, False)
    assert is_hidden(LATENT, 1, False, True)
    assert not is_hidden(LATENT, 1, False, False)
    assert not is_hidden(LATENT, 0, True, True)
    assert not is_hidden(REPORTED, 1, True, True)
    assert [comes_upon(0.3, u) for u in (0.29, 0.31)] == [True, False]
    assert not comes_upon(0.0, 1e-12)


def test_what_is_dead_is_in_sight_only_if_it_is_to_be():
    """Hours are due; all are done, today; all were done in vain."""
    for need, minutes, seen in ((1, 0, True), (0, 30, True), (0, 0, False)):
        assert is_in_sight(need, minutes, 0) == seen
        assert is_in_sight(need, minutes, 1)


def test_the_end_of_a_matter():
    """Arisen on day 10, reported on day 12; patience 30, deadline 15."""
    assert [is_over(day, REPORTED, 10, 12, 30, 15) for day in (26, 27)] == [False, True]
    assert [is_over(day, LATENT, 10, -1, 30, 15) for day in (39, 40)] == [False, True]
    assert [ending(REPORTED, 0.6, u) for u in (0.59, 0.61)] == [CLOSED, LAPSED]
    assert ending(LATENT, 1.0, 1e-9) == LAPSED, "what was never reported cannot be closed"
    assert [outcome_of(status) for status in (RESOLVED, CLOSED, LAPSED)] == [1.0, 0.0, 0.0]
    assert is_complete(0, 30)
    assert not is_complete(0, 0), "nobody has taken it up again"
    assert not is_complete(1, 30)
    assert [is_their_own(minutes) for minutes in (0, 1)] == [False, True]


def test_every_ending_moves_one_counter():
    counters = [
        counted_as(status, reported)
        for status, reported in ((RESOLVED, 1), (RESOLVED, 0), (CLOSED, 1), (LAPSED, 1), (LAPSED, 0))
    ]
    assert counters == [tuple(int(k == n) for k in range(5)) for n in range(5)]


def test_resolution_by_hand():
    assert success(0.3, 0.2, 0.5, 0.5, 0.2, 0.5) == pytest.approx(0.3), "usual effort and quality"
    assert success(0.3, 0.2, 1.0, 0.5, 0.2, 1.0) == pytest.approx(0.5)
    assert success(0.9, 1.0, 1.0, 0.1, 1.0, 1.0) == 1.0
    assert success(0.0, 1.0, 0.0, 0.9, 1.0, 0.0) == 0.0
    assert quality_of_work(500 * 60 + 1000 * 30, 90) == pytest.approx(2 / 3)
    assert quality_of_work(0, 0) == 0.5
    assert [is_overdue(day, 10, 20) for day in (29, 30)] == [False, True]
    assert closing_on_paper(0.5, 0.8, 0.0) == 0.5
    assert closing_on_paper(0.5, 0.8, 0.5) == pytest.approx(0.7)
    assert closing_on_paper(0.5, 1.0, 1.0) == 1.0


def test_what_hours_alone_cannot_do():
    """A share of .4 at half of what the kind can need; each thing lacking multiplies by .25."""
    assert [is_needed(0.5, 0.4, u) for u in (0.19, 0.21)] == [True, False]
    assert not is_needed(0.0, 1.0, 1e-9)
    both, one = (True, 0, True, False), (True, 1, True, False)
    assert [lacking(*needs) for needs in (both, one, (True, 1, True, True))] == [2, 1, 0]
    assert [lacking(*needs) for needs in ((False, 0, False, False), (True, 0, False, True))] == [0, 1]
    assert [success_without(0.8, 0.25, n) for n in (0, 1, 2)] == pytest.approx([0.8, 0.2, 0.05])
    assert success_without(0.8, 0.0, 0) == 0.8


def test_dispatch_by_hand():
    """Half of hand-overs bounce: a joint body takes away four fifths of that, a platform that saves half of
    it to half of the residents a quarter."""
    assert [stage_of_found(needs) for needs in (True, False)] == [TO_THE_STREET, NOT_THEIRS]
    between = [is_between_hands(stage) for stage in range(NOT_THEIRS + 1)]
    assert between == [False, True, True, False, False, False]
    assert [is_due(day, 10, 3) for day in (12, 13)] == [False, True]
    assert chance_of_bouncing(0.5, 0.0, 0.0, 1.0) == 0.5
    assert chance_of_bouncing(0.5, 0.8, 0.0, 1.0) == pytest.approx(0.1)
    assert chance_of_bouncing(0.5, 0.0, 0.5, 0.5) == pytest.approx(0.375)
    assert [stage_after(TO_THE_STREET, 0.5, u) for u in (0.4, 0.6)] == [TO_THE_STREET, TO_THE_DEPARTMENT]
    assert [minutes_of_day(day, 102) for day in range(8)] == [21, 21, 20, 20, 20, 0, 0, 21]
    assert [is_lost(TO_THE_STREET, resolved) for resolved in (True, False)] == [False, True]
    assert not is_lost(WITH_THE_DEPARTMENT, False)
    assert [is_given_up(need, worked) for need, worked in ((0, 0), (0, 5), (5, 0))] == [True, False, False]


def test_prevention_by_hand():
    """Ten adults: half an hour each prevents half of what can be prevented."""
    assert share_prevented(0.6, 300, 10) == pytest.approx(0.3)
    assert share_prevented(0.6, 0, 10) == 0.0
    assert share_prevented(1.0, 10**9, 10) == pytest.approx(1.0, abs=1e-6)
    assert [is_prevented(0.3, u) for u in (0.29, 0.31)] == [True, False]
    assert prevented_by_either(0.3, 0.5) == pytest.approx(0.65)
    assert prevented_by_either(0.3, 0.0) == 0.3, "to the last bit"
    assert [beat_of(post, 3) for post in range(4)] == [0, 1, 2, 0]


def test_voice_by_hand():
    assert speaks_up(0.0, 0.5, 1.0, 0.5) == 0.5
    assert speaks_up(0.0, 0.5, 1.0, 0.0) > 0.5 > speaks_up(0.0, 0.5, 1.0, 1.0), (
        "the less satisfied speak more"
    )
    assert is_voiced(0.75, 2) == pytest.approx(0.9375)
    assert is_voiced(0.75, 1) == 0.75
    assert readiness(-1.0, 2.0, 0.5, 0.7, OWNER, 0.25, 2) == pytest.approx(-1 + 1 + 0.7 - 0.5)
    assert readiness(-1.0, 2.0, 0.5, 0.7, TENANT, 0.0, 2) == pytest.approx(0.0)
    assert [unheard_after(3, resolved, reported) for resolved, reported in ((1, 1), (0, 1), (0, 0))] == [
        0,
        4,
        3,
    ]
    assert unheard_after(UNHEARD, False, True) == UNHEARD
    assert [those_who_could(shared, 90, 9, house) for shared, house in ((0, 1), (1, 0), (1, 1))] == [1, 90, 9]
    assert standard_readiness(1, 7, 0) == standard_readiness(1, 7, 0) != standard_readiness(1, 7, 1)
    assert cost_of_reporting(0.5, 0.8, True) == pytest.approx(-0.3)
    assert cost_of_reporting(0.5, 0.8, False) == 0.5


def test_property_by_hand():
    assert pays(4.0, 0.5) == pytest.approx(1 / (1 + exp(-1.1)))
    assert log(pays(4.0, 0.75) / (1 - pays(4.0, 0.75))) == pytest.approx(1.1 + 1)
    assert satisfaction_after(0.5, 1.0, 0.2) == pytest.approx(0.6)
    assert effort_after(0.5, 0.5, 0.2, 0.5, 0.2, pays(4.0, 0.5), 4.0, 0.0, 0.0, 1.0, 0.0) == 0.5, (
        "where nothing pulls, nothing moves"
    )
    assert effort_after(0.5, 0.5, 0.2, 0.5, 0.2, pays(4.0, 0.5), 4.0, 1.0, 0.0, 1.0, 0.0) == pytest.approx(
        0.54
    )
    assert effort_after(0.5, 0.5, 0.2, 0.5, 0.2, pays(4.0, 0.5), 4.0, 0.0, 0.4, 0.5, 0.0) == pytest.approx(
        0.46
    )
    assert effort_after(0.5, 0.9, 1.0, 3.0, 1.0, 1.0, 4.0, 1.0, 0.0, 0.0, 0.0) == 1.0
    assert effort_after(0.5, 0.1, 1.0, 0.0, 0.0, 1.0, 4.0, 0.0, 1.0, 1.0, 0.0) == 0.0
    assert effort_after(0.5, 0.5, 0.2, 0.5, 0.2, pays(4.0, 0.5), 4.0, 0.0, 0.0, 1.0, 0.3) == pytest.approx(
        0.56
    )
    assert [share_of_others(*work) for work in ((0, 0), (30, 10), (0, 5))] == [0.0, 0.25, 1.0]
    assert supply_minutes(2.0, 0.5) == 60
    assert loop_gain(0.5, 4.0, 0.5) == pytest.approx(2 * 0.7503 * 0.2497, rel=1e-3)
    assert loop_gain(0.5, 4.0, 0.5) < 1


# order and appraisal ------------------------------------------------------------------------------------


def test_order_by_hand():
    assert [minutes_in_order(order, 101) for order in (0.0, 1.0, -1.0, 0.5, -0.25)] == [0, 101, 101, 51, 25]
    assert comes_first(0.1, True, 9, 2, 20)
    assert not comes_first(0.1, False, 21, 2, 20)
    assert comes_first(-0.1, False, 15, 2, 20), "its deadline is day 22, a week away"
    assert not comes_first(-0.1, True, 14, 2, 20)


def test_appraisal_by_hand():
    assert 0.5 + moved_by_appraisal(0.5, -1.0, 0.6) == pytest.approx(0.8), "of what would lapse, .6"
    assert 0.5 + moved_by_appraisal(0.5, 0.5, 0.6) == pytest.approx(0.35), "of what would be closed, .3"
    assert moved_by_appraisal(0.5, 0.0, 0.6) == 0.0
    assert moved_by_appraisal(1.0, -1.0, 1.0) == moved_by_appraisal(0.0, 1.0, 1.0) == 0.0
    assert [reporting_minutes(a, 0.5, 72) for a in (-1.0, -0.5, 0.0, 1.0)] == [30, 15, 0, 0]
    assert reporting_minutes(-1.0, 2.0, 72) == 72, "no more than there is"
    assert pressed_by_residents(0.5, 0.4, 0.25) == pytest.approx(0.15)
    assert pressed_by_residents(-1.0, 0.4, 0.25) == pressed_by_residents(1.0, 0.4, 1.0) == 0.0


@given(st.floats(0, 1), st.floats(-1, 1), st.floats(0, 1))
def test_an_appraisal_moves_a_probability_to_a_probability(on_paper, appraisal, judged):
    assert 0.0 <= on_paper + moved_by_appraisal(on_paper, appraisal, judged) <= 1.0


# fund and owners' committees ----------------------------------------------------------------------------


def test_a_fund_by_hand():
    assert paid_in(20.0, 13111) == 71841, "20 * 13111 / 365 yuan a day, in fen"
    assert fen(500.0) == 50_000
    assert [may_spend(*a) for a in ((1, False, 0), (0, True, 1), (0, True, 0), (0, False, 1))] == [
        True, True, False, False,
    ]  # fmt: skip
    assert weight_of_residents(0.3, 0.8, 0.5) == pytest.approx(0.4)
    assert weight_of_residents(0.3, 1.0, 0.0) == 0.3
    assert days_shown(9, 9) == 1
    assert score(0.25, 30, 120, 5, 10) == pytest.approx(0.0625 + 0.375)
    assert score(1.0, 0, 0, 5, 10) == score(0.0, 30, 120, 0, 0) == 0.0
    assert calls_for_works(0.5, 3, 4) == 5.0
    assert calls_for_works(0.0, 0, 4) == 0.0
    assert meeting_minutes(0.5, 4, 1.5) == 180


def test_small_works_saturate():
    assert prevented_by_works(0.5, 0.0) == 0.0
    assert prevented_by_works(0.5, log(2.0)) == pytest.approx(0.25)
    steps = [prevented_by_works(0.5, n + 1) - prevented_by_works(0.5, n) for n in range(5)]
    assert steps == sorted(steps, reverse=True)
    assert prevented_by_works(0.5, 100.0) == pytest.approx(0.5)


def test_a_committee_by_hand():
    assert [has_committee(rank, 0.5) for rank in (0.25, 0.5, 0.75)] == [True, True, False]
    assert initiative_wanted(0, 50, 0.0) == 0.0
    assert initiative_wanted(5, 50, 0.0) == pytest.approx(0.5), "a tenth of an act an adult: half"
    assert initiative_wanted(5, 50, 0.4) == pytest.approx(0.3)
    assert initiative_wanted(500, 50, 1.0) == 0.0, "what others see to, nobody presses for"
    assert initiative_next_month(0.5, 0.1, 0.25) == pytest.approx(0.4)
    assert pressed_by_committees(0.2, 0.5) == pytest.approx(0.1)


# volunteers ---------------------------------------------------------------------------------------------


def test_volunteers_join_and_lapse():
    assert registers(0.2, 0.19)
    assert not registers(0.2, 0.21)
    assert not may_lapse(400, 100, 0, 365), "acted 300 days ago"
    assert not may_lapse(400, -30_000, 50, 365), "registered 350 days ago"
    assert may_lapse(400, 30, 0, 365)
    monthly = 1 - (1 - 1 / 365) ** 30
    assert lapses(1 / 365, monthly - 1e-9)
    assert not lapses(1 / 365, monthly + 1e-9)


# emergency ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a_round", "rounds", "is_done", "expected"),
    [
        (NO_ROUND, 3, False, 1),  # it begins
        (1, 3, False, 1),
        (1, 3, True, 2),
        (3, 3, True, 4),  # behind the last
        (4, 3, True, 4),
        (2, 0, False, NO_ROUND),  # ordinary times again
    ],
)
def test_a_round_goes_on_until_it_is_done(a_round, rounds, is_done, expected):
    assert round_of_today(a_round, rounds, is_done) == expected


@pytest.mark.parametrize(
    ("a_round", "is_done", "expected"),
    [(2, True, False), (3, False, False), (3, True, True), (4, False, True)],
)
def test_an_emergency_is_finished_when_its_last_round_is(a_round, is_done, expected):
    assert is_finished(a_round, 3, is_done) == expected
    assert not is_finished(a_round, 0, is_done)


def test_staff_goes_to_doors_first_and_nobody_without_use():
    assert who_visits(100, 10, 4, 3, 9, 100) == (4, 6, 6)  # six more are enough
    assert who_visits(100, 10, 4, 1, 2, 100) == (4, 3, 3)  # no more have come
    assert who_visits(100, 10, 4, 3, 9, 5) == (4, 6, 5)  # one whom nobody coordinates
    assert who_visits(25, 10, 4, 3, 9, 100) == (3, 0, 0)  # staff alone is enough


def test_an_emergency_is_under_way_from_the_first_round_to_the_last():
    assert [is_under_way(a_round, 3) for a_round in (NO_ROUND, 1, 3, 4)] == [False, True, True, False]
    assert not is_under_way(1, 0)


def test_a_household_is_reached_once_a_round():
    """Stamped with the day after it: a visit on the first day of a round counts for it, and none before."""
    assert [is_reached(stamp, 7) for stamp in (0, 7, 8, 9)] == [False, False, True, True]


def test_a_round_is_done_with_enough_households():
    assert [is_round_done(waiting, 200, 0.95) for waiting in (0, 10, 11)] == [True, True, False]
    assert not is_round_done(1, 200, 1.0)


def test_what_speaks_for_turning_out_by_hand():
    assert appeal_of_turning_out(-3.0, 1.5, 0.7, True) == pytest.approx(-0.8)
    assert appeal_of_turning_out(-3.0, 1.5, 0.7, False) == pytest.approx(-1.5)


def test_visitors_and_doors_by_hand():
    """4 h at ten minutes a door are 24 doors; 25 tries take two visitors; 9 of 500 people, half of them."""
    assert doors_a_day(4.0, 1 / 6) == 24
    assert [visitors_for(tries, 24) for tries in (0, 1, 24, 25)] == [0, 1, 1, 2]
    assert [staff_of(500, 18.0, effort) for effort in (0.0, 0.5, 1.0)] == [0, 5, 9]
    assert urgent_minutes(0.2) == 96
    assert [members_who_come(5, 9, share) for share in (0.0, 0.5, 1.0)] == [5, 10, 14]


def test_coordination_takes_all_of_a_worker_who_leads_a_whole_span():
    most = most_coordinated(20, 3)
    assert most == 60
    assert [coordination_minutes(1152, sent, most) for sent in (0, 15, 60)] == [0, 288, 1152]


def test_a_word_is_kept_or_broken_once():
    """Eleven days from day 5 on end with day 15."""
    assert [kept_its_word(day, 5, 11, True) for day in (5, 15, 16)] == [1, 1, NOT_TODAY]
    assert [kept_its_word(day, 5, 11, False) for day in (14, 15, 16)] == [NOT_TODAY, 0, NOT_TODAY]
