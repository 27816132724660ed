"""The one way a function of linli is compiled.

Every behavioural rule is decorated with `rule`: numba with one agreed set of options, so that the Mesa
agents (which call a rule from Python) and compiled loops (which call it from inside) run the same
machine code and agree to the last bit. `fastmath` stays off and 1/0 raises as it does in Python, so
that `NUMBA_DISABLE_JIT=1` gives the same numbers too, slowly, for debugging and coverage.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import platformdirs


def _source_hash() -> str:
    """A hash of every source file whose code may end up inside a compiled function.

    numba notices an edit of the file a loop stands in, but not an edit of a rule that the loop calls;
    a cache folder per state of the sources makes a stale rule impossible.
    """
    digest = hashlib.sha256()
    here = Path(__file__).resolve().parent
    for folder in (here, here.parent / "model"):
        for file in sorted(folder.rglob("*.py")):
            digest.update(file.relative_to(here.parent).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


SOURCE_HASH = _source_hash()
"""Identifies the rules and loops of this checkout; stands in every result that is written out."""


def cache_folder() -> Path:
    """Where compiled code is kept between runs: one folder per state of the sources."""
    return Path(platformdirs.user_cache_dir("linli")) / f"compiled-{SOURCE_HASH}"


def _use_cache() -> bool:
    """Point numba at our cache folder; without a writable one, compile afresh in every process."""
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
        writable = os.access(cache_folder(), os.W_OK)
    except OSError:
        writable = False
    if writable:
        numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
    return writable


_CACHE = _use_cache()


_ALWAYS: dict[str, Any] = {"error_model": "python", "fastmath": False, "no_cfunc_wrapper": True}

_IN_PLACE: dict[str, Any] = {**_ALWAYS, "nogil": True, "_nrt": False}
"""A loop that only works on what it is given needs no memory of its own; without numba's counting of
references it is several times faster."""

_INSIDE: dict[str, Any] = {**_IN_PLACE, "no_cpython_wrapper": True, "forceinline": True}


def rule(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a scalar rule: numbers in, a number (or a tuple of numbers) out; no arrays, no objects.

    It becomes one with the loop that calls it, which can then decide for several agents at a time.
    """
    return numba.njit(cache=_CACHE, forceinline=True, **_ALWAYS)(function)


def loop(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a loop over arrays. It may call rules, never restate one; it releases the GIL."""
    return numba.njit(cache=_CACHE, nogil=True, **_ALWAYS)(function)


def loop_in_place(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a loop that allocates nothing."""
    return numba.njit(cache=_CACHE, **_IN_PLACE)(function)


def part(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a part of `loop_in_place`, called from compiled code only.

    It becomes one with its caller and has no door for Python, which would cost more to compile than the part.
    """
    return numba.njit(**_INSIDE)(function)


def phase(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a part that is large enough to be kept by itself: two processes can share the work."""
    return numba.njit(cache=_CACHE, **_INSIDE)(function)
