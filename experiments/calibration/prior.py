"""What nobody has measured: the parameters that are free, each with the range in which its value may lie."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import qmc

from linli.experiments.study.factors import Factor
from linli.model.errors import InputError

FREE = (
    *("theta_mean=-9:-5", "sigma", "lambda0=0.03:0.2", "R=0:14", "rest_motive", "mu", "bout_median=1:3"),
    *("J", "w_P", "seen", "chi", "b_h", "eta_h=0.05:0.5", "bond", "E", "phi=0:1"),
    *("A_known", "A_stranger", "peer_ask=0:0.1", "member_asks=0:0.6", "s_ask=0.1:0.6", "posts=4:24"),
    *("eta_e=0:0.3", "eta_o=0:0.1", "omega", "thanked=0:0.1"),
    *("theta_v=-3:1", "sigma_v", "owner_v", "s0=0.1:0.8", "rho_v=0.01:0.15", "sunk_at_home"),
)
"""Where no range is named, it is that of `linli sensitivity`: all of the table of parameters for a weight or
share that no target identifies, half to twice the default for another. What ends on paper (`psi`) stays out:
it alone decides the figure that is held back, and a free one would hide a miss."""
FIGURES = 4
"""Significant figures of a value: what is written is what was lived, to the last bit."""


@dataclass(frozen=True)
class Prior:
    """Independent, uniform over the ranges. factors: of parameters, with ranges."""

    factors: tuple[Factor, ...]

    @property
    def names(self) -> list[str]:
        """The parameters."""
        return [factor.name for factor in self.factors]

    def spread(self, points: int, random: np.random.Generator) -> pd.DataFrame:
        """Points all over the ranges: a Latin hypercube."""
        return self.values(qmc.LatinHypercube(len(self.factors), rng=random).random(points))

    def draw(self, points: int, random: np.random.Generator) -> pd.DataFrame:
        """Independent points."""
        return self.values(random.random((points, len(self.factors))))

    def values(self, unit: NDArray[np.float64]) -> pd.DataFrame:
        """Values at places in [0, 1], a column a parameter."""
        return pd.DataFrame(
            {f.name: _at(f, unit[:, column]) for column, f in enumerate(self.factors)}, columns=self.names
        )

    def unit(self, values: pd.DataFrame) -> NDArray[np.float64]:
        """Where values lie in their ranges, 0 to 1."""
        low = np.array([f.low for f in self.factors])
        high = np.array([f.high for f in self.factors])
        placed: NDArray[np.float64] = (values[self.names].to_numpy(dtype=np.float64) - low) / (high - low)
        return placed


def _at(factor: Factor, unit: NDArray[np.float64]) -> NDArray[np.float64] | list[float]:
    if factor.kind == "whole":
        return np.minimum(
            (factor.low + unit * (factor.high - factor.low + 1.0)).astype(np.int64), int(factor.high)
        )
    return rounded(factor.low + unit * (factor.high - factor.low))


def rounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """To FIGURES significant figures."""
    return np.array([float(f"{value:.{FIGURES}g}") for value in np.atleast_1d(values)])


def of_parameters(factors: Sequence[Factor]) -> Prior:
    """A prior over factors. Raises InputError for an option of a policy, and for a parameter with no
    range."""
    for factor in factors:
        if factor.policy is not None:
            raise InputError(f"--free {factor.key}: a world has no policy; name a parameter")
        if factor.key == "n_bar":
            raise InputError("--free n_bar: it is measured in every world; leave it out")
    return Prior(tuple(factors))
