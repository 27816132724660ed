"""The two engines agree to the last bit (docking, Axtell et al. 1996): every state, every record."""

import dataclasses
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.model.city import City
from linli.model.community import Community
from linli.model.graphs import network_from
from linli.model.measures import MEASURES
from linli.model.place import Place
from linli.model.policies import POLICIES, policies_from
from linli.model.policies.ask import STRATEGIES
from linli.model.policies.match import METHODS
from linli.model.scenario import Scenario, load
from linli.model.theory import theory_world

STACK = (
    "match; council:start=5,ramp=10; platform:start=20,ramp=10,end=50; property:start=10;"
    "relieve:share=.6,end=70; sink:headcount=48,start=10,ramp=20,end=60,accountability=.5;"
    "ask:strategy=grandchildren,start=15; drive:share=.25,start=25,end=45;"
    "reward:points=20,allowance=100,start=5,ramp=10,end=50;"
    "contest:every=1,share=.8,start=5,ramp=40,end=75; teach:share=.6,start=15,end=50;"
    "council:decides=.7,start=30; appraise:by=record,start=40,end=65;"
    "fund:yuan=400,democratic=.4,start=8,end=85; committees:start=3,ramp=50;"
    "branch:size=5,start=4,ramp=40,end=80; units:keep=.8,start=6,ramp=30,end=82;"
    "emergency:start=22,days=4,end=30; emergency:start=33,rounds=9,complete=.9,end=48"
)

MATTERS = {
    "sees_dead": 0, "discover": 0.6, "sigma_v": 1, "owner_v": 1, "beta_v": 0.3, "dilemma_of_building": 1,
    "prevent_service": 1, "b3": 0.8, "needs_money": 1, "needs_department": 0.7,
}  # fmt: skip
"""Every mechanism of matters that is off by default, switched on."""

EVERYTHING = {
    "seen": 0.5, "chi": 0.7, "b_h": 1, "eta_h": 0.2, "delta_h": 0.01, "R": 3, "rest_motive": 0.5,
    "weekend": 1.4, "bond": 0.4, "bond_lasts": 40, **MATTERS,
}  # fmt: skip
"""What is off by default, switched on."""


_LANE = load("lane")
SERVED = _LANE.but(place=dataclasses.replace(_LANE.place, organisations=7))
DEPARTMENTS = _LANE.but(place=dataclasses.replace(_LANE.place, department_hours=9))


def shuffled(agents):
    return random.Random(len(agents)).sample(agents, len(agents))


@pytest.fixture(scope="module")
def dock(same_records, same_states):
    """Runs both engines, looks at every state on some mornings, and at every record at the end."""

    def run(scenario, every=30, **options):
        objects, tables = Community(scenario, order=shuffled, **options), City(scenario, **options)
        end = objects.settings.burn_in + objects.settings.days
        for day in [*range(0, end, every), end]:
            same_states(objects.run_to(day), tables.run_to(day))
        same_records(objects, tables)

    return run


@pytest.mark.parametrize("policies", ["", *(f"{name}" for name in POLICIES if name != "sink"), STACK])
def test_each_policy_and_a_stack_of_all(dock, policies):
    dock("lane", policies=policies)


@pytest.mark.parametrize(
    "given", [{}, {"org_hours": 2, "eta_k": 0.9, "eta_i": 0.9, "own_hours": 40, **EVERYTHING}]
)
def test_social_organisations(dock, given):
    """Bought of for a while, ended, and founded anew, beside whatever else acts."""
    services = "social:yuan=200,price=20,mobilise=.6,start=5,end=25; social:yuan=60,start=45,ramp=20"
    dock(SERVED, every=7, policies=f"{STACK}; {services}", arrivals=5, theta_mean=-5, peer_ask=0.1, **given)


@pytest.mark.parametrize(
    "given",
    [
        {"span": 1, "r_door": 0.3, "door_tries": 1, "rally": 4, "moves": 1, "delta_M": 0.05},
        {"span": 3, "visit_hours": 0.5, "c_door": 0.4, "staff": 100, "urgent": 1, "rally": -6},
        {"span": 200, "r_door": 1, "door_tries": 10, "rally": 6, "theta_mean": -4, "rho_v": 1, **EVERYTHING},
    ],
)
def test_emergencies(dock, given):
    """One that is finished, one that is not, and one that begins anew."""
    text = "emergency:rounds=2,start=5,end=35; emergency:rounds=20,days=9,complete=.8,start=35"
    dock("lane", every=7, policies=f"{text}; match; sink:headcount=48,start=6", **given)


@pytest.mark.parametrize(
    "given",
    [
        {"bounce": 0.8, "handover_days": 1, "department_work": 0.5, "arrivals": 6},
        {"bounce": 0.2, "handover_days": 2, "department_work": 8, "arrivals": 6, "nu": 0.2, **EVERYTHING},
        {"deadline": 4, "needs_department": 1, "sees_dead": 1, "hindered": 0, "nu": 0, "arrivals": 5},
    ],
)
def test_departments(dock, given):
    """Beside all that acts: joint action for a while, and a platform that routes."""
    text = "joint:start=10,ramp=20,end=60; platform:routing=.8,start=35,end=75"
    dock(DEPARTMENTS, every=7, policies=f"{STACK}; {text}", **given)
    dock(DEPARTMENTS, every=45, policies="", **given)


@pytest.mark.parametrize("method", METHODS)
def test_each_method_of_matching(dock, method):
    dock("lane", policies=f"match:method={method}; sink:headcount=40,start=3", c_m=0.2)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_each_strategy_of_asking(dock, strategy):
    dock("lane", policies=f"ask:strategy={strategy}", s_ask=1.0, s_match=0.0)


@pytest.mark.parametrize(
    "stress",
    [
        {"arrivals": 10, "deadline": 2, "patience": 1, "s0": 0.05, "nu": 1},
        {"arrivals": 10, "s0": 0.1, "nu": 0.5, "mu": 1, **MATTERS},
        {"peer_ask": 0.2, "c_ask": 0.05, "call_every": 7, "c_call": 0.01, "R": 0},
        {"call_every": 7, "c_call": 0.5, "unanswered": 0.3, "rho_v": 1},
        {"moves": 1, "rho_v": 1, "lapse_after": 30, "delta_V": 0.05, "sunk_at_home": 1},
        {"lambda0": 0.2, "mu": 1, "theta_mean": -4, "W": 1, "J": 6, "bout_median": 4},
        {"b1": 3, "pi": 12, "eta_x": 1, "firm_h": 24, "homophily": 1, "ties_building": 40},
        EVERYTHING,
        {**EVERYTHING, "R": 0, "weekend": 3, "b_h": 2, "eta_h": 1, "delta_h": 0.1, "moves": 1, "posts": 40},
        {
            **EVERYTHING,
            "R": 20,
            "weekend": 0.2,
            "rest_motive": 1,
            "seen": 1,
            "chi": 2,
            "c_m": 0.1,
        },
        {
            **{"bond": 0.5, "bond_lasts": 30, "lambda0": 0.2, "theta_mean": -4, "R": 0, "moves": 1},
            **{"peer_ask": 0.2, "w_P": 5, "mu_m": 0.3, "arrivals": 6, "sunk_at_home": 1, "J": 6},
        },
        {"delta_I": 1 / 30, "delta_R": 0.05, "delta_M": 0.05, "delta_q": 0.05, "c_m": 0.1, "W": 365},
        {"learn_at_end": 1, "expects": 0.8, "eta_b": 0.4, "thanked": 0.6, "eta_e": 0.5, "nu": 1},
    ],
)
def test_under_stress(dock, stress):
    dock("lane", policies=STACK, rng=7, **stress)


@pytest.mark.parametrize("policies", ["", *(f"{name}:start=5" for name in POLICIES if name != "sink"), STACK])
def test_a_large_community(dock, policies):
    """Thirteen thousand residents, past the end of a month."""
    donghu = load("donghu").but(days=20, burn_in=15)
    dock(donghu, every=35, policies=policies.replace("headcount=48", "headcount=510"))


@pytest.mark.parametrize("communities", [1, 3])
def test_two_residents(dock, communities):
    """The smallest community there can be, with matters that collide every day; by itself and in a city."""
    tiny = Place(
        residents=2 * communities,
        households=2 * communities,
        planned_compounds=0,
        mixed_compounds=communities,
        grids=communities,
        workers=communities,
        managed_members=communities,
        serving_members=0,
        sunk_members=0,
        volunteers=communities,
        firms=communities,
        managed_compounds=communities,
        communities=communities,
    )
    scenario = Scenario(name="tiny", place=tiny, days=70)
    for number in range(communities):
        dock(scenario, every=1, number=number, policies="match; council", arrivals=10, deadline=3, R=0)


def test_colliding_messages(dock):
    """Callers, workers, members and neighbours ask the same few people on the same day."""
    few = Place(
        residents=12,
        households=5,
        planned_compounds=0,
        mixed_compounds=2,
        grids=2,
        workers=4,
        managed_members=4,
        serving_members=2,
        sunk_members=3,
        volunteers=5,
        firms=1,
        managed_compounds=1,
    )
    scenario = Scenario(name="crowded", place=few, days=60, policies=tuple(policies_from("match")))
    asks = {"call_every": 7, "c_call": 0.01, "c_ask": 0.05, "peer_ask": 0.2, "member_asks": 1, "R": 0}
    dock(scenario, every=1, s_ask=1, s_match=0, c_m=0.1, **asks)
    measured = City(scenario, s_ask=1, s_match=0, c_m=0.1, **asks).run().measures()
    assert measured["asks"] > 2 * 1000, "everybody is asked several times a day"


def test_another_number_is_the_same_other_community(dock):
    dock("lane", number=77, policies=STACK)


def places():
    """Small places of every shape."""

    def place(households, extra, compounds, grids, workers, managed, sunk, firms, size, units):
        compounds = min(compounds, households)
        return Place(
            residents=households + extra,
            households=households,
            planned_compounds=compounds // 2,
            mixed_compounds=compounds - compounds // 2,
            grids=min(grids, compounds),
            workers=workers,
            managed_members=min(managed, households),
            serving_members=min(managed, households) // 3,
            sunk_members=sunk,
            volunteers=households // 4,
            firms=min(firms, compounds),
            managed_compounds=min(firms, compounds),
            households_per_building=size,
            organisations=managed,
            units=units,
            linked_units=units // 3,
            department_hours=units,
        )

    count = st.integers
    return st.builds(
        place, count(2, 60), count(0, 90), count(1, 5), count(1, 3), count(1, 4), count(0, 9), count(0, 12),
        count(0, 3), count(1, 30), count(0, 9),
    )  # fmt: skip


def policies():
    """Any stack of up to four policies."""
    days = st.integers(0, 45)
    options = {
        "match": st.sampled_from([f"method={method}" for method in METHODS]),
        "ask": st.sampled_from([f"strategy={strategy}" for strategy in STRATEGIES]),
        "sink": st.integers(0, 12).map(lambda n: f"headcount={n}"),
        "platform": st.builds(
            lambda n, x: f"deadline={n},routing={x!r}", st.integers(1, 30), st.floats(0, 1)
        ),
        "joint": st.floats(0, 1).map(lambda x: f"coordination={x!r}"),
        "relieve": st.floats(0, 1).map(lambda x: f"share={x!r}"),
        "council": st.builds(
            lambda x, y: f"power={x!r},decides={y!r}", st.floats(0, 1), st.sampled_from([0.0, 0.5, 1.0])
        ),
        "property": st.floats(0, 1).map(lambda x: f"share={x!r}"),
        "drive": st.floats(0, 1).map(lambda x: f"share={x!r}"),
        "social": st.floats(0, 1).map(lambda x: f"yuan=200,price=10,mobilise={x!r}"),
        "reward": st.floats(0, 100).map(lambda x: f"points={x!r},allowance={20 * x!r}"),
        "contest": st.integers(1, 4).map(lambda n: f"every={n // 2 + 1},best={n / 4!r},share={1 / n!r}"),
        "teach": st.floats(0, 1).map(lambda x: f"share={x!r}"),
        "appraise": st.builds(
            lambda by, x: f"by={by},weight={x!r}", st.sampled_from(["residents", "record"]), st.floats(0, 1)
        ),
        "fund": st.builds(
            lambda yuan, x, account: f"yuan={yuan},democratic={x!r},account={account}",
            st.integers(0, 1000),
            st.floats(0, 1),
            st.integers(0, 1),
        ),
        "committees": st.builds(
            lambda x, account: f"share={x!r},account={account}", st.floats(0, 1), st.integers(0, 1)
        ),
        "branch": st.builds(lambda x, size: f"share={x!r},size={size}", st.floats(0, 1), st.integers(1, 9)),
        "units": st.builds(lambda x, y: f"share={x!r},keep={y!r}", st.floats(0, 1), st.floats(0, 1)),
        "emergency": st.builds(
            lambda n, days, x: f"rounds={n},days={days},complete={x!r}",
            st.integers(1, 5),
            st.integers(1, 20),
            st.floats(0.1, 1),
        ),
    }
    assert set(options) == set(POLICIES)

    def timed(name, option, start, length, ramp):
        return f"{name}:{option},start={start},end={start + 1 + length},ramp={ramp}"

    one = st.sampled_from(sorted(options)).flatmap(
        lambda name: st.builds(timed, st.just(name), options[name], days, days, st.integers(0, 20))
    )
    return st.lists(one, max_size=4).map("; ".join)


@settings(max_examples=40)
@given(places(), policies(), st.integers(0, 2**62), st.sampled_from([0, 5]))
def test_any_place_and_any_stack(dock, place, stack, seed, burn_in):
    scenario = Scenario(name="any", place=place, days=45, burn_in=burn_in, seed=seed)
    dock(scenario, every=1, policies=stack, arrivals=5, **EVERYTHING)


def test_a_branch_docks(same_records, same_states):
    objects, tables = Community("lane"), City("lane")
    objects.run_to(60)
    tables.run_to(60)
    mine, other = objects.branch(STACK).run(), tables.branch(STACK).run()
    same_records(mine, other)
    same_states(mine, other)


@pytest.mark.parametrize("days_per_pass", [1, 7, 1000])
def test_days_in_a_pass_change_nothing(days_per_pass):
    once, again = (
        City("lane", policies=STACK).run(),
        City("lane", policies=STACK, days_per_pass=days_per_pass).run(),
    )
    assert np.array_equal(once.rows, again.rows)
    for one, other in zip(once.world, again.world, strict=True):
        assert np.array_equal(one, other)


def test_a_networkx_graph_docks(same_records, same_states):
    graph = nx.watts_strogatz_graph(60, 4, 0.1, seed=3)
    world = theory_world(graph, days=30, lambda0=0.5, theta_mean=-1.0, J=3.0)
    tables = City(world.settings, population=world.people, network=network_from(graph)).run()
    same_records(world.run(), tables)
    same_states(world, tables)


def test_the_daily_table_is_the_same():
    short = load("lane").but(days=20, burn_in=4)
    objects, tables = Community(short), City(short)
    frame, other = objects.run().daily(), tables.run().daily()
    assert frame["measure"].nunique() == len(MEASURES)
    assert frame.equals(other)


@pytest.mark.long
@pytest.mark.parametrize("stack", ["", "match", STACK.replace("headcount=48", "headcount=510")])
def test_a_year_of_donghu_docks(dock, stack):
    dock("donghu", policies=stack)


@pytest.mark.parametrize("mutation", ["rest", "memory", "queue"])
def test_a_small_change_in_one_engine_is_noticed(dock, mutation, monkeypatch):
    """The test that tests the test: an object engine that is slightly off must not dock.

    Changes in loops of the array engine stand in `test_mutants.py`.
    """
    from linli.agents.rules.work_time import minutes
    from linli.model import day
    from linli.model.objects import neighbourhood

    if mutation == "rest":
        monkeypatch.setattr(neighbourhood, "rests_since", lambda today, rest: today - rest + 1)
    elif mutation == "memory":
        monkeypatch.setattr(neighbourhood, "active_since", lambda today, window: today - window + 1)
    else:
        monkeypatch.setattr(day, "hours_of_work", lambda mean, u: minutes(mean))
    with pytest.raises(AssertionError):
        dock("lane", policies=STACK, R=14, rest_motive=0.0)
