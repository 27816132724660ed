"""What a study found, as it stands in its folder: an overview, answers to SQL, and CSV.

DuckDB reads the chunks by way of Arrow and has no door to files or networks: a query can read the tables of
this folder and nothing else, and can change nothing.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import psutil
import pyarrow as pa
import pyarrow.csv as csv

from linli.experiments.store import Store
from linli.experiments.store.chunks import TABLES
from linli.model.errors import InputError
from linli.model.files import write_whole

_ONCE = {
    "runs": "select * exclude (seconds) from {} qualify row_number() over "
    "(partition by point, arm, seed order by status) = 1",
    "daily": "select distinct * from {}",
    "compounds": "select distinct * from {}",
    "years": "select distinct * from {}",
}
"""A run that two processes made, or that failed before it was done, stands in the files more than once."""


def connect(store: Store) -> duckdb.DuckDBPyConnection:
    """A connection that knows the tables of a store by name, and nothing else."""
    connection = duckdb.connect(":memory:")
    chunks, _ = store.survey()
    for table in TABLES:
        if store.keeps(table):
            connection.register(f"{table}_files", store.dataset(table, chunks))
            connection.execute(f"create view {table} as {_ONCE[table].format(table + '_files')}")
    connection.register("arms", pa.table({"arm": store.arms, "place": range(len(store.arms))}))
    share = f"{max(MEMORY_AT_LEAST, psutil.virtual_memory().available // 2) // 2**20}MiB"
    connection.execute(f"set memory_limit = '{share}'")
    connection.execute("set temp_directory = ''")
    for setting in ("python_enable_replacements = false", "enable_external_access = false"):
        connection.execute(f"set {setting}")
    connection.execute("set lock_configuration = true")
    return connection


_ERRORS = """
    select error, count(*) as n from runs where status = 'failed'
    group by error order by n desc, error limit 5
"""
MEMORY_AT_LEAST = 2**28
"""A query may take half of the memory that is free, and this in any case [bytes]."""
MOST_ANSWER = 2**28
"""An answer that is shown or printed is no longer [bytes]; CSV may be."""
ROWS_AT_ONCE = 10_000
ALL = "select r.* from runs r join arms a using (arm) order by r.point, a.place, r.seed"
"""The final table, in the order of `Store.read`."""


def ask(store: Store, sql: str) -> pa.Table:
    """The answer to a query over `runs` (and `daily`, `compounds` and `years`, if kept), its columns with
    distinct names. InputError if it is none."""
    with _as_input_error():
        rows = _reader(store, sql)
        batches, size = [], 0
        for batch in rows:
            batches.append(batch)
            size += batch.nbytes
            if size > MOST_ANSWER:
                raise InputError("--sql: the answer is too long to show: add a limit, or write it with --csv")
        return pa.Table.from_batches(batches, rows.schema)


def to_csv(store: Store, file: Path, sql: str = ALL) -> int:
    """Write an answer as CSV, in full or not at all; numbers in the shortest form that gives them back.

    Returns how many rows there are. Raises InputError when the file cannot be written or the query is none.
    """
    _check_place(file, store.folder)
    count = 0

    def write(path: Path) -> None:
        nonlocal count
        with _as_input_error():
            rows = _reader(store, sql)
            with csv.CSVWriter(path, rows.schema) as out:
                for batch in rows:
                    out.write_batch(batch)
                    count += batch.num_rows

    try:
        write_whole(file, write)
    except OSError as error:
        raise InputError(f"cannot write {file}: {os.strerror(error.errno or 0)}") from None
    return count


def _check_place(file: Path, folder: Path) -> None:
    """InputError for what is no name of a file."""
    if file.is_dir() or not file.name:
        raise InputError(f"--csv {file}: that is a folder; name a file")
    if file.resolve().parent in [(folder / table).resolve() for table in TABLES]:
        raise InputError(f"--csv {file}: that folder holds the runs themselves; name another")


def _reader(store: Store, sql: str) -> pa.RecordBatchReader:
    connection = connect(store)
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise InputError("--sql takes one query: select ... from runs ...")
    answer = connection.sql(sql).to_arrow_reader(ROWS_AT_ONCE)
    names = distinct(answer.schema.names)
    schema = pa.schema([column.with_name(name) for column, name in zip(answer.schema, names, strict=True)])
    return pa.RecordBatchReader.from_batches(schema, _batches(answer, names))


def _batches(answer: pa.RecordBatchReader, names: list[str]) -> Iterator[pa.RecordBatch]:
    """The rows under other names. What goes wrong while DuckDB makes them Arrow calls an error of files."""
    try:
        for batch in answer:
            yield batch.rename_columns(names)
    except OSError as error:
        raise InputError(f"--sql: {str(error).partition('\n')[0].strip()}") from None


def distinct(names: Sequence[str]) -> list[str]:
    """Names of columns, each once: the second x is called x_1 and the third x_2, as DuckDB calls them when
    the query stands inside another. Rows go out by name: of two columns of one name one would be lost.
    """
    taken: set[str] = set()
    reserved = {name.lower() for name in names}
    found = []
    for name in names:
        numbered, number = name, 0
        while numbered.lower() in taken or (number and numbered.lower() in reserved):
            number += 1
            numbered = f"{name}_{number}"
        taken.add(numbered.lower())
        found.append(numbered)
    return found


@contextmanager
def _as_input_error() -> Iterator[None]:
    """What is wrong with a query is the user's to mend."""
    try:
        yield
    except (duckdb.Error, pa.ArrowException) as error:
        if isinstance(error, OSError):
            raise
        raise InputError(f"--sql: {error}") from None


def overview(store: Store) -> dict[str, Any]:
    """How far a study is: rows done and failed, what cannot be used, and why runs failed (the commonest
    first)."""
    chunks, faults = store.survey()
    connection = connect(store)
    counts = dict(connection.execute("select status, count(*) from runs group by status").fetchall())
    errors = connection.execute(_ERRORS).fetchall()
    about = store.manifest
    return {
        "study": about["study"]["name"],
        "title": about["study"]["title"],
        "points": about["design"]["points"],
        "arms": store.arms,
        "seeds": about["seeds"],
        "done": counts.get("done", 0),
        "failed": counts.get("failed", 0),
        "chunks": len(chunks),
        "errors": [{"error": error, "rows": rows} for error, rows in errors],
        "faults": [str(fault) for fault in faults],
        "code": about["code"],
    }
