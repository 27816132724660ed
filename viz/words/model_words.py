"""Chinese for what the model's tables have in English only: places, kinds of matters."""

from linli.model.units import PURE, unit_in

PLACES = {
    "donghu": ("Donghu, 13,111 residents", "东湖社区，13,111 名居民"),
    "chengdu-sample": ("Chengdu: a sample of whole communities", "成都：若干完整社区的样本"),
    "chengdu-2020": ("Chengdu 2020: every household in three rounds", "成都2020：三轮入户走访"),
    "zhangzhou": ("Zhangzhou: a grid platform and its record", "漳州：网格平台及其台账"),
    "chengdu": ("Chengdu: all communities", "成都：全部社区"),
    "lane": ("Lane, made up, 900 residents", "小巷（虚构），900 名居民"),
}

KINDS = {
    "parking": ("parking", "停车"),
    "repair": ("repair", "维修"),
    "greening_waste": ("greening and waste", "绿化与垃圾"),
    "dispute": ("dispute", "邻里纠纷"),
    "old_people": ("old people", "老人"),
    "children": ("children", "儿童"),
}

TENURES = (("owner", "业主"), ("tenant", "租户"))
SKILLS = (
    ("none", "无"),
    ("care", "照护"),
    ("mediation", "调解"),
    ("maintenance", "维修"),
    ("digital", "数字"),
    ("organising", "组织"),
)
"""By code, as in `agents.traits`."""


BASIS = (
    ("assumption", "假设"),
    ("calibrated", "校准"),
    ("mean of the scenario's baseline run", "情景现状运行的均值"),
    ("while it lasts, ", "实行期间，"),
    ("claim that allowances retain", "补贴能留人的说法"),
    ("(sign, claim)", "（方向，说法）"),
    ("(claim)", "（说法）"),
    ("sign: ", "方向："),
    ("form: ", "形式："),
    ("value: ", "取值："),
    ("that of habit", "与习惯相同"),
    ("; ", "；"),
)
"""Words of a parameter's basis; names and titles of sources stay as they are."""


def basis(text: str, lang: str) -> str:
    """What a parameter's value rests on."""
    for english, chinese in BASIS if lang == "zh" else ():
        text = text.replace(english, chinese)
    return text


def unit(name: str, lang: str) -> str:
    """A unit as the page shows it: nothing for a pure number."""
    return "" if name in PURE else unit_in(name, lang)


def pick(words: dict[str, tuple[str, str]], name: str, lang: str) -> str:
    """A word of one of the tables above; the name itself if it is not there."""
    return words[name][lang == "zh"] if name in words else name
