"""Lists of ties as people's tools write them: two residents a line, among other columns.

The separator and the number of cells are fixed once for a whole file. Which two columns are the residents
says the header, or else they are the first two and nothing but numbers stands beside them. What cannot be
told from something else (row numbers, adjacency lists, a header of unknown words) is refused with the line
and with what would make it clear: a wrong guess would be a network of people who do not exist.
"""

import csv
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import networkx as nx

from linli.model.errors import InputError
from linli.model.population.residents_table import identifier
from linli.model.reading import printable

PAIRS = (
    *(
        ("source", "target"),
        ("from", "to"),
        ("vertex1", "vertex2"),
        ("node1", "node2"),
        ("v1", "v2"),
        ("x1", "x2"),
    ),
    *(("ego", "alter"), ("sender", "receiver"), ("src", "dst"), ("tail", "head"), ("person1", "person2")),
    *(
        ("resident1", "resident2"),
        ("actor1", "actor2"),
        ("name1", "name2"),
        ("id1", "id2"),
        ("nodea", "nodeb"),
    ),
    *(("sourceid", "targetid"), ("fromid", "toid"), ("fromnode", "tonode"), ("fromnodeid", "tonodeid")),
    *(
        ("sourcenode", "targetnode"),
        ("sourcelabel", "targetlabel"),
        ("vertexa", "vertexb"),
        ("persona", "personb"),
    ),
    *(
        ("源", "目标"),
        ("源节点", "目标节点"),
        ("来源", "目标"),
        ("起点", "终点"),
        ("从", "到"),
        ("节点1", "节点2"),
    ),
    *(("居民1", "居民2"), ("居民甲", "居民乙"), ("姓名1", "姓名2"), ("编号1", "编号2"), ("发起者", "接收者")),
    *(("发送者", "接收者"), ("顶点1", "顶点2")),
)
"""What the two columns of residents are called by Gephi, NodeXL, igraph, R, networkx and in Chinese, without
blanks and marks and in small letters."""
DIRECTED = ("directed", "有向", "有向的")
LONGEST = 200
"""Characters of a name."""
_MARKS = re.compile(r"[\s._\-\"']+")
_WORDS = re.compile(r'"((?:[^"]|"")*)"|(\S+)')
_ATTRIBUTES = re.compile(r"[\s,;]*\{[^{}]*\}\s*$")
_NUMBER = re.compile(r"\s*[-+]?[\d.,]*(?:[eE][-+]?\d+)?\s*")
_SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas", " ": "spaces"}
NAME_THEM = "write a first line that names the columns, with source and target for the two residents"


@dataclass(frozen=True)
class EdgeList:
    """What was read. used: the columns of the residents, by name or number; ignored: all others."""

    graph: nx.Graph
    used: tuple[str, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    """A line that says something: its number in the file, and its cells."""

    line: int
    cells: list[str]


def read_edge_list(path: Path, text: str) -> EdgeList:
    """The ties of a file. text: what stands in it. Raises InputError that names the line."""
    try:
        return _read(text)
    except InputError as error:
        raise InputError(f"network {path}: {error}") from None


def _read(text: str) -> EdgeList:
    lines = list(_lines(text))
    if not lines:
        return EdgeList(nx.Graph(), (), ())
    _refuse_other_formats(lines[0])
    separator = _separator(lines[0][1])
    rows = [_Row(number, _cells(number, line, separator)) for number, line in lines]
    header, shift = _header(rows)
    data = rows if header is None else rows[1:]
    width = len(rows[0].cells) + shift
    _refuse_ragged(data, width, separator)
    if header is None:
        source, target, names = 0, 1, [f"column {n + 1}" for n in range(width)]
        _refuse_unclear(data)
    else:
        source, target, names = (*header, [*[""] * shift, *rows[0].cells])
    _refuse_directed(data, names)
    graph = _graph(data, source, target)
    used = (names[source], names[target])
    empty = {n for n in range(width) if not any(row.cells[n] for row in data)}
    others = (n for n in range(width) if n not in (source, target) and n not in empty)
    return EdgeList(graph, used, tuple(names[n] or "row names" for n in others))


# lines and cells ------------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers: no empty ones, no remarks, no attributes of
    networkx."""
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.rstrip("\r")
        if line.strip(" ,;") and not line.lstrip().startswith(("#", "%")):
            yield number, _ATTRIBUTES.sub("", line) if line.rstrip().endswith("}") else line
        elif line.lower().startswith("%%matrixmarket"):
            raise InputError(f"line {number}: this is a matrix of MatrixMarket, not a list of ties")


def _refuse_other_formats(first: tuple[int, str]) -> None:
    """Files of Pajek and UCINET may end in .txt, too."""
    number, line = first
    if line.lstrip().startswith("*"):
        raise InputError(f"line {number} is of Pajek's format: export GraphML, or a list of ties")
    if re.match(r"\s*dl\b.*=", line, re.IGNORECASE):
        raise InputError(f"line {number} is of UCINET's format: export GraphML, or a list of ties")


def _separator(line: str) -> str:
    """What stands between the cells of the first line, and so of all."""
    outside = re.sub(r'"[^"]*"', "", line).strip(" ")
    return next((mark for mark in _SEPARATORS if mark in outside.strip()), " ")


def _cells(number: int, line: str, separator: str) -> list[str]:
    if separator == " ":
        found = [quoted.replace('""', '"') if quoted else plain for quoted, plain in _WORDS.findall(line)]
    elif '"' in line:
        try:
            found = next(csv.reader([line], delimiter=separator, strict=True, skipinitialspace=True))
        except csv.Error as error:
            raise InputError(
                f'line {number} is not valid: {error}; a " opens what another one closes'
            ) from None
    else:
        found = line.split(separator)
    return [cell.strip() for cell in found]


# which columns --------------------------------------------------------------------------------------------


def _header(rows: Sequence[_Row]) -> tuple[tuple[int, int] | None, int]:
    """Where the residents stand if the first line names columns, and by how many cells it is shorter: R
    writes row names without a name of their own."""
    names = [_MARKS.sub("", cell.lower()) for cell in rows[0].cells]
    pair = next((pair for pair in PAIRS if pair[0] in names and pair[1] in names), None)
    if pair is None:
        _refuse_half_a_header(rows[0], names)
        return None, 0
    for name in pair:
        if names.count(name) > 1:
            raise InputError(f"line {rows[0].line} names two columns {name}: name one of them otherwise")
    shift = int(len(rows) > 1 and all(len(row.cells) == len(names) + 1 for row in rows[1:]))
    at = names.index(pair[0]) + shift, names.index(pair[1]) + shift
    spelled = {rows[0].cells[i - shift] for i in at}
    if any(row.cells[i] in spelled for row in rows[1:] for i in at if i < len(row.cells)):
        return None, 0  # people who are called v1 and v2
    return at, shift


def _refuse_half_a_header(row: _Row, names: list[str]) -> None:
    surely = {name for pair in PAIRS[:2] for name in pair} - {"to", "from"}
    found = [cell for cell, name in zip(row.cells, names, strict=True) if name in surely]
    if found:
        raise InputError(f"line {row.line} names a column {found[0]} and not the other resident: {NAME_THEM}")


def _refuse_ragged(rows: Sequence[_Row], width: int, separator: str) -> None:
    for row in rows:
        cells = len(row.cells)
        if cells != width or cells < 2:
            expected = f"{width} were expected" if width > 1 else "a tie takes two"
            raise InputError(
                f"line {row.line} has {cells} cell{'s' * (cells != 1)} between {_SEPARATORS[separator]}, "
                f"{expected}: every line is a tie of two residents, with as many cells as the first (lists "
                "of neighbours are another format)"
            )


def _refuse_unclear(rows: Sequence[_Row]) -> None:
    """Without a header: whatever may be no tie of the first two columns."""
    first = rows[0]
    for n in range(2, len(first.cells)):
        odd = next((row for row in rows if not _NUMBER.fullmatch(row.cells[n])), None)
        if odd:
            raise InputError(
                f"line {odd.line} has {len(first.cells)} cells, the one of column {n + 1} is no number, "
                f"and no header says which two are residents: {NAME_THEM}"
            )
    if len(first.cells) > 2 and len(rows) > 2 and _counts_up([row.cells[0] for row in rows]):
        raise InputError(
            f"line {first.line}: the first column counts up line by line, as row numbers and lists of "
            f"neighbours do: {NAME_THEM}"
        )
    later: set[str] = set(itertools.chain.from_iterable(row.cells[:2] for row in rows[1:]))
    if first.cells[:2] == [str(len(later)), str(len(rows) - 1)]:
        raise InputError(
            f"line {first.line} says how many residents and ties follow, or is a tie: remove it, or "
            f"{NAME_THEM}"
        )
    words = not any(_NUMBER.fullmatch(cell) for cell in first.cells[:2])
    if len(rows) > 2 and words and later.isdisjoint(first.cells[:2]):
        one, other = first.cells[:2]
        raise InputError(
            f"line {first.line} ({one}, {other}) is a header of unknown names, or a tie of two whom nobody "
            f"else knows: {NAME_THEM}"
        )


def _counts_up(cells: list[str]) -> bool:
    """Whether cells are 0, 1, 2, ... or 1, 2, 3, ..."""
    return any(cells == [str(n + start) for n in range(len(cells))] for start in (0, 1))


def _refuse_directed(rows: Sequence[_Row], names: Sequence[str]) -> None:
    """Gephi says of every tie whether it has a direction."""
    kind = next((n for n, name in enumerate(names) if name.lower() in ("type", "类型")), None)
    if kind is None:
        return
    for row in rows:
        if row.cells[kind].lower() in DIRECTED:
            raise InputError(
                f"line {row.line}: the network is directed; ties here are mutual: make it undirected first"
            )


# the graph ------------------------------------------------------------------------------------------------


def _graph(rows: Sequence[_Row], source: int, target: int) -> nx.Graph:
    graph = nx.Graph()
    for row in rows:
        one, other = identifier(row.cells[source]), identifier(row.cells[target])
        if not one or not other:
            raise InputError(f"line {row.line} does not have two ids")
        for name in (one, other):
            _check_name(row.line, name)
        if graph.has_edge(one, other):
            raise InputError(f"line {row.line} repeats the tie of {one} and {other}")
        graph.add_edge(one, other)
    return graph


def _check_name(line: int, name: str) -> None:
    left = next((mark for mark in ';"%\t' if mark in name), None)
    if left:
        raise InputError(f"line {line}: the name {_quoted(name)} has a {left!r} left in it: is it one cell?")
    if len(name) > LONGEST or not name.isprintable():
        raise InputError(f"line {line}: {_quoted(name)} is no name of a resident")


def _quoted(name: str) -> str:
    return f"“{printable(name[:LONGEST])}”"
