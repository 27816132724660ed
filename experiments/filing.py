"""Results that are worked out again, such as an answer: files that are replaced, each in one step."""

import os
from pathlib import Path

from experiments.output import Writers
from model.errors import InputError


def file_away(folder: Path, files: Writers) -> None:
    """Write files into a folder, over those that are there; none is ever seen half-written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, write in files.items():
            # figures tell their format by the ending, so it stays at the end
            partial = folder / f".{os.getpid()}-{name}"
            try:
                write(partial)
                partial.replace(folder / name)
            finally:
                partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"cannot write into {folder}: {error.strerror or error}") from None
