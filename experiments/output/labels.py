"""What factors, levels and measures are called, in English and Chinese, and how measures are shown."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linli.experiments.statistics.arms import WITH, WITHOUT
from linli.model.attribution.measures import EVERY
from linli.model.parameters import table as parameter_table
from linli.model.policies import POLICIES
from linli.model.text import Text
from linli.model.units import unit_in

HAVING = {WITHOUT: Text("without", "无"), WITH: Text("with", "有")}
"""Levels of a policy that some arms have and others have not; all other words are the policy's own."""


@dataclass(frozen=True)
class Shown:
    """How a measure is shown: shares in percent and their differences in points."""

    factor: float
    unit: str
    change_unit: str


def label_of(name: str, lang: str = "en") -> str:
    """What a factor or a measure is called, for people."""
    if name in EVERY:
        return str(getattr(EVERY[name], lang))
    if name in parameter_table():
        return f"{getattr(parameter_table()[name], lang)} ({name})"
    policy, _, option = name.partition("_")
    if policy not in POLICIES:
        return name
    label = str(getattr(POLICIES[policy], lang))
    return label + _option(policy, option, lang) if option else label


def _option(policy: str, option: str, lang: str) -> str:
    about = _options(policy).get(option, {})
    if lang == "zh":
        return f"：{about.get('zh', option)}"
    unit = str(about.get("unit", "word"))
    if unit.replace(" ", "").startswith(option):  # per1000: the unit says it all
        return f" [{unit}]"
    return f", {option.replace('_', ' ')}" + (f" [{unit}]" if unit != "word" else "")


def level_of(name: Any, level: Any, lang: str = "en") -> str:
    """A factor set to a level, in short: `mu = 0.3`, `match: random`; in Chinese in the policy's words."""
    policy, _, option = name.partition("_")
    if isinstance(level, bool | int | float):
        head = label_of(name, lang) if lang == "zh" and policy in POLICIES and option else name
        return f"{head} = {level:g}"
    head = POLICIES[policy].zh if policy in POLICIES and lang == "zh" else policy or option
    return f"{head}: {', '.join(_word(policy, part, lang) for part in str(level).split(', '))}"


def _word(policy: str, level: str, lang: str) -> str:
    """A level that is a word (`random`), or one option of several (`share=0.5`)."""
    if level in HAVING:
        return HAVING[level].said(lang)
    options = _options(policy)
    option, equals, value = level.partition("=")
    if equals and option in options:
        return f"{options[option]['zh']}={value}" if lang == "zh" else level
    for about in options.values():
        if level in about.get("choices", ()):
            text: Text = about["choices"][level]
            return text.zh if lang == "zh" else level.replace("_", about["joint"])
    return level


def _options(policy: str) -> dict[str, Mapping[str, Any]]:
    """What is known of each option of a policy; nothing for what is no policy."""
    return {f.name: f.metadata for f in dataclasses.fields(POLICIES[policy])} if policy in POLICIES else {}


def dose_of(name: str, level: Any, lang: str = "en") -> str:
    """A dose with its unit: `20 per 1000 residents`; a share needs none in Chinese."""
    policy, _, option = name.partition("_")
    about = _options(policy).get(option)
    unit = "" if about is None else unit_in(about["unit"], lang)
    if lang == "zh" and about is not None and about["unit"] == "share":
        unit = ""
    return f"{level:,g} {unit}".strip() if abs(level) < 1e6 else f"{level:,.0f} {unit}".strip()


def shown(measure: str, lang: str = "en") -> Shown:
    """Factor and units for showing a measure."""
    unit = EVERY[measure].unit
    if unit.startswith(("share", "difference of shares")):
        return Shown(100.0, "%", "百分点" if lang == "zh" else "percentage points")
    unit = unit_in(unit, lang)
    return Shown(1.0, unit, unit)
