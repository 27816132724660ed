"""Files of networks: GraphML, GEXF and edge lists, read with clear errors and written whole or not at all."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import networkx as nx

from linli.model.errors import InputError, unknown
from linli.model.files import write_whole
from linli.model.network.edge_lists import PAIRS, read_edge_list
from linli.model.network.graph_xml import read_xml
from linli.model.reading import DATA, content_of, text_of

FORMATS = (".graphml", ".gexf", ".edges", ".txt", ".csv")
"""File endings of networks; the last three are edge lists. What ends otherwise is refused."""


def save_graph(graph: nx.Graph, file: str | Path) -> None:
    """Write a graph in the format of the file's ending. An edge list holds the ties alone.

    Raises InputError for another ending or a place that cannot be written to.
    """
    path = Path(file)
    kind = _format(path)
    if kind == ".graphml":
        save_file(path, lambda part: nx.write_graphml(graph, part))
    elif kind == ".gexf":
        save_file(path, lambda part: nx.write_gexf(graph, part))
    else:
        save_file(path, lambda part: _write_edges(graph, part, comma=kind == ".csv"))


def _write_edges(graph: nx.Graph, path: Path, comma: bool) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        rows = csv.writer(text, delimiter="," if comma else "\t", lineterminator="\n")
        if comma:
            rows.writerow(PAIRS[0])
        rows.writerows(graph.edges)


def save_file(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file, whole or not at all. InputError for a place that cannot be written to."""
    try:
        write_whole(path, write)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from None


def _format(path: Path) -> str:
    kind = path.suffix.lower()
    if kind not in FORMATS:
        raise unknown("kind of network file", kind or path.name, FORMATS)
    return kind


@dataclass(frozen=True)
class NetworkFile:
    """What a file holds. used: columns or attributes that were read; ignored: others; labels: what nodes are
    called beside their ids, where the file says so."""

    graph: nx.Graph
    used: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def read_graph(file: str | Path, wanted: tuple[str, ...] = ()) -> NetworkFile:
    """A network from a file: GraphML, GEXF, or a list of ties (see `model.network.edge_lists`).

    wanted: attributes of nodes that are read, if the format has any. Raises InputError for files that are not
    there or not in their format.
    """
    path = Path(file)
    kind = _format(path)
    try:
        content = content_of(path, DATA)
    except OSError as error:
        raise InputError(f"cannot read network {path}: {error.strerror}") from None
    if kind in (".graphml", ".gexf"):
        try:
            xml = read_xml(content, kind, wanted)
        except InputError as error:
            raise InputError(f"network {path}: {error}") from None
        return NetworkFile(xml.graph, xml.used, xml.ignored, xml.labels)
    ties = read_edge_list(path, text_of(content, f"network {path}"))
    return NetworkFile(ties.graph, ties.used, ties.ignored)
