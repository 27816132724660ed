"""One value for all, or one for each."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linli.model.errors import InputError


def each(name: str, given: ArrayLike, n: int, dtype: type) -> NDArray[Any]:
    """One value for each of n people. Raises InputError for other lengths, and for what is no number."""
    try:
        values: NDArray[Any] = np.asarray(given, dtype=dtype)
    except (TypeError, ValueError):
        raise InputError(f"{name}: give numbers, not {given!r}") from None
    if np.isnan(values).any():
        raise InputError(f"{name}: nan is no number")
    if values.ndim and values.shape != (n,):
        raise InputError(f"{name}: give one value, or one for each of the {n} nodes of the graph")
    return np.full(n, values) if values.ndim == 0 else values.copy()


def active_at_first(given: ArrayLike, n: int) -> NDArray[np.bool_]:
    """Who is active at first: from a truth value for each of n people, or the numbers of those who are."""
    values = np.asarray(given)
    active = np.zeros(n, dtype=np.bool_)
    if values.size == 0:
        return active
    if values.dtype == np.bool_:
        return each("active", values, n, np.bool_)
    if values.dtype.kind not in "iu" or values.ndim != 1 or values.min() < 0 or values.max() >= n:
        raise InputError(
            f"active: give numbers of people from 0 to {n - 1}, or a truth value for each of them"
        )
    active[values] = True
    return active
