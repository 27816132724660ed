"""All cases in one page that needs nothing else, in English and Chinese: figures, tables, the evidence, what
the model cannot tell, and its full description (ODD)."""

import base64
import re
from collections.abc import Iterable, Sequence
from functools import partial
from html import escape
from pathlib import Path

import pandas as pd
from markdown_it import MarkdownIt

from linli.agents.compiled import SOURCE_HASH
from linli.experiments.across.sentences import CANNOT
from linli.experiments.calibration.beside import HIT, MISS, VERDICTS
from linli.experiments.evidence import VALIDATION, evidence
from linli.experiments.output import Writers, version
from linli.experiments.output.labels import label_of, shown
from linli.experiments.output.screen import number
from linli.experiments.output.written import text_of
from linli.experiments.reproduce import tables
from linli.experiments.reproduce.crate import REPORT
from linli.experiments.reproduce.lock import lock
from linli.experiments.reproduce.making import Done
from linli.model.odd import FILE as ODD
from linli.model.text import LANGUAGES, Text
from linli.model.unidentified import UNIDENTIFIED

CSS = Path(__file__).resolve().parent / "report.css"
NAMES = {"en": "English", "zh": "中文"}
_CANNOT = re.compile(r"^## 9 .*?(?=^## )", re.MULTILINE | re.DOTALL)
"""The section of the ODD that says what the model cannot tell."""

TITLE = Text("linli: published results, worked out again", "邻里：已发布结果的重现")
HOW = Text(
    "Made by linli {version}, rules {code}. Reproduced means that every figure lies inside the tolerance "
    "that was written down for it, with its source, before; nothing was tuned to it.",
    "由linli {version}生成，规则{code}。“已重现”指每个数值都落在事先连同出处写下的容差之内；"
    "没有任何取值据此调整。",
)
OVERVIEW = Text("Overview", "概览")
CASE, SOURCE, FIGURES = Text("case", "案例"), Text("source", "出处"), Text("figures", "数值")
OF = Text("{n} of {of}", "{of}项中{n}项")
DATA = Text("data (CSV)", "数据（CSV）")
SCENARIO = Text("scenario (TOML)", "场景（TOML）")
EVIDENCE = Text("The evidence, and how worlds meet it", "证据，以及各世界与之的符合情况")
EVIDENCE_HOW = Text(
    "Each figure, with its band and source; the default world (means of seeds 1 to 3), and the worlds that "
    "fit, each under a seed it was not found with. Figures held back were never used to choose a value: "
    "they are shown as they fall.",
    "每项数据及其区间与出处；默认世界（种子1至3的均值），以及各符合世界（使用未用于寻找它们的种子）。"
    "留作检验的数据从未用于取值，照实列出。",
)
EVIDENCE_HEADS = (
    Text("figure", "指标"),
    Text("published", "公布值"),
    Text("band", "区间"),
    Text("default world", "默认世界"),
    Text("middle world", "居中的世界"),
    Text("worlds inside", "区间内的世界"),
    Text("default world", "默认世界"),
    Text("source", "出处"),
)
HELD_BACK = Text("held back", "留作检验")
UNKNOWN = Text("What the model cannot tell", "模型不能回答的")
OPEN = Text(
    "No target of the model identifies these parameters, and effects hang on them:",
    "模型的任何目标都不能确定以下参数，而效应取决于它们：",
)
IN_FULL = Text("In full, from the ODD (section 9)", "全文见ODD第9节（英文）")
DESCRIPTION = Text("Full description of the model (ODD)", "模型的完整说明（ODD，英文）")
ENVIRONMENT = Text("Environment", "环境")


def files(done: Sequence[Done]) -> Writers:
    """The page."""
    return {REPORT: partial(text_of, page(done))}


def page(done: Sequence[Done]) -> str:
    """The page as HTML."""
    switch = "".join(
        f'<input type="radio" name="lang" id="{lang}"{" checked" if lang == LANGUAGES[0] else ""}>'
        for lang in LANGUAGES
    ) + "".join(f'<label class="lang" for="{lang}">{NAMES[lang]}</label>' for lang in LANGUAGES)
    parts = "".join(_section(done, lang) for lang in LANGUAGES)
    style = CSS.read_text(encoding="utf-8")
    head = f'<meta charset="utf-8"><title>{escape(TITLE.en)}</title><style>{style}</style>'
    viewport = '<meta name="viewport" content="width=device-width">'
    shared = _described() + _environment()
    whole = f"<head>{viewport}{head}</head><body>{switch}{parts}{shared}</body>"
    return f'<!doctype html>\n<html lang="en">{whole}</html>\n'


def _section(done: Sequence[Done], lang: str) -> str:
    """Everything that is said in a language."""
    how = HOW.said(lang).format(version=version(), code=SOURCE_HASH)
    body = [f"<h1>{escape(TITLE.said(lang))}</h1><p>{escape(how)}</p>", _overview(done, lang)]
    body += [_case(one, lang) for one in done]
    body += [_evidence(done, lang), _unknown(lang)]
    return f'<section class="{lang}" lang="{lang}">{"".join(body)}</section>'


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], classes: Sequence[str]) -> str:
    """A table. classes: of the columns; cells are HTML."""
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    lines = [
        "".join(f'<td class="{kind}">{cell}</td>' for kind, cell in zip(classes, row, strict=True))
        for row in rows
    ]
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><tr>{head}</tr>{body}</table>"


def _verdict(is_well: bool, said: str) -> str:
    return f'<span class="{"yes" if is_well else "no"}">{escape(said)}</span>'


def _overview(done: Sequence[Done], lang: str) -> str:
    rows = [
        (
            f'<a href="#{lang}-{one.case.name}">{escape(one.case.title.said(lang))}</a>',
            escape(one.case.source),
            OF.said(lang).format(n=sum(v.is_reproduced for v in one.verdicts), of=len(one.verdicts)),
            _verdict(one.is_reproduced, _said(one, lang)),
        )
        for one in done
    ]
    heads = (CASE.said(lang), SOURCE.said(lang), FIGURES.said(lang), tables.HEADS[4].said(lang))
    return f"<h2>{escape(OVERVIEW.said(lang))}</h2>" + _table(heads, rows, ("", "", "", ""))


def _said(one: Done, lang: str) -> str:
    """The verdict on a case: that of its worst figure."""
    return next((v for v in one.verdicts if not v.is_reproduced), one.verdicts[0]).said(lang)


def _case(one: Done, lang: str) -> str:
    drawn = one.folder / "figure.zh.svg"
    if lang != "zh" or not drawn.is_file():
        drawn = one.folder / "figure.svg"
    rows = []
    for verdict in one.verdicts:
        cells = [escape(cell) for cell in tables.cells(verdict, lang)]
        cells[4] = _verdict(verdict.is_reproduced, verdict.said(lang))
        rows.append(cells)
    links = [_link(one.folder / "data.csv", "text/csv", DATA.said(lang), f"{one.case.name}.csv")]
    if (one.folder / "scenario.toml").is_file():
        scenario = one.folder / "scenario.toml"
        links.append(_link(scenario, "application/toml", SCENARIO.said(lang), f"{one.case.name}.toml"))
    alt = escape(one.case.title.said(lang))
    image = f'<img alt="{alt}" src="{_inline(drawn, "image/svg+xml")}">'
    heads = [head.said(lang) for head in tables.HEADS]
    return (
        f'<h2 id="{lang}-{one.case.name}">{alt}</h2><p>{escape(one.case.about.said(lang))}</p>'
        f'<p class="dim">{escape(one.case.source)}</p>{image}'
        f"{_table(heads, rows, ('', 'n', 'n', 'n', '', 'dim'))}<p class='dim'>{' · '.join(links)}</p>"
    )


def _inline(path: Path, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _link(path: Path, kind: str, said: str, name: str) -> str:
    return f'<a download="{escape(name)}" href="{_inline(path, kind)}">{escape(said)}</a>'


def _evidence(done: Sequence[Done], lang: str) -> str:
    """The table of the case donghu, as people read it."""
    folder = next((one.folder for one in done if one.case.name == "donghu"), None)
    if folder is None:
        return ""
    lived = pd.read_csv(folder / "data.csv").set_index("measure").to_dict("index")
    rows = []
    for figure in evidence():
        of, scale = lived[figure.measure], shown(figure.measure, lang)
        low, high = (number(scale.factor * edge) for edge in (figure.low, figure.high))
        target = "" if figure.target is None else number(scale.factor * figure.target)
        held = f" ({HELD_BACK.said(lang)})" if figure.use == VALIDATION else ""
        hit = HIT if figure.holds(float(of["default"])) else MISS
        rows.append(
            (
                escape(label_of(figure.measure, lang) + held),
                target,
                f"{low}–{high} {escape(scale.unit)}",
                number(scale.factor * float(of["default"])),
                number(scale.factor * float(of["middle"])),
                f"{int(of['inside'])} / {int(of['worlds'])}",
                _verdict(hit == HIT, VERDICTS[hit].said(lang)),
                escape(figure.source),
            )
        )
    heads = [head.said(lang) for head in EVIDENCE_HEADS]
    shown_ = _table(heads, rows, ("", "n", "n", "n", "n", "n", "", "dim"))
    return f"<h2>{escape(EVIDENCE.said(lang))}</h2><p>{escape(EVIDENCE_HOW.said(lang))}</p>{shown_}"


def _unknown(lang: str) -> str:
    listed = "".join(f"<li>{escape(label_of(name, lang))}</li>" for name in UNIDENTIFIED)
    cannot = CANNOT.said(lang)
    text = f"<p>{escape(cannot[:1].upper() + cannot[1:])}</p><p>{escape(OPEN.said(lang))}</p>"
    section = _CANNOT.search(ODD.read_text(encoding="utf-8"))
    full = _folded(IN_FULL.said(lang), _html(section[0] if section else ""))
    return f"<h2>{escape(UNKNOWN.said(lang))}</h2>{text}<ul>{listed}</ul>{full}"


def _described() -> str:
    return _folded(" · ".join(DESCRIPTION), _html(ODD.read_text(encoding="utf-8")))


def _folded(summary: str, html: str) -> str:
    """What is shown when one asks for it."""
    return f"<details><summary>{escape(summary)}</summary>{html}</details>"


def _environment() -> str:
    return _folded(" · ".join(ENVIRONMENT), f"<pre>{escape(lock())}</pre>")


def _html(markdown: str) -> str:
    """Markdown as HTML; what stands in it as HTML is shown and not obeyed."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").render(_without_comments(markdown))


def _without_comments(markdown: str) -> str:
    return re.sub(r"<!--.*?-->\n?", "", markdown, flags=re.DOTALL)
