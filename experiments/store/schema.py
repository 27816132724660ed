"""The columns of a store's tables, from its manifest."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from linli.experiments.runner.kept import COMPOUND

KEY = ["point", "arm", "seed"]
"""What tells the rows of `runs` apart."""
_KINDS = {"number": pa.float64(), "whole": pa.int64(), "word": pa.string()}


def schema_of(table: str, manifest: Mapping[str, Any]) -> pa.Schema:
    """Names and types of the columns of `runs`, `daily` or `compounds`."""
    if table == "runs":
        factors = [(factor["name"], _KINDS[factor["kind"]]) for factor in manifest["factors"]]
        measures = [(measure["name"], pa.float64()) for measure in manifest["measures"]]
        return pa.schema([*_RUN, *(_WORLD if manifest.get("worlds") else []), *factors, *measures])
    if table == "daily":
        kept = [(name, pa.float64()) for name in manifest["keep"]["daily"]]
        return pa.schema([("run", pa.string()), ("day", pa.int32()), *kept])
    return pa.schema([("run", "string"), *COMPOUND])


_RUN = [
    ("run", pa.string()),
    ("point", pa.int32()),
    ("arm", pa.string()),
    ("seed", pa.int64()),
    ("status", pa.string()),
    ("error", pa.string()),
    ("seconds", pa.float64()),
]
_WORLD = [("world", pa.int32())]
"""Of a study over worlds."""
