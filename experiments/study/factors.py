"""What a study varies: parameters and options of policies, each over a list of values or a range."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from linli.experiments.study.spread import Spread, spread_of
from linli.model.errors import InputError, count_of, number_of, unknown, word_of
from linli.model.parameters import checked
from linli.model.parameters import table as parameter_table
from linli.model.policies import POLICIES

Value = float | int | str
Kind = Literal["number", "whole", "word"]


@dataclass(frozen=True)
class Factor:
    """One thing that a study varies.

    key: as written in the study, a parameter (`mu`) or `policy.option` (`sink.per1000`); values: those of a
    list, in its order, or empty for the range low .. high; levels: steps of that range in a grid, 0 if it
    is not one; spread: how a sampled design draws it, None for all of it alike.
    """

    key: str
    values: tuple[Value, ...] = ()
    low: float = 0.0
    high: float = 0.0
    levels: int = 0
    spread: Spread | None = None

    @property
    def policy(self) -> str | None:
        """The policy whose option it is, None for a parameter."""
        return self.key.partition(".")[0] if "." in self.key else None

    @property
    def target(self) -> str:
        """The parameter, or the option without its policy."""
        return self.key.partition(".")[2] or self.key

    @property
    def name(self) -> str:
        """Its column in tables: `mu`, `sink_per1000`."""
        return self.key.replace(".", "_")

    @property
    def kind(self) -> Kind:
        """What its values are."""
        about = _about(self.key)
        if "choices" in about:
            return "word"
        return "whole" if about["whole"] else "number"

    @property
    def grid(self) -> tuple[Value, ...]:
        """The values of a full factorial."""
        if self.spread is not None:
            raise InputError(
                f"factor {self.key}: a distribution is drawn from: give the study a design such as "
                "latin_hypercube"
            )
        if self.values:
            return self.values
        if self.levels < 2:
            raise InputError(
                f"factor {self.key}: a full factorial needs a list, or a range with levels = 2 or more"
            )
        step = (self.high - self.low) / (self.levels - 1)
        steps = [self.low + step * i for i in range(self.levels - 1)]
        return tuple(dict.fromkeys(self._whole_or(v) for v in [*steps, self.high]))

    def at(self, u: float) -> Value:
        """The value at a place of a sampled design. u: in [0, 1]; values of a list get equal parts of it."""
        if self.spread is not None:
            return self._whole_or(self.spread.at(u))
        if self.values:
            return self.values[min(int(u * len(self.values)), len(self.values) - 1)]
        if self.kind == "whole":
            # every whole number gets an equal part, the ends too
            return min(int(self.low + u * (self.high - self.low + 1.0)), int(self.high))
        return min(self.low + u * (self.high - self.low), self.high)

    def _whole_or(self, value: float) -> Value:
        return int(value + 0.5) if self.kind == "whole" else value

    def as_data(self) -> dict[str, Any]:
        """For the manifest."""
        about = _about(self.key)
        span = {"values": list(self.values)} if self.values else {"low": self.low, "high": self.high}
        if self.spread is not None:
            span = {**span, **self.spread.as_data()}
        labels = {"en": about["en"], "zh": about["zh"], "unit": about["unit"]}
        return {"name": self.name, "key": self.key, "kind": self.kind, **labels, **span}


def factor(key: str, given: object) -> Factor:
    """A factor as a study writes it: a list of values, a table with low and high (and levels), or one with a
    distribution (see `experiments.study.spread`).

    Raises InputError for unknown names, for values out of range and for ranges that are none.
    """
    _about(key)
    if isinstance(given, list):
        if not given:
            raise InputError(f"factor {key}: the list has no values")
        values = tuple(_checked(key, value) for value in given)
        if len(set(values)) < len(values):
            raise InputError(f"factor {key}: a value is listed twice")
        return Factor(key, values)
    if not isinstance(given, Mapping):
        raise InputError(f"factor {key}: give a list of values, or {{ low = ..., high = ... }}")
    return _spread(key, given) if "distribution" in given else _range(key, given)


def _spread(key: str, given: Mapping[str, Any]) -> Factor:
    """A factor with a distribution, cut off where the factor's own range ends, or closer."""
    about = _about(key)
    if "choices" in about:
        raise InputError(f"factor {key}: words have no distribution; give a list of them")
    spread = spread_of(f"factor {key}", given, float(about["low"]), float(about["high"]))
    for value in spread.values:
        _checked(key, int(value) if about["whole"] and value == int(value) else value)
    return Factor(key, low=spread.low, high=spread.high, spread=spread)


def _range(key: str, given: Mapping[str, Any]) -> Factor:
    for name in given:
        if name not in ("low", "high", "levels"):
            raise unknown(f"entry of factor {key}", str(name), ("low", "high", "levels"))
    if "low" not in given or "high" not in given:
        raise InputError(f"factor {key}: a range needs low and high")
    low, high = _checked(key, given["low"]), _checked(key, given["high"])
    if isinstance(low, str) or isinstance(high, str):
        raise InputError(f"factor {key}: words have no range; give a list of them")
    if not low < high:
        raise InputError(f"factor {key}: low = {low} must be less than high = {high}")
    levels = count_of(f"factor {key}: levels", given.get("levels", 0), 0, 10_000)
    return Factor(key, low=low, high=high, levels=levels)


def from_points(points: Sequence[object]) -> tuple[Factor, ...]:
    """The factors of a list of points: tables that all give a value to the same keys."""
    tables = [point for point in points if isinstance(point, Mapping) and point]
    if not tables or len(tables) < len(points):
        raise InputError("a list design needs [[points]], each with a value for every factor")
    keys = tuple(tables[0])
    for number, table in enumerate(tables, 1):
        if set(table) != set(keys):
            raise InputError(
                f"point {number} must give a value to {', '.join(keys)}, as the first point does"
            )
    return tuple(
        factor(key, list(dict.fromkeys(value_of(key, table[key]) for table in tables))) for key in keys
    )


def value_of(key: str, value: object) -> Value:
    """A value for a factor, checked and in its own kind; an InputError says what is valid."""
    return _checked(key, value)


def _checked(key: str, value: object) -> Value:
    about = _about(key)
    if "choices" in about:
        return word_of(f"value of factor {key}", value, about["choices"])
    if "." not in key:
        number = checked(key, value)
        return int(number) if about["whole"] else float(number)
    what = f"factor {key}"
    if about["whole"]:
        return count_of(what, value, int(about["low"]), int(about["high"]))
    return number_of(what, value, about["low"], about["high"])


@cache
def _about(key: str) -> Mapping[str, Any]:
    """Range, unit and labels of what a key names."""
    policy, point, option = key.partition(".")
    if not point:
        if key not in parameter_table():
            raise unknown("factor", key, [*parameter_table(), "a policy's option such as sink.per1000"])
        return dataclasses.asdict(parameter_table()[key])
    if policy not in POLICIES:
        raise unknown(f"policy of factor {key}", policy, POLICIES)
    options = {f.name: f for f in dataclasses.fields(POLICIES[policy])}
    if option not in options:
        raise unknown(f"option of policy {policy}", option, options)
    about = dict(options[option].metadata)
    return {
        **about,
        "whole": about.get("whole", False),
        "en": f"{about['en']} ({POLICIES[policy].en})",
        "zh": f"{about['zh']}({POLICIES[policy].zh})",
    }
