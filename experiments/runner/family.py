"""Runs that share a burn-in, as a worker process makes them: plain data in, plain data out."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from linli.agents.compiled import SOURCE_HASH
from linli.experiments.attribution.measured import BASELINE, side_by_side
from linli.experiments.runner.kept import compounds_of, daily_of, years_of
from linli.experiments.study import Keep
from linli.experiments.study.factors import Value
from linli.model.attribution.result import Attribution
from linli.model.engines import Engine, engine_of
from linli.model.errors import InputError
from linli.model.policies import Policy, from_table
from linli.model.scenario import from_toml
from linli.model.stopping import checked_stop, run_until

LONGEST_ERROR = 500


@dataclass(frozen=True)
class Family:
    """What to run. scenario: TOML; runs: each its hash and policies as tables; attribution: whether
    they are lived beside their baseline; stop: the name of what ends them early; code: that they must be run
    with."""

    scenario: str
    parameters: dict[str, Value]
    seed: int
    engine: str
    runs: tuple[tuple[str, tuple[dict[str, Any], ...]], ...]
    keep: Keep = field(default_factory=Keep)
    attribution: bool = False
    stop: str = ""
    code: str = SOURCE_HASH


@dataclass(frozen=True)
class Made:
    """What came of a run. error: empty if it was done; seconds: with its share of the burn-in."""

    run: str
    error: str
    seconds: float
    measures: dict[str, float] = field(default_factory=dict)
    extras: dict[str, dict[str, Any]] = field(default_factory=dict)


class OtherCode(Exception):
    """A worker that would run other rules than the study was started with."""

    is_explained = True


def make_all(families: tuple[Family, ...]) -> list[Made]:
    """Make the runs of several families, one after the other."""
    return [made for family in families for made in make(family)]


def make(family: Family) -> Iterator[Made]:
    """Run the burn-in once and every arm from there. A run that fails says why; the others go on."""
    if family.code != SOURCE_HASH:
        raise OtherCode(
            f"a worker has other code (rules {SOURCE_HASH[:8]}) than this process ({family.code[:8]}): "
            "install the same linli on both"
        )
    begin = time.perf_counter()
    try:
        start = _burnt_in(family)
    except Exception as error:
        share = (time.perf_counter() - begin) / len(family.runs)
        yield from (Made(run, _explained(error), share) for run, _ in family.runs)
        return
    share = (time.perf_counter() - begin) / len(family.runs)
    for run, policies in family.runs:
        yield _branch(start, run, policies, family, share)


def _burnt_in(family: Family) -> Engine:
    scenario = from_toml(family.scenario).but(seed=family.seed, parameters=family.parameters)
    start = engine_of(family.engine)(scenario)
    start.run_to(scenario.burn_in)
    return start


def _branch(
    start: Engine, run: str, policies: tuple[dict[str, Any], ...], family: Family, share: float
) -> Made:
    begin, keep = time.perf_counter(), family.keep
    try:
        arm, attributed, result = _lived(start, [from_table(table) for table in policies], family)
        measures, extras = {**attributed, **arm.measures()}, {}
        if keep.years and result is not None:
            extras["years"] = years_of(result, arm.totals.adults)
        if keep.daily:
            extras["daily"] = daily_of(arm, keep.daily)
        if keep.compounds:
            extras["compounds"] = compounds_of(arm)
    except Exception as error:
        return Made(run, _explained(error), share + time.perf_counter() - begin)
    return Made(run, "", share + time.perf_counter() - begin, measures, extras)


def _lived(
    start: Engine, policies: list[Policy], family: Family
) -> tuple[Engine, dict[str, float], Attribution | None]:
    """The run with policies to its end, and what attribution says of it, if anything."""
    if not family.attribution or not policies:
        met = checked_stop(family.stop) if family.stop else None
        return run_until(start.branch(policies), met), BASELINE if family.attribution else {}, None
    arms = side_by_side(start.branch(()), policies)
    return arms.treated, arms.attributed, arms.result


def _explained(error: Exception) -> str:
    """An error as one line."""
    text = str(error) if isinstance(error, InputError) else f"{type(error).__name__}: {error}"
    return " ".join(text.split())[:LONGEST_ERROR]
