"""Networks out to other tools and in from researchers, and the errors that wrong files get."""

from dataclasses import replace
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from linli.agents.traits import AGES, MIDDLE, NEVER, OWNER, SKILLS
from linli.model import scenario as scenarios
from linli.model.community import Community
from linli.model.errors import InputError
from linli.model.graphs import (
    from_networkx,
    load,
    network_of,
    residents_table,
    scenario_for,
    to_networkx,
    write_graph,
    write_residents,
)
from linli.model.theory import theory_world

LANE = scenarios.load("lane").but(burn_in=0, days=40)


@pytest.fixture(scope="module")
def lane() -> Community:
    return Community(LANE)


@pytest.fixture(scope="module")
def records() -> list[tuple[int, ...]]:
    return Community(LANE, policies="match; ask:strategy=hubs").run().records


# out and in again -----------------------------------------------------------------------------------------


def test_nodes_carry_readable_traits(lane: Community) -> None:
    graph = to_networkx(lane)
    assert graph.number_of_nodes() == 900
    assert graph.number_of_edges() == len(network_of(lane).ties) // 2
    assert list(graph)[:3] == ["0", "1", "2"]
    for node, about in graph.nodes(data=True):
        resident = lane.residents[int(node)]
        assert about["age"] == AGES[resident.age]
        assert about["tenure"] == ("owner" if resident.tenure == OWNER else "tenant")
        assert about["skill"] == SKILLS[resident.skill]
        assert about["free_hours"] * 60 == pytest.approx(resident.free_minutes)
        assert (about["compound"], about["building"]) == (resident.compound, resident.building)
        assert (about["household"], about["party"]) == (resident.household, resident.party)
        assert {int(other) for other in graph[node]} == {tie.number for tie in resident.ties}


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("n.graphml", False),
        ("n.gexf", False),
        ("n.graphml", True),
        ("n.csv", True),
        ("n.edges", True),
        ("n.txt", True),
    ],
)
def test_out_and_in_again_gives_the_same_run(
    lane: Community, records: list[tuple[int, ...]], tmp_path: Path, name: str, table: bool
) -> None:
    write_graph(lane, tmp_path / name)
    write_residents(lane, tmp_path / "residents.csv")
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([name, "residents.csv"])
    people, ties = load(tmp_path / name, tmp_path / "residents.csv" if table else None, LANE)
    assert np.array_equal(ties.ties, network_of(lane).ties)
    assert np.array_equal(ties.start, network_of(lane).start)
    settings = scenario_for(people, LANE)
    again = Community(settings, policies="match; ask:strategy=hubs", population=people, network=ties).run()
    assert again.records == records


def test_a_pair_of_population_and_network_is_written_too(lane: Community) -> None:
    one, other = to_networkx((lane.people, network_of(lane))), to_networkx(lane)
    assert nx.utils.graphs_equal(one, other)


def test_the_place_of_the_same_people_is_the_same_place(lane: Community) -> None:
    place = scenario_for(lane.people, LANE).place
    share = float((lane.people.tenure == OWNER).mean())
    assert place == replace(LANE.place, owners=share)


# a researcher's own network -------------------------------------------------------------------------------

TABLE = """id,compound,building,household,age,tenure,party,free_hours,skill
li,east,1,b,34,tenant,no,12,care
wang,west,1,a,70+,owner,yes,,
zhao,east,2,a,18-39,owner,no,3.5,none
chen,east,1,a,60-69,,0,20,digital
liu,east,1,a,7,owner,,,
sun,west,1,a,45,owner,FALSE,10,mediation
"""
TIES = "source,target\nli,wang\nwang,zhao\nchen,liu\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "ties.csv").write_text(TIES, encoding="utf-8")
    (tmp_path / "people.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path / "ties.csv", tmp_path / "people.csv"


def test_residents_are_numbered_by_home(files: tuple[Path, Path]) -> None:
    """East comes first, li's building before zhao's; the building 1 of west is another one."""
    people, ties = load(*files)
    assert people.ids == ("li", "chen", "liu", "zhao", "wang", "sun")
    assert people.compound.tolist() == [0, 0, 0, 0, 1, 1]
    assert people.building.tolist() == [0, 0, 0, 1, 2, 2]
    assert people.household.tolist() == [0, 1, 1, 2, 3, 3]
    assert people.building_compound.tolist() == [0, 0, 1]
    assert people.age.tolist() == [1, 3, 0, 1, 4, 2]
    assert people.tenure.tolist() == [1, 0, 0, 0, 0, 0]
    assert people.party.tolist() == [False, False, False, False, True, False]
    assert people.managed.tolist() == [4]
    assert people.free_minutes.tolist()[:2] == [720, 1200]
    assert people.skill.tolist()[:2] == [1, 4]
    assert people.free_minutes[4] > 0  # drawn
    assert {tuple(row.tolist()) for row in map(ties.of, range(6))} == {(4,), (2,), (1,), (0, 3), ()}


def test_names_survive_the_way_out(files: tuple[Path, Path]) -> None:
    graph = to_networkx(load(*files))
    assert list(graph) == ["li", "chen", "liu", "zhao", "wang", "sun"]
    assert {frozenset(edge) for edge in graph.edges} == {
        frozenset(pair) for pair in (("li", "wang"), ("wang", "zhao"), ("chen", "liu"))
    }


def test_it_runs(files: tuple[Path, Path]) -> None:
    people, ties = load(*files)
    settings = scenario_for(people, "donghu", {"workers": 2, "sunk_members": 3}).but(burn_in=0, days=30)
    assert (settings.place.residents, settings.place.households, settings.place.compounds) == (6, 4, 2)
    assert (settings.place.workers, settings.place.managed_members, settings.place.sunk_members) == (2, 1, 3)
    assert settings.place.grids <= 2
    world = Community(settings, policies="match; relieve", population=people, network=ties).run()
    assert len(world.records) == 30
    assert sum(map(len, (compound.residents for compound in world.compounds))) == 6


def test_defaults_of_a_bare_graph() -> None:
    """One compound and building, each at home alone, 40-59, owner; other attributes are left alone."""
    graph = nx.path_graph(5)
    graph.nodes[0]["label"] = "first"
    people, _ = from_networkx(graph)
    assert people.ids == ("0", "1", "2", "3", "4")
    assert people.compound.tolist() == people.building.tolist() == [0] * 5
    assert people.household.tolist() == [0, 1, 2, 3, 4]
    assert people.age.tolist() == [MIDDLE] * 5
    assert people.tenure.tolist() == [OWNER] * 5
    assert people.party.sum() == 0
    assert len(set(people.theta.tolist())) == 5
    assert len(set(people.free_minutes.tolist())) == 5


def test_what_is_missing_is_drawn_by_the_seed() -> None:
    graph = nx.cycle_graph(50)
    one, again, other = (from_networkx(graph, None, LANE.but(seed=seed))[0] for seed in (1, 1, 2))
    for name in ("theta", "free_minutes", "skill", "volunteer"):
        assert np.array_equal(getattr(one, name), getattr(again, name))
        assert not np.array_equal(getattr(one, name), getattr(other, name)), name


def test_tables_of_numbers_and_gaps() -> None:
    """pandas makes floats of whole numbers beside gaps; names stay the same."""
    table = pd.DataFrame(
        {"id": [1.0, 2.0, 3.0], "household": [7.0, np.nan, 7.0], "party": [True, None, False]}
    )
    people, _ = from_networkx(nx.Graph([(1, 2), (2, 3)]), table)
    assert people.ids == ("1", "3", "2")
    assert people.household.tolist() == [0, 0, 1]
    assert people.party.tolist() == [True, False, False]


def test_edge_lists_as_they_come(tmp_path: Path) -> None:
    """What networkx writes, remarks, empty lines, tabs, names with spaces, a byte order mark."""
    nx.write_edgelist(nx.path_graph(3), tmp_path / "a.edges")
    (tmp_path / "b.txt").write_text(
        "\ufeff# ties\n\nli na\twang wei\t2\nwang wei\tsun\t1\n", encoding="utf-8"
    )
    assert load(tmp_path / "a.edges")[0].ids == ("0", "1", "2")
    assert load(tmp_path / "b.txt")[0].ids == ("li na", "wang wei", "sun")


# errors ---------------------------------------------------------------------------------------------------


def complain(tmp_path: Path, ties: str | bytes, table: str | bytes | None, name: str = "ties.csv") -> str:
    """The message that a pair of files gets: one line."""
    write(tmp_path / name, ties)
    if table is not None:
        write(tmp_path / "people.csv", table)
    with pytest.raises(InputError) as caught:
        load(tmp_path / name, None if table is None else tmp_path / "people.csv")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def write(file: Path, content: str | bytes) -> None:
    file.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (TABLE.replace("li,", "other,", 1), "resident li, who is missing from the table"),
        (TABLE + "li,,,,,,,,\n", "resident li is listed twice"),
        (TABLE + ",east,,,,,,,\n", "row 7 has no id"),
        (TABLE.replace("tenure", "tenur"), "unknown column of residents 'tenur'. Did you mean 'tenure'"),
        (TABLE.replace("skill", "age", 1), "the column age is there twice"),
        (TABLE.replace("id,", "compound,", 1), "there twice"),
        ("compound,building\neast,1\n", "the column id is missing"),
        (TABLE.replace("tenant", "lodger"), "unknown tenure of resident li 'lodger'"),
        (TABLE.replace("digital", "cooking"), "unknown skill of resident chen 'cooking'"),
        (TABLE.replace("18-39", "20-30"), "unknown age of resident zhao '20-30'"),
        (TABLE.replace(",45,", ",145,"), "age of resident sun must be between 0 and 120"),
        (TABLE.replace(",45,", ",45.5,"), "age of resident sun must be a whole number"),
        (TABLE.replace(",45,", ",-3,"), "age of resident sun"),
        (TABLE.replace("3.5", "200"), "free_hours of resident zhao must be between 0 and 168"),
        (TABLE.replace("3.5", "some"), "free_hours of resident zhao must be a number"),
        (TABLE.replace("FALSE", "perhaps"), "unknown party of resident sun 'perhaps'"),
        (TABLE.replace("7,owner,,", "7,owner,yes,"), "resident liu is a child"),
        (TABLE.replace("70+", "9").replace("45", "9").replace("yes", "no"), "resident wang has no adult"),
        (TABLE + "x,1,1,1,30,owner,no,1,care,more\n", "row 8 has 10 cells"),
        ('id\n"li', "not a valid CSV"),
        (b"id\n\xff\xfe\n", "not text in UTF-8"),
        ("", "is empty"),
        ("id\n", "a network of 0 residents"),
    ],
)
def test_wrong_tables(tmp_path: Path, table: str | bytes, message: str) -> None:
    assert message in complain(tmp_path, TIES, table)


XML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="{}">{}</graph></graphml>'
NODES = '<node id="a"/><node id="b"/>'
EDGE = '<edge source="a" target="b"/>'


@pytest.mark.parametrize(
    ("name", "ties", "message"),
    [
        ("n.csv", "", "a network of 0 residents"),
        ("n.csv", "a,a\n", "a self-loop at resident a"),
        ("n.csv", "a,b\nb,a\n", "line 2 repeats the tie of b and a"),
        ("n.csv", "source,target\na\n", "line 2 has 1 cell between commas, 2 were expected"),
        ("n.csv", "a,\n", "line 1 does not have two ids"),
        ("n.csv", b"\xff\xfea,b", "not text in UTF-8"),
        ("n.csv", 'a,"b\n', "line 1 is not valid: unexpected end of data"),
        ("n.graphml", "a,b\n", "not a valid .graphml file"),
        ("n.graphml", XML.format("undirected", NODES), "the network is empty"),
        ("n.graphml", XML.format("undirected", '<node id="a"/>'), "a network of 1 residents"),
        ("n.graphml", XML.format("undirected", NODES + EDGE + EDGE), "repeated ties (residents a and b)"),
        ("n.graphml", XML.format("directed", NODES + EDGE), "the network is directed"),
        ("n.gexf", "<gexf>", "not a valid .gexf file"),
        ("n.gexf", "<other/>", "not a valid .gexf file"),
        ("n.pkl", "a,b\n", "unknown kind of network file '.pkl'"),
    ],
)
def test_wrong_networks(tmp_path: Path, name: str, ties: str | bytes, message: str) -> None:
    assert message in complain(tmp_path, ties, None, name)


def test_files_that_are_not_there(tmp_path: Path, lane: Community) -> None:
    with pytest.raises(InputError, match=r"cannot read network .*No such file"):
        load(tmp_path / "none.graphml")
    write(tmp_path / "ties.csv", TIES)
    with pytest.raises(InputError, match=r"cannot read residents .*No such file"):
        load(tmp_path / "ties.csv", tmp_path / "none.csv")
    with pytest.raises(InputError, match=r"cannot write .*No such file"):
        write_graph(lane, tmp_path / "folder" / "n.graphml")
    with pytest.raises(InputError, match=r"unknown kind of network file '\.json'"):
        write_graph(lane, tmp_path / "n.json")


def test_nothing_half_written(lane: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that breaks in the middle leaves an older file as it was, and nothing beside it."""
    write_graph(lane, tmp_path / "n.graphml")
    before = (tmp_path / "n.graphml").read_bytes()

    def breaks(_graph: nx.Graph, file: Path) -> None:
        file.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(nx, "write_graphml", breaks)
    with pytest.raises(InputError, match="No space left"):
        write_graph(lane, tmp_path / "n.graphml")
    assert [file.name for file in tmp_path.iterdir()] == ["n.graphml"]
    assert (tmp_path / "n.graphml").read_bytes() == before


def test_graphs_of_other_kinds() -> None:
    for graph, message in (
        (nx.DiGraph([(0, 1)]), "directed"),
        (nx.MultiGraph([(0, 1), (0, 1)]), "residents 0 and 1"),
        (nx.Graph([(1, "1")]), "listed twice"),
        (nx.Graph(), "0 residents"),
        (nx.empty_graph(3), "empty"),
    ):
        with pytest.raises(InputError, match=message):
            from_networkx(graph)


def test_figures_of_an_imported_place() -> None:
    people, _ = from_networkx(nx.cycle_graph(30))
    with pytest.raises(InputError, match="unknown figure"):
        scenario_for(people, "donghu", {"residents": 5})
    with pytest.raises(InputError, match="serving_members = 4 is more than the 0 managed_members"):
        scenario_for(people, "donghu", {"serving_members": 4})


# theory worlds --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "graph",
    [
        nx.watts_strogatz_graph(60, 4, 0.1, seed=1),
        nx.barabasi_albert_graph(60, 3, seed=1),
        nx.complete_graph(30),
        nx.cycle_graph(40),
    ],
    ids=["Watts-Strogatz", "Barabasi-Albert", "complete", "ring"],
)
def test_any_graph_is_a_theory_world(graph: nx.Graph) -> None:
    world = theory_world(graph, theta=-1.0, days=20).run()
    n = graph.number_of_nodes()
    assert [len(r.ties) for r in world.residents] == [graph.degree(node) for node in graph]
    assert not world.queue
    assert not world.members
    assert not world.volunteers()
    assert world.window().sum("occasions") == 20 * n
    assert world.window().sum("visits", "calls", "peer_asks", "arisen", "acts_asked") == 0


def test_arrays_and_seeds_of_a_theory_world() -> None:
    """Nodes keep the order of the graph, whatever they are called."""
    graph = nx.Graph([("c", "a"), ("a", "b")])
    world = theory_world(graph, theta=[1000.0, -1000.0, 0.0], last_acted=[NEVER, -1, NEVER], days=1)
    assert [resident.last_acted for resident in world.residents] == [NEVER, -1, NEVER]
    assert world.run().residents[0].last_acted == 0
    assert world.residents[1].last_acted == -1
    with pytest.raises(InputError, match="theta: give one value, or one for each of the 3 nodes"):
        theory_world(graph, theta=[1.0, 2.0])
    with pytest.raises(InputError, match="unknown parameter 'Q'"):
        theory_world(graph, Q=1.0)
    with pytest.raises(InputError, match="directed"):
        theory_world(nx.DiGraph(graph))


def test_theory_worlds_may_go_beyond_the_usual_ranges() -> None:
    world = theory_world(
        nx.complete_graph(5), theta=-4e4, J=1e5, W=20_000, last_acted=[-1, -1, -1, NEVER, NEVER]
    )
    world.step()
    assert [resident.last_acted for resident in world.residents] == [0, 0, 0, 0, 0]
    others = theory_world(
        nx.complete_graph(5), theta=-6e4, J=1e5, W=20_000, last_acted=[-1, -1, -1, NEVER, NEVER]
    )
    others.step()
    assert [resident.last_acted for resident in others.residents] == [-1, -1, -1, 0, 0]


def test_a_table_says_what_the_population_says(lane: Community) -> None:
    table = residents_table(lane.people)
    assert len(table) == 900
    assert table["party"].sum() == 33
    assert table["id"].is_unique
