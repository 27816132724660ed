"""Folders of studies from somebody else: every file is checked before a number of it is used, and named."""

import json
import os
import random
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from linli.experiments.runner.tables import show_rows, show_store
from linli.experiments.store import MANIFEST, Store
from linli.experiments.store import query as results
from linli.experiments.store.chunks import name_of, to_bytes
from linli.experiments.store.manifest import manifest_of
from linli.experiments.store.schema import columns_of, schema_of
from linli.experiments.study import from_toml
from linli.model.errors import InputError

STUDY = """
name = "s"
scenario = "lane"
seeds = 2
keep = { daily = ["trust"], compounds = true }
factors = { mu = [0, 0.5] }
arms = [{ name = "z", policies = ["match"] }]
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    study = from_toml(STUDY)
    store = Store.make(tmp_path / "s", manifest_of(study, study.design.points(study.factors)))
    store.add(rows(store))
    return store


def rows(store: Store, **changes: object) -> pa.Table:
    row = {
        **dict.fromkeys(store.measures, 0.5),
        **{"run": "r", "point": 0, "arm": "z", "seed": 1, "status": "done", "error": "", "mu": 0.0},
        **changes,
    }
    return pa.Table.from_pylist([row], schema=schema_of("runs", store.manifest))


def forge(store: Store, table: pa.Table, about: object) -> str:
    """A chunk whose name fits its content, with whatever it says about itself; its file's name."""
    out = pa.BufferOutputStream()
    parquet.write_table(table.replace_schema_metadata({b"linli": json.dumps(about).encode()}), out)
    content = out.getvalue()
    (store.folder / "runs" / name_of(content)).write_bytes(content)
    return name_of(content)


def faults(store: Store) -> dict[str, str]:
    return {fault.path.name: fault.why for fault in store.survey()[1]}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"arm": "y"}, "it has arms that the study has not"),
        ({"arm": None}, "it has rows without a point"),
        ({"point": -1}, "it has a point that the study has not"),
        ({"point": 10**9}, "it has a point that the study has not"),
        ({"seed": 2**62}, "it has a seed that the study has not"),
        ({"seed": 0}, "it has a seed that the study has not"),
        ({"seed": None}, "it has rows without a point"),
        ({"status": "perhaps"}, "it has runs that are neither done nor failed"),
    ],
)
def test_rows_that_the_study_cannot_have_are_set_aside(store, changes, why):
    name = forge(store, rows(store, **changes), {"identity": store.manifest["identity"], "parts": {}})
    ((file, said),) = faults(store).items()
    assert file == name
    assert said.startswith(f"cannot be of this study: {why}")
    assert len(store.read()) == 1
    store.reject(store.survey()[1])
    assert faults(store) == {}


OURS = {"identity": "IDENTITY"}


@pytest.mark.parametrize(
    "about",
    [
        *({}, [1], 3, "x", None, {"identity": 7}, OURS, {**OURS, "parts": [1]}),
        *({**OURS, "parts": {"daily": "../../x"}}, {**OURS, "parts": {"x": "y"}}),
    ],
)
def test_chunks_that_say_something_else_are_set_aside(store, about):
    about = json.loads(json.dumps(about).replace("IDENTITY", store.manifest["identity"]))
    assert list(faults(store)) == []
    name = forge(store, rows(store, seed=2), about)
    assert list(faults(store)) == [name]


def test_other_columns_are_set_aside(store):
    table = rows(store, seed=2)
    for other in (table.drop_columns(["mu"]), table.append_column("x", pa.array([1])), table.select([0, 1])):
        name = forge(store, other, {"identity": store.manifest["identity"], "parts": {}})
        assert faults(store).pop(name) == "cannot be of this study: its columns are others"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX")
def test_only_files_are_read(store, tmp_path):
    """Neither a link to a device, nor one to a file outside, nor a pipe that nobody writes to."""
    (tmp_path / "outside").write_text("secret")
    (store.folder / "runs" / "a.parquet").symlink_to("/dev/zero")
    (store.folder / "runs" / "b.parquet").symlink_to(tmp_path / "outside")
    os.mkfifo(store.folder / "runs" / "c.parquet")
    assert {name: why.partition(": ")[0] for name, why in faults(store).items()} == {
        f"{letter}.parquet": "cannot be read" for letter in "abc"
    }
    (store.folder / MANIFEST).rename(tmp_path / "m.json")
    (store.folder / MANIFEST).symlink_to(tmp_path / "m.json")
    with pytest.raises(InputError, match="it is a link"):
        Store(store.folder)


def places(value: object, at: tuple = ()) -> list[tuple]:
    """Where something stands in a JSON document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] + [place for key, one in inside for place in places(one, (*at, key))] if at else [
        place for key, one in inside for place in places(one, (*at, key))
    ]  # fmt: skip


def test_no_manifest_ends_in_anything_but_a_line(store, capsys):
    """Entries taken out or replaced by something else: named in one line, or the folder can be looked at."""
    whole = (store.folder / MANIFEST).read_text(encoding="utf-8")
    everywhere = places(json.loads(whole))
    # measures are many and alike
    chosen = [place for place in everywhere if place[0] != "measures" or len(place) < 2 or place[1] == 0]
    chance = random.Random(3)
    odd = [None, 1, -1, 2**70, 1.5, True, "", "x", [], {}, [[]], {"a": {}}, "\x1b[2J", ["x"]]
    said = []
    for number in range(300):
        about = json.loads(whole)
        place = chosen[number % len(chosen)]
        inside = about
        for key in place[:-1]:
            inside = inside[key]
        if chance.random() < 0.3:
            del inside[place[-1]]
        else:
            inside[place[-1]] = chance.choice(odd)
        (store.folder / MANIFEST).write_text(json.dumps(about), encoding="utf-8")
        try:
            opened = Store(store.folder)
            if number % 15 == 0:
                show_store(opened.folder, results.overview(opened))
        except InputError as error:
            said.append(str(error))
    assert len(said) > 100
    assert all("\n" not in line and len(line) < 700 for line in said)
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("text", ["[" * 100_000, "{", "\ufeff{}", "9" * 10_000, "[]", '{"format": 1}'])
def test_manifests_that_are_none(store, text):
    (store.folder / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Store(store.folder)
    assert "manifest" in str(caught.value)


# what goes out -------------------------------------------------------------------------------------------


def test_columns_say_what_they_mean(store):
    """In the files themselves, and in a dictionary beside them."""
    (chunk,) = (store.folder / "runs").iterdir()
    schema = parquet.read_schema(chunk)
    about = {m["name"]: m for m in store.manifest["measures"]}
    for field in schema:
        said = {
            key.decode(): value.decode()
            for key, value in field.metadata.items()
            if key != b"PARQUET:field_id"
        }
        assert said.keys() == {"unit", "en", "zh"}
        if field.name in about:
            assert said == {key: about[field.name][key] for key in said}
    table = pd.read_csv(store.folder / "dictionary.csv", keep_default_na=False)
    for name in ("runs", "daily", "compounds"):
        listed = table[table["table"] == name]
        assert listed["column"].to_list() == [column.name for column in columns_of(name, store.manifest)]
        assert (listed["en"] != "").all()
        assert (listed["zh"] != "").all()
    assert table.set_index(["table", "column"]).loc[("daily", "day"), "unit"] == "days"


def test_wide_rows_are_blocks(store, capsys, monkeypatch):
    answer = results.ask(store, "select * from runs limit 3")
    for width in (60, 100):
        monkeypatch.setenv("COLUMNS", str(width))
        show_rows(answer.column_names, answer.to_pylist())
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "row 1"
        for name in answer.column_names:
            assert any(line.split()[:1] == [name] for line in lines), name
        assert all(len(line.rstrip()) <= width for line in lines)
    show_rows(["a", "b"], [{"a": 1, "b": 2.5}])
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [["a", "b"], ["1", "2.5"]]


def test_a_narrow_or_odd_terminal_loses_nothing(capsys, monkeypatch):
    for width in ("0", "20", "-3", "wide"):
        monkeypatch.setenv("COLUMNS", width)
        show_rows(["name", "value"], [{"name": "engaged_share", "value": 1.5}])
        shown = capsys.readouterr().out
        assert "engaged_share" in shown
        assert "1.5" in shown


def test_a_query_has_so_much_memory_and_no_more(store, monkeypatch):
    monkeypatch.setattr(results, "MOST_ANSWER", 10_000)
    with pytest.raises(InputError, match="the answer is too long to show"):
        results.ask(store, "select repeat('x', 100) from range(100000)")
    monkeypatch.setattr(results.psutil, "virtual_memory", lambda: type("Free", (), {"available": 0}))
    limit = results.connect(store).execute("select current_setting('memory_limit')").fetchone()
    assert limit == ("256.0 MiB",)


def test_what_duckdb_cannot_hand_on_is_a_fault_of_the_query():
    """A value of two gigabytes; Arrow calls it an error of files."""

    def answer():
        yield pa.record_batch({"x": [1]})
        raise OSError("Invalid Input Error: the total string size is exceeded\n* SET large=true")

    batches = results._batches(answer(), ["y"])
    assert next(batches).schema.names == ["y"]
    with pytest.raises(InputError, match=r"^--sql: .*the total string size is exceeded$"):
        next(batches)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX")
def test_csv_never_replaces_a_device_or_a_pipe(store, tmp_path):
    """What is no file is written to as it is: somebody may be reading it."""
    read, write = os.pipe()
    assert results.to_csv(store, Path(f"/dev/fd/{write}"), "select 7 as x") == 1
    os.close(write)
    with os.fdopen(read) as pipe:
        assert pipe.read() == '"x"\n7\n'
    assert results.to_csv(store, Path("/dev/null"), "select 7 as x") == 1
    assert not Path("/dev/null").is_file()


def test_identity_is_not_moved_by_what_columns_mean(store):
    """Units and labels are for people: a chunk written without them is a chunk of the same study."""
    plain = pa.schema([(field.name, field.type) for field in schema_of("runs", store.manifest)])
    content = to_bytes(rows(store, seed=2).cast(plain), store.manifest["identity"], {})
    (store.folder / "runs" / name_of(content)).write_bytes(content)
    assert faults(store) == {}
    assert len(store.read()) == 2
