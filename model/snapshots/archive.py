"""Reading an archive of arrays (.npz) that may come from anywhere.

What an archive says about itself is compared before anything is unpacked: a small file can claim to hold, or
unpack to, more than a machine has memory for. No pickle is ever read.
"""

import hashlib
import json
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from linli.model.memory import check_memory
from linli.model.reading import check_file

HEADER = 2**24
"""No header is longer [bytes]."""

DAMAGE = (
    tokenize.TokenError,
    ValueError, KeyError, TypeError, IndexError, AttributeError, EOFError, OverflowError, RecursionError,
    MemoryError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What the libraries raise over a file that is not what it says it is."""


def read(file: str | Path) -> dict[str, NDArray[Any]]:
    """All arrays of an archive by their names. Raises InputError if there is no memory for them, and an
    OSError or one of DAMAGE if it is none."""
    check_file(Path(file).stat())
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
        names = [member.filename.removesuffix(".npy") for member in members]
        if len(set(names)) < len(names):
            raise ValueError("two arrays of one name")
        check_memory(sum(member.file_size for member in members), f"snapshot {file}")
        return {name: _array(archive, member) for name, member in zip(names, members, strict=True)}


def read_text(file: str | Path, name: str) -> str:
    """One array that holds a text, without the others."""
    check_file(Path(file).stat())
    with zipfile.ZipFile(file) as archive:
        member = archive.getinfo(f"{name}.npy")
        if member.file_size > HEADER:
            raise ValueError("a header of that length is none")
        return str(_array(archive, member))


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray[Any]:
    """An array, if it is as large as its header says."""
    with archive.open(member) as stream:
        version = npy.read_magic(stream)
        header = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}[version]
        shape, _, dtype = header(stream)
        size = dtype.itemsize
        for length in shape:
            size *= int(length)
        named_right = not dtype.hasobject and min(shape, default=0) >= 0
        if not named_right or member.file_size != stream.tell() + size:
            raise ValueError("an array of another size than its header says")
    with archive.open(member) as stream:
        array: NDArray[Any] = npy.read_array(stream, allow_pickle=False)
    return array


def digest(about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> str:
    """A hash of a header and of arrays: their names, types, shapes and every byte but those that pad records,
    which nobody keeps. It tells damage and edits, not who made a file: whoever changes one on purpose can
    make it anew."""
    whole = hashlib.sha256(json.dumps(about, sort_keys=True).encode())
    for name in sorted(arrays):
        array = arrays[name]
        whole.update(f"{name} {array.dtype.descr} {array.shape}".encode())
        for field in array.dtype.names or ("",):
            column = np.ascontiguousarray(array[field] if field else array)
            if column.size:
                whole.update(column.reshape(-1).view(np.uint8).data)
    return whole.hexdigest()
