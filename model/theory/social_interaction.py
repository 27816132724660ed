"""Social interaction: everybody decides every day, and looks at the neighbours and the own tiredness.

The rule of participation at its barest. A day is synchronous: all decide from what was so yesterday,

    p = 1 / (1 + exp(-(theta + J * share - fatigue))),

where share is the share of one's ties who were active yesterday (Brock & Durlauf 2001), and fatigue grows by
phi with an act and fades by delta_F a day.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linli.agents.compiled import loop, loop_in_place, part, rule
from linli.agents.decision import OCCASION
from linli.agents.rules.fatigue import fatigue_after
from linli.agents.rules.participation import active_share, appeal, takes_part
from linli.agents.traits import NEVER
from linli.model.array.tables.constants import left_table
from linli.model.errors import number_of
from linli.model.parameters import Parameters
from linli.model.theory.crowd import BLOCK, draw_block, look, tell
from linli.model.theory.each import each
from linli.model.theory.ties import Ties

BINS = 1024
"""Draws are sorted into so many bins before the rule is asked."""
ACTS = 1
"""Which word of the draw of an occasion decides whether somebody acts; see `agents.resident`."""


@dataclass(frozen=True, eq=False)
class SocialInteraction:
    """Who acts today depends on the share of neighbours who acted yesterday (Brock & Durlauf 2001).

    theta: what speaks for acting by itself (h in the source), a utility [-], of all or of each person; J:
    pull of active neighbours [-]; phi: fatigue from an act [-]; delta_F: share of fatigue lost in a day.
    These are the parameters of `theory_world`, which gives the same people acting on the same days.
    Raises InputError for what is not a number, or a delta_F outside 0 .. 1.
    """

    theta: ArrayLike = 0.0
    J: float = 0.0
    phi: float = 0.0
    delta_F: float = Parameters().delta_F

    def __post_init__(self) -> None:
        number_of("J", self.J, -1e9, 1e9)
        number_of("phi", self.phi, 0.0, 1e9)
        number_of("delta_F", self.delta_F, 0.0, 1.0)

    def columns(self, ties: Ties, active: NDArray[np.bool_]) -> "Choosers":
        """Everybody at first: not tired."""
        n = len(ties)
        last_acted = np.where(active, -1, NEVER).astype(np.int32)
        return Choosers(each("theta", self.theta, n, np.float64), np.zeros(n), last_acted)

    def constants(self, last_day: int) -> "Pulls":
        """What the days up to a last one need to know."""
        left = left_table(self.delta_F, last_day + 1)
        return Pulls(float(self.J), float(self.phi), left, least_appeals(BINS))

    def live(self, *day: Any) -> int:
        """See `choose_and_tell`."""
        return int(choose_and_tell(*day))


class Choosers(NamedTuple):
    """theta: motive; fatigue: as of the last act, utilities [-]; last_acted: day, or NEVER."""

    theta: NDArray[np.float64]
    fatigue: NDArray[np.float64]
    last_acted: NDArray[np.int32]


class Pulls(NamedTuple):
    """left: share of a fatigue that is left, by days since the last act; least: see `least_appeals`."""

    J: float
    phi: float
    left: NDArray[np.float64]
    least: NDArray[np.float64]


@loop
def least_appeals(bins):
    """For each bin of draws, an appeal that is too low for everybody whose draw falls into it.

    Found from the rule by bisection at the smallest draw of the bin, because who draws more needs more
    appeal; a little less, so that the last bit of exp cannot matter. Shape: bins.
    """
    least = np.empty(bins)
    for k in range(bins):
        too_low, enough = -1000.0, 1000.0
        for _ in range(60):
            middle = 0.5 * (too_low + enough)
            if takes_part(middle, k / bins):
                enough = middle
            else:
                too_low = middle
        least[k] = too_low - 1e-9
    return least


def luck(seed: int, day: int, people: int) -> NDArray[np.float64]:
    """The draws that decide a day, for whoever writes the same model elsewhere. Shape: people."""
    u = np.empty(people)
    _all_luck(seed, day, u)
    return u


@loop_in_place
def _all_luck(seed, day, u):
    """See `luck`."""
    draw_block(seed, 0, len(u), day, OCCASION, ACTS, u)


@loop_in_place
def choose_and_tell(w, own, p, seed, day, active_before, first, last, thread, s):
    """The people first .. last-1 live through a day. Returns how many of them act."""
    total = 0
    for base in range(first, last, BLOCK):
        end = min(base + BLOCK, last)
        s.seen[:] = 0
        draw_block(seed, base, end, day, OCCASION, ACTS, s.u)
        look(w, day, base, end, active_before, s.seen)
        _weigh(w, own, p, day, base, end, s)
        n = _decide(s, p.least, end - base)
        _commit(w, own, p, day, base, end, s.who, n)
        tell(w, day, thread, base, s.who, n, s.touched, 1)
        total += n
    return total


@rule
def _appeal(theta, J, share, fatigue):
    """What speaks for acting: nobody is asked or serves, nothing is rewarded and feelings are neutral."""
    return appeal(theta, J, share, 0.0, 0.0, 0.5, 0.0, 0.5, fatigue, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@part
def _weigh(w, own, p, day, base, end, s):
    """What speaks for acting, for everybody in a block."""
    theta, fatigue, last_acted = own.theta[base:end], own.fatigue[base:end], own.last_acted[base:end]
    degree, oldest = w.degree[base:end], len(p.left) - 1
    if p.phi == 0.0:
        for j in range(len(theta)):
            share = active_share(s.seen[j], 0, degree[j], 1.0)
            s.appeal[j] = _appeal(theta[j], p.J, share, 0.0)
    else:
        for j in range(len(theta)):
            share = active_share(s.seen[j], 0, degree[j], 1.0)
            tired = fatigue[j] * p.left[min(day - last_acted[j], oldest)]
            s.appeal[j] = _appeal(theta[j], p.J, share, tired)


@part
def _decide(s, least, people):
    """Who acts, in `s.who`; returns how many. Only those are asked whose draw leaves it open."""
    possible = 0
    for j in range(people):
        s.who[possible] = j
        possible += s.appeal[j] > least[np.uint32(s.u[j] * BINS)]
    n = 0
    for at in range(possible):
        j = s.who[at]
        s.who[n] = j
        n += takes_part(s.appeal[j], s.u[j])
    return n


@part
def _commit(w, own, p, day, base, end, who, n):
    """Nobody is active but those who act, and they are the more tired."""
    w.active[base:end] = False
    for at in range(n):
        i = base + who[at]
        left = p.left[min(day - own.last_acted[i], len(p.left) - 1)]
        own.fatigue[i] = fatigue_after(own.fatigue[i], left, p.phi, False)
        own.last_acted[i] = day
        w.active[i] = True
