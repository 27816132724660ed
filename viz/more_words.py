"""Chinese for what the model's tables have in English only: units, places, kinds of matters.

What is missing here is shown in English, so that a new unit can be used before it is translated.
"""

UNITS = {
    "-": "",
    "0 to 1": "0 至 1",
    "1/day": "每天",
    "1/year": "每年",
    "day": "日",
    "days": "天",
    "factor": "倍数",
    "h": "小时",
    "h/day": "小时/天",
    "h/week": "小时/周",
    "matters": "件",
    "members": "人",
    "per 1000 people and day": "每千人每天",
    "per 1000 residents": "每千居民",
    "posts per compound": "个/小区",
    "probability": "概率",
    "share": "比例",
    "ties": "个",
    "word": "",
    "yuan/h": "元/小时",
    "acts per 1000 adults and day": "次/千成年人·天",
    "asks per 1000 residents and day": "次/千居民·天",
    "difference of shares": "比例之差",
    "h per 1000 residents and day": "小时/千居民·天",
    "h per 1000 residents and year": "小时/千居民·年",
    "h per adult and year": "小时/成年人·年",
    "matters per 1000 residents": "件/千居民",
    "matters per 1000 residents and day": "件/千居民·天",
    "reports per resident and year": "件/居民·年",
    "share of acts": "占参与次数",
    "share of adults": "占成年人",
    "share of ended reports": "占办结事务",
    "share of hours": "占工时",
    "share of members": "占党员",
    "share of posts": "占岗位",
    "share of residents": "占居民",
    "share of resolved": "占已解决事务",
    "share of time": "占时间",
    "share of volunteers": "占志愿者",
    "visits per 1000 residents and day": "次/千居民·天",
    "yuan per resident and year": "元/居民·年",
}

SECTIONS = {
    "participation": "参与",
    "who takes part": "谁在参与",
    "self-reliance 自理": "自理",
    "asking": "动员",
    "party members": "党员",
    "community workers": "社区工作者",
    "public matters": "公共事务",
    "feelings and property": "感受与物业",
    "cost of policies": "政策成本",
}

PLACES = {
    "donghu": ("Donghu, 13,111 residents", "东湖社区，13,111 位居民"),
    "chengdu-sample": ("Chengdu: a sample of whole communities", "成都：若干完整社区的样本"),
    "chengdu": ("Chengdu: all communities", "成都：全部社区"),
    "lane": ("Lane, made up, 900 residents", "小巷（虚构），900 位居民"),
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


def unit(name: str, lang: str) -> str:
    """A unit as shown; nothing for a pure number."""
    if lang == "zh":
        return UNITS.get(name, name)
    return "" if name in ("-", "word") else name


def pick(words: dict[str, tuple[str, str]], name: str, lang: str) -> str:
    """A word of one of the tables above; the name itself if it is not there."""
    return words[name][lang == "zh"] if name in words else name
