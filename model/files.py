"""Files that are there in full or not at all, also when the program is killed or the machine stops.

What is written stands beside its place at first, under a hidden name of one form, and is moved there in one
step once it is on the disk:

    .linli-MACHINE-PROCESS-RANDOM.ENDING

The name says who writes it, so that whoever writes into the folder next can tell what nobody will finish.
"""

import contextlib
import errno
import hashlib
import os
import platform
import re
import shutil
import time
import uuid
from collections.abc import Buffer, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

Content = Buffer | Callable[[Path], object]
"""Bytes, or what writes a file to the path it is given."""
STALE = 3600.0
"""Seconds after which a file of another machine that nobody writes to has no writer any more."""
CLOCKS = 60.0
"""Seconds by which the clocks of files and of processes may differ."""
_PARTIAL = re.compile(r"\.linli-(?P<machine>[0-9a-f]{8})-(?P<process>\d{1,10})-[0-9a-f]{12}(\..*)?")
_NO_SUCH_THING = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM)
"""What systems say that cannot bring a folder to the disk by itself."""


def write_whole(path: Path, content: Content) -> None:
    """Write a file in full or not at all; what stood there before stays until then.

    A link stays and what it points to is replaced; what is no file, such as /dev/stdout, is written to as it
    is. Raises OSError.
    """
    write = content if callable(content) else _writer_of(content)
    if path.exists() and not path.is_file():
        write(path)
        return
    with beside(Path(os.path.realpath(path))) as partial:
        write(partial)


def _writer_of(content: Buffer) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(content)

    return write


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A name beside a file or folder to make it under; it is moved to its place at the end.

    If anything is raised before, nothing has changed. Raises OSError.
    """
    sweep_up(path.parent)
    name = f".linli-{_machine()}-{os.getpid()}-{uuid.uuid4().hex[:12]}"
    partial = path.with_name(name + path.suffix)  # figures and networks tell their format by the ending
    try:
        yield partial
        _to_disk(partial)
        partial.replace(path)
        _folder_to_disk(path.parent)
    finally:
        _remove(partial)


def sweep_up(folder: Path) -> None:
    """Remove what writers left in a folder that were killed. Files of writers that still run stay."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            named = _PARTIAL.fullmatch(entry.name)
            if named and _is_left(Path(entry.path), named["machine"], int(named["process"])):
                _remove(Path(entry.path))


def _is_left(partial: Path, machine: str, process: int) -> bool:
    """Whether nobody will finish it. Of another machine one sees no processes: there its age decides."""
    try:
        written = partial.stat().st_mtime
        if machine != _machine():
            return time.time() - written > STALE
        # a process that began later has taken over the number of the writer
        return bool(psutil.Process(process).create_time() > written + CLOCKS)
    except psutil.NoSuchProcess:
        return True
    except (OSError, psutil.Error):
        return False


def _machine() -> str:
    """This machine, in eight characters that fit into any file name."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _to_disk(path: Path) -> None:
    """Have a file, or all in a folder, on the disk and not only in memory."""
    if path.is_dir():
        for inside in path.iterdir():
            _to_disk(inside)
        _folder_to_disk(path)
        return
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _folder_to_disk(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can do that."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_SUCH_THING:
            raise


def _remove(path: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
