"""What some values of a factor mean to people: 6.19 members per 1000 residents are a city's 130,000."""

from collections.abc import Mapping, Sequence

from linli.experiments.study.factors import Factor
from linli.model.errors import InputError, table_of, unknown

Named = Mapping[str, Mapping[float, Sequence[str]]]
"""By the column of the factor and the value: texts in English and Chinese."""


def read_named(given: object, factors: Sequence[Factor]) -> Named:
    """The tables [named] of a study, checked: every one of the values is one of its factor's."""
    by_key = {f.key: f for f in factors}
    named: dict[str, dict[float, Sequence[str]]] = {}
    for key, values in table_of(given, "named must be tables of value = [English, Chinese]").items():
        if key not in by_key:
            raise unknown("factor in [named]", key, by_key)
        levels = {f"{level:g}": float(level) for level in by_key[key].values if not isinstance(level, str)}
        texts = table_of(values, f"[named.{key}] must be a table of value = [English, Chinese]")
        for value, said in texts.items():
            if value not in levels:
                raise unknown(f"value in [named.{key}]", value, levels)
            if not isinstance(said, list) or [type(text) for text in said] != [str, str]:
                raise InputError(f"[named.{key}] {value} must be two texts: [English, Chinese]")
            named.setdefault(by_key[key].name, {})[levels[value]] = tuple(said)
    return named


def from_data(data: Mapping[str, Mapping[str, Sequence[str]]]) -> Named:
    """From a manifest, where values are texts."""
    return {column: {float(value): said for value, said in at.items()} for column, at in data.items()}


def as_data(named: Named) -> dict[str, dict[str, list[str]]]:
    """For a manifest."""
    return {column: {f"{value:g}": list(said) for value, said in at.items()} for column, at in named.items()}
