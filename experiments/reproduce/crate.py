"""What all cases left, described for machines: an RO-Crate (version 1.1) in plain JSON-LD.

The document is flat: one entity that describes itself, the folder, its files, and for each case the run that
made them (Process Run Crate 0.5). That needs no library, so none is asked of those who install linli.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from linli.agents.compiled import SOURCE_HASH
from linli.experiments.output import Writers, to_json, version
from linli.experiments.output.written import text_of
from linli.experiments.reproduce.making import FILES, Done

NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
CRATE = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
LICENCE = "https://spdx.org/licenses/MIT"
SOFTWARE = "#linli"
REPORT = "report.html"
_FORMATS = {
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".csv": "text/csv",
    ".tex": "application/x-tex",
    ".toml": "application/toml",
    ".txt": "text/plain",
    ".json": "application/json",
    ".html": "text/html",
}


def files(done: Sequence[Done], today: date | None = None) -> Writers:
    """The description, beside the folders of the cases. today: of publication [this day, UTC]."""
    day = today or datetime.now(UTC).date()
    return {NAME: lambda path: text_of(to_json(crate(done, path.parent, day)) + "\n", path)}


def crate(done: Sequence[Done], folder: Path, today: date) -> dict[str, Any]:
    """The document. folder: of the report and of all cases."""
    runs, parts = [], [_file(folder, folder / REPORT)]
    for one in done:
        made = [_file(folder, one.folder / name) for name in sorted(FILES) if (one.folder / name).is_file()]
        parts += made
        runs.append(_run(one, made))
    root = {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": {"@id": PROFILE},
        "name": "Published results, worked out again with linli",
        "description": "Figures, data, scenarios, environments and verdicts of all cases of linli reproduce.",
        "datePublished": today.isoformat(),
        "license": {"@id": LICENCE},
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "mentions": [{"@id": run["@id"]} for run in runs],
    }
    descriptor = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": CRATE},
        "about": {"@id": "./"},
    }
    return {"@context": CONTEXT, "@graph": [descriptor, root, *_known(), *runs, *parts]}


def _known() -> list[dict[str, Any]]:
    """What the folder refers to: the software, the licence, the profile."""
    return [
        {
            "@id": SOFTWARE,
            "@type": "SoftwareApplication",
            "name": "linli",
            "softwareVersion": version(),
            "identifier": SOURCE_HASH,
            "description": "a model of neighbourhood participation; identifier: hash of its rules",
        },
        {"@id": LICENCE, "@type": "CreativeWork", "name": "MIT License"},
        {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
    ]


def _run(one: Done, made: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The run of a case: of what, with what, and what it left."""
    used = [file for file in made if file["@id"].endswith("scenario.toml")]
    left = [file for file in made if file not in used]
    return {
        "@id": f"#{one.case.name}",
        "@type": "CreateAction",
        "name": one.case.title.en,
        "description": f"{one.case.about.en} Source: {one.case.source}.",
        "instrument": {"@id": SOFTWARE},
        "object": [{"@id": file["@id"]} for file in used],
        "result": [{"@id": file["@id"]} for file in left],
        "actionStatus": "http://schema.org/CompletedActionStatus",
    }


def _file(folder: Path, path: Path) -> dict[str, Any]:
    """A file of the folder, with its size and hash."""
    content = path.read_bytes()
    return {
        "@id": path.relative_to(folder).as_posix(),
        "@type": "File",
        "name": path.name,
        "encodingFormat": _FORMATS[path.suffix],
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
