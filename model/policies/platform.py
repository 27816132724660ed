"""Digital grid platform 网格平台."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward, toward_count
from linli.model.policies.policy import Cost, Policy, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

USER_YUAN = 3.0
"""Running the platform [yuan a year for each covered resident] (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Platform(Policy):
    """Residents report by telephone; a deadline is watched and closure is counted."""

    name: ClassVar[str] = "platform"
    en: ClassVar[str] = "digital grid platform"
    zh: ClassVar[str] = "网格平台"
    who: ClassVar[Text] = Text(
        "residents who use it, and whoever is measured by it",
        "使用平台的居民，以及受平台考核的人",
    )
    changes: ClassVar[Text] = Text(
        "what reporting costs; the deadline; the pressure to close; with routing, how many hand-overs to "
        "departments bounce",
        "反映问题的成本、办理期限，以及办结的压力；若有派单引导，还改变移交部门时被退回的次数",
    )
    costs: ClassVar[Text] = Text(
        "running the platform; every report still needs hours of work",
        "平台的运行费用；每一件反映仍要有人花时间去办",
    )
    fails: ClassVar[Text] = Text(
        "a measured deadline is met on paper: closure rises and resolution need not",
        "考核期限容易在纸面上达标：办结率上升，问题未必解决",
    )

    sized_by: ClassVar[str] = "coverage"

    coverage: float = option(0.8, 0, 1, "share", "residents who use it", "覆盖率")
    routing: float = option(
        0.0,
        0,
        1,
        "share",
        "bounces between departments that it saves those who use it",
        "为使用者免去的部门间退回比例",
    )
    deadline: int = option(15, 1, 120, "days", "from report to closing", "办理期限", whole=True)

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """Users are nested: who uses it at a low coverage uses it at a higher one."""
        levers.coverage = toward(levers.coverage, self.coverage, level)
        levers.routing = toward(levers.routing, self.routing, level)
        levers.deadline = max(1, toward_count(levers.deadline, self.deadline, level))

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """Running costs only: the work that reports make is counted where it is done."""
        return Cost(0.0, levers.coverage * place.residents * USER_YUAN / 365.0)
