"""From an act that differs back to its first cause, step by step, until a policy's own doing.

Rest, fatigue, habit and own efficacy lead to an earlier act of the same resident; the example of ties to the
act of a tie; an acquaintance from acting to the day on which the two met; need, and what neighbours or
organised forces achieved, to a matter and whoever worked on it; an ask to whoever asked. Days fall from step
to step, so every chain has an end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from linli.agents import decision
from linli.agents.chance import draw, draws, key, pick, whole
from linli.agents.rules.participation import active_since
from linli.agents.rules.resolution import CLOSED, RESOLVED
from linli.agents.traits import NEVER
from linli.model.attribution.channels import CHANNELS, CODE, NAMES
from linli.model.attribution.lockstep import Lockstep
from linli.model.attribution.trace import Ended, Noon
from linli.model.matters import SHARED
from linli.model.text import Text

BASELINE, POLICY = range(2)
_BY_THEMSELVES = ("rest", "fatigue", "habit", "efficacy_own", "time")

ARMS = (Text("without the policies", "无政策时"), Text("with the policies", "有政策时"))


@dataclass(frozen=True)
class Step:
    """One day of one resident that differs. day: as `Chains` counts them; acts: 1 with the policies only, -1
    without them only, 0 in both arms; channel: the class; cause: what brought it about, in words."""

    day: int
    resident: int
    acts: int
    channel: str
    cause: Text

    def said(self, lang: str) -> str:
        """The step on one line."""
        arm = ARMS[POLICY if self.acts > 0 else BASELINE].said(lang)
        channel = CHANNELS[CODE[self.channel]].said(lang)
        if lang == "zh":
            what = f"只在{arm}参与" if self.acts else "两方都参与，但用于事务的时间不同"
            return f"第{self.day}日，居民{self.resident}{what}：{channel}。原因：{self.cause.zh}"
        what = f"acts only {arm}" if self.acts else "acts in both arms, with other minutes on matters"
        return f"day {self.day}: resident {self.resident} {what}: {channel}; {self.cause.en}"


class _Matter(NamedTuple):
    """An unfinished matter in sight. need: what is left to do [minute-percent]; contributors: residents."""

    need: int
    contributors: tuple[int, ...]


class Chains:
    """Follows acts back through what was kept of two arms of one community, up to the day they have reached.

    first: the number under which the first day after the burn-in and the first compound are told.
    """

    def __init__(self, arms: Lockstep, first: int = 0) -> None:
        if arms.trace is None:
            raise ValueError("nothing was kept of these arms")
        self.trace, self.burn_in, self.days = arms.trace, arms.burn_in, arms.days
        self._first = first
        self.city = arms.worlds[BASELINE]
        rows = arms.result().rows
        self.rows = {(int(row["resident"]), int(row["day"]) + self.burn_in): row for row in rows}
        self._days: dict[int, list[int]] = {}
        for resident, day in sorted(self.rows):
            self._days.setdefault(resident, []).append(day)

    def told(self, day: int) -> int:
        """The number under which a day of the run is told."""
        return day - self.burn_in + self._first

    def days_of(self, resident: int) -> list[int]:
        """The days of the run on which somebody acts in one arm only."""
        return [day for day in self._days.get(resident, []) if self.rows[resident, day]["acts"]]

    def back_from(self, resident: int, day: int) -> list[Step]:
        """The steps from a resident's day (of the run) to the first cause; none if the day is the same."""
        steps: list[Step] = []
        at: tuple[int, int] | None = (resident, day)
        while at is not None and at in self.rows:
            row = self.rows[at]
            cause, following = self._cause(*at, NAMES[row["channel"]], int(row["acts"] or row["minutes"]))
            steps.append(Step(self.told(at[1]), at[0], int(row["acts"]), NAMES[row["channel"]], cause))
            at = following if following != at else None
        return steps

    # what brought a difference about: words, and the resident's day to go on with -------------------------

    def _cause(self, i: int, day: int, channel: str, sign: int) -> tuple[Text, tuple[int, int] | None]:
        if channel in _BY_THEMSELVES:
            return self._of_own_past(i, day)
        if channel == "example":
            return self._of_ties(self.ties_of(i), day, sign)
        if channel == "made_ties":
            return self._of_made_ties(i, day, sign)
        if channel in ("need_gone", "need_gained"):
            return self._of_need(i, day, sign)
        if channel in ("omega", "efficacy_neighbours", "trust"):
            return self._of_news(i, day)
        if channel == "asked_call" and self._registered_in_one(i, day):
            return self._of_own_past(i, day)
        if channel == "asked_peer":
            return self._of_a_neighbour(i, day, sign)
        return _ROOTS.get(channel, _ROOTS["other"]), None

    def _registered_in_one(self, i: int, day: int) -> bool:
        """Whether somebody is on the register of volunteers in one arm only."""
        on = [self.trace.noons[arm][day].registered[i] > NEVER for arm in (BASELINE, POLICY)]
        return bool(on[0] != on[1])

    def _of_own_past(self, i: int, day: int) -> tuple[Text, tuple[int, int] | None]:
        earlier = [d for d in self.days_of(i) if d < day]
        if earlier:
            d = earlier[-1]
            return self._on(d, "the own act", "本人的参与"), (i, d)
        found = [e for e in self._news(day) if i in e.contributors]
        return self._of_end(found[-1]) if found else (_ROOTS["other"], None)

    def _of_made_ties(self, i: int, day: int, sign: int) -> tuple[Text, tuple[int, int] | None]:
        """The acquaintance from acting that is there in one arm only, or whose act is remembered in one."""
        more, less = (POLICY, BASELINE) if sign > 0 else (BASELINE, POLICY)
        known = {arm: self.trace.noons[arm][day].acquaintances(i) for arm in (more, less)}
        for arm, other in ((more, less), (less, more)):
            only = [j for j in known[arm] if j not in known[other]]
            if only:
                return self._of_meeting(i, only[-1], arm, day)
        return self._of_ties(known[more], day, sign)

    def _of_meeting(self, i: int, j: int, arm: int, day: int) -> tuple[Text, tuple[int, int] | None]:
        """The day on which two became acquainted in an arm, and whoever acted on it in that arm only."""
        noons = self.trace.noons[arm]
        while day in noons and j in noons[day].acquaintances(i):
            day -= 1
        if day not in noons:
            return _said("resident {0} is an acquaintance no longer", "与居民{0}不再来往", j), None
        following = next(((who, day) for who in (i, j) if (who, day) in self.rows), None)
        en, zh = ARMS[arm].en, ARMS[arm].zh
        return self._on(
            day, f"became acquainted with resident {j} {en}", f"{zh}在参与中结识居民{j}"
        ), following

    def _of_ties(self, ties: list[int], day: int, sign: int) -> tuple[Text, tuple[int, int] | None]:
        """The tie who is seen to serve in one arm only, or whose act is remembered in one arm only."""
        more, less = (POLICY, BASELINE) if sign > 0 else (BASELINE, POLICY)
        a, b = self.trace.noons[more][day], self.trace.noons[less][day]
        serving = [j for j in ties if a.serving[j] and not b.serving[j]]
        if serving:
            return _said(
                "resident {0} is seen to serve as a party member", "居民{0}作为党员在岗服务", serving[0]
            ), None
        since = active_since(day, self.city.parameters.W)
        active = [j for j in ties if a.last_acted[j] >= since > b.last_acted[j]]
        if not active:
            return _ROOTS["other"], None
        j = max(active, key=lambda tie: int(a.last_acted[tie]))
        d = int(a.last_acted[j])
        return self._on(d, f"the act of resident {j}, a tie", f"熟人（居民{j}）的参与"), (j, d)

    def _of_need(self, i: int, day: int, sign: int) -> tuple[Text, tuple[int, int] | None]:
        """The matter that is in sight in one arm only, and what became of it in the other."""
        more, less = (POLICY, BASELINE) if sign > 0 else (BASELINE, POLICY)
        a, b = self._in_sight(more, i, day), self._in_sight(less, i, day)
        gone = [self.trace.ended[less][each] for each in set(a) - set(b) if each in self.trace.ended[less]]
        if gone:
            return self._of_end(max(gone, key=lambda ended: (ended.day, ended.compound, ended.serial)))
        return self._of_work_left(a, b, day)

    def _of_work_left(
        self, a: dict[tuple[int, int], _Matter], b: dict[tuple[int, int], _Matter], day: int
    ) -> tuple[Text, tuple[int, int] | None]:
        """The oldest matter in sight of which less is left to do in one arm, and who has worked on it."""
        for each in sorted(set(a) & set(b)):
            if a[each].need != b[each].need:
                who = set(a[each].contributors) | set(b[each].contributors)
                words = _said(
                    "other work was done on matter {1} of compound {0} before",
                    "小区{0}的第{1}号事务此前投入的工作不同", each[0] + self._first, each[1],
                )  # fmt: skip
                return words, self._differs_before(who, day - 1)
        return _ROOTS["work_left"], None

    def _in_sight(self, arm: int, i: int, day: int) -> dict[tuple[int, int], _Matter]:
        w, noon = self.city.world, self.trace.noons[arm][day]
        matters = noon.matters
        house = w.building[i]
        seen = np.where(
            SHARED[matters["kind"]],
            matters["compound"] == w.buildings["compound"][house],
            matters["building"] == house,
        )
        return {
            (int(m["compound"]), int(m["serial"])): _Matter(
                int(m["need"]), tuple(noon.contributors[at, : int(m["remembered"])].tolist())
            )
            for at, m in zip(np.flatnonzero(seen), matters[seen], strict=True)
        }

    def _of_news(self, i: int, day: int) -> tuple[Text, tuple[int, int] | None]:
        """The last matter of the house that ended in one arm otherwise than in the other."""
        house = self.city.world.building[i]
        found = [ended for ended in self._news(day) if ended.building == house]
        return self._of_end(found[-1]) if found else (_ROOTS["other"], None)

    def _news(self, day: int) -> list[Ended]:
        """Matters that ended before a day in one arm, and not so in the other; oldest first."""
        found = []
        for one, other in ((BASELINE, POLICY), (POLICY, BASELINE)):
            for each, ended in self.trace.ended[one].items():
                if ended.day < day and not _same(ended, self.trace.ended[other].get(each)):
                    found.append(ended)
        return sorted(found, key=lambda ended: (ended.day, ended.compound, ended.serial))

    def _of_end(self, ended: Ended) -> tuple[Text, tuple[int, int] | None]:
        """What became of a matter; on with the contributor whose work differed."""
        words = self._end_in_words(ended)
        return words, self._differs_before(ended.contributors, ended.day)

    def _differs_before(self, who: Iterable[int], day: int) -> tuple[int, int] | None:
        found = [(d, i) for i in who for d in self._days.get(i, []) if d <= day]
        return (max(found)[1], max(found)[0]) if found else None

    def _end_in_words(self, ended: Ended) -> Text:
        if ended.status == RESOLVED:
            by_all = ended.resident_minutes > 0
            how = (
                Text("resolved with residents' work", "由居民参与解决")
                if by_all
                else Text("resolved by organised forces alone", "仅由组织力量解决")
            )
        else:
            how = (
                Text("closed on paper", "被纸面结案")
                if ended.status == CLOSED
                else Text("lapsed", "不了了之")
            )
        day, arm, compound = self.told(ended.day), ARMS[ended.arm], ended.compound + self._first
        return Text(
            f"matter {ended.serial} of compound {compound}: {how.en} on day {day} {arm.en}",
            f"小区{compound}的第{ended.serial}号事务，{arm.zh}于第{day}日{how.zh}",
        )

    def _of_a_neighbour(self, i: int, day: int, sign: int) -> tuple[Text, tuple[int, int] | None]:
        """Who asked: drawn again; somebody whose own act is remembered in one arm only."""
        more, less = (POLICY, BASELINE) if sign > 0 else (BASELINE, POLICY)
        a, b = self.trace.noons[more][day], self.trace.noons[less][day]
        since = active_since(day, self.city.parameters.W)
        for asker in self._askers_of(i, day, a):
            if a.acquaintances(asker) != b.acquaintances(asker) and b.last_acted[asker] >= since:
                return self._of_made_ties(asker, day, sign)
            if a.last_acted[asker] >= since > b.last_acted[asker]:
                d = int(a.last_acted[asker])
                return self._on(
                    d, f"asked by resident {asker}, after the act", f"居民{asker}参与之后发出邀请"
                ), (asker, d)
        return _ROOTS["asked_peer"], None

    def _askers_of(self, i: int, day: int, noon: Noon) -> list[int]:
        """The neighbours whose turn it was to ask this resident on a day in an arm, if they were active."""
        w, p, seed = self.city.world, self.city.parameters, self.city.seed
        who, n = key(int(w.com["number"][0]), 0), int(w.com["adults"][0])
        found = []
        for k in range(1, whole(p.peer_ask * n, draw(seed, who, day, decision.PEER_ASKS, 0)) + 1):
            u_who, u_whom, _, _ = draws(seed, who, day, decision.PEER_ASKS, k)
            asker = int(w.adults[pick(u_who, n)])
            house = w.buildings[w.building[asker]]
            ties = self.ties_of(asker) + noon.acquaintances(asker)
            if house["head"] == asker:
                whom = int(w.adults[house["adults"] + pick(u_whom, int(house["grown"]))])
            else:
                whom = ties[pick(u_whom, len(ties))] if ties else -1
            if whom == i and asker != i:
                found.append(asker)
        return found

    def ties_of(self, i: int) -> list[int]:
        """Whom a resident knows, by number."""
        w = self.city.world
        ties: list[int] = w.ties[int(w.tie_first[i]) : int(w.tie_first[i + 1])].astype(np.int64).tolist()
        return ties

    def _on(self, day: int, en: str, zh: str) -> Text:
        return Text(f"{en} on day {self.told(day)}", f"{zh}（第{self.told(day)}日）")


def _same(one: Ended, other: Ended | None) -> bool:
    return other is not None and (one.status, one.resident_minutes > 0) == (
        other.status, other.resident_minutes > 0
    )  # fmt: skip


def _said(en: str, zh: str, *values: Any) -> Text:
    return Text(en.format(*values), zh.format(*values))


_ROOTS = {
    "asked_member": Text("a serving member asked", "在岗党员发出邀请"),
    "asked_visit": Text(
        "a worker's visit at the door went elsewhere in the other arm", "社区工作者的上门走访在另一方去了别处"
    ),
    "asked_call": Text(
        "the call from the list of volunteers was made in one arm only", "志愿者名册电话只在其中一方打出"
    ),
    "asked_organisation": Text(
        "a social organisation came about a matter of the house", "社会组织就身边事务上门邀请"
    ),
    "asked_peer": Text("a neighbour asked", "邻居发出邀请"),
    "meeting": Text("the council met", "议事会开会"),
    "room": Text("a linked unit opened a room", "共建单位开放了场地"),
    "example_beat": Text("members serve in the building", "党员在楼栋服务"),
    "held_back": Text("members serve in the building already", "楼栋里已有党员服务"),
    "reward": Text("the act is rewarded", "参与有奖励"),
    "reward_worn": Text("earlier acts were rewarded", "此前的参与得了奖励"),
    "work_left": Text("a matter in sight has less work left, or more", "眼前事务剩余的工作量不同"),
    "other": Text("what the resident carries from earlier days differs", "此前积累的状态不同"),
}
"""Where a chain ends: a policy's own doing, or what cannot be followed further."""
