"""The picture and the numbers of the README, from runs: `python -m linli.viz.picture STUDY REPRODUCED`.

STUDY is the folder of `linli sweep sinking`, REPRODUCED that of `linli reproduce donghu`. The picture goes
into `viz/picture.svg`; what stands between two comments, `<!-- begin: name -->` and `<!-- end: name -->`, is
written into both READMEs. No number there is typed by hand.
"""

import io
import re
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from rich.console import Console

from linli.experiments.across import lasting_report
from linli.experiments.across import lasting_sentences as told
from linli.experiments.across.lasting import FIRST, Dosed, dosed
from linli.experiments.across.sentences import NET_WORDS
from linli.experiments.answer.words import unit_of_change
from linli.experiments.evidence import VALIDATION, evidence
from linli.experiments.figures import fan, wake_map
from linli.experiments.figures.style import files, panels, styled
from linli.experiments.output.labels import label_of, shown
from linli.experiments.output.screen import number
from linli.experiments.statistics.attributed import NAME_OF
from linli.experiments.store import Store
from linli.model.attribution.channels import WOKEN
from linli.model.errors import InputError
from linli.model.files import write_whole
from linli.model.odd import markdown
from linli.model.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "viz" / "picture.svg"
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
MARKED = re.compile(r"(<!-- begin: (?P<name>[\w-]+) -->\n).*?(<!-- end: (?P=name) -->)", re.DOTALL)
WIDTH = 100
"""Columns of a block."""
CAPTION = Text(
    "*{worlds} worlds of Donghu that fit the evidence, each lived with the city's head-count sunk and "
    "with nobody sunk, members matched to posts in both. What is woken less what is replaced, in acts per "
    "1000 adults and day. Left: the fan of worlds, a line a world, blue where more is woken in the first "
    "year. Right: the map of wake and replace, over {one} and {other}. {decides}*",
    "*符合证据的{worlds}个东湖世界，各自经历“按全市比例下沉”与“无人下沉”，两边都认领岗位。"
    "图中为唤起减替代（次/千成年人·日）。左：世界之扇，一线一世界，第一年唤起更多者为蓝。右：唤起与替代的地图，横轴为{one}，纵轴为{other}。{decides}*",
)
DECIDES = Text("What decides: {said}", "由什么决定：{said}")
FIT_HEADS = (
    Text("figure", "指标"),
    Text("published", "公布值"),
    Text("band", "区间"),
    Text("default world", "默认世界"),
    Text("worlds inside the band", "区间内的世界"),
    Text("source", "出处"),
)
HELD_BACK = Text(" (held back)", "（留作检验）")


def draw(found: Dosed) -> Figure:
    """Left the fan of worlds, right the map of wake and replace."""
    what = f"{NET_WORDS.en} [{unit_of_change(NAME_OF[WOKEN], 'en')}]"
    first = found.main.years[FIRST].net
    figure, (left, right) = panels(2, columns=2, width=4.9, height=3.6)
    nets = {told.YEARS[name].en.format(n=year.number): year.net for name, year in found.main.years.items()}
    fan.onto(left, nets, what, "en")
    axes, clear = lasting_report.axes_of(found)
    wake_map.onto(figure, right, found.parameters[axes], first, what, "en", shaded=clear)
    return figure


def answer(found: Dosed, lang: str) -> str:
    """What the first line of the README shows, as it shows it; the same in both pages."""
    del lang
    screen = Console(file=io.StringIO(), width=WIDTH, markup=False, highlight=False, color_system=None)
    lasting_report.show(screen, found, "en")
    text = screen.file.getvalue()  # type: ignore[attr-defined]
    lines = "\n".join(line.rstrip() for line in text.rstrip().splitlines())
    return f"```text\n{lines}\n```"


def caption(found: Dosed, lang: str) -> str:
    """Under the picture."""
    said = told.sentences(found, lang)[told.HEADS["decides"].said(lang)]
    decides = DECIDES.said(lang).format(said=said[:1].lower() + said[1:])
    one, other = (label_of(name, lang) for name in lasting_report.axes_of(found)[0])
    return CAPTION.said(lang).format(worlds=found.worlds, one=one, other=other, decides=decides)


def fit(folder: Path, lang: str) -> str:
    """The evidence beside the default world and the worlds that fit, from the data of a reproduction."""
    lived = pd.read_csv(folder / "donghu" / "data.csv").set_index("measure").to_dict("index")
    rows = []
    for figure in evidence():
        of, scale = lived[figure.measure], shown(figure.measure, lang)

        def text(value: float | None, factor: float = scale.factor) -> str:
            return "" if value is None else f"{factor * value:.3g}"

        name = label_of(figure.measure, lang) + (HELD_BACK.said(lang) if figure.use == VALIDATION else "")
        band = f"{text(figure.low)}–{text(figure.high)} {scale.unit}"
        inside = f"{number(of['inside'], 0)} / {number(of['worlds'], 0)}"
        rows.append((name, text(figure.target), band, text(float(of["default"])), inside, figure.source))
    return markdown([head.said(lang) for head in FIT_HEADS], rows).rstrip()


def fill(page: str, blocks: Mapping[str, Callable[[str], str]], lang: str) -> str:
    """A page with every marked block made anew. Raises KeyError for a block that nobody makes."""
    return MARKED.sub(lambda found: f"{found[1]}{blocks[found['name']](lang)}\n{found[3]}", page)


def main(arguments: list[str]) -> None:
    """Draw and write."""
    if len(arguments) != 2:
        sys.exit("usage: python -m linli.viz.picture STUDY REPRODUCED (see: linli sweep, linli reproduce)")
    study, reproduced = map(Path, arguments)
    try:
        found = dosed(Store(study))
        with styled():
            written: Any = files({"picture": draw(found)})
    except InputError as error:
        sys.exit(str(error))
    write_whole(PICTURE, written["picture.svg"])
    blocks = {
        "sinking": partial(answer, found),
        "caption": partial(caption, found),
        "fit": partial(fit, reproduced),
    }
    for lang, page in READMES.items():
        write_whole(page, fill(page.read_text(encoding="utf-8"), blocks, lang).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
