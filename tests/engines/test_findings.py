"""Every policy can wake more than it replaces, and the other way round: the maps in the ODD come from runs.

A row of a map is a world: the two parameters that matter most to the policy, and `theta_mean` and `n_bar` set
so that the evidence is met. Run as a script, this file works the worlds out and prints the maps.
"""

import dataclasses
import re
import sys
from itertools import product

import numpy as np
import pytest

from linli.experiments.evidence import distance, targets
from linli.model.attribution.lockstep import Lockstep
from linli.model.city import City
from linli.model.measures.spans import YEAR
from linli.model.odd import FILE
from linli.model.scenario import Scenario, load

SEEDS = (1, 2, 3)
CITY = dataclasses.replace(load("chengdu-sample").place, sampled=5)
MAPS = {
    "matching": ("chi", "J", "match", {"mu": 0.1, "seen": 0.8}),
    "sinking": (
        "chi",
        "J",
        "sink:per1000=24.76",
        {"mu": 0.1, "seen": 0.8, "c_m": 0.3, "posts": 30, "member_asks": 0.6},
    ),
    "relief": ("mu", "s_ask", "relieve", {"s0": 0.37}),
}
"""The two parameters of each map, the policy, and what all its worlds have in common."""
LEVELS = {"chi": (0.0, 1.0, 2.0), "J": (1.0, 3.0, 5.0), "mu": (0.0, 0.3, 0.6), "s_ask": (0.1, 0.5, 0.9)}
ROW = re.compile(r"^  \| (matching|sinking|relief) \| (.*) \|$", re.MULTILINE)


ABLATION = re.compile(r"^  \| (matching|relief), ([^|]+) \| (.*) \|$", re.MULTILINE)
ABLATIONS = (
    *("", "`chi` 0", "`mu` 0", "`chi` 0, `mu` 0, `omega` 0", "`J` 0", "`seen` 0", "`b_h` 0, `bond` 0"),
    "`member_asks` 0",
)
"""What is switched off in the default world, one row each."""
AS_IT_IS = "as it is"


def switched_off(text: str) -> dict[str, float]:
    """The parameters that a row names."""
    return {name: float(value) for name, value in re.findall(r"`(\w+)` ([\d.]+)", text)}


def rows() -> list[tuple[str, dict[str, float], list[str]]]:
    """The policy, the world and the printed effects of every row in the ODD."""
    found = []
    for policy, cells in ROW.findall(FILE.read_text(encoding="utf-8")):
        world, *effects = cells.split(" | ")
        values = {
            name: float(value.replace("−", "-")) for name, value in re.findall(r"`(\w+)` ([−\d.]+)", world)
        }
        found.append((policy, values, effects))
    return found


def place_of(policy: str, values: dict[str, float], seed: int) -> Scenario:
    """Donghu; for sinking five communities of a city, in which members are matched and nobody is sunk."""
    if policy != "sinking":
        return load("donghu").but(seed=seed, parameters=values)
    from linli.model.policies import policies_from

    before = policies_from("sink:per1000=0; match")
    return load("chengdu-sample").but(place=CITY, seed=100 + seed, parameters=values, policies=before)


def effects(policy: str, values: dict[str, float]) -> list[float]:
    """Woken and replaced acts, net need where it belongs, and own hours: per 1000 a day, over the seeds."""
    found = []
    for seed in SEEDS:
        scenario = place_of(policy, values, seed)
        city = City(scenario, threads=1).run_to(scenario.burn_in)
        result = Lockstep(city, MAPS[policy][2]).run(YEAR).result()
        acts, people = result.total("acts"), city.totals
        need = acts["need_gained"] + acts["need_gone"]
        hours = result.difference("minutes") / 60.0
        groups = result.by_group()
        woken = groups["woken"] - max(need, 0)
        replaced = groups["replaced"] - min(need, 0)
        found.append((woken, replaced, need, hours, people.adults, people.residents))
    woken, replaced, need, hours, adults, residents = np.sum(found, axis=0).tolist()
    per_adult, per_resident = 1000.0 / (adults * YEAR), 1000.0 / (residents * YEAR)
    return [
        per_adult * (woken + max(need, 0.0)),
        per_adult * (replaced + min(need, 0.0)),
        per_resident * hours,
    ]


def far(policy: str, world: dict[str, float]) -> float:
    """How far Donghu's baseline lies from the evidence in a world: at most 1 where every band is met."""
    runs = [City(load("donghu").but(seed=s, parameters=MAPS[policy][3] | world)).run() for s in SEEDS]
    return distance(
        {e.measure: float(np.mean([r.measures()[e.measure] for r in runs])) for e in targets()}, targets()
    )


def printed(values: list[float]) -> list[str]:
    """As the ODD prints them."""
    return [f"{value:+.2f}".replace("-", "−") for value in values]


def is_won(shown: list[str]) -> bool:
    """More is woken than replaced, and residents' own hours rise."""
    woken, replaced, hours = (float(text.replace("−", "-")) for text in shown[-3:])
    return woken + replaced > 0.0 and hours > 0.0


def is_lost(shown: list[str]) -> bool:
    """More is replaced than woken, and residents' own hours fall."""
    woken, replaced, hours = (float(text.replace("−", "-")) for text in shown[-3:])
    return woken + replaced < 0.0 and hours < 0.0


def decisive() -> list[tuple[str, dict[str, float], list[str]]]:
    """Of every map a world in which the policy wins, and one in which it loses."""
    return [
        next(row for row in rows() if row[0] == policy and ends(row[2]))
        for policy in MAPS
        for ends in (is_won, is_lost)
    ]


def test_the_maps_are_found_and_every_policy_wins_and_loses_in_them() -> None:
    assert {policy for policy, _, _ in rows()} == set(MAPS)
    assert len(rows()) == 27
    assert len(decisive()) == 6


@pytest.mark.parametrize("number", range(6))
def test_where_it_wins_and_where_it_loses_the_evidence_is_met(number: int) -> None:
    policy, world, shown = decisive()[number]
    assert far(policy, world) <= 1.0
    assert printed(effects(policy, MAPS[policy][3] | world)) == shown[-3:]


@pytest.mark.parametrize(("policy", "off", "shown"), ABLATION.findall(FILE.read_text(encoding="utf-8")))
def test_an_ablation_comes_from_runs(policy: str, off: str, shown: str) -> None:
    assert printed(effects(policy, switched_off(off))) == shown.split(" | ")


def test_what_the_prose_says_of_the_ablations() -> None:
    """Replaced is gone where its roads are off, and only there; woken hangs on examples."""
    found = {
        (policy, off): [float(text.replace("−", "-")) for text in shown.split(" | ")]
        for policy, off, shown in ABLATION.findall(FILE.read_text(encoding="utf-8"))
    }
    assert len(found) == 10
    woken, replaced, hours = found["matching", AS_IT_IS]
    assert woken > 0.0 > woken + replaced
    assert hours < 0.0
    all_off = found["matching", "`chi` 0, `mu` 0, `omega` 0"]
    assert abs(all_off[1]) < 0.02
    assert all_off[0] > 2.0 * woken
    for one in ("`chi` 0", "`mu` 0"):
        assert replaced < found["matching", one][1] < 0.0
    assert found["matching", "`J` 0"][0] < 0.5 * woken
    relief, without = found["relief", AS_IT_IS], found["relief", "`mu` 0, `omega` 0"]
    assert relief[0] + relief[1] < 0.0
    assert abs(without[1]) < 0.02


@pytest.mark.long
@pytest.mark.parametrize("number", range(27))
def test_a_row_comes_from_runs(number: int) -> None:
    policy, world, shown = rows()[number]
    assert printed(effects(policy, MAPS[policy][3] | world)) == shown[-3:]
    assert (far(policy, world) <= 1.0) == (shown[0] == "yes")


def _world(policy: str, fixed: dict[str, float]) -> dict[str, float]:
    """A world of a map: with Donghu's active share near its target, and its own usual need."""
    low, high, need = -9.0, -5.5, 1.75

    def measured(theta: float) -> dict[str, float]:
        scenario = load("donghu").but(
            seed=1, parameters=MAPS[policy][3] | fixed | {"theta_mean": theta, "n_bar": need}
        )
        return City(scenario).run().measures()

    for _ in range(6):
        middle = (low + high) / 2.0
        found = measured(middle)
        need = max(0.1, round(found["need_in_sight"], 2))
        low, high = (low, middle) if found["active_in_year"] > 0.305 else (middle, high)
    theta = round((low + high) / 2.0, 2)
    for _ in range(2):
        need = max(0.1, round(measured(theta)["need_in_sight"], 2))
    return fixed | {"theta_mean": theta, "n_bar": need}


def _print(policy: str) -> None:
    one, other, _, _ = MAPS[policy]
    for a, b in product(LEVELS[one], LEVELS[other]):
        world = _world(policy, {one: a, other: b})
        named = ", ".join(f"`{name}` {value:g}" for name, value in world.items()).replace("-", "−")
        met = "yes" if far(policy, world) <= 1.0 else "no"
        shown = " | ".join(printed(effects(policy, MAPS[policy][3] | world)))
        print(f"  | {policy} | {named} | {met} | {shown} |", flush=True)


def _print_ablations() -> None:
    relieved = [("relief", off) for off in ("", "`mu` 0, `omega` 0")]
    for policy, off in [("matching", off) for off in ABLATIONS] + relieved:
        shown = " | ".join(printed(effects(policy, switched_off(off))))
        print(f"  | {policy}, {off or AS_IT_IS} | {shown} |", flush=True)


if __name__ == "__main__":
    if not sys.argv[1:]:
        _print_ablations()
    for name in sys.argv[1:] or MAPS:
        _print(name)
