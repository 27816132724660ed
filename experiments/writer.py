"""From finished runs to chunks: rows are gathered for a few seconds and then written at once."""

import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from experiments.columns import schema_of
from experiments.family import Made
from experiments.plan import Plan
from experiments.schedule import Piece
from experiments.store import Store

SECONDS = 2.0
"""Chunks are written at least so far apart, ..."""
SHARE = 0.02
"""... and no closer than this share of the time since the start: a long study does not end in a million
files."""
MOST_ROWS = 50_000
"""Rows that are held, daily ones included: memory stays flat."""


class Writer:
    """Gathers rows and adds them to a store. What is not yet flushed is lost with the process, and made
    again."""

    def __init__(self, store: Store, plan: Plan) -> None:
        self.store, self.plan = store, plan
        self._rows: list[tuple[Any, ...]] = []
        self._extras: dict[str, list[pa.Table]] = {}
        self._held = 0
        self._begin = self._last = time.monotonic()

    def take(self, piece: Piece, made: list[Made]) -> None:
        """Keep what came of a piece: one result for each of its variants, in their order."""
        seed = self.plan.study.seeds.first + piece.seed
        names = self.store.measures
        for variant, one in zip(piece.variants, made, strict=True):
            measures = [one.measures.get(name) for name in names]
            status = "failed" if one.error else "done"
            for point, arm in variant.places:
                key = (one.run, point, self.plan.arms[arm].name, seed, status, one.error, one.seconds)
                self._rows.append((*key, *self.plan.points[point], *measures))
            for table, columns in one.extras.items():
                self._keep_extra(table, one.run, columns)
        self._held += sum(len(variant.places) for variant in piece.variants)

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
