"""Woken and replaced over several runs: net need goes to the one or the other by the sign of its mean.

See `model.attribution.measures` for why single runs keep it apart.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from linli.experiments.statistics.paired import Effect, paired
from linli.experiments.statistics.pairs import Pairs
from linli.model.attribution.channels import NEED, REPLACED, WOKEN, grouped
from linli.model.attribution.measures import ATTRIBUTED

NET_NEED = next(name for name, one in ATTRIBUTED.items() if one.group == NEED)
PARTS = tuple(ATTRIBUTED)
"""The measures that are needed."""
NAME_OF = {one.group: name for name, one in ATTRIBUTED.items()}
"""The measure of each group of classes."""


def by_group(before: Mapping[str, ArrayLike], after: Mapping[str, ArrayLike]) -> dict[str, Effect]:
    """The effect on each group of classes, net need in its place, from the measures PARTS of each run."""
    changes = {name: np.asarray(after[name], float) - np.asarray(before[name], float) for name in PARTS}
    groups = grouped(float(np.nansum(changes[NET_NEED])))
    of_need = next(group for group, classes in groups.items() if any(c.group == NEED for c in classes))
    found = {}
    for one in ATTRIBUTED.values():
        if one.group == NEED:
            continue
        both = one.group == of_need
        ends = (
            np.asarray(arm[one.name], float) + (np.asarray(arm[NET_NEED], float) if both else 0.0)
            for arm in (before, after)
        )
        found[one.group] = paired(*ends)
    return found


def pairs_by_group(pairs: Pairs) -> dict[str, Effect]:
    """The same for pairs: a mean for each seed that has every condition."""
    arms = zip(*(pairs.by_seed(name) for name in PARTS), strict=True)
    before, after = (dict(zip(PARTS, arm, strict=True)) for arm in arms)
    return by_group(before, after)


def is_woken(effects: Mapping[str, Effect]) -> bool:
    """Whether more acts are clearly woken."""
    return effects[WOKEN].is_clear_gain


def is_replaced(effects: Mapping[str, Effect]) -> bool:
    """Whether acts are clearly replaced: 包办."""
    effect = effects[REPLACED]
    return effect.is_clear and not effect.is_clear_gain
