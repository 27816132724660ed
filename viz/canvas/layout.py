"""Where everything stands on the town map: a pure function of who lives where.

The plan is drawn from the inside out, in units of one resident's place: residents fill the rows of their
building, buildings the plot of their compound, plots the streets. So every resident has the same room, and a
large compound looks large. Planned compounds have slabs in straight rows. No chance is involved, and the
work is proportional to the residents.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.population import Population

Floats = NDArray[np.float64]

STREET, LANE = 3.0, 1.8
"""Between plots, and between the buildings of a plot."""
WALL, MARGIN, HEADER = 0.9, 1.6, 3.6
"""Around the residents of a building, around the buildings of a plot, and above them for the label."""
POST = 1.7
"""Room of one post."""
SLAB, HOUSE = 3.0, 1.3
"""Width by height of buildings in planned and in mixed compounds."""


@dataclass(frozen=True, eq=False)
class TownPlan:
    """The plan of a community. Lengths in places of a resident; x to the right, y downwards.

    residents: centre of each, shape (n, 2); buildings, plots: x, y, width, height of each; posts: centre of
    each post, in its compound's plot; office: x, y, width, height; workers, pool: centres of the workers, and
    of the members who live elsewhere (NaN for those who live here), in the office; homes: resident of each
    member, -1 elsewhere; planned: planned compounds, which come first; size: width and height of it all.
    """

    people: Population
    residents: Floats
    buildings: Floats
    plots: Floats
    posts: Floats
    office: Floats
    workers: Floats
    pool: Floats
    homes: NDArray[np.int32]
    planned: int
    size: tuple[float, float]


def plan_town(
    people: Population,
    homes: NDArray[np.int32],
    *,
    workers: int = 0,
    posts: int = 0,
    planned: int = 0,
    aspect: float = 1.3,
) -> TownPlan:
    """The plan of a community. homes: resident of each member, -1 elsewhere (`columns("member")["home"]`);
    posts: of each compound; planned: how many compounds are planned ones; aspect: wished width by height.
    """
    compounds = len(people.compound_grid)
    plots = [
        _plot(people, compound, posts, SLAB if compound < planned else HOUSE) for compound in range(compounds)
    ]
    away = np.flatnonzero(homes < 0)
    office = _office(workers, len(away))
    x, y, width, height, slack, size = _town([*plots[:planned], office, *plots[planned:]], planned, aspect)
    order = np.r_[np.arange(planned), np.arange(planned + 1, compounds + 1)]
    shift = np.column_stack([x + slack, y])
    own = shift[order]
    pool = np.full((len(homes), 2), np.nan)
    pool[away] = office.residents[workers:] + shift[planned]
    return TownPlan(
        people=people,
        residents=np.concatenate([p.residents + s for p, s in zip(plots, own, strict=True)]),
        buildings=np.concatenate([p.buildings + np.r_[s, 0.0, 0.0] for p, s in zip(plots, own, strict=True)]),
        plots=np.column_stack([x, y, width, height])[order],
        posts=np.concatenate([p.posts + s for p, s in zip(plots, own, strict=True)]),
        office=np.array([x[planned], y[planned], width[planned], height[planned]]),
        workers=office.residents[:workers] + shift[planned],
        pool=pool,
        homes=homes,
        planned=planned,
        size=size,
    )


@dataclass(frozen=True, eq=False)
class _Plot:
    """A plot by itself: lengths from its own upper left corner."""

    residents: Floats
    buildings: Floats
    posts: Floats
    width: float
    height: float


def _plot(people: Population, compound: int, posts: int, shape: float) -> _Plot:
    """A compound's plot: its buildings in rows, with a header above and posts below."""
    first, last = np.searchsorted(people.building_compound, [compound, compound + 1])
    starts = people.building_start[first : last + 1]
    sizes = np.diff(starts)
    columns = np.ceil(np.sqrt(sizes * shape))
    if len(sizes) and sizes.max() < 2 * sizes.mean():
        # buildings of about one size get one width, so that their rows are straight
        columns[:] = columns.max()
    columns = np.maximum(columns, 1.0)
    wide, high = columns + 2 * WALL, np.ceil(sizes / columns) + 2 * WALL
    limit = max(float(wide.max(initial=0.0)), 1.25 * float(((wide + LANE) * (high + LANE)).sum()) ** 0.5)
    x, y, width, height = shelves(wide, high, limit, LANE)
    x, y = x + MARGIN, y + HEADER
    building = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(building)) - (starts[:-1] - (starts[0] if len(starts) else 0))[building]
    row, column = np.divmod(place, columns[building])
    residents = np.column_stack([x[building] + WALL + column + 0.5, y[building] + WALL + row + 0.5])
    width = max(width, 6 * POST)
    posts_at = _posts(posts, width, HEADER + height + POST)
    bottom = float(posts_at[:, 1].max(initial=HEADER + height)) + MARGIN
    return _Plot(residents, np.column_stack([x, y, wide, high]), posts_at, width + 2 * MARGIN, bottom)


def _posts(posts: int, width: float, top: float) -> Floats:
    """Centres of posts in rows below the buildings."""
    row, column = np.divmod(np.arange(posts), max(1, int(width / POST)))
    return np.column_stack([MARGIN + POST * (column + 0.5), top + POST * row])


def _office(workers: int, members: int) -> _Plot:
    """The office: workers in a row or two, and below them the members who live elsewhere."""
    columns = max(12, int(np.ceil(np.sqrt(members * 1.6))))
    row, column = np.divmod(np.arange(workers), columns // 2)
    staff = np.column_stack([MARGIN + 2.0 * column + 1.0, HEADER + 2.0 * row + 1.0])
    top = HEADER + 2.0 * (np.ceil(workers / (columns // 2)) + 0.5)
    row, column = np.divmod(np.arange(members), columns)
    pool = np.column_stack([MARGIN + 1.3 * (column + 0.5), top + 1.3 * (row + 0.5)])
    everybody = np.concatenate([staff, pool])
    bottom = float(everybody[:, 1].max(initial=HEADER)) + 1.0 + MARGIN
    return _Plot(everybody, np.zeros((0, 4)), np.zeros((0, 2)), 1.3 * columns + 2 * MARGIN, bottom)


def shelves(width: Floats, height: Floats, limit: float, gap: float) -> tuple[Floats, Floats, float, float]:
    """Boxes in the given order, in rows from the left and from the top. limit: the widest row.

    Returns x and y of each box, and width and height of it all.
    """
    x, y = np.zeros(len(width)), np.zeros(len(width))
    left, top, tallest, widest = 0.0, 0.0, 0.0, 0.0
    for i, (w, h) in enumerate(zip(width.tolist(), height.tolist(), strict=True)):
        if left > 0.0 and left + w > limit + 1e-9:
            left, top, tallest = 0.0, top + tallest + gap, 0.0
        x[i], y[i] = left, top
        widest, tallest = max(widest, left + w), max(tallest, h)
        left += w + gap
    return x, y, widest, top + tallest


def _town(
    plots: list[_Plot], planned: int, aspect: float
) -> tuple[Floats, Floats, Floats, Floats, Floats, tuple[float, float]]:
    """Plots along streets: x, y, width and height of each, how far its inside moves to the right, and the size.

    The planned ones and the office (the first after them) have streets of their own. Tried with several
    widths; the one nearest to the wished shape is taken.
    """
    width = np.array([p.width for p in plots])
    height = np.array([p.height for p in plots])
    area = float(((width + STREET) * (height + STREET)).sum())
    tries = [
        _streets(width, height, planned, wide) for wide in np.sqrt(area * aspect) * np.linspace(0.7, 1.3, 13)
    ]
    best = min(tries, key=lambda t: abs(np.log(t[-1][0] / t[-1][1] / aspect)))
    return best


def _streets(
    width: Floats, height: Floats, planned: int, wide: float
) -> tuple[Floats, Floats, Floats, Floats, Floats, tuple[float, float]]:
    band = np.arange(len(width)) > planned
    street = np.zeros(len(width), dtype=int)
    for of in (False, True):
        inside = band == of
        if inside.any():
            w = width[inside] + STREET
            rows = max(1, round(w.sum() / wide))
            middle = np.cumsum(w) - w / 2
            street[inside] = np.minimum((middle / w.sum() * rows).astype(int), rows - 1) + 1 + street.max()
    _, street = np.unique(street, return_inverse=True)
    length = np.bincount(street, width + STREET)
    whole = float(length.max())
    stretched = (width + STREET) * (whole / length)[street] - STREET
    tall = np.zeros(street[-1] + 1)
    np.maximum.at(tall, street, height)
    top = np.cumsum(tall + STREET) - tall
    right = np.cumsum(stretched + STREET)
    begin = np.concatenate([[0.0], right[np.flatnonzero(np.diff(street))]])
    x = right - stretched - begin[street]
    size = (whole + STREET, float(top[-1] + tall[-1] + STREET))
    return x, top[street], stretched, tall[street], (stretched - width) / 2, size
