"""The first run on a machine compiles the rules and loops; two processes share that work."""

import contextlib
import gc
import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numba
import numpy as np

from linli.agents.compiled import CACHE_FOLDER
from linli.model.array.by_reference import Reference
from linli.model.array.engine import ArrayEngine
from linli.model.array.passes import NOTHING, scratch_for, tally_for
from linli.model.array.tables.asking import asking_table
from linli.model.array.tables.columns import LEVERS, Days, Lived, Today, records
from linli.model.array.tables.constants import always, constants, one_record
from linli.model.array.tables.settling import no_world
from linli.model.measures.hours import HoursGiven
from linli.model.parameters import Parameters
from linli.model.policies import ALL_SYSTEMS
from linli.model.systems import NO_SYSTEMS, Systems


def is_compiled(systems: bool = False) -> bool:
    """Whether this state of the sources has been compiled here, or there is no use in compiling it ahead.

    systems: for runs in which systems act, see `linli.model.systems`.
    """
    if CACHE_FOLDER is None or numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        return True
    return _note_of(CACHE_FOLDER, systems).exists()


def _note_of(folder: Path, systems: bool) -> Path:
    """The file that says that everything has been compiled."""
    return folder / ("compiled-with-systems" if systems else "compiled")


def compile_all(systems: bool = False) -> None:
    """Compile what the array engine runs, once for this version of linli: half a minute or less."""
    of = ALL_SYSTEMS if systems else NO_SYSTEMS
    other = multiprocessing.get_context("spawn").Process(target=compile_pass, args=(of,))
    other.start()
    compile_evening(of)
    ArrayEngine("lane")
    levers = np.zeros(1, dtype=records(LEVERS))
    constants(always(Parameters(), 1), Parameters(), levers, 0)
    HoursGiven(1).days(*(np.zeros((1, 1), dtype=np.int32),) * 2)
    other.join()
    if CACHE_FOLDER is not None and other.exitcode == 0:
        _note_of(CACHE_FOLDER, systems).touch()


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """The compiler makes millions of small objects, among which there is nothing to collect."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_without_collecting()
def compile_pass(systems: Systems = NO_SYSTEMS) -> None:
    """Compile the days, by running none of them."""
    from linli.model.array.day import EVENING, MORNING, run_pass

    world, p = no_world(systems), Parameters()
    levers = np.zeros(0, dtype=records(LEVERS))
    of = Days(
        world, constants(always(p, 1), p, levers, 0), asking_table(world, [0]), one_record(p), levers,
        np.zeros((0, 0), dtype=np.int32), 0, 0,
    )  # fmt: skip
    one = Lived(of, tally_for(0), scratch_for(world))
    run_pass(one, one, 1, 0, 0, 0, 0, MORNING, EVENING, NOTHING)


@_without_collecting()
def compile_evening(systems: Systems = NO_SYSTEMS) -> None:
    """Compile the last phases of a day, which whoever compiles the days comes to last and then finds done."""
    from linli.model.array.phases.acquaintance import acquaintance
    from linli.model.array.phases.outcomes import outcomes
    from linli.model.array.phases.roles import roles
    from linli.model.array.phases.work import work

    world, tally, p = no_world(systems), tally_for(1), Parameters()
    levers, s = np.zeros(1, dtype=records(LEVERS)), scratch_for(world)
    k, lists = constants(always(p, 1), p, levers, 0), asking_table(world, [0])
    values = one_record(p)
    now = Today(0, 0, 0, values[0], levers[0], np.int32(0), k, lists, tally, tally.rows[0], s, s.so_far[0])
    handed_over = (Reference(numba.typeof(world)), Reference(numba.typeof(now)), numba.typeof(0))
    phases: tuple[Any, ...] = (work, acquaintance, outcomes, roles)
    for phase in phases:
        phase.compile(handed_over)
