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
from agents.chance import draw, key
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
    n, c = len(population), population.community
    likeness = (population.age.astype(np.int64) * 2 + population.tenure) / 10.0
    rings = []
    for group, ties, what in (
        (population.building, p.ties_building, decision.RING_BUILDING),
        (population.compound, p.ties_compound, decision.RING_COMPOUND),
        (np.zeros(n, dtype=np.int32), p.ties_community, decision.RING_COMMUNITY),
    ):
        order = _ring_order(group, likeness, p.homophily, what, seed, c)
        rings.append((order, _places(order), group, (ties + 1) // 2))
    (o1, p1, g1, r1), (o2, p2, g2, r2), (o3, p3, g3, r3) = rings
    most = int(np.bincount(population.household).max()) - 1 + 2 * (r1 + r2 + r3)
    start, ties = _collect(population.household, most, o1, p1, g1, r1, o2, p2, g2, r2, o3, p3, g3, r3)
    return Network(start, ties)


@loop
def _ring_keys(likeness, homophily, what, seed, community):
    """A place in [0, 1) for each: by chance, or among people alike as often as homophily says."""
    place = np.empty(len(likeness))
    for i in range(len(likeness)):
        u = draw(seed, key(community, i), 0, what, 0)
        # whether this one looks for people alike, and where, are two parts of the same draw
        if u < homophily:
            place[i] = likeness[i] + 0.1 * (u / homophily)
        else:
            place[i] = (u - homophily) / (1.0 - homophily)
    return place


@loop
def _sorted_in_groups(group, place):
    """Residents group by group, inside a group by place: two counting sorts, linear in the residents."""
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
    order = np.empty(n, dtype=np.int32)
    for at in range(n):
        i = by_place[at]
        order[first[group[i]]] = i
        first[group[i]] += 1
    return order


def _ring_order(
    group: NDArray[np.int32],
    likeness: NDArray[np.float64],
    homophily: float,
    what: int,
    seed: int,
    community: int,
) -> NDArray[np.int32]:
    return _sorted_in_groups(group, _ring_keys(likeness, homophily, what, seed, community))


def _places(order: NDArray[np.int32]) -> NDArray[np.int32]:
    """Where each resident stands in an order."""
    place = np.empty_like(order)
    place[order] = np.arange(len(order), dtype=order.dtype)
    return place


@loop
def _bounds(group):
    first = np.zeros(group[-1] + 2, dtype=np.int64)
    for i in range(len(group)):
        first[group[i] + 1] += 1
    for g in range(len(first) - 1):
        first[g + 1] += first[g]
    return first


@loop
def _add(ties, begin, end, me, other):
    """Append a tie unless it is to oneself or there already; returns the new end."""
    if other == me:
        return end
    for at in range(begin, end):
        if ties[at] == other:
            return end
    ties[end] = other
    return end + 1


@loop
def _add_ring(ties, begin, end, me, order, place, bounds, group, reach):
    low = bounds[group[me]]
    size = bounds[group[me] + 1] - low
    here = place[me] - low
    for step in range(1, reach + 1):
        end = _add(ties, begin, end, me, order[low + (here + step) % size])
        end = _add(ties, begin, end, me, order[low + (here - step) % size])
    return end


@loop
def _collect(household, most, o1, p1, g1, r1, o2, p2, g2, r2, o3, p3, g3, r3):
    """Ties of everybody: the household, then the rings. Who meets twice is tied once, on both sides."""
    n = len(household)
    b1, b2, b3, home = _bounds(g1), _bounds(g2), _bounds(g3), _bounds(household)
    start = np.zeros(n + 1, dtype=np.int64)
    ties = np.empty(n * max(most, 1), dtype=np.int32)
    end = 0
    for me in range(n):
        begin = end
        for other in range(home[household[me]], home[household[me] + 1]):
            end = _add(ties, begin, end, me, other)
        end = _add_ring(ties, begin, end, me, o1, p1, b1, g1, r1)
        end = _add_ring(ties, begin, end, me, o2, p2, b2, g2, r2)
        end = _add_ring(ties, begin, end, me, o3, p3, b3, g3, r3)
        ties[begin:end].sort()
        start[me + 1] = end
    return start, ties[:end].copy()
