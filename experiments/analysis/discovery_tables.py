"""What `linli discover` found, in plain words, tables and a picture."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from linli.experiments.analysis.discovery import LOWERS, RAISES, UNCLEAR, Discovery
from linli.experiments.answer.words import short, unit_of_change
from linli.experiments.figures.style import COLOURS, folded, language_of_figures, panels, styled
from linli.experiments.figures.style import files as figure_files
from linli.experiments.output import Writers
from linli.experiments.output.labels import label_of, shown
from linli.experiments.output.screen import console, number, table
from linli.experiments.output.written import csv_of, text_of
from linli.experiments.statistics.boxes import DENSITY, Box, as_words

CLASSES = {
    "en": {RAISES: "raises", LOWERS: "lowers", UNCLEAR: "unclear"},
    "zh": {RAISES: "提高", LOWERS: "降低", UNCLEAR: "不明显"},
}
TEXTS = {
    "en": {
        "head": "Arm {arm}: {what} over {points} points. It rises at {up}, falls at {down}; "
        "at the rest it changes by less than ±{half} {unit}.",
        "head_one": "Arm {arm}: {what} over {points} points of one seed. It rises at {up}, falls at {down}.",
        "box": "It {verb} where {box}: at {density} of {n} points there, {coverage} of all such.",
        "thin": " That is a thin box: fewer than {wanted}.",
        "none": "No limits of any factor tell where it {verb} better than chance would.",
        "leaves": "The same by a classification tree",
    },
    "zh": {
        "head": "方案{arm}：{points}个点上的{what}。{up}的点上升，{down}的点下降；"
        "其余变化小于±{half} {unit}。",
        "head_one": "方案{arm}：{points}个点上的{what}，每点一个种子。{up}的点上升，{down}的点下降。",
        "box": "{box}时{verb}：其中{n}个点的{density}如此，占所有此类点的{coverage}。",
        "thin": "这个区域较稀疏：不到{wanted}。",
        "none": "没有任何因素的界限能比偶然更好地说明何时{verb}。",
        "leaves": "分类树的结果",
    },
}


def sentences(found: Discovery, lang: str) -> list[str]:
    """How often, and under which conditions."""
    texts, factor = TEXTS[lang], shown(found.measure, lang).factor
    said = [
        texts["head" if found.half else "head_one"].format(
            arm=found.arm,
            what=short(found.measure, lang),
            points=len(found.points),
            up=_percent(found.share(RAISES)),
            down=_percent(found.share(LOWERS)),
            half=number(factor * found.half),
            unit=unit_of_change(found.measure, lang),
        )
    ]
    return [*said, _box(found, RAISES, found.raises, lang), _box(found, LOWERS, found.lowers, lang)]


def _box(found: Discovery, kind: int, box: Box | None, lang: str) -> str:
    texts, verb = TEXTS[lang], CLASSES[lang][kind]
    if lang == "en":
        verb = {"raises": "rises", "lowers": "falls"}[verb]
    if box is None:
        return texts["none"].format(verb=verb)
    text = texts["box"].format(
        verb=verb,
        box=as_words(box, lang),
        density=_percent(box.density),
        coverage=_percent(box.coverage),
        n=box.points,
    )
    return text + (texts["thin"].format(wanted=_percent(DENSITY)) if box.density < DENSITY else "")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


# as data and files -----------------------------------------------------------------------------------------


def boxes(found: Discovery) -> pd.DataFrame:
    """Every box and every leaf, a row for each limit."""
    rows: list[dict[str, Any]] = []
    named = [("raises", found.raises), ("lowers", found.lowers)]
    named += [(f"leaf {i}", box) for i, (box, _) in enumerate(found.leaves, 1)]
    for name, box in named:
        if box is None:
            continue
        about = {"coverage": box.coverage, "density": box.density, "mass": box.mass, "points": box.points}
        for factor, span in box.limits.items():
            words = any(isinstance(value, str) for value in span)
            low, high = (None, None) if words else span
            inside = " or ".join(map(str, span)) if words else None
            rows.append({"box": name, "factor": factor, "low": low, "high": high, "words": inside, **about})
    return pd.DataFrame(rows, columns=["box", "factor", "low", "high", "words", *_ABOUT])


_ABOUT = ("coverage", "density", "mass", "points")


def as_data(found: Discovery) -> dict[str, Any]:
    """As printed by --json."""
    shares = {CLASSES["en"][kind]: found.share(kind) for kind in (RAISES, LOWERS, UNCLEAR)}
    leaves = [
        {"limits": as_words(box), "points": box.points, **{CLASSES["en"][k]: v for k, v in shares_in.items()}}
        for box, shares_in in found.leaves
    ]
    return {
        "arm": found.arm,
        "measure": found.measure,
        "points": len(found.points),
        "half": found.half,
        "shares": shares,
        "boxes": boxes(found).astype(object).where(lambda t: t.notna(), None).to_dict("records"),
        "leaves": leaves,
        "sentences": sentences(found, "en"),
    }


def files(found: Discovery, lang: str) -> Writers:
    """Points and boxes as CSV, sentences as text, the figure as PNG and SVG."""
    text = "\n".join(sentences(found, lang)) + "\n"
    with styled():
        figure = draw(found, language_of_figures(lang))
    return {
        "points.csv": partial(csv_of, found.points),
        "boxes.csv": partial(csv_of, boxes(found)),
        "discovery.txt": partial(text_of, text),
        **figure_files({"discovery": figure}),
    }


def show(found: Discovery, lang: str) -> None:
    """Sentences, and the tree."""
    screen = console()
    for sentence in sentences(found, lang):
        screen.print(sentence)
    if found.leaves:
        screen.print(f"\n{TEXTS[lang]['leaves']}", style="bold cyan")
        rows = table()
        for heading in ("", *(CLASSES[lang][k] for k in (RAISES, LOWERS, UNCLEAR)), "n"):
            rows.add_column(heading, justify="left" if not heading else "right")
        for box, shares in found.leaves:
            cells = [_percent(shares.get(kind, 0.0)) for kind in (RAISES, LOWERS, UNCLEAR)]
            rows.add_row(as_words(box, lang), *cells, str(box.points))
        screen.print(rows)


# the picture -----------------------------------------------------------------------------------------------


def draw(found: Discovery, lang: str) -> Figure:
    """Points on the two factors that boxes limit first, coloured by class, with the boxes."""
    x, y = _axes(found)
    figure, (panel,) = panels(1, width=5.2, height=3.8)
    looks = {RAISES: (COLOURS[0], "o"), LOWERS: (COLOURS[1], "s"), UNCLEAR: ("#999999", "x")}
    for kind, (colour, marker) in looks.items():
        rows = found.points[found.points["class"] == kind]
        panel.scatter(rows[x], rows[y], s=14, color=colour, marker=marker, label=CLASSES[lang][kind])
    for box, kind in ((found.raises, RAISES), (found.lowers, LOWERS)):
        if box is not None:
            _rectangle(panel, found, box, (x, y), looks[kind][0])
    panel.set_xlabel(folded(label_of(x, lang)))
    panel.set_ylabel(folded(label_of(y, lang) if y != "effect" else short(found.measure, lang)))
    figure.legend(loc="outside lower center", ncols=3, title=short(found.measure, lang))
    return figure


def _axes(found: Discovery) -> tuple[str, str]:
    """Two numeric factors: those with limits before the others; the effect itself if there is only one."""
    limited = [n for box in (found.raises, found.lowers) if box for n in box.limits]
    numeric = [n for n in found.factors if pd.api.types.is_numeric_dtype(found.points[n])]
    ordered = sorted(numeric, key=lambda n: limited.index(n) if n in limited else len(limited))
    x = ordered[0] if ordered else found.factors[0]
    return x, ordered[1] if len(ordered) > 1 else "effect"


def _rectangle(panel: Any, found: Discovery, box: Box, axes: tuple[str, str], colour: str) -> None:
    ends: list[tuple[float, float]] = []
    for name in axes:
        values = found.points[name]
        low, high = box.limits.get(name, (np.nan, np.nan))
        ends.append((values.min() if pd.isna(low) else low, values.max() if pd.isna(high) else high))
    (a, b), (c, d) = ends
    panel.add_patch(Rectangle((a, c), b - a, d - c, fill=False, edgecolor=colour, linewidth=1.6))
