"""Infection without immunity: susceptible, infected, susceptible again (SIS), in steps of a day.

An infected neighbour passes it on with probability beta a day; who is infected recovers with probability
delta a day. On a complete graph of n people the share infected settles near the solution of

    delta * i = (1 - i) * (1 - (1 - beta)**(i * n)),

which tends to i = 1 - delta / (beta * n) as days become short. The process on networks: Pastor-Satorras &
Vespignani 2001, "Epidemic spreading in scale-free networks".
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from linli.agents.compiled import loop_in_place
from linli.agents.decision import CATCHES
from linli.agents.rules.contagion import infected_after
from linli.model.errors import number_of
from linli.model.theory.crowd import BLOCK, count_type, draw_block, look, tell
from linli.model.theory.ties import Ties


@dataclass(frozen=True)
class SIS:
    """Who is infected by neighbours, recovers, and can be infected again. Active means infected.

    beta: probability that an infected neighbour passes it on in a day [1/day]; delta: probability that an
    infected person recovers in a day [1/day]. Raises InputError outside 0 .. 1.
    """

    beta: float
    delta: float

    def __post_init__(self) -> None:
        number_of("beta", self.beta, 0.0, 1.0)
        number_of("delta", self.delta, 0.0, 1.0)

    def columns(self, ties: Ties, active: NDArray[np.bool_]) -> "Exposed":
        """Everybody at first: has seen nobody."""
        del active
        return Exposed(np.zeros(len(ties), dtype=count_type(ties)))

    def constants(self, last_day: int) -> "Rates":
        """The two probabilities."""
        del last_day
        return Rates(float(self.beta), float(self.delta))

    def live(self, *day: Any) -> int:
        """See `catch_and_tell`."""
        return int(catch_and_tell(*day))


class Exposed(NamedTuple):
    """seen: infected neighbours, as of this morning [count]."""

    seen: NDArray[Any]


class Rates(NamedTuple):
    """Probabilities a day."""

    beta: float
    delta: float


@loop_in_place
def catch_and_tell(w, own, p, seed, day, active_before, first, last, thread, s):
    """The people first .. last-1 live through a day. Returns how many of them are infected in the evening."""
    total = 0
    for base in range(first, last, BLOCK):
        end = min(base + BLOCK, last)
        active, seen = w.active[base:end], own.seen[base:end]
        draw_block(seed, base, end, day, CATCHES, 0, s.u)
        look(w, day, base, end, active_before, seen)
        concerned = 0
        for j in range(end - base):  # 1 - (1 - beta)**n is at most n * beta (Bernoulli): most need no power
            s.who[concerned] = j
            concerned += active[j] or s.u[j] < seen[j] * p.beta + 1e-9
        fallen = recovered = 0
        for at in range(concerned):  # those who change gather at the front, and in a second list of their own
            j = s.who[at]
            after = infected_after(active[j], seen[j], p.beta, p.delta, s.u[j])
            before, active[j] = active[j], after
            s.other[recovered] = j
            recovered += before and not after
            s.who[fallen] = j
            fallen += after and not before
        tell(w, day, thread, base, s.who, fallen, s.touched, 1)
        tell(w, day, thread, base, s.other, recovered, s.touched, -1)
        for j in range(end - base):
            total += active[j]
    return total
