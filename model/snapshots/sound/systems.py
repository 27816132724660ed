"""Whether what systems keep fits together: see `model.snapshots.sound`.

All else has been found sound before.
"""

import numpy as np

from linli.agents.rules.waste_sorting import HONOURED, PASSED_BY
from linli.agents.traits import MOST
from linli.model.array.phases.sorting import count_sorting
from linli.model.array.tables.columns import World
from linli.model.snapshots.sound.people import within


def check(w: World) -> bool:
    """Whether the tables of systems are sound."""
    return _funds(w) and _committees(w) and (len(w.sorters) == 0 or _contests(w))


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
