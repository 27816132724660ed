"""What `linli calibrate` does: worlds that meet the evidence, drawn at random from all that do.

First waves of history matching, which rule out by far the most of the prior with a few hundred runs each,
until a further wave rules out little more. Then approximate Bayesian computation inside what is left: a
point is drawn from the prior, is lived unless it is ruled out, and belongs to the ensemble if every figure
of the evidence lies inside its band and its usual need is the need it brings about. That is rejection
sampling: the worlds are independent draws, each counts as much as any other, and their effective number is
their number. It ends by itself when there are enough of them and the last ones moved no quantile of any
parameter.

What is found depends on the seed alone, not on the number of processes, and not on interruptions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from linli.experiments.calibration.emulator import one_thread
from linli.experiments.calibration.history import History
from linli.experiments.calibration.lived import NEED, agrees
from linli.experiments.calibration.living import Living
from linli.experiments.calibration.prior import Prior
from linli.experiments.evidence import Evidence
from linli.experiments.output.progress import Progress
from linli.experiments.statistics.paired import NINE_OF_TEN
from linli.model.scenario import Scenario

STILL_WORTH_IT = 0.7
"""A wave that leaves more than this of what the one before left is the last."""
MOVES = 0.05
"""The ensemble still moves if its last worlds moved a quantile by more of a parameter's range."""
QUANTILES = (NINE_OF_TEN[0], 0.5, NINE_OF_TEN[1])
BATCH = 64
"""Points of the prior that are lived at once when the ensemble is drawn."""
MOST = 40
"""Such batches after which it ends in any case, for every hundred worlds asked for."""
IN_VAIN = 4
"""Batches without a single world after which there is no hope."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is asked. scenario: with days and burn-in; prior: what is free; targets: what worlds are judged
    by; worlds: the least number of them; points: lived in a wave; waves: at most."""

    scenario: Scenario
    prior: Prior
    targets: tuple[Evidence, ...]
    worlds: int
    points: int
    waves: int
    engine: str = "array"

    def fits(self, row: Mapping[str, Any]) -> bool:
        """Whether a world that was lived belongs to the ensemble."""
        return agrees(row[NEED], row["n_bar"]) and all(f.holds(row[f.measure]) for f in self.targets)

    def fits_of(self, lived: pd.DataFrame) -> list[bool]:
        """The same for each row of a table."""
        return [self.fits({str(k): v for k, v in row.items()}) for row in lived.to_dict("records")]


@dataclass(frozen=True)
class Step:
    """A wave. lived: worlds; inside: those of them that fit; share: of the prior that was not ruled out."""

    lived: int
    inside: int
    share: float


@dataclass(eq=False)
class Found:
    """The ensemble, in the order in which it was drawn, with measures; and how it came about: the waves, how
    many points were lived for it, all that was lived, and how far the last worlds moved it."""

    worlds: pd.DataFrame = field(default_factory=pd.DataFrame)
    waves: list[Step] = field(default_factory=list)
    drawn: int = 0
    share: float = 0.0
    moved: float = float("inf")
    everything: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def acceptance(self) -> float:
        """The share of worlds lived for the ensemble that belong to it."""
        return len(self.worlds) / self.drawn if self.drawn else 0.0


def calibrate(search: Search, living: Living, progress: Progress) -> tuple[Found, History]:
    """The ensemble, and the history of what was ruled out."""
    history, found = History(search.prior, search.targets), Found()
    with one_thread():
        _waves(search, living, history, found, progress)
        _ensemble(search, living, history, found, progress)
    return found, history


def _waves(search: Search, living: Living, history: History, found: Found, progress: Progress) -> None:
    random = np.random.default_rng([search.scenario.seed, 0])
    points = search.prior.spread(search.points, random)
    points["n_bar"] = search.scenario.parameters.n_bar
    while True:
        progress.expect(f"wave {len(found.waves) + 1}", len(points))
        lived = living.live(points)
        found.everything = pd.concat([found.everything, lived], ignore_index=True)
        inside = sum(search.fits_of(lived))
        found.waves.append(Step(len(lived), inside, history.share))
        progress.say(
            f"wave {len(found.waves)}: {len(lived)} worlds from {history.share:.2%} of the prior, "
            f"{inside} of them fit"
        )
        before = history.share
        history.learn(found.everything, living.pool)
        points = history.draw(
            search.points, np.random.default_rng([search.scenario.seed, 1, len(found.waves)])
        )
        if len(points) == 0 or len(found.waves) >= search.waves or history.share > STILL_WORTH_IT * before:
            return
        points["n_bar"] = history.usual_need(points)


def _ensemble(search: Search, living: Living, history: History, found: Found, progress: Progress) -> None:
    found.share = history.share
    most = max(1, search.worlds // 100) * MOST
    for batch in range(most):
        points = history.draw(BATCH, np.random.default_rng([search.scenario.seed, 2, batch]))
        if len(points) == 0:
            return
        points["n_bar"] = history.usual_need(points)
        progress.expect(f"{len(found.worlds)} worlds fit", len(points))
        lived = living.live(points)
        found.drawn += len(lived)
        fit = lived[search.fits_of(lived)]
        found.everything = pd.concat([found.everything, lived], ignore_index=True)
        before, found.worlds = found.worlds, pd.concat([found.worlds, fit], ignore_index=True)
        if found.worlds.empty and batch + 1 >= IN_VAIN:
            return
        if len(found.worlds) >= search.worlds:
            found.moved = moved(before, found.worlds, search.prior)
            if found.moved <= MOVES:
                return


def moved(before: pd.DataFrame, after: pd.DataFrame, prior: Prior) -> float:
    """The farthest that a quantile of any parameter went, in ranges."""
    if before.empty:
        return float("inf")
    one, two = (np.quantile(prior.unit(worlds), QUANTILES, axis=0) for worlds in (before, after))
    return float(np.abs(one - two).max())
