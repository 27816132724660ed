"""Scripts as clients write them, with the tools of the field: each gets the numbers that linli gives."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import linli

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # as of a script: its own folder comes first

import world  # noqa: E402

POINTS = [(mu, c_m) for mu in (0.0, 0.5) for c_m in (0.8, 1.2)]


@pytest.fixture(scope="module")
def expected() -> dict[tuple[float, float], float]:
    """What the points give in a plain loop."""
    return {point: world.engaged(*point) for point in POINTS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small study."""
    study = {
        "name": "clients",
        "scenario": "lane",
        **world.SHORT,
        "seeds": 2,
        "factors": {"mu": [0.0, 0.5]},
        "arms": [{"name": "matched", "policies": ["match"]}],
    }
    return linli.sweep(study, tmp_path_factory.mktemp("clients") / "study").folder


def test_mesa_runs_a_batch():
    import mesa

    rows = mesa.batch_run(
        linli.Community,
        {"scenario": "lane", "mu": [0.0, 0.5]},
        rng=[1, 2],
        max_steps=3,
        number_processes=1,
        display_progress=False,
    )
    table = pd.DataFrame(rows)
    assert len(table) == 4
    for row in rows:
        by_hand = linli.Community("lane", mu=row["mu"], rng=row["rng"] if "rng" in row else row["seed"])
        by_hand.run_to(3)
        assert row["trust"] == by_hand.datacollector.get_model_vars_dataframe()["trust"].iloc[-1]


def test_the_ema_workbench_explores():
    from ema_workbench import Model, RealParameter, ScalarOutcome, perform_experiments

    model = Model("lane", function=world.answers)
    model.uncertainties = [RealParameter("mu", 0.0, 1.0), RealParameter("c_m", 0.5, 2.0)]
    model.outcomes = [ScalarOutcome(name) for name in world.NAMES]
    experiments, outcomes = perform_experiments(model, scenarios=5)
    assert len(experiments) == 5
    for n, point in enumerate(experiments[["mu", "c_m"]].itertuples(index=False)):
        by_hand = world.answers(float(point.mu), float(point.c_m))
        assert {name: outcomes[name][n] for name in world.NAMES} == by_hand


def test_salib_shares_out_the_variance():
    from SALib.analyze import morris as analysis
    from SALib.sample import morris as sampling

    problem = {"num_vars": 2, "names": ["mu", "c_m"], "bounds": [[0.0, 1.0], [0.5, 2.0]]}
    points = sampling.sample(problem, 3, num_levels=4, seed=1)
    values = np.array([world.engaged(mu, c_m) for mu, c_m in points])
    found = analysis.analyze(problem, points, values, num_levels=4, seed=1)
    assert len(points) == 9
    assert found["mu_star"].shape == (2,)
    assert np.isfinite(found["mu_star"]).all()


def test_optuna_searches_and_finds_the_least_that_it_tried():
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1))

    def cost(trial: optuna.Trial) -> float:
        share = trial.suggest_float("share", 0.0, 1.0)
        return linli.simulate("lane", policies=f"relieve:share={share}", **world.SHORT)["cost_yuan"]

    study.optimize(cost, n_trials=6)
    tried = [trial.params["share"] for trial in study.trials]
    assert study.best_params["share"] == min(tried)  # relief costs what it lifts


def test_joblib_in_other_processes_gives_the_same_numbers(expected, monkeypatch):
    from joblib import Parallel, delayed

    monkeypatch.setenv("PYTHONPATH", str(HERE))  # where a script stands, its processes find it by themselves
    found = Parallel(n_jobs=2)(delayed(world.engaged)(*point) for point in POINTS)
    assert found == list(expected.values())


def test_dask_gives_the_same_numbers(expected):
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        futures = client.map(world.engaged, *zip(*POINTS, strict=True), pure=False)
        assert client.gather(futures) == list(expected.values())


def test_polars_reads_the_runs_of_a_study(folder):
    import polars

    frame = linli.results(folder).to_frame()
    by_arm = (
        polars.read_parquet(folder / "runs" / "*.parquet").group_by("arm").agg(polars.col("trust").mean())
    )
    found = dict(by_arm.iter_rows())
    for arm, trust in frame.groupby("arm")["trust"].mean().items():
        assert found[arm] == pytest.approx(trust, rel=1e-12)


def test_pyabc_fits_a_parameter(tmp_path):
    import pyabc

    observed = {"engaged_share": world.engaged(0.3)}
    abc = pyabc.ABCSMC(
        lambda given: {"engaged_share": world.engaged(given["mu"])},
        pyabc.Distribution(mu=pyabc.RV("uniform", 0.0, 1.0)),
        pyabc.PNormDistance(p=1),
        population_size=6,
        sampler=pyabc.sampler.SingleCoreSampler(),
    )
    abc.new(f"sqlite:///{tmp_path / 'abc.db'}", observed)
    history = abc.run(max_nr_populations=2, minimum_epsilon=0.0)
    particles, weights = history.get_distribution()
    assert len(particles) == 6
    assert particles["mu"].between(0.0, 1.0).all()
    assert weights.sum() == pytest.approx(1.0)


NOTEBOOK = """
import linli
found = linli.simulate("lane", days=6, burn_in=2)
found
---
linli.Community("lane").residents[7]
---
linli.load_scenario("lane")
"""


def test_a_notebook_runs_and_shows_cards(tmp_path):
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(cell.strip()) for cell in NOTEBOOK.split("---")]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata["kernelspec"] = kernel
    NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(tmp_path)}}).execute()
    for cell in notebook.cells:
        (shown,) = [out for out in cell.outputs if out.output_type == "execute_result"]
        assert "<table>" in shown["data"]["text/html"]
    errors = [out for cell in notebook.cells for out in cell.outputs if out.output_type == "error"]
    assert errors == []


SCRIPT = """
import linli

if __name__ == "__main__":
    found = linli.compare("hamlet.toml", "match", runs=2, jobs=2)
    print(found["trust"].difference)
"""


def test_a_script_shares_runs_out_among_processes(tmp_path, hamlet):
    """Without the compiler, which each of them would wait for."""
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "hamlet.toml").write_text(hamlet, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ran.returncode == 0, ran.stderr
    here = linli.compare(tmp_path / "hamlet.toml", "match", runs=2)
    assert float(ran.stdout) == here["trust"].difference
