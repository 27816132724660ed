"""Does a calibration recover worlds that are known? A check by simulation (Talts et al. 2018; Cook et al.
2006).

Worlds are drawn from the prior and lived; for each, evidence is made up as the real one is: bands as wide as
the real ones, laid at random around what the world gave. If inference is right, the world's true values are
draws from its posterior: their ranks among posterior draws are uniform. (Laid at random, because a band is
all that is known: around the truth as its middle, ranks would crowd in theirs; Fearnhead & Prangle 2012.)
And hardly any world may be ruled out by the evidence that it gave itself.

The posterior of a known world comes from emulators of the first wave, which saw the whole prior: what is
checked is what history matching rests on. The ensemble itself is judged by runs, which need no check.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import kstest

from linli.experiments.calibration.emulator import Array, on_scale
from linli.experiments.calibration.history import CUTOFF, History, Wave, implausible_by
from linli.experiments.calibration.living import Living
from linli.experiments.calibration.search import Search
from linli.experiments.output.progress import Progress

KNOWN = 100
"""Worlds."""
DRAWS = 40_000
"""From the prior, of which each known world's evidence keeps some."""
FEWEST = 20
"""Draws kept below which a world has no posterior to speak of."""
SURE = 0.01


@dataclass(frozen=True)
class Checked:
    """What came of it. known: worlds; recovered: those with a posterior; ruled_out: worlds that their own
    evidence ruled out; ranks: a row each recovered world and a column a parameter, uniform in [0, 1] if all
    is well; surprise: of each parameter, how likely ranks are to be this uneven by chance (Kolmogorov and
    Smirnov)."""

    known: int
    recovered: int
    ruled_out: int
    ranks: pd.DataFrame
    surprise: dict[str, float]

    @property
    def uneven(self) -> list[str]:
        """Parameters whose ranks are less uniform than chance explains, over all of them together."""
        return [name for name, p in self.surprise.items() if p < SURE / len(self.surprise)]


def check(search: Search, history: History, living: Living, progress: Progress) -> Checked:
    """Live known worlds and recover them."""
    random = np.random.default_rng([search.scenario.seed, 3])
    wave = history.waves[0]
    truths = search.prior.draw(KNOWN, random)
    truths["n_bar"] = history.usual_need(truths, wave=0)
    progress.expect("known worlds", KNOWN)
    lived = living.live(truths)
    measures = [figure.measure for figure in search.targets]
    lived = lived[np.isfinite(lived[measures]).all(axis=1)].reset_index(drop=True)
    gave = on_scale(lived[measures].to_numpy())
    wide = np.array([float(on_scale(f.high) - on_scale(f.low)) for f in search.targets])
    middle = gave + wide * (random.random(gave.shape) - 0.5)
    low, high = middle - wide / 2.0, middle + wide / 2.0
    unit = search.prior.unit(search.prior.draw(DRAWS, random))
    would = _would_give(wave, unit, measures, random)
    true = search.prior.unit(lived)
    rows = []
    for world in range(len(lived)):
        kept = unit[((would >= low[world]) & (would <= high[world])).all(axis=1)]
        if len(kept) >= FEWEST:
            rows.append(_ranks(true[world], kept, random))
    ranks = pd.DataFrame(rows, columns=search.prior.names)
    surprise = {str(name): float(kstest(ranks[name], "uniform").pvalue) for name in ranks} if rows else {}
    ruled_out = _ruled_out(wave, true, measures, low, high)
    return Checked(len(lived), len(ranks), ruled_out, ranks, surprise)


def _would_give(wave: Wave, unit: Array, measures: list[str], random: np.random.Generator) -> Array:
    """What runs would give, the luck of their seeds included, as emulators guess it."""
    given = []
    for measure in measures:
        mean, variance = wave.emulators[measure].predict(unit)
        given.append(mean + np.sqrt(variance) * random.standard_normal(len(unit)))
    return np.column_stack(given)


def _ranks(true: Array, kept: Array, random: np.random.Generator) -> Array:
    """Where true values lie among those kept, 0 to 1; ties, of whole numbers, are broken by lot."""
    below = (kept < true).sum(axis=0)
    level = (kept == true).sum(axis=0)
    ranks: Array = (below + random.random(len(true)) * (level + 1)) / (len(kept) + 1)
    return ranks


def _ruled_out(wave: Wave, true: Array, measures: list[str], low: Array, high: Array) -> int:
    out = np.zeros(len(true), dtype=np.bool_)
    for column, measure in enumerate(measures):
        mean, variance = wave.emulators[measure].predict(true)
        out |= implausible_by(mean, variance, low[:, column], high[:, column]) > CUTOFF
    return int(out.sum())
