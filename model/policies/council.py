"""Residents' council 议事会 with returned powers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

MEETING_YUAN = 5.0
"""Room, tea and minutes, for each resident at a meeting (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Council(Policy):
    """A council that decides: more occasions to take part, each with a meeting; and what is done first."""

    name: ClassVar[str] = "council"
    en: ClassVar[str] = "empower the residents' council"
    zh: ClassVar[str] = "居民议事会赋权"
    who: ClassVar[Text] = Text(
        "adult residents",
        "成年居民",
    )
    changes: ClassVar[Text] = Text(
        "occasions to take part, and how much is learnt from own experience; if it decides, workers and "
        "firms first meet what most residents see",
        "参与的机会，以及从自身经验中学到多少；若由其决定，社区工作者和物业先办多数居民看得见的事",
    )
    costs: ClassVar[Text] = Text(
        "residents' hours in meetings, which tire; rooms and minutes",
        "居民开会的时间（会带来疲劳），场地和会务费用",
    )
    fails: ClassVar[Text] = Text(
        "meetings take time and leave people tired; where matters fail, deliberation teaches that too; "
        "another order makes no hours: where they are short, others wait",
        "会议占用时间、令人疲劳；事情办不成时，议事也让人学到这一点；改变先后并不增加工时：人手不足时，只是换了别人等待",
    )

    sized_by: ClassVar[str] = "power"
    system: ClassVar[str] = "order"

    power: float = option(1.0, 0, 1, "share", "how much the council decides", "议事会的权力")
    decides: float = option(
        0.0, 0, 1, "share", "organised hours whose order residents decide", "由居民决定先后的组织工时比例"
    )

    @property
    def needs(self) -> str:
        """A council that only meets leaves it to others what they do first."""
        return self.system if self.decides > 0.0 else ""

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move the council's power, and what it reaches to."""
        levers.council = toward(levers.council, self.power, level)
        if self.decides > 0.0:
            levers.decides = toward(levers.decides, self.decides, level)
            levers.order = toward(levers.order, self.decides, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """The time of the meetings that were held."""
        minutes = today.meeting_minutes
        return Cost(minutes, minutes / 60.0 * p.wage + today.meetings * MEETING_YUAN)
