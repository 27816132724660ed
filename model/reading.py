"""Files that may come from anybody: read only if they are files, no larger than they may be, and what they
say.

A pipe would wait for ever, a device never ends, a small text can be nested deeper than its reader goes:
each of it is refused before it is read, or named in one line.
"""

import json
import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from linli.model.errors import InputError

TEXT = 2**20
"""No scenario and no study is longer [bytes]."""
DATA = 2**31
"""No network, table of residents or snapshot is longer [bytes]."""
DEEPEST = 64
"""Tables in tables, and parts of a name, in TOML and JSON."""
_DOTTED = re.compile(rf"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){{{DEEPEST}}}""")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""How files begin that say in which encoding they are: Excel and Notepad write so."""


def content_of(path: Path, most: int, *, through_links: bool = True) -> bytes:
    """The bytes of a file. Raises OSError for what is none, for a link where none is followed, and for a
    file of more than `most` bytes."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not through_links:
        flags |= getattr(os, "O_NOFOLLOW", 0)
        if path.is_symlink():
            raise OSError(None, "it is a link, and only files are read")
    handle = os.open(path, flags)
    with open(handle, "rb") as file:
        check_file(os.fstat(handle), most)
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(None, f"it is longer than {most:,} bytes")
    return content


def check_file(about: os.stat_result, most: int = DATA) -> None:
    """Raise OSError for what is no file, such as a folder, a pipe or a device, or is too long."""
    if stat.S_ISDIR(about.st_mode):
        raise OSError(None, "Is a directory")
    if not stat.S_ISREG(about.st_mode):
        raise OSError(None, "it is a pipe or a device, and only files are read")
    if about.st_size > most:
        raise OSError(None, f"it is longer than {most:,} bytes")


def text_of(content: bytes, what: str) -> str:
    """A text in UTF-8, or in the encoding that its first bytes name. what: for the message, such as
    "network ties.csv". Raises InputError for others."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        hint = ": save it as UTF-8"
        if _is_chinese(content):
            hint = "; it reads as GB18030, as Excel in Chinese writes CSV: save it as “CSV UTF-8”"
        raise InputError(f"{what} is not text in UTF-8{hint}") from None


def _is_chinese(content: bytes) -> bool:
    """Whether bytes that are no UTF-8 read as GB18030, with Chinese characters."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def toml_of(text: str) -> dict[str, Any]:
    """A TOML document, a byte order mark at its head aside. Raises InputError."""
    text = text.removeprefix("\ufeff")
    if len(text) > TEXT:
        raise InputError(f"it is longer than {TEXT:,} characters")
    if _DOTTED.search(text):
        raise InputError(f"a name of more than {DEEPEST} parts")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise InputError("not valid TOML: lists or tables stand too deep in each other") from None
    except ValueError as error:  # a whole number of thousands of digits, too
        raise InputError(f"not valid TOML: {error}") from None


def toml_text(path: Path, what: str) -> str:
    """The text of a file of bounded length. Raises InputError."""
    try:
        return text_of(content_of(path, TEXT), what).removeprefix("\ufeff")
    except OSError as error:
        raise InputError(f"cannot read {what}: {error.strerror}") from None


def json_of(content: bytes | str) -> Any:
    """A JSON document of bounded depth. Raises ValueError."""
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("too deep") from None


def printable(text: str) -> str:
    """A text that a terminal shows and does not obey: control characters are written as their codes."""
    return "".join(c if c in "\n\t\u3000" or c.isprintable() else ascii(c)[1:-1] for c in text)
