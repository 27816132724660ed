"""The classes of an attribution as tables for people."""

from collections.abc import Sequence

from linli.experiments.attribution.report import Mean, net_need, sentences, table_of
from linli.experiments.attribution.runs import Found, Span
from linli.experiments.output.screen import console, headed, number
from linli.model.attribution.channels import GROUPS, grouped
from linli.model.text import Text

_HEADS = (
    Text("what differed first", "最先不同的是"),
    Text("acts", "参与（次）"),
    Text("95 % interval", "95% 区间"),
    Text("hours on matters", "用于事务（小时）"),
    Text("95 % interval", "95% 区间"),
)
_ALL = Text("difference in all", "合计之差")
_RUNS = Text("{title}: {span}, {runs} pairs of runs", "{title}：{span}，{runs} 对运行")


def show(title: str, found: Sequence[Sequence[Found]], spans: Sequence[Span], lang: str) -> None:
    """A table for every span, with what it says."""
    screen = console()
    for at, span in enumerate(spans):
        here = [run[at] for run in found]
        words = _RUNS.said(lang).format(title=title, span=span.label.said(lang), runs=len(found))
        screen.print(words, style="bold")
        screen.print(_table(here, lang))
        for sentence in sentences(here, lang):
            screen.print(sentence, soft_wrap=True)
        screen.print()


def _table(found: Sequence[Found], lang: str):  # type: ignore[no-untyped-def]
    shown = headed(_HEADS, lang)
    acts, minutes = table_of(found, "acts"), table_of(found, "minutes")

    def row(label: str, name: str, style: str | None = None) -> None:
        shown.add_row(label, *_cells(acts[name], 1.0), *_cells(minutes[name], 60.0), style=style)

    for group, classes in grouped(net_need(found)).items():
        row(GROUPS[group].said(lang), group + "_in_all", "bold")
        for channel in classes:
            if _differs(acts[channel.name]) or _differs(minutes[channel.name]):
                row("  " + channel.said(lang), channel.name)
    row(_ALL.said(lang), "difference", "bold")
    return shown


def _differs(mean: Mean) -> bool:
    return mean.mean != 0.0 or mean.low != mean.high


def _cells(mean: Mean, scale: float) -> tuple[str, str]:
    value = number(mean.mean / scale, 1, sign=True)
    if mean.low is None or mean.high is None:
        return value, ""
    low, high = (number(bound / scale, 1, sign=True) for bound in (mean.low, mean.high))
    return value, f"{low} … {high}"
