"""Sweeps: the same table however it came about, failures as rows, and the command as a user meets it."""

import contextlib
import math
import multiprocessing
import os
import signal
import tracemalloc
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from linli.experiments.output.progress import Progress
from linli.experiments.runner.family import Made, make_all
from linli.experiments.runner.launch import Sweeping, opened, systems_of_study
from linli.experiments.runner.ledger import Ledger
from linli.experiments.runner.plan import Plan
from linli.experiments.runner.pool import Here, Workers
from linli.experiments.runner.schedule import Shard, rounds
from linli.experiments.runner.sweep import LOST, Sweep
from linli.experiments.statistics.paired import paired
from linli.experiments.store import Store
from linli.experiments.study import from_toml, load
from linli.model.attribution.measures import ATTRIBUTED
from linli.model.city import City
from linli.model.errors import InputError
from linli.model.measures import MEASURES
from linli.model.policies.council import Council

LIST = """
name = "listed"
scenario = "hamlet.toml"
seeds = {seeds}
keep = {{ daily = ["trust", "backlog"], compounds = true }}
points = [{{ mu = 0.2, "sink.per1000" = 100 }}, {{ mu = 0.2, "sink.per1000" = 900 }}]
arms = [{{ name = "sunk", policies = ["sink"] }}, {{ name = "council", policies = ["council"] }}]
"""
UNTIL = '{{ until = {{ measure = "trust", half_width = {width}, at_least = 3, at_most = 9 }} }}'


def sweep(file: Path, out: Path, **more: object) -> Store:
    """Run a study in this process, quietly."""
    options = {"jobs": "1", **more}
    Sweeping(str(file), out, **options).run(Progress("", "runs"))  # type: ignore[arg-type]
    return Store(out)


def table(out: Path) -> bytes:
    """The final table, to the byte."""
    return Store(out).read().to_csv().encode()


@pytest.fixture
def listed(write) -> Path:
    return write(LIST.format(seeds=2))


# what stands in the table --------------------------------------------------------------------------------


def test_rows_are_what_single_runs_give(write, tmp_path):
    store = sweep(write(), tmp_path / "out")
    rows = store.read()
    assert len(rows) == 4 * 3 * 2
    for row in rows.iloc[[0, 5, 11, 17, 23]].to_dict("records"):
        policies = {
            "baseline": "",
            "sunk": f"sink:per1000={row['sink_per1000']}",
            "matched": f"sink:per1000={row['sink_per1000']};match:method=random",
        }[row["arm"]]
        own = City(str(tmp_path / "hamlet.toml"), policies=policies, rng=row["seed"], mu=row["mu"]).run()
        for name, value in own.measures().items():
            assert row[name] == value or (np.isnan(row[name]) and np.isnan(value)), name


def test_both_engines_leave_the_same_table(write, tmp_path):
    sweep(write(), tmp_path / "array")
    text = write().read_text(encoding="utf-8").replace("seeds = 2", 'seeds = 2\nengine = "mesa"')
    sweep(write(text), tmp_path / "mesa")
    assert table(tmp_path / "array") == table(tmp_path / "mesa")
    sweep(write(), tmp_path / "asked", engine="mesa")
    assert Store(tmp_path / "asked").manifest["engine"] == "mesa"
    assert table(tmp_path / "asked") == table(tmp_path / "mesa")
    with pytest.raises(InputError, match="unknown engine 'messa'"):
        sweep(write(), tmp_path / "none", engine="messa")


def test_what_attribution_says_stands_in_every_row_unless_the_study_does_without(write, tmp_path):
    """It adds up to what changed about all acts, and everything else is as it is without it."""
    store = sweep(write(), tmp_path / "with")
    rows = store.read().set_index(["point", "arm", "seed"])
    acts = (rows["acts_asked"] + rows["acts_spontaneous"]).unstack("arm")
    for arm in ("sunk", "matched"):
        changes = rows[list(ATTRIBUTED)].sum(axis=1).unstack("arm")[arm]
        assert np.allclose(changes, acts[arm] - acts["baseline"], atol=1e-9)
    assert (rows.xs("baseline", level="arm")[list(ATTRIBUTED)] == 0.0).all(axis=None)
    assert (rows.xs("matched", level="arm")[list(ATTRIBUTED)] != 0.0).any(axis=None)
    text = write().read_text(encoding="utf-8").replace("seeds = 2", "seeds = 2\nattribution = false")
    plain = sweep(write(text), tmp_path / "without").read().set_index(["point", "arm", "seed"])
    assert not set(ATTRIBUTED) & set(plain)
    same = list(MEASURES)
    pd.testing.assert_frame_equal(plain[same], rows[same])
    with pytest.raises(InputError, match="attribution must be true or false"):
        sweep(write(text.replace("attribution = false", "attribution = 1")), tmp_path / "neither")


def test_the_baseline_of_points_that_share_it_is_run_once(write, tmp_path):
    rows = sweep(write(), tmp_path / "out").read()
    runs = rows.groupby("arm")["run"].nunique()
    assert runs.to_dict() == {"baseline": 4, "matched": 8, "sunk": 8}


def test_a_study_without_arms_or_factors_is_a_row_a_seed(write, tmp_path):
    rows = sweep(write('name = "s"\nscenario = "hamlet.toml"\nseeds = 3'), tmp_path / "out").read()
    assert rows[["point", "arm", "seed"]].values.tolist() == [[0, "baseline", seed] for seed in (1, 2, 3)]


def test_days_and_compounds_are_kept(listed, tmp_path):
    store = sweep(listed, tmp_path / "out")
    rows, daily, compounds = store.read(), store.extra("daily"), store.extra("compounds")
    done = rows[rows["status"] == "done"]
    assert set(daily["run"]) == set(compounds["run"]) == set(done["run"])
    assert list(daily.columns) == ["run", "day", "trust", "backlog"]
    assert len(daily) == done["run"].nunique() * 18
    row = done.iloc[0]
    own = City(str(tmp_path / "hamlet.toml"), rng=row["seed"], mu=0.2).run()
    days = daily[daily["run"] == row["run"]]
    assert days["day"].tolist() == list(range(-6, 12))
    assert days["trust"].tolist() == own.daily().query("measure == 'trust'")["value"].tolist()
    here = compounds[compounds["run"] == row["run"]]
    assert here["residents"].sum() == 60
    assert here["adults"].sum() == own.totals.adults
    engaged = np.average(here["engaged_share"], weights=here["adults"])
    assert engaged == pytest.approx(row["engaged_share"], rel=1e-12)
    trust = np.average(here["trust"], weights=here["adults"])
    assert trust == pytest.approx(row["trust"], abs=1e-6)  # the measure counts in quanta
    assert here["volunteers"].sum() == round(row["volunteers_registered"] * 60)


# the same table, however it came about -------------------------------------------------------------------


def test_shards_and_resumption_change_nothing(listed, tmp_path):
    sweep(listed, tmp_path / "one")
    with contextlib.closing(Interrupted(after=1)) as pool, pytest.raises(KeyboardInterrupt):
        by_hand(listed, tmp_path / "resumed", pool)
    assert 0 < len(Store(tmp_path / "resumed").read()) < 12
    sweep(listed, tmp_path / "resumed")
    for shard in ("3/3", "1/3", "2/3"):
        sweep(listed, tmp_path / "sharded", shard=shard)
    for name in ("resumed", "sharded"):
        assert table(tmp_path / name) == table(tmp_path / "one")
        for extra in ("daily", "compounds"):
            mine, theirs = (Store(tmp_path / n).extra(extra) for n in (name, "one"))
            pd.testing.assert_frame_equal(mine, theirs, check_exact=True)


def by_hand(file: Path, out: Path, pool: object, shard: str = "1/1") -> Sweep:
    """A sweep with a pool of the test's own."""
    asked = Sweeping(str(file), out, jobs="1", shard=shard)
    store = Store.make(out, asked.manifest)
    ledger = opened(asked.plan, store, Progress("", "runs"))
    swept = Sweep(asked.plan, store, pool, ledger, asked.part, lambda _: None)  # type: ignore[arg-type]
    swept.run()
    return swept


class Interrupted(Here):
    """Ctrl-C comes in the middle of the batch after so many."""

    def __init__(self, after: int) -> None:
        self.after = after

    def submit(self, function, *task):
        if self.after == 0:
            raise KeyboardInterrupt
        self.after -= 1
        return super().submit(function, *task)

    def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize(
    ("of", "seeds"), [(2, "3"), (5, UNTIL.format(width=1e-9)), (5, UNTIL.format(width=0.02))]
)
def test_shards_share_the_runs_out(write, tmp_path, monkeypatch, seeds, of):
    monkeypatch.setattr(
        "linli.experiments.runner.writer.SECONDS", math.inf
    )  # one chunk a shard, however slow the machine
    file = write(LIST.format(seeds=seeds).replace("mu = 0.2", "mu = 0.1", 1))
    for number in range(1, of + 1):
        sweep(file, tmp_path / "parts", shard=f"{number}/{of}")
    parts = Store(tmp_path / "parts")
    made = sum(chunk.path.stat().st_size > 0 for chunk in parts.survey()[0])
    assert made <= of
    assert not parts.dataset().to_table().to_pandas().duplicated(["point", "arm", "seed"]).any()
    sweep(file, tmp_path / "whole")
    assert table(tmp_path / "parts") == table(tmp_path / "whole")


def test_shards_and_twins_that_start_together_do_not_disturb_each_other(listed, tmp_path):
    with ThreadPoolExecutor(8) as pool:
        for name, shards in (("shards", ["1/4", "2/4", "3/4", "4/4"]), ("twins", ["1/1", "1/1"])):
            jobs = [pool.submit(sweep, listed, tmp_path / name, shard=shard) for shard in shards]
            assert [len(job.result().manifest) for job in jobs]
    sweep(listed, tmp_path / "one")
    for name in ("shards", "twins"):
        assert table(tmp_path / name) == table(tmp_path / "one")
        assert Store(tmp_path / name).survey()[1] == []


def test_a_finished_study_runs_nothing_again(listed, tmp_path, monkeypatch):
    sweep(listed, tmp_path / "out")
    before = sorted(f.name for f in (tmp_path / "out" / "runs").iterdir())
    monkeypatch.setattr("linli.experiments.runner.family._burnt_in", None)
    assert len(sweep(listed, tmp_path / "out").read()) == 12
    assert sorted(f.name for f in (tmp_path / "out" / "runs").iterdir()) == before


def test_damaged_chunks_are_named_and_their_runs_made_again(listed, tmp_path, capsys):
    sweep(listed, tmp_path / "out")
    before = table(tmp_path / "out")
    for folder in ("runs", "daily"):
        chunk = next((tmp_path / "out" / folder).iterdir())
        chunk.write_bytes(chunk.read_bytes()[:-9])
        assert len(Store(tmp_path / "out").read()) == 0
        sweep(listed, tmp_path / "out")
        assert f"{folder}/{chunk.name} is truncated" in capsys.readouterr().err
        assert table(tmp_path / "out") == before


def test_other_runs_are_kept_apart_on_request(write, tmp_path):
    sweep(write(seeds=1), tmp_path / "out")
    with pytest.raises(InputError, match="its seeds differ"):
        sweep(write(seeds=2), tmp_path / "out")
    beside = Sweeping(str(write(seeds=2)), tmp_path / "out", jobs="1", apart=True)
    assert beside.folder().name.startswith("out-")
    beside.run(Progress("", "runs"))
    assert (len(Store(tmp_path / "out").read()), len(Store(beside.folder()).read())) == (12, 24)
    same = Sweeping(str(write(seeds=1)), tmp_path / "out", jobs="1", apart=True)
    assert same.folder() == tmp_path / "out"


# failures ------------------------------------------------------------------------------------------------


def test_a_run_that_fails_is_a_row_and_the_rest_goes_on(listed, tmp_path, monkeypatch):
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("nobody\ncame")

    monkeypatch.setattr(Council, "cost", breaks)
    store = sweep(listed, tmp_path / "out")
    rows = store.read().set_index(["point", "arm"]).sort_index()
    failed = rows[rows["status"] == "failed"]
    assert set(failed.index) == {(0, "council"), (1, "council"), (1, "sunk")}
    assert "are more than the 24 posts" in failed.loc[(1, "sunk"), "error"].iloc[0]
    assert set(failed.loc[(0, "council"), "error"]) == {"ZeroDivisionError: nobody came"}
    assert failed[store.measures].isna().all(axis=None)
    assert set(failed["sink_per1000"]) == {100.0, 900.0}
    assert rows.loc[(0, "sunk"), "engaged_share"].notna().all()

    monkeypatch.undo()
    sweep(listed, tmp_path / "out")
    assert len(Store(tmp_path / "out").read().query("status == 'failed'")) == 6
    after = sweep(listed, tmp_path / "out", retry=True).read()
    assert set(after.query("status == 'failed'")["arm"]) == {"sunk"}
    sweep(listed, tmp_path / "fresh")
    assert table(tmp_path / "out") == table(tmp_path / "fresh")


def test_where_the_burn_in_fails_every_run_of_the_family_says_so(write, tmp_path):
    file = write('name = "s"\nscenario = "hamlet.toml"\nfactors = { posts = [12, 0] }')
    rows = sweep(file, tmp_path / "out").read()
    assert rows["status"].tolist() == ["done", "failed"]
    assert "more members than the 0 posts" in rows["error"][1]


def test_processes_change_nothing_and_killed_ones_cost_only_time(listed, tmp_path):
    sweep(listed, tmp_path / "quiet")
    killed = []

    def kill_one(*_: object) -> None:
        children = multiprocessing.active_children()
        if children and not killed:
            killed.append(children[0].pid)
            os.kill(children[0].pid, signal.SIGKILL)

    asked = Sweeping(str(listed), tmp_path / "killed")
    store = Store.make(tmp_path / "killed", asked.manifest)
    with Workers(2) as pool:
        Sweep(asked.plan, store, pool, Ledger(asked.plan), Shard(), kill_one).run()
    assert len(killed) == 1
    assert table(tmp_path / "killed") == table(tmp_path / "quiet")


class Deadly(Here):
    """Whatever process takes up one of these policies dies."""

    lost = (BrokenProcessPool,)

    def __init__(self) -> None:
        self.restarts = 0

    def submit(self, function, *task):
        policies = [p["name"] for family in task[0] for _, tables in family.runs for p in tables]
        if "council" in policies:
            dead: Future = Future()
            dead.set_exception(BrokenProcessPool("gone"))
            return dead
        return super().submit(function, *task)

    def restart(self) -> None:
        self.restarts += 1


def test_a_run_that_kills_its_worker_is_found_and_fails_alone(listed, tmp_path):
    pool = Deadly()
    by_hand(listed, tmp_path / "out", pool)
    rows = Store(tmp_path / "out").read()
    assert pool.restarts > 0
    assert set(rows[rows["arm"] == "council"]["error"]) == {LOST}
    assert set(rows[rows["arm"] == "baseline"]["status"]) == {"done"}


def test_other_code_in_a_worker_ends_the_study(listed, tmp_path, monkeypatch):
    monkeypatch.setattr("linli.experiments.runner.family.SOURCE_HASH", "another")
    with pytest.raises(Exception, match="a worker has other code"):
        sweep(listed, tmp_path / "out")
    assert len(Store(tmp_path / "out").read()) == 0


# seeds until an interval is narrow enough ----------------------------------------------------------------


LANES = """
name = "lanes"
scenario = "lane"
days = 30
burn_in = 10
seeds = {seeds}
factors = {{ mu = [0.2, 0.9] }}
arms = [{{ name = "council", policies = ["council"] }}, {{ name = "nothing" }}]
"""


def half_widths(rows: pd.DataFrame) -> dict[int, list[float]]:
    """How wide the interval of the council's effect is at each point, after each look."""
    wide = rows.pivot(index="seed", columns=["point", "arm"], values="resident_hours")
    effects = {
        point: [paired(wide[point, "baseline"][:n], wide[point, "council"][:n]) for n in (3, 4, 6, 9)]
        for point in (0, 1)
    }
    return {point: [effect.difference - effect.low for effect in of] for point, of in effects.items()}


def test_points_get_seeds_until_their_intervals_are_narrow(write, tmp_path):
    halves = half_widths(sweep(write(LANES.format(seeds=9)), tmp_path / "all").read())
    for width in sorted({h for of in halves.values() for h in of}):
        until = UNTIL.format(width=width).replace("trust", "resident_hours")
        rows = sweep(write(LANES.format(seeds=until)), tmp_path / str(width)).read()
        for point, of_point in rows.groupby("point"):
            first = next((n for n, h in zip((3, 4, 6, 9), halves[point], strict=True) if h <= width), 9)
            per_arm = of_point.groupby("arm")["seed"].agg(list)
            assert per_arm.tolist() == [list(range(1, first + 1))] * 3


# how work is handed out ----------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2, 16, 100])
def test_every_run_is_handed_out_once(write, jobs):
    plan = Plan(load(write(seeds=3)))
    one = next(rounds(plan, Ledger(plan), Shard(), jobs))
    families, missing, runs = one.count()
    assert (families, missing, runs) == (6, 30, 30)
    pieces = list(one.pieces(families))
    handed = [(p.group.number, p.seed, place) for p in pieces for v in p.variants for place in v.places]
    assert len(handed) == len(set(handed)) == 4 * 3 * 3
    assert len(pieces) == (6 if jobs == 1 else 12 if jobs == 2 else 30)


class Fake(Here):
    """Runs that take no time, to see what the harness itself takes."""

    def __init__(self, measures: dict[str, float]) -> None:
        self.measures = measures
        self.batches: list[int] = []

    def submit(self, function, *task):
        assert function is make_all
        made = [Made(run, "", 0.01, self.measures) for family in task[0] for run, _ in family.runs]
        self.batches.append(len(made))
        done: Future = Future()
        done.set_result(made)
        return done


def test_short_runs_are_handed_out_in_batches_and_memory_stays_flat(write, tmp_path, monkeypatch):
    monkeypatch.setattr("linli.experiments.runner.writer.MOST_ROWS", 500)
    measures = City("lane").run_to(1).measures()
    peaks = {}
    for points in (200, 2_000):
        file = write(
            'name = "s"\nscenario = "hamlet.toml"\nfactors = { mu = { low = 0, high = 1 } }\n'
            f'design = {{ kind = "latin_hypercube", n = {points} }}'
        )
        pool = Fake(measures)
        tracemalloc.start()
        by_hand(file, tmp_path / str(points), pool)
        peaks[points] = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sum(pool.batches) == points
        assert max(pool.batches) == pytest.approx(
            min(200, points / 4), abs=10
        )  # two seconds of runs of .01 s
        assert len(pool.batches) < 60
    assert len(Store(tmp_path / "2000").read()) == 2_000
    assert peaks[2_000] - peaks[200] < 2_000 * 1_500  # the plan's points; a row of results would be more


@pytest.mark.parametrize(
    ("factors", "policies", "needed"),
    [
        ("mu = [0, 0.3]", '"council"', set()),
        ("mu = [0, 0.3]", '"council:decides=1", "fund"', {"order", "fund"}),
        ('"council.decides" = [0, 1]', '"council"', {"order"}),
        ('"relieve.share" = [0, 1]', '"relieve", "council"', set()),
    ],
)
def test_what_is_compiled_ahead_is_what_some_run_needs(factors, policies, needed):
    """An option that a factor sets may bring a system; one that is left alone does not."""
    text = f"""
name = "small"
scenario = "lane"
seeds = 2
[factors]
{factors}
[[arms]]
name = "all"
policies = [{policies}]
"""
    assert systems_of_study(from_toml(text)) == needed
