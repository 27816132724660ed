"""Matching of members to posts 认领岗位."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from linli.agents.rules import matching
from linli.model.measures.record import Record
from linli.model.parameters import Parameters
from linli.model.policies.levers import Levers, toward
from linli.model.policies.policy import Cost, Policy, choice, option
from linli.model.text import Text

if TYPE_CHECKING:
    from linli.model.place import Place

METHODS = {
    "none": matching.NONE,
    "random": matching.RANDOM,
    "skill": matching.SKILL,
    "skill_time_wish": matching.SKILL_TIME_WISH,
}

WORDS = {
    "none": Text("not at all", "不匹配"),
    "random": Text("at random", "随机"),
    "skill": Text("by skill", "按技能"),
    "skill_time_wish": Text("by skill, time and wish", "按技能、时间和意愿"),
}

REGISTER_YUAN = 2.0
"""Keeping a member's skills, times and wishes on a register [yuan a month each] (assumption)."""


@dataclass(frozen=True, kw_only=True)
class Match(Policy):
    """Workers match idle members to open posts, as fast as their matching hours allow."""

    name: ClassVar[str] = "match"
    en: ClassVar[str] = "match members to posts"
    zh: ClassVar[str] = "认领岗位"
    who: ClassVar[Text] = Text(
        "registered members without a post, managed and sunk",
        "没有岗位的报到党员，包括直管党员和下沉党员",
    )
    changes: ClassVar[Text] = Text(
        "whether and how members come to posts",
        "党员能否以及如何得到岗位",
    )
    costs: ClassVar[Text] = Text(
        "workers' matching hours, members' hours of service, and a member register",
        "社区工作者匹配岗位的时间、党员的服务时间，以及党员信息库",
    )
    fails: ClassVar[Text] = Text(
        "matching is bounded by workers' time, so more members do not mean more posts filled; a random post "
        "fits badly and is left; the better members serve, the fewer occasions are left to residents",
        "匹配受社区工作者时间的限制，党员更多不等于岗位填得更多；随机分派不合适，人会离岗；党员服务得越好，留给居民的机会越少",
    )

    sized_by: ClassVar[str] = "share"

    method: str = choice("skill_time_wish", WORDS, "how posts are chosen", "匹配方式", joint="+")
    share: float | None = option(None, 0, 1, "share", "workers' free time for matching", "用于匹配的时间比例")

    def change(self, levers: Levers, level: float, place: "Place") -> None:
        """The method is in force from the first day; a ramp applies to the share of time."""
        levers.matching = METHODS[self.method]
        if self.share is not None:
            levers.s_match = toward(levers.s_match, self.share, level)

    def cost(self, levers: Levers, level: float, today: Record, place: "Place", p: Parameters) -> Cost:
        """Hours of workers and members (not of leaders, who serve anyway), and a register if one is kept."""
        if self.method == "none":
            return Cost()
        minutes = (
            today.match_minutes
            + today.member_matter_minutes
            + today.member_service_minutes
            + today.member_ask_minutes
            - today.leader_minutes
        )
        members = today.members_idle + today.members_matched + today.members_decoupled
        register = members * REGISTER_YUAN / 30.0 if self.method != "random" else 0.0
        return Cost(minutes, minutes / 60.0 * p.wage + register)
