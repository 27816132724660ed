"""The classes of an attribution: what differed first, in the order in which it is looked for.

The order is that of a decision: first whether there is a reason to decide at all (an ask, no rest, need in
sight, a meeting, a room), then the terms of the appeal, the nearest to the act first and the slowest to
change last.
"""

from dataclasses import dataclass

from linli.agents.rules.asking import ASKERS
from linli.agents.rules.participation import TERMS
from linli.model.text import Text

WOKEN, REPLACED, ASKED, DISPLACED, FELT = "woken", "replaced", "asked", "displaced", "felt"
NEED = "need"
"""In place of a group: see `grouped`."""

GROUPS = {
    WOKEN: Text("woken: residents come to act by themselves", "唤起：居民自发参与"),
    REPLACED: Text(
        "replaced: others did it, and residents hold back (包办)", "替代：他人代劳，居民退后（包办）"
    ),
    ASKED: Text("asked: mobilised, for as long as somebody asks", "被邀：有人动员才参与"),
    DISPLACED: Text(
        "displaced: rest, fatigue and time after other acts", "挪移：此前参与之后的休整、疲劳与时间"
    ),
    FELT: Text("trust, reward and own motive", "信任、回报与自身动机"),
}
"""Groups of classes, in the order of tables. Asked and displaced belong neither to woken nor to replaced."""


@dataclass(frozen=True)
class Channel:
    """One class. name: short; group: one of GROUPS, or NEED; en, zh: what differed; term: of the appeal."""

    name: str
    group: str
    en: str
    zh: str
    term: str = ""

    def said(self, lang: str) -> str:
        """What it is called."""
        return Text(self.en, self.zh).said(lang)


# fmt: off
CHANNELS = (
    Channel("asked_peer", ASKED, "asked by a neighbour", "邻居邀请"),
    Channel("asked_member", ASKED, "asked by a serving member", "在岗党员邀请"),
    Channel("asked_visit", ASKED, "asked by a worker at the door", "社区工作者上门邀请"),
    Channel("asked_call", ASKED, "called from the list of volunteers", "按志愿者名册电话邀请"),
    Channel("asked_organisation", ASKED, "asked by a social organisation", "社会组织上门邀请"),
    Channel("rest", DISPLACED, "rest after another act", "另一次参与后的休整"),
    Channel("need_gained", NEED, "need in sight that is not there otherwise", "眼前多出的需要"),
    Channel("need_gone", NEED, "need no longer in sight", "眼前的需要没有了"),
    Channel("meeting", WOKEN, "meetings of the council", "议事会的会议"),
    Channel("room", WOKEN, "an open room of a linked unit", "共建单位开放的场地"),
    Channel("fatigue", DISPLACED, "fatigue from other acts", "其他参与带来的疲劳", "fatigue"),
    Channel("held_back", REPLACED, "held back, as others serve already", "已有人在做，便不出手", "held_back"),
    Channel("example", WOKEN, "the example of ties", "熟人的示范", "neighbours"),
    Channel("example_beat", WOKEN, "the example of members on the beat", "责任楼栋党员的示范", "beat"),
    Channel("made_ties", WOKEN, "ties that acting made", "参与中结识的人", "made_ties"),
    Channel("habit", WOKEN, "habit", "习惯", "habit"),
    Channel("efficacy_own", WOKEN, "efficacy from own experience", "自身经历带来的效能感", "efficacy"),
    Channel("efficacy_neighbours", WOKEN, "efficacy from neighbours' successes", "邻居办成事带来的效能感",
            "efficacy"),
    Channel("omega", REPLACED, "efficacy lost as others solve it", "他人包揽后丧失的效能感", "efficacy"),
    Channel("trust", FELT, "trust", "信任", "trust"),
    Channel("reward", FELT, "reward", "回报", "reward"),
    Channel("reward_worn", FELT, "own motive worn by earlier rewards", "被此前奖励磨损的动机", "worn"),
    Channel("motive", FELT, "own motive", "自身动机", "motive"),
    Channel("time", DISPLACED, "free time left this week", "本周剩余的空闲时间"),
)
# fmt: on
"""Every class, in the order in which differences are looked for; `time` concerns minutes only."""


def grouped(net_need: float) -> dict[str, tuple[Channel, ...]]:
    """The classes of each group. net_need: what need gained and need gone come to together.

    A matter that meets another fate in the other arm takes occasions away in one place and brings them about
    in another, so both classes are large wherever arms have parted, and only what they come to together says
    anything: need gone is replacement, need gained wakes.
    """
    of_need = REPLACED if net_need < 0 else WOKEN
    return {
        group: tuple(c for c in CHANNELS if c.group == group or (c.group == NEED and group == of_need))
        for group in GROUPS
    }


NAMES = tuple(channel.name for channel in CHANNELS)
CODE = {name: code for code, name in enumerate(NAMES)}

ASKED_BY = tuple(CODE.get(f"asked_{asker}", -1) for asker in ASKERS)
"""The class of an ask by who asks, as `agents.rules.asking.ASKERS` numbers them."""

FIRST_TERM = CODE["fatigue"]
"""From here on classes are terms of the appeal."""


def _order_of_terms() -> tuple[int, ...]:
    """The terms of the appeal, by number, in the order in which they are compared. The ask, which goes first,
    is not among them. Raises LookupError for a term that has no class."""
    named = [channel.term for channel in CHANNELS if channel.term]
    missing = set(TERMS) - set(named) - {"ask"}
    if missing:
        raise LookupError(f"terms of the appeal without a class: {', '.join(sorted(missing))}")
    return tuple(TERMS.index(term) for term in dict.fromkeys(named) if term in TERMS)


ORDER = _order_of_terms()

CLASS_OF = tuple(
    next((code for code, channel in enumerate(CHANNELS) if channel.term == term), -1) for term in TERMS
)
"""The class of each term of the appeal, by the number of the term (efficacy: the first of its three)."""
