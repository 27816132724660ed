"""The days of two worlds, packed as small as they come without losing any."""

import base64
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from linli.experiments.answer.words import names_of
from linli.model.city import City
from linli.viz.canvas import frame_sent, hands_sent
from linli.viz.canvas.town import plan_sent, scale_sent, ties_sent
from linli.viz.canvas.words import words as canvas_words
from linli.viz.panels.made_of import lines_of
from linli.viz.rooms.town import ARMS, engaged, plan_of, scale_of, states_of
from linli.viz.state import COLOURS as OF_THE_PAGE
from linli.viz.state import Page
from linli.viz.state.settings import Settings
from linli.viz.words import say
from linli.viz.words.model_words import PLACES, pick
from linli.viz.worlds import Frame, Pair, frame_of

COLOURS = tuple(colour for colour in OF_THE_PAGE if colour != "trust")
"""What residents can be coloured by. Trust changes a little for nearly everybody and would fill the file."""

MOST_PICTURES = 400
"""Pictures of a file; of longer runs every so many-th day is kept."""

FIXED = ("status", "posts", "efforts")
"""What of a frame keeps its length."""

SAID = ("play", "pause", "speed", "colour_by", "made_of", "timeline_day", "a_second", "day_of")
"""Words that the player says."""


@dataclass(frozen=True)
class Packed:
    """Everything that the player shows. data: plain, with packed bytes as text."""

    title: str
    lang: str
    data: dict[str, Any]


def packed(pair: Pair, lang: str, days: int | None = None) -> Packed:
    """Both worlds from the eve to a day [the last one]."""
    settings, last = pair.settings, days or pair.settings.days
    shown = [*range(0, last, -(-last // MOST_PICTURES)), last]
    arms = [Arm(pair, name, lang) for name in ARMS]
    for frames in _lived(pair, shown):
        for arm, frame in zip(arms, frames, strict=True):
            arm.note(frame)
    title = say("question", lang)
    words = {name: say(name, lang) for name in SAID}
    page = Page(settings=settings, lang=lang)
    data = {
        "title": title,
        "lines": [_described(settings, lang)],
        "made_of": list(lines_of(page, settings, last, 1)),
        "words": words,
        "look": {"words": canvas_words(lang), "height": "72vh", "link": "town", "names": []},
        "days": shown,
        "colours": list(COLOURS),
        "scales": {name: _texts(scale_sent(scale_of(name, lang))) for name in COLOURS},
        "plan": _texts(plan_sent(plan_of(pair))),
        "ties": _texts(ties_sent(pair.town.network)),
        "arms": [arm.packed() for arm in arms],
    }
    return Packed(title, lang, data)


def _described(settings: Settings, lang: str) -> str:
    """Where, and with which policies."""
    named = [policy.zh if lang == "zh" else policy.en for policy in settings.added]
    joined = names_of(named, lang) or say("none", lang)
    return say("watched", lang, place=pick(PLACES, settings.scenario, lang), policies=joined)


def _lived(pair: Pair, shown: list[int]) -> Iterator[tuple[Frame, Frame]]:
    """Both worlds on some days, lived apart from those of the page."""
    baseline = pair.eve()
    worlds: tuple[City, City] = baseline, baseline.branch(pair.settings.added)
    for day in shown:
        one, other = (frame_of(world.run_to(world.settings.burn_in + day)) for world in worlds)
        yield one, other


class Arm:
    """The pictures of one world."""

    def __init__(self, pair: Pair, name: str, lang: str) -> None:
        self._pair, self._name, self._lang = pair, name, lang
        self._fixed: dict[str, list[bytes]] = {}
        self._lists: dict[str, list[bytes]] = {}
        self._engaged: list[str] = []

    def note(self, frame: Frame) -> None:
        """The next picture."""
        town = self._pair.town
        states = {name: states_of(name, frame, town) for name in COLOURS}
        sent = frame_sent(states[COLOURS[0]], None, frame.members, frame.efforts)
        for name, values in states.items():
            self._fixed.setdefault(name, []).append(values.tobytes())
        for name in FIXED:
            self._fixed.setdefault(name, []).append(sent[name])
        for name, listed in hands_sent(frame.asked, frame.acted, frame.matters).items():
            self._lists.setdefault(name, []).append(listed)
        share = engaged(frame, town, self._lang)
        self._engaged.append(say("engaged_now", self._lang, share=share))

    def packed(self) -> dict[str, Any]:
        """As the player reads it."""
        return {
            "title": say(self._name, self._lang),
            "engaged": self._engaged,
            "fixed": {name: changes_of(pictures) for name, pictures in self._fixed.items()},
            "lists": {name: joined(pictures) for name, pictures in self._lists.items()},
        }


def changes_of(pictures: list[bytes]) -> dict[str, Any]:
    """Pictures of one length: the first, then each less the one before, byte by byte."""
    whole = np.frombuffer(b"".join(pictures), dtype=np.uint8).reshape(len(pictures), -1)
    changed = np.concatenate([whole[:1], whole[1:] - whole[:-1]])
    return {"packed": deflated(changed.tobytes()), "length": whole.shape[1]}


def joined(pictures: list[bytes]) -> dict[str, Any]:
    """Pictures of any length, and where each ends."""
    ends, end = [], 0
    for one in pictures:
        end += len(one)
        ends.append(end)
    return {"packed": deflated(b"".join(pictures)), "ends": ends}


def deflated(data: bytes) -> str:
    """Bytes as text."""
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def _texts(sent: dict[str, Any]) -> dict[str, Any]:
    """What a widget gets, with its bytes packed."""
    return {
        name: {"packed": deflated(value)} if isinstance(value, bytes) else value
        for name, value in sent.items()
    }
