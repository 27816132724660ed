"""What decides, where it replaces and what to measure next: in words, tables and a map."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from linli.experiments.across.discovered import Discovered, unit_measure
from linli.experiments.across.effects import NET
from linli.experiments.across.report import of_over
from linli.experiments.across.sentences import NET_WORDS
from linli.experiments.across.tables import LABEL
from linli.experiments.across.words import count, middle, survey
from linli.experiments.analysis.discovery import LOWERS, RAISES
from linli.experiments.answer.words import clauses, short, unit_of_change
from linli.experiments.figures.style import files as figure_files
from linli.experiments.figures.style import language_of_figures, styled
from linli.experiments.figures.wake_map import draw
from linli.experiments.output import Writers
from linli.experiments.output.labels import label_of, shown
from linli.experiments.output.screen import console, decimals, headed, number, paragraphs
from linli.experiments.output.written import csv_of, paragraphs_of, text_of
from linli.experiments.statistics.attributed import NAME_OF
from linli.experiments.statistics.boxes import DENSITY, Box, as_words
from linli.model.measures import MEASURES
from linli.model.text import Text

MOST = 10
"""Assumptions that are listed."""
HEAD = Text(
    "Arm {arm}: {what}, over {worlds} worlds that fit the evidence",
    "方案{arm}：符合证据的{worlds}个世界中的{what}",
)
ABOUT = {
    "effect": Text("The effect", "效应"),
    "decides": Text("What decides", "由什么决定"),
    RAISES: Text("Where it is more", "何处增加"),
    LOWERS: Text("Where it is less", "何处减少"),
    "measure": Text("What to measure next", "下一步测量什么"),
}
NET_ABOUT = {
    RAISES: Text("Where it wakes", "何处唤起"),
    LOWERS: Text("Where it replaces", "何处替代"),
}
EFFECT = Text("is positive {count}: {middle}.", "{count}为正：{middle}。")
DECIDES = Text("{list}.", "{list}。")
ONE = Text("{label} ({rank}; alone {share} % of what differs)", "{label}（{rank}；单独解释差异的{share}%）")
NO_ONE = Text(
    "none of the {many} assumptions is told from chance by so many worlds.",
    "在这些世界中，{many}项假设无一能与偶然区分。",
)
BOX = Text(
    "where {box}: in {inside} of the {n} worlds there, {coverage} of all such worlds.",
    "{box}：其中{n}个世界的{inside}如此，占所有此类世界的{coverage}。",
)
THIN = Text(" It is not sure there: fewer than {wanted}.", "该处并不确定：不到{wanted}。")
NO_BOX = Text(
    "no limits of any assumption tell better than chance would.",
    "没有任何假设的界限能比偶然更好地说明。",
)
MEASURE = Text(
    "{what} ({how}): knowing it would take {share} % ({low} to {high}) off what is uncertain of the effect; "
    "{survey}.",
    "{what}（{how}）：知道它可消去效应不确定性的{share}%（{low}至{high}）；{survey}。",
)
NOTHING = Text(
    "none of these quantities, known exactly, would clearly narrow the effect over these worlds.",
    "即使精确知道这些量中的任何一个，也不能明显缩小这些世界中的效应范围。",
)
RANKS = (
    Text("assumption", "假设"),
    Text("rank correlation", "秩相关"),
    Text("alone, % of what differs", "单独解释的差异%"),
)
WORTHS = (
    Text("quantity", "量"),
    Text("asked of", "询问对象"),
    Text("takes off, %", "消去%"),
    Text("range narrower by, %", "范围缩小%"),
    Text("gain", "收益"),
    Text("households", "户数"),
    Text("± error", "±误差"),
)
WORDS = (WORTHS[1],)
"""Columns of words."""
GAIN = Text(
    "gain: of whoever has the policy only where what is known lets expect more [{unit}]; households: of a "
    "simple random sample that tells four fifths of it, ± its standard error.",
    "收益：只在已知情形预期为正时才采用政策者的所得[{unit}]；户数：能得其五分之四的简单随机样本，±为标准误。",
)


def what_of(found: Discovered, lang: str) -> str:
    """What the effect is called."""
    return (
        NET_WORDS.said(lang)
        if found.measure == NET
        else short(NAME_OF.get(found.measure, found.measure), lang)
    )


def sentences(found: Discovered, lang: str) -> dict[str, str]:
    """By what they are about."""
    of = NET_ABOUT if found.measure == NET else ABOUT
    said = {
        ABOUT["effect"].said(lang): _effect(found, lang),
        ABOUT["decides"].said(lang): _decides(found, lang),
    }
    said[of[RAISES].said(lang)] = _box(found.boxes.raises, lang)
    said[of[LOWERS].said(lang)] = _box(found.boxes.lowers, lang)
    said[ABOUT["measure"].said(lang)] = _measure(found, lang)
    return said


def _effect(found: Discovered, lang: str) -> str:
    sign = found.over.sign
    assert sign is not None  # there are worlds with an effect
    said = count(sign.share_up, sign.worlds, lang)
    return EFFECT.said(lang).format(count=said, middle=middle(found.over, unit_measure(found.measure), lang))


def _decides(found: Discovered, lang: str) -> str:
    """The assumptions that chance does not explain."""
    clear = [one for one in found.deciding if one.is_clear]
    if not clear:
        return NO_ONE.said(lang).format(many=len(found.deciding))
    listed = [
        ONE.said(lang).format(
            label=label_of(one.parameter, lang),
            rank=number(one.rank, 2, sign=True),
            share=_percent(one.first.share),
        )
        for one in clear[:MOST]
    ]
    return DECIDES.said(lang).format(list=clauses(listed, lang))


def _box(box: Box | None, lang: str) -> str:
    if box is None:
        return NO_BOX.said(lang)
    words = as_words(box, lang, partial(label_of, lang=lang))
    inside, coverage = f"{_percent(box.density)} %", f"{_percent(box.coverage)} %"
    text = BOX.said(lang).format(box=words, inside=inside, n=box.points, coverage=coverage)
    return text + (THIN.said(lang).format(wanted=f"{_percent(DENSITY)} %") if box.density < DENSITY else "")


def _measure(found: Discovered, lang: str) -> str:
    """The most telling quantity, if any tells anything."""
    clear = [one for one in found.worth if one.is_clear]
    if not clear:
        return NOTHING.said(lang)
    best = clear[0]
    return MEASURE.said(lang).format(
        what=label_of(best.observable.name, lang),
        how=best.observable.how.said(lang),
        share=_percent(best.narrows.share),
        low=_percent(best.narrows.low),
        high=_percent(best.narrows.high),
        survey=survey(best.households, lang),
    )


def _percent(share: float) -> str:
    return number(100.0 * share, 0)


# on the screen, as data and files --------------------------------------------------------------------------


def show(found: Discovered, lang: str) -> None:
    """Sentences, then both rankings."""
    screen = console()
    head = HEAD.said(lang).format(arm=found.arm, what=what_of(found, lang), worlds=len(found.effect))
    screen.print(head, style="bold")
    screen.print()
    screen.print(paragraphs(sentences(found, lang)))
    screen.print(_shown(RANKS, _decided(found, lang), lang))
    screen.print()
    screen.print(_shown(WORTHS, _worths(found, lang), lang))
    unit = unit_of_change(unit_measure(found.measure), lang)
    screen.print(GAIN.said(lang).format(unit=unit), style="dim")


def _shown(heads: Sequence[Text], rows: Sequence[Sequence[str]], lang: str) -> Any:
    made = headed(heads, lang, WORDS, LABEL)
    for row in rows:
        made.add_row(*row)
    return made


def _decided(found: Discovered, lang: str) -> list[list[str]]:
    return [
        [
            ("* " if one.is_clear else "  ") + label_of(one.parameter, lang),
            _within(one.rank, one.low, one.high, 2),
            _within(100 * one.first.share, 100 * one.first.low, 100 * one.first.high, 0),
        ]
        for one in found.deciding[:MOST]
    ]


def _worths(found: Discovered, lang: str) -> list[list[str]]:
    factor = shown(unit_measure(found.measure), lang).factor
    rows = []
    for one in found.worth:
        scale = shown(one.observable.name, lang).factor if one.observable.name in MEASURES else 1.0
        error = "" if one.error is None else number(scale * one.error, decimals(scale * one.error))
        rows.append(
            [
                ("* " if one.is_clear else "  ") + _named(one.observable.name, lang),
                one.observable.how.said(lang),
                _within(100 * one.narrows.share, 100 * one.narrows.low, 100 * one.narrows.high, 0),
                number(100 * one.width, 0),
                number(factor * one.gain, decimals(factor * one.gain)),
                "" if one.households is None else f"{one.households:,}",
                error,
            ]
        )
    return rows


def _named(quantity: str, lang: str) -> str:
    """A measure by its name, which is short; in Chinese, and a parameter, by its label."""
    return quantity if lang == "en" and quantity in MEASURES else label_of(quantity, lang)


def _within(value: float, low: float, high: float, places: int) -> str:
    a, b, c = (number(v, places, sign=places > 0) for v in (value, low, high))
    return f"{a} ({b} … {c})"


def ranked(found: Discovered) -> pd.DataFrame:
    """Every assumption, a row each."""
    return pd.DataFrame(
        [
            {
                "parameter": one.parameter, "rank": one.rank, "rank_low": one.low, "rank_high": one.high,
                "first": one.first.share, "first_low": one.first.low, "first_high": one.first.high,
                "clear": one.is_clear,
            }
            for one in found.deciding
        ]
    )  # fmt: skip


def to_measure(found: Discovered) -> pd.DataFrame:
    """Every observable, a row each."""
    return pd.DataFrame(
        [
            {
                "quantity": one.observable.name, "asked_of": one.observable.how.en,
                "narrows": one.narrows.share,
                "narrows_low": one.narrows.low, "narrows_high": one.narrows.high,
                "width": one.width, "gain": one.gain, "households": one.households, "error": one.error,
            }
            for one in found.worth
        ]
    ).astype({"households": "Int64"})  # fmt: skip


def as_data(found: Discovered, lang: str) -> dict[str, Any]:
    """As printed by --json."""
    plain = {
        name: frame.astype(object).where(frame.notna(), None).to_dict("records")
        for name, frame in (("deciding", ranked(found)), ("measure_next", to_measure(found)))
    }
    boxes = {
        name: None if box is None else {**vars(box), "limits": {k: list(v) for k, v in box.limits.items()}}
        for name, box in (("raises", found.boxes.raises), ("lowers", found.boxes.lowers))
    }
    head = {
        "arm": found.arm,
        "measure": found.measure,
        "worlds": len(found.effect),
        "effect": of_over(found.over),
    }
    return {**head, **plain, "boxes": boxes, "sentences": sentences(found, lang)}


def files(found: Discovered, lang: str) -> Writers:
    """Sentences, both rankings as CSV, worlds with their effect, and the map as PNG and SVG."""
    drawn, unit = language_of_figures(lang), unit_measure(found.measure)
    scale = shown(unit, drawn)
    with styled():
        what = f"{what_of(found, drawn)} [{unit_of_change(unit, drawn)}]"
        figure = draw(found.parameters[list(found.axes)], scale.factor * found.effect, what, drawn)
    return {
        "discovery.txt": partial(text_of, paragraphs_of(sentences(found, lang), lang)),
        "deciding.csv": partial(csv_of, ranked(found)),
        "measure-next.csv": partial(csv_of, to_measure(found)),
        "worlds.csv": partial(csv_of, found.parameters.assign(effect=found.effect).reset_index()),
        **figure_files({"map": figure}),
    }
