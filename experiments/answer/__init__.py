"""The answer of a study: three or four sentences, a table, a figure, and what cannot be known."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
from matplotlib.figure import Figure
from rich.console import Console
from rich.text import Text

from linli.experiments.answer.figure import draw
from linli.experiments.answer.question import ABOUT, Question, question
from linli.experiments.answer.ranked import Ranked, is_ranked, ranked
from linli.experiments.answer.sentences import sentences
from linli.experiments.answer.words import HEADS, noun_of, plus_minus, say, short, unit_of_change
from linli.experiments.figures.style import NO_FONT, files, language_of_figures, styled
from linli.experiments.output import Writers
from linli.experiments.output.labels import label_of, level_of
from linli.experiments.output.screen import console, paragraphs, table
from linli.experiments.output.written import csv_of, tex_of, text_of
from linli.experiments.statistics.pairs import effect_of
from linli.experiments.statistics.results import Results
from linli.model.errors import InputError
from linli.model.text import checked_language

__all__ = ["Answer", "Ranked", "answer", "answer_or_none", "effects"]

MEASURES = (
    *("engaged_share", "woken", "replaced", "by_need", "asked_more", "displaced"),
    *("self_reliance", "resident_matter_hours"),
    *("resolved_without_residents", "true_resolution", "members_not_serving", "cost_yuan"),
)


@dataclass(frozen=True, eq=False)
class Answer:
    """What a study says. sentences: by what they are about; table: effects in each condition, tidy."""

    question: Question
    lang: str
    sentences: dict[str, str]
    table: pd.DataFrame
    figure: Figure | None

    def text(self) -> str:
        """The sentences, a paragraph each."""
        lines = [f"{HEADS[about][self.lang]} {said}" for about, said in self.sentences.items()]
        return "\n\n".join(lines) + "\n"

    def show(self) -> None:
        """On the screen: table, then sentences."""
        screen = console()
        _show_table(screen, self)
        screen.print()
        screen.print(paragraphs({HEADS[about][self.lang]: said for about, said in self.sentences.items()}))
        if language_of_figures(self.lang) != self.lang:
            screen.print(NO_FONT, style="dim")

    def files(self) -> Writers:
        """Text, table (CSV, LaTeX) and figure (PNG, SVG)."""
        caption = f"{noun_of(self.question.policy, self.lang)}: {HEADS['effect'][self.lang]}"
        written: Writers = {
            "answer.txt": partial(text_of, self.text()),
            "answer.csv": partial(csv_of, self.table),
            "answer.tex": partial(tex_of, self.table, caption),
        }
        return {**written, **(files({"answer": self.figure}) if self.figure else {})}


def answer(results: Results, lang: str = "en", policy: str = ABOUT) -> Answer:
    """The answer that results give on a policy. Raises InputError if no two runs can be compared."""
    checked_language(lang)
    q = question(results, policy)
    with styled():
        figure = draw(q, language_of_figures(lang))
    return Answer(q, lang, sentences(q, lang), effects(q), figure)


def answer_or_none(results: Results, lang: str = "en", policy: str = ABOUT) -> Answer | Ranked | None:
    """The answer, None where no two runs can be compared; a ranking where a study is about many policies."""
    if is_ranked(results):
        return ranked(results, lang)
    try:
        question(results, policy)
    except InputError:
        return None
    return answer(results, lang, policy)


def effects(q: Question) -> pd.DataFrame:
    """Effects in each condition of matching and uncertain parameters."""
    measures = [name for name in MEASURES if name in q.results.measures]
    by = [name for name in (q.match, *q.parameters) if name is not None]
    return q.pairs.effects(measures, by)


def _show_table(screen: Console, found: Answer) -> None:
    """A row for each measure, a column for each way of matching, at the focus: what changed."""
    q = found.question
    pairs = q.at_focus(q.match) if q.match else q.at_focus()
    by = [q.match] if q.match else []
    rows = pairs.effects([name for name in MEASURES if name in q.results.measures], by)
    shown = table()
    shown.add_column("", no_wrap=True)
    groups = q.results.levels(q.match) if q.match else [None]
    for level in groups:
        heading = "" if level is None else level_of(q.match, level, found.lang).rpartition(": ")[2]
        shown.add_column(heading, justify="right", no_wrap=True)
    for name in dict.fromkeys(rows["measure"]):
        cells = []
        for level in groups:
            at = rows[(rows["measure"] == name) & ((rows[q.match] == level) if q.match else True)]
            cells.append(plus_minus(effect_of(at.iloc[0]), name) if len(at) else "")
        what = Text.assemble(short(name, found.lang), (f" {unit_of_change(name, found.lang)}", "dim"))
        shown.add_row(what, *cells)
    noun = noun_of(q.policy, found.lang)
    matched = label_of(q.match, found.lang).partition(",")[0] if q.match else ""
    screen.print(say("table_by" if q.match else "table", found.lang, noun=noun, by=matched), style="bold")
    screen.print(shown)
