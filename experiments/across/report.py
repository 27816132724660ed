"""A comparison over worlds as data and as files."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import pandas as pd

from linli.agents.compiled import SOURCE_HASH
from linli.experiments import output
from linli.experiments.across.compared import Compared
from linli.experiments.across.effects import GROUP, NET, Across, Over
from linli.experiments.across.sentences import sentences
from linli.experiments.output.written import csv_of, paragraphs_of, text_of
from linli.experiments.statistics.attributed import NAME_OF
from linli.model.policies import to_text


def as_data(compared: Compared, lang: str) -> dict[str, Any]:
    """For --json: nan and what is not known become null."""
    scenario, found = compared.scenario, compared.found
    return {
        "scenario": scenario.name,
        "seed": scenario.seed,
        "days": scenario.days,
        "burn_in": scenario.burn_in,
        "engine": compared.request.engine,
        "policies": [to_text(policy) for policy in compared.request.added()],
        "version": output.version(),
        "code": SOURCE_HASH,
        "worlds": found.worlds,
        "runs": found.runs,
        "measures": {name: of_over(over) for name, over in found.measures.items()},
        "attribution": {name: of_over(over) for name, over in found.groups.items()},
        "sentences": sentences(found, lang),
        "folder": str(compared.folder),
    }


def of_over(over: Over) -> dict[str, Any]:
    """One measure as plain data."""
    plain: dict[str, Any] = {name: getattr(over, name) for name in ("baseline", "median", "low", "high")}
    if over.sign is not None:
        share, low, high = over.sign.share_up
        plain["sign"] = {**asdict(over.sign), "share_up": share, "low": low, "high": high}
    else:
        plain["sign"] = None
    return {**plain, "luck": None if over.luck is None else asdict(over.luck)}


def effects(found: Across) -> pd.DataFrame:
    """A row a measure and a group of classes."""
    overs = {**found.measures, **{f"{GROUP}{group}": over for group, over in found.groups.items()}}
    return pd.json_normalize([{"measure": name, **of_over(over)} for name, over in overs.items()], sep="_")


def by_world(found: Across) -> pd.DataFrame:
    """A row a world: its parameters, then what the arm changes there."""
    changes = found.by_world().rename(columns=_named)
    return pd.concat([found.parameters, changes], axis=1).reset_index()


def _named(column: str) -> str:
    group = column.removeprefix(GROUP)
    if group == column:
        return column
    return "woken less replaced" if group == NET else f"{NAME_OF[group]} with need"


def files(compared: Compared, lang: str) -> output.Writers:
    """The answer, into the folder of the runs."""
    found = compared.found
    return {
        "answer.txt": partial(text_of, paragraphs_of(sentences(found, lang), lang)),
        "effects.csv": partial(csv_of, effects(found)),
        "worlds.csv": partial(csv_of, by_world(found)),
        "answer.json": partial(text_of, output.to_json(as_data(compared, lang)) + "\n"),
    }


def effects_files(arms: Sequence[Across]) -> output.Writers:
    """Effects of several arms: a row an arm and measure, and a row an arm and world."""
    tables = {"effects.csv": effects, "worlds.csv": by_world}
    made = {
        name: pd.concat([table(one).assign(arm=one.arm) for one in arms]) for name, table in tables.items()
    }
    return {name: partial(csv_of, table) for name, table in made.items()}
