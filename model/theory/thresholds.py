"""Thresholds of collective behaviour: who sees enough others act, acts from then on.

Granovetter 1978, "Threshold models of collective behavior" (everybody sees everybody); Centola & Macy 2007,
"Complex contagions and the weakness of long ties" (thresholds of two and more on a network). Nothing is left
to chance and nobody forgets. A day is synchronous: all decide from who was active yesterday.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linli.agents.compiled import loop, loop_in_place
from linli.agents.rules.contagion import TOO_MANY, is_convinced, needed_of_share
from linli.model.errors import InputError
from linli.model.network import Network
from linli.model.theory.crowd import BLOCK, count_type, look, tell
from linli.model.theory.each import each
from linli.model.theory.ties import Ties


@dataclass(frozen=True, eq=False)
class Thresholds:
    """Who acts once enough neighbours do, and goes on: absolute or relative thresholds.

    count: active neighbours it takes [count], of all or of each person (0: acts anyway); or share: the share
    of one's neighbours it takes [-], likewise (0 or less: acts anyway, above 1: never). A complex contagion
    is one with a count of two or more. Raises InputError unless exactly one of the two is given, in numbers.
    """

    count: ArrayLike | None = None
    share: ArrayLike | None = None

    def __post_init__(self) -> None:
        if (self.count is None) == (self.share is None):
            raise InputError("thresholds: give either a count of neighbours or a share of them")

    def needed(self, ties: Ties) -> NDArray[np.int32]:
        """How many active neighbours each person needs. Shape: people."""
        n = len(ties)
        if self.share is None:
            count = each("count", self.count, n, np.float64)  # type: ignore[arg-type]
            return np.clip(np.ceil(count), 0, TOO_MANY).astype(np.int32)
        degrees = ties.degrees if isinstance(ties, Network) else np.full(n, n - 1)
        return _needed(each("share", self.share, n, np.float64), degrees)

    def columns(self, ties: Ties, active: NDArray[np.bool_]) -> "Followers":
        """Everybody at first: has seen nobody."""
        del active
        return Followers(self.needed(ties), np.zeros(len(ties), dtype=count_type(ties)))

    def constants(self, last_day: int) -> tuple[()]:
        """Nothing but the thresholds counts."""
        del last_day
        return ()

    def live(self, *day: Any) -> int:
        """See `follow_and_tell`."""
        return int(follow_and_tell(*day))


class Followers(NamedTuple):
    """needed: active neighbours it takes [count]; seen: active neighbours, as of this morning [count]."""

    needed: NDArray[np.int32]
    seen: NDArray[Any]


@loop
def _needed(share, ties):
    """See `needed_of_share`. Shape: people."""
    needed = np.empty(len(share), dtype=np.int32)
    for i in range(len(share)):
        needed[i] = needed_of_share(share[i], ties[i])
    return needed


@loop_in_place
def follow_and_tell(w, own, p, seed, day, active_before, first, last, thread, s):
    """The people first .. last-1 live through a day. Returns how many of them are active."""
    total = 0
    for base in range(first, last, BLOCK):
        end = min(base + BLOCK, last)
        active, needed, seen = w.active[base:end], own.needed[base:end], own.seen[base:end]
        look(w, day, base, end, active_before, seen)
        n = 0
        for j in range(end - base):
            s.who[n] = j
            n += is_convinced(seen[j], needed[j]) and not active[j]
        for at in range(n):
            active[s.who[at]] = True
        tell(w, day, thread, base, s.who, n, s.touched, 1)
        for j in range(end - base):
            total += active[j]
    return total
