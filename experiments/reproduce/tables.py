"""Verdicts on the screen."""

from collections.abc import Sequence

from linli.experiments.output.screen import Screen, console, headed, number
from linli.experiments.reproduce.expectations import Verdict
from linli.experiments.reproduce.making import Done
from linli.model.text import Text

HEADS = (
    Text("figure", "数值"),
    Text("expected", "预期"),
    Text("tolerance", "容差"),
    Text("found", "所得"),
    Text("verdict", "判定"),
    Text("source", "出处"),
)
CASES = (Text("case", "案例"), HEADS[5], HEADS[4])
WORDS = (HEADS[0], HEADS[4], HEADS[5])
WIDEST = 44
"""Columns of a text, which goes on in the next line."""
ALL = Text("{n} of {of} figures reproduced", "{of}项中{n}项已重现")
BEFORE = Text("{n} of {of} figures reproduced, worked out before", "{of}项中{n}项已重现（此前已算）")


def show(done: Sequence[Done], lang: str) -> None:
    """Every figure of a case; of several, a line a case and the figures that did not come out."""
    screen = console()
    if len(done) == 1:
        _show(screen, done[0], lang)
        return
    rows = headed(CASES, lang, CASES)
    for one in done:
        rows.add_row(one.case.name, one.case.source, said_of(one, lang))
    screen.print(rows)
    for one in done:
        if not one.is_reproduced:
            screen.print()
            _show(screen, one, lang)


def said_of(one: Done, lang: str) -> str:
    """How many figures of a case came out."""
    came = sum(verdict.is_reproduced for verdict in one.verdicts)
    return (ALL if one.fresh else BEFORE).said(lang).format(n=came, of=len(one.verdicts))


def _show(screen: Screen, one: Done, lang: str) -> None:
    screen.print(one.case.title.said(lang), style="bold")
    screen.print(one.case.source, style="dim")
    screen.print(one.case.about.said(lang), soft_wrap=True)
    rows = headed(HEADS, lang, WORDS, WIDEST)
    for verdict in one.verdicts:
        rows.add_row(*cells(verdict, lang), style=None if verdict.is_reproduced else "bold")
    screen.print(rows)
    screen.print(f"{said_of(one, lang)}: {one.folder}", soft_wrap=True, style="dim")


def cells(verdict: Verdict, lang: str) -> tuple[str, ...]:
    """A row: what, expected, tolerance, found, verdict, source."""
    expected = verdict.expected
    return (
        expected.label.said(lang),
        number(expected.value),
        number(expected.tolerance),
        number(verdict.found),
        verdict.said(lang),
        expected.source,
    )
