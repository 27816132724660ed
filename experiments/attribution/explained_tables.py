"""A decision in both arms as a table for people, and its chain line by line."""

from linli.agents.rules.asking import ASKERS
from linli.agents.rules.participation import TERMS
from linli.experiments.output.screen import console, number, table
from linli.model.attribution.chain import ARMS
from linli.model.attribution.channels import ASKED_BY, CHANNELS
from linli.model.attribution.explained import Explanation
from linli.model.text import Text

_HEAD = Text("resident {0} on day {1}", "居民{0}，第{1}日")
_LUCK = Text(
    "same luck in both arms: occasion {0:.3f}, act {1:.3f}; candidate day: {2}",
    "两方的抽签相同：时机 {0:.3f}，参与 {1:.3f}；候选日：{2}",
)
_YES = (Text("no", "否"), Text("yes", "是"))
_SAME = Text("both arms do the same on this day", "两方当日的决定相同")
_CHAIN = Text("back to the first cause:", "追溯到最初的原因：")
_ROWS = {
    "acts": Text("acts", "参与"),
    "rests": Text("rests after another act", "休整中"),
    "occasion": Text("an occasion comes up", "遇到时机"),
    "asked_by": Text("asked by", "谁邀请"),
    "sight": Text("matters in sight", "眼前的事务（件）"),
    "ties": Text("people known", "认识的人"),
    "active": Text("of them active lately", "其中近期参与过"),
    "serving": Text("of them party members who serve", "其中在岗党员"),
    "rate": Text("rate of occasions [1/day]", "时机的频率（每日）"),
    "probability": Text("probability of acting", "参与的概率"),
}
_TERMS = {
    "motive": Text("own motive", "自身动机"),
    "neighbours": Text("example of ties", "熟人的示范"),
    "made_ties": Text("ties that acting made", "参与中结识的人"),
    "beat": Text("example on the beat", "责任楼栋党员的示范"),
    "held_back": Text("held back", "不再出手"),
    "ask": Text("ask", "邀请"),
    "habit": Text("habit", "习惯"),
    "reward": Text("reward", "奖励"),
    "worn": Text("motive worn by rewards", "被奖励磨损的动机"),
    "efficacy": Text("efficacy", "效能感"),
    "trust": Text("trust", "信任"),
    "fatigue": Text("fatigue", "疲劳"),
}


def show(title: str, found: Explanation, lang: str) -> None:
    """The table, then the chain."""
    screen = console()
    screen.print(f"{title}: {_HEAD.said(lang).format(found.resident, found.day)}", style="bold")
    candidate = _YES[found.candidate].said(lang)
    screen.print(_LUCK.said(lang).format(found.u_occasion, found.u_acts, candidate))
    screen.print(_sides(found, lang))
    if not found.steps:
        screen.print(_SAME.said(lang))
        return
    screen.print(_CHAIN.said(lang))
    for n, step in enumerate(found.steps, 1):
        screen.print(f"{n}. {step.said(lang)}", soft_wrap=True)


def _sides(found: Explanation, lang: str):  # type: ignore[no-untyped-def]
    shown = table()
    shown.add_column("")
    for arm in ARMS:
        shown.add_column(arm.said(lang), justify="right")
    for name, label in _ROWS.items():
        shown.add_row(label.said(lang), *(_value(getattr(side, name), name, lang) for side in found.sides))
    for term in TERMS:
        values = [number(side.terms[term], 3, sign=True) for side in found.sides]
        shown.add_row(f"  {_TERMS[term].said(lang)}", *values)
    return shown


def _value(value: object, name: str, lang: str) -> str:
    if isinstance(value, bool):
        return _YES[value].said(lang)
    if name == "asked_by":
        return CHANNELS[ASKED_BY[ASKERS.index(str(value))]].said(lang) if value else number(None)
    return number(float(str(value)))
