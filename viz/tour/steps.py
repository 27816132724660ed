"""The guided tour: five steps in which a visitor predicts, moves one control, and sees.

What is right is never written here: it is read off the two worlds that the visitor has just watched, and off
the account of what differs between them. In the spirit of explorable explanations (Hart & Case, Parable of
the Polygons; Case, The Wisdom and/or Madness of Crowds).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from linli.experiments.output.screen import number
from linli.model.attribution.channels import ASKED, DISPLACED, REPLACED, WOKEN
from linli.model.attribution.result import Attribution
from linli.model.policies import Policy
from linli.model.policies.match import Match
from linli.viz.state.settings import Settings
from linli.viz.words.numbers import change_text, value_text
from linli.viz.worlds.stage import Shown

Accounts = Mapping[Settings, Attribution]
"""What differs between the worlds of some settings, and by what."""

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
    braces; outcome: reads them off the worlds and their accounts; until: day on which it can be told;
    assumption: the parameter whose slider is the control, if one is; starts_at: day on which the step opens;
    accounted: whether it tells what differed first; speed: days a second.
    """

    name: str
    title: Text
    text: Text
    question: Text
    answers: dict[str, Text]
    told: Text
    outcome: Callable[[Shown, str, Accounts], Outcome]
    until: int
    measure: str
    colour: str
    control: Text = ("", "")
    policies: tuple[Policy, ...] = ()
    assumption: str = ""
    starts_at: int = 0
    accounted: bool = False
    speed: int = 60

    def before(self) -> Settings:
        """Settings with which the step opens: those of the step before."""
        return Settings.of(PLACE, days=YEAR, policies=self.policies if self.starts_at else ())

    def after(self, value: float | None = None) -> Settings:
        """Settings once the control was moved. value: of the assumption."""
        settings = Settings.of(PLACE, days=YEAR, policies=self.policies)
        return settings if value is None else settings.with_parameter(self.assumption, value)

    def is_done(self, shown: Shown | None, settings: Settings, predicted: bool) -> bool:
        """Whether what happened is on the page."""
        if not predicted or shown is None or shown.settings != settings or shown.day < self.until:
            return False
        return settings != self.after() if self.assumption else settings == self.after()

    def is_accounted(self, settings: Settings, accounts: Accounts) -> bool:
        """Whether it is known what differed first, here and in what it is compared with."""
        wanted = {settings, self.after()} if self.accounted else set()
        return all(one in accounts and len(accounts[one].acts) >= self.until for one in wanted)


def _took_part(shown: Shown, lang: str, accounts: Accounts) -> Outcome:
    share = shown.pair.curves("engaged_share", range(shown.day, shown.day + 1))[0][0]
    nearest = min((10, 30, 60), key=lambda guess: abs(guess - 100 * share))
    asked = shown.pair.tables(shown.day)[0]["asked_share"]
    return Outcome(str(nearest), {"share": value_text(share, "share", lang), "asked": f"{100 * asked:.0f}"})


def _idle(shown: Shown, lang: str, accounts: Accounts) -> Outcome:
    last = range(shown.day, shown.day + 1)
    numbers = {
        name: shown.pair.curves(name, last)[0][0]
        for name in ("members_matched", "members_idle", "members_decoupled")
    }
    most = max(numbers, key=lambda name: numbers[name])
    return Outcome(most, {name: f"{value:,.0f}" for name, value in numbers.items()})


def _engagement(shown: Shown, lang: str, accounts: Accounts) -> Outcome:
    before, after = (arm[0] for arm in shown.pair.curves("engaged_share", range(shown.day, shown.day + 1)))
    change = after - before
    answer = "falls" if change < 0 else "little" if change < 0.03 else "much"
    values = {"before": value_text(before, "share", lang), "after": value_text(after, "share", lang)}
    serving = [f"{arm['members_matched']:,.0f}" for arm in shown.pair.tables(shown.day)]
    values |= {"serving_before": serving[0], "serving_after": serving[1]}
    return Outcome(answer, {**values, "change": change_text(change, "share", lang)})


def _groups(accounts: Accounts, settings: Settings, day: int) -> dict[str, int]:
    return accounts[settings].between(0, day).by_group()


def _first(shown: Shown, lang: str, accounts: Accounts) -> Outcome:
    groups = _groups(accounts, shown.settings, shown.day)
    answer = max((WOKEN, ASKED, REPLACED), key=lambda group: abs(groups[group]))
    values = {group: _acts(groups[group]) for group in (WOKEN, ASKED, REPLACED, DISPLACED)}
    return Outcome(
        answer, {**values, "all": _acts(accounts[shown.settings].between(0, shown.day).difference())}
    )


def _assumed(shown: Shown, lang: str, accounts: Accounts) -> Outcome:
    usual, now = (_groups(accounts, s, shown.day) for s in (BY_NAME["assumption"].after(), shown.settings))
    woken, replaced = now[WOKEN], -now[REPLACED]
    even = abs(woken - replaced) <= 0.1 * max(abs(woken), abs(replaced))
    values = {"chi": f"{shown.settings.value_of('chi'):g}"}
    for name, groups in (("usual", usual), ("now", now)):
        values |= {f"{group}_{name}": _acts(groups[group]) for group in (WOKEN, REPLACED)}
    return Outcome("even" if even else "woken" if woken > replaced else "replaced", values)


def _acts(acts: int) -> str:
    return number(acts, 0, sign=True)


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
            "每个点是一名住在楼里的居民。遇到机会或受到邀请时，居民会参与：巡逻、维修、调解、照看他人。"
            "左右两张图是同一个社区、同样的运气。",
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
            "Of some 980 party members on the register, employers have sent about half; the others live here "
            "and belong to the community's own branches. A few lead already; to the rest nobody has given a "
            "post.",
            "名册上约有 980 名党员：大约一半由各单位派来报到，其余是社区直管党员。"
            "少数骨干已在岗，其他人没有岗位。",
        ),
        question=("What has become of most members after a year?", "一年之后，多数党员会怎样？"),
        answers={
            "members_matched": ("they serve", "在岗"),
            "members_idle": ("they still wait", "仍在等待"),
            "members_decoupled": ("they have drifted away", "已脱钩"),
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
            "在右边的世界里，社区工作者组织党员按专长、时间和意愿认领岗位。在岗党员会邀请邻居参与，也会自己办事。",
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
        control=("Match members to posts", "组织党员认领岗位"),
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
        name="first",
        title=("Woken, asked, or replaced?", "唤起、被邀，还是替代？"),
        text=(
            "Both worlds share their luck. So for every act that is in one of them only, something differed "
            "first for that resident on that day: an ask, the example of somebody known, a matter that "
            "others have settled already.",
            "两边运气相同。所以每一次只在其中一边发生的参与，对那名居民在那一天来说都有最先不同的原因："
            "有人邀请、熟人的示范，或者眼前的事已被别人办完。",
        ),
        question=(
            "Of the acts that matching adds or takes away within a year, what are most?",
            "一年之内，认领岗位增加或减少的参与中，哪一种最多？",
        ),
        answers={
            "asked": ("acts on request: somebody asked", "受邀的参与：有人来请"),
            "woken": ("acts that others' example or habit woke", "被示范、习惯等唤起的参与"),
            "replaced": ("acts that others' work replaced", "被他人代劳替代的参与"),
        },
        told=(
            "In this town and year: asked {asked}, woken {woken}, replaced {replaced}, and displaced by "
            "rest, fatigue and time after other acts {displaced}; {all} acts in all, with what is left. "
            "Asked and displaced belong neither to woken nor to replaced. The table below has the hours. "
            "One pair of runs is not a finding.",
            "本社区这一年：被邀 {asked} 次，唤起 {woken} 次，替代 {replaced} 次，"
            "因此前参与之后的休整、疲劳与时间而挪移 {displaced} 次；连同其余，合计 {all} 次。"
            "被邀与挪移既不算唤起，也不算替代。下表另有工时。单次运行不是结论。",
        ),
        outcome=_first,
        until=YEAR,
        measure="engaged_share",
        colour="acted",
        policies=MATCH,
        starts_at=YEAR,
        accounted=True,
    ),
    Step(
        name="assumption",
        title=("One number nobody has measured", "一个没人测量过的数"),
        text=(
            "chi is how strongly residents leave to party members what they see them do in their building. "
            "At 0 nobody holds back because others serve already; the higher it is, the more do. No source "
            "says where it lies.",
            "chi 是居民看到党员在本楼服务时，有多大程度把事情留给他们去做。为 0 时，没有人因此退后；"
            "越高，退后的人越多。没有资料说明它是多少。",
        ),
        question=(
            "If hardly anybody held back (chi near 0), which would be more: acts that are woken, or acts "
            "that are replaced?",
            "如果几乎没有人因此退后（chi 接近 0），唤起的参与和被替代的参与，哪个更多？",
        ),
        answers={
            "woken": ("more are woken", "唤起的更多"),
            "even": ("about as many", "大致相等"),
            "replaced": ("more are replaced", "被替代的更多"),
        },
        control=("Move chi", "移动 chi"),
        told=(
            "With chi at {chi}, woken {woken_now} and replaced (包办) {replaced_now} acts in this town and "
            "year; with chi as usual it was {woken_usual} and {replaced_usual}. One pair of runs is not a "
            "finding, and chi is not the only number that no observation settles. Repeat it, vary them all, "
            "and compare bands.",
            "chi 为 {chi} 时，本社区这一年唤起 {woken_now} 次，替代（包办）{replaced_now} 次；"
            "chi 为默认值时，是 {woken_usual} 次与 {replaced_usual} 次。单次运行不是结论，"
            "没有观测能确定的数也不止 chi 一个。请重复，让它们都变动，再比较区间。",
        ),
        outcome=_assumed,
        until=YEAR,
        measure="engaged_share",
        colour="acted",
        policies=MATCH,
        assumption="chi",
        starts_at=YEAR,
        accounted=True,
    ),
)

BY_NAME = {step.name: step for step in STEPS}
