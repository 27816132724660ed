"""The community is an ordinary Mesa model: its agents, collectors, batch runs and copies work as they do."""

import copy
import dataclasses
import inspect
import json
import os
import pickle
import subprocess
import sys

import mesa
import numpy as np
import pytest
from mesa.datacollection import DataCollector

from linli.agents.community_fund import CommunityFund
from linli.agents.community_worker import CommunityWorker
from linli.agents.departments import Departments
from linli.agents.emergency import Emergency
from linli.agents.linked_unit import LinkedUnit
from linli.agents.party_member import PartyMember
from linli.agents.property_firm import PropertyFirm
from linli.agents.resident import Resident
from linli.agents.traits import AGENTS, NEVER
from linli.agents.volunteer import Volunteer
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.errors import InputError
from linli.model.measures import MEASURES
from linli.model.parameters import table

LANE = scenarios.load("lane")


def test_all_agents_are_mesa_agents():
    community = Community("lane")
    assert isinstance(community, mesa.Model)
    kinds = community.agents_by_type
    bodies = {PropertyFirm, CommunityWorker, CommunityFund, LinkedUnit, Emergency, Departments}
    assert set(kinds) == {Resident, Volunteer, PartyMember, *bodies}
    place = LANE.place
    assert len(kinds[Resident]) == place.residents
    assert len(kinds[Volunteer]) == place.volunteers
    assert len(kinds[PartyMember]) == place.managed_members + place.sunk_members
    assert len(kinds[PropertyFirm]) == place.firms
    assert len(kinds[CommunityWorker]) == place.workers
    assert len(community.agents) == sum(len(agents) for agents in kinds.values())
    assert all(isinstance(agent, mesa.Agent) and agent.model is community for agent in community.agents)


def test_volunteers_come_and_go_with_the_role():
    community = Community("lane", rho_v=0.5, moves=1.0).run_to(40)
    volunteers = community.agents_by_type[Volunteer]
    assert len(volunteers) == community.today.volunteers
    assert {v.resident.number for v in volunteers} == {
        r.number for r in community.residents if r.registered > NEVER
    }
    assert any(v.resident.registered > 0 for v in volunteers)


def test_an_agent_set_can_be_asked():
    community = Community("lane")
    residents = community.agents_by_type[Resident]
    owners = residents.select(lambda resident: resident.tenure == 0)
    assert 0 < len(owners) < len(residents)
    assert residents.agg("trust", np.mean) == 0.5


def test_time_follows_the_days():
    community = Community("lane")
    for expected in range(1, 6):
        community.step()
        assert community.day == community.time == expected
    community.run_for(3)
    assert community.day == community.time == 8


def test_the_collector_keeps_every_measure_of_every_day():
    community = Community("lane")
    for _ in range(5):
        community.step()
    collected = community.datacollector.get_model_vars_dataframe()
    assert list(collected.columns) == list(MEASURES)
    assert len(collected) == 5


def test_a_collector_of_ones_own():
    community = Community("lane")
    own = DataCollector(
        model_reporters={"day": "day", "acts": lambda c: c.today.acts_spontaneous},
        agenttype_reporters={
            Resident: {"trust": "trust", "efficacy": lambda r: r.efficacy},
            PartyMember: {"q": "q"},
        },
    )
    for _ in range(4):
        community.step()
        own.collect(community)
    assert own.get_model_vars_dataframe()["day"].tolist() == [1, 2, 3, 4]
    residents = own.get_agenttype_vars_dataframe(Resident)
    assert len(residents) == 4 * LANE.place.residents
    assert residents["trust"].between(0, 1).all()
    assert len(own.get_agenttype_vars_dataframe(PartyMember)) == 4 * len(community.members)


def test_reporters_over_all_agents():
    community = Community("lane")
    own = DataCollector(agent_reporters={"kind": lambda agent: type(agent).__name__})
    community.step()
    own.collect(community)
    kinds = own.get_agent_vars_dataframe()["kind"].value_counts()
    assert kinds["Resident"] == 900
    assert kinds["CommunityWorker"] == 2


POLICIES = "match; fund; committees; teach; branch; social"


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
@pytest.mark.parametrize("policies", ["", POLICIES])
def test_a_copy_goes_on_alone_and_to_the_bit(copied, policies):
    """At any recursion limit: nine hundred people know each other, and one would follow another."""
    community = Community("lane", policies=policies).run_to(65)
    depth = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 150)
    try:
        twin = copied(community)
    finally:
        sys.setrecursionlimit(depth)
    assert all(agent.model is twin for agent in twin.agents)
    assert len(twin.agents) == len(community.agents)
    assert {id(one) for one in twin.residents}.isdisjoint(map(id, community.residents))
    twin.run_to(75)
    assert community.day == 65
    community.run_to(75)
    assert twin.records == community.records
    assert str(twin.measures()) == str(community.measures())
    for kind in ("resident", "member", "worker", "firm"):
        for name, column in community.columns(kind).items():
            assert np.array_equal(column, twin.columns(kind)[name]), (kind, name)


def test_a_copy_of_somebody_is_a_copy_of_the_community():
    community = Community("lane").run_to(3)
    twin = copy.deepcopy(community.residents[7])
    assert twin is twin.model.residents[7]
    assert twin.model is not community


def test_nobody_can_be_taken_out():
    """Mesa's way to remove an agent would leave ties, sums, posts and households as they are."""
    community = Community("lane")
    for kind, agents in community.agents_by_type.items():
        if kind is not Volunteer:
            with pytest.raises(NotImplementedError, match=f"a {kind.__name__} cannot be removed"):
                agents[0].remove()
    assert len(community.agents_by_type[Resident]) == len(community.residents)
    first = community.volunteers()[0]
    first.remove()
    assert first.resident.number not in community.volunteer_of


def test_a_run_ends_where_the_scenario_does():
    community = Community(LANE.but(days=3, burn_in=2))
    for day in range(5):
        assert community.running, day
        community.step()
    assert not community.running
    once_more = Community(LANE.but(days=3, burn_in=2))
    once_more.run_model()
    assert once_more.day == 5
    assert once_more.records == community.records


def test_there_are_no_measures_before_there_is_a_day_to_measure():
    community = Community(LANE.but(days=3, burn_in=2))
    for _ in range(3):
        assert set(map(str, community.measures().values())) == {"nan"}
        assert community.measures().keys() == MEASURES.keys()
        community.step()
    assert community.measures()["engaged_share"] > 0.0


def test_people_can_be_asked_before_the_first_day():
    community = Community("lane")
    asked = community.residents[5].perceives(0)
    assert community.residents[5].seen_of(community.residents[5].ties) == (asked[2], asked[3])


def test_seeds_as_mesa_takes_them():
    def seed(rng):
        return Community("lane", rng=rng).seed

    assert Community("lane").seed == LANE.seed
    assert seed(7) == seed(np.int64(7)) == seed(np.uint8(7)) == 7
    assert len({seed(None) for _ in range(4)}) == 4
    assert seed(np.random.default_rng(3)) == seed(np.random.default_rng(3)) != seed(np.random.default_rng(4))
    drawn = np.random.default_rng(3)
    assert seed(drawn) != seed(drawn)
    assert seed(np.random.SeedSequence(5)) == seed(np.random.SeedSequence(5))
    for wrong in (True, -1, 1.5, "seven", 2**64, [1]):
        with pytest.raises(InputError, match="rng must be"):
            seed(wrong)
    with pytest.raises(InputError, match="given as rng="):
        Community("lane", seed=3)
    with pytest.raises(InputError, match="a scenario is a name"):
        Community(mesa.experimental.scenarios.Scenario())


def test_numbers_of_numpy_are_numbers():
    assert Community("lane", mu=np.float32(0.5)).parameters.mu == 0.5
    with pytest.raises(InputError, match="mu must be a number"):
        Community("lane", mu=np.bool_(True))


def test_what_it_is_at_a_glance():
    community = Community(LANE.but(title="<b>Lane</b>"), policies="match", rng=4).run_to(61)
    assert repr(community) == (
        "<Community lane: 900 residents, day 1 of 90 after a burn-in of 60, seed 4, policies: match>"
    )
    card = community._repr_html_()
    assert "<b>" not in card
    assert "&lt;b&gt;Lane" in card
    assert "900 residents" in card
    assert f"{community.measures()['engaged_share']:.4g} share" in card
    assert repr(LANE) == (
        "<Scenario lane: 900 residents, one community, 90 days after a burn-in of 60, seed 1>"
    )
    assert "burn-in of 60" in LANE._repr_html_()


def test_who_somebody_is_at_a_glance():
    community = Community("lane")
    for kind, agents in community.agents_by_type.items():
        assert repr(agents[0]).startswith(f"<{kind.__name__}")
        assert repr(agents[0]).endswith("of lane>")
        assert agents[0]._repr_html_().startswith("<table><caption>")
    resident = community.residents[7]
    assert repr(resident) == "<Resident 7 of lane>"
    card = resident._repr_html_()
    assert card.count("<tr>") == len(AGENTS["resident"]) + 1
    assert f"<td>{resident.efficacy:.4g}</td>" in card
    volunteer = community.volunteers()[0]
    assert volunteer._repr_html_() == volunteer.resident._repr_html_()
    assert repr(volunteer) == f"<Volunteer {volunteer.resident.number} of lane>"


def test_the_scenario_of_mesa_says_what_is_varied():
    community = Community("lane", mu=0.7, rng=4)
    told = community.scenario
    assert (told.name, told.mu, told.rng, told.burn_in) == ("lane", 0.7, 4, 60)
    assert {name: dict(told)[name] for name in table()} == dataclasses.asdict(community.parameters)
    with pytest.raises(ValueError, match="Cannot change"):
        told.mu = 0.1


BATCH = """
import json, sys
import mesa
from linli.model.community import Community

def batch(processes):
    rows = mesa.batch_run(
        Community,
        {"scenario": "lane", "mu": [0.0, 0.7], "policies": ["", "match"]},
        rng=[1, 2],
        max_steps=10,
        number_processes=processes,
        display_progress=False,
    )
    names = ("mu", "policies", "rng", "engaged_share", "trust", "members_matched")
    return sorted(({name: row[name] for name in names} for row in rows), key=str)

if __name__ == "__main__":
    print(json.dumps([batch(1), batch(2)]))
"""


def test_batch_run_gives_the_numbers_of_direct_runs(tmp_path):
    """In a script of its own: Mesa's batch_run sets how this process starts others, for good."""
    script = tmp_path / "batch.py"
    script.write_text(BATCH, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env={**os.environ})
    assert done.returncode == 0, done.stderr
    rows, of_two_processes = json.loads(done.stdout)
    assert rows == of_two_processes
    assert len(rows) == 8
    for row in rows:
        direct = Community("lane", policies=row["policies"], mu=row["mu"], rng=row["rng"])
        for _ in range(10):
            direct.step()
        last = direct.datacollector.get_model_vars_dataframe().iloc[-1]
        for name in ("engaged_share", "trust", "members_matched"):
            assert row[name] == last[name]


REPLICATES = """
import json, sys, warnings
import mesa
from linli.model.community import Community

def ends(**how):
    rows = mesa.batch_run(Community, {"scenario": sys.argv[1]}, display_progress=False, **how)
    return [[row["Step"], row["engaged_share"], row["trust"]] for row in rows]

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print(json.dumps(ends(iterations=3) + ends(rng=[None] * 3)))
"""


def test_replicates_of_mesa_differ_and_end(tmp_path, hamlet):
    """Nothing said about the end: each run ends with its scenario; and each has luck of its own."""
    (tmp_path / "batch.py").write_text(REPLICATES, encoding="utf-8")
    (tmp_path / "hamlet.toml").write_text(hamlet, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "batch.py"), str(tmp_path / "hamlet.toml")],
        capture_output=True,
        text=True,
        env={**os.environ},
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [step for step, *_ in rows] == [18] * 6
    assert len({tuple(row) for row in rows}) == 6
