"""Every unit in both languages: of measures, parameters, options of policies and states of agents.

The tables of the model name their units in English; here is how the same reads in Chinese. Whoever shows a
unit asks `unit_in`, and a unit that is not listed is an error: it would be English among Chinese.
"""

from types import MappingProxyType

PURE = ("-", "word")
"""What has no unit: pure numbers, and words."""

UNITS = MappingProxyType(
    {
        "-": "-",
        "word": "",
        "0 to 1": "0–1",
        "0 or 1": "0或1",
        "share": "比例",
        "probability": "概率",
        "factor": "倍数",
        "difference of shares": "比例之差",
        "share of adults": "占成年人",
        "share of residents": "占居民",
        "share of households": "占住户",
        "share of volunteers": "占志愿者",
        "share of members": "占党员",
        "share of acts": "占参与次数",
        "share of hours": "占工时",
        "share of time": "占时间",
        "share of calls": "占应联系次数",
        "acts per active adult and quarter": "次/活跃成年人·季",
        "h per active adult and quarter": "小时/活跃成年人·季",
        "share of posts": "占岗位",
        "share of resolved": "占已解决事务",
        "share of ended reports": "占办结事务",
        "day": "日",
        "days": "天",
        "months": "个月",
        "h": "小时",
        "1/day": "每日",
        "1/year": "每年",
        "1/week": "每周",
        "h/day": "小时/日",
        "h/week": "小时/周",
        "members": "人",
        "organisations": "个",
        "units": "家",
        "ties": "条",
        "tries": "次",
        "visits": "次",
        "people": "人",
        "visits per household": "次/户",
        "bounces per matter": "次/件",
        "rounds per adult": "轮/成年人",
        "tries per visit": "次/应答",
        "ties per 1000 adults": "条/千成年人",
        "matters": "件",
        "posts": "个",
        "posts per compound": "个/小区",
        "per 1000 residents": "人/千人",
        "per 1000 people and day": "件/千人·日",
        "acts per 1000 adults and day": "次/千成年人·日",
        "asks per 1000 residents and day": "次/千人·日",
        "visits per 1000 residents and day": "次/千人·日",
        "matters per 1000 residents": "件/千人",
        "matters per 1000 residents and day": "件/千人·日",
        "reports per resident and year": "件/人·年",
        "h per adult and year": "小时/成年人·年",
        "h per 1000 residents and day": "小时/千人·日",
        "h per 1000 residents and year": "小时/千人·年",
        "yuan": "元",
        "yuan/h": "元/小时",
        "yuan/month": "元/月",
        "yuan per resident": "元/人",
        "works per 1000 residents and year": "处/千人·年",
        "yuan per resident and year": "元/人·年",
        # states of agents
        "minutes": "分钟",
        "minutes/week": "分钟/周",
        "minute-percent": "分钟·百分比",
        "acts": "次",
        "permille": "千分比",
        "utility": "效用",
        "week": "周",
        "stamp": "日期戳",
        "residents": "人",
        "resident": "居民编号",
        "code": "代码",
        "index": "编号",
    }
)
"""Chinese by English."""


OWN: dict[str, str] = {}
"""Units that measures of one's own bring, Chinese by English: see `linli.model.extensions`."""


def unit_in(unit: str, lang: str) -> str:
    """A unit in Chinese ("zh") or English. Raises KeyError for a unit that is in no table."""
    if lang != "zh":
        return unit
    return OWN[unit] if unit in OWN else UNITS[unit]
