"""How every figure looks, in which language, and how it is saved."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import cycle
from pathlib import Path
from textwrap import wrap
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from linli.experiments.output import Writers
from linli.experiments.output.labels import label_of

INK = "#333333"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe & Ito's colours; markers and lines differ too, so that black and white will do."""
LINES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P")
CHINESE_FONTS = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei"),
    *("Hiragino Sans GB", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Serif CJK SC"),
    *("Source Han Serif SC", "Songti SC", "SimSun", "Arial Unicode MS", "Noto Sans CJK JP"),
)
"""Fonts with simplified Chinese that Linux, macOS and Windows come with."""
CHINESE_FILES = (
    "notosanscjk-regular",
    "sourcehansans",
    "notosanssc",
    "msyh",
    "simhei",
    "wqy",
    "pingfang",
    "cjk",
)
"""How the names of their files begin or go on: for fonts that came after matplotlib had looked around."""
NO_FONT = "no Chinese font was found on this machine: the labels of the figures are in English"
WIDTH = 3.1
"""Of one panel [inches]."""


@cache
def chinese_font() -> str | None:
    """A font of this machine that has Chinese, or None."""
    from matplotlib import font_manager

    there = {font.name for font in font_manager.fontManager.ttflist}
    known = next((name for name in CHINESE_FONTS if name in there), None)
    return known or _font_file_added()


def _font_file_added() -> str | None:
    from matplotlib import font_manager

    installed = sorted(font_manager.findSystemFonts())
    for part in CHINESE_FILES:
        for file in installed:
            if part in Path(file).name.lower():
                font_manager.fontManager.addfont(file)
                return font_manager.FontProperties(fname=file).get_name()
    return None


def language_of_figures(lang: str) -> str:
    """The language that figures can be labelled in here."""
    return "en" if lang == "zh" and chinese_font() is None else lang


@contextmanager
def styled() -> Iterator[None]:
    """Fonts and sizes; SVG files that are the same each time and need no font to be read."""
    fonts = [name for name in (chinese_font(), "DejaVu Sans") if name]
    changes: Any = {
        "font.family": fonts[::-1],
        "font.size": 8.5,
        "axes.titlesize": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "svg.hashsalt": "linli",
        "legend.frameon": False,
    }
    with mpl.rc_context(changes):
        yield


def panels(count: int, columns: int = 3, *, height: float = 2.5, width: float = WIDTH) -> tuple[Figure, Any]:
    """A figure with so many panels, in rows."""
    columns = min(columns, count)
    rows = -(-count // columns)
    figure = Figure(figsize=(width * columns, height * rows + 0.5), layout="constrained")
    axes = np.atleast_1d(figure.subplots(rows, columns, squeeze=False)).ravel()
    for unused in axes[count:]:
        unused.set_visible(False)
    return figure, axes[:count]


def title(panel: Any, measure: str, lang: str) -> None:
    """A measure's label above a panel, in lines that fit."""
    label = label_of(measure, lang).partition(" (")[0]
    panel.set_title("\n".join(wrap(label, 38 if lang == "en" else 18)), loc="left")


def folded(label: str) -> str:
    """A label of an axis in lines that fit."""
    return "\n".join(wrap(label, 30))


def below(axes: Any, label: str) -> None:
    """A label under the lowest panel of each column."""
    columns = axes[0].get_gridspec().ncols
    for panel in axes[-columns:]:
        panel.set_xlabel(folded(label))


def looks(names: Sequence[Any]) -> list[tuple[Any, dict[str, Any]]]:
    """Each name with a colour, a line and a marker of its own."""
    styles = zip(names, cycle(COLOURS), cycle(LINES), cycle(MARKERS), strict=False)
    return [(name, {"color": c, "linestyle": line, "marker": m}) for name, c, line, m in styles]


def band(panel: Any, x: Any, low: Any, high: Any, colour: str) -> None:
    """An interval around a line."""
    panel.fill_between(x, low, high, color=colour, alpha=0.18, linewidth=0)


def files(figures: dict[str, Figure]) -> Writers:
    """Every figure as PNG and as SVG."""
    with styled():
        for figure in figures.values():
            figure.draw_without_rendering()
            figure.set_layout_engine("none")  # laid out once, for both files
    return {
        f"{name}.{kind}": partial(_save, figure)
        for name, figure in figures.items()
        for kind in ("png", "svg")
    }


def _save(figure: Figure, path: Path) -> None:
    metadata: dict[str, Any] = {"Date": None} if path.suffix == ".svg" else {}
    with styled():
        figure.savefig(path, dpi=160, metadata=metadata, facecolor="white")
