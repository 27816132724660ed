"""What a visitor can take home of the charts: their numbers, and the picture for paper."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import solara
from matplotlib import font_manager, rc_context
from matplotlib.figure import Figure

from viz.charts import Picture
from viz.words import say

CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei",
    "WenQuanYi Zen Hei", "Heiti SC", "Arial Unicode MS", "Noto Sans CJK JP",
)  # fmt: skip
"""Fonts with Chinese characters, one of which most machines have."""

FORMATS = {"csv": "text/csv", "png": "image/png", "svg": "image/svg+xml"}


@solara.component
def Downloads(name: str, title: str, pictures: Callable[[], Sequence[Picture]], lang: str) -> None:
    """A button a format; nothing is drawn before it is asked for."""
    with solara.v.Html(tag="div", class_="downloads"):
        for ending, mime in FORMATS.items():

            def data(ending: str = ending) -> bytes:
                shown = pictures()
                return csv_of(shown) if ending == "csv" else drawn(shown, title, ending)

            label = f"{say('download', lang)} {ending.upper()}"
            with solara.FileDownload(data, f"linli-{name}.{ending}", mime_type=mime).key(f"{ending}-{name}"):
                solara.Button(
                    ending.upper(), icon_name="mdi-download", text=True, small=True,
                    attributes={"aria-label": label, "title": label},
                )  # fmt: skip


def csv_of(pictures: Sequence[Picture]) -> bytes:
    """Every number of some pictures as a tidy table: picture, line, day, value, unit."""
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
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def drawn(pictures: Sequence[Picture], title: str, ending: str) -> bytes:
    """The pictures side by side for paper, as PNG or SVG."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    fonts = [*(name for name in CHINESE if name in known), "DejaVu Sans"]
    with rc_context({"font.family": fonts, "svg.fonttype": "none", "axes.unicode_minus": False}):
        figure = Figure(figsize=(4.8 * len(pictures), 3.4), layout="constrained")
        figure.suptitle(title, fontsize=12, x=0.01, ha="left")
        for panel, picture in zip(figure.subplots(1, len(pictures), squeeze=False)[0], pictures, strict=True):
            _draw(panel, picture)
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
    panel.set_title(
        f"{picture.title} ({picture.unit})" if picture.unit else picture.title, loc="left", fontsize=10
    )
    panel.set_xlim(0, picture.days)
    panel.spines[["top", "right"]].set_visible(False)
    panel.legend(frameon=False, fontsize=8)
