"""The map of wake and replace: the effect over the two assumptions that matter most, a dot a world."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.colors import TwoSlopeNorm
from matplotlib.figure import Figure
from numpy.polynomial import legendre
from numpy.typing import NDArray

from linli.experiments.figures.style import INK, folded, panels
from linli.experiments.output.labels import label_of
from linli.model.text import Text

Array = NDArray[Any]
STEPS = 60
DEGREE = 2
"""Of the surface that is drawn through the worlds, in either direction and together."""
ZERO = Text("expected: neither more nor less", "预期：不增不减")


def draw(
    parameters: pd.DataFrame, effect: "pd.Series[float]", what: str, lang: str, *, shaded: bool = True
) -> Figure:
    """parameters: two columns, a row a world; effect: of each, in the unit that is shown; what: its label;
    shaded: see `onto`."""
    figure, (panel,) = panels(1, width=5.6, height=4.2)
    onto(figure, panel, parameters, effect, what, lang, shaded=shaded)
    return figure


def onto(
    figure: Figure,
    panel: Any,
    parameters: pd.DataFrame,
    effect: "pd.Series[float]",
    what: str,
    lang: str,
    *,
    shaded: bool = True,
) -> None:
    """The same in a panel of a figure. shaded: with what is expected between worlds, which means something
    only where one of the parameters is told from chance."""
    x, y = parameters.columns
    most = float(np.nanquantile(np.abs(effect), 0.95)) or 1.0
    look: dict[str, Any] = {"cmap": "RdBu", "norm": TwoSlopeNorm(0.0, -most, most)}
    across = [np.linspace(parameters[name].min(), parameters[name].max(), STEPS) for name in (x, y)]
    if shaded:
        surface = expected(parameters.to_numpy(float), effect.to_numpy(float), across)
        _shade(panel, surface, across, look, lang)
    dots = panel.scatter(
        parameters[x],
        parameters[y],
        c=effect,
        s=20,
        edgecolors=INK,
        linewidths=0.5,
        **look,
    )
    panel.set_xlabel(folded(label_of(x, lang)))
    panel.set_ylabel(folded(label_of(y, lang)))
    figure.colorbar(dots, ax=panel, label=folded(what))


def _shade(panel: Any, surface: Array, across: list[Array], look: dict[str, Any], lang: str) -> None:
    """What is expected between the worlds, and where it turns."""
    ends = (across[0][0], across[0][-1], across[1][0], across[1][-1])
    panel.imshow(surface.T, origin="lower", extent=ends, aspect="auto", alpha=0.5, **look)
    if surface.min() < 0.0 < surface.max():
        line = panel.contour(*across, surface.T, levels=[0.0], colors=INK, linewidths=1.4)
        panel.clabel(line, fmt={0.0: ZERO.said(lang)}, fontsize=7)


def expected(at: Array, effect: Array, across: list[Array]) -> Array:
    """A smooth surface through the worlds (least squares), on a grid. at: shape (worlds, 2); across: the
    steps of the grid in both directions. Shape: those of the grid."""
    low, high = at.min(axis=0), at.max(axis=0)

    def terms(points: Array) -> Array:
        u = 2.0 * (points - low) / np.where(high > low, high - low, 1.0) - 1.0
        whole = legendre.legvander2d(u[:, 0], u[:, 1], [DEGREE, DEGREE])
        degrees = np.add.outer(np.arange(DEGREE + 1), np.arange(DEGREE + 1)).ravel()
        return whole[:, degrees <= DEGREE]

    fit = np.linalg.lstsq(terms(at), effect, rcond=None)[0]
    grid = np.stack([one.ravel() for one in np.meshgrid(*across, indexing="ij")], axis=1)
    return (terms(grid) @ fit).reshape(len(across[0]), len(across[1]))
