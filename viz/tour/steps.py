"""The guided tour: five steps in which a visitor predicts, moves one control, and sees.

What is right is never written here: it is read off the two worlds that the visitor has just watched. In the
spirit of explorable explanations (Hart & Case, Parable of the Polygons; Case, The Wisdom and/or Madness of
Crowds).
"""

from collections.abc import Callable
from dataclasses import dataclass

from linli.model.policies import Policy
from linli.model.policies.match import Match
from linli.model.unidentified import UNIDENTIFIED
from linli.viz.state.settings import Settings
from linli.viz.words.numbers import change_text, value_text
from linli.viz.worlds import Pair
from linli.viz.worlds.stage import Shown

Text = tuple[str, str]
"""English and Chinese."""

PLACE = "donghu"
YEAR = 365
MONTH = 30


@dataclass(frozen=True)
class Outcome:
    """What happened: the key of the right answer, and the numbers that the text names."""

    answer: str
    values: dict[str, str]


@dataclass(frozen=True)
class Step:
    """One step. title, text: what it is about; question, answers: what is predicted; control: what the
    visitor does (nothing where it has happened already); told: what is said afterwards, with numbers in
    braces; outcome: reads them off the worlds; until: day on which it can be told; assumption: the parameter
    whose slider is the control, if one is; starts_at: day on which the step opens; speed: days a second.
    """

    name: str
    title: Text
    text: Text
    question: Text
    answers: dict[str, Text]
    told: Text
    outcome: Callable[[Shown, str], Outcome]
    until: int
    measure: str
    colour: str
    control: Text = ("", "")
    policies: tuple[Policy, ...] = ()
    assumption: str = ""
    starts_at: int = 0
    speed: int = 60

    def before(self) -> Settings:
        """Settings with which the step opens: those of the step before."""
        return Settings.of(PLACE, days=YEAR, policies=self.policies if self.starts_at else ())

    def after(self, value: float | None = None) -> Settings:
        """Settings once the control was moved. value: of the assumption."""
        settings = Settings.of(PLACE, days=YEAR, policies=self.policies)
        return settings if value is None else settings.with_parameter(self.assumption, value)

    def is_done(self, shown: Shown | None, settings: Settings, predicted: bool) -> bool:
        """Whether what happened can be told."""
        if not predicted or shown is None or shown.settings != settings or shown.day < self.until:
            return False
        return settings != self.after() if self.assumption else settings == self.after()


def _took_part(shown: Shown, lang: str) -> Outcome:
    share = shown.pair.curves("engaged_share", range(shown.day, shown.day + 1))[0][0]
    nearest = min((10, 30, 60), key=lambda guess: abs(guess - 100 * share))
    asked = shown.pair.tables(shown.day)[0]["asked_share"]
    return Outcome(str(nearest), {"share": value_text(share, "share"), "asked": f"{100 * asked:.0f}"})


def _idle(shown: Shown, lang: str) -> Outcome:
    last = range(shown.day, shown.day + 1)
    numbers = {
        name: shown.pair.curves(name, last)[0][0]
        for name in ("members_matched", "members_idle", "members_decoupled")
    }
    most = max(numbers, key=lambda name: numbers[name])
    return Outcome(most, {name: f"{value:,.0f}" for name, value in numbers.items()})


def _effect(pair: Pair, measure: str, days: int) -> tuple[float, float]:
    before, after = pair.curves(measure, range(days, days + 1))
    return before[0], after[0]


def _engagement(shown: Shown, lang: str) -> Outcome:
    before, after = _effect(shown.pair, "engaged_share", shown.day)
    change = after - before
    answer = "falls" if change < 0 else "little" if change < 0.03 else "much"
    values = {"before": value_text(before, "share"), "after": value_text(after, "share")}
    serving = [f"{arm['members_matched']:,.0f}" for arm in shown.pair.tables(shown.day)]
    values |= {"serving_before": serving[0], "serving_after": serving[1]}
    return Outcome(answer, {**values, "change": change_text(change, "share", lang)})


def _unasked(shown: Shown, lang: str) -> Outcome:
    before, after = (arm["acts_spontaneous"] for arm in shown.pair.tables(shown.day))
    asked = [arm["acts_asked"] for arm in shown.pair.tables(shown.day)]
    change = after / before - 1.0
    answer = "same" if abs(change) < 0.003 else "more" if change > 0 else "less"
    numbers = {"before": before, "after": after, "asked_before": asked[0], "asked_after": asked[1]}
    values = {name: f"{value:.2f}" for name, value in numbers.items()}
    return Outcome(answer, {**values, "rest": f"{shown.settings.value_of('R'):g}"})


def _assumed(shown: Shown, lang: str) -> Outcome:
    usual = Pair.build(BY_NAME["assumption"].after())
    usual.frames(shown.day)
    changes = [
        after - before
        for before, after in (_effect(p, "engaged_share", shown.day) for p in (usual, shown.pair))
    ]
    ratio = changes[1] / changes[0] if changes[0] else 1.0
    answer = "same" if 0.8 <= ratio <= 1.25 else "grows" if ratio > 1.25 else "shrinks"
    values = {"usual": change_text(changes[0], "share", lang), "now": change_text(changes[1], "share", lang)}
    values |= {"mu": f"{shown.settings.value_of('mu'):g}", "unknown": str(len(UNIDENTIFIED))}
    return Outcome(answer, values)


MATCH = (Match(),)

STEPS = (
    Step(
        name="town",
        title=("A town of 13,111 people", "一个 13,111 人的社区"),
        text=(
            "Every point is a resident in his or her building. People take part when an occasion "
            "comes up or somebody "
            "asks: they patrol, mend, mediate, look after someone. Both maps are the same town with "
            "the same luck.",
            "每个点是一位住在楼里的居民。遇到机会或受到邀请时，居民会参与：巡逻、维修、调解、照看他人。"
            "左右两张图是同一个社区、同样的机缘。",
        ),
        question=(
            "Out of 100 adults, how many took part in anything during the last 30 days?",
            "每 100 位成年人中，近 30 天有多少人参与过任何活动？",
        ),
        answers={
            "10": ("about 10", "约 10 人"),
            "30": ("about 30", "约 30 人"),
            "60": ("about 60", "约 60 人"),
        },
        control=("Let a month pass", "让一个月过去"),
        told=(
            "{share}. The coloured points are those who took part lately. Of 100 acts, {asked} "
            "followed an ask.",
            "{share}。彩色的点是最近参与过的居民。每 100 次参与中，有 {asked} 次是受邀的。",
        ),
        outcome=_took_part,
        until=MONTH,
        measure="engaged_share",
        colour="acted",
        speed=20,
    ),
    Step(
        name="idle",
        title=("The idle members", "闲置的党员"),
        text=(
            "Employers have registered some 500 party members with the community. They are on the "
            "list; nobody has "
            "given them a post.",
            "各单位有约 500 名党员到社区报到。他们在名册上，却没有岗位。",
        ),
        question=("What has become of most members after a year?", "一年之后，多数党员会怎样？"),
        answers={
            "members_matched": ("they serve", "在岗服务"),
            "members_idle": ("they still wait", "仍在等待"),
            "members_decoupled": ("they have drifted away", "已经脱钩"),
        },
        control=("Let a year pass", "让一年过去"),
        told=(
            "{members_decoupled} have drifted away, {members_idle} wait, {members_matched} serve: "
            "the leaders, who "
            "always did. Being registered is not serving.",
            "{members_decoupled} 人脱钩，{members_idle} 人等待，{members_matched} 人在岗，"
            "即一直在服务的骨干。报到不等于服务。",
        ),
        outcome=_idle,
        until=YEAR,
        measure="members_decoupled",
        colour="party",
    ),
    Step(
        name="match",
        title=("Posts for them", "给他们岗位"),
        text=(
            "On the right, community workers now match members to posts by skill, time and wish. "
            "Those who serve ask "
            "neighbours to join, and clear matters themselves.",
            "在右边的世界里，社区工作者按技能、时间和意愿为党员匹配岗位。在岗党员会邀请邻居参与，也会自己办事。",
        ),
        question=(
            "How does the share of adults who take part change within a year?",
            "一年之内，参与的成年人比例会如何变化？",
        ),
        answers={
            "falls": ("it falls", "下降"),
            "little": ("up by less than 3 points", "上升不到 3 个百分点"),
            "much": ("up by more than 3 points", "上升超过 3 个百分点"),
        },
        control=("Match members to posts", "为党员匹配岗位"),
        told=(
            "From {before} to {after}: {change} in this town. {serving_after} members serve after a "
            "year, where {serving_before} did.",
            "从 {before} 到 {after}：本社区变化 {change}。一年之后有 {serving_after} 名党员在岗，"
            "原来是 {serving_before} 名。",
        ),
        outcome=_engagement,
        until=YEAR,
        measure="engaged_share",
        colour="acted",
        policies=MATCH,
    ),
    Step(
        name="unasked",
        title=("Asked, and unasked", "受邀的，与自发的"),
        text=(
            "Members who serve ask their neighbours. People also take part without being asked, when an "
            "occasion comes up.",
            "在岗党员会邀请邻居。没有人邀请时，居民遇到机会也会自发参与。",
        ),
        question=(
            "How often do people now act without being asked?",
            "现在，居民不经邀请而自发参与的次数如何？",
        ),
        answers={
            "more": ("more often", "更多"),
            "same": ("as often as before", "和以前一样"),
            "less": ("less often", "更少"),
        },
        told=(
            "Acts nobody asked for: {before} a day for each 1000 adults without, {after} with the "
            "policy; acts on request: {asked_before} and {asked_after}. These counts do not tell whether "
            "residents are woken or relieved of what they would have done: who acts on request rests for "
            "{rest} days, in which he or she would perhaps have come unasked.",
            "每千名成年人每天的自发参与：无政策 {before} 次，有政策 {after} 次；受邀参与："
            "{asked_before} 次与 {asked_after} 次。这些数字不能说明居民是被唤醒了，"
            "还是本来会做的事被别人做了：受邀参与的人随后休整 {rest} 天，其间本来也许会自己来。",
        ),
        outcome=_unasked,
        until=YEAR,
        measure="acts_spontaneous",
        colour="acted",
        policies=MATCH,
        starts_at=YEAR,
    ),
    Step(
        name="assumption",
        title=("One number nobody has measured", "一个没人测量过的数"),
        text=(
            "mu is the share of occasions that come from open matters. At 0, clearing matters costs "
            "residents nothing; "
            "at 1, no open matter means no occasion. No source says where it lies; here it is usually 0.3.",
            "mu 是来自未决事务的参与机会比例。为 0 时，事务办完不影响居民；为 1 时，没有未决事务就没有机会。"
            "没有资料说明它是多少，这里通常取 0.3。",
        ),
        question=(
            "If mu is higher, what becomes of the policy's effect on taking part?",
            "如果 mu 更高，政策对参与的效果会怎样？",
        ),
        answers={
            "grows": ("it grows", "变大"),
            "same": ("it stays about the same", "大致不变"),
            "shrinks": ("it shrinks", "变小"),
        },
        control=("Move mu", "移动 mu"),
        told=(
            "With mu at {mu} the effect is {now} in this town and year; it was {usual}. One pair of runs is "
            "not a finding, and mu is one of {unknown} numbers that no observation settles. Repeat it, vary "
            "them all, and compare bands.",
            "mu 为 {mu} 时，本社区这一年的效果为 {now}；原来是 {usual}。单次运行不是结论，"
            "而 mu 只是 {unknown} 个没有观测能确定的数之一。请重复，让它们都变动，再比较区间。",
        ),
        outcome=_assumed,
        until=YEAR,
        measure="engaged_share",
        colour="acted",
        policies=MATCH,
        assumption="mu",
        starts_at=YEAR,
    ),
)

BY_NAME = {step.name: step for step in STEPS}
