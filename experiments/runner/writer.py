"""From finished runs to chunks: rows are gathered for a few seconds and then written at once."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from linli.experiments.runner.family import Made
from linli.experiments.store import Store
from linli.experiments.store.schema import schema_of
from linli.experiments.study.factors import Value

SECONDS = 2.0
"""Chunks are written at least so far apart, ..."""
SHARE = 0.02
"""... and no closer than this share of the time since the start: a long study does not end in a million
files."""
MOST_ROWS = 50_000
"""Rows that are held, daily ones included: memory stays flat."""
Stand = tuple[int, str, tuple[Value, ...]]
"""A row of the table: point, arm, and the values there: the number of the world, if any, and of the
factors."""


class Writer:
    """Gathers rows and adds them to a store. What is not yet flushed is lost with the process, and made
    again."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._rows: list[tuple[Any, ...]] = []
        self._extras: dict[str, list[pa.Table]] = {}
        self._held = 0
        self._begin = self._last = time.monotonic()

    def take(self, made: Made, seed: int, stands: Sequence[Stand]) -> None:
        """Keep what came of a run. stands: where in the table it stands."""
        measures = [made.measures.get(name) for name in self.store.measures]
        status = "failed" if made.error else "done"
        for point, arm, values in stands:
            key = (made.run, point, arm, seed, status, made.error, made.seconds)
            self._rows.append((*key, *values, *measures))
        for table, columns in made.extras.items():
            self._keep_extra(table, made.run, columns)
        self._held += len(stands)

    def _keep_extra(self, table: str, run: str, columns: Mapping[str, Any]) -> None:
        schema = schema_of(table, self.store.manifest)
        rows = len(next(iter(columns.values())))
        runs = pa.array([run], pa.string()).take(pa.array(np.zeros(rows, dtype=np.int64)))
        arrays = [
            runs if f.name == "run" else pa.array(columns[f.name], f.type, from_pandas=True) for f in schema
        ]
        self._extras.setdefault(table, []).append(pa.Table.from_arrays(arrays, schema=schema))
        self._held += rows

    @property
    def is_due(self) -> bool:
        """Whether it is time to write."""
        now = time.monotonic()
        return self._held >= MOST_ROWS or now - self._last >= max(SECONDS, SHARE * (now - self._begin))

    def flush(self) -> None:
        """Write what is held as one chunk. Raises OSError if the folder does not take it."""
        if self._rows:
            schema = schema_of("runs", self.store.manifest)
            arrays = [
                pa.array(column, f.type, from_pandas=True)
                for f, column in zip(schema, zip(*self._rows, strict=True), strict=True)
            ]
            extras = {table: pa.concat_tables(parts) for table, parts in self._extras.items()}
            self.store.add(pa.Table.from_arrays(arrays, schema=schema), extras)
        self._rows, self._extras, self._held = [], {}, 0
        self._last = time.monotonic()
