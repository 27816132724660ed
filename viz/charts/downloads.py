"""What a visitor can take home of the charts: their numbers, and the picture for paper."""

import io
import textwrap
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import solara
from matplotlib.figure import Figure

from linli.experiments.figures.style import language_of_figures, styled
from linli.viz.charts import Picture
from linli.viz.charts.cited import bibtex
from linli.viz.controls.elements import box
from linli.viz.words import say

FORMATS = {
    "csv": "text/csv",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "bib": "application/x-bibtex",
}


DRAWING = threading.Lock()
"""Styles of figures are global to matplotlib, and visitors are in threads."""

Pictures = Callable[[str], tuple[str, Sequence[Picture], Sequence[str]]]
"""A title, pictures, and lines that say of what they were made, in a language."""


@solara.component
def Downloads(name: str, formats: Iterable[str], make: Callable[[str, str], bytes], lang: str) -> None:
    """A button a format; nothing is made before it is asked for. make: from a format and a language."""
    newest = solara.use_ref((make, lang))
    newest.current = (make, lang)

    # the same functions at every rendering: with another one, a download would begin afresh and never end
    data = solara.use_memo(lambda: {ending: partial(_newest, newest, ending) for ending in formats}, [])
    with box("div", "downloads"):
        for ending in formats:
            label = f"{say('download', lang)} {ending.upper()}"
            with solara.FileDownload(data[ending], f"linli-{name}.{ending}", mime_type=FORMATS[ending]).key(
                f"{ending}-{name}"
            ):
                solara.Button(
                    ending.upper(), icon_name="mdi-download", text=True, small=True,
                    attributes={"aria-label": label, "title": label},
                )  # fmt: skip


def _newest(newest: Any, ending: str) -> bytes:
    make, lang = newest.current
    done: bytes = make(ending, lang)
    return done


def made(pictures: Pictures, ending: str, lang: str) -> bytes:
    """A file. Figures are labelled in English where this machine has no Chinese font."""
    if ending in ("csv", "bib"):
        _, shown, made_of = pictures(lang)
        return csv_of(shown, made_of) if ending == "csv" else bibtex(made_of)
    title, shown, made_of = pictures(language_of_figures(lang))
    return drawn(shown, title, ending, made_of)


def csv_of(pictures: Sequence[Picture], made_of: Sequence[str] = ()) -> bytes:
    """Every number of some pictures as a tidy table: picture, line, day, value, unit. made_of: its last
    column, in the first rows, so that every reader of tables reads it."""
    rows = []
    for picture in pictures:
        lines = [(line.name, line.days, line.values) for line in picture.lines]
        if picture.band is not None:
            band = picture.band
            lines += [
                (f"{band.name}: low", band.days, band.low),
                (f"{band.name}: high", band.days, band.high),
            ]
        for name, days, values in lines:
            rows += [
                (picture.title, name, day, value, picture.unit)
                for day, value in zip(days, values, strict=True)
            ]
    table = pd.DataFrame(rows, columns=["picture", "line", "day", "value", "unit"])
    return written(table, made_of)


def written(table: pd.DataFrame, made_of: Sequence[str]) -> bytes:
    """A table as a file, with what it was made of in its last column."""
    told = table.assign(**{"made of": [*made_of, *[""] * len(table)][: len(table)]})
    return told.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def drawn(pictures: Sequence[Picture], title: str, ending: str, made_of: Sequence[str] = ()) -> bytes:
    """The pictures side by side for paper, as PNG, SVG or PDF, with a caption of what they were made of."""
    with DRAWING, styled():
        figure = Figure(figsize=(4.8 * len(pictures), 3.4), layout="constrained")
        figure.suptitle(title, fontsize=11, x=0.01, ha="left")
        for panel, picture in zip(figure.subplots(1, len(pictures), squeeze=False)[0], pictures, strict=True):
            _draw(panel, picture)
        if made_of:
            lines = [part for line in made_of for part in textwrap.wrap(line, 75 * len(pictures))]
            figure.supxlabel("\n".join(lines), fontsize=6, x=0.01, ha="left", color="#55606e")
        file = io.BytesIO()
        figure.savefig(file, format=ending, dpi=160, facecolor="white")
    return file.getvalue()


def _draw(panel: Any, picture: Picture) -> None:
    if picture.band is not None:
        low, high = (np.array(end, dtype=float) for end in (picture.band.low, picture.band.high))
        panel.fill_between(picture.band.days, low, high, alpha=0.2, linewidth=0, label=picture.band.name)
    for line in picture.lines:
        values = np.array(line.values, dtype=float)
        panel.plot(
            line.days,
            values,
            color=line.colour,
            linestyle=line.style,
            linewidth=line.width * 0.8,
            label=line.name,
        )
    panel.set_title(picture.headed, loc="left", fontsize=10)
    panel.set_xlim(0, picture.days)
    panel.set_xlabel(say("days", picture.lang))
    panel.set_ylabel(picture.unit)
    panel.legend()
