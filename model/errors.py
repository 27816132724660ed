"""The one error that is the user's to mend, and checks that raise it."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any


class InputError(ValueError):
    """What was asked for cannot be done; the message says what would be. The command line exits with 2."""


def unknown(what: str, name: str, valid: Iterable[str]) -> InputError:
    """An error for a name that does not exist: the nearest ones, then all of them."""
    names = sorted(valid)
    near = difflib.get_close_matches(name, names, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return InputError(f"unknown {what} '{name}'.{hint} Valid: {', '.join(names)}")


def count_of(name: str, value: object, low: int = 0, high: int | None = None) -> int:
    """A whole number in [low, high], or an InputError that says so."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InputError(f"{name} must be a whole number, not {value!r}")
    try:
        number = int(value)  # not by way of float, which would round a long seed
    except (ValueError, OverflowError):
        number = _whole(name, value)
    if number != value and not isinstance(value, str):
        raise InputError(f"{name} must be a whole number, not {value!r}")
    if number < low or (high is not None and number > high):
        upper = f"{low} or more" if high is None else f"between {low} and {high}"
        raise InputError(f"{name} must be {upper}, not {value}")
    return number


def _whole(name: str, value: float | str) -> int:
    """A whole number written with a point or an exponent, such as 1e3."""
    try:
        number = float(value)
        if number == int(number):
            return int(number)
    except (ValueError, OverflowError):
        pass
    raise InputError(f"{name} must be a whole number, not {value!r}")


def number_of(name: str, value: object, low: float, high: float) -> float:
    """A number in [low, high], or an InputError that says so."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise InputError(f"{name} must be a number, not {value!r}")
    try:
        number = float(value)
    except ValueError:
        raise InputError(f"{name} must be a number, not {value!r}") from None
    if not low <= number <= high:
        raise InputError(f"{name} must be between {low:g} and {high:g}, not {value}")
    return number


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
