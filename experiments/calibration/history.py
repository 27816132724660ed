"""History matching: what cannot fit is ruled out, wave by wave, and new runs go where something still may.

A point is implausible when what emulators expect of a run there lies so far outside a figure's band that
neither what the emulator does not know, nor the luck of the seed, nor what no model of this kind gets right
explains it (Craig et al. 1997; Andrianakis et al. 2015; for agent-based models McCulloch et al. 2022, JASSS
25(2)1). Inside the band nothing is implausible: which value within it is right, nobody knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linli.experiments.calibration.emulator import Array, Emulator, emulator, on_scale
from linli.experiments.calibration.lived import NEED
from linli.experiments.calibration.prior import Prior
from linli.experiments.evidence import Evidence
from linli.experiments.runner.pool import Pool
from linli.model.errors import InputError

CUTOFF = 3.0
"""Standard deviations outside a band that rule a point out: 95 % of any distribution with one peak lies
within three of them (Pukelsheim 1994)."""
DISCREPANCY = 0.1
"""What the model may be wrong by, as a standard deviation in half-widths of a band: the bands are wide and
hold the doubts about a figure and its meaning already; this one is about the model."""
MOST_DRAWS = 200_000
"""Points that are looked at for one set of new ones."""
BLOCK = 5_000


@dataclass(frozen=True, eq=False)
class Wave:
    """What one wave learnt. emulators: by measure, that of the need in sight among them."""

    emulators: Mapping[str, Emulator]

    def implausible(self, unit: Array, targets: Sequence[Evidence]) -> NDArray[np.bool_]:
        """Whether any figure rules a point out. The figures that rule out most come first, and what they
        rule out is not looked at again."""
        left = np.arange(len(unit))
        for figure in targets:
            mean, variance = self.emulators[figure.measure].predict(unit[left])
            left = left[implausibility(mean, variance, figure) <= CUTOFF]
        out = np.ones(len(unit), dtype=np.bool_)
        out[left] = False
        return out


def implausibility(mean: Array, variance: Array, figure: Evidence) -> Array:
    """How many standard deviations what is expected lies outside a figure's band; 0 inside it."""
    return implausible_by(mean, variance, on_scale(figure.low), on_scale(figure.high))


def implausible_by(mean: Array, variance: Array, low: Array, high: Array) -> Array:
    """The same for any band. low, high: on the scale of emulators."""
    outside = np.maximum(np.maximum(low - mean, mean - high), 0.0)
    wrong = DISCREPANCY * (high - low) / 2.0
    return np.asarray(outside / np.sqrt(variance + wrong**2))


class History:
    """The waves so far. share: of the prior that is not ruled out, as the last draws told."""

    def __init__(self, prior: Prior, targets: Sequence[Evidence]) -> None:
        self.prior, self.targets = prior, tuple(targets)
        self.waves: list[Wave] = []
        self.share = 1.0

    def learn(self, lived: pd.DataFrame, pool: Pool) -> None:
        """One more wave, from all worlds so far that are not ruled out yet. pool: who fits the emulators.

        Raises InputError where no world is known in all figures: there is nothing to learn from.
        """
        names = [f.measure for f in self.targets]
        defined = np.isfinite(lived[names].to_numpy(dtype=np.float64))
        known = lived[defined.all(axis=1)]
        if known.empty:
            missing = ", ".join(np.array(names)[~defined.all(axis=0)])
            raise InputError(f"no world lived long enough for {missing}: let them live longer with --days")
        unit = self.prior.unit(known)
        near = ~self._ruled_out(unit)
        measures = [*(f.measure for f in self.targets), NEED]
        values = {m: on_scale(known[m].to_numpy()[near]) for m in measures}
        fitted = {m: pool.submit(emulator, unit[near], values[m]) for m in measures}
        emulators = {m: future.result() for m, future in fitted.items()}
        misses = {f.measure: np.mean([not f.holds(v) for v in known[f.measure]]) for f in self.targets}
        self.targets = tuple(sorted(self.targets, key=lambda f: -misses[f.measure]))
        self.waves.append(Wave(emulators))

    def draw(self, points: int, random: np.random.Generator) -> pd.DataFrame:
        """So many points of the prior that are not ruled out: fewer if there are hardly any."""
        found, drawn, kept = [], 0, 0
        while kept < points and drawn < MOST_DRAWS:
            block = self.prior.draw(BLOCK, random)
            block = block[~self._ruled_out(self.prior.unit(block))]
            found.append(block)
            drawn, kept = drawn + BLOCK, kept + len(block)
        self.share = kept / drawn
        return pd.concat(found, ignore_index=True).head(points)

    def usual_need(self, points: pd.DataFrame, wave: int = -1) -> Array:
        """n_bar as a wave expects it, the last one if none is named."""
        mean, _ = self.waves[wave].emulators[NEED].predict(self.prior.unit(points))
        return np.exp(mean)

    def _ruled_out(self, unit: Array) -> NDArray[np.bool_]:
        left = np.arange(len(unit))
        for wave in self.waves:
            left = left[~wave.implausible(unit[left], self.targets)]
        out = np.ones(len(unit), dtype=np.bool_)
        out[left] = False
        return out
