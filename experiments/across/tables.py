"""Effects over worlds as tables for people."""

from rich.table import Table
from rich.text import Text

from linli.experiments.across.effects import NET, Across, Over
from linli.experiments.across.sentences import NET_WORDS, sentences
from linli.experiments.across.words import HUNDRED, spread
from linli.experiments.compare.tables import WIDE, section
from linli.experiments.output.labels import label_of
from linli.experiments.output.screen import console, decimals, number, paragraphs, table
from linli.experiments.statistics.attributed import NAME_OF
from linli.model.attribution.channels import WOKEN
from linli.model.attribution.measures import EVERY
from linli.model.text import Text as Said
from linli.model.units import unit_in

HEADS = (
    Said("measure", "指标"),
    Said("baseline", "基准"),
    Said("middle", "居中"),
    Said("90 % of worlds", "九成世界"),
    Said("more in", "上升的世界"),
    Said("luck", "运气"),
    Said("unit", "单位"),
)
HOW = Said(
    "{worlds} worlds that fit the evidence, {runs} in each; {days:,} days after a burn-in of {burn_in:,}",
    "符合证据的世界{worlds}个，每个{runs}；预运行{burn_in:,}天后{days:,}天",
)
RUN, RUNS = Said("1 pair of runs", "1对运行"), Said("{n:g} pairs of runs", "{n:g}对运行")
POLICIES = Said("policies: ", "政策：")
NOTE = Said(
    "middle: the median world's change; more in: worlds in which it is positive, with the interval of their "
    "share [%]; luck: what seeds make of the spread",
    "居中：中位世界的变化；上升的世界：变化为正的世界数，及其比例的区间[%]；运气：种子在差异中所占",
)
LABEL = 36
"""Columns for a label that goes on in a second line."""
SAME = 0.95
"""▲ and ▼ stand where so large a share of worlds has that sign."""
MARKS = Said(
    "▲ ▼  the sign is the same in {share:g} % of these worlds or more",
    "▲ ▼  至少{share:g}%的世界符号相同",
)


def show(
    title: str, policies: str, days: int, burn_in: int, found: Across, lang: str, folder: object = None
) -> None:
    """Table, then sentences."""
    screen = console()
    each = found.runs / found.worlds
    runs = RUN.said(lang) if each == 1 else RUNS.said(lang).format(n=each)
    screen.print(title, style="bold")
    how = HOW.said(lang).format(worlds=found.worlds, runs=runs, days=days, burn_in=burn_in)
    screen.print(how, soft_wrap=True)
    screen.print(POLICIES.said(lang) + policies, soft_wrap=True)
    screen.print()
    screen.print(rows(found, lang, units=screen.width >= WIDE))
    screen.print()
    screen.print(MARKS.said(lang).format(share=100 * SAME), style="dim")
    screen.print(NOTE.said(lang), style="dim")
    screen.print()
    screen.print(paragraphs(sentences(found, lang)))
    if folder is not None:
        screen.print(f"linli discover {folder}", soft_wrap=True, style="dim")


def rows(found: Across, lang: str, *, units: bool) -> Table:
    """A row a measure; of acts, the groups that are made of several measures first."""
    shown = table()
    for n, head in enumerate(HEADS if units else HEADS[:-1]):
        side = "left" if n in (0, 6) else "right"
        wraps = n == 6 or (n == 0 and lang == "zh")  # Chinese labels are as long as a line
        shown.add_column(
            head.said(lang),
            justify=side,  # type: ignore[arg-type]
            no_wrap=not wraps,
            overflow="fold",
            max_width=LABEL if wraps else None,
        )
        if n == 4:
            shown.add_column("", no_wrap=True)
    for name in EVERY:
        if name not in found.measures:
            continue
        section(shown, name, len(shown.columns), lang)
        if name == NAME_OF[WOKEN] and found.groups:
            _row(shown, NET_WORDS.said(lang), name, found.groups[NET], lang)
        _row(shown, name if lang == "en" else label_of(name, lang), name, found.measures[name], lang)
    return shown


def _row(shown: Table, what: str, name: str, over: Over, lang: str) -> None:
    cells = _cells(over)
    mark = ""
    if over.sign is not None and not over.is_still:
        mark = "▲" if over.sign.share_up[0] >= SAME else "▼" if over.sign.share_down[0] >= SAME else ""
    unit = [unit_in(EVERY[name].unit, lang)] if len(shown.columns) > len(HEADS) else []
    shown.add_row(Text(what), *cells[:-1], mark, cells[-1], *unit, style="bold" if mark else None)


def _cells(over: Over) -> list[str]:
    """Baseline, middle, nine of ten, in how many worlds more, luck's share."""
    if over.sign is None:
        return [number(None), number(None), "", "", ""]
    if over.is_still:
        return [number(over.baseline), "0", "0", "", ""]
    places = decimals(over.half or over.median)
    a, b, c = spread(over)
    share, low, high = (100.0 * v for v in over.sign.share_up)
    of = min(over.sign.worlds, HUNDRED)
    luck = "" if over.luck is None else f"{100.0 * over.luck.share:.0f} %"
    return [
        number(over.baseline, places),
        a,
        "" if over.low is None else f"{b} … {c}",
        f"{share / 100.0 * of:.0f} / {of} ({low:.0f}–{high:.0f})",
        luck,
    ]
