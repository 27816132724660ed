"""Whether what systems keep fits together: see `model.snapshots.sound`.

All else has been found sound before.
"""

import numpy as np

from linli.agents.rules.waste_sorting import HONOURED, PASSED_BY
from linli.model.array.phases.sorting import count_sorting
from linli.model.array.tables.columns import World
from linli.model.snapshots.sound.people import within


def check(w: World) -> bool:
    """Whether the tables of systems are sound."""
    return len(w.sorters) == 0 or _contests(w)


def _contests(w: World) -> bool:
    """Compounds count the households that they have, and those of them that sort."""
    fresh = w._replace(contests=w.contests.copy())
    count_sorting(fresh, 0, len(w.com) - 1)
    return within(w.contests["standing"], PASSED_BY, HONOURED) and np.array_equal(fresh.contests, w.contests)
