"""Woken and replaced over several runs: net need goes to the one or the other by the sign of its mean.

See `model.attribution.measures` for why single runs keep it apart.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

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
    return {group: paired(*ends) for group, ends in ends_by_group(before, after).items()}


def pairs_by_group(pairs: Pairs) -> dict[str, Effect]:
    """The same for pairs: a mean for each seed that has every condition."""
    return by_group(*_arms(pairs))


def changes_by_group(pairs: Pairs) -> "dict[str, pd.Series[float]]":
    """What changed in each group of classes, by seed."""
    seeds = pairs.by_seed(NET_NEED)[0].index
    ends = ends_by_group(*_arms(pairs))
    return {group: pd.Series(after - before, index=seeds) for group, (before, after) in ends.items()}


def _arms(pairs: Pairs) -> "tuple[dict[str, pd.Series[float]], dict[str, pd.Series[float]]]":
    """Both ends of pairs, by measure and seed."""
    before, after = zip(*(pairs.by_seed(name) for name in PARTS), strict=True)
    return dict(zip(PARTS, before, strict=True)), dict(zip(PARTS, after, strict=True))


def ends_by_group(
    before: Mapping[str, ArrayLike], after: Mapping[str, ArrayLike]
) -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Each group of classes at both ends, run by run, net need in its place."""
    arms = [{name: np.asarray(arm[name], float) for name in PARTS} for arm in (before, after)]
    groups = grouped(float(np.nansum(arms[1][NET_NEED] - arms[0][NET_NEED])))
    of_need = next(group for group, classes in groups.items() if any(c.group == NEED for c in classes))
    return {
        one.group: (
            arms[0][one.name] + arms[0][NET_NEED] * (one.group == of_need),
            arms[1][one.name] + arms[1][NET_NEED] * (one.group == of_need),
        )
        for one in ATTRIBUTED.values()
        if one.group != NEED
    }


def is_woken(effects: Mapping[str, Effect]) -> bool:
    """Whether more acts are clearly woken."""
    return effects[WOKEN].is_clear_gain


def is_replaced(effects: Mapping[str, Effect]) -> bool:
    """Whether acts are clearly replaced: 包办."""
    effect = effects[REPLACED]
    return effect.is_clear and not effect.is_clear_gain
