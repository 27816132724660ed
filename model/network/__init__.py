"""The neighbourhood network: who is tied to whom.

Household mates know each other. Beyond the home, residents stand on rings: one for each building, each
compound, and the whole community. A place on a ring is a keyed draw, mixed with age and tenure as far as
homophily goes; ties go to the next 3, 2 and 1 on either side (by default). So ties are truly mutual, degrees
nearly regular, and the work is proportional to the number of ties.

Any networkx graph can take its place: see `model/graphs.py`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.agents import decision
from linli.agents.chance import draws, key
from linli.agents.compiled import loop, part
from linli.model.errors import InputError
from linli.model.parameters import Parameters
from linli.model.population import Population, starts


@dataclass(frozen=True, eq=False)
class Network:
    """Mutual ties in compressed rows: the ties of i are `ties[start[i]:start[i + 1]]`, ascending and
    without repeats: one network has one form, whatever it came from.

    start: int64, shape residents + 1; ties: int32, shape twice the number of ties.
    """

    start: NDArray[np.int64]
    ties: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.start) - 1

    def of(self, resident: int) -> NDArray[np.int32]:
        """The ties of one resident."""
        return self.ties[self.start[resident] : self.start[resident + 1]]

    @property
    def degrees(self) -> NDArray[np.int64]:
        """Number of ties of each resident."""
        return np.diff(self.start)

    def check(self, residents: int) -> None:
        """An InputError unless ties are mutual and ascending, without self-loops or repeats, among these."""
        n = len(self)
        if n != residents:
            raise InputError(f"the network has {n} residents and the place {residents}: they must agree")
        if len(self.ties) == 0:
            raise InputError(
                "the network is empty: residents without a single tie cannot influence each other"
            )
        if self.ties.min() < 0 or self.ties.max() >= n:
            raise InputError("the network has a tie to a resident who does not exist")
        who = _self_loop(self.start, self.ties)
        if who >= 0:
            raise InputError(f"the network has a self-loop at resident {who}: remove it")
        who = _unordered(self.start, self.ties)
        if who >= 0:
            said = self.of(who).tolist()
            if len(set(said)) < len(said):
                raise InputError("the network has a repeated tie: use a simple graph")
            raise InputError(f"the ties of resident {who} are not ascending: sort every row of the network")
        if not _mutual(self.start, self.ties):
            raise InputError("the network has a tie that is not mutual: use an undirected graph")


@loop
def _self_loop(start, ties):
    """The first resident who is tied to himself or herself, or -1."""
    for i in range(len(start) - 1):
        for at in range(start[i], start[i + 1]):
            if ties[at] == i:
                return i
    return -1


@loop
def _unordered(start, ties):
    """The first resident whose row is not ascending, or repeats a tie; or -1."""
    for i in range(len(start) - 1):
        for at in range(start[i] + 1, start[i + 1]):
            if ties[at] <= ties[at - 1]:
                return i
    return -1


@loop
def _mutual(start, ties):
    """Whether every tie is returned, for rows that are ascending.

    Going through the rows in order, everybody who is named must be about to name whoever names them: so one
    walk along all ties is enough, and nothing is sorted.
    """
    next_named = start[:-1].copy()
    for i in range(len(start) - 1):
        for at in range(start[i], start[i + 1]):
            other = ties[at]
            turn = next_named[other]
            if turn == start[other + 1] or ties[turn] != i:
                return False
            next_named[other] = turn + 1
    return True


def build(population: Population, p: Parameters, seed: int) -> Network:
    """The network of a community: household cliques and rings. The same seed gives the same ties."""
    everybody = np.zeros(len(population), dtype=np.int32)
    rings = zip(
        (population.building, population.compound, everybody),
        _ring_places(population.age, population.tenure, p.homophily, seed, population.community),
        (p.ties_building, p.ties_compound, p.ties_community),
        strict=True,
    )
    first, second, third = [
        (*_sorted_in_groups(group, place), group, starts(group, group[-1] + 1), reach(ties))
        for group, place, ties in rings
    ]
    start, ties = _collect(population.household, population.household_start, *first, *second, *third)
    return Network(start, ties)


def reach(ties: int) -> int:
    """How far ties go on either side of a ring that should give so many."""
    return (ties + 1) // 2


@loop
def _ring_places(age, tenure, homophily, seed, community):
    """A place in [0, 1) on each of three rings: by chance, or among people alike, as homophily says."""
    n = len(age)
    places = np.empty((3, n))
    for i in range(n):
        likeness = (2.0 * age[i] + tenure[i]) / 10.0
        drawn = draws(seed, key(community, i), 0, decision.PLACES, 0)
        places[0, i] = _ring_place(likeness, homophily, drawn[0])
        places[1, i] = _ring_place(likeness, homophily, drawn[1])
        places[2, i] = _ring_place(likeness, homophily, drawn[2])
    return places


@loop
def _ring_place(likeness, homophily, u):
    # whether this one looks for people alike, and where, are two parts of the same draw
    if u < homophily:
        return likeness + 0.1 * (u / homophily)
    return (u - homophily) / (1.0 - homophily)


@loop
def _sorted_in_groups(group, place):
    """Residents group by group, inside a group by place, and where each stands in that order.

    Two counting sorts, linear in the residents.
    """
    n = len(group)
    slots = n + 1
    coarse = np.empty(n, dtype=np.int64)
    count = np.zeros(slots + 1, dtype=np.int64)
    for i in range(n):
        coarse[i] = int(place[i] * n)
        count[coarse[i] + 1] += 1
    for s in range(slots):
        count[s + 1] += count[s]
    begin = count.copy()
    by_place = np.empty(n, dtype=np.int64)
    for i in range(n):
        at = count[coarse[i]]
        count[coarse[i]] += 1
        while at > begin[coarse[i]] and place[by_place[at - 1]] > place[i]:
            by_place[at] = by_place[at - 1]
            at -= 1
        by_place[at] = i
    first = np.zeros(group[-1] + 2, dtype=np.int64)
    for i in range(n):
        first[group[i] + 1] += 1
    for g in range(len(first) - 1):
        first[g + 1] += first[g]
    order, stands = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int32)
    for at in range(n):
        i = by_place[at]
        order[first[group[i]]] = i
        stands[i] = first[group[i]]
        first[group[i]] += 1
    return order, stands


@loop
def _collect(household, home, o1, p1, g1, b1, r1, o2, p2, g2, b2, r2, o3, p3, g3, b3, r3):
    """Ties of everybody: the household, then the rings. home, b1, b2, b3: where households and groups begin.

    Everybody in turn writes his or her own number into the rows of those met. Meetings are mutual, so
    each row comes to hold who its owner meets, ascending, and whoever is met twice stands there twice in
    succession, which is seen at once: nothing needs to be sorted.
    """
    n = len(household)
    around = 2 * (r1 + r2 + r3)
    start, end = np.empty(n + 1, dtype=np.int64), np.empty(n, dtype=np.int64)
    room = 0
    for i in range(n):
        start[i] = end[i] = room
        room += home[household[i] + 1] - home[household[i]] + around
    ties = np.empty(room, dtype=np.int32)
    for me in range(n):
        for other in range(home[household[me]], home[household[me] + 1]):
            _meet(ties, start, end, me, other)
        meet_around(ties, start, end, me, o1, p1[me], b1[g1[me]], b1[g1[me] + 1], r1)
        meet_around(ties, start, end, me, o2, p2[me], b2[g2[me]], b2[g2[me] + 1], r2)
        meet_around(ties, start, end, me, o3, p3[me], b3[g3[me]], b3[g3[me] + 1], r3)
    kept = close_up(ties, start, end)
    return start, ties[:kept]


@loop
def close_up(ties, start, end):
    """Move rows together that did not fill their room; `start` then says where they begin. Returns how many
    entries there are. end: where each row ends."""
    kept = 0
    for i in range(len(end)):
        first = start[i]
        start[i] = kept
        for at in range(first, end[i]):
            ties[kept] = ties[at]
            kept += 1
    start[len(end)] = kept
    return kept


@part
def meet_around(ties, start, end, me, order, place, first, behind, reach):
    """Meet who stands next on either side of a ring, which is order[first:behind]."""
    left = right = place
    for _ in range(reach):
        right = right + 1 if right + 1 < behind else first
        left = left - 1 if left > first else behind - 1
        _meet(ties, start, end, me, order[right])
        _meet(ties, start, end, me, order[left])


@part
def _meet(ties, start, end, me, other):
    """Write my number into the row of another, once."""
    at = end[other]
    if me != other and (at == start[other] or ties[at - 1] != me):
        ties[at] = me
        end[other] = at + 1
