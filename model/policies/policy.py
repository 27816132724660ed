"""What a policy is: who, when, change, cost, and how it can fail."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from linli.model.errors import InputError, count_of, number_of, word_of
from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.place.apportionment import apportion
from linli.model.policies.levers import Levers
from linli.model.policies.sharing import NEED, PROPORTIONAL, weights
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

LAST_DAY = 100_000


@dataclass(frozen=True)
class Cost:
    """What a policy took on one day: people's time [minutes] and money beyond it [yuan]."""

    minutes: float = 0.0
    yuan: float = 0.0


def option(
    default: float | int | None, low: float, high: float, unit: str, en: str, zh: str, *, whole: bool = False
) -> Any:
    """A number that a policy takes: default, range, unit and labels."""
    about = {"low": low, "high": high, "unit": unit, "en": en, "zh": zh, "whole": whole}
    return field(default=default, metadata=about)


def choice(default: str, choices: Mapping[str, Text], en: str, zh: str, *, joint: str = " ") -> Any:
    """A word that a policy takes, out of a few. choices: what each of them means; joint: what stands for the
    underscores of a word where people read it (building heads, skill+time+wish)."""
    about = {"choices": choices, "unit": "word", "en": en, "zh": zh, "joint": joint}
    return field(default=default, metadata=about)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A change of levers between two days, with what it costs.

    start, end: days after the burn-in, end not included; ramp: days over which it grows to full strength.
    Policies are applied in the order given; each moves its levers from where the earlier ones left them.

    shared: the lever that counts what a city shares out among its communities in whole things, such as heads
    ("": each community gets the whole policy). Such a policy says how much there is (`amount`), how much fits
    into a community (`room`) and what it is there (`with_part`).
    system: what acts only where this policy is, see `linli.model.systems` ("": nothing of that kind). A
    policy that brings it by an option alone says so in `needs`.
    sized_by: the option that says how much of it there is ("": it is there or not).
    """

    name: ClassVar[str]
    en: ClassVar[str]
    zh: ClassVar[str]
    who: ClassVar[Text]
    changes: ClassVar[Text]
    costs: ClassVar[Text]
    fails: ClassVar[Text]
    shared: ClassVar[str] = ""
    system: ClassVar[str] = ""
    sized_by: ClassVar[str] = ""

    start: int = option(0, 0, LAST_DAY, "day", "first day after the burn-in", "开始日", whole=True)
    end: int | None = option(None, 1, LAST_DAY, "day", "day it stops (none: never)", "结束日", whole=True)
    ramp: int = option(0, 0, LAST_DAY, "days", "days to full strength", "见效所需天数", whole=True)

    def __post_init__(self) -> None:
        for f in dataclasses.fields(self):
            object.__setattr__(self, f.name, self._checked(f, getattr(self, f.name)))
        if self.end is not None and self.end <= self.start:
            raise InputError(f"policy {self.name}: end={self.end} must come after start={self.start}")

    def _checked(self, f: "dataclasses.Field[Any]", value: Any) -> Any:
        about, what = f.metadata, f"policy {self.name}: {f.name}"
        if "choices" in about:
            return word_of(what, value, about["choices"])
        if value is None and f.default is None:
            return None
        if about["whole"]:
            return count_of(what, value, int(about["low"]), int(about["high"]))
        return number_of(what, value, about["low"], about["high"])

    def check(self, place: "Place", p: Parameters) -> None:
        """Whether the policy fits this place; an InputError says why not."""

    def remark(self, place: "Place") -> str:
        """What a user should know before running it here; empty if there is nothing to say."""
        return ""

    def level(self, day: int) -> float:
        """Its strength on a day, 0 .. 1. day: counted from the end of the burn-in."""
        if day < self.start or (self.end is not None and day >= self.end):
            return 0.0
        return min(1.0, (day - self.start + 1) / self.ramp) if self.ramp else 1.0

    @property
    def needs(self) -> str:
        """The system that it needs as it is."""
        return self.system

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move levers in place. level: strength in (0, 1]."""
        raise NotImplementedError

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """What it took today, from the day's record. Only called while the policy is in force."""
        raise NotImplementedError

    # shared out among the communities of a city --------------------------------------------------------

    @property
    def shared_by(self) -> str:
        """In what proportion: see `model.policies.sharing`."""
        return PROPORTIONAL

    @property
    def by_need(self) -> bool:
        """Whether the communities' parts follow from how they stand when the policy begins to act."""
        return self.shared_by == NEED

    def amount(self, place: "Place") -> int:
        """How much there is in a place; of a city, to share out."""
        raise NotImplementedError

    def room(self, place: "Place", p: Parameters) -> int | None:
        """How much fits into a community (None: any amount)."""
        return None

    def with_part(self, part: int) -> Self:
        """The policy as it acts in a community that gets this part."""
        raise NotImplementedError

    def share_out(
        self, places: "Sequence[Place]", whole: "Place", p: Parameters, unfinished: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """The part of each community. places: the communities; whole: all of them together; unfinished:
        matters of each."""
        room = [self.room(place, p) for place in places]
        most = None if None in room else np.array(room, dtype=np.int64)
        return apportion(self.amount(whole), weights(self.shared_by, places, unfinished), most)
