"""The first run on a machine compiles the rules and loops; two processes share that work."""

import dataclasses
import inspect
import multiprocessing
from typing import Any

import numba
import numpy as np

from agents.compiled import CACHE_FOLDER
from model.array.asking_table import asking_table
from model.array.columns import LEVERS, PARAMETERS, records
from model.array.constants import constants, fatigue_table
from model.array.passes import scratch_for, tally_for
from model.array.settling import no_world
from model.city import City
from model.hours import HoursGiven
from model.parameters import Parameters


def is_compiled() -> bool:
    """Whether this state of the sources has been compiled here, or there is no use in compiling it ahead."""
    if CACHE_FOLDER is None or numba.config.DISABLE_JIT:  # type: ignore[attr-defined]
        return True
    return any(CACHE_FOLDER.rglob("day.run_pass*.nbi"))


def compile_all() -> None:
    """Compile what the array engine runs, once for this version of linli: half a minute or less."""
    other = multiprocessing.get_context("spawn").Process(target=compile_pass)
    other.start()
    compile_evening()
    City("lane")
    levers = np.zeros(1, dtype=records(LEVERS))
    constants(fatigue_table(0.1, 1), Parameters(), levers)
    HoursGiven(1).days(*(np.zeros((1, 1), dtype=np.int32),) * 2)
    other.join()


def compile_pass() -> None:
    """Compile the days, by running none of them."""
    from model.array.day import run_pass

    world, p = no_world(), Parameters()
    levers = np.zeros(0, dtype=records(LEVERS))
    run_pass(
        world, constants(fatigue_table(0.1, 1), p, levers), asking_table(world, [0]), _values(), levers,
        np.zeros((0, 0), dtype=np.int32), 0, 0, 0, 0, 0, tally_for(0), scratch_for(world),
    )  # fmt: skip


def compile_evening() -> None:
    """Compile the last phases of a day, which whoever compiles the days comes to last and then finds done."""
    from model.array.outcomes import matters_end
    from model.array.roles import roles_change
    from model.array.work import everybody_works

    world, tally = no_world(), tally_for(1)
    known = {
        "w": world,
        "p": _values(),
        "lev": np.zeros(1, dtype=records(LEVERS))[0],
        "tally": tally,
        "row": tally.rows[0],
        "s": scratch_for(world),
    }
    phases: tuple[Any, ...] = (everybody_works, matters_end, roles_change)
    for phase in phases:
        names = inspect.signature(phase.py_func).parameters
        phase.compile(tuple(numba.typeof(known.get(name, 0)) for name in names))  # 0: a whole number


def _values() -> Any:
    """The parameters as compiled code takes them."""
    values = np.array(dataclasses.astuple(Parameters()), dtype=PARAMETERS)
    return values.astype(records(PARAMETERS))[()]
