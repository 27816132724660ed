"""What `linli sensitivity` shows people, writes to files and prints as JSON."""

from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from linli.experiments.analysis.sensitivity import Question, Sensitivity
from linli.experiments.figures.sensitivity import draw
from linli.experiments.figures.style import files as figure_files
from linli.experiments.figures.style import language_of_figures, styled
from linli.experiments.output import Writers
from linli.experiments.output.labels import label_of, shown
from linli.experiments.output.screen import console, number, table
from linli.experiments.output.written import csv_of, tex_of

SHOWN = 20
"""Parameters of the screening that are listed."""


def as_data(question: Question, found: Sensitivity) -> dict[str, Any]:
    """As printed by --json."""
    return {
        "scenario": question.scenario.name,
        "policies": list(question.policies),
        "measure": question.measure,
        "over": [f.as_data() for f in question.over],
        "screening": found.screened.to_dict("records"),
        "indices": found.shared.to_dict("records"),
        "luck": found.luck,
    }


def files(question: Question, found: Sensitivity, lang: str) -> Writers:
    """Both tables as CSV and LaTeX, the figure as PNG and SVG."""
    tables = {"screening": found.screened, "indices": found.shared}
    written: dict[str, Any] = {}
    for name, rows in tables.items():
        written[f"{name}.csv"] = partial(csv_of, rows)
        written[f"{name}.tex"] = partial(tex_of, rows, f"Sensitivity of {question.measure}: {name}")
    with styled():
        figure = draw(found.screened, found.shared, question.measure, language_of_figures(lang))
    return {**written, **figure_files({"sensitivity": figure})}


def show(question: Question, found: Sensitivity, folder: Path, lang: str) -> None:
    """Both stages, and what may be frozen."""
    screen = console()
    what = "; ".join(question.policies)
    of = f"the effect of {what} on {question.measure}" if what else question.measure
    scale = shown(question.measure, lang)
    screen.print(f"What moves {of}", style="bold")
    screen.print(
        f"\nScreening (Morris): mean absolute effect of its range [{scale.change_unit}]", style="cyan"
    )
    rows = table(header=False)
    for row in found.screened.head(SHOWN).to_dict("records"):
        size = f"{number(scale.factor * row['mu_star'])} ± {number(scale.factor * row['half'])}"
        name = row["parameter"]
        rows.add_row(name, size, "inert" if row["inert"] else "", label_of(name, lang))
    screen.print(rows)
    screen.print("\nShares of the variance (Sobol'): in all, and alone (95 % intervals)", style="cyan")
    rows = table(header=False)
    for row in found.shared.to_dict("records"):
        total, first = (f"{row[n]:.2f} ± {row[f'{n}_half']:.2f}" for n in ("total", "first"))
        rows.add_row(row["parameter"], total, first, label_of(row["parameter"], lang))
    screen.print(rows)
    screen.print()
    for sentence in sentences(found):
        screen.print(sentence)
    screen.print(f"Files: {folder}", soft_wrap=True)


def left_open(screened: pd.DataFrame, chosen: int) -> str:
    """What the screening leaves open, in words; nothing if it settles who is chosen. Two parameters are
    told apart where their intervals do not overlap. chosen: how many went on to the second stage."""
    if not 0 < chosen < len(screened):
        return ""
    rows = screened.to_dict("records")
    floor = min(row["mu_star"] - row["half"] for row in rows[:chosen])
    close = [
        row["parameter"]
        for row in rows[chosen:]
        if row["mu_star"] + row["half"] >= floor and not row["inert"]
    ]
    last = min(rows[:chosen], key=lambda row: row["mu_star"] - row["half"])["parameter"]
    return f"whether {', '.join(close)} matter as much as {last}" if close else ""


def sentences(found: Sensitivity) -> list[str]:
    """What to make of it."""
    inert = found.screened.loc[found.screened["inert"], "parameter"].to_list()
    unsettled = left_open(found.screened, chosen=len(found.shared))
    clear = found.shared.loc[found.shared["total"] > found.shared["total_half"], "parameter"].to_list()
    said = []
    if clear:
        said.append(f"What is uncertain here hangs on {', '.join(clear)}, in this order.")
    else:
        said.append("No parameter's share of the variance is clearly above zero: use more --samples.")
    said.append("Each ± covers 95 % of what other trajectories of this design would give.")
    if unsettled:
        said.append(f"The screening has not settled {unsettled}: more --trajectories, or a larger --top.")
    if inert:
        said.append(f"Inert in their ranges, so they may be frozen at their defaults: {', '.join(inert)}.")
    if found.luck is not None and found.luck > 0.05:
        said.append(f"{100 * found.luck:.0f} % of the variance is luck of the seeds: more --runs lower that.")
    return said
