"""The timeline: the day shown, and one bar a policy that can be dragged, pulled at its ends, or "
"moved by keys."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import solara
import traitlets

from linli.model.policies import Policy
from linli.viz.words import say

_HERE = Path(__file__).parent


class TimelineWidget(anywidget.AnyWidget):
    """What the browser draws. now: the day, in numbers and in words; moved, gone: what the visitor did last
    (n tells two of the same apart)."""

    _esm = (_HERE / "timeline.js").read_text(encoding="utf-8")
    _css = (_HERE / "timeline.css").read_text(encoding="utf-8")
    days = traitlets.Int(365).tag(sync=True)
    now = traitlets.Dict().tag(sync=True)
    bars: traitlets.List[Any] = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    moved = traitlets.Dict().tag(sync=True)
    gone = traitlets.Dict().tag(sync=True)


def bars_of(policies: Sequence[Policy], lang: str) -> list[dict[str, Any]]:
    """One bar a policy."""
    return [
        {
            "at": at,
            "label": label(policy, lang),
            "start": policy.start,
            "end": policy.end,
            "ramp": policy.ramp,
        }
        for at, policy in enumerate(policies)
    ]


def label(policy: Policy | type[Policy], lang: str) -> str:
    """A policy's name, as a title."""
    text = policy.zh if lang == "zh" else policy.en
    return text[:1].upper() + text[1:]


def now(day: int, days: int, playing: bool, lang: str) -> dict[str, Any]:
    """The day as the widget gets it, in its `now`."""
    text = say("day_of", lang, day=day, days=days) if day else say("eve", lang)
    return {"day": day, "text": text, "live": "off" if playing else "polite"}


def whole(value: object) -> int | None:
    """A whole number from the browser; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) > 1e9:
        return None
    return int(value)


@solara.component
def Timeline(
    policies: Sequence[Policy],
    days: int,
    lang: str,
    on_move: Callable[[int, int, int | None], None],
    on_go: Callable[[int], None],
) -> None:
    """The timeline of some policies; who plays sets the widget's `now`. on_move: told place, start and end;
    on_go: told a day."""

    def moved(what: dict[str, Any]) -> None:
        at, start = whole(what.get("at")), whole(what.get("start"))
        if at is not None and start is not None:
            on_move(at, start, whole(what.get("end")))

    def gone(what: dict[str, Any]) -> None:
        to = whole(what.get("day"))
        if to is not None:
            on_go(to)

    words = {name: say(f"timeline_{name}", lang) for name in ("move", "start", "end", "day")}
    words["comma"] = "，" if lang == "zh" else ", "
    words["from"], words["from_to"] = (
        say("from_day", lang, start="#"),
        say("from_to", lang, start="#", end="§"),
    )
    TimelineWidget.element(days=days, bars=bars_of(policies, lang), words=words, on_moved=moved, on_gone=gone)
