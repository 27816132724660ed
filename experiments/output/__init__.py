"""What leaves the program: one JSON object on standard output, or a folder that is complete or not there."""

import json
import math
import platform
import sys
import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from linli.model.errors import InputError
from linli.model.files import beside, write_whole

PACKAGES = ("mesa", "numpy", "numba", "pandas", "networkx")
Writers = Mapping[str, Callable[[Path], object]]
"""The files of a folder: each name with what writes it to a path."""


@cache
def version() -> str:
    """linli's own version."""
    try:
        return metadata.version("linli")
    except metadata.PackageNotFoundError:  # run from a checkout that was never installed
        return "0+unknown"


def versions() -> dict[str, str]:
    """Everything whose version may matter for a result."""
    return {
        "linli": version(),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in PACKAGES},
    }


_CONTROLS = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


def strict(value: Any) -> Any:
    """The same with null for numbers that JSON does not know (nan, inf)."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: strict(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [strict(entry) for entry in value]
    return value


def to_json(value: Any, *, ascii_only: bool = False) -> str:
    """Strict JSON."""
    text = json.dumps(
        strict(value), indent=2, ensure_ascii=ascii_only, allow_nan=False, default=_in_words_of_json
    )
    return text.translate(_CONTROLS)  # json leaves those of Latin-1, which some terminals obey


def _in_words_of_json(value: Any) -> int | float | str:
    """What a query may answer and JSON has no type for: sums of whole numbers, dates, spans of time."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def print_json(value: Any) -> None:
    """One object on standard output."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    print(to_json(value, ascii_only=not unicode))


def check_folder(path: Path) -> None:
    """Raise InputError where no folder can be made, before anything is simulated: for no name, one that is
    not text or too long, and a place that cannot be written to."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise InputError(f"--out {str(path)!r}: that name is not text") from None
    if path == Path():
        raise InputError("--out needs the name of a folder: nothing, or ., is the one you are in")
    above = path.resolve()
    try:
        while not above.exists():
            above = above.parent
        if not above.is_dir():
            there = above == path.resolve()
            raise InputError(
                f"--out {path} is a file: name a new folder"
                if there
                else f"--out: cannot write into {path}: {above} is a file"
            )
        probe = above / f".linli-{uuid.uuid4().hex}"
        probe.mkdir()
        probe.rmdir()
    except OSError as error:
        raise InputError(f"--out {path}: cannot write into {above}: {error.strerror}") from None


class Folder:
    """A folder for results: checked before anything is simulated, written at once at the end.

    Raises InputError if it exists and is not empty, or cannot be made.
    """

    def __init__(self, path: Path) -> None:
        check_folder(path)
        self.path = path.resolve()
        self._refuse_used()

    def _refuse_used(self) -> None:
        try:
            if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
                what = "is not empty" if self.path.is_dir() else "is a file"
                raise InputError(f"--out {self.path} {what}: name a new folder")
        except OSError as error:
            raise InputError(f"--out {self.path}: {error.strerror}") from None

    def write(self, files: Writers) -> None:
        """Write everything beside the folder's place, then move it there in one step."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with beside(self.path) as partial:
                partial.mkdir()
                for name, write in files.items():
                    write(partial / name)
                self._refuse_used()
                if self.path.exists():
                    self.path.rmdir()
        except OSError as error:
            raise InputError(f"--out {self.path}: {error.strerror or error}") from None


def file_away(folder: Path, files: Writers) -> None:
    """Write what is worked out again, such as an answer, over what is there; every file in one step."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, write in files.items():
            write_whole(folder / name, write)
    except OSError as error:
        raise InputError(f"cannot write into {folder}: {error.strerror or error}") from None
