"""Lists of ties in the shapes that people's tools write: the right people and ties, or the line that is
wrong."""

import random
from pathlib import Path

import networkx as nx
import pytest

from linli.model.errors import InputError
from linli.model.graphs import looked_at
from linli.model.network.edge_lists import PAIRS

PATH = [("li", "wang"), ("wang", "zhao"), ("zhao", "chen"), ("chen", "sun")]


def read(tmp_path: Path, text: str | bytes, name: str = "ties.csv"):
    """What is read of a file: the ties as sets, columns used, columns ignored."""
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    found = looked_at(file).file
    return {frozenset(tie) for tie in found.graph.edges}, found.used, found.ignored


def complaint(tmp_path: Path, text: str | bytes, name: str = "ties.csv") -> str:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text, name)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600
    return str(caught.value)


TIES = {frozenset(pair) for pair in PATH}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "-".join(pair))
def test_a_header_is_no_pair_of_residents(tmp_path, pair):
    lines = [",".join(pair).upper(), *(",".join(tie) for tie in PATH)]
    assert read(tmp_path, "\n".join(lines))[0] == TIES


@pytest.mark.parametrize(
    ("text", "used", "ignored"),
    [
        # Gephi's table of edges
        (
            "Source,Target,Type,Id,Label,Weight\n{},Undirected,0,,1\n",
            ("Source", "Target"), ("Type", "Id", "Weight"),
        ),
        ("Id,Label,Source,Target\n7,tie,{}\n", ("Source", "Target"), ("Id", "Label")),
        # NodeXL, and names with blanks and points
        ("Vertex 1,Vertex 2,Width\n{},1.5\n", ("Vertex 1", "Vertex 2"), ("Width",)),
        ("weight,node.1,Node_2\n3,{}\n", ("node.1", "Node_2"), ("weight",)),
        # pandas with row numbers; the column has no name
        (",from,to\n0,{}\n", ("from", "to"), ("row names",)),
        ("序号,源,目标,权重\n1,{},2\n", ("源", "目标"), ("序号", "权重")),
        # trailing separators make a column in which nothing stands
        ("source,target,\n{},\n", ("source", "target"), ()),
    ],
)  # fmt: skip
def test_named_columns_anywhere(tmp_path, text, used, ignored):
    head, line, _ = text.split("\n")
    lines = [head, *(line.format(",".join(tie)) for tie in PATH)]
    assert read(tmp_path, "\n".join(lines)) == (TIES, used, ignored)


@pytest.mark.parametrize("mark", [",", ";", "\t", " ", "   "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_separator_a_file(tmp_path, mark, end):
    lines = [mark.join(tie) for tie in PATH]
    assert read(tmp_path, end.join(lines) + end, "ties.txt")[0] == TIES
    quoted = [mark.join(f'"{name}"' for name in tie) for tie in PATH]
    assert read(tmp_path, end.join(quoted), "ties.edges")[0] == TIES


def test_names_of_several_words(tmp_path):
    wanted = {frozenset(("Li, Na", "Wang Wei")), frozenset(("Wang Wei", "Sun Li"))}
    assert read(tmp_path, "Li, Na;Wang Wei\nWang Wei;Sun Li\n")[0] == wanted
    assert read(tmp_path, '"Li, Na","Wang Wei"\n"Wang Wei","Sun Li"\n')[0] == wanted
    assert read(tmp_path, '"Li, Na" "Wang Wei"\n"Wang Wei" "Sun Li"\n')[0] == wanted


def test_tables_of_r(tmp_path):
    """write.table: quoted, row names, and one name less in the header."""
    rows = [f'"{n}" "{a}" "{b}" {n}.5' for n, (a, b) in enumerate(PATH, 1)]
    ties, used, ignored = read(tmp_path, "\n".join(['"from" "to" "weight"', *rows]), "r.txt")
    assert (ties, used, ignored) == (TIES, ("from", "to"), ("row names", "weight"))


def test_konect_and_networkx(tmp_path):
    """Remarks by % and #, weights and dates without a header, and attributes in braces."""
    konect = "% sym weighted\n% 3 4 4\n1 2 1 1082040961\n2 3 5 1082040962\n2 4 1 1082040963\n"
    ties, used, ignored = read(tmp_path, konect, "out.edges")
    assert ties == {frozenset(tie) for tie in (("1", "2"), ("2", "3"), ("2", "4"))}
    assert (used, ignored) == (("column 1", "column 2"), ("column 3", "column 4"))
    graph = nx.Graph([("7", "8", {"weight": 1.5, "since": "2001"}), ("8", "9", {})])
    for delimiter in (" ", ",", "\t"):
        nx.write_edgelist(graph, tmp_path / "nx.txt", delimiter=delimiter)
        assert read(tmp_path, (tmp_path / "nx.txt").read_bytes())[0] == {frozenset("78"), frozenset("89")}


def test_people_who_are_called_like_columns(tmp_path):
    """igraph may name its vertices v1, v2, ...: the first line is a tie if its names come again."""
    triangle = (("v1", "v2"), ("v2", "v3"), ("v3", "v1"))
    assert read(tmp_path, "v1,v2\nv2,v3\nv3,v1\n")[0] == {frozenset(tie) for tie in triangle}
    assert len(read(tmp_path, "v1,v2\na,b\nb,c\n")[0]) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are(tmp_path, encoding):
    text = "源,目标\n李娜,王伟\n王伟,孙丽\n"
    wanted = {frozenset(("李娜", "王伟")), frozenset(("王伟", "孙丽"))}
    assert read(tmp_path, text.encode(encoding))[0] == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("李娜,王伟\n".encode("gb18030"), "it reads as GB18030"),
        ("0,li,wang\n1,wang,zhao\n2,zhao,chen\n", "line 1 has 3 cells"),
        ("0,5,7\n1,5,8\n2,6,7\n", "the first column counts up line by line"),
        ("1 2 3\n2 3 1\n3 1 2\n", "lists of neighbours"),
        ("0 1 2 3\n1 2\n2 3\n", "line 2 has 2 cells between spaces, 4 were expected"),
        ("a,b\nb,c\n\nc,d,e\n", "line 4 has 3 cells between commas, 2 were expected"),
        ("person,friend\nli,wang\nwang,zhao\n", "line 1 (person, friend) is a header of unknown names"),
        ("source,friend\nli,wang\nwang,zhao\n", "line 1 names a column source and not the other resident"),
        ("source,target,target\na,b,c\n", "line 1 names two columns target"),
        ("4 3\n0 1\n1 2\n2 3\n", "says how many residents and ties follow"),
        ("%%MatrixMarket matrix coordinate\n3 3 2\n1 2\n", "line 1: this is a matrix of MatrixMarket"),
        ('*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 2\n', "line 1 is of Pajek's format"),
        ("dl n=3 format=edgelist1\ndata:\n1 2\n", "line 1 is of UCINET's format"),
        ("Source,Target,Type\na,b,Undirected\nb,c,Directed\n", "line 3: the network is directed"),
        ("source,target\na,b\n50%,a\n", "line 3: the name “50%” has a '%' left in it"),
        ("source\ttarget\na\tb;c\n", "line 2: the name “b;c” has a ';' left in it"),
        ("source,target\na,\x1b]0;owned\x07\n", "line 2: the name “\\x1b]0;owned\\x07”"),
        ("source,target\na," + "x" * 500, "is no name of a resident"),
        ("li\nwang\n", "line 1 has 1 cell"),
        ("source,target\na,b\nb,a\n", "line 3 repeats the tie of b and a"),
    ],
)
def test_what_is_unclear_is_refused_with_its_line(tmp_path, text, said):
    assert said in complaint(tmp_path, text)


def test_what_was_read_is_shown(tmp_path):
    file = tmp_path / "ties.csv"
    file.write_text("Id,Source,Target,Weight\n" + "".join(f"{n},a{n},a{n + 1},2\n" for n in range(2000)))
    assert str(looked_at(file)) == (
        "2,001 residents, 2,000 ties; the first: a0, a1, a2, a3; read: Source, Target; not used: Id, Weight"
    )


# fuzz -----------------------------------------------------------------------------------------------------


ODD = [",", ";", '"', "%", "\t", " ", "\x00", "\x1b[2J", "é", "#", "{", "\r"]


def damaged(text: str, chance: random.Random) -> str:
    """A text with a few things done to it that happen to files."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        line = lines[at]
        cut = chance.randrange(len(line) + 1)
        lines[at] = chance.choice(
            [
                line[:cut],
                line[:cut] + chance.choice(ODD) + line[cut:],
                line + line,
                "",
                line.replace(",", ";"),
                line + ",1",
            ]
        )  # fmt: skip
    return "\n".join(lines)


def test_no_damage_makes_people(tmp_path):
    """Whatever is done to a file with a header: a network of the people in it, or one line that names one."""
    chance = random.Random(7)
    text = "Id,Source,Target,Weight\n" + "".join(f"{n},p{n},p{n * 7 % 31},1\n" for n in range(1, 31))
    said: list[str] = []
    for _ in range(400):
        made = damaged(text, chance)
        file = tmp_path / "ties.csv"
        file.write_bytes(made.encode())
        try:
            names = set(looked_at(file).file.graph)
        except InputError as error:
            said.append(str(error))
        else:
            assert all(name.isprintable() and not set(name) & set(';"%\t') for name in names)
            assert not names & {"Source", "Target", "Id"}
    assert said
    assert all(line.isprintable() for line in said)


def test_numbers_that_were_written_as_fractions_are_the_same_numbers(tmp_path):
    """pandas writes a column of numbers with gaps as 1.0, 2.0."""
    file = tmp_path / "ties.csv"
    file.write_text("Source,Target\n1,2.0\n2,3.0\n", encoding="utf-8")
    brought = looked_at(file)
    assert sorted(brought.file.graph) == ["1", "2", "3"]
    assert repr(brought) == f"<Network: {brought}>"
    assert brought.settled("lane")[0].ids == ("1", "2", "3")
