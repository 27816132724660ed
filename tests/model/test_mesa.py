"""The community is an ordinary Mesa model: its agents, collectors, batch runs and copies work as they do."""

import copy
import json
import os
import subprocess
import sys

import mesa
import numpy as np
import pytest
from mesa.datacollection import DataCollector

from linli.agents.community_fund import CommunityFund
from linli.agents.community_worker import CommunityWorker
from linli.agents.party_member import PartyMember
from linli.agents.property_firm import PropertyFirm
from linli.agents.resident import Resident
from linli.agents.traits import NEVER
from linli.agents.volunteer import Volunteer
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.measures import MEASURES

LANE = scenarios.load("lane")


def test_all_agents_are_mesa_agents():
    community = Community("lane")
    assert isinstance(community, mesa.Model)
    kinds = community.agents_by_type
    assert set(kinds) == {Resident, Volunteer, PartyMember, PropertyFirm, CommunityWorker, CommunityFund}
    place = LANE.place
    assert len(kinds[Resident]) == place.residents
    assert len(kinds[Volunteer]) == place.volunteers
    assert len(kinds[PartyMember]) == place.managed_members + place.sunk_members
    assert len(kinds[PropertyFirm]) == place.firms
    assert len(kinds[CommunityWorker]) == place.workers
    assert len(community.agents) == sum(len(agents) for agents in kinds.values())
    assert all(isinstance(agent, mesa.Agent) and agent.model is community for agent in community.agents)


def test_volunteers_come_and_go_with_the_role():
    community = Community("lane", rho_v=0.5, moves=1.0).run()
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


def test_a_deep_copy_goes_on_alone():
    community = Community("lane")
    for _ in range(5):
        community.step()
    depth = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        twin = copy.deepcopy(community)
    finally:
        sys.setrecursionlimit(depth)
    assert all(agent.model is twin for agent in twin.agents)
    for _ in range(5):
        twin.step()
    assert (community.day, twin.day) == (5, 10)
    for _ in range(5):
        community.step()
    assert twin.records == community.records


BATCH = """
import json, sys
import mesa
from linli.model.community import Community

if __name__ == "__main__":
    rows = mesa.batch_run(
        Community,
        {"scenario": "lane", "mu": [0.0, 0.7], "policies": ["", "match"]},
        rng=[1, 2],
        max_steps=10,
        number_processes=int(sys.argv[1]),
        display_progress=False,
    )
    names = ("mu", "policies", "rng", "engaged_share", "trust", "members_matched")
    kept = [{name: row[name] for name in names} for row in rows]
    print(json.dumps(sorted(kept, key=str)))
"""


@pytest.mark.parametrize("processes", [1, 2])
def test_batch_run_gives_the_numbers_of_direct_runs(processes, tmp_path):
    """In a script of its own: Mesa's batch_run sets how this process starts others, for good."""
    script = tmp_path / "batch.py"
    script.write_text(BATCH, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(processes)],
        capture_output=True,
        text=True,
        env={**os.environ},
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert len(rows) == 8
    for row in rows:
        direct = Community("lane", policies=row["policies"], mu=row["mu"], rng=row["rng"])
        for _ in range(10):
            direct.step()
        last = direct.datacollector.get_model_vars_dataframe().iloc[-1]
        for name in ("engaged_share", "trust", "members_matched"):
            assert row[name] == last[name]
