"""Distributions of factors: how likely a sampled design makes each value.

    mu = { distribution = "normal", mean = 0.3, sd = 0.1 }
    c_m = { distribution = "lognormal", median = 1.0, sigma = 0.4, high = 4 }
    rho = { distribution = "triangular", low = 0.1, mode = 0.3, high = 0.6 }
    J = { distribution = "table", values = [0.1, 0.2, 0.4], weights = [5, 3, 2] }

A parameter has a range, and nothing beyond it is drawn: a distribution is cut off at low and high, which are
those of the parameter if nothing is said, and what is left counts as all there is. The table stands in the
study itself, so that the study alone says what was drawn. Points of a design lie in the unit cube; a
distribution says which value lies at each place (its quantile function, of scipy.stats).
"""

import bisect
import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from linli.model.errors import InputError, number_of, only, unknown

KINDS = {
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sigma"),
    "triangular": ("low", "mode", "high"),
    "table": ("values", "weights"),
}
"""Each with what it is told by; low and high cut the first two off."""
MOST_VALUES = 100_000


@dataclass(frozen=True)
class Spread:
    """A distribution between low and high. told: its numbers, by name; values, weights: those of a table."""

    kind: str
    low: float
    high: float
    told: tuple[tuple[str, float], ...] = ()
    values: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()

    def at(self, u: float) -> float:
        """The value below which a share u of what is drawn lies. u: in [0, 1]."""
        if self.kind == "table":
            sums = list(itertools.accumulate(self.weights))
            return self.values[min(bisect.bisect_right(sums, u * sums[-1]), len(self.values) - 1)]
        below, above = self._shares
        value = float(self._law.ppf(below + u * (above - below)))
        return min(max(value, self.low), self.high)

    @cached_property
    def _law(self) -> Any:
        from scipy import stats

        told = dict(self.told)
        if self.kind == "normal":
            return stats.norm(told["mean"], told["sd"])
        if self.kind == "lognormal":
            return stats.lognorm(told["sigma"], scale=told["median"])
        span = self.high - self.low
        return stats.triang((told["mode"] - self.low) / span, loc=self.low, scale=span)

    @cached_property
    def _shares(self) -> tuple[float, float]:
        """How much of the law lies below low, and below high."""
        return float(self._law.cdf(self.low)), float(self._law.cdf(self.high))

    def as_data(self) -> dict[str, Any]:
        """For the manifest."""
        if self.kind == "table":
            return {"distribution": self.kind, "values": list(self.values), "weights": list(self.weights)}
        return {"distribution": self.kind, **dict(self.told)}


def spread_of(what: str, given: Mapping[str, Any], low: float, high: float) -> Spread:
    """A distribution as a study writes it. low, high: of what is drawn. Raises InputError, which begins with
    `what`."""
    kind = given["distribution"]
    if not isinstance(kind, str) or kind not in KINDS:
        raise unknown(f"distribution of {what}", str(kind), KINDS)
    told = KINDS[kind]
    only(given, f"entry of {what}", ("distribution", *told, *(() if kind == "table" else ("low", "high"))))
    if kind == "table":
        return _table(what, given, low, high)
    for name in told:
        if name not in given:
            raise InputError(f"{what}: a {kind} distribution needs {', '.join(told)}")
    at_least = number_of(f"{what}: low", given.get("low", low), low, high)
    at_most = number_of(f"{what}: high", given.get("high", high), low, high)
    if not at_least < at_most:
        raise InputError(f"{what}: low = {at_least:g} must be less than high = {at_most:g}")
    numbers = {name: number_of(f"{what}: {name}", given[name], -1e12, 1e12) for name in told}
    for name in ("sd", "sigma", "median"):
        if numbers.get(name, 1.0) <= 0.0:
            raise InputError(f"{what}: {name} must be more than 0, not {numbers[name]:g}")
    if kind == "triangular":
        number_of(f"{what}: mode", given["mode"], at_least, at_most)
    spread = Spread(kind, at_least, at_most, tuple(numbers.items()))
    below, above = spread._shares
    if not above - below > 1e-9:
        raise InputError(f"{what}: nothing of this distribution lies between {at_least:g} and {at_most:g}")
    return spread


def _table(what: str, given: Mapping[str, Any], low: float, high: float) -> Spread:
    values, weights = given.get("values"), given.get("weights")
    if not isinstance(values, list) or not 1 <= len(values) <= MOST_VALUES:
        raise InputError(f"{what}: a table needs values = [...], one to {MOST_VALUES:,} numbers")
    if weights is None:
        weights = [1.0] * len(values)
    if not isinstance(weights, list) or len(weights) != len(values):
        raise InputError(f"{what}: weights must be as many as values: {len(values)}")
    numbers = [number_of(f"{what}: values", value, low, high) for value in values]
    shares = [number_of(f"{what}: weights", weight, 0.0, 1e12) for weight in weights]
    if not math.fsum(shares) > 0.0:
        raise InputError(f"{what}: no value has a weight above 0")
    if len(set(numbers)) < len(numbers):
        raise InputError(f"{what}: a value is listed twice")
    rows = sorted((value, weight) for value, weight in zip(numbers, shares, strict=True) if weight > 0.0)
    kept, by = zip(*rows, strict=True)
    return Spread("table", min(kept), max(kept), values=kept, weights=by)


def spread_from_text(what: str, text: str) -> dict[str, Any]:
    """A distribution as typed: `normal:0.3:0.1`, `triangular:0.1:0.3:0.6`. Raises InputError."""
    kind, *numbers = (part.strip() for part in text.split(":"))
    if kind == "table":
        raise InputError(f"{what}: a table stands in a study (see: linli sweep)")
    if len(numbers) != len(KINDS[kind]):
        raise InputError(f"{what}: write {kind}:{':'.join(KINDS[kind]).upper()}")
    return {"distribution": kind, **dict(zip(KINDS[kind], numbers, strict=True))}
