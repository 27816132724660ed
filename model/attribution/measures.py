"""What attribution says of a run with policies, as measures: acts that differ from the same run without them.

They add up to what policies change about all acts. Net need is a measure of its own, for whether it wakes
or replaces is told by its sign, and the sign of one run is mostly luck: given to one side or the other run by
run, luck alone would wake in half of the runs and replace in the other half, and both would come out clear.
So each run keeps the number with its sign, and `model.attribution.channels.grouped` gives it to the one side
or the other once it is a mean over runs.
"""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from linli.model.attribution.channels import ASKED, CHANNELS, DISPLACED, FELT, NEED, REPLACED, WOKEN
from linli.model.attribution.result import Attribution
from linli.model.measures import MEASURES, Labelled

UNIT = "acts per 1000 adults and day"


@dataclass(frozen=True)
class Attributed(Labelled):
    """Acts of one group of classes. group: see `Channel` of `model.attribution.channels`."""

    group: str


# fmt: off
_GROUPS = (
    Attributed("woken", UNIT, "Acts woken: example, habit, ties, efficacy, meetings",
               "唤起的参与：示范、习惯、结识、效能感、会议", WOKEN),
    Attributed("replaced", UNIT, "Acts replaced, where below 0: held back, efficacy lost as others solve it",
               "被替代的参与（为负时）：不再出手、他人包揽后丧失的效能感", REPLACED),
    Attributed("by_need", UNIT, "Acts by need in sight, net: woken where above 0, replaced where below",
               "眼前需要增减带来的参与净额：为正属唤起，为负属被替代", NEED),
    Attributed("asked_more", UNIT, "Acts by asking: for as long as somebody asks",
               "因有人动员才有的参与", ASKED),
    Attributed("displaced", UNIT, "Acts displaced: rest, fatigue and time after other acts",
               "被挪移的参与：此前参与之后的休整、疲劳与时间", DISPLACED),
    Attributed("felt", UNIT, "Acts by trust, reward and own motive", "因信任、回报与自身动机的参与", FELT),
)
# fmt: on

ATTRIBUTED = {one.name: one for one in _GROUPS}
"""By name. All are 0 in a run without policies, and unknown where a run was not lived beside its baseline."""

EVERY: Mapping[str, Labelled] = ChainMap(cast("dict[str, Labelled]", MEASURES), ATTRIBUTED)  # type: ignore[arg-type]
"""All that may be known of a run, those of attribution first; with the measures that somebody brings."""


def measured(result: Attribution, adults: int, days: int) -> dict[str, float]:
    """The measures of a run. adults: their number; days: those that its other measures are taken over."""
    total = result.total("acts")
    return {
        one.name: 1000.0 * sum(total[c.name] for c in CHANNELS if c.group == one.group) / (adults * days)
        for one in _GROUPS
    }
