"""Parts of a day that are compiled only for worlds with systems (see `linli.model.systems`).

A run without systems is typed by `World`, one with systems by `WorldWithSystems`: where a phase calls such a
part, the compiler asks for the type of the world and finds, in a world without, a constant and no code.
"""

from collections.abc import Callable
from typing import Any

from numba.extending import overload

from linli.agents.compiled import part, part_options
from linli.model.array.tables.columns import WorldWithSystems


def has_rows_of(kind: str) -> Callable[..., Any]:
    """A part that says whether a community, c of w, has rows of a kind that a system brings: another system
    may be the one that brought the parts that ask. kind: see `ROWS_OF_SYSTEMS`."""

    def has_rows(w, c):
        return w.com[c + 1][kind] > w.com[c][kind]

    return part(has_rows)


def in_systems(otherwise: Any = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Compile a part of a day for worlds with systems; its first argument is the world.

    otherwise: what it returns, without doing anything, in a world without. Whoever reads a table of one
    system first sees whether the community has rows in it, by `has_rows_of`.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        compiled = part(function)

        def called(w: Any, *rest: Any) -> Any:
            return function(w, *rest) if isinstance(w, WorldWithSystems) else otherwise

        def implementation(w: Any, *rest: Any) -> Any:
            if issubclass(w.instance_class, WorldWithSystems):
                return lambda w, *rest: compiled(w, *rest)
            return lambda w, *rest: otherwise

        options: Any = part_options()
        overload(called, jit_options=options, strict=False)(implementation)
        return called

    return decorate
