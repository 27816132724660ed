"""One chunk of a store: a Parquet file whose name is a hash of its bytes and which says whose it is."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

ABOUT = b"linli"
"""The entry of a chunk's metadata that says which study it belongs to, and which chunks belong to it."""


TABLES = ("runs", "daily", "compounds")


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


def inspect(path: Path, identity: str) -> Chunk | Fault:
    """Whether a file is a whole chunk of the study of that identity."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return Fault(path, f"cannot be read: {error.strerror}")
    if name_of(content) != path.name:
        return Fault(path, "is truncated or was changed: its content does not fit its name")
    try:
        metadata: dict[bytes, bytes] = parquet.read_schema(pa.BufferReader(content)).metadata or {}
        about: dict[str, Any] = json.loads(metadata[ABOUT])
    except (pa.ArrowInvalid, KeyError, ValueError):
        return Fault(path, "is not a chunk of a study")
    if about.get("identity") != identity:
        return Fault(path, "belongs to another study or to other code")
    return Chunk(path, about["parts"])


def survey(folder: Path, identity: str) -> tuple[list[Chunk], list[Fault]]:
    """The chunks of `runs` in a store that can be used, and every file there that cannot.

    A chunk of `runs` is of no use without the parts it names.
    """
    found = [inspect(path, identity) for path in sorted(folder.glob("*/[!.]*")) if path.parent.name in TABLES]
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
