"""What holds for any valid parameters and policies: ranges, and that nothing is lost or made of nothing."""

import dataclasses
import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.agents import traits
from linli.agents.chance import draws, normal, patience, pick, poisson, wait, whole
from linli.agents.rules.asking import ask_level, stamp
from linli.agents.rules.bout import bout_minutes, minutes_spent, usefulness, work_done
from linli.agents.rules.fatigue import left_after
from linli.agents.rules.fund import fen
from linli.agents.rules.learning import (
    discouraged,
    efficacy_after,
    efficacy_at_home,
    encouraged,
    quanta,
    trust_after,
)
from linli.agents.rules.matching import (
    ABSENT,
    MATCHED,
    fit,
    presence_minutes,
    session_ask_minutes,
    session_minutes,
)
from linli.agents.rules.occasion import factor_of_day, highest_rate, is_real, occasion_rate
from linli.agents.rules.participation import (
    active_share,
    probability,
    share_from_beat,
    share_from_made_ties,
    takes_part,
)
from linli.agents.rules.property_service import effort_after, pays, satisfaction_after, supply_minutes
from linli.agents.rules.resolution import hours_of_work, quality_of_work, success
from linli.agents.rules.voice import is_voiced, speaks_up
from linli.agents.rules.work_time import WORKDAY, division_of_day, is_workday
from linli.model.community import Community
from linli.model.measures import MEASURES
from linli.model.measures.record import COLUMNS
from linli.model.parameters import parameters, table
from linli.model.place import Place
from linli.model.policies import POLICIES, from_table
from linli.model.scenario import Scenario

share = st.floats(0, 1)
uniform = st.floats(1e-9, 1 - 1e-9)
positive = st.floats(0, 50)
utility = st.floats(-60, 60)


# chance -------------------------------------------------------------------------------------------------


@given(uniform, st.integers(1, 10**6))
def test_pick_is_an_index(u, n):
    assert 0 <= pick(u, n) < n


@given(st.floats(0, 400), uniform, uniform)
def test_poisson_is_a_count_that_grows_with_the_draw(mean, u, v):
    low, high = sorted((u, v))
    assert 0 <= poisson(mean, low) <= poisson(mean, high)
    assert poisson(0.0, u) == 0


@given(st.floats(0, 1), uniform)
def test_wait_is_at_least_a_day(rate, u):
    assert 1 <= wait(patience(rate), u) <= 1_000_000_000


@given(st.floats(0, 1000), uniform)
def test_whole_rounds_to_a_neighbour(amount, u):
    assert math.floor(amount) <= whole(amount, u) <= math.ceil(amount)


@given(
    st.integers(0, 2**63 - 1),
    st.integers(0, 2**40),
    st.integers(0, 100_000),
    st.integers(1, 60),
    st.integers(0, 2**24 - 1),
)
def test_draws_are_open_uniforms(seed, entity, day, decision, k):
    drawn = draws(seed, entity, day, decision, k)
    assert all(0 < u < 1 for u in drawn)
    assert math.isfinite(normal(drawn[0], drawn[1]))


# rules --------------------------------------------------------------------------------------------------


@given(utility, uniform)
def test_taking_part_agrees_with_its_probability(appeal, u):
    p = probability(appeal)
    assert 0 <= p <= 1
    if abs(u - p) > 1e-9:
        assert takes_part(appeal, u) == (u < p)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.floats(1, 5))
def test_active_share_is_a_share_that_grows_with_who_is_active(active, serving, quiet, w_P):
    ties = active + serving + quiet
    now = active_share(active, serving, ties, w_P)
    assert 0 <= now <= 1 + 1e-12
    if quiet:
        assert active_share(active + 1, serving, ties, w_P) >= now
        assert active_share(active, serving + 1, ties, w_P) >= now - 1e-12


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.floats(1, 5), share, st.integers(0, 12))
def test_members_on_the_beat_add_to_the_share_and_never_beyond_one(active, serving, quiet, w_P, seen, beat):
    ties = active + serving + quiet
    added = share_from_beat(active, serving, ties, w_P, seen, beat)
    assert added >= -1e-12
    assert active_share(active, serving, ties, w_P) + added <= 1 + 1e-12
    assert share_from_beat(active, serving, ties, w_P, seen, beat + 1) >= added - 1e-12


counts = st.integers(0, 4)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.floats(1, 5), counts, counts, counts)
def test_acquaintances_keep_the_share_a_share(active, serving, quiet, w_P, made_active, made_serving, idle):
    ties, made = active + serving + quiet, made_active + made_serving + idle
    added = share_from_made_ties(active, serving, ties, w_P, made_active, made_serving, made)
    assert -1e-12 <= active_share(active, serving, ties, w_P) + added <= 1 + 1e-12
    more = share_from_made_ties(active, serving, ties, w_P, made_active + 1, made_serving, made + 1)
    assert more >= added - 1e-12, "somebody active more is never less of an example"


@given(
    st.floats(0.01, 0.2), share, share, share, st.integers(0, 200), st.floats(0.1, 100), st.integers(0, 6),
    st.booleans(), st.floats(0.2, 3),
)  # fmt: skip
def test_no_policy_need_or_day_lifts_the_rate_above_the_highest(
    lambda0, extra, council, mu, need, n_bar, day, works, weekend
):
    factor = factor_of_day(day, works, weekend)
    rate = occasion_rate(lambda0, extra, council, mu, need, n_bar, factor)
    highest = highest_rate(lambda0, extra, mu, weekend)
    assert 0 <= rate <= highest * (1 + 1e-12) <= 1 + 1e-12
    assert not is_real(0.0, highest, 0.5)


@given(st.floats(-3, 3), st.floats(0, 3), st.floats(0, 3), share, st.integers(1, 500))
def test_voice_is_a_probability_that_dissatisfaction_lifts(theta_v, cost, g, satisfaction, n):
    alone = speaks_up(theta_v, cost, g, satisfaction)
    assert 0 <= alone <= 1
    assert speaks_up(theta_v, cost, g, 0.0) >= alone >= speaks_up(theta_v, cost, g, 1.0)
    together = is_voiced(alone, n)
    assert alone - 1e-12 <= together <= 1
    assert is_voiced(alone, n + 2) <= is_voiced(alone, 2) + 1e-12, (
        "the more there are, the more each one waits"
    )


@given(share, share, share, share, share, share)
def test_success_is_a_probability(s0, s1, effort, x0, s2, quality):
    assert 0 <= success(s0, s1, effort, x0, s2, quality) <= 1


@given(st.integers(0, 10**6), st.integers(0, 10**4))
def test_quality_is_a_share(minutes, more):
    quality_minutes = min(minutes * 1000, minutes * 600 + more)
    assert 0 <= quality_of_work(quality_minutes, minutes) <= 1


@given(share, st.integers(0, 1), share, st.floats(0, 2), share)
def test_states_stay_between_zero_and_one(state, outcome, rate, xi, other):
    learnt = (
        efficacy_after(state, outcome, rate, xi, other),
        encouraged(state, rate),
        discouraged(state, rate),
        efficacy_at_home(state, 0.5, left_after(rate, 30)),
        trust_after(state, outcome, rate),
        satisfaction_after(state, other, rate),
    )
    assert all(-1e-12 <= value <= 1 + 1e-12 for value in learnt)
    assert 0 <= quanta(state) <= 2**30
    # experience never moves a state past what was experienced
    assert min(state, outcome) - 1e-12 <= learnt[0] <= max(state, outcome) + 1e-12


@given(share, st.integers(0, 400), st.integers(0, 400))
def test_what_fades_only_fades(rate, days, more):
    assert 0 <= left_after(rate, days + more) <= left_after(rate, days) <= 1


@given(share, share, share, st.floats(0, 3), share, share, st.floats(0, 12), share)
def test_effort_and_fees_are_shares(effort, x0, eta_x, b1, b2, paid, pi, control):
    for b3, by_others in ((0.0, 1.0), (control, paid)):
        assert 0 <= effort_after(effort, x0, eta_x, b1, b2, paid, pi, control, b3, by_others, by_others) <= 1
    assert 0 <= pays(pi, effort) <= 1
    assert 0 <= supply_minutes(24.0, effort) <= 24 * 60


@given(st.booleans(), st.booleans(), st.booleans(), share, share)
def test_fit_is_in_permille_and_agreement_never_lowers_it(skill, time, wish, other_skill, other_wish):
    q = fit(skill, time, wish, other_skill, other_wish)
    assert 0 <= q <= 1000
    assert fit(True, True, True, other_skill, other_wish) == 1000
    assert fit(skill, True, wish, other_skill, other_wish) >= q


@given(st.floats(0, 40), st.integers(0, 1000), share, share)
def test_a_session_is_split_and_never_stretched(hours, q, accountability, asking):
    effective = session_minutes(hours, q)
    promised = int(hours * 60 + 0.5)
    assert 0 <= session_ask_minutes(effective, asking) <= effective <= promised
    assert 0 <= presence_minutes(hours, q, accountability) <= promised - effective


@given(st.floats(0.5, 0.9), share, share, share, share)
def test_a_workers_day_has_eight_hours(a0, relief, rho, s_match, s_ask):
    parts = division_of_day(a0, relief, rho, s_match, s_ask)
    assert all(part >= 0 for part in parts)
    assert sum(parts) == WORKDAY


@given(st.integers(0, 100_000))
def test_five_days_of_seven_are_workdays(day):
    assert sum(is_workday(day + n) for n in range(7)) == 5


pool = st.integers(0, 2000)
need = st.integers(0, 200_000)
percent = st.integers(0, 100)


@given(pool, need, percent)
def test_work_is_never_overspent_nor_overdone(minutes, due, useful):
    spent = minutes_spent(minutes, due, useful)
    done = work_done(due, spent, useful)
    assert 0 <= spent <= minutes
    assert 0 <= done <= due
    assert done <= spent * useful
    if useful and spent < minutes:
        assert done == due, "minutes are kept back only when nothing is left to do"
        assert (spent - 1) * useful < due, "and not one minute too many is spent"


@given(pool, pool, need, percent)
def test_two_pools_do_what_one_pool_of_both_does(one, other, due, useful):
    def work(due, minutes):
        spent = minutes_spent(minutes, due, useful)
        return due - work_done(due, spent, useful), spent

    left, first = work(due, one)
    left, second = work(left, other)
    assert (left, first + second) == work(due, one + other)


@given(percent, st.booleans(), share)
def test_usefulness_is_a_percentage_that_skill_never_lowers(useful, skilled, factor):
    assert 0 <= usefulness(useful, skilled, factor) <= usefulness(useful, True, factor) <= 100


@given(st.floats(0.5, 4), st.floats(0, 1.2), uniform, uniform, st.integers(0, 1500))
def test_a_bout_fits_into_free_time(median, spread, u1, u2, free):
    assert 0 <= bout_minutes(median, spread, u1, u2, free) <= free


@given(st.floats(0.25, 10), uniform)
def test_every_matter_needs_some_work(mean, u):
    assert hours_of_work(mean, u) >= 1


@given(st.integers(0, 30_000), st.integers(0, 30_000), st.integers(0, 2), st.integers(0, 2))
def test_the_strongest_ask_of_the_newest_day_wins(day, later, level, other):
    heard = max(stamp(day, level), stamp(day, other))
    assert ask_level(heard, day) == max(level, other)
    if later > day:
        assert ask_level(heard, later) == 0


# worlds -------------------------------------------------------------------------------------------------

DAYS = 35


@st.composite
def places(draw):
    households = draw(st.integers(40, 90))
    compounds = draw(st.integers(2, 3))
    planned = draw(st.integers(0, compounds))
    managed_compounds = draw(st.integers(0, compounds))
    members = draw(st.integers(0, 8))
    return Place(
        residents=households + draw(st.integers(0, 70)),
        households=households,
        planned_compounds=planned,
        mixed_compounds=compounds - planned,
        grids=draw(st.integers(1, compounds)),
        workers=draw(st.integers(1, 3)),
        managed_members=members,
        serving_members=draw(st.integers(0, min(members, 2))),
        sunk_members=draw(st.integers(0, 8)),
        volunteers=draw(st.integers(0, 30)),
        firms=draw(st.integers(1, managed_compounds)) if managed_compounds else 0,
        managed_compounds=managed_compounds,
        organisations=draw(st.integers(0, 6)),
        households_per_building=draw(st.integers(4, 30)),
        owners=draw(share),
    )


AT_LEAST = {"posts": 4}
"""Two compounds then have room for the members of any of these places and policies."""


def values_of(about):
    low = max(about.low, AT_LEAST.get(about.name, about.low))
    return st.integers(int(low), int(about.high)) if about.whole else st.floats(low, about.high)


any_parameters = st.fixed_dictionaries(
    {}, optional={name: values_of(about) for name, about in table().items()}
)


def options_of(field, policy):
    about = field.metadata
    if "choices" in about:
        return st.sampled_from(list(about["choices"]))
    high = {"headcount": 8, "per1000": 50, "start": DAYS, "ramp": DAYS}.get(field.name, about["high"])
    return st.integers(int(about["low"]), int(high)) if about["whole"] else st.floats(about["low"], high)


@st.composite
def any_policy(draw):
    name = draw(st.sampled_from(sorted(POLICIES)))
    fields = {f.name: f for f in dataclasses.fields(POLICIES[name])}
    head = draw(st.sampled_from(["headcount", "per1000"])) if name == "sink" else None
    for other in {"headcount", "per1000", "end"} - {head}:
        fields.pop(other, None)
    chosen = {key for key in fields if key == head or draw(st.booleans())}
    options = {key: draw(options_of(fields[key], name)) for key in sorted(chosen)}
    if draw(st.booleans()):
        options["end"] = options.get("start", 0) + draw(st.integers(1, DAYS))
    return from_table({"name": name, **options})


@st.composite
def worlds(draw):
    return Community(
        Scenario(
            name="any",
            place=draw(places()),
            parameters=parameters(draw(any_parameters)),
            policies=tuple(draw(st.lists(any_policy(), max_size=4))),
            burn_in=5,
            days=DAYS - 5,
            seed=draw(st.integers(0, 2**63 - 1)),
        )
    )


def check_members(community):
    today = community.today
    listed = today.members_absent + today.members_idle + today.members_matched + today.members_decoupled
    assert listed == len(community.members)
    sunk = community.members[community.place.managed_members :]
    assert sum(m.status != ABSENT for m in sunk) == community.levers.sunk
    serving = [m for m in community.members if m.status == MATCHED]
    held = [m.post for m in serving]
    assert len(set(held)) == len(held), "a post is held once"
    assert sorted(held) == [post for post, free in enumerate(community.posts.free) if not free]
    assert community.posts.open == sum(community.posts.free)
    assert all(m.post == -1 and m.q == 0 for m in community.members if m.status != MATCHED)
    homes = [m.home.number for m in serving if m.home is not None]
    assert sorted(homes) == [r.number for r in community.residents if r.serving]
    hosts = [m.home for m in community.members if m.home is not None]
    assert len(set(hosts)) == len(hosts), "nobody is two members"


def in_sight(community, compound):
    """Matters of a compound that are not dead, or all of them where these are seen too."""
    all_seen = community.parameters.sees_dead
    return [m for m in compound.matters if all_seen or m.need > 0 or m.minutes > 0]


def check_matters(community):
    rows = np.array(community.records)
    total = dict(zip(COLUMNS, rows.sum(axis=0).tolist(), strict=True))
    ended = ("resolved", "resolved_unreported", "closed_on_paper", "lapsed", "lapsed_unreported")
    today = community.today
    assert total["arisen"] == sum(total[name] for name in ended) + today.open_latent + today.open_reported
    assert (
        total["reported"]
        == total["resolved"] + total["closed_on_paper"] + total["lapsed"] + today.open_reported
    )
    assert total["resolved"] == int(sum(d.sum() for d in community.durations))
    for building in community.buildings:
        own = [
            m for m in in_sight(community, building.compound) if m.building is building and not m.is_shared
        ]
        assert building.open_matters == len(own)
    for compound in community.compounds:
        assert compound.open_shared == sum(m.is_shared for m in in_sight(community, compound))
    assert all(0 <= m.need <= m.work for m in community.queue)
    limit = community.levers.deadline
    assert all(community.day - m.reported <= max(limit, 120) for m in community.queue if m.reported >= 0)


def check_hours(community):
    today, workers = community.today, community.place.workers
    parts = ("office_minutes", "report_minutes", "match_minutes", "ask_minutes", "worker_matter_minutes")
    works = is_workday(today.day) or community.emergency.is_under_way
    expected = WORKDAY * workers if works else 0
    more = ("outreach_minutes", "emergency_worker_minutes")
    assert sum(getattr(today, part) for part in (*parts, *more)) == expected
    assert community.hours.minutes.sum() == sum(r.minutes_year for r in community.adults)
    assert community.hours.people.sum() == len(community.adults)
    acts = today.acts_asked + today.acts_spontaneous
    assert acts <= today.occasions <= len(community.adults)
    assert today.meetings <= acts
    assert today.meeting_minutes == today.meetings * community.meeting_minutes


def check_fund(community):
    """What came in was spent at its price, or is there; no committee without an owner of its compound."""
    total = dict(zip(COLUMNS, np.array(community.records).sum(axis=0).tolist(), strict=True))
    p = community.parameters
    works = total["matters_funded"] * fen(p.fund_matter) + total["small_works"] * fen(p.small_work)
    assert total["fund_spent_fen"] == works
    assert community.fund.balance == community.today.fund_fen == total["fund_paid_fen"] - works
    for compound in community.compounds:
        assert (compound.committee is not None) == (compound.rank <= community.levers.committees)
        assert compound.committee is None or 0.0 <= compound.committee.initiative <= 1.0
        assert min(compound.works) >= 0.0


def check_ranges(community):
    for kind, columns in traits.AGENTS.items():
        state = community.columns(kind)
        for trait in columns:
            column = state[trait.name]
            if len(column):
                low, high = float(column.min()), float(column.max())
                assert trait.low <= low <= high <= trait.high, f"{kind}.{trait.name}: {low} .. {high}"


def check_measures(community):
    assert all(number >= 0 for row in community.records for number in row)
    for name, value in community.measures().items():
        unit = MEASURES[name].unit
        if unit.startswith("share") or unit == "0 to 1":
            assert math.isnan(value) or 0 <= value <= 1, f"{name} = {value}"
        elif unit == "difference of shares":
            assert math.isnan(value) or -1 <= value <= 1, f"{name} = {value}"
        else:
            assert math.isnan(value) or value >= 0, f"{name} = {value}"


@settings(max_examples=200)
@given(worlds())
def test_any_world_keeps_its_books(community):
    while community.day < DAYS:
        community.step()
        check_members(community)
        check_matters(community)
        check_hours(community)
        check_fund(community)
    check_ranges(community)
    check_measures(community)


@settings(max_examples=15)
@given(worlds(), st.randoms(use_true_random=False))
def test_any_world_is_the_same_in_any_order(community, chance):
    shuffled = Community(community.settings, order=lambda agents: chance.sample(agents, len(agents)))
    assert community.run().records == shuffled.run().records
