"""Worlds of a small place, and made-up results whose answer is known."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from linli.experiments import worlds as ensembles
from linli.experiments.statistics.results import Results
from linli.model.attribution.measures import EVERY

WORLDS = 8
OPEN = {"J": (1.0, 5.0), "chi": (0.0, 2.0), "mu": (0.0, 1.0), "n_bar": (1.0, 3.0)}
"""What differs between the worlds of these tests."""


@pytest.fixture
def ensemble(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An ensemble of worlds of the place lane."""
    folder = tmp_path_factory.mktemp("ensembles")
    draws = np.random.default_rng(5).random((WORLDS, len(OPEN)))
    rows = [
        ",".join(f"{low + u * (high - low):.3f}" for u, (low, high) in zip(row, OPEN.values(), strict=True))
        for row in draws
    ]
    (folder / "lane.csv").write_text("\n".join([",".join(OPEN), *rows]) + "\n", encoding="utf-8")
    (folder / "lane.toml").write_text("seed = 5\n", encoding="utf-8")
    monkeypatch.setattr(ensembles, "FOLDER", folder)
    ensembles.worlds.cache_clear()
    yield folder
    ensembles.worlds.cache_clear()


Lived = Callable[..., Results]


@pytest.fixture
def lived() -> Lived:
    """Makes results over worlds: `lived({"engaged_share": changes})`, changes of the arm by world and seed,
    shape (worlds, seeds), for one arm; every other measure stays as it is."""

    def make(
        changes: dict[str, np.ndarray],
        parameters: Sequence[dict[str, float]] | None = None,
        arm: str = "treated",
        before: dict[str, np.ndarray] | None = None,
    ) -> Results:
        worlds, seeds = next(iter(changes.values())).shape
        rows = [
            {
                "run": f"{name} {w} {s}", "point": w, "arm": name, "seed": 1 + 1000 * w + s, "world": w,
                "status": "done", "error": "",
                **dict.fromkeys(EVERY, 0.0),
                **{n: (before or {}).get(n, np.full((worlds, seeds), 0.5))[w, s] for n in changes},
            }
            for name in ("baseline", arm)
            for w in range(worlds)
            for s in range(seeds)
        ]  # fmt: skip
        frame = pd.DataFrame(rows)
        for measure, by_run in changes.items():
            on = frame["arm"] == arm
            frame.loc[on, measure] += by_run.ravel()
        known = parameters or [{"J": float(w)} for w in range(worlds)]
        return Results.of(frame, {arm: ({"name": "match"},)}, None, known)

    return make
