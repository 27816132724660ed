"""Worlds that were lived, by their number; in a folder they outlive whoever lived them.

    DIR/manifest.json     what was asked for, and of which code: written once, never changed
    DIR/worlds/*.parquet  one row a world; chunks are added and never changed

Chunks are those of the store (`experiments.store.chunks`): there in full or not at all, named by their
bytes, and bound to what was asked for. What a calibration asks next follows from what it has found, so that
one which was killed and started again asks for the same worlds, finds those that are there, and ends in the
same table.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from linli.experiments.output import to_json
from linli.experiments.store.chunks import Fault, name_of, opened, to_bytes
from linli.model.errors import InputError
from linli.model.files import sweep_up, write_whole

MANIFEST = "manifest.json"
NUMBER = "number"
FORMAT = 1


class Record:
    """Rows by number. folder: where they are kept, None for this process alone; manifest: what identifies
    them.

    Raises InputError if the folder holds something else, or cannot be written into.
    """

    def __init__(self, folder: Path | None, manifest: Mapping[str, Any]) -> None:
        self.folder, self.identity = folder, str(manifest["identity"])
        self.rows: dict[int, dict[str, Any]] = {}
        self.faults: list[Fault] = []
        if folder is None:
            return
        try:
            self._open(folder, manifest)
        except OSError as error:
            raise InputError(f"cannot write into {folder}: {error.strerror or error}") from None

    def _open(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        if not (folder / MANIFEST).exists():
            if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
                what = "is not empty" if folder.is_dir() else "is a file"
                raise InputError(f"{folder} {what} and holds no calibration: name another folder with --out")
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / MANIFEST, to_json(manifest).encode())
        if _identity_in(folder) != self.identity:
            raise InputError(
                f"{folder} holds a calibration of other settings or other code: "
                "name another folder with --out"
            )
        (folder / "worlds").mkdir(exist_ok=True)
        sweep_up(folder / "worlds")
        for path in sorted((folder / "worlds").glob("[!.]*.parquet")):
            chunk = opened(path, self.identity)
            if isinstance(chunk, Fault):
                self.faults.append(chunk)
            else:
                self._take(chunk[0].read().to_pylist())

    def _take(self, rows: Iterable[dict[str, Any]]) -> None:
        self.rows.update({int(row[NUMBER]): row for row in rows})

    def add(self, rows: list[dict[str, Any]]) -> None:
        """Keep a batch, on the disk before it counts. Raises InputError when the folder takes no more."""
        if self.folder is not None:
            content = to_bytes(pa.Table.from_pylist(rows), self.identity, {})
            try:
                write_whole(self.folder / "worlds" / name_of(content), content)
            except OSError as error:
                raise InputError(
                    f"{self.folder}: {error.strerror or error}; {len(self.rows):,} worlds are kept there, "
                    "and the same command goes on from them"
                ) from None
        self._take(rows)

    def table(self, numbers: Iterable[int]) -> pd.DataFrame:
        """Rows of these numbers, in their order."""
        return pd.DataFrame([self.rows[number] for number in numbers])


def _identity_in(folder: Path) -> str | None:
    try:
        there = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except ValueError:
        return None
    return there.get("identity") if isinstance(there, dict) and there.get("format") == FORMAT else None
