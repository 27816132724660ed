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

from agents import decision
from agents.chance import draws, key
from agents.compiled import loop
from model.errors import InputError
from model.parameters import Parameters
from model.population import Population


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
        """An InputError unless ties are mutual, without self-loops or repeats, among these residents."""
        n = len(self)
        if n != residents:
            raise InputError(f"the network has {n} residents and the place {residents}: they must agree")
        if len(self.ties) == 0:
            raise InputError(
                "the network is empty: residents without a single tie cannot influence each other"
            )
        if self.ties.min() < 0 or self.ties.max() >= n:
            raise InputError("the network has a tie to a resident who does not exist")
        source = np.repeat(np.arange(n, dtype=np.int64), self.degrees)
        if np.any(source == self.ties):
            who = int(source[source == self.ties][0])
            raise InputError(f"the network has a self-loop at resident {who}: remove it")
        forth = np.sort(source * n + self.ties)
        back = np.sort(self.ties.astype(np.int64) * n + source)
        if np.any(forth[1:] == forth[:-1]):
            raise InputError("the network has a repeated tie: use a simple graph")
        if not np.array_equal(forth, back):
            raise InputError("the network has a tie that is not mutual: use an undirected graph")


def build(population: Population, p: Parameters, seed: int) -> Network:
    """The network of a community: household cliques and rings. The same seed gives the same ties."""
    everybody = np.zeros(len(population), dtype=np.int32)
    rings = zip(
        (population.building, population.compound, everybody),
        _ring_places(population.age, population.tenure, p.homophily, seed, population.community),
        (p.ties_building, p.ties_compound, p.ties_community),
        strict=True,
    )
    (g1, o1, p1, r1), (g2, o2, p2, r2), (g3, o3, p3, r3) = [
        (group, *_sorted_in_groups(group, place), reach(ties)) for group, place, ties in rings
    ]
    start, ties = _collect(population.household, o1, p1, g1, r1, o2, p2, g2, r2, o3, p3, g3, r3)
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
def _bounds(group):
    first = np.zeros(group[-1] + 2, dtype=np.int64)
    for i in range(len(group)):
        first[group[i] + 1] += 1
    for g in range(len(first) - 1):
        first[g + 1] += first[g]
    return first


@loop
def _add_ring(ties, end, me, order, place, bounds, group, reach):
    """Append who stands next on either side of a ring; returns the new end."""
    low = bounds[group[me]]
    size = bounds[group[me] + 1] - low
    ahead = behind = place[me] - low
    for _ in range(reach):
        ahead = ahead + 1 if ahead + 1 < size else 0
        behind = behind - 1 if behind > 0 else size - 1
        ties[end] = order[low + ahead]
        ties[end + 1] = order[low + behind]
        end += 2
    return end


@loop
def _settle_ties(ties, begin, end, me):
    """Ascending, by insertion, since they are a dozen; who is met twice is tied once, and nobody to oneself.

    Returns the new end.
    """
    for at in range(begin + 1, end):
        tie, behind = ties[at], at - 1
        while behind >= begin and ties[behind] > tie:
            ties[behind + 1] = ties[behind]
            behind -= 1
        ties[behind + 1] = tie
    kept = begin
    for at in range(begin, end):
        if ties[at] != me and (kept == begin or ties[kept - 1] != ties[at]):
            ties[kept] = ties[at]
            kept += 1
    return kept


@loop
def _collect(household, o1, p1, g1, r1, o2, p2, g2, r2, o3, p3, g3, r3):
    """Ties of everybody: the household, then the rings."""
    n = len(household)
    b1, b2, b3, home = _bounds(g1), _bounds(g2), _bounds(g3), _bounds(household)
    start = np.zeros(n + 1, dtype=np.int64)
    most = 2 * n * (r1 + r2 + r3)
    for h in range(len(home) - 1):
        most += (home[h + 1] - home[h]) * (home[h + 1] - home[h])
    ties = np.empty(most, dtype=np.int32)
    end = 0
    for me in range(n):
        begin = end
        for other in range(home[household[me]], home[household[me] + 1]):
            ties[end] = other
            end += 1
        end = _add_ring(ties, end, me, o1, p1, b1, g1, r1)
        end = _add_ring(ties, end, me, o2, p2, b2, g2, r2)
        end = _add_ring(ties, end, me, o3, p3, b3, g3, r3)
        end = _settle_ties(ties, begin, end, me)
        start[me + 1] = end
    return start, ties[:end]
