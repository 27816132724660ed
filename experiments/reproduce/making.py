"""A case, worked out and kept: a folder that is there in full or not at all, and is not made twice.

DIR/NAME/figure.png, figure.svg    in English; figure.zh.* in Chinese, where a font has it
DIR/NAME/data.csv, data.tex        what was worked out
DIR/NAME/verdict.csv               every expected figure, its tolerance, what came out, and the verdict
DIR/NAME/scenario.toml             the place, where there is one
DIR/NAME/environment.txt           Python and every package, with versions
DIR/NAME/record.json               of which code and expectations all this is; and the verdicts again
"""

import inspect
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from linli.agents.compiled import SOURCE_HASH
from linli.experiments.figures.style import chinese_font, files, styled
from linli.experiments.output import Writers, to_json, versions
from linli.experiments.output.written import csv_of, tex_of, text_of
from linli.experiments.reproduce.case import Case
from linli.experiments.reproduce.expectations import Verdict, expectations, file_of, verdicts
from linli.experiments.reproduce.lock import lock
from linli.experiments.store.manifest import NUMERICS, digest
from linli.model.errors import InputError
from linli.model.files import beside
from linli.model.reading import content_of, json_of
from linli.model.scenario import to_toml

RECORD = "record.json"
LONGEST = 2**24
"""No record is longer [bytes]."""
KINDS = ("png", "svg")
FILES = frozenset(
    {
        *(f"figure{zh}.{kind}" for zh in ("", ".zh") for kind in KINDS),
        *("data.csv", "data.tex", "verdict.csv", "scenario.toml", "environment.txt", RECORD),
    }
)
"""All that a case may leave behind."""


@dataclass(frozen=True)
class Done:
    """A case that was worked out. folder: where it is kept; fresh: whether it was worked out just now."""

    case: Case
    folder: Path
    verdicts: tuple[Verdict, ...]
    fresh: bool

    @property
    def is_reproduced(self) -> bool:
        """Whether every figure came out."""
        return all(one.is_reproduced for one in self.verdicts)


def folder_of(case: Case, out: Path) -> Path:
    """Where a case goes. Raises InputError where something else stands, before anything is worked out."""
    folder = out / case.name
    if folder.is_dir():
        strange = sorted(file.name for file in folder.iterdir() if file.name not in FILES)
        if strange:
            raise InputError(f"{folder} holds {strange[0]}, which no case leaves there: name another --out")
    elif folder.exists():
        raise InputError(f"{folder} is a file: name another --out")
    return folder


def identity_of(case: Case) -> str:
    """A hash of all that a case depends on: rules, its own file and its data, its expectations, and packages
    that may change the last bit of a number."""
    texts = [Path(inspect.getfile(case.table)), file_of(case.name), *case.rests_on]
    numerics = {name: versions()[name] for name in NUMERICS}
    return digest([SOURCE_HASH, numerics, *(file.read_text(encoding="utf-8") for file in texts)])


def done_before(case: Case, folder: Path) -> Done | None:
    """What an earlier run of this code left, None if there is nothing or it is of other code."""
    try:
        record = json_of(content_of(folder / RECORD, LONGEST, through_links=False))
        if record["identity"] != identity_of(case):
            return None
        if any(not (folder / name).is_file() for name in record["files"]):
            return None
        given = {row["name"]: float(row["found"]) for row in record["figures"]}
        return Done(case, folder, verdicts(expectations(case.name), given), fresh=False)
    except (OSError, ValueError, LookupError, TypeError):
        return None


def make(case: Case, folder: Path) -> Done:
    """Work a case out and keep it; what stood there of other code is replaced."""
    rows = case.table()
    judged = verdicts(expectations(case.name), case.found(rows))
    made = _files(case, rows, judged)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with beside(folder) as partial_folder:
            partial_folder.mkdir()
            for name, write in made.items():
                write(partial_folder / name)
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise InputError(f"cannot write into {folder}: {error.strerror or error}") from None
    return Done(case, folder, judged, fresh=True)


def _files(case: Case, rows: pd.DataFrame, judged: Sequence[Verdict]) -> Writers:
    with styled():
        figures = {"figure": case.draw(rows, "en")}
        if chinese_font() is not None:
            figures["figure.zh"] = case.draw(rows, "zh")
    made: dict[str, Any] = {
        **files(figures),
        "data.csv": partial(csv_of, rows),
        "data.tex": partial(tex_of, rows, f"{case.title.en} ({case.source})"),
        "verdict.csv": partial(csv_of, pd.DataFrame(rows_of(judged))),
        "environment.txt": partial(text_of, lock()),
    }
    if case.scenario is not None:
        made["scenario.toml"] = partial(text_of, to_toml(case.scenario()))
    record = to_json(_record(case, judged, sorted(made))) + "\n"
    return {**made, RECORD: partial(text_of, record)}


def _record(case: Case, judged: Sequence[Verdict], names: Sequence[str]) -> Mapping[str, Any]:
    return {
        "case": case.name,
        "title": {"en": case.title.en, "zh": case.title.zh},
        "source": case.source,
        "identity": identity_of(case),
        "code": SOURCE_HASH,
        "versions": versions(),
        "reproduced": all(one.is_reproduced for one in judged),
        "figures": [{**row, "found": repr(row["found"])} for row in rows_of(judged)],
        "files": list(names),
    }


def rows_of(judged: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Verdicts as plain rows."""
    return [
        {
            "name": one.expected.name,
            "en": one.expected.label.en,
            "zh": one.expected.label.zh,
            "expected": one.expected.value,
            "tolerance": one.expected.tolerance,
            "found": one.found,
            "reproduced": one.is_reproduced,
            "source": one.expected.source,
        }
        for one in judged
    ]


def as_data(done: Sequence[Done]) -> list[dict[str, Any]]:
    """For --json."""
    return [
        {
            "case": one.case.name,
            "source": one.case.source,
            "reproduced": one.is_reproduced,
            "folder": str(one.folder),
            "figures": rows_of(one.verdicts),
        }
        for one in done
    ]
