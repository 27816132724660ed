"""All parts of the benchmark, one after the other, each in a process of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from typing import Any

from linli.experiments.bench.sizes import Sizes
from linli.experiments.runner.pool import RunFailed, in_parallel
from linli.model.errors import unknown

PARTS = ("donghu", "library", "chengdu", "scaling", "contagion")
"""Each is a module of this folder with a function `measure(sizes)`."""
MACHINE = "machine"


def chosen(only: str | None) -> Sequence[str]:
    """The parts to run: the one asked for, or all; and always the machine, which is quick."""
    if only is None:
        return (*PARTS, MACHINE)
    if only not in PARTS:
        raise unknown("part", only, PARTS)
    return only, MACHINE


def measure(parts: Sequence[str], sizes: Sizes) -> dict[str, Any]:
    """What each part measures, by its name. RunFailed if one comes to no end."""
    return {part: _apart(part, sizes) for part in parts}


def _apart(part: str, sizes: Sizes) -> Any:
    """A part in a process of its own: then the memory is its own, and no other part is in its way."""
    try:
        return in_parallel(_measure, [(part, sizes)], 2, lambda _: None)[0]
    except RunFailed as failed:
        why = failed.__cause__
        if isinstance(why, BrokenProcessPool):
            raise RunFailed(f"the part {part} was ended from outside: too little memory?") from why
        raise RunFailed(f"the part {part} failed: {type(why).__name__}: {why}") from why


def _measure(task: tuple[str, Sizes], _tick: Callable[[], None]) -> Any:
    part, sizes = task
    return import_module(f"linli.experiments.bench.{part}").measure(sizes)
