"""Sinking of party members 党员下沉, 双报到."""

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.model.errors import InputError
from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward, toward_count
from linli.model.policies.policy import Cost, Policy, choice, option
from linli.model.policies.sharing import PROPORTIONAL, WORDS
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

REPORTING_MINUTES = 5
"""A sunk member's time a week for reporting in, post or not (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Sink(Policy):
    """Employers send party members to the community: so many are on its register."""

    name: ClassVar[str] = "sink"
    en: ClassVar[str] = "sink party members"
    zh: ClassVar[str] = "党员下沉"
    who: ClassVar[Text] = Text(
        "party members sent by their employers, next to the directly managed ones",
        "由单位派到社区的在职党员，在直管党员之外",
    )
    changes: ClassVar[Text] = Text(
        "how many sunk members the register holds; their weekly hours; accountability",
        "报到党员的人数、每周服务时间和考勤严格程度",
    )
    costs: ClassVar[Text] = Text(
        "members' time for reporting in and for being seen (打卡)",
        "党员报到和打卡所花的时间",
    )
    fails: ClassVar[Text] = Text(
        "registered and never matched they stand idle and decouple; accountability buys presence, not work; "
        "where they do clear matters, residents lose occasions and learn that they are not needed",
        "只报到而未匹配岗位的党员会闲置、脱钩；考勤换来的是到场，不是服务；党员把事办了，居民就少了参与的机会，也学到自己不被需要（包办）",
    )

    shared: ClassVar[str] = "sunk"
    sized_by: ClassVar[str] = "per1000"

    headcount: int | None = option(
        None,
        0,
        10_000_000,
        "members",
        "sunk members on the register, those already there included",
        "下沉党员人数",
        whole=True,
    )
    per1000: float | None = option(
        None, 0, 1000, "per 1000 residents", "the same, relative to residents", "每千人下沉党员"
    )
    hours: float | None = option(None, 0, 40, "h/week", "session of a serving member", "每周服务时间")
    allocation: str = choice(PROPORTIONAL, WORDS, "how a city shares them out", "在各社区的分配")
    accountability: float = option(0.0, 0, 1, "share", "how strictly attendance is checked", "考勤严格程度")

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.headcount is None) == (self.per1000 is None):
            raise InputError("policy sink: give either headcount or per1000, e.g. sink:headcount=500")

    def amount(self, place: "Place") -> int:
        """The head-count aimed at."""
        if self.headcount is not None:
            return self.headcount
        return int((self.per1000 or 0.0) * place.residents / 1000.0 + 0.5)

    @property
    def shared_by(self) -> str:
        """As the user chose."""
        return self.allocation

    def room(self, place: "Place", p: Parameters) -> int:
        """No community gets more members than it has posts; who is there already stays."""
        return max(p.posts * place.compounds, place.sunk_members)

    def with_part(self, part: int) -> "Sink":
        """So many heads."""
        return dataclasses.replace(self, headcount=part, per1000=None)

    def check(self, place: "Place", p: Parameters) -> None:
        """More members than posts cannot be told apart from idle ones: refuse."""
        posts = p.posts * place.compounds
        if self.amount(place) > posts:
            raise InputError(
                f"policy sink: {self.amount(place)} members are more than the {posts} posts "
                f"({p.posts} a compound); sink fewer or raise the parameter posts (--set posts=...)"
            )

    def remark(self, place: "Place") -> str:
        """Sinking those who are there already changes nothing: say so."""
        if self.amount(place) == place.sunk_members and self.hours is None and self.accountability == 0.0:
            return f"the register holds {place.sunk_members} sunk members already, so sinking changes nothing"
        return ""

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Smaller head-counts are nested in larger ones: member number 7 is the same person in both."""
        levers.sunk = toward_count(levers.sunk, self.amount(place), level)
        levers.accountability = toward(levers.accountability, self.accountability, level)
        if self.hours is not None:
            levers.hours = toward(levers.hours, self.hours, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """Reporting in, a seventh of the weekly time each day, by those beyond the ordinary; and presence."""
        more = max(0, levers.sunk - place.sunk_members)
        minutes = more * REPORTING_MINUTES / 7.0 + today.presence_minutes
        return Cost(minutes, minutes / 60.0 * p.wage)
