"""Where everything stands on the town map: a pure function of who lives where.

The plan is drawn from the inside out, in units of one resident's place: residents fill the rows of their
building, buildings the plot of their compound, plots the streets. So every resident has the same room, and a
large compound looks large. Planned compounds have slabs in straight rows. No chance is involved, and the
work is proportional to the residents.
"""

from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from linli.model.population import Population
from linli.viz.canvas.shelves import Boxes, fill_height, side, spread, streets

Floats = NDArray[np.float64]

SLAB, HOUSE = 3.0, 1.3
"""Width by height of buildings in planned and in mixed compounds."""
WALL, LANE = 0.6, 1.3
"""Around the residents of a building, and between buildings."""
MARGIN, HEADER = 1.3, 4.4
"""Around the buildings of a plot, and above them for the label."""
INNER = np.array([MARGIN, HEADER])
POST, DESK, SEAT = 1.7, 2.6, 2.0
"""Room of a post, of a worker, and of a member in the office."""
HEIGHTS = (0.7, 0.85, 1.0, 1.2, 1.4)
"""Heights of plots that are tried, in units of the side of a square with the usual area."""
NARROWEST = 7 * POST
"""Width of the smallest plot inside its margins: its label and the badge of its firm have room."""


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
    posts: of each compound; planned: how many compounds are planned ones; aspect: width by height of the
    window that it is to fill.
    """
    sizes = np.diff(people.building_start)
    columns = _columns(sizes, people.building_compound, planned)
    wide, high = columns + 2 * WALL, np.ceil(sizes / columns) + 2 * WALL
    desks, seats = _office(workers, homes)
    insides = [_insides(wide, high, people, planned, height) for height in HEIGHTS]
    tries = []
    for one, other in product(insides, insides):
        inside = one[:planned] + other[planned:]
        doorstep = [_doorstep(posts, box.width) for box in inside]
        rims = [(box.width, box.height + step) for box, step in zip(inside, doorstep, strict=True)]
        rims.insert(planned, (seats.width, desks.height + seats.height))
        outside = np.array(rims) + np.array([2 * MARGIN, HEADER + MARGIN])
        tries.append((*streets(outside, planned + 1, aspect), inside, doorstep))
    plots, size, inside, doorstep = min(tries, key=lambda t: side(t[1], aspect))
    office, plots = plots[planned], np.delete(plots, planned, axis=0)
    corner = np.concatenate(
        [
            spread(box, plot[2] - 2 * MARGIN, plot[3] - HEADER - MARGIN - step) + plot[:2] + INNER
            for box, step, plot in zip(inside, doorstep, plots, strict=True)
        ]
    )
    pool = np.full((len(homes), 2), np.nan)
    at_desk = np.array([office[0] + (office[2] - seats.width) / 2, office[1] + HEADER])
    pool[homes < 0] = at_desk + np.column_stack([seats.x, seats.y + desks.height])
    return TownPlan(
        people=people,
        residents=_residents(people, corner, columns),
        buildings=np.column_stack([corner, wide, high]),
        plots=plots,
        posts=np.concatenate([_posts(posts, plot) for plot in plots]),
        office=office,
        workers=at_desk + np.column_stack([desks.x, desks.y]),
        pool=pool,
        homes=homes,
        planned=planned,
        size=size,
    )


def _columns(sizes: NDArray[np.int64], compound: NDArray[np.int32], planned: int) -> Floats:
    """How many residents stand side by side in each building; the same in a compound of similar buildings."""
    shape = np.where(compound < planned, SLAB, HOUSE)
    own = np.maximum(np.ceil(np.sqrt(sizes * shape)), 1.0)
    widest, largest = np.zeros(compound[-1] + 1), np.zeros(compound[-1] + 1)
    np.maximum.at(widest, compound, own)
    np.maximum.at(largest, compound, sizes)
    similar = largest < 2 * np.bincount(compound, sizes) / np.bincount(compound).clip(1)
    return np.where(similar[compound], widest[compound], own)


def _insides(wide: Floats, high: Floats, people: Population, planned: int, height: float) -> list[Boxes]:
    """The buildings of each compound in rows, about as high as is usual for planned or for mixed compounds.

    height: in units of the side of a square with the usual area.
    """
    compound = people.building_compound
    compounds = len(people.compound_grid)
    area = np.bincount(compound, (wide + LANE) * (high + LANE), minlength=compounds)
    begin = np.searchsorted(compound, np.arange(compounds + 1))
    usual = {True: np.sqrt(area[:planned].mean()) if planned else 0.0}
    usual[False] = np.sqrt(area[planned:].mean()) if planned < compounds else 0.0
    return [
        fill_height(wide[first:last], high[first:last], height * usual[c < planned], LANE, NARROWEST)
        for c, (first, last) in enumerate(pairwise(begin))
    ]


def _residents(people: Population, corner: Floats, columns: Floats) -> Floats:
    """Residents row by row in their buildings. corner: upper left of each building."""
    building = people.building
    row, column = np.divmod(np.arange(len(building)) - people.building_start[building], columns[building])
    return corner[building] + WALL + 0.5 + np.column_stack([column, row])


def _doorstep(posts: int, width: float) -> float:
    """Height of the rows of posts below the buildings."""
    return float(-(-posts // max(1, int(width / POST)))) * POST + (0.6 if posts else 0.0)


def _posts(posts: int, plot: Floats) -> Floats:
    """Centres of posts in rows along the lower edge of a plot."""
    x, y, width, height = plot
    each = max(1, int((width - 2 * MARGIN) / POST))
    row, column = np.divmod(np.arange(posts), each)
    left = x + (width - POST * min(each, posts)) / 2
    return np.column_stack([left + POST * (column + 0.5), y + height - MARGIN - POST * (row + 0.5)])


def _office(workers: int, homes: NDArray[np.int32]) -> tuple[Boxes, Boxes]:
    """The office: centres of the workers, and below them of the members who live elsewhere."""
    members = int((homes < 0).sum())
    each = max(12, int(np.ceil(np.sqrt(members * 1.7))))
    width = max(each * SEAT, NARROWEST)
    rows = -(-workers // int(width / DESK))
    row, column = np.divmod(np.arange(workers), max(1, -(-workers // max(1, rows))))
    staff = Boxes(DESK * (column + 0.5), DESK * (row + 0.5), width, DESK * rows + 0.8)
    row, column = np.divmod(np.arange(members), each)
    return staff, Boxes(SEAT * (column + 0.5), SEAT * (row + 0.5), width, SEAT * -(-members // each))
