"""Where tables are shown, and how numbers are written in them."""

import math
import os
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from linli.model.reading import printable
from linli.model.text import Text as Said

NOTHING = "–"


NARROWEST = 40
"""Columns below which tables would lose what they say: a narrower terminal breaks their lines."""


class Screen(Console):
    """A console that shows texts from elsewhere and does not obey them: see `model.reading.printable`."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """As rich does, control characters written as their codes."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)


def console() -> Screen:
    """Standard output: as wide as the terminal, or 100 columns where there is none."""
    told = os.environ.get("COLUMNS", "")
    there = sys.stdout is not None and sys.stdout.isatty()
    width = int(told) if told.isdecimal() and int(told) else None if there else 100
    if width is not None and width < NARROWEST:
        width = NARROWEST
    return Screen(width=width, markup=False, highlight=False)


def table(*, header: bool = True) -> Table:
    """An empty table in the house's style."""
    return Table(box=None, header_style="bold", pad_edge=False, show_header=header)


def headed(heads: Sequence[Said], lang: str, words: Collection[Said] = (), width: int | None = None) -> Table:
    """A table with its headings: the first column holds what rows are about, others numbers, except those in
    `words`. width: of a column, whose texts go on in the next line."""
    shown = table()
    for n, head in enumerate(heads):
        side: Literal["left", "right"] = "left" if n == 0 or head in words else "right"
        shown.add_column(
            head.said(lang), justify=side, max_width=width, overflow="ellipsis" if width is None else "fold"
        )
    return shown


def paragraphs(said: Mapping[str, str]) -> Table:
    """Sentences, each beside what it is about, with a blank line behind it."""
    shown = table(header=False)
    for about, sentence in said.items():
        # Chinese has no blanks to break a line at
        shown.add_row(Text(about, style="bold"), Text(sentence, overflow="fold"))
        shown.add_row("", "")
    return shown


def decimals(scale: float | None) -> int:
    """Decimals that show two figures of a scale: half an interval, or a value itself."""
    if scale is None or not math.isfinite(scale) or scale == 0.0:
        return 2
    return min(5, max(0, 1 - math.floor(math.log10(abs(scale)))))


def number(value: float | None, places: int | None = None, *, sign: bool = False) -> str:
    """A number with its decimals, or in four figures if none are given; a dash for what is not defined."""
    if value is None or not math.isfinite(value):
        return NOTHING
    if places is None:
        return f"{value:.4g}".replace("-", "−") if abs(value) < 10_000 else f"{value:,.0f}"
    written = f"{value:+,.{places}f}" if sign else f"{value:,.{places}f}"
    return written.replace("-", "−") if float(written.replace(",", "")) else f"{0:.{places}f}"


def plain(value: float) -> str:
    """A bound or a setting, in as many figures as one would type."""
    if abs(value) >= 100_000:
        return f"{value:,.0f}"
    return f"{value:g}" if abs(value) >= 1 else f"{value:.3g}"
