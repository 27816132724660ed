"""Networks for crowds too large for networkx: no object a person, and every place a keyed draw."""

import numpy as np

from linli.agents import decision
from linli.agents.chance import draws, key
from linli.agents.compiled import loop
from linli.model.errors import InputError, count_of
from linli.model.memory import check_memory
from linli.model.network import Network, close_up, meet_around
from linli.model.theory.ties import MOST_PEOPLE


def ring(people: int, ties: int = 2) -> Network:
    """Everybody on a ring, tied to the nearest on either side. ties: of each person, an even number [count].

    The lattice of Watts & Strogatz 1998 before anything is rewired, and of Centola & Macy 2007.
    Raises InputError for an odd number of ties, or for more than there are other people.
    """
    people, reach = _sizes(people, ties)
    return Network(*_on_rings(np.arange(people, dtype=np.int32)[None, :], reach))


def regular(people: int, ties: int = 10, seed: int = 1) -> Network:
    """Everybody tied at random to the same number of others. ties: of each person, an even number [count].

    Everybody stands on ties / 2 rings, each in a random order of its own, and is tied to both neighbours on
    each; the few who meet twice have fewer ties. Such a union of random cycles is close to a random regular
    graph (Robinson & Wormald 1994). The same seed gives the same ties.
    Raises InputError for an odd number of ties, or for more than there are other people.
    """
    people, rings = _sizes(people, ties)
    orders = np.empty((rings, people), dtype=np.int32)
    place = np.empty(people)
    for number in range(rings):
        _places(seed, number, place)
        orders[number] = np.argsort(place, kind="stable")
    return Network(*_on_rings(orders, 1))


def _sizes(people: int, ties: int) -> tuple[int, int]:
    """People, and half of the ties of each."""
    people, ties = count_of("people", people, 3, MOST_PEOPLE), count_of("ties", ties, 2)
    if ties % 2 or ties >= people:
        raise InputError(f"ties must be an even number below the number of people, {people}, not {ties}")
    # the rows, the orders of the rings and where everybody stands on them, and what one ring is sorted with
    check_memory(
        people * (8 * ties + 40), f"a network of {people:,} people with {ties} ties each", "take fewer people"
    )
    return people, ties // 2


@loop
def _places(seed, ring, place):
    """Where everybody stands on a ring; four rings share a draw."""
    for i in range(len(place)):
        place[i] = draws(seed, key(0, i), 0, decision.PLACES, 1 + ring // 4)[ring % 4]


@loop
def _on_rings(orders, reach):
    """The rows of ties of people who stand on rings; who meets twice is tied once. orders: ring by ring."""
    rings, n = orders.shape
    stands = np.empty_like(orders)
    for r in range(rings):
        for at in range(n):
            stands[r, orders[r, at]] = at
    room = 2 * reach * rings
    start, end = np.empty(n + 1, dtype=np.int64), np.empty(n, dtype=np.int64)
    for i in range(n):
        start[i] = end[i] = i * room
    ties = np.empty(n * room, dtype=np.int32)
    for me in range(n):
        for r in range(rings):
            meet_around(ties, start, end, me, orders[r], stands[r, me], 0, n, reach)
    kept = close_up(ties, start, end)
    return start, ties[:kept]
