"""GraphML and GEXF as networkx, igraph, yEd and Gephi write them: residents, their traits, and their ties.

Elements are known by their local names, whatever the version's namespace. Only what describes residents is
read, so that nothing else can stop a file: a group (a node with nodes in it) is no resident, weights and
layouts are left alone. A default holds where a node says nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, fromstring

import networkx as nx

from linli.model.errors import InputError

LABELS = ("label", "name")
"""Attributes of nodes that hold a name for people: igraph and Gephi number their nodes."""
NUMBERS = ("int", "integer", "long", "float", "double", "short", "byte", "bigdecimal", "biginteger")


@dataclass(frozen=True)
class XmlGraph:
    """What was read. used, ignored: attributes of nodes; labels: what nodes are called beside their ids."""

    graph: nx.Graph
    used: tuple[str, ...]
    ignored: tuple[str, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class _Key:
    """An attribute of nodes. name: in small letters; default: where a node says nothing, None if there is
    none."""

    name: str
    is_number: bool
    default: str | None


@dataclass
class _Found:
    """What has been read of a file so far. groups: nodes with nodes in them."""

    keys: Mapping[str, _Key]
    wanted: tuple[str, ...]
    graph: nx.Graph = field(default_factory=nx.Graph)
    groups: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)

    def add_node(self, node: str | None, values: Mapping[str, str], label: str | None = None) -> None:
        """A resident. values: what the node says, by the id of its key."""
        if node is None:
            raise InputError("a node has no id")
        if node in self.graph or node in self.groups:
            raise InputError(f"two nodes have the id {node}")
        said = {key.name: key.default for key in self.keys.values() if key.default is not None}
        said |= {self.keys[key].name: value for key, value in values.items() if key in self.keys}
        kinds = {key.name: key.is_number for key in self.keys.values()}
        traits = {n: _plain(v) if kinds[n] else v.strip() for n, v in said.items() if n in self.wanted}
        self.graph.add_node(node, **traits)
        label = label or next((said[name] for name in LABELS if said.get(name)), None)
        if label:
            self.labels[node] = label.strip()

    def add_edge(self, one: str | None, other: str | None, directed: bool) -> None:
        """A tie."""
        for end in (one, other):
            if end in self.groups:
                raise InputError(f"a tie leads to the group {end}: ties are among residents")
            if end is None or end not in self.graph:
                raise InputError(f"a tie leads to {end}, and no node has that id")
        if directed:
            raise InputError("the network is directed; ties here are mutual: make it undirected first")
        if self.graph.has_edge(one, other):
            raise InputError(
                f"the network has repeated ties (residents {one} and {other}): use a simple graph"
            )
        self.graph.add_edge(one, other)

    def done(self) -> XmlGraph:
        """All of it."""
        names = tuple(dict.fromkeys(key.name for key in self.keys.values()))
        used = tuple(name for name in names if name in self.wanted)
        return XmlGraph(self.graph, used, tuple(n for n in names if n not in used), self.labels)


def read_xml(content: bytes, kind: str, wanted: tuple[str, ...]) -> XmlGraph:
    """The network of a file. kind: .graphml or .gexf; wanted: attributes of nodes that are read.

    Raises InputError for a file that is none, or that holds what no community has: directions, several
    graphs, ties of groups.
    """
    try:
        root = fromstring(content)
    except (ParseError, ValueError, LookupError) as error:  # an encoding that the parser does not know, too
        raise InputError(f"it is not a valid {kind} file: {error}") from None
    expected = kind.removeprefix(".")
    if _local(root) != expected:
        raise InputError(
            f"it is not a valid {kind} file: its first element is <{_local(root)}>, not <{expected}>"
        )
    graphs = _children(root, "graph")
    if len(graphs) != 1:
        raise InputError(f"it is not a valid {kind} file: it has {len(graphs) or 'no'} graphs; one is read")
    read: Callable[[Element, Element, tuple[str, ...]], _Found] = {"graphml": _graphml, "gexf": _gexf}[
        expected
    ]
    return read(root, graphs[0], wanted).done()


# GraphML --------------------------------------------------------------------------------------------------


def _graphml(root: Element, graph: Element, wanted: tuple[str, ...]) -> _Found:
    found = _Found(dict(_graphml_keys(root)), wanted)
    nodes, edges = [], []
    for inside in graph.iter():
        if _local(inside) == "graph":
            directed = inside.get("edgedefault") == "directed"
            edges += [(edge, directed) for edge in _children(inside, "edge")]
            if _children(inside, "hyperedge"):
                raise InputError("a hyperedge ties more than two nodes: use edges")
        elif _local(inside) == "node":
            if _children(inside, "graph") or inside.get("yfiles.foldertype"):
                found.groups.add(inside.get("id", ""))
            else:
                nodes.append(inside)
    for node in nodes:
        values = {data.get("key", ""): data.text or "" for data in _children(node, "data") if not len(data)}
        found.add_node(node.get("id"), values, _yed_label(node))
    for edge, directed in edges:
        said = edge.get("directed")
        found.add_edge(
            edge.get("source"),
            edge.get("target"),
            directed if said is None else said.strip() in ("true", "1"),
        )
    return found


def _graphml_keys(root: Element) -> Iterator[tuple[str, _Key]]:
    for key in _children(root, "key"):
        name, where = key.get("attr.name"), key.get("for", "all")
        if name is None or where not in ("node", "all"):
            continue
        default = next((one.text or "" for one in _children(key, "default")), None)
        yield key.get("id", ""), _Key(name.strip().lower(), _is_number(key.get("attr.type")), default)


def _yed_label(node: Element) -> str | None:
    """yEd keeps what is shown in the drawing of a node."""
    for data in _children(node, "data"):
        for inside in data.iter():
            if _local(inside) == "NodeLabel" and inside.text and inside.text.strip():
                return inside.text
    return None


# GEXF -----------------------------------------------------------------------------------------------------


def _gexf(root: Element, graph: Element, wanted: tuple[str, ...]) -> _Found:
    found = _Found(dict(_gexf_keys(graph)), wanted)
    nodes = [inside for inside in graph.iter() if _local(inside) == "node"]
    found.groups |= {node.get("id", "") for node in nodes if any(_local(e) == "node" for e in _below(node))}
    found.groups |= {node.get("pid", "") for node in nodes} - {""}
    for node in nodes:
        if node.get("id") not in found.groups:
            found.add_node(node.get("id"), _gexf_values(node, found), node.get("label"))
    directed = graph.get("defaultedgetype", "undirected")
    for inside in graph.iter():
        for edge in _children(inside, "edge") if _local(inside) == "edges" else ():
            found.add_edge(edge.get("source"), edge.get("target"), edge.get("type", directed) == "directed")
    return found


def _gexf_keys(graph: Element) -> Iterator[tuple[str, _Key]]:
    for table in _children(graph, "attributes"):
        for key in _children(table, "attribute") if table.get("class") == "node" else ():
            default = next((one.text or "" for one in _children(key, "default")), None)
            name = key.get("title", key.get("id", "")).strip().lower()
            yield key.get("id", ""), _Key(name, _is_number(key.get("type")), default)


def _gexf_values(node: Element, found: _Found) -> dict[str, str]:
    values: dict[str, str] = {}
    for inside in _children(node, "attvalues"):
        for said in _children(inside, "attvalue"):
            key = said.get("for", said.get("id", ""))
            value = said.get("value", "")
            about = found.keys.get(key)
            if about and about.name in found.wanted and values.get(key, value) != value:
                raise InputError(
                    f"node {node.get('id')}: its {about.name} changes in time; give it one value"
                )
            values[key] = value
    return values


# XML ------------------------------------------------------------------------------------------------------


def _local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if _local(child) == name]


def _below(element: Element) -> Iterator[Element]:
    """Everything inside an element."""
    inside = element.iter()
    next(inside)
    return inside


def _is_number(kind: str | None) -> bool:
    return (kind or "string").lower() in NUMBERS


def _plain(text: str) -> str:
    """A number as a table would write it: 7.0 is the building 7."""
    text = text.strip()
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() else text
