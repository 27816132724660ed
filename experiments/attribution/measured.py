"""Runs with policies beside their baseline, for what attribution adds to the measures of a run."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.measures import ATTRIBUTED, measured
from linli.model.attribution.result import Attribution
from linli.model.engines import Engine
from linli.model.place import Place
from linli.model.place.communities import communities_of
from linli.model.policies import Policy

MOST_COMMUNITIES = 200
"""In a place of more, a run is not lived beside its baseline: of a whole city that takes minutes and about
another gigabyte a pair."""

BASELINE = dict.fromkeys(ATTRIBUTED, 0.0)
"""Nothing differs from a run without policies in that run itself."""
UNKNOWN = dict.fromkeys(ATTRIBUTED, math.nan)


@dataclass(frozen=True, eq=False)
class Arms:
    """Two finished runs, and what attribution says of the one with policies: as measures, and in full."""

    baseline: Engine
    treated: Engine
    attributed: dict[str, float]
    result: Attribution


def is_within_reach(place: Place) -> bool:
    """Whether runs of a place are lived beside their baseline."""
    return len(communities_of(place)) <= MOST_COMMUNITIES


def side_by_side(world: Engine, policies: Sequence[Policy], tick: Callable[[], None] | None = None) -> Arms:
    """Both arms from the morning on which policies act to the end. tick: called for each day of both."""
    end = world.settings.burn_in + world.settings.days

    def both() -> None:
        if tick is not None:
            tick()
            tick()

    pair = Lockstep(world, policies).run(end - world.day, both)
    baseline, treated = pair.worlds
    days = end - world.settings.burn_in
    result = pair.result()
    return Arms(baseline, treated, measured(result, treated.totals.adults, days), result)
