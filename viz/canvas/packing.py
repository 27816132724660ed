"""Where communities stand on the city map: circles side by side, closely packed, without chance.

The front-chain algorithm (Wang, Wang, Dai & Wang 2006, Visualization of large hierarchical data by circle
packing): each circle touches two of those on the rim, at the place nearest to the middle that is still free.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

GAP, EDGE = 0.06, 0.5
"""Between circles, and around them all, in units of the mean radius."""


@dataclass(frozen=True, eq=False)
class CityPlan:
    """A circle for each community. x, y, radius: in units of the mean radius; size: width and height."""

    x: Floats
    y: Floats
    radius: Floats
    residents: NDArray[np.int64]
    size: tuple[float, float]


def plan_city(residents: ArrayLike) -> CityPlan:
    """Circles whose areas are the residents of each community. Raises ValueError if one has none."""
    people = np.asarray(residents, dtype=np.int64)
    if len(people) == 0 or people.min() < 1:
        raise ValueError("a city map needs communities with residents")
    radius = np.sqrt(people / people.mean())
    x, y = packed(radius + GAP / 2)
    left, top = (x - radius).min() - EDGE, (y - radius).min() - EDGE
    size = (float((x + radius).max() + EDGE - left), float((y + radius).max() + EDGE - top))
    return CityPlan(x - left, y - top, radius, people, size)


def packed(radius: Floats) -> tuple[Floats, Floats]:
    """Centres of circles that do not overlap, the largest in the middle, which is the origin."""
    order = np.argsort(-radius, kind="stable")
    placed = _front_chain(radius[order].tolist())
    x, y = np.empty(len(radius)), np.empty(len(radius))
    x[order], y[order] = np.array(placed).T
    centre = np.average(np.column_stack([x, y]), axis=0, weights=radius**2)
    return x - centre[0], y - centre[1]


def _front_chain(radii: list[float]) -> list[tuple[float, float]]:
    """Centres, in the order of the radii. The rim is a doubly linked list: after[i], before[i]."""
    at = [(0.0, 0.0)]
    if len(radii) > 1:
        at = [(-radii[0], 0.0), (radii[1], 0.0)]
    if len(radii) < 3:
        return at
    at.append(_touching(at[0], radii[0], at[1], radii[1], radii[2]))
    after, before = {0: 2, 2: 1, 1: 0}, {2: 0, 1: 2, 0: 1}
    for new in range(3, len(radii)):
        a = _nearest_gap(after, at, radii)
        b = after[a]
        while True:
            at_new = _touching(at[a], radii[a], at[b], radii[b], radii[new])
            cut = _in_the_way(at_new, radii[new], a, b, after, before, at, radii)
            if cut is None:
                break
            a, b = cut
            _close(a, b, after, before)
        at.append(at_new)
        after[a], before[new], after[new], before[b] = new, a, b, new
    return at


def _close(a: int, b: int, after: dict[int, int], before: dict[int, int]) -> None:
    """What lay between a and b on the rim is inside from now on."""
    between = after[a]
    while between != b:
        following = after.pop(between)
        before.pop(between)
        between = following
    after[a], before[b] = b, a


def _nearest_gap(after: dict[int, int], at: list[tuple[float, float]], radii: list[float]) -> int:
    """The circle of the rim that, with the next one, has the place between them nearest to the middle."""
    best, least = -1, math.inf
    for a, b in after.items():
        ra, rb = radii[a], radii[b]
        x = at[a][0] * rb + at[b][0] * ra
        y = at[a][1] * rb + at[b][1] * ra
        away = (x * x + y * y) / (ra + rb) ** 2
        if away < least:
            best, least = a, away
    return best


def _in_the_way(
    new: tuple[float, float],
    radius: float,
    a: int,
    b: int,
    after: dict[int, int],
    before: dict[int, int],
    at: list[tuple[float, float]],
    radii: list[float],
) -> tuple[int, int] | None:
    """The rim's new gap when a circle overlaps the one to be placed: the nearest on either side; or None."""
    ahead, behind = after[b], before[a]
    far_ahead, far_behind = radii[b], radii[a]
    while True:
        if far_ahead <= far_behind:
            if _overlap(at[ahead], radii[ahead], new, radius):
                return a, ahead
            far_ahead, ahead = far_ahead + radii[ahead], after[ahead]
        else:
            if _overlap(at[behind], radii[behind], new, radius):
                return behind, b
            far_behind, behind = far_behind + radii[behind], before[behind]
        if ahead == after[behind]:
            return None


def _overlap(a: tuple[float, float], ra: float, b: tuple[float, float], rb: float) -> bool:
    return math.hypot(a[0] - b[0], a[1] - b[1]) < ra + rb - 1e-9


def _touching(
    a: tuple[float, float], ra: float, b: tuple[float, float], rb: float, radius: float
) -> tuple[float, float]:
    """The centre of a circle that touches two others, on the right of the way from a to b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    apart = math.hypot(dx, dy)
    from_a, from_b = ra + radius, rb + radius
    along = (apart * apart + from_a * from_a - from_b * from_b) / (2 * apart)
    aside = math.sqrt(max(0.0, from_a * from_a - along * along))
    dx, dy = dx / apart, dy / apart
    return a[0] + along * dx + aside * dy, a[1] + along * dy - aside * dx
