"""A neighbourhood as bytes, and back: each object by itself, so that no chain of acquaintances is too long.

Pickle follows references as deep as they go, from neighbour to neighbour; here it stops at every object that
is linked to many others, writes its number, and goes on with the next.
"""

import io
import pickle
from typing import Any

from linli.agents.actor import Linked, fill


class _Writer(pickle.Pickler):
    """Writes numbers in place of linked objects, which wait for their turn."""

    def __init__(self, file: io.BytesIO, first: object) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.numbers = {id(first): 0}
        self.waiting = [first]

    def persistent_id(self, it: object) -> tuple[int, type] | None:
        """The number of a linked object, and of which class it is."""
        if not isinstance(it, Linked):
            return None
        number = self.numbers.setdefault(id(it), len(self.waiting))
        if number == len(self.waiting):
            self.waiting.append(it)
        return number, type(it)


class _Reader(pickle.Unpickler):
    """Makes linked objects, empty, in the order in which they were met."""

    def __init__(self, file: io.BytesIO, first: object) -> None:
        super().__init__(file)
        self.made = [first]

    def persistent_load(self, numbered: tuple[int, type]) -> object:
        """The object of a number."""
        number, kind = numbered
        if number == len(self.made):
            self.made.append(object.__new__(kind))
        return self.made[number]


def flat(first: object) -> bytes:
    """An object and all that it leads to."""
    file = io.BytesIO()
    writer = _Writer(file, first)
    for it in writer.waiting:  # grows while it is gone through
        writer.dump(it.__getstate__())
    return file.getvalue()


def rebuilt(kind: type, content: bytes) -> Any:
    """What `flat` made bytes of."""
    reader = _Reader(io.BytesIO(content), object.__new__(kind))
    for it in reader.made:
        fill(it, reader.load())
    return reader.made[0]
