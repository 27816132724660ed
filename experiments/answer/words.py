"""The words of an answer, in English and Chinese."""

from collections.abc import Iterable, Sequence
from typing import Any

from linli.experiments.output.labels import label_of, shown
from linli.experiments.output.screen import decimals, number
from linli.experiments.statistics.paired import Effect
from linli.experiments.statistics.ratio import Ratio

HEADS = {
    "effect": {"en": "Wakes or replaces?", "zh": "唤醒还是替代？"},
    "turn": {"en": "Where it turns", "zh": "效应在何处变号"},
    "matching": {"en": "Matching", "zh": "岗位匹配"},
    "dose": {"en": "Dose and cost", "zh": "剂量与成本"},
    "unknown": {"en": "What it cannot know", "zh": "不能回答的"},
}
NOUNS = {"sink": {"en": "sinking", "zh": "下沉"}}
TEXTS = {
    "en": {
        "table": "What {noun} changes (± half of the 95 % interval)",
        "table_by": "What {noun} changes (± half of the 95 % interval), by: {by}",
        "instead": "{noun} at {high} instead of {low}",
        "at_dose": "{noun} at {high} instead of none",
        "up_to": "raised to {high}, it",
        "with": "{noun} instead of none",
        "arm": "arm {noun} instead of the baseline",
        "rises": "raises {list}",
        "falls": "lowers {list}",
        "unclear": "does not clearly change {list}",
        "same": "changes {list} in no run",
        "nothing": "cannot be judged: neither engagement nor what residents do is in these results",
        "undecided": "Which of the two this is, these results do not decide: their runs were not lived "
        "beside their baseline (attribution = false)",
        "wakes": "it wakes residents, and replaces nothing that is clear",
        "replaces": "it replaces residents (包办), and wakes nothing that is clear",
        "both": "it wakes some acts of residents and replaces others (包办)",
        "neither": "it neither clearly wakes nor clearly replaces",
        "acts": ": {woken} {unit} woken, {replaced} replaced, by what differed first; "
        "asked {asked} and displaced {displaced} belong to neither",
        "one": "cannot be judged from a single seed",
        "at": " (at {focus})",
        "turns": "{what}: {before} below {name} = {at} ({low} to {high}), {after} above",
        "whole": "{what}: {sign} for every {name} from {first} to {last}",
        "nowhere": "{what}: not clearly changed at either end of {name} = {first} to {last}",
        "from": "{what}: clearly {sign} only above {name} = {edge}",
        "until": "{what}: clearly {sign} only below {name} = {edge}",
        "between": "{what}: {sign} at both ends of {name}, not clear from {low} to {high}",
        "of_matching": "Matching itself, by contrast: ",
        "no_parameter": "the study steps through no uncertain parameter",
        "by_level": "what {noun} adds to {what}: {list}",
        "matching": "matching itself ({level}) changes {list}",
        "no_match": "the study does not vary how members are matched",
        "bends": "{what} bends at {at} ({low} to {high}): each one more adds {before}, then {after}",
        "or_less": "{place} or less",
        "or_more": "{place} or more",
        "no_bend": "{what}: no bend can be told from a straight line between {low} and {high}",
        "few_doses": "the study has too few doses to see a bend",
        "cost": "the cost is {yuan}",
        "per_point": ", which is {ratio} for each percentage point of engagement",
        "no_point": "; engagement did not clearly rise, so there is no cost per gain",
        "band": "{what} changes by {least} at {at_least} and by {most} at {at_most}: no source settles which",
        "unknown": "{varied}{fixed}no target of the model identifies them",
        "varied": "{band}. ",
        "fixed": "Held fixed here: {names}; ",
        "none_fixed": "All of {names} vary here; ",
        "forecast": "The model is not a forecast and has no test out of sample",
        "mean": "mean over {names}",
        "ranked": "What each changes (± half of the 95 % interval), and its rank; {seeds} seeds",
        "ranks": "#: rank, as the range that holds {likely} % of what drawing the seeds again gives.",
        "for_whom": "for whom",
        "cannot": "what it cannot know",
        "first": "{arm}, {effect}",
        "one_seed": "; a single seed cannot tell how sure that is",
        "sure": "; first in {share} of 100 draws of the seeds",
        "as_good": ", where {others} may be as good",
        "clear_first": ", ahead of all others",
        "widens": "the gap {what} widens with {arms}",
        "closes": "the gap {what} closes with {arms}",
        "no_gap": "no gap between owners and tenants, or old and young, clearly widens or closes",
        "unequal": "cost less",
        "cheaper": "{arms}: where these stand says nothing about what they would do for as much money",
        "ranked_fixed": "Held fixed here: {names}; with other values the order may be another. ",
    },
    "zh": {
        "table": "{noun}带来的变化（± 95%区间的一半）",
        "table_by": "{noun}带来的变化（± 95%区间的一半），按：{by}",
        "instead": "{noun}从{low}提高到{high}",
        "at_dose": "与不{noun}相比，{noun}{high}",
        "up_to": "提高到{high}时，",
        "with": "实行{noun}",
        "arm": "方案{noun}与基线相比",
        "rises": "使{list}上升",
        "falls": "使{list}下降",
        "unclear": "未使{list}明显变化",
        "same": "在任何一次运行中都未使{list}变化",
        "nothing": "无法判断：结果中既没有参与率，也没有居民自己的作为",
        "undecided": "究竟是唤醒还是替代，这些结果不能判定：各次运行未与基线逐日对照（attribution = false）",
        "wakes": "它唤起了居民的参与，没有明显的替代",
        "replaces": "它替代了居民的参与（包办），没有明显的唤起",
        "both": "它唤起了居民的一部分参与，又替代了另一部分（包办）",
        "neither": "既无明显的唤起，也无明显的替代",
        "acts": "：按最先不同的一项计，唤起{woken}，被替代{replaced}（{unit}）；"
        "被邀{asked}、挪移{displaced}，不属其中任何一种",
        "one": "只有一个随机种子，无法判断",
        "at": "（{focus}）",
        "turns": "{what}：{name}低于{at}（{low}至{high}）时{before}，高于时{after}",
        "whole": "{what}：{name}从{first}到{last}始终{sign}",
        "nowhere": "{what}：{name}在{first}到{last}的两端都没有明显变化",
        "from": "{what}：只有{name}高于{edge}时明显{sign}",
        "until": "{what}：只有{name}低于{edge}时明显{sign}",
        "between": "{what}：{name}两端都{sign}，在{low}至{high}之间不明显",
        "of_matching": "与之对照，匹配本身的作用：",
        "no_parameter": "本研究没有逐级改变不确定的参数",
        "by_level": "{noun}使{what}变化：{list}",
        "matching": "匹配本身（{level}）使{list}",
        "no_match": "本研究没有改变匹配方式",
        "bends": "{what}在{at}（{low}至{high}）处转折：每增加一单位，此前带来{before}，此后{after}",
        "or_less": "{place}或更低",
        "or_more": "{place}或更高",
        "no_bend": "{what}：在{low}与{high}之间看不出与直线不同的拐点",
        "few_doses": "剂量太少，看不出拐点",
        "cost": "成本为{yuan}",
        "per_point": "，即参与率每提高一个百分点{ratio}",
        "no_point": "；参与率没有明显提高，故不计算单位成本",
        "band": "{what}在{at_least}时变化{least}，在{at_most}时变化{most}：没有资料能确定取哪个值",
        "unknown": "{varied}{fixed}模型的任何目标都不能识别它们",
        "varied": "{band}。",
        "fixed": "本研究固定了{names}；",
        "none_fixed": "本研究改变了全部{names}；",
        "forecast": "模型不是预测，也没有样本外检验",
        "mean": "对{names}取平均",
        "ranked": "各项政策带来的变化（± 95%区间的一半）及名次；{seeds}个随机种子",
        "ranks": "#：名次，即重新抽取随机种子时{likely}%的结果所在的范围。",
        "for_whom": "对谁有利",
        "cannot": "不能回答的",
        "first": "{arm}，{effect}",
        "one_seed": "；只有一个随机种子，无法判断有多可靠",
        "sure": "；重新抽取随机种子100次中有{share}次居首",
        "as_good": "，{others}可能与之相当",
        "clear_first": "，领先于其他各项",
        "widens": "{arms}使{what}扩大",
        "closes": "{arms}使{what}缩小",
        "no_gap": "业主与租户、老年与青年之间的差距均无明显扩大或缩小",
        "unequal": "花费较少",
        "cheaper": "{arms}：名次并不说明花同样的钱时效果如何",
        "ranked_fixed": "本研究固定了{names}；取其他值时名次可能不同。",
    },
}
SIGNS = {"en": {1: "more", -1: "less", 0: "no clear change"}, "zh": {1: "增加", -1: "减少", 0: "无明显变化"}}
TO = {"en": " to ", "zh": "至"}
COMMA = {"en": ", ", "zh": "，"}
AND = {"en": (", ", " and "), "zh": ("、", "和")}
"""Between the parts of a list, and before the last one."""
SHORT = {
    "engaged_share": {"en": "engagement", "zh": "参与率"},
    "acts_spontaneous": {"en": "unasked acts", "zh": "自发参与"},
    "woken": {"en": "acts woken", "zh": "唤起的参与"},
    "replaced": {"en": "acts replaced", "zh": "被替代的参与"},
    "by_need": {"en": "acts by net need", "zh": "需要增减带来的参与"},
    "asked_more": {"en": "acts by asking", "zh": "被邀的参与"},
    "displaced": {"en": "acts displaced", "zh": "被挪移的参与"},
    "self_reliance": {"en": "residents' share of hours", "zh": "居民工时占比"},
    "resident_matter_hours": {"en": "residents' own hours", "zh": "居民自己的工时"},
    "resolved_without_residents": {"en": "resolved without residents", "zh": "无居民参与的解决"},
    "true_resolution": {"en": "true resolution", "zh": "真实解决率"},
    "members_not_serving": {"en": "members not serving", "zh": "未服务党员比例"},
    "matters_resolved": {"en": "truly resolved", "zh": "真实解决"},
    "gap_owner_tenant": {"en": "between owners and tenants", "zh": "业主与租户的差距"},
    "gap_old_young": {"en": "between old and young", "zh": "老年与青年的差距"},
    "cost_yuan": {"en": "cost", "zh": "成本"},
}
"""Measures inside a sentence; the others go by their labels."""


def noun_of(policy: str, lang: str) -> str:
    """A policy as the subject of a sentence."""
    return NOUNS.get(policy, {}).get(lang) or label_of(policy, lang)


def say(key: str, lang: str, /, **parts: Any) -> str:
    """A text with its parts put in."""
    return TEXTS[lang][key].format(**parts)


def listed(parts: Sequence[str], lang: str) -> str:
    """`a, b and c`."""
    comma, last = AND[lang]
    return last.join(filter(None, [comma.join(parts[:-1]), parts[-1]]))


def names_of(parts: Iterable[str], lang: str) -> str:
    """`a, b, c`."""
    return ("、" if lang == "zh" else ", ").join(parts)


def clauses(parts: Iterable[str], lang: str) -> str:
    """`a; b; c`."""
    return ("；" if lang == "zh" else "; ").join(parts)


def short(measure: str, lang: str) -> str:
    """A measure inside a sentence."""
    return SHORT.get(measure, {}).get(lang) or label_of(measure, lang).partition(" (")[0]


def unit_of_change(measure: str, lang: str) -> str:
    """The unit of a difference, in short: `points`, `yuan/resident/year`."""
    unit = shown(measure, lang).change_unit
    return unit.replace("percentage ", "").replace(" per ", "/").replace(" and ", "/")


def change(effect: Effect, measure: str, lang: str, *, unit: bool = True) -> str:
    """`+1.0 points (+0.9 to +1.1)`."""
    if effect.difference is None:
        return "–"
    factor = shown(measure, lang).factor
    low, high = (None if end is None else factor * end for end in (effect.low, effect.high))
    text = interval(factor * effect.difference, low, high, lang)
    return text.replace(" (", f" {unit_of_change(measure, lang)} (", 1) if unit else text


def plus_minus(effect: Effect, measure: str) -> str:
    """`+1.03 ± 0.11`, for tables."""
    if effect.difference is None:
        return "–"
    factor = shown(measure, "en").factor
    if effect.low is None or effect.high is None:
        return interval(factor * effect.difference, None, None, "en")
    half = factor * (effect.high - effect.low) / 2.0
    if half < 1e-9 * abs(factor * effect.difference):  # every run found the same, but for rounding
        half = 0.0
    places = decimals(half or factor * effect.difference)
    return f"{number(factor * effect.difference, places, sign=True)} ± {number(half, places)}"


def told(effect: Effect, measure: str, lang: str) -> str:
    """`engagement 10.0 % → 11.0 % (+1.0 points, +0.9 to +1.1)`."""
    if effect.baseline is None or effect.policy is None or effect.difference is None:
        return f"{short(measure, lang)} –"
    scale = shown(measure, lang)
    half = 0.0 if effect.low is None else effect.difference - effect.low
    places = decimals(scale.factor * (half or effect.difference))
    before, after = (number(scale.factor * value, places) for value in (effect.baseline, effect.policy))
    percent = " %" if scale.unit == "%" else ""
    inside = change(effect, measure, lang).replace(" (", COMMA[lang], 1).removesuffix(")")
    return f"{short(measure, lang)} {before}{percent} → {after}{percent} ({inside})"


def interval(middle: float, low: float | None, high: float | None, lang: str) -> str:
    """`+1.0 (+0.9 to +1.1)`, with as many decimals as the interval deserves."""
    if low is None or high is None:
        return number(middle, decimals(middle), sign=True)
    places = decimals((high - low) / 2.0 or middle)
    first, a, b = (number(value, places, sign=True) for value in (middle, low, high))
    return f"{first} ({a}{TO[lang]}{b})"


def amount(ratio: Ratio, unit: str, lang: str) -> str:
    """`71 yuan per resident and year (65 to 78)`."""
    places = decimals((ratio.high - ratio.low) / 2.0)
    middle, low, high = (number(value, places) for value in (ratio.value, ratio.low, ratio.high))
    return f"{middle} {unit} ({low}{TO[lang]}{high})"
