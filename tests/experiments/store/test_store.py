"""The store: what goes in comes out, and what is damaged, foreign or unfinished is found."""

import json
import os
import shutil
import time
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.experiments.commands.results import results as command
from linli.experiments.store import MANIFEST, Store
from linli.experiments.store import query as results
from linli.experiments.store.chunks import name_of, to_bytes
from linli.experiments.store.manifest import manifest_of
from linli.experiments.store.schema import schema_of
from linli.experiments.study import from_toml
from linli.model.errors import InputError

STUDY = """
name = "s"
scenario = "lane"
seeds = 2
keep = { daily = ["trust"], compounds = true }
factors = { mu = [0, 0.5], "match.method" = ["none", "random"] }
arms = [{ name = "z", policies = ["match"] }, { name = "a" }]
"""


def manifest(text: str = STUDY) -> dict:
    study = from_toml(text)
    return manifest_of(study, study.design.points(study.factors))


def rows(store: Store, *keys: tuple, status: str = "done", seconds: float = 1.0) -> pa.Table:
    """Rows with made-up numbers that follow from their keys."""
    schema = schema_of("runs", store.manifest)
    made = [
        {
            **dict.fromkeys(store.measures, 100.0 * point + seed + 1 / 3),
            **{"run": f"r{point}{arm}{seed}", "point": point, "arm": arm, "seed": seed},
            **{"status": status, "error": "" if status == "done" else "why", "seconds": seconds},
            **{"mu": 0.5 * (point > 1), "match_method": "none", "hours_gini": None},
        }
        for point, arm, seed in keys
    ]
    return pa.Table.from_pylist(made, schema=schema)


def days(store: Store, *runs: str) -> pa.Table:
    made = [{"run": run, "day": day, "trust": day / 7} for run in runs for day in (-1, 0, 1)]
    return pa.Table.from_pylist(made, schema=schema_of("daily", store.manifest))


ONE, TWO = (0, "baseline", 1), (0, "z", 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.make(tmp_path / "new" / "store", manifest())


def filled(folder: Path) -> Store:
    store = Store.make(folder, manifest())
    store.add(rows(store, ONE, TWO), {"daily": days(store, "r0baseline1", "r0z1")})
    store.add(rows(store, (0, "baseline", 2), (0, "a", 1)), {"daily": days(store, "r0baseline2", "r0a1")})
    return store


# in and out ----------------------------------------------------------------------------------------------


def test_an_empty_store_has_columns_and_no_rows(store):
    table = store.read()
    assert len(table) == 0
    assert list(table.columns[:8]) == ["run", "point", "arm", "seed", "status", "error", "mu", "match_method"]
    assert list(table.columns[8:]) == store.measures
    assert len(store.extra("daily")) == len(store.extra("compounds")) == 0
    assert results.overview(store)["done"] == 0


def test_rows_come_back_sorted_whatever_the_order_they_came_in(store):
    keys = [(p, a, s) for p in (0, 1) for a in ("baseline", "z", "a") for s in (1, 2)]
    for key in reversed(keys):
        store.add(rows(store, key))
    table = store.read()
    assert list(zip(table["point"], table["arm"], table["seed"], strict=True)) == keys
    assert table["engaged_share"].tolist() == [100.0 * p + s + 1 / 3 for p, _, s in keys]
    assert table["hours_gini"].isna().all()
    assert set(table["match_method"]) == {"none"}


def test_two_processes_that_made_the_same_run_leave_one_row(store):
    store.add(rows(store, ONE, seconds=1.0), {"daily": days(store, "r0baseline1")})
    store.add(rows(store, ONE, TWO, seconds=2.0), {"daily": days(store, "r0baseline1", "r0z1")})
    assert len(store.read()) == 2
    assert len(store.extra("daily")) == 6
    asked = results.ask(store, "select count(*) n, (select count(*) from daily) d from runs")
    assert asked.to_pylist() == [{"n": 2, "d": 6}]


def test_a_run_that_failed_once_and_was_done_later_is_done(store):
    store.add(rows(store, ONE, TWO, status="failed"))
    store.add(rows(store, ONE))
    assert store.read()["status"].tolist() == ["done", "failed"]
    asked = results.ask(store, "select arm, error from runs where status = 'failed'").to_pylist()
    assert asked == [{"arm": "z", "error": "why"}]
    overview = results.overview(store)
    assert (overview["done"], overview["failed"]) == (1, 1)
    assert overview["errors"] == [{"error": "why", "rows": 1}]


def test_seconds_are_kept_apart(store):
    store.add(rows(store, ONE))
    assert "seconds" not in store.read()
    assert store.read(timing=True)["seconds"].tolist() == [1.0]


def test_tables_that_are_not_kept_are_refused(tmp_path):
    store = Store.make(tmp_path / "s", manifest(STUDY.replace('daily = ["trust"]', "daily = false")))
    with pytest.raises(InputError, match="no table daily"):
        store.extra("daily")
    with pytest.raises(InputError, match="daily does not exist"):
        results.ask(store, "select * from daily")


def test_other_runs_are_refused_and_the_same_ones_welcome(tmp_path):
    first = Store.make(tmp_path / "s", manifest())
    again = Store.make(tmp_path / "s", manifest("# remark\n" + STUDY))
    assert first.manifest == again.manifest
    with pytest.raises(InputError, match=r"another study \(its seeds differ\).*--apart"):
        Store.make(tmp_path / "s", manifest(STUDY.replace("seeds = 2", "seeds = 3")))
    assert first.manifest == Store(tmp_path / "s").manifest


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 0}', '"x"', "\xff"])
def test_a_damaged_manifest_is_named(tmp_path, text):
    Store.make(tmp_path / "s", manifest())
    (tmp_path / "s" / MANIFEST).write_text(text, encoding="latin-1")
    for use in (lambda: Store(tmp_path / "s"), lambda: Store.make(tmp_path / "s", manifest())):
        with pytest.raises(InputError, match=r"manifest\.json"):
            use()


def test_folders_of_other_things_are_refused(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is not empty"):
        Store.make(tmp_path / "full", manifest())
    for folder in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(InputError):
            Store.make(folder, manifest())
    with pytest.raises(InputError, match="not the folder of a study"):
        Store(tmp_path / "full")
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "full", "thesis.txt"]


def test_a_lost_manifest_can_be_written_again(tmp_path):
    store = filled(tmp_path / "s")
    before = store.read()
    (tmp_path / "s" / MANIFEST).unlink()
    pd.testing.assert_frame_equal(Store.make(tmp_path / "s", manifest()).read(), before)


# damage --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def model_store(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("stores") / "s")


@settings(max_examples=25)
@given(st.data())
def test_no_damage_goes_unnoticed(model_store, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged") / "s"
    shutil.copytree(model_store.folder, folder)
    files = sorted(folder.glob("*/*.parquet"))
    file = data.draw(st.sampled_from(files))
    content = bytearray(file.read_bytes())
    if data.draw(st.booleans(), "truncate"):
        content = content[: data.draw(st.integers(0, len(content) - 1))]
    else:
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content)

    store = Store(folder)
    chunks, faults = store.survey()
    assert len(chunks) == 1
    assert str(faults[0]).startswith(f"{file.parent.name}/{file.name} is truncated or was changed")
    lost = {"runs": 1, "daily": 2}[file.parent.name]  # a chunk of runs is of no use without its days
    assert len(faults) == lost
    assert len(store.read()) == 2
    store.reject(faults)
    assert store.survey()[1] == []
    assert len(list((folder / "rejected").iterdir())) == lost


def test_foreign_files_among_the_chunks_are_named_and_not_read(tmp_path):
    store = filled(tmp_path / "s")
    before = store.read()
    runs = tmp_path / "s" / "runs"
    other = Store.make(tmp_path / "t", manifest(STUDY.replace("seeds = 2", "seeds = 3")))
    other.add(rows(other, (1, "z", 2)))
    shutil.copy(next((tmp_path / "t" / "runs").iterdir()), runs)
    (runs / "notes.txt").write_text("x")
    content = b"PAR1 is not enough"
    (runs / name_of(content)).write_bytes(content)
    bare = pa.BufferOutputStream()
    parquet.write_table(pa.table({"a": [1]}), bare)
    (runs / name_of(bare.getvalue())).write_bytes(bare.getvalue())
    whys = sorted(fault.why for fault in store.survey()[1])
    assert whys == [
        "belongs to another study or to other code",
        "is not a chunk of a study",
        "is not a chunk of a study",
        "is truncated or was changed: its content does not fit its name",
    ]
    pd.testing.assert_frame_equal(store.read(), before)
    assert len(results.overview(store)["faults"]) == 4


def test_days_without_their_runs_do_not_count(store):
    content = to_bytes(days(store, "r0z1"), store.manifest["identity"], {})
    (store.folder / "daily").mkdir()
    (store.folder / "daily" / name_of(content)).write_bytes(content)
    assert store.survey() == ([], [])
    assert len(store.extra("daily")) == 0


def test_a_write_that_fails_leaves_nothing_behind(store, monkeypatch):
    store.add(rows(store, ONE))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.add(rows(store, TWO), {"daily": days(store, "r0z1")})
    monkeypatch.undo()
    assert [f.name[0] for f in store.folder.rglob("*") if f.is_file() and f.name.startswith(".")] == []
    assert len(store.read()) == 1


def test_what_killed_writers_left_is_swept_up(store):
    store.add(rows(store, ONE))
    young, old = (store.folder / "runs" / f".linli-00000000-7-{n * 12}.parquet" for n in "ab")
    for file in (young, old):
        file.write_text("half")
    os.utime(old, (time.time() - 10_000,) * 2)
    assert len(store.survey()[0]) == 1
    assert store.survey()[1] == []
    Store.make(store.folder, manifest())
    assert young.exists()
    assert not old.exists()


# queries -------------------------------------------------------------------------------------------------


def test_queries_see_what_read_gives(model_store, tmp_path):
    table = results.ask(model_store, results.ALL).to_pandas()
    pd.testing.assert_frame_equal(table, model_store.read(), check_dtype=False)
    assert results.to_csv(model_store, tmp_path / "all.csv") == 4
    back = pd.read_csv(tmp_path / "all.csv", keep_default_na=False, na_values=[""])
    assert back["engaged_share"].tolist() == model_store.read()["engaged_share"].tolist()


PAIRS = """
select a.seed, a.engaged_share, b.engaged_share, b.engaged_share as "Engaged_Share"
from runs a cross join runs b where a.engaged_share < b.engaged_share order by all
"""
"""Runs side by side: three columns of one name."""


def test_columns_of_one_name_keep_their_values(model_store, tmp_path, capsys):
    """On the screen, as JSON and as CSV: the second and third one are numbered."""
    runs = model_store.read()[["seed", "engaged_share"]].values.tolist()
    pairs = sorted((seed, mine, theirs) for seed, mine in runs for _, theirs in runs if mine < theirs)
    names = ("seed", "engaged_share", "engaged_share_1", "Engaged_Share_2")
    expected = [dict(zip(names, (*pair, pair[-1]), strict=True)) for pair in pairs]
    assert expected
    command(model_store.folder, sql=PAIRS, json=True)
    assert json.loads(capsys.readouterr().out) == expected
    command(model_store.folder, sql=PAIRS, csv=tmp_path / "pairs.csv")
    assert pd.read_csv(tmp_path / "pairs.csv").to_dict("records") == expected
    capsys.readouterr()
    command(model_store.folder, sql='select 1.5 as x, 2.5 as x, 7.5 as "x_1"')
    assert [word for word in capsys.readouterr().out.split() if "." in word] == ["1.5", "2.5", "7.5"]


def test_names_of_columns_are_distinct_in_any_case():
    assert results.distinct(["x", "X", "x_1", "x", "y"]) == ["x", "X_2", "x_1", "x_3", "y"]
    assert results.distinct(["", "", ""]) == ["", "_1", "_2"]


def test_sums_and_dates_are_json(model_store, capsys):
    """DuckDB's sums of whole numbers and its decimals have no type of their own in JSON."""
    query = "select sum(seed + 1) as s, 1.25 as d, date '2026-02-03' as day, 'ab'::blob as raw from runs"
    command(model_store.folder, sql=query, json=True)
    assert json.loads(capsys.readouterr().out) == [
        {"s": sum(model_store.read()["seed"] + 1), "d": 1.25, "day": "2026-02-03", "raw": "6162"}
    ]


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_text('{file}')",
        "select * from read_csv('{file}')",
        "select * from '{file}'",
        "select * from glob('{folder}/*')",
        "copy runs to '{folder}/out.csv'",
        "attach '{folder}/x.db'",
        "install httpfs",
        "set enable_external_access = true",
        "drop view runs",
        "create table t as select 1",
        "select 1; select 2",
        "select * from store",
        "pragma version",
        "",
        "selct 1",
        "select cast(arm as int) from runs",
        "select * from nowhere",
    ],
)
def test_queries_read_the_tables_and_nothing_else(model_store, tmp_path, query):
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    with pytest.raises(InputError, match="--sql"):
        results.ask(model_store, query.format(file=file, folder=tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == ["secret.csv"]


def test_a_connection_cannot_be_opened_up(model_store):
    with pytest.raises(duckdb.Error, match="locked"):
        results.connect(model_store).execute("set enable_external_access = true")


def test_csv_that_cannot_be_written_is_refused(model_store, tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="cannot write"):
        results.to_csv(model_store, tmp_path / "no" / "x.csv")
    for folder in (tmp_path / "folder", Path(), Path("/"), Path(".")):
        with pytest.raises(InputError, match="that is a folder; name a file"):
            results.to_csv(model_store, folder)
    with pytest.raises(InputError, match="holds the runs themselves"):
        results.to_csv(model_store, model_store.folder / "runs" / "x.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_a_manifest_explains_every_column(store):
    about = json.loads((store.folder / MANIFEST).read_text(encoding="utf-8"))
    zh = {measure["name"]: measure["zh"] for measure in about["measures"]}
    assert zh["engaged_share"] == "近30天参与率"
    assert "替代" in zh["replaced"]
    assert [f["name"] for f in about["factors"]] == ["mu", "match_method"]
    assert about["factors"][1]["values"] == ["none", "random"]
    assert [arm["name"] for arm in about["arms"]] == ["z", "a"]
    assert about["seeds"] == {"first": 1, "count": 2}
