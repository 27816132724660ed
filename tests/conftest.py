"""What all tests share: how hypothesis searches (the same examples every time, without a clock), what it
means that the two engines agree, which signals reach the processes that tests start, and why tests were left
out."""

import os
import shutil
import signal
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

import linli
from linli.agents.traits import AGENTS
from linli.model.measures.record import COLUMNS

settings.register_profile(
    "linli",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("linli")

MISSING = "not run: "
"""How the reason begins where a test lacks something of the machine."""


def _hear_signals() -> None:
    """Processes that tests start hear the signals that a terminal or a batch system sends.

    Whoever is started with `nohup` or in the background of a script ignores some of them, and so would all
    that it starts. A handler, in contrast, ends with the start of a program; one that does nothing leaves
    this process as deaf as it was meant to be.
    """
    for one in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(one) is signal.SIG_IGN:
            signal.signal(one, lambda *_: None)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT, signal.SIGTERM])


_hear_signals()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Before processes share the tests, the rules are compiled, once and not in each of them."""
    config = session.config
    if hasattr(config, "workerinput") or not getattr(config.option, "numprocesses", None):
        return
    from linli.model.array.compiling import compile_all, is_compiled

    for systems in (False, True):
        if not is_compiled(systems):
            compile_all(systems)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that this machine lacks."""
    reasons = (
        report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", [])
    )
    for reason, times in Counter(reason for reason in reasons if reason.startswith(MISSING)).items():
        terminalreporter.write_line(f"{times} tests {reason}")


@pytest.fixture(scope="session")
def lacking():
    """Leave tests out, and say why in one line; where everything must be there (CI=true), they fail."""

    def leave_out(what: str) -> None:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(f"{MISSING}{what}", pytrace=False)
        pytest.skip(f"{MISSING}{what}")

    return leave_out


SMALL_STUDY = """
name = "small"
title = "Sinking and matching on the lane"
title_zh = "下沉与匹配"
scenario = "lane"
days = 20
burn_in = 20
seeds = 3
[factors]
mu = [0, 0.3, 0.7]
"sink.headcount" = [10, 34, 48]
[[arms]]
name = "sink and match"
policies = ["sink", "match"]
"""


def _same_states(objects, tables, number=None):
    """Every column of every agent, without tolerance. number: of a community of a city."""
    for kind in AGENTS:
        mine, other = objects.columns(kind), tables.columns(kind, number)
        assert mine.keys() == other.keys()
        for name, column in mine.items():
            assert np.array_equal(column, other[name]), f"day {objects.day}: {kind}.{name} differs"
    _same_systems(objects, tables.world, 0 if number is None else tables.index(number))


def _same_systems(objects, w, c):
    """What systems keep of a community, where they act."""
    assert objects.fund.balance == w.com["fund"][c]
    works = w.small_works[w.com["small_work"][c] : w.com["small_work"][c + 1]]
    assert np.array_equal(np.array([compound.works for compound in objects.compounds])[: len(works)], works)
    committees = w.committees[w.com["committee"][c] : w.com["committee"][c + 1]]
    for name in committees.dtype.names:
        mine = [getattr(compound.committee, name, 0) for compound in objects.compounds][: len(committees)]
        assert np.array_equal(mine, committees[name]), f"day {objects.day}: committee.{name} differs"


def _same_records(objects, tables):
    """Records of every day, times to resolution, shares of hours and measures, without tolerance."""
    ours, theirs = np.array(objects.records), tables.rows
    assert ours.shape == theirs.shape
    for day, column in np.argwhere(ours != theirs)[:1]:
        raise AssertionError(f"day {day}, {COLUMNS[column]}: {ours[day, column]} and {theirs[day, column]}")
    assert np.array_equal(np.array(objects.durations), tables.durations)
    assert str(objects.shares) == str(tables.shares)
    assert str(objects.measures()) == str(tables.measures())


@pytest.fixture(scope="session")
def same_states():
    return _same_states


@pytest.fixture(scope="session")
def same_records():
    return _same_records


@pytest.fixture(scope="session")
def small_study():
    """A study of two factors on the lane, as TOML, with titles in both languages."""
    return SMALL_STUDY


HAMLET = """
name = "hamlet"
title = "Hamlet: a made-up place of 60"
days = 12
burn_in = 6
seed = 1
[place]
residents = 60
households = 30
planned_compounds = 1
mixed_compounds = 1
grids = 1
workers = 1
managed_members = 4
serving_members = 1
sunk_members = 2
volunteers = 8
firms = 1
managed_compounds = 1
"""


@pytest.fixture(scope="session")
def hamlet():
    """A made-up place as TOML, small enough for processes that run without the compiler."""
    return HAMLET


ROOT = Path(linli.__file__).resolve().parent


@pytest.fixture(scope="session")
def copy_sources():
    """Copies the package, or some of its folders, into a folder that can then stand on PYTHONPATH.

    Returns where the package stands in it, to be changed as a test likes.
    """

    def copy(into: Path, folders: Sequence[str] = ("agents", "model")) -> Path:
        package = into / "linli"
        package.mkdir(parents=True)
        for name in ("__init__.py", "__main__.py"):
            shutil.copy(ROOT / name, package)
        for name in folders:
            shutil.copytree(ROOT / name, package / name, ignore=shutil.ignore_patterns("__pycache__"))
        return package

    return copy
