"""The one way a function of linli is compiled.

Every behavioural rule is decorated with `rule`: numba with one agreed set of options, so that the Mesa
agents (which call a rule from Python) and compiled loops (which call it from inside) run the same
machine code and agree to the last bit. `fastmath` stays off and 1/0 raises as it does in Python, so
that `NUMBA_DISABLE_JIT=1` gives the same numbers too, slowly, for debugging and coverage.
"""

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import platformdirs

from linli.agents.inlined import ForCallers, Rule


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


def _cache_folder() -> Path | None:
    """Where compiled code is kept between runs: one folder per state of the sources.

    It is the user's cache, or one among the temporary files where the home cannot be written; None if neither
    can be used.
    """
    user = getattr(os, "getuid", lambda: "user")()
    temporary = Path(tempfile.gettempdir()) / f"linli-{user}"
    for place in (Path(platformdirs.user_cache_dir("linli")), temporary):
        try:
            place.mkdir(parents=True, exist_ok=True, mode=0o700 if place == temporary else 0o777)
            folder = place / f"compiled-{SOURCE_HASH}"
            if place == temporary and not _is_ours(place):
                continue
            folder.mkdir(exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can have put code into a folder: it is run without being looked at."""
    about = folder.lstat()
    mine = not hasattr(os, "getuid") or about.st_uid == os.getuid()
    return stat.S_ISDIR(about.st_mode) and mine and not about.st_mode & 0o022


CACHE_FOLDER = _cache_folder()
"""Of compiled code; None: every process compiles afresh."""
_CACHE = CACHE_FOLDER is not None
if _CACHE:
    numba.config.CACHE_DIR = str(CACHE_FOLDER)  # type: ignore[attr-defined]


_ALWAYS: dict[str, Any] = {"error_model": "python", "fastmath": False, "no_cfunc_wrapper": True}

_IN_PLACE: dict[str, Any] = {**_ALWAYS, "nogil": True, "_nrt": False}
"""A loop that only works on what it is given needs no memory of its own; without numba's counting of
references it is several times faster."""

_INSIDE: dict[str, Any] = {**_IN_PLACE, "no_cpython_wrapper": True, "forceinline": True}


def rule(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a scalar rule: numbers in, a number (or a tuple of numbers) out; no arrays, no objects.

    It becomes one with the loop that calls it, which can then decide for several agents at a time.
    """
    if numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        return function
    compiled = Rule(function, _ALWAYS, {**_ALWAYS, "no_cpython_wrapper": True, "forceinline": True})
    if _CACHE:
        compiled.enable_caching()
    return compiled


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
    return numba.njit(**part_options())(function)


def part_options() -> dict[str, Any]:
    """The options of a `part`, for whoever lets the compiler choose among several."""
    return {"pipeline_class": ForCallers, **_INSIDE}


def phase(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a part that is large enough to be kept by itself: two processes can share the work."""
    return numba.njit(cache=_CACHE, **_INSIDE)(function)
