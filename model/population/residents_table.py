"""A table of residents: what a researcher knows of real people, and what the model makes of it.

Only `id` is required. Where a column or a cell is missing: one compound, one building in it, a household of
one's own, 40-59 years old, owner, not a party member; free time and skill are drawn as for drawn residents.
Names of buildings hold inside a compound and names of households inside a building, so every compound may
have a building 1.
"""

import csv
import io
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linli.agents.traits import AGES, CHILD, MIDDLE, NO_SKILL, OWNER, SKILLS, TENURES
from linli.model.errors import InputError, count_of, number_of, unknown
from linli.model.population import Population, draw_free_time_and_skills
from linli.model.reading import DATA, content_of, text_of

COLUMNS = ("id", "compound", "building", "household", "age", "tenure", "party", "free_hours", "skill")
"""The columns of a table, as read and as written."""

OLDEST = 120
"""Ages in years above this are taken for errors."""

FIRST_YEARS = (0, 18, 40, 60, 70)
"""Where the age groups begin [years]."""

WORDS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1", "1.0", "是"), True),
    **dict.fromkeys(("false", "f", "no", "n", "0", "0.0", "否"), False),
}
"""Yes and no as XML, R, pandas, Excel and people write them."""
UNKNOWN = -1
_WHOLE = re.compile(r"\d+\.0+")


def residents_table(people: Population) -> pd.DataFrame:
    """Everybody's traits in words, one row a resident; free_hours in hours a week."""
    ids = people.ids if people.ids is not None else tuple(str(number) for number in range(len(people)))
    return pd.DataFrame(
        {
            "id": list(ids),
            "compound": people.compound.tolist(),
            "building": people.building.tolist(),
            "household": people.household.tolist(),
            "age": [AGES[code] for code in people.age.tolist()],
            "tenure": [TENURES[code] for code in people.tenure.tolist()],
            "party": people.party.tolist(),
            "free_hours": [minutes / 60.0 for minutes in people.free_minutes.tolist()],
            "skill": [SKILLS[code] for code in people.skill.tolist()],
        }
    )


def read_residents(file: str | Path) -> pd.DataFrame:
    """A table of residents from a CSV file (a first line of column names; commas, semicolons or tabs), as
    text.

    Empty rows, and columns without a name (in which pandas writes row numbers), say nothing. Raises
    InputError for a file that cannot be read, unknown or repeated columns, and rows too long.
    """
    path = Path(file)
    try:
        text = text_of(content_of(path, DATA), f"residents {path}")
        head = text.partition("\n")[0]
        mark = next((mark for mark in ",;\t" if mark in head), ",")
        listed = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        rows = [row for row in listed if any(cell.strip() for cell in row)]
    except OSError as error:
        raise InputError(f"cannot read residents {path}: {error.strerror}") from None
    except csv.Error as error:
        raise InputError(f"residents {path} is not a valid CSV file: {error}") from None
    if not rows:
        raise InputError(f"residents {path} is empty: it needs a first line of column names")
    header = [name.lower() if name.lower() in COLUMNS else name for name in map(str.strip, rows[0])]
    for number, row in enumerate(rows[1:], start=2):
        if len(row) > len(header):
            raise InputError(f"residents {path}: row {number} has {len(row)} cells, more than the columns")
    cells = [row + [""] * (len(header) - len(row)) for row in rows[1:]]
    named = [at for at, name in enumerate(header) if name and not name.startswith("Unnamed:")]
    kept = [[row[at] for at in named] for row in cells]
    return checked_columns(pd.DataFrame(kept, columns=[header[at] for at in named], dtype=str))


def checked_columns(table: pd.DataFrame) -> pd.DataFrame:
    """The table, or an InputError when its columns are unknown, repeated, or lack the id."""
    names = [str(name) for name in table.columns]
    for name in names:
        if name not in COLUMNS:
            raise unknown("column of residents", name, COLUMNS)
        if names.count(name) > 1:
            raise InputError(f"residents: the column {name} is there twice")
    if "id" not in names:
        raise InputError("residents: the column id is missing")
    return table


def identifier(value: object) -> str:
    """A name as text; "" for a missing one. 7, 7.0, "7.0" and " 7 " are the same name."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NA:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return text.partition(".")[0] if _WHOLE.fullmatch(text) else text


def _age(what: str, value: str) -> int:
    """An age group, written as such or as years."""
    if value in AGES:
        return AGES.index(value)
    try:
        years = float(value)
    except ValueError:
        raise unknown(what, value, [*AGES, "years in whole numbers"]) from None
    group = np.searchsorted(FIRST_YEARS, count_of(what, years, 0, OLDEST), side="right")
    return int(group) - 1


def _one_of(words: tuple[str, ...]) -> Callable[[str, str], int]:
    def code(what: str, value: str) -> int:
        if value not in words:
            raise unknown(what, value, words)
        return words.index(value)

    return code


def _yes_or_no(what: str, value: str) -> int:
    if value.lower() not in WORDS:
        raise unknown(what, value, WORDS)
    return int(WORDS[value.lower()])


def _minutes(what: str, value: str) -> int:
    return round(60.0 * number_of(what, value, 0.0, 168.0))


READERS: dict[str, tuple[Callable[[str, str], int], int]] = {
    "age": (_age, MIDDLE),
    "tenure": (_one_of(TENURES), OWNER),
    "party": (_yes_or_no, 0),
    "free_hours": (_minutes, UNKNOWN),
    "skill": (_one_of(SKILLS), UNKNOWN),
}
"""How a cell becomes a code, and which code stands for an empty cell."""


def coded(table: pd.DataFrame) -> pd.DataFrame:
    """The table in the model's codes and the order of its numbers: who lives together stands together.

    Order is by first appearance of the compound, then of the building, the household, the resident. Cells may
    be of any type. Raises InputError for labels that do not exist, residents listed twice, children in the
    party, and compounds without an adult.
    """
    checked_columns(table)
    cells = {str(name): [identifier(value) for value in table[name]] for name in table.columns}
    ids = cells["id"]
    _check_ids(ids)
    new = pd.DataFrame({"id": ids})
    for name, (reader, missing) in READERS.items():
        given = cells.get(name, [""] * len(ids))
        new[name] = [
            reader(f"{name} of resident {who}", value) if value else missing
            for who, value in zip(ids, given, strict=True)
        ]
    _settle_homes(new, cells)
    new = new.sort_values(["compound", "building", "household"], kind="stable", ignore_index=True)
    for name in ("building", "household"):
        new[name] = pd.factorize(new[name])[0]
    _check_people(new)
    return new


def _check_ids(ids: list[str]) -> None:
    if "" in ids:
        raise InputError(f"residents: row {ids.index('') + 1} has no id")
    seen: set[str] = set()
    for who in ids:
        if who in seen:
            raise InputError(f"residents: resident {who} is listed twice")
        seen.add(who)


def _settle_homes(new: pd.DataFrame, cells: dict[str, list[str]]) -> None:
    """Number compounds, buildings and households by first appearance, each inside what it stands in."""
    homes: list[Any] = [()] * len(new)
    for name in ("compound", "building", "household"):
        names: list[Any] = cells.get(name, [""] * len(new))
        if name == "household":  # nobody shares a household that is not named
            names = [value or row for row, value in enumerate(names)]
        homes = [(*home, value) for home, value in zip(homes, names, strict=True)]
        numbers: dict[Any, int] = {}
        new[name] = [numbers.setdefault(home, len(numbers)) for home in homes]


def _check_people(new: pd.DataFrame) -> None:
    children = new["age"] == CHILD
    wrong = new.loc[children & (new["party"] == 1), "id"]
    if len(wrong):
        raise InputError(f"residents: resident {wrong.iloc[0]} is a child and cannot be a party member")
    alone = set(new["compound"]) - set(new.loc[~children, "compound"])
    if alone:
        who = new.loc[new["compound"] == min(alone), "id"].iloc[0]
        raise InputError(f"residents: the compound of resident {who} has no adult; every compound needs one")


def columns_of(new: pd.DataFrame, seed: int, community: int) -> dict[str, NDArray[Any]]:
    """The columns of a `Population` that a coded table gives; free time and skill drawn where unknown."""
    columns = {name: new[name].to_numpy(np.int32) for name in ("compound", "building", "household")}
    age, tenure = (new[name].to_numpy(np.int8) for name in ("age", "tenure"))
    minutes, skill = new["free_hours"].to_numpy(np.int16), new["skill"].to_numpy(np.int8)
    drawn_minutes, drawn_skills = draw_free_time_and_skills(age, seed, community)
    free_minutes = np.where(minutes == UNKNOWN, drawn_minutes, minutes)
    skills = np.where(skill == UNKNOWN, drawn_skills, skill)
    skills[age == CHILD] = NO_SKILL
    first = np.searchsorted(columns["building"], np.arange(columns["building"][-1] + 1))
    return {
        **columns,
        "building_compound": columns["compound"][first],
        "age": age,
        "tenure": tenure,
        "party": new["party"].to_numpy(np.bool_),
        "free_minutes": free_minutes.astype(np.int16),
        "skill": skills.astype(np.int8),
    }
