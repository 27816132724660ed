"""What must not matter does not: null policies, policies to come, other processes, orders, people."""

import dataclasses
import hashlib
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import linli
from linli.agents.traits import AGENTS
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.errors import InputError
from linli.model.measures.record import COLUMNS
from linli.model.population import populate

LANE = scenarios.load("lane").but(burn_in=20, days=40)
COSTS = ("policy_minutes", "policy_fen")
STACK = (
    "sink:headcount=44,accountability=0.4; match:share=0.5; relieve:share=0.6,start=5; council:ramp=10; "
    "property; platform:end=30; ask:strategy=hubs,start=3"
)
ONE_OF_EACH = (
    "sink:headcount=12",
    "sink:headcount=46",
    "match",
    "relieve",
    "council",
    "property",
    "platform",
    "ask:strategy=hubs",
)


def lane(policies="", **keywords):
    return Community(LANE, policies=policies, rng=keywords.pop("rng", 3), **keywords)


def without_costs(community):
    kept = [at for at, name in enumerate(COLUMNS) if name not in COSTS]
    return [tuple(row[at] for at in kept) for row in community.records]


def same_state(one, other):
    """Whether every column of every kind of agent agrees to the bit."""
    for kind in AGENTS:
        a, b = one.columns(kind), other.columns(kind)
        if any(a[name].tobytes() != b[name].tobytes() for name in a):
            return False
    return True


def fingerprint(community):
    digest = hashlib.sha256(repr(community.records).encode())
    for kind in AGENTS:
        for name, column in community.columns(kind).items():
            digest.update(name.encode() + column.tobytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def baseline():
    return lane().run()


# policies ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "policy",
    [
        "relieve:share=0",
        "property:share=0",
        "council:power=0",
        "match:method=none",
        "platform:coverage=0,deadline=20",
        "sink:headcount=34",
        "ask:strategy=random",
        "relieve:share=0; council:power=0,start=7,ramp=5; match:method=none,share=0.1",
    ],
)
def test_null_policy_changes_nothing_but_its_cost(policy, baseline):
    run = lane(policy).run()
    assert without_costs(run) == without_costs(baseline)
    assert same_state(run, baseline)


@pytest.mark.parametrize("policy", ONE_OF_EACH)
def test_policy_changes_nothing_before_it_starts(policy):
    start = 12
    text = f"{policy}{',' if ':' in policy else ':'}start={start}"
    with_it, without = lane(text), lane()
    while without.day < LANE.burn_in + start:
        with_it.step()
        without.step()
    assert with_it.records == without.records
    known = with_it.columns("member")
    # members to come are on no list before the policy recruits them
    assert len(known["status"]) == len(without.columns("member")["status"])
    assert same_state(with_it, without)
    with_it.run()
    without.run()
    assert without_costs(with_it) != without_costs(without)


def test_branch_equals_a_run_from_the_start():
    late = "match:start=10; relieve:start=10,share=0.4; sink:headcount=46,start=12; council:start=20,ramp=5"
    trunk = lane()
    while trunk.day < LANE.burn_in + 10:
        trunk.step()
    before = fingerprint(trunk)
    twin = trunk.branch(late)
    twin.run()
    assert fingerprint(twin) == fingerprint(lane(late).run())
    assert fingerprint(trunk) == before, "the branch must not touch the run it comes from"
    assert fingerprint(trunk.run()) == fingerprint(lane().run())


def test_two_branches_of_one_run_share_their_past_and_nothing_else():
    trunk = lane()
    while trunk.day < LANE.burn_in:
        trunk.step()
    relieved, plain = trunk.branch("relieve:share=1"), trunk.branch("")
    relieved.run()
    plain.run()
    assert relieved.records[: LANE.burn_in] == plain.records[: LANE.burn_in]
    assert relieved.records != plain.records


def test_branch_refuses_a_policy_that_should_have_acted_already():
    trunk = lane()
    while trunk.day < LANE.burn_in + 5:
        trunk.step()
    with pytest.raises(InputError, match="start=0 lies before the branch at day 5"):
        trunk.branch("relieve")


# the same seed ----------------------------------------------------------------------------------------


def test_same_seed_same_run_and_other_seeds_differ(baseline):
    assert fingerprint(lane().run()) == fingerprint(baseline)
    prints = {fingerprint(lane(rng=seed).run()) for seed in (3, 4, 5, 2**40)}
    assert len(prints) == 4
    assert fingerprint(baseline) in prints


SCRIPT = """
import sys
sys.path.insert(0, {folder!r})
import importlib.util
spec = importlib.util.spec_from_file_location("invariance", {file!r})
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.fingerprint(module.lane(module.STACK).run()))
"""


def test_same_run_in_another_process():
    script = SCRIPT.format(folder=str(Path(linli.__file__).resolve().parent), file=__file__)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == fingerprint(lane(STACK).run())


@pytest.mark.parametrize("shuffle", [1, 2, 3])
def test_order_of_activation_cannot_matter(shuffle):
    chance = random.Random(shuffle)
    shuffled = lane(STACK, order=lambda agents: chance.sample(agents, len(agents))).run()
    assert fingerprint(shuffled) == fingerprint(lane(STACK).run())


def test_reversed_order_cannot_matter_without_policies(baseline):
    assert fingerprint(lane(order=lambda agents: agents[::-1]).run()) == fingerprint(baseline)


def test_order_reaches_every_kind_of_agent():
    kinds = set()

    def note(agents):
        kinds.update(type(agent).__name__ for agent in agents)
        return agents

    lane(STACK, order=note).run()
    assert {"Resident", "PartyMember", "CommunityWorker"} <= kinds


def test_scenario_written_and_read_back_gives_the_same_run(tmp_path):
    file = tmp_path / "mine.toml"
    changed = scenarios.with_policies(
        LANE.but(parameters={"mu": 0.123456789, "lambda0": 1 / 17}), lane(STACK).settings.policies
    )
    file.write_text(scenarios.to_toml(changed), encoding="utf-8")
    assert fingerprint(Community(str(file), rng=3).run()) == fingerprint(Community(changed, rng=3).run())


def test_smaller_headcounts_are_nested_in_larger_ones():
    nobody = LANE.but(place=dataclasses.replace(LANE.place, sunk_members=0))
    managed = LANE.place.managed_members
    few, many = (Community(nobody, policies=f"sink:headcount={n}", rng=3).run() for n in (10, 34))
    a, b = few.columns("member"), many.columns("member")
    assert (len(a["skill"]), len(b["skill"])) == (managed + 10, managed + 34)
    for name in a:  # nobody is matched: the state of each is a matter of his or her own draws
        assert np.array_equal(a[name], b[name][: managed + 10]), name


# one person -------------------------------------------------------------------------------------------


def eager(seed, **parameters):
    """A community, and its twin in which one adult with many ties is eager to act and was at rest."""
    settings = LANE.but(parameters=parameters) if parameters else LANE
    people = populate(settings.place, settings.parameters, seed)
    plain = Community(settings, rng=seed, population=people)
    who = max(
        (r for r in plain.adults if plain.day <= r.next_occasion <= 1 and r.last_acted < -60),
        key=lambda r: (-r.next_occasion, len(r.ties)),
    ).number
    theta = people.theta.copy()
    theta[who] = 50.0
    changed = Community(settings, rng=seed, population=dataclasses.replace(people, theta=theta))
    return plain, changed, who


def differing(one, other, names=None):
    """Numbers of the residents whose state differs."""
    a, b = one.columns("resident"), other.columns("resident")
    chosen = [name for name in (names or a) if name != "theta"]
    return set(np.flatnonzero(np.any([a[name] != b[name] for name in chosen], axis=0)).tolist())


def test_on_the_first_day_one_person_decides_for_himself_alone():
    own = ("last_acted", "fatigue", "minutes_year", "minutes_week", "heard", "next_occasion")
    acted = 0
    for seed in range(1, 9):
        plain, changed, who = eager(seed)
        plain.step()
        changed.step()
        assert differing(plain, changed, own) <= {who}
        acted += who in differing(plain, changed, own)
    assert acted >= 1, "the eager one acted in at least one of the worlds"


NOTHING_SHARED = dict.fromkeys(("mu_m", "prevent_service", "rho_v", "unanswered", "thanked", "bond"), 0.0)
"""No work on matters, none that service prevents; no call that takes another's time; no thanks, no ties."""


def test_one_person_reaches_only_ties_and_the_building_headed():
    """Where nothing is shared, influence travels one tie a day; a head's, through the building."""
    reached_others = 0
    for seed in range(1, 7):
        plain, changed, who = eager(seed, peer_ask=0.2, **NOTHING_SHARED)
        reach = {who}
        for _ in range(6):
            plain.step()
            changed.step()
            differ = differing(plain, changed)
            assert differ <= reach
            reached_others += len(differ - {who})
            for number in list(reach):
                resident = plain.residents[number]
                reach |= {tie.number for tie in resident.ties}
                if resident.home_building.head is resident:
                    reach |= {adult.number for adult in resident.home_building.adults}
    assert reached_others > 0, "somebody was influenced in at least one of the worlds"


def test_one_person_in_another_community_number_is_somebody_else():
    here, there = Community(LANE, rng=3), Community(LANE, rng=3, number=1)
    assert not np.array_equal(here.columns()["theta"], there.columns()["theta"])
