"""What `linli analyse` shows people, and prints as JSON."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
from rich.console import Console

from linli.experiments.analysis.effects import Analysis
from linli.experiments.answer import Answer, Ranked
from linli.experiments.answer.words import interval, short, unit_of_change
from linli.experiments.figures.style import NO_FONT, language_of_figures
from linli.experiments.output.labels import level_of, shown
from linli.experiments.output.screen import NOTHING, console, decimals, number, table

WORDS = {
    "effects": {
        "en": "Paired differences under the same luck, averaged over conditions (95 % intervals over seeds)",
        "zh": "相同随机性下的配对差值，对各条件取平均（95%区间，以种子为单位）",
    },
    "bends": {"en": "Where dose-response curves bend", "zh": "剂量反应曲线的拐点"},
    "interactions": {
        "en": "What two things do together beyond each alone (only where clear)",
        "zh": "两项措施共同作用超出各自作用之和的部分（只列明显的）",
    },
    "replications": {
        "en": "Runs that show an effect with 80 % power: paired, and apart",
        "zh": "以80%功效看到某一效应所需的运行次数：配对与不配对",
    },
}
MOST_ROWS = 24
"""Rows of interactions that a screen is asked to hold."""


def as_data(found: Analysis, said: Answer | Ranked | None) -> dict[str, Any]:
    """Every table as records, and the sentences."""
    # by way of pandas, whose missing values JSON does not know
    tables = {
        name: json.loads(rows.to_json(orient="records", double_precision=15))
        for name, rows in found.tables.items()
    }
    return {"tables": tables, "remarks": found.remarks, "answer": said.sentences if said else None}


def show(found: Analysis, said: Answer | Ranked | None, lang: str) -> None:
    """The main tables, then the answer."""
    screen = console()
    for remark in found.remarks:
        screen.print(remark, style="dim")
    if "effects" in found.tables:
        _section(screen, "effects", lang, _effects(found.tables["effects"], lang))
    bends = [rows[rows["is_clear"]] for name, rows in found.tables.items() if name.startswith("bends-")]
    if bends and len(pd.concat(bends)):
        _section(screen, "bends", lang, _bends(bends, lang))
    if "interactions" in found.tables:
        rows = _interactions(found.tables["interactions"], lang)
        if rows.row_count:
            _section(screen, "interactions", lang, rows)
    if "replications" in found.tables:
        _section(screen, "replications", lang, _replications(found.tables["replications"], lang))
    if said is not None:
        screen.print()
        said.show()
    elif language_of_figures(lang) != lang:
        screen.print(NO_FONT, style="dim")


def _section(screen: Console, name: str, lang: str, rows: Any) -> None:
    screen.print()
    screen.print(WORDS[name][lang], style="bold cyan")
    screen.print(rows)


def _spread(row: Mapping[Any, Any], middle: str, lang: str) -> str:
    factor = shown(row["measure"], lang).factor
    values = [None if pd.isna(row[name]) else factor * row[name] for name in (middle, "low", "high")]
    return NOTHING if values[0] is None else interval(values[0], values[1], values[2], lang)


def _effects(rows: pd.DataFrame, lang: str) -> Any:
    made = table(header=False)
    several = rows["arm"].nunique() > 1
    for row in rows.to_dict("records"):
        head = [row["arm"]] if several else []
        unit = unit_of_change(row["measure"], lang)
        made.add_row(*head, short(row["measure"], lang), _spread(row, "difference", lang), unit)
    return made


def _bends(tables: list[pd.DataFrame], lang: str) -> Any:
    made = table(header=False)
    for rows in tables:
        by = next((str(name) for name in rows if name != "dose"), "arm")
        for row in rows.to_dict("records"):
            group = row[by] if by == "arm" else level_of(by, row[by], lang)
            place = f"{row['dose']} = {row['at']:.3g} ({row['low']:.3g} … {row['high']:.3g})"
            factor, unit = shown(row["measure"], lang).factor, unit_of_change(row["measure"], lang)
            places = decimals(factor * (row["after"] - row["before"]) / 10.0)
            slopes = [number(factor * row[part], places, sign=True) for part in ("before", "after")]
            made.add_row(str(group), short(row["measure"], lang), place, f"{' → '.join(slopes)} {unit}")
    return made


def _interactions(rows: pd.DataFrame, lang: str) -> Any:
    made = table(header=False)
    clear = rows[(rows["low"] > 0) | (rows["high"] < 0)]
    for row in clear.head(MOST_ROWS).to_dict("records"):
        levels = [level_of(row[part], row[f"{part}_level"], lang) for part in ("first", "second")]
        made.add_row(
            " × ".join(levels),
            short(row["measure"], lang),
            _spread(row, "interaction", lang),
            unit_of_change(row["measure"], lang),
        )
    return made


def _replications(rows: pd.DataFrame, lang: str) -> Any:
    made = table(header=False)
    for row in rows.to_dict("records"):
        factor, unit = shown(row["measure"], lang).factor, unit_of_change(row["measure"], lang)
        counts = [NOTHING if pd.isna(n) else f"{n:,}" for n in (row["runs_paired"], row["runs_apart"])]
        made.add_row(short(row["measure"], lang), f"{number(factor * row['effect'])} {unit}", *counts)
    return made
