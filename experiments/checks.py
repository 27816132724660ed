"""Checks of what stands in a file of the user's."""

from collections.abc import Iterable, Mapping
from typing import Any

from model.errors import InputError, unknown


def only(given: Mapping[str, Any], what: str, valid: Iterable[str]) -> None:
    """Raise InputError for a name that means nothing here."""
    names = tuple(valid)
    for name in given:
        if name not in names:
            raise unknown(what, str(name), names)


def table_of(given: object, how: str) -> dict[str, Any]:
    """The same if it is a table, or an InputError that says how to write it."""
    if not isinstance(given, dict):
        raise InputError(how)
    return given
