"""A world lived through: what is usual in it, and what the evidence is held against."""

from collections.abc import Mapping, Sequence
from typing import Any

from linli.agents.compiled import SOURCE_HASH
from linli.experiments.runner.family import OtherCode
from linli.model.engines import engine_of
from linli.model.scenario import Scenario

NEED = "need_in_sight"
AGREES = 0.1
"""How far `n_bar`, the usual need in sight, may lie from the need that the world itself brings about: about
as far as seeds of one world lie apart."""
ROUNDS = 5
"""Lives at most until they agree."""

World = Mapping[str, float]
"""Parameters of a world, `n_bar` as first guessed, and its `seed`."""


def lived(scenario: Scenario, engine: str) -> dict[str, float]:
    """The measures of a scenario's days after its burn-in."""
    return dict(engine_of(engine)(scenario).run().measures())


def live_all(scenario: Scenario, engine: str, worlds: Sequence[World], code: str) -> list[dict[str, Any]]:
    """Every world's own n_bar and measures. code: the hash of the rules it must be lived by."""
    if code != SOURCE_HASH:
        raise OtherCode(
            "a worker has other rules than the calibration was started with: install the same linli"
        )
    return [_live(scenario, engine, world) for world in worlds]


def _live(scenario: Scenario, engine: str, world: World) -> dict[str, Any]:
    """A world is lived again with the need it brought about, until what is usual is what it brings about."""
    values = dict(world)
    seed, n_bar = int(values.pop("seed")), values.pop("n_bar")
    for lives in range(1, ROUNDS + 1):
        n_bar = float(f"{max(n_bar, 0.1):.4g}")
        measures = lived(scenario.but(seed=seed, parameters={**values, "n_bar": n_bar}), engine)
        if agrees(measures[NEED], n_bar) or lives == ROUNDS:
            break
        n_bar = measures[NEED]
    return {"n_bar": n_bar, "lives": lives, **measures}


def agrees(need: float, n_bar: float) -> bool:
    """Whether the usual need is the need there is."""
    return abs(need - n_bar) <= AGREES * n_bar
