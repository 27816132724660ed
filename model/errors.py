"""The one error that is the user's to mend, and checks that raise it."""

import difflib
import numbers
from collections.abc import Iterable, Mapping
from typing import Any

LONGEST = 100
"""A message quotes so many characters of what was given, and no more."""


class InputError(ValueError):
    """What was asked for cannot be done; the message says what would be. The command line exits with 2."""


def unknown(what: str, name: str, valid: Iterable[str]) -> InputError:
    """An error for a name that does not exist: the nearest ones, then all of them."""
    names = sorted(valid)
    name = name if len(name) <= LONGEST else f"{name[:LONGEST]} ..."
    near = difflib.get_close_matches(name, names, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return InputError(f"unknown {what} '{name}'.{hint} Valid: {', '.join(names)}")


def count_of(name: str, value: object, low: int = 0, high: int | None = None) -> int:
    """A whole number in [low, high], or an InputError that says so."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real | str):  # numpy's numbers are real, too
        raise InputError(f"{name} must be a whole number, not {_short(value)}")
    try:
        number = int(value)  # type: ignore[arg-type]  # not by way of float, which would round a long seed
    except (ValueError, OverflowError):
        number = _whole(name, value)
    if number != value and not isinstance(value, str):
        raise InputError(f"{name} must be a whole number, not {_short(value)}")
    if number < low or (high is not None and number > high):
        upper = f"{low} or more" if high is None else f"between {low} and {high}"
        raise InputError(f"{name} must be {upper}, not {_short(number)}")
    return number


def _short(value: object) -> str:
    """A value as it was written, or how it begins."""
    try:
        written = repr(value)
    except ValueError:  # a whole number with more digits than Python writes
        return "a number of thousands of digits"
    return written if len(written) <= LONGEST else f"{written[:LONGEST]} ..."


def _whole(name: str, value: Any) -> int:
    """A whole number written with a point or an exponent, such as 1e3."""
    try:
        number = float(value)
        if number == int(number):
            return int(number)
    except (ValueError, OverflowError):
        pass
    raise InputError(f"{name} must be a whole number, not {_short(value)}")


def number_of(name: str, value: object, low: float, high: float) -> float:
    """A number in [low, high], or an InputError that says so."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real | str):
        raise InputError(f"{name} must be a number, not {_short(value)}")
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise InputError(f"{name} must be a number, not {_short(value)}") from None
    if not low <= number <= high:
        said = value if isinstance(value, str) and len(value) <= LONGEST else _short(value)
        raise InputError(f"{name} must be between {low:g} and {high:g}, not {said}")
    return number


def only(given: Mapping[str, Any], what: str, valid: Iterable[str]) -> None:
    """Raise InputError for a name that means nothing here."""
    names = tuple(valid)
    for name in given:
        if name not in names:
            raise unknown(what, str(name), names)


def word_of(what: str, value: object, valid: Iterable[str]) -> str:
    """A name that there is, or an InputError that lists the valid ones: for lists and tables too, which a
    file may hold where a word should be."""
    if not isinstance(value, str) or value not in valid:
        raise unknown(what, str(value), valid)
    return value


def table_of(given: object, how: str) -> dict[str, Any]:
    """The same if it is a table, or an InputError that says how to write it."""
    if not isinstance(given, dict):
        raise InputError(how)
    return given
