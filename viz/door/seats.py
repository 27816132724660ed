"""How many visitors the server has at a time: each has two worlds and threads of his or her own."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from solara.server.kernel_context import contexts

MOST = 60
"""Visitors at a time: a class, and some who watch."""

LINES = 3
"""Connections a visitor's page has at a time, at most: one, and for a moment those that it replaces."""


class Seats:
    """The seats of one server, by the number that a visitor's page gives itself (solara's kernel)."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._connected: Counter[str] = Counter()

    @property
    def are_taken(self) -> bool:
        """Whether nobody else fits."""
        return len(self._sitting()) >= self.most

    @contextmanager
    def one(self, visitor: str) -> Iterator[bool]:
        """Takes a seat for as long as a connection lasts. Yields whether there is one."""
        fits = self._connected[visitor] < LINES and (visitor in self._sitting() or not self.are_taken)
        self._connected[visitor] += fits
        try:
            yield fits
        finally:
            self._connected[visitor] -= fits
            if not self._connected[visitor]:
                del self._connected[visitor]

    def _sitting(self) -> set[str]:
        """Who is connected, or was a moment ago and may come back to what he or she left."""
        return set(contexts) | self._connected.keys()
