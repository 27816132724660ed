"""Appraisal 考核 of workers and property firms, by residents' satisfaction or by the record."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.agents.rules.volunteering import MONTH
from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, choice, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

RESIDENTS, RECORD = "residents", "record"

WORDS = {
    RESIDENTS: Text("by residents' satisfaction", "按居民满意度"),
    RECORD: Text("by the record", "按台账"),
}
"""What an appraisal goes by."""

SURVEYED = 0.05
"""Residents whom a third party asks each month at full weight [share] (assumption)."""

SURVEY_MINUTES = 10.0
SURVEY_YUAN = 15.0
"""What asking one of them takes: his or her time, and money (assumptions)."""


@dataclass(frozen=True, kw_only=True)
class Appraise(Policy):
    """Workers and firms are judged, and serve what they are judged by."""

    name: ClassVar[str] = "appraise"
    en: ClassVar[str] = "appraisal of workers and property firms"
    zh: ClassVar[str] = "考核评价"
    who: ClassVar[Text] = Text(
        "community workers and property firms",
        "社区工作者和物业公司",
    )
    changes: ClassVar[Text] = Text(
        "which matters come first; how many overdue ones are closed on paper; judged by residents, firms "
        "make more effort where residents miss it",
        "先办哪些事、多少逾期事务被纸面办结；由居民评价时，物业还会在居民不满处更加努力",
    )
    costs: ClassVar[Text] = Text(
        "surveys of residents, their time and money; or workers' hours of reporting, taken from matters",
        "居民满意度调查的时间和费用；或社区工作者从办事中挤出的填报时间",
    )
    fails: ClassVar[Text] = Text(
        "by the record closure rises and resolution does not, for reporting takes hours and paper is enough; "
        "by residents, where there is no firm and no spare hour, surveys change who waits",
        "按台账考核，办结率上升而解决率不升：填报占用工时，纸面即可过关；按居民评价，若无物业、无余力，只是换了别人等待",
    )
    system: ClassVar[str] = "order"
    sized_by: ClassVar[str] = "weight"

    by: str = choice(RESIDENTS, WORDS, "what they are judged by", "考核依据")
    weight: float = option(1.0, 0, 1, "share", "weight of it in the appraisal", "在考核中的权重")

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Move the appraisal, and with it the order of matters."""
        target = self.weight if self.by == RESIDENTS else -self.weight
        levers.appraisal = toward(levers.appraisal, target, level)
        levers.order = toward(levers.order, target, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """A thirtieth of the month's survey, or the time of reporting."""
        asked = max(0.0, levers.appraisal) * SURVEYED * place.residents / MONTH
        minutes = asked * SURVEY_MINUTES + today.report_minutes
        return Cost(minutes, minutes / 60.0 * p.wage + asked * SURVEY_YUAN)
