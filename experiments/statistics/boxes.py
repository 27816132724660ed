"""Under which conditions something happens: boxes in the space of uncertain factors, by PRIM and CART.

The computing is ema_workbench's. PRIM: Friedman & Fisher 1999; its use for scenario discovery, with the
quasi-p-values that drop limits which chance could have set: Bryant & Lempert 2010.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linli.experiments.output.extras import library

DENSITY = 0.8
"""A box in which fewer of the points are cases is called thin."""
CHANCE = 0.05
"""A limit stays only if chance would set any so good less often than this (quasi-p-value)."""
FEWEST = 20
"""Points below which no box is looked for."""
MASS = 0.05
"""A box holds at least so large a share of all points."""
IS = " is "
"""Between a factor and a word in the name of a column of 0 and 1."""
Span = tuple[float, float] | tuple[Any, ...]


@dataclass(frozen=True)
class Box:
    """Limits on some factors. limits: the span of a number, (nan: open), or the words that are inside;
    coverage: share of all cases that lie inside; density: share of the points inside that are cases; mass:
    share of all points that lie inside; points: how many those are."""

    limits: Mapping[str, Span]
    coverage: float
    density: float
    mass: float
    points: int


def prim(x: pd.DataFrame, cases: NDArray[np.bool_]) -> Box | None:
    """The box on the way from all points to the densest few that best joins coverage and density (by their
    harmonic mean), with the limits that chance would not have set.

    x: factors, a row a point; cases: which points are of interest. None if cases are too few, if all are, or
    if no limit says more than chance.
    """
    if len(x) < FEWEST or not 2 <= int(cases.sum()) < len(cases):
        return None
    logging.getLogger("ema_workbench").setLevel(logging.ERROR)
    analysis = library("ema_workbench.analysis.prim", "discovery")
    found = analysis.Prim(_floats(x), cases.astype(int), mass_min=MASS).find_box()
    trajectory = found.peeling_trajectory
    both = trajectory["coverage"] + trajectory["density"]
    joined = trajectory["coverage"] * trajectory["density"] / both.where(both > 0.0, 1.0)
    best = int(joined.to_numpy().argmax())
    limits = _limits(found.box_lims[best], x)
    quasi = found.p_values[best]
    # a limit was chosen among two for every factor
    chance = CHANCE / (2 * x.shape[1])
    kept = {n: span for n, span in limits.items() if max(quasi.get(n, [1.0])) < chance}
    return _box(kept, x, cases) if kept else None


def cart(x: pd.DataFrame, classes: NDArray[np.int64]) -> list[tuple[Box, dict[int, float]]]:
    """Leaves of a classification tree, the largest first: each with the share of every class inside.

    The tree is as small as cross-validation allows; none if one leaf holds all.
    """
    if len(x) < FEWEST or len(np.unique(classes)) < 2:
        return []
    analysis = library("ema_workbench.analysis.cart", "discovery")
    util = library("ema_workbench.analysis.scenario_discovery_util", "discovery")
    coded = _coded(x)
    tree = analysis.CART(coded, classes, 2 * MASS, mode=util.RuleInductionType.CLASSIFICATION)
    tree.build_tree()
    # ties between splits are broken by chance, which has no seed in there
    tree.clf.set_params(random_state=1, max_depth=3).fit(tree._x, classes)
    if tree.clf.tree_.node_count == 1:
        return []
    leaves = []
    for lims in tree.boxes:
        limits = _decoded(_limits(lims, coded), x)
        inside = within(x, limits)
        shares = {int(c): float((classes[inside] == c).mean()) for c in np.unique(classes)}
        most = max(shares, key=lambda c: shares[c])
        leaves.append((_box(limits, x, classes == most), shares))
    return sorted(leaves, key=lambda leaf: -leaf[0].mass)


def within(x: pd.DataFrame, limits: Mapping[str, Span]) -> NDArray[np.bool_]:
    """Which points lie in a box."""
    inside = np.ones(len(x), dtype=bool)
    for name, span in limits.items():
        if pd.api.types.is_numeric_dtype(x[name]):
            low, high = span
            values = x[name].to_numpy(dtype=float)
            inside &= (np.isnan(low) | (values >= low)) & (np.isnan(high) | (values <= high))
        else:
            inside &= x[name].isin(span).to_numpy()
    return inside


def _floats(x: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers as real ones (the library treats them by halves), words as objects."""
    numeric = {n: float for n in x if pd.api.types.is_numeric_dtype(x[n])}
    return x.astype({n: numeric.get(n, object) for n in x})


def _coded(x: pd.DataFrame) -> pd.DataFrame:
    """Words as a column of 0 and 1 each: the library's own boxes of words are wrong on the right of a
    split."""
    columns: dict[str, Any] = {}
    for name in x:
        if pd.api.types.is_numeric_dtype(x[name]):
            columns[str(name)] = x[name].astype(float)
        else:
            for word in sorted(set(x[name])):
                columns[f"{name}{IS}{word}"] = (x[name] == word).astype(float)
    return pd.DataFrame(columns)


def _decoded(limits: Mapping[str, Span], x: pd.DataFrame) -> dict[str, Span]:
    """Limits on coded words as the words that remain."""
    decoded: dict[str, Span] = {}
    for column, span in limits.items():
        name, _, word = column.partition(IS)
        if not word:
            decoded[name] = span
            continue
        there = set(decoded.get(name, tuple(set(x[name]))))
        decoded[name] = tuple(sorted(there & {word} if np.isnan(span[1]) else there - {word}))
    return decoded


def _limits(box: pd.DataFrame, x: pd.DataFrame) -> dict[str, Span]:
    """Only what a box leaves out: open sides are nan."""
    limits: dict[str, Span] = {}
    for name in x:
        if not pd.api.types.is_numeric_dtype(x[name]):
            words = tuple(sorted(box[name].iloc[0]))
            if set(words) != set(x[name]):
                limits[str(name)] = words
            continue
        low, high = float(box[name].iloc[0]), float(box[name].iloc[1])
        low = np.nan if low <= x[name].min() else low
        high = np.nan if high >= x[name].max() else high
        if not (np.isnan(low) and np.isnan(high)):
            limits[str(name)] = (low, high)
    return limits


def _box(limits: Mapping[str, Span], x: pd.DataFrame, cases: NDArray[np.bool_]) -> Box:
    inside = within(x, limits)
    hit = int((cases & inside).sum())
    return Box(
        limits=dict(limits),
        coverage=hit / int(cases.sum()),
        density=hit / max(1, int(inside.sum())),
        mass=float(inside.mean()),
        points=int(inside.sum()),
    )


def as_words(box: Box, lang: str = "en", called: Callable[[str], str] = str) -> str:
    """Limits in plain language: `mu below 0.35 and match: random`. called: what a factor is called."""
    parts = [_span_in_words(called(name), span, lang) for name, span in box.limits.items()]
    return ("，且" if lang == "zh" else " and ").join(parts)


def _span_in_words(name: str, span: Sequence[Any], lang: str) -> str:
    if any(isinstance(value, str) for value in span):
        return f"{name}: {('或' if lang == 'zh' else ' or ').join(map(str, span))}"
    low, high = (f"{value:.3g}" for value in span)
    if np.isnan(span[0]):
        return f"{name}低于{high}" if lang == "zh" else f"{name} below {high}"
    if np.isnan(span[1]):
        return f"{name}高于{low}" if lang == "zh" else f"{name} above {low}"
    return f"{name}在{low}与{high}之间" if lang == "zh" else f"{name} between {low} and {high}"
