"""Whether what systems keep fits together: see `model.snapshots.sound`.

All else has been found sound before.
"""

from collections.abc import Sequence

import numpy as np

from linli.agents.rules.departments import NOT_CALLED, NOT_THEIRS
from linli.agents.rules.resolution import REPORTED
from linli.agents.rules.waste_sorting import HONOURED, PASSED_BY
from linli.agents.rules.work_time import minutes
from linli.agents.traits import MOST
from linli.model.array.phases.sorting import count_sorting
from linli.model.array.tables.columns import OF_EMERGENCY, World, range_of
from linli.model.place import Place
from linli.model.place.levels import STREET, of_level
from linli.model.snapshots.sound.people import community_of, within


def check(w: World, places: Sequence[Place], day: int) -> bool:
    """Whether the tables of systems are sound on the morning of a day."""
    return (
        _departments(w, places, day)
        and _funds(w)
        and _committees(w)
        and (len(w.sorters) == 0 or _contests(w))
        and all(_emergency(w, c, day) for c in range(len(w.com) - 1))
    )


def _departments(w: World, places: Sequence[Place], day: int) -> bool:
    """They have as many hours as the place says, street by street. A matter is on its way to one once it is
    reported, and where none has hours, it is not."""
    weeks = [minutes(place.department_hours) for place in places]
    streets = of_level(w.com["number"][:-1], STREET)
    usual, pooled = (np.bincount(streets, weights=of) for of in (weeks, w.com["department_week"][:-1]))
    at = np.arange(len(w.matters)) - w.com["slot"][community_of(w, "slot")]
    m = w.matters[w.order[at < w.com["open"][:-1][community_of(w, "slot")]]]
    called = m["stage"] != NOT_CALLED
    return (
        np.array_equal(w.com["department_minutes"][:-1], weeks)
        and within(w.com["department_week"], 0, MOST)
        and np.array_equal(usual, pooled)
        and within(m["stage"], NOT_CALLED, NOT_THEIRS)
        and within(m["handed"], np.where(called, m["reported"], 0), np.where(called, day - 1, 0))
        and within(m["due"], 0, np.where(called, MOST, 0))
        and bool((m["status"][called] == REPORTED).all())
        and (any(weeks) or not called.any())
    )


def _emergency(w: World, c: int, day: int) -> bool:
    """In ordinary times nothing is kept of one; else doors are those of households, and those that wait are
    counted."""
    at, households = w.com[c], int(w.com["household"][c + 1] - w.com["household"][c])
    reached, called = w.reached[range_of(w, c, "doorstep")], w.turned_out[range_of(w, c, "called")]
    if at["rounds_begun"] == 0 or len(reached) == 0:
        return (
            not any(at[name] for name in OF_EMERGENCY) and within(reached, 0, day) and within(called, 0, day)
        )
    return bool(
        0 < at["rounds_begun"] <= MOST
        and 0 <= at["began"] <= at["round_began"] < day
        and 0 <= at["door"] < households
        and at["waiting"] == (reached <= at["round_began"]).sum()
        and within(reached, 0, day)
        and within(called, 0, day)
    )


def _contests(w: World) -> bool:
    """Compounds count the households that they have, and those of them that sort."""
    fresh = w._replace(contests=w.contests.copy())
    count_sorting(fresh, 0, len(w.com) - 1)
    return within(w.contests["standing"], PASSED_BY, HONOURED) and np.array_equal(fresh.contests, w.contests)


def _funds(w: World) -> bool:
    """Nobody owes anything, and works are so many as months can bring."""
    return within(w.com["fund"][:-1], 0, 2**60) and within(w.small_works, 0, MOST)


def _committees(w: World) -> bool:
    """What a month can come to."""
    rows = w.committees
    return (
        within(rows["initiative"], 0, 1)
        and within(rows["acts"], 0, MOST)
        and within(rows["all_work"], 0, 2**40)
        and within(rows["forces_work"], 0, rows["all_work"])
    )
