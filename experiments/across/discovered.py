"""What decides over worlds, where mobilisation replaces, what to measure next: for one arm and measure."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from linli.experiments.across.deciding import Deciding, deciding
from linli.experiments.across.effects import GROUP, NET, Across, Over
from linli.experiments.across.information import Worth, worth
from linli.experiments.analysis.discovery import NORMAL, Discovery, boxes_among
from linli.experiments.statistics.attributed import NAME_OF
from linli.model.attribution.channels import WOKEN
from linli.model.errors import unknown


@dataclass(frozen=True, eq=False)
class Discovered:
    """What was found. measure: of the effect, a measure or NET; over: the effect itself; effect: by world;
    parameters: likewise; deciding: assumptions, the most decisive first; boxes: where the effect is positive
    and where negative; worth: what to measure next."""

    arm: str
    measure: str
    over: Over
    effect: "pd.Series[float]"
    parameters: pd.DataFrame
    deciding: list[Deciding]
    boxes: Discovery
    worth: list[Worth]

    @property
    def axes(self) -> tuple[str, str]:
        """The two parameters that matter most."""
        first, second = (one.parameter for one in self.deciding[:2])
        return first, second


def discovered(found: Across, measure: str | None = None) -> Discovered:
    """Of one arm. measure: NET unless said, where it is known; else residents' own hours. Raises InputError
    for a measure that is not there and for too few worlds."""
    name = measure or (NET if found.groups else "resident_matter_hours")
    known = {**found.groups, **found.measures}
    if name not in known:
        raise unknown("measure of this study", name, [*found.measures, *found.groups])
    column = name if name in found.measures else f"{GROUP}{name}"
    effect = found.by_world()[column].dropna()
    parameters = found.parameters.loc[effect.index]
    return Discovered(
        arm=found.arm,
        measure=name,
        over=known[name],
        effect=effect,
        parameters=parameters,
        deciding=deciding(parameters, effect),
        boxes=_boxes(found.arm, unit_measure(name), parameters, effect, known[name]),
        worth=worth(found.baseline.loc[effect.index], parameters, effect),
    )


def unit_measure(name: str) -> str:
    """The measure whose unit an effect has: that of acts for NET and for groups of classes."""
    return NAME_OF.get(WOKEN if name == NET else name, name)


def _boxes(
    arm: str, measure: str, parameters: pd.DataFrame, effect: "pd.Series[float]", over: Over
) -> Discovery:
    """Where it is positive and where negative, by as much as luck does not explain where that is known."""
    half = NORMAL * over.luck.luck if over.luck else 0.0
    kinds = (effect > half).astype(int) - (effect < -half).astype(int)
    points = parameters.assign(effect=effect, **{"class": kinds}).rename_axis("point").reset_index()
    factors = tuple(str(name) for name in parameters if parameters[name].nunique() > 1)
    return boxes_among(points.astype(dict.fromkeys(factors, np.float64)), factors, half, arm, measure)
