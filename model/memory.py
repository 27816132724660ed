"""Memory is asked for before it is taken, and taken no sooner than it is needed."""

import mmap
from math import prod
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from linli.model.errors import InputError

FEWER_COMMUNITIES = "simulate fewer communities (place.sampled), or use a larger machine"
A_PAGE = 2**21
"""Of those that NumPy asks for [bytes]."""
ALWAYS_FREE = 2**20
"""What runs Python has so much [bytes]: to look takes a small place longer than to settle a street of it."""


def check_memory(needed: int, what: str, instead: str = FEWER_COMMUNITIES) -> None:
    """Refuse before anything is allocated what the machine has no memory for. Raises InputError.

    needed: [bytes]; what: the thing that takes it; instead: what could be done, for the message.
    """
    if needed < ALWAYS_FREE:
        return
    free = psutil.virtual_memory().available
    if needed > free:
        raise InputError(
            f"{what} takes about {needed / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free: {instead}"
        )


def zeros_as_written(shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
    """A table of zeros of which only what is written takes memory, a small page at a time.

    For tables with room to spare: NumPy asks for pages of two megabytes, of which one written number takes
    all. What is smaller than one of them is a table like any other.
    """
    size = prod(shape) * dtype.itemsize
    if size < A_PAGE:
        return np.zeros(shape, dtype=dtype)
    room = mmap.mmap(-1, size)
    if hasattr(mmap, "MADV_NOHUGEPAGE"):
        room.madvise(mmap.MADV_NOHUGEPAGE)
    return np.frombuffer(room, dtype=dtype).reshape(shape)
