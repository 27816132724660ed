"""What the ODD says matching and sinking do to unasked acts and own hours comes from runs, row by row."""

import dataclasses
import re

import pytest

from linli.experiments.statistics.paired import paired
from linli.model.city import City
from linli.model.measures import MEASURES
from linli.model.measures.spans import YEAR
from linli.model.odd import FILE
from linli.model.policies import from_text
from linli.model.scenario import Scenario, load

ROWS = re.findall(
    r"^  \| ((?:matching|sinking)\b[^|]*) \| ([^|]+) \| ([^|]+) \|$",
    FILE.read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)
SHOWN = ("acts_spontaneous", "resident_matter_hours")
ARMS = {
    "matching": ("donghu", range(1, 9), (), ("match",)),
    "sinking": (
        "chengdu-sample", range(101, 107), ("sink:per1000=0", "match"), ("sink:per1000=24.76", "match"),
    ),
}  # fmt: skip
"""Scenario, seeds, and the policies of both arms."""


def _scenario(row: str, seed: int, years: int) -> Scenario:
    """The scenario of a row: five communities of a city; parameters as the row names them."""
    scenario = load(ARMS[row.split(",")[0]][0])
    if scenario.place.communities > 1:
        scenario = scenario.but(place=dataclasses.replace(scenario.place, sampled=5))
    changed = {name: float(value) for name, value in re.findall(r"`(\w+)` = ([\d.]+)", row)}
    return scenario.but(seed=seed, days=years * YEAR, parameters=changed)


def _last_year(scenario: Scenario, policies: tuple[str, ...]) -> list[float]:
    city = City(scenario.but(policies=tuple(map(from_text, policies))), threads=1).run()
    window = city.window(len(city.rows) - YEAR)
    return [MEASURES[name].of(window) for name in SHOWN]


def _printed(differences: list[tuple[float, float]]) -> str:
    effect = paired(*zip(*differences, strict=True))
    texts = [f"{value:+.3f}" for value in (effect.difference, effect.low, effect.high)]  # type: ignore[str-format]
    return "{} ({} to {})".format(*texts).replace("-", "−")


def test_the_table_is_found() -> None:
    assert {row.split(",")[0] for row, *_ in ROWS} == set(ARMS)
    assert len(ROWS) == 14


@pytest.mark.parametrize(("row", "unasked", "own"), ROWS, ids=[row for row, *_ in ROWS])
def test_a_row_comes_from_runs(row: str, unasked: str, own: str) -> None:
    _, seeds, *arms = ARMS[row.split(",")[0]]
    years = 3 if "third year" in row else 1
    runs = [[_last_year(_scenario(row, seed, years), arm) for arm in arms] for seed in seeds]
    found = [_printed([(a[i], b[i]) for a, b in runs]) for i in range(len(SHOWN))]
    assert found == [unasked, own]


def test_what_the_prose_says_of_the_table() -> None:
    """Signs and sizes that the sentences above the table name."""
    unasked = {row: [float(n.replace("−", "-")) for n in re.findall(r"[+−][\d.]+", u)] for row, u, _ in ROWS}
    own = {row: [float(n.replace("−", "-")) for n in re.findall(r"[+−][\d.]+", o)] for row, _, o in ROWS}
    assert unasked["matching"][2] < 0.0 < own["matching"][1]
    _, low, high = unasked["matching, third year"]
    assert low < 0.0 < high
    assert unasked["matching, `R` = 0, `phi` = 0"][1] > 0.0
    assert unasked["matching, `member_asks` = 0"][1] > 0.0 > own["matching, `member_asks` = 0"][2]
    assert unasked["matching, `J` = 0"][2] < 0.0 < unasked["matching, `J` = 6"][1]
    by_J, by_mu = (
        abs(unasked[f"matching, `{name}` = 0"][0] - unasked[f"matching, `{name}` = {most}"][0])
        for name, most in (("J", 6), ("mu", 1))
    )
    assert by_J > by_mu
    fall = unasked["sinking"][0]
    assert unasked["sinking, `mu` = 0, `omega` = 0"][0] < 0.9 * fall
    for gone in ("`J` = 0", "`sunk_at_home` = 1"):
        assert unasked[f"sinking, {gone}"][0] > 0.3 * fall
    assert own["sinking"][2] < 0.0 < own["sinking, third year"][2]
