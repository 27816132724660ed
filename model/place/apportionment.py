"""Sharing whole things out in proportion."""

import heapq

import numpy as np
from numpy.typing import NDArray


def apportion(
    total: int, weights: NDArray[np.float64], most: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Share whole things out in proportion, by the method of Webster and Sainte-Lague (1910).

    It is monotone: with more to share out nobody gets fewer, so that smaller head-counts are nested in larger
    ones; largest remainders are not. weights: 0 or more; who has 0 gets something, all alike, only when the
    others can take no more; most: what each can take at most (together at least total). Shape: as weights.
    """
    if total == 0:
        return np.zeros(len(weights), dtype=np.int64)
    limit = np.full(len(weights), float(total)) if most is None else most.astype(float)
    rest = total - int(limit[weights > 0.0].sum())
    if rest > 0:
        nothing = weights == 0.0
        return np.where(nothing, 0, limit).astype(np.int64) + np.where(
            nothing, apportion(rest, nothing.astype(float), most), 0
        )
    low, high = 0.0, (2.0 * total + 1.0) / weights[weights > 0.0].min()  # whole things per unit of weight
    for _ in range(200):
        middle = 0.5 * (low + high)
        if np.minimum(np.floor(weights * middle + 0.5), limit).sum() <= total:
            low = middle
        else:
            high = middle
    # a little less than is due, so that rounding decides nothing: the rest goes to whoever is next in line
    shares = np.minimum(np.floor(weights * (low * (1 - 1e-9)) + 0.5 - 1e-9), limit).astype(np.int64)
    line = [(-weights[c] / (2 * shares[c] + 1), c) for c in np.flatnonzero((weights > 0) & (shares < limit))]
    heapq.heapify(line)  # among equals the lower number is first
    for _ in range(total - int(shares.sum())):
        c = heapq.heappop(line)[1]
        shares[c] += 1
        if shares[c] < limit[c]:
            heapq.heappush(line, (-weights[c] / (2 * shares[c] + 1), c))
    return shares


def largest_remainders(total: int, weights: NDArray[np.int64]) -> NDArray[np.int64]:
    """Share whole things out in proportion to whole numbers, not all 0, by largest remainders (Hamilton).

    Each gets its quota rounded down, and those from whom most was taken get one more, among equals the first.
    Exact, and not monotone: with more to share out somebody may get less. Shape: as weights.
    """
    whole = int(weights.sum())
    shares, remainders = weights * total // whole, weights * total % whole
    next_in_line = np.argsort(-remainders, kind="stable")
    shares[next_in_line[: total - int(shares.sum())]] += 1
    return shares
