"""The store: one folder that keeps the runs of a study, whatever happens to the program that fills it.

    DIR/manifest.json        what was asked for, and of which code: written once, never changed
    DIR/dictionary.csv       what each column of each table means, in which unit, in English and Chinese; the
                             Parquet files say the same in their columns' metadata
    DIR/runs/*.parquet       one row for each run; chunks are added and never changed
    DIR/daily/*.parquet      daily series, if the study keeps them
    DIR/compounds/*.parquet  the compounds at the end of each run, if the study keeps them
    DIR/years/*.parquet      what attribution says of each year of each run, if the study keeps it
    DIR/rejected/            chunks that were found damaged or foreign, moved out of the way

A chunk is written beside its place and renamed into it, so that it is there in full or not at all. Its name
is a hash of its bytes and it carries the identity of its study: a truncated, altered or foreign chunk is
found by itself, and its runs count as not done. A row of `runs`:

    run       text, a hash of code, scenario, parameters, policies and seed. Points that differ only in
              options of policies share their baseline: the same run then stands in several rows
    point     whole number from 0: the point of the design
    arm       "baseline", or the name of one of the study's arms; in a search, the policies as one types them
    seed      whole number; rows of one point and seed are under the same luck, whatever the arm
    status    "done" or "failed"
    error     why a run failed, empty if it did not; its measures are then missing
    factors   one column each: parameters by symbol (`mu`), options of policies as `sink_per1000`; numbers,
              whole numbers or words. Baseline rows carry the values of their point too
    measures  one column each, by the names of `model.measures`; missing where not defined

(point, arm, seed) is unique. `Store(DIR).read()` gives all rows as a pandas.DataFrame, sorted by point, arm
(baseline first, then in the order of the study) and seed. Nothing in it depends on when, where or in which
order the runs were made: two stores of one study and code give the same table to the last bit. What does
depend on the machine (`seconds` of a run) is kept apart: `read(timing=True)` adds it.

daily: run, day (from the end of the burn-in), one column a measure. compounds: run, and the columns of
`experiments.runner.kept.COMPOUND`; years: run, and those of OF_YEAR there. All belong to `runs` by their
column run.

manifest.json: format, identity, study (name, title, title_zh, text), scenario (TOML), engine, days, burn_in,
code (`agents.compiled.SOURCE_HASH`), versions, design (kind, points, and its settings), factors (name, label
in en and zh, unit, kind "number", "whole" or "word", and values or low and high), arms (name and policies),
seeds (first and count, or first and until), keep, measures (name, unit, en, zh), and of a study over worlds
worlds (the parameters of each): its `runs` have a column world, which numbers them from 0. A design of kind
"search" (`linli optimise`) finds arms and seeds as it goes: its manifest names none, its runs do.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as datasets

from linli.experiments.output import to_json
from linli.experiments.store.checked import what_is_wrong
from linli.experiments.store.chunks import TABLES, Chunk, Fault, name_of, survey, to_bytes
from linli.experiments.store.dictionary import dictionary
from linli.experiments.store.manifest import FORMAT, SEARCH, difference
from linli.experiments.store.schema import KEY, schema_of
from linli.experiments.study import BASELINE
from linli.model.errors import InputError
from linli.model.files import sweep_up, write_whole
from linli.model.policies import policies_from, to_table
from linli.model.reading import content_of, json_of

MANIFEST = "manifest.json"
DICTIONARY = "dictionary.csv"
LONGEST = 2**26
"""No manifest is longer [bytes]."""


class Store:
    """The results of a study in a folder. Opens one that exists; `Store.make` begins one.

    Raises InputError if the folder is not a store.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.manifest = _read_manifest(self.folder)
        self.factors = [factor["name"] for factor in self.manifest["factors"]]
        self.measures = [measure["name"] for measure in self.manifest["measures"]]
        self.worlds: list[dict[str, float]] = self.manifest.get("worlds", [])

    @classmethod
    def make(cls, folder: str | Path, manifest: Mapping[str, Any]) -> "Store":
        """Begin a store, or go on with the one that is there. InputError if that one is of other runs."""
        path = Path(folder)
        if not (path / MANIFEST).exists():
            _begin(path, manifest)
        store = cls(path)
        store.refuse_other(manifest)
        store._sweep_up()
        return store

    def refuse_other(self, manifest: Mapping[str, Any]) -> None:
        """Raise InputError if the store is of other runs than those of a manifest."""
        why = difference(self.manifest, manifest)
        if why:
            raise InputError(
                f"{self.folder} holds runs of {why}: name another folder with --out, or add --apart to "
                "keep both"
            )

    # writing ------------------------------------------------------------------------------------------

    def add(self, runs: pa.Table, extras: Mapping[str, pa.Table] | None = None) -> None:
        """Add a chunk of rows. extras: what goes into `daily` and `compounds` for the same runs.

        The rows count once the chunk of `runs` is there, which names the chunks that belong to it.
        Raises OSError when the folder takes no more; what was added before stays.
        """
        parts = {table: self._put(table, rows, {}) for table, rows in (extras or {}).items()}
        self._put("runs", runs, parts)

    def _put(self, table: str, rows: pa.Table, parts: Mapping[str, str]) -> str:
        content = to_bytes(rows, self.manifest["identity"], parts)
        name = name_of(content)
        folder = self.folder / table
        folder.mkdir(exist_ok=True)
        write_whole(folder / name, content)
        return name

    def reject(self, faults: list[Fault]) -> None:
        """Move files out of the way that `faults` named; their runs count as not done."""
        for fault in faults:
            aside = self.folder / "rejected" / f"{fault.path.parent.name}-{fault.path.name}"
            aside.parent.mkdir(exist_ok=True)
            fault.path.replace(aside)

    def _sweep_up(self) -> None:
        """Remove what writers left that were killed."""
        for folder in (self.folder, *(self.folder / table for table in TABLES)):
            sweep_up(folder)

    # reading ------------------------------------------------------------------------------------------

    @property
    def arms(self) -> list[str]:
        """The baseline, then the arms in the order of the study; those of a search by name."""
        return [BASELINE, *self.policies]

    @property
    def policies(self) -> dict[str, list[dict[str, Any]]]:
        """The policies of every arm but the baseline, as tables of name and options."""
        if self.manifest["design"]["kind"] != SEARCH:
            return {arm["name"]: arm["policies"] for arm in self.manifest["arms"]}
        tried = set(self.dataset().to_table(["arm"]).column("arm").to_pylist()) - {BASELINE}
        return {mix: [to_table(policy) for policy in policies_from(mix)] for mix in sorted(tried)}

    def survey(self) -> tuple[list[Chunk], list[Fault]]:
        """Chunks of `runs` that can be used, and files that cannot, with the reason."""
        return survey(self.folder, self.manifest)

    def dataset(self, table: str = "runs", chunks: list[Chunk] | None = None) -> datasets.Dataset:
        """A table as it stands in the files, for Arrow and DuckDB: in no order, and a run that two processes
        made stands in it twice. chunks: those to read [all that can be used]."""
        used = self.survey()[0] if chunks is None else chunks
        own = table == "runs"  # runs that all failed leave no part of the other tables
        files = [
            c.path if own else self.folder / table / c.parts[table] for c in used if own or table in c.parts
        ]
        schema = schema_of(table, self.manifest)
        if not files:
            return datasets.dataset(schema.empty_table())
        return datasets.dataset([str(file) for file in files], schema=schema, format="parquet")

    def read(self, *, timing: bool = False) -> pd.DataFrame:
        """All runs, sorted. timing: with `seconds` that each took, which differ between machines."""
        rows = self.dataset().to_table().to_pandas()
        place = {arm: number for number, arm in enumerate(self.arms)}
        rows["_arm"] = rows["arm"].map(place)
        # a run that failed in one attempt ("failed") and was done in another ("done") is done
        rows = rows.sort_values(["point", "_arm", "seed", "status"], kind="stable").drop_duplicates(KEY)
        return rows.drop(columns=["_arm"] if timing else ["_arm", "seconds"]).reset_index(drop=True)

    def extra(self, table: str) -> pd.DataFrame:
        """The table `daily`, `compounds` or `years`, sorted by run. InputError if the study keeps it not."""
        if not self.keeps(table):
            raise InputError(f"{self.folder} has no table {table}: the study does not keep it")
        key = ["run", {"daily": "day", "compounds": "compound", "years": "year"}[table]]
        rows = self.dataset(table).to_table().to_pandas()
        return rows.sort_values(key).drop_duplicates(key).reset_index(drop=True)

    def keeps(self, table: str) -> bool:
        """Whether the study keeps a table."""
        return table == "runs" or bool(self.manifest["keep"].get(table))


def _read_manifest(folder: Path) -> dict[str, Any]:
    file = folder / MANIFEST
    try:
        manifest = json_of(content_of(file, LONGEST, through_links=False))
    except FileNotFoundError:
        raise InputError(f"{folder} is not the folder of a study: it has no {MANIFEST}") from None
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from None
    except ValueError as error:
        raise InputError(f"{file} is damaged ({error}): move it away and start the study again") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise InputError(f"{file} is not the manifest of a study that this version of linli can read")
    wrong = what_is_wrong(manifest)
    if wrong:
        raise InputError(f"{file} is damaged ({wrong}): move it away and start the study again")
    return manifest


def _begin(folder: Path, manifest: Mapping[str, Any]) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or _holds_other_things(folder)):
            what = "is not empty" if folder.is_dir() else "is a file"
            raise InputError(f"{folder} {what} and not the folder of a study: name another with --out")
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / DICTIONARY, dictionary(manifest).encode())
        write_whole(folder / MANIFEST, to_json(manifest).encode())
    except OSError as error:
        raise InputError(f"cannot write into {folder}: {error.strerror or error}") from None


def _holds_other_things(folder: Path) -> bool:
    """Whether files stand there that no store writes. Another process may be about to begin the same
    store."""
    ours = {MANIFEST, DICTIONARY, *TABLES, "rejected"}
    return any(file.name not in ours and not file.name.startswith(".") for file in folder.iterdir())
