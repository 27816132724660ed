"""From a request to worlds that fit: checked, lived, and kept in a folder that a kill does not tear."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from linli.agents.compiled import SOURCE_HASH
from linli.experiments import output
from linli.experiments.analysis.sensitivity import factors_of
from linli.experiments.calibration.check import Checked, check
from linli.experiments.calibration.identified import Identified, identified
from linli.experiments.calibration.living import Living
from linli.experiments.calibration.prior import FREE, of_parameters
from linli.experiments.calibration.record import FORMAT, Record
from linli.experiments.calibration.search import Found, Search, calibrate
from linli.experiments.calibration.shipped import files
from linli.experiments.evidence import hash_of, targets
from linli.experiments.output.extras import library
from linli.experiments.output.progress import Progress
from linli.experiments.runner.launch import Where
from linli.experiments.store.manifest import NUMERICS, digest
from linli.experiments.worlds import FOLDER
from linli.model.engines import checked_engine
from linli.model.errors import InputError, count_of
from linli.model.scenario import Scenario, to_toml


@dataclass(eq=False)
class Calibrated:
    """What came of it. checked: whether known worlds are recovered, None if that was not asked."""

    search: Search
    found: Found
    checked: Checked | None = None

    @cached_property
    def identified(self) -> Identified | None:
        """What the evidence says, None if no world fits."""
        return None if self.found.worlds.empty else identified(self.search, self.found.worlds)


@dataclass
class Calibration:
    """Arguments and options of the command. Raises InputError for what cannot be."""

    scenario: Scenario
    free: list[str] | None = None
    worlds: str | int = 200
    points: str | int = 250
    waves: str | int = 4
    engine: str = "array"
    jobs: str | int | None = None
    dask: str | None = None
    out: Path | None = None

    def __post_init__(self) -> None:
        self.where = Where.read(self.jobs, self.dask)
        self.search = Search(
            scenario=self.scenario,
            prior=of_parameters(factors_of(self.free or FREE)),
            targets=targets(),
            worlds=count_of("--worlds", self.worlds, 1, 100_000),
            points=count_of("--points", self.points, 8, 100_000),
            waves=count_of("--waves", self.waves, 1, 100),
            engine=checked_engine(self.engine),
        )
        library("sklearn", "a calibration")
        self.record = Record(self.out, manifest_of(self.search))

    def run(self, progress: Progress, *, recover: bool = False) -> Calibrated:
        """Live what the folder does not hold yet. recover: known worlds too, as a check."""
        for fault in self.record.faults:
            progress.say(f"{fault}; its worlds are lived again")
        with self.where.pool(progress.say) as pool:
            living = Living(self.scenario, self.engine, self.record, pool, progress.reach)
            found, history = calibrate(self.search, living, progress)
            checked = check(self.search, history, living, progress) if recover else None
        return Calibrated(self.search, found, checked)


def manifest_of(search: Search) -> dict[str, Any]:
    """What identifies the worlds that a calibration lives: all that they follow from. How many are wanted in
    the end is left out: whoever wants more of them goes on from what is there."""
    versions = output.versions()
    about = {
        "format": FORMAT,
        "scenario": to_toml(search.scenario),
        "engine": search.engine,
        "free": [f.as_data() for f in search.prior.factors],
        "evidence": hash_of(search.targets),
        "points": search.points,
        "waves": search.waves,
        "code": SOURCE_HASH,
        "versions": {name: versions[name] for name in NUMERICS},
    }
    return {"identity": digest(about), **about}


def renew(made: Calibrated) -> None:
    """Put the worlds in the place of those that come with linli. Raises InputError if there are too few."""
    if len(made.found.worlds) < made.search.worlds:
        raise InputError(
            f"{len(made.found.worlds)} worlds fit, fewer than the {made.search.worlds} asked for: "
            "nothing is renewed"
        )
    output.file_away(FOLDER, files(made.search, made.found))
