"""What comes from elsewhere, spoiled at random: whatever it is, it is read, or refused in one line.

Seeded, so that a failure comes again; `-m long` goes on where the quick share stops. An input that takes
longer than WAIT is a fault too: so long takes none that is refused.
"""

import contextlib
import io
import json
import random
import signal
import string
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomli_w

import linli
from linli.experiments import command
from linli.experiments.store import Store
from linli.experiments.store.query import ask
from linli.experiments.study import from_toml as study_of
from linli.model import scenario
from linli.model.errors import InputError
from linli.model.graphs import looked_at
from linli.model.snapshots import archive
from linli.viz.state.link import decode

WAIT = 60
"""Seconds."""
SHARES = [pytest.param("quick"), pytest.param("long", marks=pytest.mark.long)]
QUICK = {
    "command": 220, "scenario": 200, "study": 200, "network": 120, "folder": 40, "snapshot": 80, "sql": 50,
    "link": 200,
}  # fmt: skip
LONG = {name: 4 * many for name, many in QUICK.items()}
ODD = (
    "", " ", "-", "--", "=", ":", ",", ";", "nan", "inf", "-inf", "1e999", "-1", "0", "1", "9" * 400, "1.5",
    "0x10", "true", "None", "../..", "/dev/null", "/dev/zero", "/proc/self/mem", ".", "/", "~", "lane",
    "match", "a" * 5000, "邻里", "\x1b]0;x\x07", "\udcff", "\u202e", "\r", "\t", "%s%n", "{}", "{0}", "$(x)",
    "'", '"', "[", "]", "\\", "1/0", "0/1", "mu", "mu=", "=0.3", "mu=0.3=0.3", "match:", "match:x=1",
    "match:method=", "sink:headcount=nan", "tcp://127.0.0.1:1", "file.npz", "file.toml", "file.graphml",
    "select", "x.py",
)  # fmt: skip


@pytest.fixture(autouse=True)
def watched(tmp_path, monkeypatch) -> Iterator[None]:
    """Nothing hangs unseen, and what is written lands among the temporary files."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def late(*_: object) -> None:
        raise TimeoutError(f"took longer than {WAIT} s")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def begin() -> None:
    """The time of an input begins."""
    if hasattr(signal, "SIGALRM"):
        signal.alarm(WAIT)


def numbers(kind: str, share: str) -> range:
    """The seeds of a kind's inputs: the long share has others than the quick one."""
    return range(QUICK[kind]) if share == "quick" else range(QUICK[kind], QUICK[kind] + LONG[kind])


def refused_or_read(kind: str, share: str, one: Callable[[random.Random], object]) -> None:
    """Every input raises InputError in one line that is not endless, or nothing."""
    met: Counter[str] = Counter()
    for number in numbers(kind, share):
        begin()
        try:
            one(random.Random(f"{kind} {number}"))
        except InputError as error:
            text = " ".join(str(error).split())
            assert text, number
            met["refused"] += 1
        except Exception as error:
            raise AssertionError(f"{kind} {number}: {type(error).__name__}: {error}") from error
        else:
            met["read"] += 1
    assert met["refused"] > 0
    assert met.total() == len(numbers(kind, share))


def test_there_are_three_thousand_inputs():
    assert sum(QUICK.values()) + sum(LONG.values()) >= 3000


# spoiling ------------------------------------------------------------------------------------------------


def spoiled_text(r: random.Random, text: str) -> str:
    """A text with a few things done to it."""
    for _ in range(r.randint(1, 4)):
        at = r.randrange(len(text) + 1)
        to = min(len(text), at + r.randint(0, 30))
        lines = text.splitlines(keepends=True)
        line = r.randrange(max(1, len(lines)))
        text = r.choice(
            (
                text[:at] + r.choice(ODD) + text[at:],
                text[:at] + text[to:],
                text[:at] + r.choice(string.printable) + text[to:],
                text[:at],
                "".join(lines[:line] + lines[line : line + 1] * 2 + lines[line + 1 :]),
                "".join(lines[:line] + lines[line + 1 :]),
                text[:at] + r.choice("[{(\"'") * r.choice((1, 2, 500)) + text[at:],
                text[:at] + str(r.choice((-1, 0, 1e308, 10**30, "inf", "nan"))) + text[to:],
            )
        )
    return text


def spoiled_toml(r: random.Random, text: str) -> str:
    """A document that is spoiled as a text, or is TOML still and holds something odd."""
    if r.random() < 0.4:
        return spoiled_text(r, text)
    data: Any = tomllib.loads(text)
    for _ in range(r.randint(1, 2)):
        data = spoiled_data(r, data)
    try:
        return tomli_w.dumps(data)
    except (TypeError, AttributeError, ValueError):  # what TOML cannot say
        return spoiled_text(r, text)


def spoiled_bytes(r: random.Random, content: bytes) -> bytes:
    """The same with bytes."""
    found = bytearray(content)
    for _ in range(r.randint(1, 8)):
        if found:
            found[r.randrange(len(found))] = r.randrange(256)
    at = r.randrange(len(found) + 1)
    mark = r.choice((b"\xff\xfe", b"\xef\xbb\xbf"))
    return bytes(r.choice((found, found[:at], found + found[:at], mark + found)))


def spoiled_data(r: random.Random, value: Any) -> Any:
    """Plain data with one entry replaced, lost or added, somewhere in it."""
    odd: Any = r.choice((None, True, -1, 0, 2**70, 1e308, "", "x" * 3000, "\x1b[2J", [], {}, [[]], [1, "a"]))
    if isinstance(value, dict) and value and r.random() < 0.9:
        name = r.choice(list(value))
        if r.random() < 0.15:
            return {k: v for k, v in value.items() if k != name}
        if r.random() < 0.1:
            return {**value, r.choice(ODD).encode("utf-8", "replace").decode(): odd}
        return {**value, name: spoiled_data(r, value[name])}
    if isinstance(value, list) and value and r.random() < 0.8:
        at = r.randrange(len(value))
        return [*value[:at], spoiled_data(r, value[at]), *value[at + 1 :]]
    return odd


# command lines -------------------------------------------------------------------------------------------

COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("--days", "--seed", "--burn-in", "--policy", "--set", "--network", "--residents", "--engine",
            "--threads", "--days-per-pass", "--save", "--out", "--stop", "--with"),
    "compare": ("--days", "--seed", "--burn-in", "--policy", "--set", "--engine", "--jobs", "--lang"),
    "attribute": ("--days", "--seed", "--policy", "--set", "--engine", "--after", "--lang"),
    "explain": ("--days", "--seed", "--policy", "--resident", "--day", "--set"),
    "sweep": ("--out", "--jobs", "--shard", "--engine", "--worlds", "--lang", "--with"),
    "results": ("--sql", "--csv"),
    "analyse": ("--out", "--measure", "--lang"),
    "discover": ("--measure", "--arm", "--out", "--lang"),
    "list": ("--lang", "--with"),
    "sensitivity": ("--measure", "--over", "--trajectories", "--samples", "--design-seed", "--lang"),
    "evidence": ("--days", "--seed", "--lang"),
}  # fmt: skip
SMALL = {
    "run": ("lane", "--days", "1", "--burn-in", "0"),
    "compare": ("lane", "--days", "1", "--burn-in", "0", "--runs", "1", "--policy", "match"),
    "attribute": ("lane", "--days", "1", "--burn-in", "0", "--runs", "1", "--policy", "match"),
    "explain": ("lane", "--days", "1", "--burn-in", "0", "--policy", "match"),
    "sweep": ("study.toml", "--dry-run"),
    "results": ("absent",),
    "analyse": ("absent",),
    "discover": ("absent",),
    "list": ("policies",),
    "sensitivity": ("absent.toml",),
    "evidence": ("absent.toml",),
}


def line_of(r: random.Random) -> list[str]:
    """A command line with something odd in it."""
    name = r.choice(list(COMMANDS))
    words = [name, *SMALL[name]]
    for _ in range(r.randint(1, 3)):
        what = r.random()
        if what < 0.75:
            words += [r.choice(COMMANDS[name]), r.choice(ODD)]
        elif what < 0.85:
            words[1] = r.choice(ODD)
        elif what < 0.95:
            unknown = "--" + "".join(r.choices(string.ascii_lowercase, k=5))
            words.append(r.choice((unknown, "-x", "--help=1", "---")))
        else:
            words.append(r.choice(ODD))
    return words


@pytest.mark.parametrize("share", SHARES)
def test_command_lines(share, monkeypatch, hamlet):
    Path("hamlet.toml").write_text(hamlet, encoding="utf-8")
    Path("study.toml").write_text(STUDY.replace("lane", "hamlet.toml"), encoding="utf-8")
    codes: Counter[int] = Counter()
    for number in numbers("command", share):
        words = line_of(random.Random(f"command {number}"))
        begin()
        code, out, err = called(monkeypatch, words)
        codes[code] += 1
        assert code in (0, 2), (number, words, err)
        if code == 2:
            last = err.splitlines()[-1]
            assert last.startswith("linli: "), (number, words, err)
            assert err.count("\nlinli: ") <= 2, (number, words, err)
            assert "Traceback" not in err + out
            assert "\x1b" not in err
    assert codes[2] > codes.total() // 2


def called(monkeypatch, words: list[str]) -> tuple[int, str, str]:
    """The command in this process: exit code, standard output, standard error."""
    monkeypatch.setattr(sys, "argv", ["linli", *words])
    out, err = Text(), Text()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            command.main()
        except SystemExit as ended:
            return int(ended.code or 0), out.getvalue(), err.getvalue()
        except Exception as error:
            raise AssertionError(f"{words}: {type(error).__name__}: {error}") from error
    raise AssertionError(f"{words}: no exit code")


class Text(io.StringIO):
    """What a terminal gets."""

    def reconfigure(self, **_: object) -> None:
        """As a stream of text has it."""


# files ---------------------------------------------------------------------------------------------------

STUDY = """
name = "small"
scenario = "lane"
days = 4
burn_in = 2
seeds = { first = 1, count = 2 }
keep = { daily = ["trust"], compounds = false }
[factors]
mu = [0, 0.3]
c_m = { low = 0.5, high = 2, levels = 3 }
rho = [0.2, 0.3]
[parameters]
J = 0.3
[[arms]]
name = "matched"
policies = ["sink:headcount=10", "match:method=random"]
"""
TIES = "Source,Target,Weight\nli,wang,1\nwang,zhao,2\nzhao,li,1\nzhao,chen,1\n"


@pytest.mark.parametrize("share", SHARES)
def test_scenarios(share, hamlet):
    refused_or_read("scenario", share, lambda r: scenario.from_toml(spoiled_toml(r, hamlet)))


@pytest.mark.parametrize("share", SHARES)
def test_studies(share):
    def one(r: random.Random) -> object:
        study = study_of(spoiled_toml(r, STUDY), Path())
        return study.design.points(study.factors)

    refused_or_read("study", share, one)


@pytest.mark.parametrize("share", SHARES)
def test_networks(share, tmp_path):
    import networkx as nx

    graph = nx.karate_club_graph()
    whole = {
        "csv": TIES.encode(),
        "edges": b"1 2\n2 3\n3 4\n",
        "graphml": "\n".join(nx.generate_graphml(graph)).encode(),
        "gexf": "\n".join(nx.generate_gexf(graph)).encode(),
    }

    def one(r: random.Random) -> object:
        kind = r.choice(list(whole))
        content = whole[kind]
        file = tmp_path / f"network.{kind}"
        if r.random() < 0.5:
            file.write_bytes(spoiled_bytes(r, content))
        else:
            file.write_bytes(spoiled_text(r, content.decode()).encode("utf-8", "surrogateescape"))
        return looked_at(file).settled("lane")

    refused_or_read("network", share, one)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The folder of a small study."""
    study = tmp_path_factory.mktemp("fuzz") / "study.toml"
    study.write_text(STUDY.replace("levels = 3", "levels = 2"), encoding="utf-8")
    return linli.sweep(study, study.parent / "made").folder


@pytest.mark.parametrize("share", SHARES)
def test_folders(share, made, tmp_path):
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    chunks = {file.name: file.read_bytes() for file in (made / "runs").iterdir()}

    def one(r: random.Random) -> object:
        folder = tmp_path / "copy"
        (folder / "runs").mkdir(parents=True, exist_ok=True)
        for file in (folder / "runs").iterdir():
            file.unlink()
        text = json.dumps(manifest if r.random() < 0.3 else spoiled_data(r, manifest))
        written = text if r.random() < 0.8 else spoiled_text(r, text)
        (folder / "manifest.json").write_text(written, "utf-8", "replace")
        for name, content in chunks.items():
            (folder / "runs" / name).write_bytes(content if r.random() < 0.5 else spoiled_bytes(r, content))
        stored = linli.results(folder)
        stored.overview, stored._repr_html_(), stored.columns
        return stored.to_frame()

    refused_or_read("folder", share, one)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory) -> Path:
    """A city on a morning."""
    file = tmp_path_factory.mktemp("fuzz") / "day.npz"
    linli.City("lane", policies="match").run_to(3).save(file)
    return file


@pytest.mark.parametrize("share", SHARES)
def test_snapshots(share, snapshot, tmp_path):
    """Bytes that were spoiled; and numbers in tables, with a hash that was made anew."""
    content = snapshot.read_bytes()
    with np.load(snapshot) as found:
        arrays = {name: found[name] for name in found.files}

    def one(r: random.Random) -> object:
        file = tmp_path / "wrong.npz"
        if r.random() < 0.5:
            file.write_bytes(spoiled_bytes(r, content))
        else:
            forge(r, arrays, file)
        return linli.City.load(file).run_to(4)

    refused_or_read("snapshot", share, one)


def forge(r: random.Random, arrays: dict[str, Any], file: Path) -> None:
    """Another number somewhere in the tables, or another entry in what the file says of itself."""
    changed = {name: column.copy() for name, column in arrays.items()}
    about = json.loads(str(changed.pop("about")))
    if r.random() < 0.3:
        about = spoiled_data(r, about)
    else:
        name = r.choice([name for name, column in changed.items() if column.size])
        column = changed[name]
        table = column[r.choice(column.dtype.names)] if column.dtype.names else column
        flat = table.reshape(-1) if table.flags.c_contiguous else table
        whole = flat.dtype.kind in "iu"
        low, high = (np.iinfo(flat.dtype).min, np.iinfo(flat.dtype).max) if whole else (-1e300, 1e300)
        if flat.dtype.kind in "iuf" and flat.ndim == 1:
            flat[r.randrange(len(flat))] = r.choice((low, high, 0, 1, 3))
    if isinstance(about, dict):
        about["hash"] = archive.digest({k: v for k, v in about.items() if k != "hash"}, changed)
    np.savez(file, about=np.array(json.dumps(about)), **changed)


QUERIES = (
    "select arm, avg(trust) from runs group by arm order by 1",
    "select * from runs join arms using (arm) where mu > 0.1 limit 3",
    "with a as (select mu, count(*) n from runs group by mu) select * from a",
)


@pytest.mark.parametrize("share", SHARES)
def test_queries(share, made):
    store = Store(made)
    refused_or_read("sql", share, lambda r: ask(store, spoiled_text(r, r.choice(QUERIES))))


@pytest.mark.parametrize("share", SHARES)
def test_links(share):
    """Whatever a link says, a page comes of it, and what could not be used is named."""
    seen = "room=town&place=lane&seed=3&days=60&day=20&lang=zh&mu=0.3"
    whole = f"{seen}&policies=match:method=random;relieve:share=0.5"
    for number in numbers("link", share):
        r = random.Random(f"link {number}")
        begin()
        try:
            page, problems = decode(spoiled_text(r, whole))
        except Exception as error:
            raise AssertionError(f"link {number}: {type(error).__name__}: {error}") from error
        assert page is not None
        assert all(isinstance(problem, str) for problem in problems)


KINDS = {
    "keep.daily": STUDY.replace('daily = ["trust"]', "daily = [[1]]"),
    "seeds.until.measure": STUDY.replace(
        "count = 2", 'until = { measure = ["trust"], half_width = 1 }'
    ),
    "a policy's name": STUDY.replace('"sink:headcount=10"', '{ name = ["match"] }'),
    "a policy that is a list": STUDY.replace('"sink:headcount=10"', '["match"]'),
    "a word of a factor": STUDY.replace("mu = [0, 0.3]", '"match.method" = [["a"]]'),
    "design.kind": STUDY + "[design]\nkind = [3]\n",
    "stop": "stop = [1]\nattribution = false\n" + STUDY,
    "a distribution": STUDY.replace("mu = [0, 0.3]", "mu = { distribution = [1] }"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_lists_where_words_should_be(kind):
    """What the long share found at one place, at every place of a study."""
    with pytest.raises(InputError) as raised:
        study_of(KINDS[kind], Path())
    assert len(str(raised.value)) < 2000
