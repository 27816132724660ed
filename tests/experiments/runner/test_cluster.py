"""A study on a Dask cluster: a real scheduler and real worker processes, one of which is killed."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from linli.experiments.output.progress import Progress
from linli.experiments.runner.cluster import Cluster
from linli.experiments.runner.launch import Sweeping, opened
from linli.experiments.runner.sweep import Sweep
from linli.experiments.store import Store
from linli.model.errors import InputError

distributed = pytest.importorskip("distributed")

STUDY = """
name = "many"
scenario = "lane"
days = 30
burn_in = 10
seeds = 60
factors = { mu = [0, 0.5] }
arms = [{ name = "asked", policies = ["ask"] }]
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def scheduler(start) -> tuple[str, Any, Callable[[], Any]]:
    """The address of a scheduler, its process, and what starts another worker process for it."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    plain = {"stdout": -3, "stderr": -3}
    process = start(
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        port,
        "--no-dashboard",
        **plain,
    )

    def worker() -> Any:
        options = ("--nthreads", 1, "--no-dashboard", "--no-nanny", "--death-timeout", 600)
        return start("-m", "distributed.cli.dask_worker", address, *options, **plain)

    with socket.socket() as probe:
        deadline = time.monotonic() + 600
        while probe.connect_ex(("127.0.0.1", port)):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    return address, process, worker


def test_a_cluster_loses_a_worker_and_then_its_scheduler(write, scheduler, here, tmp_path, monkeypatch):
    monkeypatch.setattr("linli.experiments.runner.sweep.BATCH_SECONDS", 0.05)
    address, process, worker = scheduler
    file = write(STUDY)
    asked = Sweeping(str(file), tmp_path / "dask")
    store = Store.make(tmp_path / "dask", asked.manifest)
    seen: list[int] = []
    said: list[str] = []
    with Cluster(address, said.append) as pool:
        assert said == [f"{address} has no workers yet: waiting for the first (dask worker {address})"]
        workers = [worker(), worker()]
        pool._client.wait_for_workers(2, timeout=600)
        assert pool.jobs == 2

        def kill_one(count) -> None:
            seen.append(count.made)
            if count.made and workers[0].poll() is None:
                os.kill(workers[0].pid, signal.SIGKILL)

        ledger = opened(asked.plan, store, Progress("", "runs"))
        Sweep(asked.plan, store, pool, ledger, asked.part, kill_one).run()
    assert workers[0].wait(timeout=600) == -signal.SIGKILL
    assert 0 < next(made for made in seen if made) < 240
    Sweeping(str(file), tmp_path / "quiet", jobs="1").run(Progress("", "runs"))
    tables = [Store(tmp_path / name).read().to_csv() for name in ("dask", "quiet")]
    assert tables[0] == tables[1]
    assert len(tables[0].splitlines()) == 241

    # the command itself, on the worker that is left
    code, out, error = here("sweep", write(seeds=1), "--dask", address)
    assert (code, error) == (0, "")
    assert "10 runs made" in out
    monkeypatch.setattr(
        "linli.experiments.runner.writer.Writer.is_due", property(lambda _: process.kill() or False)
    )
    code, out, error = here("sweep", write(STUDY), "--dask", address)
    assert (code, out) == (1, "")
    rows = Store(tmp_path / "results" / "many").read()
    assert 0 < len(rows) < 240
    assert f"stopped: {len(rows)} of 240 runs are in results/many; the same command goes on" in error
    assert "gone" in error.splitlines()[-1]
    assert "Traceback" not in error


def test_no_scheduler_is_a_line(monkeypatch):
    monkeypatch.setattr("linli.experiments.runner.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(InputError, match="no scheduler answers there"):
        Cluster(f"tcp://127.0.0.1:{free_port()}", print)
    with pytest.raises(InputError, match="--dask nonsense"):
        Cluster("nonsense", print)


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match="install linli with its extra 'study'"):
        Cluster("tcp://127.0.0.1:1", print)
