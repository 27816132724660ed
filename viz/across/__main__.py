"""Makes a table of `viz.across` of the folder that `linli compare --worlds N --out DIR` left."""

import sys
from pathlib import Path

import tomli_w

from linli.experiments.across.deciding import deciding
from linli.experiments.across.effects import GROUP, NET, one_arm
from linli.experiments.store import Store
from linli.experiments.store.reading import results_of
from linli.model.policies import from_table, to_text
from linli.viz.across import FOLDER

GROUPS = ("woken", "replaced", "asked", "displaced", NET)
MEASURES = ("engaged_share", "resident_matter_hours", "resolved_without_residents")
NAMED = 4
"""Assumptions that are told."""


def main(folder: Path) -> None:
    """Write both files."""
    store = Store(folder)
    about = store.manifest
    found = one_arm(results_of(store))
    changes = found.by_world()
    table = changes[[GROUP + group for group in GROUPS]].set_axis(GROUPS, axis=1)
    table = table.join(changes[list(MEASURES)])
    decide = deciding(found.parameters, table[NET])[:NAMED]
    table = table.join(found.parameters[[one.parameter for one in decide]])
    (arm,) = about["arms"]
    place = found_place(about["study"]["name"])
    name = f"{place}-{'-'.join(policy['name'] for policy in arm['policies'])}"
    table.rename_axis("world").to_csv(FOLDER / f"{name}.csv", float_format="%.4g", lineterminator="\n")
    options = " ".join(f"--policy {to_text(from_table(policy))}" for policy in arm["policies"])
    command = f"linli compare {place} {options} --worlds {found.worlds} --runs 1 --days {about['days']}"
    described = {
        "place": place,
        "days": about["days"],
        "command": command,
        "code": about["code"],
        "policies": arm["policies"],
        "versions": about["versions"],
        "deciding": [
            {"parameter": one.parameter, "rank": round(one.rank, 2), "low": round(one.low, 2),
             "high": round(one.high, 2), "clear": bool(one.is_clear)}
            for one in decide
        ],
    }  # fmt: skip
    (FOLDER / f"{name}.toml").write_text(tomli_w.dumps(described), encoding="utf-8")


def found_place(study: str) -> str:
    """The place of a comparison over worlds, by the name of its study."""
    return study.removeprefix("worlds-")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
