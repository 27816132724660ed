"""What was asked for on the command line, and the scenarios that it makes."""

import os
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linli.agents.chance import MAX_SEED
from linli.model.engines import checked_engine
from linli.model.errors import InputError, count_of, unknown
from linli.model.place.communities import communities_of
from linli.model.place.levels import LEVELS
from linli.model.policies import Policy, from_text
from linli.model.scenario import Scenario, load, with_policies
from linli.model.stopping import Stop, checked_stop

if TYPE_CHECKING:
    from linli.model.graphs import Brought

A_START = {"array": 100_000_000, "mesa": 1_000_000}
"""Days of residents that an engine lives, about, while a process starts: two or three seconds."""

_COUNTS = {
    "days": (1, 36_500),
    "seed": (0, MAX_SEED),
    "burn_in": (0, 36_500),
    "runs": (1, 100_000),
    "jobs": (1, 1024),
    "threads": (1, 1024),
    "days_per_pass": (1, 365),
}


@dataclass(frozen=True)
class Request:
    """Arguments and options, numbers also as text; None where nothing was said.

    name: of a scenario, its file, or a snapshot; runs: pairs of runs of a comparison, None for a single run;
    save: where the last day goes as a snapshot; stop: the name of a condition that ends a single run; by: the
    level by which a city's end is written down.
    Raises InputError for what no scenario could mend; `baseline` and `treated` check the rest.
    """

    name: str
    _: KW_ONLY
    days: int | str | None = None
    seed: int | str | None = None
    burn_in: int | str | None = None
    policies: Sequence[str] | None = None
    values: Sequence[str] | None = None
    network: Path | None = None
    residents: Path | None = None
    engine: str = "array"
    out: Path | None = None
    runs: int | str | None = None
    jobs: int | str | None = None
    threads: int | str | None = None
    days_per_pass: int | str | None = None
    save: Path | None = None
    stop: str | None = None
    by: str | None = None

    def __post_init__(self) -> None:
        for name, (low, high) in _COUNTS.items():
            given = getattr(self, name)
            if given is not None:
                option = "--" + name.replace("_", "-")
                object.__setattr__(self, name, count_of(option, given, low, high))
        checked_engine(self.engine)
        if self.residents is not None and self.network is None:
            raise InputError("--residents describes the residents of a --network: give that file too")
        if self.engine == "mesa" and (self.snapshot or self.save or self.threads or self.days_per_pass):
            raise InputError("snapshots, --threads and --days-per-pass belong to --engine array")
        self.until  # noqa: B018  # refused now if there is none of that name
        if self.snapshot:
            self._check_snapshot()
        if self.save:
            _check_save(self.save)
        if self.by is not None:
            self._check_level(self.by)
        if self.runs is not None and not self.policies:
            raise InputError(
                "compare needs a --policy to hold against the baseline (see: linli list policies)"
            )

    @property
    def until(self) -> Stop | None:
        """The condition that ends a run early, if one is asked for."""
        return None if self.stop is None else checked_stop(self.stop)

    @cached_property
    def brought(self) -> "Brought | None":
        """The network that is brought, read once."""
        if self.network is None:
            return None
        from linli.model import graphs  # pandas and networkx come with it

        return graphs.looked_at(self.network, self.residents)

    @property
    def snapshot(self) -> Path | None:
        """The snapshot to go on from, if the name is one."""
        return Path(self.name) if self.name.endswith(".npz") else None

    def _check_snapshot(self) -> None:
        """What a run that goes on cannot have: another beginning."""
        for name in ("seed", "burn_in", "values", "network", "residents"):
            if getattr(self, name):
                option = "--set" if name == "values" else "--" + name.replace("_", "-")
                raise InputError(
                    f"{option} belongs to the beginning of a run; {self.name} is a later day of one"
                )
        if self.runs is not None and self.pairs > 1:
            raise InputError(f"{self.name} holds one run: compare from it with --runs 1")

    def _check_level(self, level: str) -> None:
        if level not in LEVELS:
            raise unknown("level", level, LEVELS)
        if self.out is None:
            raise InputError(f"--by {level} writes {level}.parquet: say where with --out")
        if self.engine == "mesa":
            raise InputError("--by belongs to --engine array, which runs cities")

    def passes(self, communities: int) -> dict[str, int]:
        """How the array engine goes through a place of so many communities; empty for the object engine."""
        if self.engine != "array":
            return {}
        usual = (os.cpu_count() or 1) if communities > 1 else 1
        given = {} if self.days_per_pass is None else {"days_per_pass": int(self.days_per_pass)}
        return {"threads": int(self.threads or usual), **given}

    @property
    def pairs(self) -> int:
        """How many pairs of runs a comparison makes."""
        return int(self.runs or 1)

    @property
    def processes(self) -> int:
        """How many worker processes a comparison may use: no more than there are runs."""
        return min(int(self.jobs or os.cpu_count() or 1), self.pairs)

    def processes_for(self, settings: Scenario) -> int:
        """The same for a scenario, unless --jobs says otherwise: a city has all processors to itself, and no
        process is started that has less to do than to start."""
        if self.jobs is not None:
            return self.processes
        if len(communities_of(settings.place)) > 1:
            return 1
        lived = self.pairs * (settings.burn_in + 2 * settings.days) * settings.place.residents
        return max(1, min(self.processes, lived // A_START[self.engine]))

    @property
    def keeps_daily(self) -> bool:
        """Whether daily series are wanted: only a folder holds them."""
        return self.out is not None

    def added(self) -> list[Policy]:
        """The policies of --policy, in the order given."""
        return [from_text(text) for text in self.policies or ()]

    def baseline(self, say: Callable[[str], None] | None = None) -> Scenario:
        """The scenario as asked for, without the policies of --policy. say: told what was read of a
        network."""
        if self.snapshot:
            return self._going_on(self.snapshot)
        named = load(self.name)
        settings = named.but(
            days=named.days if self.days is None else self.days,
            seed=named.seed if self.seed is None else self.seed,
            burn_in=named.burn_in if self.burn_in is None else self.burn_in,
            parameters=assigned(self.values or ()),
        )
        if settings.seed > MAX_SEED - self.pairs + 1:
            raise InputError(f"seed {settings.seed} is too large: {self.pairs} runs count up from it")
        if self.brought is None:
            return settings
        if say:
            say(f"network {self.network}: {self.brought}")
        return self.brought.scenario(settings)

    def _going_on(self, snapshot: Path) -> Scenario:
        """The scenario of a snapshot, for another number of days if asked for."""
        from linli.model.snapshots import scenario_of

        settings = scenario_of(snapshot)
        return settings if self.days is None else settings.but(days=self.days)

    def treated(self, baseline: Scenario) -> Scenario:
        """A baseline with the policies of --policy added to its own."""
        return with_policies(baseline, self.added())

    def as_data(self) -> dict[str, Any]:
        """What was asked for, by the names of the options: for run.json."""
        given: dict[str, Any] = {"scenario": self.name, "policy": self.policies, "set": self.values}
        for name in (
            "days",
            "seed",
            "burn_in",
            "network",
            "residents",
            "engine",
            "out",
            "runs",
            "jobs",
            "threads",
            "days_per_pass",
            "save",
            "stop",
            "by",
        ):
            value = getattr(self, name)
            given[name] = str(value) if isinstance(value, Path) else value
        return given


def _check_save(save: Path) -> None:
    """Whether a snapshot can go there: asked before anything is simulated."""
    if save.suffix != ".npz":
        raise InputError(f"--save {save}: the name of a snapshot ends in .npz")
    folder = save.resolve().parent
    try:
        long = len(save.name.encode()) > os.pathconf(folder, "PC_NAME_MAX") if folder.is_dir() else False
    except UnicodeEncodeError:
        raise InputError(f"--save {str(save)!r}: that name is not text") from None
    except (OSError, ValueError, AttributeError):  # systems without such a figure
        long = False
    if long:
        raise InputError(f"--save {save.name[:40]}...: that name is too long")
    if save.is_dir() or not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise InputError(f"--save {save}: cannot write into {folder}")


def assigned(texts: Sequence[str]) -> dict[str, str]:
    """Parameters from name=value; names and ranges are checked where parameters are made."""
    values: dict[str, str] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (equals and name and value):
            raise InputError(f"--set {text}: write --set name=value, for example --set rho=0.3")
        if name in values:
            raise InputError(f"--set {text}: {name} is given twice")
        values[name] = value
    return values
