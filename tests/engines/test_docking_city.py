"""A city docks: each of its communities is, to the last bit, the community that the object engine runs."""

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.agents.rules.departments import WITH_THE_DEPARTMENT
from linli.agents.traits import AGENTS
from linli.model.array import passes
from linli.model.city import City
from linli.model.community import Community
from linli.model.errors import InputError
from linli.model.measures.record import COLUMNS
from linli.model.place import Place
from linli.model.place.communities import communities_of
from linli.model.policies import POLICIES
from linli.model.policies.ask import STRATEGIES
from linli.model.policies.levers import toward_count
from linli.model.policies.policy import Cost, Policy, option
from linli.model.policies.sharing import ALLOCATIONS
from linli.model.scenario import Scenario, load
from linli.model.zoom import community_scenario

OF_THE_CITY = [COLUMNS.index(name) for name in ("day", "policy_minutes", "policy_fen")]
"""These are not sums over communities: a policy is priced once, for the whole city."""

STACK = (
    "match; council:start=2,ramp=5; platform:start=3,ramp=4,end=15; property:start=4;"
    "relieve:share=.6,end=12; sink:per1000=14,start=5,ramp=3,accountability=.5; ask:strategy=hubs,start=6;"
    "reward:allowance=100,start=1,end=9;"
    "council:decides=1,start=8; appraise:weight=.5,start=9; fund:yuan=900,start=3; committees:start=3;"
    "branch:size=4,start=2,end=18; units:keep=.7,start=2,ramp=9; emergency:rounds=2,start=7,end=16;"
    "joint:start=6,ramp=4"
)


@pytest.fixture(scope="module")
def dock_city(same_states):
    """Runs a city and, one by one, its communities as objects; compares states on some mornings, and the sum
    of the records of every day."""

    def run(scenario, every=1, threads=1, days_per_pass=30, **options):
        city = City(scenario, threads=threads, days_per_pass=days_per_pass, **options)
        end = city.settings.burn_in + city.settings.days
        ahead = City(scenario, **options).run()  # which communities get how many by need is known then
        numbers = city.world.com["number"][:-1].tolist()
        objects = [Community(community_scenario(city.settings, c, ahead.targets), number=c) for c in numbers]
        for day in [*range(0, end, every), end]:
            city.run_to(day)
            for number, community in zip(numbers, objects, strict=True):
                same_states(community.run_to(day), city, number)
        rows = np.sum([community.records for community in objects], axis=0)
        rows[:, OF_THE_CITY] = city.rows[:, OF_THE_CITY]
        for day, column in np.argwhere(rows != city.rows)[:1]:
            raise AssertionError(f"day {day}, {COLUMNS[column]}: {rows[day, column]}")
        assert np.array_equal(np.sum([c.durations for c in objects], axis=0), city.durations)
        people = np.sum([c.hours.people for c in objects], axis=0)
        assert np.array_equal(people, city.hours.people)
        assert np.array_equal(np.sum([c.hours.minutes for c in objects], axis=0), city.hours.minutes)
        return city

    return run


# Chengdu ------------------------------------------------------------------------------------------------

CHENGDU = load("chengdu")
THREE = CHENGDU.but(place=dataclasses.replace(CHENGDU.place, sampled=3), burn_in=3, days=12)


@pytest.mark.parametrize(
    "policies",
    [
        "",
        "sink:per1000=14,start=2",
        STACK,
        *(pytest.param(f"{name}:start=2", marks=pytest.mark.long) for name in POLICIES if name != "sink"),
    ],
)
def test_whole_communities_of_chengdu_under_each_policy(dock_city, policies):
    dock_city(THREE, every=15, policies=policies)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("days_per_pass", [1, 7, 1000])
def test_threads_and_passes_change_nothing(monkeypatch, threads, days_per_pass):
    monkeypatch.setattr("linli.model.array.passes.LOT", 1)  # as many lots as communities
    usual = City(THREE, policies=STACK).run()
    other = City(THREE, policies=STACK, threads=threads, days_per_pass=days_per_pass).run()
    assert np.array_equal(usual.rows, other.rows)
    assert usual.shares == other.shares
    for name, one, same in zip(usual.world._fields, usual.world, other.world, strict=True):
        assert np.array_equal(one, same), name


@pytest.mark.parametrize("name", ["chengdu-sample", "chengdu"])
def test_a_community_alone_is_the_same_as_among_others(name):
    """Numbers keep their people and their luck: in a sample, in a larger one, and in a city of one."""
    settings = load(name)
    few = settings.but(place=dataclasses.replace(settings.place, sampled=3), burn_in=0, days=10)
    number = communities_of(few.place)[1][0]
    among, alone = City(few, policies=STACK).run(), City(few, policies=STACK, number=number).run()
    for kind in AGENTS:
        for column, values in among.columns(kind, number).items():
            assert np.array_equal(values, alone.columns(kind)[column]), f"{kind}.{column}"


def test_a_city_is_not_one_community_of_objects():
    with pytest.raises(InputError, match="a city of 4,351 communities: run it with the array engine, or one"):
        Community("chengdu")
    for engine in (Community, City):
        with pytest.raises(InputError, match=r"chengdu-sample simulates no community 1$"):
            engine("chengdu-sample", number=1)


@pytest.mark.long
def test_communities_of_the_full_city_dock(same_states):
    """Chengdu at 1:1 for some days, against three of its communities as objects."""
    full = CHENGDU.but(burn_in=0, days=8)
    city = City(full, policies=STACK, threads=2).run()
    for number in (0, 1234, 4350):
        same_states(Community(full, policies=STACK, number=number).run(), city, number)


# departments of a street ---------------------------------------------------------------------------------

STREET_OF_FIVE = dataclasses.replace(
    load("lane").place, residents=1500, households=780, mixed_compounds=9, grids=5, workers=5,
    department_hours=6, communities=5, size_spread=0.9,
)  # fmt: skip
STREET = Scenario(name="street", place=STREET_OF_FIVE, days=50, burn_in=4)
CALLED = {"arrivals": 6, "needs_department": 1, "bounce": 0.3, "handover_days": 1}
POOLED = "joint:pooled=1,start=10,end=38"


def _by_largest_remainders(total, need):
    """Exact quotas; who is short of most of a whole one gets one more."""
    quotas = [Fraction(total * one, sum(need)) for one in need]
    shares = [int(quota) for quota in quotas]
    order = sorted(range(len(need)), key=lambda c: (shares[c] - quotas[c], c))
    for c in order[: total - sum(shares)]:
        shares[c] += 1
    return shares


def test_a_street_that_pools_departments_time_docks(same_states):
    """Communities as objects, each by itself, are given on Mondays what waits in each says; before the policy
    and after it each has its own."""
    city = City(STREET, policies=POOLED, **CALLED)
    objects = [Community(community_scenario(city.settings, c), number=c) for c in range(5)]
    own, moved = [one.departments.usual for one in objects], 0
    assert sum(own) == 360
    for day in range(54):
        if day % 7 == 0:
            due = [sum(m.due for m in one.queue if m.stage == WITH_THE_DEPARTMENT) for one in objects]
            weeks = _by_largest_remainders(360, due) if 14 <= day < 42 and any(due) else own
            moved += weeks != own
            for one, week in zip(objects, weeks, strict=True):
                one.departments.week = week
        for one in objects:
            one.step()
        city.run_to(day + 1)
        if day % 9 == 8:
            for number, one in enumerate(objects):
                same_states(one, city, number)
    assert moved == 4
    rows = np.sum([one.records for one in objects], axis=0)
    rows[:, OF_THE_CITY] = city.rows[:, OF_THE_CITY]
    assert np.array_equal(rows, city.rows)


def test_pooled_time_goes_along_into_a_community_and_back(tmp_path):
    usual, city = (City(STREET, policies=POOLED, **CALLED) for _ in range(2))
    week = city.run_to(25).world.com["department_week"][:-1].tolist()
    assert [city.to_mesa(c).departments.week for c in range(5)] == week
    assert sum(week) == 360
    assert week != [city.to_mesa(c).departments.usual for c in range(5)]
    city.from_mesa(city.to_mesa(2))
    city.save(tmp_path / "street.npz")
    for other in (city, City.load(tmp_path / "street.npz")):
        assert np.array_equal(other.run().rows, usual.run().rows)


@pytest.mark.parametrize(("threads", "days_per_pass"), [(1, 1), (2, 5), (2, 30)])
def test_pooling_depends_neither_on_threads_nor_on_passes(threads, days_per_pass, monkeypatch):
    usual = City(STREET, policies=POOLED, **CALLED).run()
    monkeypatch.setattr(passes, "LOT", 300)
    other = City(STREET, policies=POOLED, threads=threads, days_per_pass=days_per_pass, **CALLED)
    assert other._crew.threads == threads
    assert np.array_equal(usual.rows, other.run().rows)
    assert all(np.array_equal(one, same) for one, same in zip(usual.world, other.world, strict=True))


# small cities -------------------------------------------------------------------------------------------


def cities():
    """Two to five communities of any size, down to two residents."""

    def city(k, residents, extra, compounds, grids, workers, managed, sunk, firms, spread, size, units):
        households = 2 * k + residents
        compounds = min(k + compounds, households - k)
        firms = min(firms, compounds)
        return Place(
            residents=households + extra,
            households=households,
            planned_compounds=compounds // 2,
            mixed_compounds=compounds - compounds // 2,
            grids=min(k + grids, compounds),
            workers=k + workers,
            managed_members=min(managed, households),
            serving_members=min(managed, households) // 3,
            sunk_members=sunk,
            volunteers=households // 4,
            firms=firms,
            managed_compounds=firms,
            households_per_building=size,
            organisations=managed,
            units=units,
            linked_units=units // 3,
            department_hours=3 * units,
            communities=k,
            size_spread=spread,
        )

    n = st.integers
    return st.builds(
        city, n(2, 5), n(0, 90), n(0, 150), n(0, 9), n(0, 4), n(0, 5), n(0, 24), n(0, 30), n(0, 5),
        st.floats(0, 2), n(1, 30), n(0, 20),
    )  # fmt: skip


def stacks():
    """Any stack of up to four policies, head-counts shared out in any way among them."""
    days = st.integers(0, 20)
    options = {
        "match": st.sampled_from(["method=random", "method=skill", "method=skill_time_wish"]),
        "ask": st.sampled_from([f"strategy={strategy}" for strategy in STRATEGIES]),
        "sink": st.builds(
            lambda n, how, where: f"headcount={n},accountability={how!r},allocation={where}",
            st.integers(0, 24), st.floats(0, 1), st.sampled_from(ALLOCATIONS),
        ),
        "platform": st.builds(
            lambda n, x: f"deadline={n},routing={x!r}", st.integers(1, 60), st.floats(0, 1)
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
            st.integers(0, 1000), st.floats(0, 1), st.integers(0, 1),
        ),
        "committees": st.builds(
            lambda x, account: f"share={x!r},account={account}", st.floats(0, 1), st.integers(0, 1)
        ),
        "branch": st.builds(lambda x, size: f"share={x!r},size={size}", st.floats(0, 1), st.integers(1, 9)),
        "units": st.builds(lambda x, y: f"share={x!r},keep={y!r}", st.floats(0, 1), st.floats(0, 1)),
        "emergency": st.builds(
            lambda n, days, x: f"rounds={n},days={days},complete={x!r}",
            st.integers(1, 5), st.integers(1, 20), st.floats(0.1, 1),
        ),
    }  # fmt: skip
    assert set(options) == set(POLICIES)
    one = st.sampled_from(sorted(options)).flatmap(
        lambda name: st.builds(
            lambda option, start, length, ramp: (
                f"{name}:{option},start={start},end={start + 1 + length},ramp={ramp}"
            ),
            options[name], days, days, st.integers(0, 9),
        )
    )  # fmt: skip
    return st.lists(one, max_size=4).map("; ".join)


@settings(max_examples=30)
@given(
    cities(), stacks(), st.integers(0, 2**62), st.integers(0, 9), st.integers(1, 2),
    st.sampled_from([1, 7, 99]),
)  # fmt: skip
def test_any_city_and_any_stack(dock_city, place, stack, seed, burn_in, threads, days_per_pass):
    scenario = Scenario(name="any", place=place, days=24, burn_in=burn_in, seed=seed)
    dock_city(
        scenario, every=6, threads=threads, days_per_pass=days_per_pass, policies=stack, arrivals=5, posts=24
    )


def test_a_city_under_stress(dock_city):
    """High arrivals, short deadlines, everybody asked; past the end of a month."""
    place = dataclasses.replace(
        load("lane").place,
        residents=900,
        households=460,
        grids=4,
        workers=5,
        managed_compounds=1,
        communities=4,
        size_spread=1.5,
    )
    city = dock_city(
        Scenario(name="stress", place=place, days=35, seed=5), every=7, policies=STACK,
        arrivals=10, deadline=2, patience=1, s0=0.05, nu=1, peer_ask=0.2, c_ask=0.05, R=2, moves=1, rho_v=1,
        lapse_after=30, delta_V=0.05, sunk_at_home=1,
        seen=0.5, chi=0.7, b_h=1, eta_h=0.2, delta_h=0.01, rest_motive=0.5, weekend=1.4, bond=0.4,
    )  # fmt: skip
    assert city.by_community()["residents"].max() > 3 * city.by_community()["residents"].min()


# head-counts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("allocation", ALLOCATIONS)
def test_head_counts_are_shared_out_as_said(allocation):
    ten = CHENGDU.but(place=dataclasses.replace(CHENGDU.place, sampled=10), burn_in=2, days=4)
    policy = f"sink:headcount=700,allocation={allocation},start=2"
    before = City(ten, policies=policy).run_to(4).by_community()
    city = City(ten, policies=policy).run()
    shares, people = city.targets[0], before["residents"].to_numpy()
    assert shares.sum() == 700
    weights = {
        "proportional": people,
        "need": before["open_matters"].to_numpy(),
        "equal": np.ones(10),
    }[allocation]
    assert np.abs(shares - 700 * weights / weights.sum()).max() <= 1
    after = city.by_community()
    members = after["members_idle"] + after["members_matched"] + after["members_decoupled"]
    managed = [place.managed_members for place in city.places]
    assert (members.to_numpy() - managed).tolist() == shares.tolist()


@pytest.mark.parametrize("allocation", ALLOCATIONS)
def test_smaller_head_counts_are_nested_in_larger_ones(allocation):
    """In every community, and so person by person: member number 7 is the same in both."""
    ten = CHENGDU.but(place=dataclasses.replace(CHENGDU.place, sampled=10), burn_in=1, days=3)
    few, many = (
        City(ten, policies=f"sink:headcount={heads},allocation={allocation},start=1").run()
        for heads in (400, 407)
    )
    assert (few.targets[0] <= many.targets[0]).all()
    for number in few.world.com["number"][:-1]:
        some, more = few.columns("member", number), many.columns("member", number)
        for name in ("home", "skill", "time", "wish"):
            assert np.array_equal(some[name], more[name][: len(some[name])]), name


def test_need_where_there_is_none_and_where_it_is_more_than_posts():
    """Nobody needs anything on the first morning: residents decide. One community cannot take everybody."""
    ten = CHENGDU.but(place=dataclasses.replace(CHENGDU.place, sampled=10), burn_in=0, days=2)
    by_need = City(ten, policies="sink:headcount=700,allocation=need").run()
    by_size = City(ten, policies="sink:headcount=700").run()
    assert np.array_equal(by_need.targets[0], by_size.targets[0])
    posts = City(ten).totals.posts
    full = City(ten, policies=f"sink:headcount={posts},allocation=need,start=1").run()
    assert full.targets[0].sum() == posts
    assert (full.targets[0] == [12 * place.compounds for place in full.places]).all()


@dataclass(frozen=True, kw_only=True)
class Lent(Policy):
    """Made up: members who are lent out, five to a community at most."""

    name: ClassVar[str] = "lent"
    shared: ClassVar[str] = "sunk"

    heads: int = option(0, 0, 1000, "members", "members lent", "借调党员人数", whole=True)

    def amount(self, place):
        return self.heads

    def room(self, place, p):
        return 5

    def with_part(self, part):
        return dataclasses.replace(self, heads=part)

    def change(self, levers, level, place):
        levers.sunk = toward_count(levers.sunk, self.heads, level)

    def cost(self, levers, level, today, place, p):
        return Cost(float(levers.sunk))


def test_any_policy_may_be_shared_out():
    """It says so itself: the city and a community by itself ask the policy."""
    ten = CHENGDU.but(
        place=dataclasses.replace(CHENGDU.place, sampled=10), burn_in=0, days=3,
        policies=(Lent(heads=30, start=1),),
    )  # fmt: skip
    city = City(ten).run()
    assert city.targets[0].sum() == 30
    assert city.targets[0].max() <= 5
    assert city.rows[:, COLUMNS.index("policy_minutes")].tolist() == [0, 30, 30]
    number = int(city.world.com["number"][np.argmax(city.targets[0])])
    assert community_scenario(ten, number).policies == (Lent(heads=int(city.targets[0].max()), start=1),)
    alone = Community(community_scenario(ten, number), number=number).run()
    mine = city.columns("member", number)
    for name, column in alone.columns("member").items():
        assert np.array_equal(mine[name][: len(column)], column), name


def test_nothing_is_lived_behind_the_end_of_a_run() -> None:
    city = City(load("lane").but(days=3, burn_in=1, policies=()))
    with pytest.raises(InputError, match="ends after 4 days"):
        city.run_to(5)
    assert city.run_to(4).day == 4
