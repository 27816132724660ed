"""What a run would give, guessed from runs: Gaussian processes in place of the model.

A run says what one world gives and costs seconds; what lies between is smooth in the parameters. A Gaussian
process (Rasmussen & Williams 2006; scikit-learn's) learns it from a few hundred runs and, unlike a
polynomial or a tree, says at each point how sure it is: history matching rules a world out by that alone. A
straight line through all parameters comes first, the process takes what is left, with a length of its own
for every parameter, and a noise that stands for the luck of a seed and for all that the process does not
resolve. Measures are shares, counts and hours: they are emulated as logarithms.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve
from scipy.optimize import minimize

from linli.experiments.output.extras import library

LEAST = 1e-4
"""What is nearer to zero counts as this."""
LENGTHS = (0.3, 30.0)
"""Of a process, in ranges of a parameter: a long one leaves the parameter to the straight line."""
NOISE = (1e-2, 1.0)
"""Of a process, as a variance in that of what the line leaves."""
FLAT = 1e-9
"""What a line leaves of a measure that is the same everywhere."""
STEPS = 25
"""Of the ascent to the likeliest lengths and noise: later ones change a prediction by little."""
BLOCK = 20_000
Array = NDArray[np.float64]


def on_scale(values: Array | float) -> Array:
    """Measures as they are emulated."""
    return np.log(np.maximum(np.asarray(values, dtype=np.float64), LEAST))


@dataclass(frozen=True, eq=False)
class Emulator:
    """Of one measure. line: constant and slopes; process: of what it leaves, in units of `spread`; doubt:
    the factor by which its variance is too small, as runs tell that are left out one at a time."""

    line: Array
    process: Any
    spread: float
    doubt: float

    def predict(self, unit: Array) -> tuple[Array, Array]:
        """Mean and variance of what a run gives there, on the scale; the luck of its seed included."""
        mean = np.empty(len(unit))
        variance = np.empty(len(unit))
        for first in range(0, len(unit), BLOCK):
            block = slice(first, first + BLOCK)
            left, deviation = self.process.predict(unit[block], return_std=True)
            mean[block] = _line(unit[block]) @ self.line + self.spread * left
            variance[block] = self.doubt * (self.spread * deviation) ** 2
        return mean, variance


def emulator(unit: Array, values: Array) -> Emulator:
    """Learnt from runs. unit: their parameters in [0, 1]; values: of a measure, on the scale. Raises
    InputError where the extra `study` is not installed."""
    processes = library("sklearn.gaussian_process", "a calibration")
    kernels = library("sklearn.gaussian_process.kernels", "a calibration")
    design = _line(unit)
    # a little ridge: there may be no more runs than parameters
    line = np.linalg.solve(design.T @ design + 1e-3 * np.eye(design.shape[1]), design.T @ values)
    left = values - design @ line
    spread = float(left.std())
    spread = spread if spread > FLAT else 1.0
    lengths = np.full(unit.shape[1], 3.0)
    kernel = kernels.ConstantKernel(1.0, (1e-3, 1e3)) * kernels.Matern(lengths, LENGTHS, nu=2.5)
    process = processes.GaussianProcessRegressor(
        kernel + kernels.WhiteKernel(0.1, NOISE), alpha=1e-8, optimizer=_likeliest
    )
    with one_thread(), warnings.catch_warnings():
        # that a length is as long as it may be says that its parameter is left to the line
        warnings.simplefilter("ignore", library("sklearn.exceptions", "a calibration").ConvergenceWarning)
        process.fit(unit, left / spread)
    return Emulator(line, process, spread, max(1.0, _doubt(process)))


def one_thread() -> Any:
    """A context in which sums are added up in one order, however many processors there are."""
    return library("threadpoolctl", "a calibration").threadpool_limits(1)


def _likeliest(objective: Any, start: Array, bounds: Array) -> tuple[Array, float]:
    steps = {"maxiter": STEPS}
    found = minimize(objective, start, method="L-BFGS-B", jac=True, bounds=bounds, options=steps)
    return found.x, float(found.fun)


def _doubt(process: Any) -> float:
    """Mean square of the standardised errors at runs that are left out one at a time (Rasmussen & Williams
    2006, equations 5.10 to 5.12)."""
    precision = np.diag(cho_solve((process.L_, True), np.eye(len(process.L_))))
    return float(np.mean(np.asarray(process.alpha_) ** 2 / precision))


def _line(unit: Array) -> Array:
    return np.column_stack([np.ones(len(unit)), unit])
