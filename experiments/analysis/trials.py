"""Runs of an optimisation, kept in a store as they come back: the same command takes them up again.

A search is a study at one point whose arms are the mixes it tries, each named by its policies as one types
them; `linli results` and whatever reads studies reads it too.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import nan
from pathlib import Path

from linli.experiments.output.progress import Progress
from linli.experiments.runner.family import Family, Made, make_all
from linli.experiments.runner.launch import usable
from linli.experiments.runner.pool import Pool, RunFailed
from linli.experiments.runner.sweep import CannotWrite
from linli.experiments.runner.writer import Writer
from linli.experiments.statistics.results import Results
from linli.experiments.store import Store
from linli.experiments.store.manifest import digest, manifest_of_search, run_id
from linli.experiments.study import BASELINE, Study
from linli.experiments.study.factors import Value
from linli.experiments.study.worlds import world_of
from linli.model.policies import policies_from, to_table
from linli.model.scenario import Scenario, to_toml

Key = tuple[str, int]


class Trials:
    """Measures by mix and seed; the baseline is the empty mix. scenario: with its first seed; folder: where
    they are kept; engine: that makes them; worlds: parameters of each that runs are lived in, told by their
    seed (`experiments.study.worlds`), none for the scenario's own alone.

    Raises InputError if the folder holds other things, or runs of another scenario, engine or code.
    """

    def __init__(
        self,
        scenario: Scenario,
        folder: Path,
        progress: Progress,
        engine: str = "array",
        worlds: Sequence[Mapping[str, float]] = (),
    ) -> None:
        study = Study(
            name=f"optimise-{scenario.name}",
            title=f"Mixes of policies in {scenario.name}",
            title_zh=f"{scenario.name}的政策组合",
            text="",
            scenario=scenario.but(seed=0),
            engine=engine,
            attribution=False,
            worlds=tuple(worlds),
        )
        self.engine, self._worlds, self._first = engine, tuple(worlds), scenario.seed
        self.store = Store.make(folder, manifest_of_search(study))
        self.known: dict[Key, dict[str, float]] = {}
        self.failed: dict[Key, str] = {}
        self._scenario = to_toml(study.scenario)
        self._writer = Writer(self.store)
        usable(self.store, progress)
        self._read()

    def _read(self) -> None:
        """What the folder holds."""
        for row in self.store.read().to_dict("records"):
            key = ("" if row["arm"] == BASELINE else str(row["arm"]), int(row["seed"]))
            if row["status"] == "failed":
                self.failed[key] = str(row["error"])
            else:
                self.known[key] = {name: float(row[name]) for name in self.store.measures}

    def make(self, mixes: Sequence[str], seeds: Iterable[int], pool: Pool) -> int:
        """Make the runs that are not known yet, and those of the baseline; how many. Whatever ends it early,
        what has come back is written first."""
        wanted = ["", *(mix for mix in dict.fromkeys(mixes) if mix)]
        parts = []
        for seed in seeds:
            missing = [m for m in wanted if (m, seed) not in self.known and (m, seed) not in self.failed]
            parts += [(seed, part) for part in _parts(missing, pool.jobs)]
        try:
            waiting = [(*part, pool.submit(make_all, (self._family(*part),))) for part in parts]
            for seed, part, future in waiting:
                try:
                    self._keep(seed, part, future.result())
                except pool.lost:
                    raise RunFailed("a worker process ended before its run did (out of memory?)") from None
        finally:
            self._flush()
        return sum(len(part) for _, part in parts)

    def _family(self, seed: int, mixes: Sequence[str]) -> Family:
        tables = [tuple(to_table(policy) for policy in policies_from(mix)) for mix in mixes]
        scenario = digest(self._scenario)
        parameters: dict[str, Value] = {}
        if self._worlds:
            parameters |= self._worlds[world_of(self._first, seed)]
        runs = tuple((run_id(scenario, parameters, seed, policies), policies) for policies in tables)
        return Family(self._scenario, parameters, seed, self.engine, runs)

    def _keep(self, seed: int, mixes: Sequence[str], done: Sequence[Made]) -> None:
        """What came of a family, in the order of its mixes."""
        for mix, made in zip(mixes, done, strict=True):
            world = (world_of(self._first, seed),) if self._worlds else ()
            self._writer.take(made, seed, [(0, mix or BASELINE, world)])
            if made.error:
                self.failed[mix, seed] = made.error
            else:
                values = {name: made.measures.get(name, nan) for name in self.store.measures}
                self.known[mix, seed] = values
        if self._writer.is_due:
            self._flush()

    def _flush(self) -> None:
        try:
            self._writer.flush()
        except OSError as error:
            why = error.strerror or error
            raise CannotWrite(
                f"{self.store.folder}: {why}; the same command goes on from the runs that are kept there"
            ) from None

    def pairs(self, mix: str, seeds: Iterable[int], measure: str) -> tuple[list[float], list[float]]:
        """A measure without and with a mix, by seed. Only of mixes that did not fail."""
        listed = list(seeds)
        return (
            [self.known["", seed][measure] for seed in listed],
            [self.known[mix, seed][measure] for seed in listed],
        )

    def results(self, mixes: Iterable[str], seeds: Iterable[int]) -> Results:
        """The runs of some mixes and of the baseline, as results of a study: mixes are its arms."""
        rows, listed = self.store.read(), [mix for mix in mixes if mix]
        wanted = rows["arm"].isin([BASELINE, *listed]) & rows["seed"].isin(list(seeds))
        arms = {mix: [to_table(policy) for policy in policies_from(mix)] for mix in listed}
        return Results.of(rows[wanted], arms, None, self._worlds)

    def error_of(self, mix: str, seeds: Iterable[int]) -> str:
        """Why a mix failed, empty if it did not."""
        return next((self.failed[mix, seed] for seed in seeds if (mix, seed) in self.failed), "")


def _parts(mixes: Sequence[str], parts: int) -> list[list[str]]:
    """Mixes in about equal parts, none of them empty."""
    size = -(-len(mixes) // max(1, parts)) or 1
    return [list(mixes[i : i + size]) for i in range(0, len(mixes), size)]
