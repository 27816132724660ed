"""The classes of an attribution with means and intervals over seeds, as data and as sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from linli.experiments.attribution.runs import Found, Span, Task, found_in, lived
from linli.experiments.output.screen import number
from linli.experiments.runner.pool import in_parallel
from linli.experiments.statistics.means import half_width
from linli.model.attribution.channels import CHANNELS, GROUPS, REPLACED, WOKEN, grouped
from linli.model.text import Text


@dataclass(frozen=True)
class Mean:
    """A mean over seeds with its interval. low, high: None for a single run."""

    mean: float
    low: float | None
    high: float | None

    @classmethod
    def of(cls, values: Sequence[float]) -> "Mean":
        """Of one number a run."""
        mean = float(np.mean(values))
        if len(values) < 2:
            return cls(mean, None, None)
        half = half_width(float(np.std(values, ddof=1)), len(values))
        return cls(mean, mean - half, mean + half)

    @property
    def sign(self) -> int:
        """Whether it is clearly more (1) or less (-1) than nothing; 0: neither."""
        if self.low is None or self.high is None:
            return 0
        return int(self.low > 0.0) - int(self.high < 0.0)


def pairs(tasks: Sequence[Task], spans: Sequence[Span], jobs: int, reached: Any) -> list[list[Found]]:
    """What each pair says about each span."""
    return in_parallel(partial(_one, spans=spans), tasks, jobs, reached)


def _one(task: Task, tick: Any, spans: Sequence[Span]) -> list[Found]:
    return found_in(lived(task, tick), spans)


def table_of(found: Sequence[Found], what: str) -> dict[str, Mean]:
    """Every class and group, and the difference in all, over the runs. what: "acts" or "minutes".

    Which group need belongs to is told by acts, for minutes too: a table has one grouping.
    """
    each = [getattr(one, what) for one in found]
    table = {channel.name: Mean.of([one[channel.name] for one in each]) for channel in CHANNELS}
    for group, classes in grouped(net_need(found)).items():
        table[group + "_in_all"] = Mean.of([sum(one[c.name] for c in classes) for one in each])
    table["difference"] = Mean.of(
        [one.difference if what == "acts" else one.difference_minutes for one in found]
    )
    return table


def net_need(found: Sequence[Found]) -> int:
    """What acts of need gained and of need gone come to together, over the runs."""
    return sum(one.acts["need_gained"] + one.acts["need_gone"] for one in found)


def as_data(found: Sequence[Sequence[Found]], spans: Sequence[Span]) -> list[dict[str, Any]]:
    """For JSON: a table a span."""
    return [
        {
            "span": span.label.en,
            "first_day": span.first,
            "days": span.behind - span.first,
            "runs": len(found),
            **{
                what: {name: vars(mean) for name, mean in table_of([run[at] for run in found], what).items()}
                for what in ("acts", "minutes")
            },
        }
        for at, span in enumerate(spans)
    ]


_VERDICT = {
    1: Text("clearly more", "明显增加"),
    0: Text("not clearly different", "没有明显变化"),
    -1: Text("clearly less", "明显减少"),
}
_SENTENCE = Text("{what}: {value} acts, {verdict}.", "{what}：{value} 次，{verdict}。")


def sentences(found: Sequence[Found], lang: str) -> list[str]:
    """What the table of a span says of woken and replaced, and no more than switching them off would show."""
    table = table_of(found, "acts")
    said = []
    for group in (WOKEN, REPLACED):
        mean = table[group + "_in_all"]
        verdict = (
            _VERDICT[mean.sign] if mean.low is not None else Text("one run cannot tell", "一次运行无从判断")
        )
        what = GROUPS[group].said(lang)
        value = number(mean.mean, 1, sign=True)
        said.append(_SENTENCE.said(lang).format(what=what, value=value, verdict=verdict.said(lang)))
    return said
