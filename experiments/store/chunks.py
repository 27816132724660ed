"""One chunk of a store: a Parquet file whose name is a hash of its bytes and which says whose it is."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.parquet as parquet

from linli.agents.chance import MAX_SEED
from linli.experiments.store.manifest import SEARCH
from linli.experiments.store.schema import schema_of
from linli.experiments.study import BASELINE
from linli.experiments.study.worlds import first_seed
from linli.model.reading import content_of, json_of

ABOUT = b"linli"
"""The entry of a chunk's metadata that says which study it belongs to, and which chunks belong to it."""


TABLES = ("runs", "daily", "compounds", "years")
LONGEST = 2**30
"""No chunk is longer [bytes]."""
MOST_ROWS = 10_000_000
_NAME = re.compile(r"[0-9a-f]{24}\.parquet")


@dataclass(frozen=True)
class Chunk:
    """A chunk that can be used. parts: the chunks of other tables that came with it, by table."""

    path: Path
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """A file among the chunks that cannot be used, and why."""

    path: Path
    why: str

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name} {self.why}"


def to_bytes(table: pa.Table, identity: str, parts: Mapping[str, str]) -> pa.Buffer:
    """A table as a chunk of the study of that identity."""
    about = json.dumps({"identity": identity, "parts": dict(parts)}).encode()
    out = pa.BufferOutputStream()
    parquet.write_table(table.replace_schema_metadata({ABOUT: about}), out, compression="zstd")
    return out.getvalue()


def name_of(content: pa.Buffer | bytes) -> str:
    """The only name that these bytes may have."""
    return hashlib.sha256(content).hexdigest()[:24] + ".parquet"


def inspect(path: Path, manifest: Mapping[str, Any]) -> Chunk | Fault:
    """Whether a file is a whole chunk of the study, with rows that the study can have."""
    found = opened(path, str(manifest["identity"]))
    if isinstance(found, Fault):
        return found
    file, parts = found
    try:
        _check(file, path.parent.name, parts, manifest)
    except (pa.ArrowException, OSError, ValueError) as error:
        return Fault(path, f"cannot be of this study: {error}")
    return Chunk(path, parts)


def opened(path: Path, identity: str) -> tuple[parquet.ParquetFile, Any] | Fault:
    """A file that is whole and says that it belongs to a study, by its identity; and the parts it names."""
    try:
        content = content_of(path, LONGEST, through_links=False)
    except OSError as error:
        return Fault(path, f"cannot be read: {error.strerror}")
    if name_of(content) != path.name:
        return Fault(path, "is truncated or was changed: its content does not fit its name")
    try:
        file = parquet.ParquetFile(pa.BufferReader(content))
        metadata: dict[bytes, bytes] = file.schema_arrow.metadata or {}
        about = json_of(metadata[ABOUT])
        whose, parts = about["identity"], about["parts"]
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError):
        return Fault(path, "is not a chunk of a study")
    if whose != identity:
        return Fault(path, "belongs to another study or to other code")
    return file, parts


def _check(file: parquet.ParquetFile, table: str, parts: object, manifest: Mapping[str, Any]) -> None:
    """A ValueError unless a chunk has the columns and the rows that the study can have."""
    if not isinstance(parts, dict) or not all(
        one in TABLES and isinstance(name, str) and _NAME.fullmatch(name) for one, name in parts.items()
    ):
        raise ValueError("it names no parts, or other files")
    if not file.schema_arrow.equals(schema_of(table, manifest)):
        raise ValueError("its columns are others")
    if file.metadata.num_rows > MOST_ROWS:
        raise ValueError("it has too many rows")
    if table == "runs":
        _check_rows(file.read(["point", "arm", "seed", "status"]), manifest)


def _check_rows(rows: pa.Table, manifest: Mapping[str, Any]) -> None:
    """A ValueError unless each row is of a point, an arm and a seed of the study."""
    if any(column.null_count for column in rows.columns):
        raise ValueError("it has rows without a point, an arm, a seed or a status")
    arms = {str(arm) for arm in rows["arm"].unique().to_pylist()}
    if manifest["design"]["kind"] != SEARCH and not arms <= {
        BASELINE,
        *(arm["name"] for arm in manifest["arms"]),
    }:
        raise ValueError("it has arms that the study has not")
    if not {"done", "failed"}.issuperset(rows["status"].unique().to_pylist()):
        raise ValueError("it has runs that are neither done nor failed")
    seeds = manifest["seeds"]
    first, count = seeds.get("first", 0), seeds.get("count") or seeds.get("until", {}).get("at_most")
    worlds = len(manifest.get("worlds", ())) or 1
    last = first_seed(first, worlds - 1) + count - 1 if count else MAX_SEED
    for name, low, high in (("point", 0, manifest["design"]["points"] - 1), ("seed", first, last)):
        if (
            rows.num_rows
            and not low <= compute.min(rows[name]).as_py() <= compute.max(rows[name]).as_py() <= high
        ):
            raise ValueError(f"it has a {name} that the study has not")


def survey(folder: Path, manifest: Mapping[str, Any]) -> tuple[list[Chunk], list[Fault]]:
    """The chunks of `runs` in a store that can be used, and every file there that cannot.

    A chunk of `runs` is of no use without the parts it names.
    """
    found = [inspect(path, manifest) for path in sorted(folder.glob("*/[!.]*")) if path.parent.name in TABLES]
    whole = {(c.path.parent.name, c.path.name) for c in found if isinstance(c, Chunk)}
    chunks, faults = [], [fault for fault in found if isinstance(fault, Fault)]
    for chunk in found:
        if isinstance(chunk, Fault) or chunk.path.parent.name != "runs":
            continue
        lost = [table for table, name in chunk.parts.items() if (table, name) not in whole]
        if lost:
            faults.append(Fault(chunk.path, f"lacks its part of {lost[0]}"))
        else:
            chunks.append(chunk)
    return chunks, faults
