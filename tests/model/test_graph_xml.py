"""GraphML and GEXF of other tools: who is a resident, what a node says, and what is refused by name."""

import random
import re
from pathlib import Path

import networkx as nx
import pytest

from linli.agents.traits import MIDDLE, OLD, OWNER, TENANT
from linli.model.errors import InputError
from linli.model.graphs import load, looked_at

GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{keys}<graph edgedefault="{kind}">'
    "{inside}</graph></graphml>"
)
GEXF = (
    '<gexf xmlns="{space}" version="1.3"><graph defaultedgetype="undirected">{attributes}'
    "<nodes>{nodes}</nodes><edges>{edges}</edges></graph></gexf>"
)
NODES = '<node id="a"/><node id="b"/><node id="c"/>'
EDGES = '<edge source="a" target="b"/><edge source="b" target="c"/>'
TIES = {frozenset("ab"), frozenset("bc")}


def graphml(inside: str = NODES + EDGES, keys: str = "", kind: str = "undirected") -> str:
    return GRAPHML.format(keys=keys, kind=kind, inside=inside)


def gexf(
    nodes: str = NODES, edges: str = EDGES, attributes: str = "", space: str = "http://gexf.net/1.3"
) -> str:
    return GEXF.format(nodes=nodes, edges=edges, attributes=attributes, space=space)


def brought(tmp_path: Path, text: str | bytes, name: str = "n.graphml"):
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return looked_at(file)


def ties(tmp_path: Path, text: str | bytes, name: str = "n.graphml") -> set[frozenset[str]]:
    return {frozenset(tie) for tie in brought(tmp_path, text, name).file.graph.edges}


def complaint(tmp_path: Path, text: str | bytes, name: str = "n.graphml") -> str:
    with pytest.raises(InputError) as caught:
        brought(tmp_path, text, name).settled("lane")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_default_holds_where_a_node_says_nothing(tmp_path):
    keys = (
        '<key id="t" for="node" attr.name="tenure" attr.type="string"><default>tenant</default></key>'
        '<key id="p" for="node" attr.name="party" attr.type="boolean"><default>true</default></key>'
        '<key id="g" for="all" attr.name="Age" attr.type="string"><default>70+</default></key>'
    )
    said = '<node id="a"><data key="t">owner</data><data key="p">0</data><data key="g">45</data></node>'
    text = graphml(said + '<node id="b"/><node id="c"/>' + EDGES, keys)
    people, _ = brought(tmp_path, text).settled("lane")
    assert people.age.tolist() == [MIDDLE, OLD, OLD]
    assert people.tenure.tolist() == [OWNER, TENANT, TENANT]
    assert people.party.tolist() == [False, True, True]
    attributes = (
        '<attributes class="node"><attribute id="0" title="tenure" type="string"><default>tenant</default>'
        "</attribute></attributes>"
    )
    nodes = '<node id="a"><attvalues><attvalue for="0" value="owner"/></attvalues></node>'
    nodes += '<node id="b"/><node id="c"/>'
    people, _ = brought(tmp_path, gexf(nodes, attributes=attributes), "n.gexf").settled("lane")
    assert people.tenure.tolist() == [OWNER, TENANT, TENANT]


@pytest.mark.parametrize("word", ["true", "1", "yes", "TRUE", " True ", "1.0", "是", "T"])
def test_yes_as_people_write_it(tmp_path, word):
    keys = '<key id="p" for="node" attr.name="party" attr.type="boolean"/>'
    text = graphml(
        f'<node id="a"><data key="p">{word}</data></node><node id="b"/><node id="c"/>{EDGES}', keys
    )
    assert brought(tmp_path, text).settled("lane")[0].party.tolist() == [True, False, False]


def test_an_error_names_node_and_attribute(tmp_path):
    keys = '<key id="p" for="node" attr.name="party" attr.type="boolean"/>'
    text = graphml(
        f'<node id="a"/><node id="b"><data key="p">perhaps</data></node><node id="c"/>{EDGES}', keys
    )
    assert "party of resident b 'perhaps'" in complaint(tmp_path, text)


def test_groups_are_no_residents(tmp_path):
    inner = '<node id="a"/><node id="b"/><edge source="a" target="b"/>'
    nested = f'<node id="g"><graph edgedefault="undirected">{inner}</graph></node><node id="c"/>'
    nested += '<node id="empty" yfiles.foldertype="group"/><edge source="b" target="c"/>'
    assert ties(tmp_path, graphml(nested)) == TIES
    assert list(brought(tmp_path, graphml(nested)).file.graph) == ["a", "b", "c"]
    assert "leads to the group g" in complaint(tmp_path, graphml(nested + '<edge source="g" target="c"/>'))
    tree = '<node id="g"><nodes><node id="a"/><node id="b"/></nodes></node><node id="c"/>'
    assert ties(tmp_path, gexf(tree), "n.gexf") == TIES
    by_parent = '<node id="g"/><node id="a" pid="g"/><node id="b" pid="g"/><node id="c"/>'
    assert list(brought(tmp_path, gexf(by_parent), "n.gexf").file.graph) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "space",
    [
        *(f"http://www.gexf.net/{version}" for version in ("1.1draft", "1.2draft", "1.3")),
        "http://gexf.net/1.3",
        "",
    ],
)
def test_any_version_of_gexf(tmp_path, space):
    assert ties(tmp_path, gexf(space=space), "n.gexf") == TIES


def test_attributes_that_nobody_needs_stop_nothing(tmp_path):
    """Dates, values that change, unknown types, keys without a name, data without a key."""
    attributes = (
        '<attributes class="node" mode="dynamic"><attribute id="0" title="moved" type="date"/>'
        '<attribute id="1" title="mood" type="rainbow"/></attributes>'
    )
    values = (
        '<attvalue for="0" value="2001-02-03"/><attvalue for="1" value="5" start="1"/>'
        '<attvalue for="1" value="6" start="2"/><attvalue for="9"/>'
    )
    nodes = f'<node id="a"><attvalues>{values}</attvalues></node><node id="b"/><node id="c"/>'
    assert ties(tmp_path, gexf(nodes, attributes=attributes), "n.gexf") == TIES
    keys = '<key id="x" for="node" attr.name="x" attr.type="rainbow"/><key id="y" for="node"/>'
    inside = '<node id="a"><data key="x">?</data><data key="none">?</data></node><node id="b"/><node id="c"/>'
    assert ties(tmp_path, graphml(inside + EDGES, keys)) == TIES


def test_a_trait_that_changes_in_time_is_named(tmp_path):
    attributes = '<attributes class="node"><attribute id="0" title="age" type="integer"/></attributes>'
    values = '<attvalue for="0" value="30"/><attvalue for="0" value="31"/>'
    nodes = f'<node id="a"><attvalues>{values}</attvalues></node><node id="b"/>'
    assert "node a: its age changes in time" in complaint(
        tmp_path, gexf(nodes, attributes=attributes), "n.gexf"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (graphml(kind="directed"), "the network is directed"),
        (graphml(NODES + '<edge source="a" target="b" directed="true"/>'), "the network is directed"),
        (graphml(NODES + EDGES + '<edge source="b" target="a"/>'), "repeated ties (residents b and a)"),
        (graphml(NODES + '<edge source="a" target="z"/>'), "a tie leads to z, and no node has that id"),
        (graphml(NODES + '<node id="a"/>' + EDGES), "two nodes have the id a"),
        (graphml("<node/>"), "a node has no id"),
        (graphml(NODES + "<hyperedge/>"), "a hyperedge"),
        (graphml().replace("</graphml>", '<graph edgedefault="undirected"/></graphml>'), "it has 2 graphs"),
        ("<graphml/>", "it has no graphs"),
        ("<gexf/>", "its first element is <gexf>"),
        ("<graphml><graph>", "not a valid .graphml file"),
        ('<?xml version="1.0" encoding="martian"?><graphml/>', "not a valid .graphml file"),
    ],
)
def test_what_no_community_has_is_refused(tmp_path, text, said):
    assert said in complaint(tmp_path, text)


def test_bombs_are_refused(tmp_path):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><graphml>&l11;</graphml>'
    assert "not a valid .graphml file" in complaint(tmp_path, text)


def test_tools_write_what_is_read(tmp_path):
    """networkx in both formats and with all types; igraph with numbers as ids and names as an attribute."""
    graph = nx.path_graph(4)
    for node in graph:
        graph.nodes[node].update(
            age=[30, 50, 65, 75][node], party=node == 0, free_hours=2.5, compound=node // 2
        )
    nx.write_graphml(graph, tmp_path / "nx.graphml")
    nx.write_gexf(graph, tmp_path / "nx.gexf")
    one, other = (load(tmp_path / f"nx.{kind}", scenario="lane") for kind in ("graphml", "gexf"))
    for people, network in (one, other):
        assert people.ids == ("0", "1", "2", "3")
        assert people.age.tolist() == [1, 2, 3, 4]
        assert people.party.tolist() == [True, False, False, False]
        assert people.compound.tolist() == [0, 0, 1, 1]
        assert people.free_minutes.tolist() == [150] * 4
        assert network.degrees.tolist() == [1, 2, 2, 1]


def test_residents_by_the_labels_of_nodes(tmp_path):
    """igraph and Gephi number nodes; a table of residents has names."""
    keys = '<key id="v_name" for="node" attr.name="name" attr.type="string"/>'
    node = '<node id="n{}"><data key="v_name">{}</data></node>'
    inside = "".join(node.format(n, name) for n, name in enumerate(("li", "wang", "zhao")))
    (tmp_path / "n.graphml").write_text(graphml(inside + '<edge source="n0" target="n2"/>', keys))
    (tmp_path / "r.csv").write_text("id,age\nwang,30\nli,50\nzhao,70\n")
    people, network = load(tmp_path / "n.graphml", tmp_path / "r.csv", "lane")
    assert people.ids == ("wang", "li", "zhao")
    assert network.degrees.tolist() == [0, 1, 1]
    (tmp_path / "n.graphml").write_text(graphml(inside.replace(">wang<", ">li<"), keys))
    with pytest.raises(InputError, match=re.escape("two nodes have one label")):
        looked_at(tmp_path / "n.graphml", tmp_path / "r.csv")


def test_no_damage_ends_in_anything_but_a_line(tmp_path):
    chance = random.Random(5)
    keys = '<key id="t" for="node" attr.name="tenure" attr.type="string"><default>tenant</default></key>'
    whole = {"n.graphml": graphml(keys=keys), "n.gexf": gexf()}
    said: list[str] = []
    for _ in range(300):
        name = chance.choice(list(whole))
        words = re.findall(r"<[^>]*>|[^<]+", whole[name])
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(words))
            words[at] = chance.choice(
                ["", words[at] * 2, words[at][: len(words[at]) // 2], chance.choice(words)]
            )
        try:
            found = brought(tmp_path, "".join(words), name)
        except InputError as error:
            said.append(str(error))
        else:
            assert isinstance(found.file.graph, nx.Graph)
            assert not found.file.graph.is_directed()
    assert said
    assert all(line.isprintable() for line in said)
