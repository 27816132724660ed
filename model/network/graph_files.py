"""Files of networks: GraphML, GEXF and edge lists, read with clear errors and written whole or not at all."""

import csv
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import ParseError

import networkx as nx

from linli.model.errors import InputError, unknown
from linli.model.files import write_whole

FORMATS = (".graphml", ".gexf", ".edges", ".txt", ".csv")
"""File endings of networks; the last three are edge lists. What ends otherwise is refused."""

EDGE_HEADERS = (("source", "target"), ("from", "to"))
"""A first line of an edge list that names its columns."""


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
            rows.writerow(EDGE_HEADERS[0])
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


def read_graph(file: str | Path) -> nx.Graph:
    """A graph from a file: GraphML, GEXF, or an edge list of two ids a line.

    Ids in edge lists are separated by commas, tabs or spaces; a line that begins with # says nothing, and a
    first line "source,target" is a header.
    Raises InputError for files that are not there or not in their format.
    """
    path = Path(file)
    kind = _format(path)
    try:
        if kind == ".graphml":
            return nx.read_graphml(path)
        if kind == ".gexf":
            return nx.read_gexf(path)
        return _edge_list(path)
    except OSError as error:
        raise InputError(f"cannot read network {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"network {path} is not text in UTF-8") from None
    except InputError:
        raise
    except (ParseError, nx.NetworkXException, csv.Error, KeyError, TypeError, ValueError) as error:
        raise InputError(f"network {path} is not a valid {kind} file: {error}") from None


def _edge_list(path: Path) -> nx.Graph:
    graph = nx.Graph()
    first = True
    with path.open(encoding="utf-8-sig", newline="") as text:
        for number, line in enumerate(text, start=1):
            ids = _fields(line)
            header = first and tuple(name.lower() for name in ids[:2]) in EDGE_HEADERS
            first = first and not ids
            if not ids or header:
                continue
            if len(ids) < 2 or not ids[0] or not ids[1]:
                raise InputError(f"network {path}: line {number} does not have two ids")
            if graph.has_edge(ids[0], ids[1]):
                raise InputError(f"network {path}: line {number} repeats the tie of {ids[0]} and {ids[1]}")
            graph.add_edge(ids[0], ids[1])
    return graph


def _fields(line: str) -> list[str]:
    """The cells of a line of an edge list; none for empty lines and remarks."""
    text = line.strip()
    if not text or text.startswith("#"):
        return []
    separator = next((mark for mark in "\t," if mark in text), None)
    if separator is None:
        return text.split()
    return [cell.strip() for cell in next(csv.reader([text], delimiter=separator, strict=True))]
