"""What factors, levels and measures are called, in English and Chinese, and how measures are shown."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from model.errors import unknown
from model.measures import MEASURES
from model.parameters import table as parameter_table
from model.policies import POLICIES

LANGUAGES = ("en", "zh")
UNITS_ZH = {
    "share of adults": "占成年人",
    "acts per 1000 adults and day": "次/千成年人·日",
    "share of acts": "占参与次数",
    "h per adult and year": "小时/成年人·年",
    "share of residents": "占居民",
    "share of volunteers": "占志愿者",
    "share of hours": "占工时",
    "-": "-",
    "difference of shares": "比例之差",
    "h per 1000 residents and day": "小时/千人·日",
    "share of resolved": "占已解决事务",
    "visits per 1000 residents and day": "次/千人·日",
    "asks per 1000 residents and day": "次/千人·日",
    "members": "人",
    "share of members": "占党员",
    "share of posts": "占岗位",
    "share of time": "占时间",
    "matters per 1000 residents and day": "件/千人·日",
    "reports per resident and year": "件/人·年",
    "share of ended reports": "占办结事务",
    "days": "天",
    "matters per 1000 residents": "件/千人",
    "matters": "件",
    "0 to 1": "0–1",
    "share": "比例",
    "h per 1000 residents and year": "小时/千人·年",
    "yuan per resident and year": "元/人·年",
}
"""The units of measures in Chinese."""
DOSES_ZH = {"per 1000 residents": "人/千人", "members": "人", "h/week": "小时/周", "days": "天", "share": ""}
"""The units of doses in Chinese."""
WORDS_ZH = {
    "none": "不匹配",
    "random": "随机",
    "skill": "按技能",
    "skill_time_wish": "按技能、时间和意愿",
    "without": "无",
    "with": "有",
}
"""Levels that are words, in Chinese."""


@dataclass(frozen=True)
class Shown:
    """How a measure is shown: shares in percent and their differences in points."""

    factor: float
    unit: str
    change_unit: str


def checked_language(lang: str) -> str:
    """A language that there is, or an InputError."""
    if lang not in LANGUAGES:
        raise unknown("language", lang, LANGUAGES)
    return lang


def label_of(name: str, lang: str = "en") -> str:
    """What a factor or a measure is called, for people."""
    if name in MEASURES:
        return str(getattr(MEASURES[name], lang))
    if name in parameter_table():
        return f"{getattr(parameter_table()[name], lang)} ({name})"
    policy, _, option = name.partition("_")
    if policy not in POLICIES:
        return name
    label = str(getattr(POLICIES[policy], lang))
    return label + _option(policy, option, lang) if option else label


def _option(policy: str, option: str, lang: str) -> str:
    metadata: dict[str, Mapping[str, Any]] = {
        f.name: f.metadata for f in dataclasses.fields(POLICIES[policy])
    }
    about = metadata.get(option, {})
    if lang == "zh":
        return f"：{about.get('zh', option)}"
    unit = str(about.get("unit", "word"))
    if unit.replace(" ", "").startswith(option):  # per1000: the unit says it all
        return f" [{unit}]"
    return f", {option.replace('_', ' ')}" + (f" [{unit}]" if unit != "word" else "")


def level_of(name: Any, level: Any, lang: str = "en") -> str:
    """A factor set to a level, in short: `mu = 0.3`, `match: random`."""
    policy, _, option = name.partition("_")
    if isinstance(level, bool | int | float):
        return f"{name} = {level:g}"
    word = WORDS_ZH.get(str(level), str(level)) if lang == "zh" else str(level).replace("_", "+")
    head = getattr(POLICIES[policy], lang) if policy in POLICIES and lang == "zh" else policy or option
    return f"{head}: {word}"


def dose_of(name: str, level: Any, lang: str = "en") -> str:
    """A dose with its unit: `20 per 1000 residents`."""
    policy, _, option = name.partition("_")
    unit = ""
    if policy in POLICIES:
        fields: dict[str, Any] = {f.name: f.metadata for f in dataclasses.fields(POLICIES[policy])}
        unit = str(fields.get(option, {}).get("unit", ""))
    unit = DOSES_ZH.get(unit, "") if lang == "zh" else unit
    return f"{level:,g} {unit}".strip() if abs(level) < 1e6 else f"{level:,.0f} {unit}".strip()


def shown(measure: str, lang: str = "en") -> Shown:
    """Factor and units for showing a measure."""
    unit = MEASURES[measure].unit
    if unit.startswith(("share", "difference of shares")):
        return Shown(100.0, "%", "百分点" if lang == "zh" else "percentage points")
    unit = UNITS_ZH.get(unit, unit) if lang == "zh" else unit
    return Shown(1.0, unit, unit)
