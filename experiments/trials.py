"""Runs of an optimisation, kept in a file as they come back: the same command takes them up again.

One line a run: the mix as text, the seed and its measures. The first line says what the runs were made with;
a line that was cut off when the program ended is made again.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from agents.compiled import SOURCE_HASH
from experiments.family import Family, Made, make_all
from experiments.manifest import digest
from experiments.output import strict
from experiments.workers import Pool, RunFailed
from model.errors import InputError
from model.files import write_whole
from model.policies import policies_from, to_table
from model.scenario import Scenario, to_toml

FILE = "trials.jsonl"
Key = tuple[str, int]


class Trials:
    """Measures by mix and seed. folder: where they are kept; engine: that makes them, with the same numbers.

    Raises InputError if the folder holds others.
    """

    def __init__(self, scenario: Scenario, folder: Path, engine: str = "array") -> None:
        self.scenario, self.engine = scenario.but(seed=0), engine
        self.file = folder / FILE
        self.identity = digest([SOURCE_HASH, to_toml(self.scenario)])
        self.known: dict[Key, dict[str, float]] = {}
        self.failed: dict[Key, str] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open()
        except OSError as error:
            raise InputError(f"cannot write {self.file}: {error.strerror or error}") from None

    def _open(self) -> None:
        lines = self.file.read_bytes().splitlines(keepends=True) if self.file.exists() else []
        whole = [line for line in lines if line.endswith(b"\n")]
        if len(whole) < len(lines):
            # cut off while it was written
            write_whole(self.file, b"".join(whole))
        if not whole:
            write_whole(self.file, json.dumps({"identity": self.identity}).encode() + b"\n")
            return
        try:
            first, *rest = [json.loads(line) for line in whole]
            identity = first["identity"]
            for row in rest:
                self._take(row)
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{self.file} is damaged: move it away and start again") from None
        if identity != self.identity:
            raise InputError(f"{self.file} holds runs of another scenario or other code: name another --out")

    def _take(self, row: Mapping[str, Any]) -> None:
        key = (str(row["mix"]), int(row["seed"]))
        if row["error"]:
            self.failed[key] = row["error"]
        else:
            values = row["measures"]
            self.known[key] = {n: float("nan") if v is None else v for n, v in values.items()}

    def make(self, mixes: Sequence[str], seeds: Iterable[int], pool: Pool) -> int:
        """Make the runs that are not known yet, and those of the baseline (an empty mix); how many."""
        wanted = ["", *(mix for mix in dict.fromkeys(mixes) if mix)]
        families = []
        for seed in seeds:
            missing = [m for m in wanted if (m, seed) not in self.known and (m, seed) not in self.failed]
            families += [self._family(seed, part) for part in _parts(missing, pool.jobs)]
        waiting = [(family, pool.submit(make_all, (family,))) for family in families]
        for family, future in waiting:
            try:
                done = future.result()
            except pool.lost:
                raise RunFailed("a worker process ended before its run did (out of memory?)") from None
            self._keep(family.seed, done)
        return sum(len(family.runs) for family in families)

    def _family(self, seed: int, mixes: Sequence[str]) -> Family:
        runs = tuple((mix, tuple(to_table(policy) for policy in policies_from(mix))) for mix in mixes)
        return Family(to_toml(self.scenario), {}, seed, self.engine, runs)

    def _keep(self, seed: int, done: Sequence[Made]) -> None:
        """Runs of a family, at the end of the file. They are known by their mix."""
        rows = [
            {"mix": made.run, "seed": seed, "error": made.error, "measures": strict(made.measures)}
            for made in done
        ]
        with self.file.open("ab") as file:
            file.write(b"".join(json.dumps(row).encode() + b"\n" for row in rows))
            file.flush()
            os.fsync(file.fileno())
        for row in rows:
            self._take(row)

    def pairs(self, mix: str, seeds: Iterable[int], measure: str) -> tuple[list[float], list[float]]:
        """A measure without and with a mix, by seed. Only of mixes that did not fail."""
        listed = list(seeds)
        return (
            [self.known["", seed][measure] for seed in listed],
            [self.known[mix, seed][measure] for seed in listed],
        )

    def error_of(self, mix: str, seeds: Iterable[int]) -> str:
        """Why a mix failed, empty if it did not."""
        return next((self.failed[mix, seed] for seed in seeds if (mix, seed) in self.failed), "")


def _parts(mixes: Sequence[str], parts: int) -> list[list[str]]:
    """Mixes in about equal parts, none of them empty."""
    size = -(-len(mixes) // max(1, parts)) or 1
    return [list(mixes[i : i + size]) for i in range(0, len(mixes), size)]
